"""Texts with versions: what an app declares once about a kind of text, and how its versions read and differ."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

Pieces = list[tuple[str, str]]  # ("both" | "old" | "new", words)


@dataclass(frozen=True)
class Edit:
    """Fields of a text that are changed together, by the action of its app with the rules of its app."""

    fields: tuple[str, ...]
    write: Callable[..., Any]


@dataclass(frozen=True)
class TextKind:
    """What an app declares once about a kind of text: its page, who edits it, and how it is withdrawn and restored."""

    model: Any
    url: Callable[[Any], str]
    may_edit: Callable[[Any, Any], bool]
    edits: tuple[Edit, ...] = ()
    extra_fields: tuple[str, ...] = ()  # fields that the history shows beside those of the edits
    may_withdraw: Callable[[Any, Any], bool] | None = None  # may_edit when not given
    withdraw: Callable[..., Any] | None = None  # the action of the app, when more is needed than marking the text
    restore: Callable[..., Any] | None = None
    parts: tuple[str, ...] | None = ()  # labels of models that are withdrawn along; None: all of them
    stays: Any = ""  # why it cannot be withdrawn
    round_path: str = ""  # lookup path from the text to its round
    round_filter: Callable[[Any], Any] | None = None  # finds the texts of a round where no single path leads to it
    texts_for: Callable[[Any], Any] | None = None  # the texts for a viewer, withdrawn ones too
    list_url: Callable[[Any], str] | None = None  # the page that remains when the text goes; its own when not given
    names: Callable[[Any, Any], bool] | None = None  # whether a viewer reads who wrote a text; nobody when not given

    @property
    def label(self) -> str:
        """The model, as addresses write it: "rounds.claim"."""
        return str(self.model._meta.label_lower)

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields that the history shows, in order."""
        return tuple(dict.fromkeys([field for edit in self.edits for field in edit.fields] + list(self.extra_fields)))

    def list_page(self, text: Any) -> str:
        """Return the page where a text is listed, which remains when the text is withdrawn."""
        return (self.list_url or self.url)(text)

    def ancestors(self, text: Any) -> list[Any]:
        """Return a text and all that contains it, up to its round; only itself when the kind belongs to no round."""
        line = [text]
        for name in filter(None, self.round_path.split("__")):
            if (above := getattr(line[-1], name, None)) is None:  # a circle that belongs to no round
                break
            line.append(above)
        return line

    def visible_to(self, viewer: Any) -> Any:
        """Return the texts that a viewer may see, including the withdrawn ones."""
        if self.texts_for is not None:
            return self.texts_for(viewer)
        manager = self.model.objects
        return (manager.with_withdrawn() if hasattr(manager, "with_withdrawn") else manager.all()).visible_to(viewer)

    def visible_in(self, round: Any, viewer: Any) -> Any:
        """Return the texts of one round that a viewer may see; none when the kind belongs to no round."""
        if self.round_filter is not None:
            return self.visible_to(viewer).filter(self.round_filter(round))
        if self.round_path:
            return self.visible_to(viewer).filter(**{self.round_path: round})
        return self.model._base_manager.none()

    def name_of(self, person: Any, text: Any, viewer: Any) -> Any:
        """Return who wrote a version or withdrew a text, for a viewer who may read that name; else None.

        Everybody reads their own name.
        """
        if person is None or person == viewer:
            return person
        return person if self.names is not None and self.names(viewer, text) else None

    def can_withdraw(self, person: Any, text: Any) -> bool:
        """Return whether a person may withdraw and restore this text."""
        return not self.stays and bool((self.may_withdraw or self.may_edit)(person, text))


class Erased:
    """The value of a field that was erased from a past version."""

    def __str__(self) -> str:
        return gettext("gewist")


ERASED = Erased()


@dataclass
class Version:
    """One version of a text: its author and time, its values, and how it differs from the version before."""

    number: int
    by: Any
    at: Any
    values: dict[str, Any]
    erased: bool = False
    whole: bool = True
    changes: "list[tuple[str, Pieces]] | None" = None


