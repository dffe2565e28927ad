"""Rules: who may do what, as sentences that the rest of the method asks; and the refusal that says why."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.people.permissions import IN_ORGANISATION, IN_ROUND, PLATFORM, Permission, Role, roles_with

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Circle, Membership, Organisation, Person

LEAST_PASSWORD: Final = 12
TRASH_KEPT: Final = timedelta(days=90)  # what was withdrawn can come back as long as this
SHORT_NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
USERNAME: Final = re.compile(r"[\w.@+-]{1,150}")


class LongEnough(MinimumLengthValidator):
    """Says how long a password must be, as the rest of the site speaks."""

    def __init__(self) -> None:
        super().__init__(min_length=LEAST_PASSWORD)

    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te kort. Het heeft minstens %(number)s tekens.") % {"number": self.min_length}

    def get_help_text(self) -> str:
        return _("Minstens %(number)s tekens.") % {"number": self.min_length}


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
        return circle.kind == "public"
    around = circle.within if circle.kind == "core" else None
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
    return any(may(person, Permission.INVITE, core) for core in circle.inner.filter(kind="core"))


def starts_here(by: "Person", person: "Person", role: Role, circle: "Circle") -> bool:
    """Return whether somebody may take up the lead: of a round's empty core group, or of one that nobody leads now."""
    if circle.kind != "core" or by != person or role is not Role.PROCESS_GUIDE:
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
        raise ValidationError(_("Een ronde houdt een procesbegeleider. Draag dat eerst over."), code="guide")


def require_may_grant(by: "Person | None", person: "Person", role: Role, circle: "Circle | None") -> None:
    """Refuse unless `by` decides about this role here; the system itself (None) sets the first roles.

    The administrator decides about the platform and the organisations, but not about oneself, and never about a
    round: a round's people are let in by its process guide.
    """
    if by is None:
        return
    if circle is not None and circle.kind in ("core", "ring"):
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
        return circle.kind == "organisation" and circle.organisation_id == person.organisation_id
    if role in (Role.PROCESS_GUIDE, Role.CORE_MEMBER) and person.organisation_id is None:
        return False  # at the table one speaks for an organisation
    if role in IN_ROUND:
        return circle.kind == ("ring" if role is Role.RING_MEMBER else "core") or role is Role.GUEST
    return circle.kind == "public" or (role is Role.AMBASSADOR and circle.kind == "ring")


def require_new_organisation(slug: str, name: str, kind: str) -> None:
    """Refuse an organisation that cannot be added, with words."""
    from buurtbalans.method.people.models import Organisation, OrganisationKind

    if not SHORT_NAME.fullmatch(slug) or len(slug) > 50:
        raise ValidationError(_("De korte naam heeft alleen kleine letters, cijfers en streepjes."), code="slug")
    if not name.strip() or len(name) > 120:
        raise ValidationError(_("De naam heeft 1 tot 120 tekens."), code="name")
    if kind not in OrganisationKind:
        raise ValidationError(_("Deze soort organisatie is er niet."), code="kind")
    if Organisation.objects.filter(slug=slug).exists() or Organisation.objects.filter(name=name).exists():
        raise ValidationError(_("Deze organisatie is er al."), code="there")


def require_new_account(username: str, first_name: str) -> None:
    """Refuse an account that cannot be added, with words; two names that differ in capitals only are one."""
    from buurtbalans.method.people.models import Person

    if not USERNAME.fullmatch(username):
        text = _("De gebruikersnaam heeft alleen letters, cijfers en de tekens @ . + - _")
        raise ValidationError(text, code="username")
    if not first_name.strip():
        raise ValidationError(_("Geef ook de naam van de persoon."), code="name")
    if Person.objects.filter(username__iexact=username).exists():
        raise ValidationError(_("Deze gebruikersnaam is al in gebruik."), code="there")


