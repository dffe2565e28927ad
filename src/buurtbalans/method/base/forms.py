"""The base of every form: it looks in what is typed for what identifies a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from buurtbalans.method.base.rules import ASKED, REFUSED, kind_words
from buurtbalans.pii.detection import KnownNames, find_identifiers
from buurtbalans.pii.identifier import Identifier


def known_names() -> KnownNames:
    """Return the names that identify nobody: each app gives its own in its AppConfig as `public_names`."""
    return _known(*(config.public_names() for config in apps.get_app_configs() if hasattr(config, "public_names")))


@lru_cache(maxsize=4)
def _known(*names: frozenset[str]) -> KnownNames:
    return KnownNames(frozenset().union(*names))


def marked(text: str, identifiers: Sequence[Identifier] | None = None) -> list[tuple[str, str]]:
    """Return a text as pieces, each with the kind of identifier that it is, or an empty string."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for identifier in sorted(
        find_identifiers(text, known_names()) if identifiers is None else identifiers,
        key=lambda identifier: identifier.start,
    ):
        pieces += [(text[at : identifier.start], ""), (text[identifier.start : identifier.end], identifier.kind.value)]
        at = identifier.end
    return [*pieces, (text[at:], "")]


@dataclass(frozen=True)
class _IdentifyingWords:
    """The places in a text that identify a person: those that are refused, and doubtful ones that a tick lets pass."""

    text: str
    refused: list[Identifier]
    doubtful: list[Identifier]

    @classmethod
    def of(cls, text: str, known: KnownNames, *, is_changed: bool) -> "_IdentifyingWords":
        """Return the identifying words of a text; doubtful ones only of a text that was changed."""
        identifiers = find_identifiers(text, known)
        return cls(
            text,
            [identifier for identifier in identifiers if identifier.kind in REFUSED],
            [identifier for identifier in identifiers if identifier.kind in ASKED and is_changed],
        )

    @property
    def doubtful_words(self) -> set[str]:
        """Return the words that a tick has to confirm."""
        return {self.text[identifier.start : identifier.end] for identifier in self.doubtful}

    def are_confirmed(self, words: set[str]) -> bool:
        """Return whether nothing is refused, and all that is doubtful is among the confirmed words."""
        return not self.refused and self.doubtful_words <= words

    def error(self, tick: str) -> ValidationError:
        """Return the error that marks them in the text, with a tick of this name for the doubtful ones."""
        context = {
            "refused": kind_words([identifier.kind for identifier in self.refused]) if self.refused else "",
            "asked": kind_words([identifier.kind for identifier in self.doubtful]) if self.doubtful else "",
            "pieces": marked(self.text, [*self.refused, *self.doubtful]),
            "tick": tick,
            "words": "|".join(sorted(self.doubtful_words)),
        }
        return ValidationError(render_to_string("base/identifiers.html", context), code="traces")


class GuardedForm(forms.Form):
    """Base of our forms: no colon after a label, and no text in which somebody can be recognised."""

    texts: ClassVar[tuple[str, ...]] = ()  # the fields that two people may both change
    guarded: ClassVar[bool] = True  # False in a search, whose words are not stored

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.confirmed_kinds: list[str] = []  # the kinds of identifiers that somebody said identify nobody

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """The ticks that let words pass, for a page that shows the form again without asking for them."""
        names = [name for name in self.data if name.startswith("bekeken-")]
        return [(name, value) for name in names for value in self.data.getlist(name)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Look in every typed text for what identifies one person: refuse it, or ask about it."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        typed = [
            (name, value)
            for name, value in values.items()
            if self.guarded and type(self.fields[name]) is forms.CharField and isinstance(value, str) and value
        ]
        known = known_names() if typed else KnownNames()
        for name, value in typed:
            self._guard(name, value, known)
        return self.cleaned_data

    def _guard(self, name: str, text: str, known: KnownNames) -> None:
        """Add an error where a text identifies somebody, unless a tick confirmed exactly its doubtful words."""
        identifying = _IdentifyingWords.of(text, known, is_changed=name in self.changed_data)
        tick = f"bekeken-{self.add_prefix(name)}"
        ticked = {word for value in self.data.getlist(tick) for word in value.split("|")}  # type: ignore[attr-defined]
        if identifying.are_confirmed(ticked):
            self.confirmed_kinds += [identifier.kind.value for identifier in identifying.doubtful]
        else:
            self.add_error(name, identifying.error(tick))


class VersionedForm(GuardedForm):
    """A form that changes a text which others may change too: it carries the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
