"""Rules: who may do what, as sentences that the rest of the method asks; and the refusal that says why."""

import re
from typing import TYPE_CHECKING, Final

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.people.permissions import IN_ORGANISATION, IN_ROUND, PLATFORM, Permission, Role, roles_with

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Circle, Membership, Organisation, Person

LEAST_PASSWORD: Final = 12
SHORT_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
USERNAME: Final = re.compile(r"[\w.@+-]{1,150}")


class LongEnough(MinimumLengthValidator):
    """Says how long a password must be, as the rest of the site speaks."""

    def __init__(self) -> None:
        super().__init__(min_length=LEAST_PASSWORD)

    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort, want het moet minstens %(number)s tekens hebben.") % {
            "number": self.min_length
        }

    def get_help_text(self) -> str:
        return _("Gebruik voor het wachtwoord minstens %(number)s tekens.") % {"number": self.min_length}


class UnlikeName(UserAttributeSimilarityValidator):
    """Says that a password is too much like somebody's name, as the rest of the site speaks."""

    def get_error_message(self) -> str:
        return _("Dit wachtwoord lijkt te veel op de naam van het account.")


class Refusal(PermissionDenied):
    """What somebody may not do, and where: enough for a page that says why and who decides."""

    def __init__(self, permission: Permission, circle: "Circle | None" = None) -> None:
        self.permission = permission
        self.circle = circle
        super().__init__(f"{permission} ontbreekt")


def may(person: "Person | AnonymousUser", permission: Permission, circle: "Circle | None" = None) -> bool:
    """Return whether a person holds a permission in a circle, or on the platform when no circle is given.

    Reading reaches outward (a core member reads what the ring may see); writing does not.
    """
    if permission is Permission.READ and circle is not None:
        return type(circle)._default_manager.visible_to(person).filter(pk=circle.pk).exists()
    if not person.is_authenticated or not person.is_active:
        return False
    return person.memberships.filter(role__in=roles_with(permission), circle=circle).exists()


def knows_of(person: "Person | AnonymousUser", circle: "Circle") -> bool:
    """Return whether a person knows that a circle exists: reads along, is in the ring around it, or works there.

    Whoever does not know gets 404; whoever does may be told what is refused and who decides.
    """
    if not person.is_authenticated:
        return circle.audience.is_public
    around = circle.within if circle.audience is Audience.CORE else None
    works_here = circle.organisation_id is not None and circle.organisation_id == person.organisation_id
    return works_here or any(may(person, Permission.READ, one) for one in (circle, around) if one)


def may_anywhere(person: "Person | AnonymousUser", permission: Permission) -> bool:
    """Return whether a person holds a permission on the platform or in any circle."""
    if not person.is_authenticated or not person.is_active:
        return False
    return person.memberships.filter(role__in=roles_with(permission)).exists()


def require(person: "Person | AnonymousUser", permission: Permission, circle: "Circle | None" = None) -> None:
    """Refuse unless the person holds the permission in the circle, or on the platform when no circle is given."""
    if not may(person, permission, circle):
        raise Refusal(permission, circle)


def require_anywhere(person: "Person | AnonymousUser", permission: Permission) -> None:
    """Refuse unless the person holds the permission in some circle."""
    if not may_anywhere(person, permission):
        raise Refusal(permission)


def may_invite(person: "Person", circle: "Circle") -> bool:
    """Return whether a person may let others into a round's circle: its process guide, from the core group."""
    if may(person, Permission.INVITE, circle):
        return True
    return any(may(person, Permission.INVITE, core) for core in circle.inner.filter(kind=Audience.CORE))


def starts_here(by: "Person", person: "Person", role: Role, circle: "Circle") -> bool:
    """Return whether somebody may take up the lead: of a round's empty core group, or of one that nobody leads now."""
    if circle.audience is not Audience.CORE or by != person or role is not Role.PROCESS_GUIDE:
        return False
    seats = circle.memberships.all()
    if not seats.exists():
        return may_anywhere(by, Permission.START_ROUND)
    led = seats.filter(role=Role.PROCESS_GUIDE, person__is_active=True).exists()
    return not led and may(by, Permission.CLAIM, circle)


