"""Writes about people, and the pattern of every write in the method: keyword-only, `by=`, atomic, audited."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.audit import action, audit_trail, record
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.models import Circle, Membership, Organisation, Person, Profile, Reminder
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.people.queries import public_circle
from buurtbalans.method.people.rules import (
    Refusal,
    fits,
    may_invite,
    require,
    require_anywhere,
    require_led,
    require_may_grant,
    require_new_account,
    require_new_organisation,
    require_works_at,
)


@action(gettext_lazy("heeft een kerngroep en een groep betrokkenen gemaakt"))
def make_round_circles(*, by: Person | None, name: str) -> tuple[Circle, Circle]:
    """Make the core group and the ring of a round; a person who makes them becomes the process guide."""
    if by is not None:
        require_anywhere(by, Permission.START_ROUND)
    ring = Circle.objects.create(kind=Audience.RING, name=f"Betrokkenen {name}", within=public_circle())
    core = Circle.objects.create(kind=Audience.CORE, name=f"Kerngroep {name}", within=ring)
    record(by=by, verb="people.make_round_circles", about=core, ring=ring.pk)
    if by is not None:
        grant(by=by, person=by, role=Role.PROCESS_GUIDE, circle=core)
    return core, ring


@action(gettext_lazy("heeft een organisatie toegevoegd"))
def add_organisation(*, by: Person | None, slug: str, name: str, kind: str) -> Organisation:
    """Add an organisation with its own circle."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    require_new_organisation(slug, name, kind)
    organisation = Organisation.objects.create(slug=slug, name=name, kind=kind)
    Circle.objects.create(kind=Audience.ORGANISATION, name=name, organisation=organisation, within=public_circle())
    record(by=by, verb="people.add_organisation", about=organisation)
    return organisation


@action(gettext_lazy("heeft een account toegevoegd"))
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


@action(gettext_lazy("heeft een account gesloten"))
def close_account(*, by: Person | None, person: Person) -> Person:
    """Close an account: nobody can sign in to it or act with it; what the person wrote stays."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(by=by, verb="people.close_account", about=person)
    return person


@action(gettext_lazy("heeft een account heropend"))
def open_account(*, by: Person | None, person: Person) -> Person:
    """Open a closed account again, with the roles and the password that it had."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(by=by, verb="people.open_account", about=person)
    return person


@action(gettext_lazy("heeft een nieuw wachtwoord ingesteld voor een account"))
def set_password(*, by: Person | None, person: Person, password: str) -> Person:
    """Give somebody a new password, by who manages accounts; everywhere that person is signed out."""
    if by is not None:
        require(by, Permission.MANAGE_ACCOUNTS)
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    record(by=by, verb="people.set_password", about=person)
    return person


@action(gettext_lazy("heeft een rol toegekend"))
def grant(*, by: Person | None, person: Person, role: Role, circle: Circle | None = None) -> Membership:
    """Give a person a role in a circle, or on the platform."""
    require_may_grant(by, person, role, circle)
    if not fits(person, role, circle):
        raise ValidationError(_("Deze rol kunt u hier niet toekennen."), code="role")
    membership, _made = Membership.objects.get_or_create(person=person, role=role, circle=circle)
    record(
        by=by, verb="people.grant", about=membership, person=person.pk, role=role, circle=circle.pk if circle else None
    )
    return membership


@action(gettext_lazy("heeft een rol ingetrokken"))
def withdraw(*, by: Person | None, membership: Membership) -> None:
    """Take a role away: by who decides about the circle; everybody may leave a round, except its last guide."""
    circle, person = membership.circle, membership.person
    in_round = circle is not None and circle.audience.in_round
    if by is not None and circle is not None and in_round and by != person and not may_invite(by, circle):
        raise Refusal(Permission.INVITE, circle)
    if by is not None and not in_round:
        require(by, Permission.MANAGE_ACCOUNTS)
    require_led(membership)
    record(by=by, verb="people.withdraw", about=membership, person=person.pk, role=membership.role)
    membership.delete()


@action(gettext_lazy("heeft de demo bekeken als verzonnen persoon"))
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


@action(gettext_lazy("heeft ingesteld of er mail komt bij nieuwe taken"))
def set_reminders(*, by: Person, on: bool, email: str) -> Reminder:
    """Choose whether to get a mail when something waits, and where; without an address there is nowhere to send it."""
    if on and not email:
        raise ValidationError(_("Vul een mailadres in als u mail wilt ontvangen."), code="email")
    by.email = email
    by.save(update_fields=["email"])
    reminder, _made = Reminder.objects.update_or_create(person=by, defaults={"on": on})
    record(by=by, verb="people.set_reminders", about=by, on=on)
    return reminder


@action(gettext_lazy("heeft per mail gemeld dat er taken klaarstaan"))
def note_reminder(*, by: None, reminder: Reminder, about: list[str], today: date) -> bool:
    """Write down that somebody hears today that something waits; False when somebody else was first.

    It is written before the mail goes, so that two processes never send two.
    """
    unsent = Reminder.objects.filter(pk=reminder.pk, on=True).exclude(sent_on=today)
    told = bool(unsent.update(sent_on=today, about=about))
    record(by=by, verb="people.note_reminder", about=reminder.person, on=told)
    return told


@action(gettext_lazy("heeft het logboek gelezen"))
def read_audit(*, by: Person, app: str = "", actor: str = "") -> "models.QuerySet[AuditRow]":
    """Return the audit trail for who watches over it; reading it is itself written down first."""
    require(by, Permission.READ_AUDIT)
    record(by=by, verb="people.read_audit", app=app, actor=actor)
    return audit_trail(apps=("people", "base") if app == "people" else (app,) if app else (), actor=actor)


@action(gettext_lazy("heeft het profiel van een organisatie beschreven"))
def write_profile(*, by: Person, organisation: Organisation, version: int = 0, **texts: str) -> Profile:
    """Write what one's own organisation can do, for whom and when; version 0 is a first profile."""
    require_works_at(by, organisation)
    profile, made = Profile.objects.get_or_create(organisation=organisation, defaults=texts | {"edited_by": by})
    if not made:
        profile.change(by=by, version=version, **texts)
    record(by=by, verb="people.write_profile", about=profile, version=profile.version)
    return profile


@action(gettext_lazy("heeft bevestigd dat het profiel nog klopt"))
def confirm_profile(*, by: Person, profile: Profile, version: int) -> Profile:
    """Say that what stands there is still true, today."""
    require_works_at(by, profile.organisation)
    profile.change(by=by, version=version)
    record(by=by, verb="people.confirm_profile", about=profile, version=profile.version)
    return profile
