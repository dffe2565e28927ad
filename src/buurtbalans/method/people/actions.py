"""Writes about people, and the pattern of every write in the method: keyword-only, `by=`, atomic, audited."""

import inspect
import json
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans.method.people.models import (
    AuditHead,
    AuditRow,
    Circle,
    CircleKind,
    Conflict,
    Membership,
    Organisation,
    Past,
    Person,
    Profile,
    Reminder,
    Text,
)
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.people.queries import audit_trail, hangs_on, public_circle, versions_of
from buurtbalans.method.people.rules import (
    TRASH_KEPT,
    Edit,
    Refusal,
    TextKind,
    fits,
    may_invite,
    require,
    require_anywhere,
    require_led,
    require_may_edit,
    require_may_grant,
    require_may_take,
    require_new_account,
    require_new_organisation,
    require_nothing_rests,
    require_works_at,
)

P = ParamSpec("P")
R = TypeVar("R")
_rows: ContextVar[list[int]] = ContextVar("audit rows of the running action")


class NotAudited(Exception):
    """An action ended without an audit row: no row, no write."""


def action(write: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: one transaction, and rolled back unless it recorded at least one audit row."""
    parameters = inspect.signature(write).parameters
    if "by" not in parameters or any(
        p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in parameters.values()
    ):
        raise TypeError(f"{write.__qualname__}: an action takes keywords only, and says who acts with `by`")

    @wraps(write)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        token = _rows.set([])
        try:
            with transaction.atomic():
                result = write(*args, **kwargs)
                if not _rows.get():
                    raise NotAudited(f"{write.__module__}.{write.__qualname__}")
                return result
        finally:
            _rows.reset(token)

    run.is_action = True  # type: ignore[attr-defined]
    return run


def record(*, by: Person | None, verb: str, about: models.Model | None = None, **detail: Any) -> AuditRow:
    """Append a row to the audit trail inside the running action; `detail` holds ids and short facts, no content."""
    with transaction.atomic():
        head, _made = AuditHead.objects.select_for_update().get_or_create(only=1)
        row = AuditRow(
            sequence=head.sequence + 1,
            actor=by,
            verb=verb,
            about=f"{about._meta.label_lower}:{about.pk}" if about is not None else "",
            detail=json.loads(json.dumps(detail, allow_nan=False)),
            previous=head.digest,
        )
        row.digest = row.seal()
        row.save(force_insert=True)
        head.sequence, head.digest = row.sequence, row.digest
        head.save(update_fields=["sequence", "digest"])
    rows = _rows.get(None)
    if rows is not None:
        rows.append(row.sequence)
    return row


@action
def make_round_circles(*, by: Person | None, name: str) -> tuple[Circle, Circle]:
    """Make the core group and the ring of a round; a person who makes them becomes the process guide."""
    if by is not None:
        require_anywhere(by, Permission.START_ROUND)
    ring = Circle.objects.create(kind=CircleKind.RING, name=f"Kring {name}", within=public_circle())
    core = Circle.objects.create(kind=CircleKind.CORE, name=f"Kerngroep {name}", within=ring)
    record(by=by, verb="people.make_round_circles", about=core, ring=ring.pk)
    if by is not None:
        grant(by=by, person=by, role=Role.PROCESS_GUIDE, circle=core)
    return core, ring


@action
def add_organisation(*, by: Person | None, slug: str, name: str, kind: str) -> Organisation:
    """Add an organisation with its own circle."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    require_new_organisation(slug, name, kind)
    organisation = Organisation.objects.create(slug=slug, name=name, kind=kind)
    Circle.objects.create(kind=CircleKind.ORGANISATION, name=name, organisation=organisation, within=public_circle())
    record(by=by, verb="people.add_organisation", about=organisation)
    return organisation


@action
def add_person(
    *,
    by: Person | None,
    username: str,
    first_name: str,
    last_name: str,
    organisation: Organisation | None,
    password: str | None,
    invented: bool = False,
) -> Person:
    """Add a person; without password nobody can sign in to the account."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    require_new_account(username, first_name)
    person = Person(
        username=username, first_name=first_name, last_name=last_name, organisation=organisation, invented=invented
    )
    if password is not None:
        validate_password(password, person)
    person.set_password(password)
    person.save()
    record(by=by, verb="people.add_person", about=person)
    return person


@action
def close_account(*, by: Person | None, person: Person) -> Person:
    """Close an account: nobody can sign in to it or act with it; what the person wrote stays."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(by=by, verb="people.close_account", about=person)
    return person


@action
def open_account(*, by: Person | None, person: Person) -> Person:
    """Open a closed account again, with the roles and the password that it had."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(by=by, verb="people.open_account", about=person)
    return person


@action
def set_password(*, by: Person | None, person: Person, password: str) -> Person:
    """Give somebody a new password, by who manages accounts; everywhere that person is signed out."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    record(by=by, verb="people.set_password", about=person)
    return person


@action
def grant(*, by: Person | None, person: Person, role: Role, circle: Circle | None = None) -> Membership:
    """Give a person a role in a circle, or on the platform."""
    require_may_grant(by, person, role, circle)
    if not fits(person, role, circle):
        raise ValidationError(_("Deze rol past hier niet."), code="role")
    membership, _made = Membership.objects.get_or_create(person=person, role=role, circle=circle)
    record(
        by=by, verb="people.grant", about=membership, person=person.pk, role=role, circle=circle.pk if circle else None
    )
    return membership


@action
def withdraw(*, by: Person | None, membership: Membership) -> None:
    """Take a role away: by who decides about the circle; everybody may leave a round, except its last guide."""
    circle, person = membership.circle, membership.person
    in_round = circle is not None and circle.kind in (CircleKind.CORE, CircleKind.RING)
    if by is not None and circle is not None and in_round and by != person and not may_invite(by, circle):
        raise Refusal(Permission.INVITE, circle)
    if by is not None and not in_round:
        require(by, Permission.MANAGE_ACCOUNTS)
    require_led(membership)
    record(by=by, verb="people.withdraw", about=membership, person=person.pk, role=membership.role)
    membership.delete()


@action
def look_as(*, by: Person | None, person: Person) -> Person:
    """Let a visitor of the demo be an invented person; anywhere else, and for anybody else, it is refused."""
    if not settings.DEMO or not person.invented or not person.is_active:
        raise PermissionDenied("alleen in de demo, en alleen als verzonnen mens")
    record(by=by, verb="people.look_as", about=person)
    return person


@action
def note_access(*, by: Person, what: str, **detail: Any) -> None:
    """Write down that somebody signed in, out, or changed how they sign in."""
    record(by=by, verb=f"people.{what}", about=by, **detail)


@action
def set_reminders(*, by: Person, on: bool, email: str) -> Reminder:
    """Choose whether to get a mail when something waits, and where; without an address there is nowhere to send it."""
    if on and not email:
        raise ValidationError(_("Vul in waar wij u kunnen mailen."), code="email")
    by.email = email
    by.save(update_fields=["email"])
    reminder, _made = Reminder.objects.update_or_create(person=by, defaults={"on": on})
    record(by=by, verb="people.set_reminders", about=by, on=on)
    return reminder


@action
def note_reminder(*, by: None, reminder: Reminder, about: list[str], today: date) -> bool:
    """Write down that somebody hears today that something waits; False when somebody else was first.

    It is written before the mail goes, so that two processes never send two.
    """
    unsent = Reminder.objects.filter(pk=reminder.pk, on=True).exclude(sent_on=today)
    told = bool(unsent.update(sent_on=today, about=about))
    record(by=by, verb="people.note_reminder", about=reminder.person, on=told)
    return told


@action
def read_audit(*, by: Person, app: str = "", actor: str = "") -> "models.QuerySet[AuditRow]":
    """Return the audit trail for who watches over it; reading it is itself written down first."""
    require(by, Permission.READ_AUDIT)
    record(by=by, verb="people.read_audit", app=app, actor=actor)
    return audit_trail(app=app, actor=actor)


@action
def write_profile(*, by: Person, organisation: Organisation, version: int = 0, **texts: str) -> Profile:
    """Write what one's own organisation can do, for whom and when; version 0 is a first profile."""
    require_works_at(by, organisation)
    profile, made = Profile.objects.get_or_create(organisation=organisation, defaults=texts | {"edited_by": by})
    if not made:
        profile.change(by=by, version=version, **texts)
    record(by=by, verb="people.write_profile", about=profile, version=profile.version)
    return profile


@action
def confirm_profile(*, by: Person, profile: Profile, version: int) -> Profile:
    """Say that what stands there is still true, today."""
    require_works_at(by, profile.organisation)
    profile.change(by=by, version=version)
    record(by=by, verb="people.confirm_profile", about=profile, version=profile.version)
    return profile


@action
def withdraw_text(*, by: Person, text: Text, kind: TextKind) -> Text:
    """Take a text from everybody's screen, with the parts that belong to it; it can be restored as it was."""
    require_may_take(by, text, kind)
    require_nothing_rests(text, hangs_on(text, kind.parts))
    if kind.withdraw is not None:
        kind.withdraw(by=by, of=text)
    elif not text.withdraw(by=by):
        raise Conflict(text)
    record(by=by, verb="people.withdraw_text", about=text)
    return text


@action
def restore_text(*, by: Person, text: Text, kind: TextKind) -> Text:
    """Bring a withdrawn text back as it was."""
    require_may_take(by, text, kind)
    if kind.restore is not None:
        kind.restore(by=by, of=text)
    elif not text.restore():
        raise ValidationError(_("Deze tekst staat er al."), code="there")
    record(by=by, verb="people.restore_text", about=text)
    return text


@action
def go_back(*, by: Person, text: Text, kind: TextKind, version: int, now: int) -> Text:
    """Make a text again what it was in an earlier version: a new version, by the action and rules of its app.

    `now` is the version that was read: a text that changed meanwhile is a conflict.
    """
    require_may_edit(by, text, kind)
    was = next((each for each in versions_of(text, kind) if each.number == version), None)
    if was is None or not was.whole:
        raise ValidationError(_("Deze versie is er niet meer."), code="gone")
    if now != text.version:
        raise Conflict(text)
    before = text.version
    for edit in kind.edits:
        _write_again(by, text, edit, was.values)
    if text.version == before:
        raise ValidationError(_("Dit is al de tekst van nu."), code="same")
    record(by=by, verb="people.go_back", about=text, version=text.version)
    return text


def _write_again(by: Person, text: Text, edit: Edit, values: dict[str, Any]) -> None:
    """Write the fields of one edit as they were, if they differ from now."""
    fields: dict[str, Any] = {name: text._meta.get_field(name) for name in edit.fields}
    if all(fields[name].value_from_object(text) == values[name] for name in edit.fields):
        return
    given = {}
    for name, field in fields.items():
        value = values[name]
        given[name] = field.related_model._base_manager.get(pk=value) if field.is_relation and value else value
    edit.write(by=by, of=text, version=text.version, **given)
    text.refresh_from_db()


@action
def erase_past(*, by: Person, text: Text, kind: TextKind, version: int) -> None:
    """Erase what stood in a past version, for what should never have been written; the text of now stays."""
    require_may_edit(by, text, kind)
    past = text.past.filter(version=version, erased_at=None).first()
    if past is None:
        raise ValidationError(_("Deze versie is er niet meer."), code="gone")
    past.fields, past.erased_at = dict.fromkeys(past.fields), timezone.now()
    past.save(update_fields=["fields", "erased_at"])
    record(by=by, verb="people.erase_past", about=text, version=version)


@action
def empty_trash(*, by: Person | None, kinds: Iterable[TextKind], now: datetime | None = None) -> int:
    """Erase what lay in the trash long enough, with all its versions; return how many texts."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    kinds, long_ago, erased = list(kinds), (now or timezone.now()) - TRASH_KEPT, 0
    for kind in kinds:
        for text in kind.model._base_manager.filter(withdrawn_at__lt=long_ago):
            erased += _erase(text)
    for kind in kinds:
        there = {f"{kind.label}:{pk}" for pk in kind.model._base_manager.values_list("pk", flat=True)}
        kept = Past.objects.filter(about__startswith=f"{kind.label}:")
        gone = set(kept.values_list("about", flat=True)) - there
        Past.objects.filter(about__in=gone).delete()
    record(by=by, verb="people.empty_trash", texts=erased)
    return erased


def _erase(text: Text) -> bool:
    """Delete a text; what something else still needs as a row stays one, with nothing of what was written in it."""
    text.past.delete()
    try:
        with transaction.atomic():
            text.delete()
    except models.ProtectedError:
        return _blank(text)
    return True


def _blank(text: Text) -> bool:
    fields = [
        field
        for field in text._meta.fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
    ]
    wanted = {field.name: "" if field.blank else "–" for field in fields}
    rows = type(text)._base_manager.filter(pk=text.pk).exclude(**wanted)
    return bool(rows.update(**wanted))
