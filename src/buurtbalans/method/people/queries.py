"""Reads about people: which circles someone may see, who decides there, and whether the audit trail is whole."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.permissions import IN_ORGANISATION, IN_ROUND, PLATFORM, Permission, Role, roles_with

if TYPE_CHECKING:
    from buurtbalans.method.people.models import AuditRow, Circle, Membership, Organisation, Person
    from buurtbalans.method.people.rules import TextKind

Pieces = list[tuple[str, str]]


class CircleQuerySet(models.QuerySet[Any]):
    """Circles, by who belongs to them."""

    def with_member(self, person: "Person | AnonymousUser", permission: Permission) -> Self:
        """Return the circles in which a person holds a permission by a role in that very circle."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        held = person.memberships.filter(role__in=roles_with(permission), circle__isnull=False)
        return self.filter(pk__in=held.values("circle"))

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the circles whose contributions the viewer may read: the own ones and every wider one."""
        return self.seen_from(self.model._default_manager.with_member(viewer, Permission.READ))

    def seen_from(self, own: Self) -> Self:
        """Return the circles whose contributions somebody reads in `own`: these, every wider one, and the public's."""
        wider = self.model._default_manager.filter(inner__in=own)
        return self.filter(
            models.Q(kind="public") | models.Q(pk__in=own.values("pk")) | models.Q(pk__in=wider.values("pk"))
        )


class ContributionQuerySet(models.QuerySet[Any]):
    """Base of every model with an audience: the one place where its rows are scoped to a viewer."""

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the rows whose circle the viewer may read."""
        from buurtbalans.method.people.models import Circle

        return self.filter(circle__in=Circle.objects.visible_to(viewer).values("pk"))


def public_circle() -> "Circle":
    """Return the circle of everybody; a database has one from its first migration on."""
    from buurtbalans.method.people.models import Circle

    circle: Circle = Circle.objects.get(kind="public")
    return circle


def guides_of(circle: "Circle") -> "list[Person]":
    """Return who decides about a round's circle: the process guides of its core group."""
    from buurtbalans.method.people.models import Person

    return list(
        Person.objects.filter(
            models.Q(memberships__circle=circle) | models.Q(memberships__circle__in=circle.inner.filter(kind="core")),
            memberships__role=Role.PROCESS_GUIDE,
            is_active=True,
        ).distinct()
    )


def deciders(circle: "Circle | None", permission: Permission | None = None) -> list[tuple[str, "str | Promise"]]:
    """Return who decides whether someone may do something here, each with the role.

    In a round those are its guides, about figures the data stewards, and for the rest the administrators.
    """
    from buurtbalans.method.people.models import CircleKind

    if circle and circle.kind in (CircleKind.CORE, CircleKind.RING):
        return [(str(guide), Role.PROCESS_GUIDE.words) for guide in guides_of(circle)]
    stewards = _holders(Role.DATA_STEWARD) if permission is Permission.PUBLISH_FIGURES else []
    return stewards or _holders(Role.ADMINISTRATOR)


def _holders(role: Role) -> list[tuple[str, "str | Promise"]]:
    from buurtbalans.method.people.models import Person

    people = Person.objects.filter(memberships__role=role, is_active=True).distinct()
    return [(str(person), role.words) for person in people]


def circle_for(role: Role, person: "Person") -> "Circle | None":
    """Return where a person holds a role that no round gives: the platform, the own organisation, or everybody."""
    if role in PLATFORM:
        return None
    return person.organisation.circle if role in IN_ORGANISATION and person.organisation else public_circle()


def accounts() -> "list[tuple[Person, str]]":
    """Return every account with its roles in words; roles in rounds are content, and stay out."""
    from buurtbalans.method.people.models import Person

    people = Person.objects.select_related("organisation").prefetch_related("memberships__circle")
    return [
        (
            person,
            ", ".join(sorted({str(Role(one.role).words) for one in person.memberships.all() if not _in_round(one)})),
        )
        for person in people
    ]


def _in_round(membership: "Membership") -> bool:
    """Return whether a role is one in a round; an ambassador can be one there, or for everybody."""
    return membership.role in IN_ROUND or (membership.circle is not None and membership.circle.kind in ("core", "ring"))


def organisations() -> "list[tuple[Organisation, int]]":
    """Return every organisation with how many open accounts it has."""
    from buurtbalans.method.people.models import Organisation

    open_accounts = models.Count("people", filter=models.Q(people__is_active=True))
    return [(each, each.number) for each in Organisation.objects.annotate(number=open_accounts).order_by("slug")]