def works_at(person: "Person | AnonymousUser", organisation: "Organisation") -> bool:
    """Return whether a person works at an organisation and speaks of it: a member or its data steward."""
    own = person.is_authenticated and person.organisation_id == organisation.pk
    return own and may(person, Permission.TELL_STORY, organisation.circle)


def require_works_at(person: "Person | AnonymousUser", organisation: "Organisation") -> None:
    """Refuse who does not work at the organisation: nobody says for another what it can do."""
    if not works_at(person, organisation):
        raise PermissionDenied("alleen wie bij een organisatie werkt schrijft wat zij kan")


@dataclass(frozen=True)
class Edit:
    """Fields of a text that are changed together, by the action of its app with the rules of its app."""

    fields: tuple[str, ...]
    write: Callable[..., Any]


@dataclass(frozen=True)
class TextKind:
    """What an app says once of a kind of text: where it stands, who changes it, and how it goes and comes back."""

    model: Any
    url: Callable[[Any], str]
    may_edit: Callable[[Any, Any], bool]
    edits: tuple[Edit, ...] = ()
    shown: tuple[str, ...] = ()  # fields that history shows beside those of the edits
    may_withdraw: Callable[[Any, Any], bool] | None = None
    withdraw: Callable[..., Any] | None = None  # the action of the app, when more must be done than to take it away
    restore: Callable[..., Any] | None = None
    parts: tuple[str, ...] | None = ()  # models that go along; None: all of them
    stays: Any = ""  # why it cannot be withdrawn
    place: str = ""  # the way from the text to its round
    among: Callable[[Any], Any] | None = None  # finds the texts of a round where no one way, `place`, leads to it
    found: Callable[[Any], Any] | None = None  # the texts for a viewer, withdrawn ones too
    lists: Callable[[Any], str] | None = None  # the page that stays when the text goes; else its own

    @property
    def label(self) -> str:
        """How an address calls the kind."""
        return str(self.model._meta.label_lower)

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields that history shows, in order."""
        return tuple(dict.fromkeys([field for edit in self.edits for field in edit.fields] + list(self.shown)))

    def home(self, text: Any) -> str:
        """Return the page where a text is listed, which stays when the text goes."""
        return (self.lists or self.url)(text)

    def above(self, text: Any) -> list[Any]:
        """Return a text and all that it stands in, up to its round; only itself when the kind belongs to no round."""
        line = [text]
        for name in filter(None, self.place.split("__")):
            line.append(getattr(line[-1], name))
        return line

    def of(self, viewer: Any) -> Any:
        """Return the texts that a viewer may see, also those that were withdrawn."""
        if self.found is not None:
            return self.found(viewer)
        manager = self.model.objects
        return (manager.kept() if hasattr(manager, "kept") else manager.all()).visible_to(viewer)

    def of_place(self, viewer: Any, place: Any) -> Any:
        """Return the texts of one round that a viewer may see; none when the kind belongs to no round."""
        if self.among is not None:
            return self.of(viewer).filter(self.among(place))
        return self.of(viewer).filter(**{self.place: place}) if self.place else self.model._base_manager.none()

    def may_take(self, person: Any, text: Any) -> bool:
        """Return whether a person may withdraw and restore this text."""
        return not self.stays and bool((self.may_withdraw or self.may_edit)(person, text))


def require_may_take(person: "Person", text: Any, kind: TextKind) -> None:
    """Refuse unless the person may withdraw and restore this text."""
    if not kind.may_take(person, text):
        raise PermissionDenied("deze tekst is niet van u")


def require_nothing_rests(text: Any, hanging: "list[str]") -> None:
    """Refuse to take away what something else rests on, and say what that is."""
    if hanging:
        words = _("Hier rust nog iets op: %(what)s. Haal dat eerst weg.")
        raise ValidationError(words, code="rests", params={"what": ", ".join(hanging)})


def require_may_edit(person: "Person", text: Any, kind: TextKind) -> None:
    """Refuse unless the person may change this text, which stands."""
    if text.withdrawn_at is not None or not kind.may_edit(person, text):
        raise PermissionDenied("deze tekst is niet van u")