def require_led(membership: "Membership") -> None:
    """Refuse to take the last guide away from a round: there is never a round that nobody leads."""
    if membership.role != Role.PROCESS_GUIDE or membership.circle is None or not membership.person.is_active:
        return
    others = membership.circle.memberships.filter(role=Role.PROCESS_GUIDE, person__is_active=True)
    if not others.exclude(pk=membership.pk).exists():
        raise ValidationError(
            _("Een ronde heeft altijd een procesbegeleider, dus draag deze rol eerst over aan iemand anders."),
            code="guide",
        )


def require_may_grant(by: "Person | None", person: "Person", role: Role, circle: "Circle | None") -> None:
    """Refuse unless `by` decides about this role here; the system itself (None) sets the first roles.

    The administrator decides about the platform and the organisations, but not about oneself, and never about a
    round: a round's people are let in by its process guide.
    """
    if by is None:
        return
    if circle is not None and circle.audience.in_round:
        if not may_invite(by, circle) and not starts_here(by, person, role, circle):
            raise Refusal(Permission.INVITE, circle)
    elif by == person or not may(by, Permission.MANAGE_ACCOUNTS):
        raise Refusal(Permission.MANAGE_ACCOUNTS)


def fits(person: "Person", role: Role, circle: "Circle | None") -> bool:
    """Return whether a role can be held here: in its kind of circle, and never beside a role on the platform."""
    others = person.memberships.exclude(role=role)
    if role in PLATFORM:
        return circle is None and not others.filter(circle__isnull=False).exists()
    if circle is None or others.filter(role__in=PLATFORM).exists():
        return False
    if role in IN_ORGANISATION:
        return circle.audience.is_home and circle.organisation_id == person.organisation_id
    if role in IN_ROUND:
        return _fits_round(person, role, circle)
    return circle.audience.is_public or (role is Role.AMBASSADOR and circle.audience is Audience.RING)


def _fits_round(person: "Person", role: Role, circle: "Circle") -> bool:
    """Return whether a role of a round can be held in a circle; a seat at the table is one of an organisation."""
    if role in (Role.PROCESS_GUIDE, Role.CORE_MEMBER) and person.organisation_id is None:
        return False
    return circle.audience is (Audience.RING if role is Role.RING_MEMBER else Audience.CORE) or role is Role.GUEST


def require_new_organisation(slug: str, name: str, kind: str) -> None:
    """Refuse an organisation that cannot be added, with words."""
    from buurtbalans.method.people.models import Organisation, OrganisationKind

    if not SHORT_NAME.fullmatch(slug) or len(slug) > 50:
        raise ValidationError(_("De korte naam mag alleen kleine letters, cijfers en streepjes bevatten."), code="slug")
    if not name.strip() or len(name) > 120:
        raise ValidationError(_("De naam moet 1 tot 120 tekens lang zijn."), code="name")
    if kind not in OrganisationKind:
        raise ValidationError(_("Deze soort organisatie bestaat niet in Buurtbalans."), code="kind")
    if Organisation.objects.filter(slug=slug).exists() or Organisation.objects.filter(name=name).exists():
        raise ValidationError(_("Er is al een organisatie met deze korte naam."), code="there")


def require_new_account(username: str, first_name: str) -> None:
    """Refuse an account that cannot be added, with words; two names that differ in capitals only are one."""
    from buurtbalans.method.people.models import Person

    if not USERNAME.fullmatch(username):
        text = _("De gebruikersnaam mag alleen letters, cijfers en de tekens @ . + - _ bevatten.")
        raise ValidationError(text, code="username")
    if not first_name.strip():
        raise ValidationError(_("Vul ook de voornaam en achternaam van de persoon in."), code="name")
    if Person.objects.filter(username__iexact=username).exists():
        raise ValidationError(_("Deze gebruikersnaam is al in gebruik, dus kies een andere."), code="there")


def works_at(person: "Person | AnonymousUser", organisation: "Organisation") -> bool:
    """Return whether a person works at an organisation and speaks of it: a member or its data steward."""
    own = person.is_authenticated and person.organisation_id == organisation.pk
    return own and may(person, Permission.TELL_STORY, organisation.circle)


def require_works_at(person: "Person | AnonymousUser", organisation: "Organisation") -> None:
    """Refuse who does not work at the organisation: nobody says for another what it can do."""
    if not works_at(person, organisation):
        raise PermissionDenied("alleen wie bij een organisatie werkt schrijft wat zij kan")