def versions_of(text: Any, kind: TextKind) -> list[Version]:
    """Return every version of a text, the newest first, each with all its values."""
    values = {name: text._meta.get_field(name).value_from_object(text) for name in kind.fields}
    versions = [Version(text.version, text.edited_by, text.edited_at, values)]
    for past in text.past:
        earlier = {
            name: ERASED if past.erased_at else text._meta.get_field(name).to_python(past.fields[name])
            for name in kind.fields
            if name in past.fields
        }
        values = values | earlier
        versions.append(Version(past.version, past.by, past.at, values, bool(past.erased_at)))
    for version in versions:
        version.whole = ERASED not in version.values.values()
    return versions


def history(text: Any, kind: TextKind, viewer: Any) -> tuple[list[Version], bool]:
    """Return the versions that a viewer may see, each with its changes, and whether older ones are hidden.

    A text that was shared wider shows nothing of its versions in a narrower circle to people outside that circle.
    """
    versions = versions_of(text, kind)
    visible = list(_until_narrower(text, versions, viewer))
    for version, before in zip(visible, [*visible[1:], None], strict=True):
        version.changes = _changes(text, version, before)
        version.by = kind.name_of(version.by, text, viewer)
    return visible, len(visible) < len(versions)


def _until_narrower(text: Any, versions: list[Version], viewer: Any) -> Iterator[Version]:
    if "circle" not in versions[0].values:
        yield from versions
        return
    circles = text._meta.get_field("circle").related_model.objects.visible_to(viewer)
    readable = {None, *circles.values_list("pk", flat=True)}
    for version in versions:
        if version.values["circle"] not in readable:
            return
        yield version


def _changes(text: Any, version: Version, before: Version | None) -> list[tuple[str, Pieces]]:
    """Return the fields that differ from the version before, in words; of a first version every filled field."""
    changes = []
    for name, value in version.values.items():
        new = value_words(text, name, value)
        old = value_words(text, name, before.values[name]) if before else ""
        if new != old:
            changes.append((field_words(type(text), name), compare(old, new) if before else [("both", new)]))
    return changes


def compare(old: str, new: str) -> Pieces:
    """Return two texts merged word by word: each piece is in both, only in the old one, or only in the new one."""
    left, right = (re.findall(r"\S+\s*", text) for text in (old, new))
    pieces: Pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("both", "".join(left[a:b])))
            continue
        pieces += [(side, "".join(words)) for side, words in (("old", left[a:b]), ("new", right[c:d])) if words]
    return pieces


def differences(mine: str, theirs: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts as pieces, each with whether it occurs only in that text."""
    pieces = compare(mine, theirs)
    left = [(words, side == "old") for side, words in pieces if side != "new"]
    return left, [(words, side == "new") for side, words in pieces if side != "old"]


def value_words(text: Any, name: str, value: Any) -> str:
    """Return the value of a field as people read it."""
    field = text._meta.get_field(name)
    if value is None or value == "":
        return ""
    if isinstance(value, Erased):
        return str(value)
    if field.is_relation:
        return str(field.related_model._base_manager.filter(pk=value).first() or "")
    plain = _readable(value)
    return str(dict(field.flatchoices).get(plain, plain))


def _readable(value: Any) -> Any:
    """Return a value as people write it: yes or no, a day, a number, a sentence, a list."""
    match value:
        case bool():
            return gettext("ja") if value else gettext("nee")
        case date():
            return date_format(timezone.localtime(value) if isinstance(value, datetime) else value, "j F Y")
        case float():
            return number_format(f"{value:.10g}")
        case dict():
            return value.get("sentence", "")
        case list():
            return ", ".join(map(str, value))
    return value


def thing_words(model: Any) -> str:
    """Return the name of a kind of thing, as its app gives it for the audit trail."""
    config = apps.get_app_config(model._meta.app_label)
    return str(getattr(config, "audit_things", {}).get(model._meta.model_name, model._meta.verbose_name))


def field_words(model: Any, name: str) -> str:
    """Return the name of a field: its own, or as its app gives it for the audit trail."""
    own = model._meta.get_field(name)._verbose_name
    facts = [getattr(apps.get_app_config(app), "audit_facts", {}) for app in (model._meta.app_label, "base")]
    return str(own or next((words[name] for words in facts if name in words), name))