def role_words(permission: Permission) -> "list[str | Promise]":
    """Return the roles that hold a permission, in words."""
    return [role.words for role in roles_with(permission)]


def memberships_of(person: "Person") -> "models.QuerySet[Membership]":
    """Return the roles of a person with their circles, platform first."""
    return person.memberships.select_related("circle").order_by(models.F("circle__name").asc(nulls_first=True), "role")


def permissions_of(person: "Person") -> list[Permission]:
    """Return everything a person may do somewhere, in the order of the method."""
    held = {Role(role) for role in person.memberships.values_list("role", flat=True)}
    return [permission for permission in Permission if held & set(roles_with(permission))]


def audit_trail(*, app: str = "", actor: str = "") -> "models.QuerySet[AuditRow]":
    """Return the audit trail, newest first, of one app of the method or of one person."""
    from buurtbalans.method.people.models import AuditRow

    rows = AuditRow.objects.select_related("actor").order_by("-sequence")
    if app:
        rows = rows.filter(verb__startswith=f"{app}.")
    return rows.filter(actor__username=actor) if actor else rows


@dataclass(frozen=True)
class Break:
    """The first place where the audit trail is not what was written."""

    sequence: int
    why: "str | Promise"


def audit_head() -> tuple[int, str]:
    """Return the number and the seal of the last audit row, for somebody outside to keep."""
    from buurtbalans.method.people.models import AuditHead

    head = AuditHead.objects.first()
    return (head.sequence, head.digest) if head else (0, "")


def verify_audit(*, head: tuple[int, str] | None = None) -> Break | None:
    """Walk the whole audit trail and return its first broken row, or None when it is whole.

    `head` is a sequence number and seal that somebody outside kept earlier: it also finds a trail that was rewritten
    from end to end. Rows may be added while this runs.
    """
    try:
        return _walk(promised={pair for pair in (audit_head(), head) if pair})
    except (ValueError, TypeError):
        return Break(_unreadable(), _("deze regel is niet te lezen"))


def _walk(promised: set[tuple[int, str]]) -> Break | None:
    from buurtbalans.method.people.models import AuditRow

    last, seal = 0, ""
    promised.discard((last, seal))
    for row in AuditRow.objects.order_by("sequence").iterator(chunk_size=2000):
        if why := _wrong(row, last, seal):
            return Break(min(row.sequence, last + 1), why)
        last, seal = row.sequence, row.digest
        promised.discard((last, seal))
    end = audit_head()
    if last > end[0] or (last == end[0] and seal != end[1]):
        return Break(last, _("deze regel is er van buiten bijgezet"))
    if promised:
        first = min(promised)[0]
        return Break(first, _("deze regel is niet die van het zegel") if first <= last else _("deze regel ontbreekt"))
    return None


def _wrong(row: "AuditRow", last: int, seal: str) -> "str | Promise":
    if row.sequence != last + 1:
        return _("hier ontbreekt een regel")
    if row.previous != seal:
        return _("deze regel sluit niet aan op de vorige")
    return _("deze regel is veranderd") if row.digest != row.seal() else ""


def _unreadable() -> int:
    """Return the first row that cannot be read; a database driver fails for many rows at once."""
    from buurtbalans.method.people.models import AuditRow

    for sequence in AuditRow.objects.order_by("sequence").values_list("sequence", flat=True):
        try:
            AuditRow.objects.get(sequence=sequence)
        except (ValueError, TypeError):
            return sequence
    return 0


def differences(mine: str, theirs: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts as pieces, each with whether it stands only in that text."""
    both = woven(mine, theirs)
    here = [(piece, how == "old") for how, piece in both if how != "new"]
    return here, [(piece, how == "new") for how, piece in both if how != "old"]


def woven(old: str, new: str) -> Pieces:
    """Return two texts as one, word by word: what stands in both, only in the old one, or only in the new one."""
    left, right = (re.findall(r"\S+\s*", text) for text in (old, new))
    pieces: Pieces = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("both", "".join(left[a:b])))
            continue
        pieces += [(how, "".join(words)) for how, words in (("old", left[a:b]), ("new", right[c:d])) if words]
    return pieces


class Erased:
    """Stands for what was erased from a past version."""

    def __str__(self) -> str:
        return gettext("gewist")


ERASED = Erased()


@dataclass
class Version:
    """A text as it was in one version: by whom, since when, with which values, and what changed in it."""

    number: int
    by: "Person | None"
    at: Any
    values: dict[str, Any]
    erased: bool = False
    whole: bool = True
    changes: "list[tuple[str, Pieces]] | None" = None


def versions_of(text: Any, kind: "TextKind") -> list[Version]:
    """Return every version of a text, the newest first, each with all its values."""
    values = {name: text._meta.get_field(name).value_from_object(text) for name in kind.fields}
    found = [Version(text.version, text.edited_by, text.edited_at, values)]
    for past in text.past:
        had = {
            name: ERASED if past.erased_at else text._meta.get_field(name).to_python(past.fields[name])
            for name in kind.fields
            if name in past.fields
        }
        values = values | had
        found.append(Version(past.version, past.by, past.at, values, bool(past.erased_at)))
    for version in found:
        version.whole = ERASED not in version.values.values()
    return found


def history(text: Any, kind: "TextKind", viewer: "Person | AnonymousUser") -> tuple[list[Version], bool]:
    """Return the versions that a viewer may see with what changed in each, and whether older ones are kept back.

    A text that was shared wider shows nothing of what it was in a narrower circle to who was not in that circle.
    """
    versions = versions_of(text, kind)
    seen = list(_until_narrower(versions, viewer))
    for at, version in enumerate(seen):
        before = versions[at + 1] if at + 1 < len(seen) else None
        version.changes = _changes(text, version, before)
    return seen, len(seen) < len(versions)


def _until_narrower(versions: list[Version], viewer: "Person | AnonymousUser") -> Iterator[Version]:
    from buurtbalans.method.people.models import Circle

    readable = set(Circle.objects.visible_to(viewer).values_list("pk", flat=True))
    for version in versions:
        if version.values.get("circle", None) not in {None, *readable}:
            return
        yield version


def _changes(text: Any, version: Version, before: Version | None) -> list[tuple[str, Pieces]]:
    """Return the fields that differ from the version before, in words; of a first version every filled field."""
    found = []
    for name, value in version.values.items():
        new, old = said(text, name, value), said(text, name, before.values[name]) if before else ""
        if new != old:
            found.append((field_words(type(text), name), woven(old, new) if before else [("both", new)]))
    return found


def said(text: Any, name: str, value: Any) -> str:
    """Return a value of a field as people read it."""
    field = text._meta.get_field(name)
    if value is None or value == "":
        return ""
    if isinstance(value, Erased):
        return str(value)
    if field.is_relation:
        return str(field.related_model._base_manager.filter(pk=value).first() or "")
    plain = _plainly(value)
    return str(dict(field.flatchoices).get(plain, plain))


def _plainly(value: Any) -> Any:
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


def hangs_on(text: Any, parts: tuple[str, ...] | None) -> list[str]:
    """Return what stands and rests on a text, without its parts that go along: the name of the thing and how many."""
    if parts is None:
        return []
    found = []
    for relation in text._meta.related_objects:
        model = relation.related_model
        if model._meta.label_lower in parts:
            continue
        rows = model._default_manager.filter(**{relation.field.name: text})
        if any(field.name == "withdrawn_at" for field in model._meta.fields):
            rows = rows.filter(withdrawn_at__isnull=True)
        if number := rows.count():
            found.append(f"{thing_words(model)} ({number})")
    return found


def thing_words(model: Any) -> str:
    """Return what a kind of thing is called, as its app says for the audit trail."""
    config = apps.get_app_config(model._meta.app_label)
    return str(getattr(config, "audit_things", {}).get(model._meta.model_name, model._meta.verbose_name))


def field_words(model: Any, name: str) -> str:
    """Return what a field is called: by itself, or as its app says it for the audit trail."""
    own = model._meta.get_field(name)._verbose_name
    facts = [getattr(apps.get_app_config(app), "audit_facts", {}) for app in (model._meta.app_label, "people")]
    return str(own or next((words[name] for words in facts if name in words), name))


def trash(kinds: "Iterable[TextKind]", viewer: "Person", place: Any = None) -> "list[tuple[TextKind, Any]]":
    """Return what was withdrawn and the viewer may know of, the latest first; of one round, or of all places."""
    found = []
    for kind in kinds:
        texts = kind.of(viewer) if place is None else kind.of_place(viewer, place)
        found += [(kind, text) for text in texts.filter(withdrawn_at__isnull=False).select_related("withdrawn_by")]
    return sorted(found, key=lambda row: row[1].withdrawn_at, reverse=True)
