"""Rules about stories: who may tell, change, share and withdraw one, and what may never stand in one."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.people.models import Circle, Membership, Person
from buurtbalans.method.people.permissions import Permission, roles_with
from buurtbalans.method.people.rules import Refusal, may

if TYPE_CHECKING:
    from buurtbalans.method.stories.models import Contribution, RatingSheet

PHONE_RETENTION: Final = timedelta(days=30)  # so long a field note that was not sent stays on a phone


def require_recent_note(noted_at: datetime) -> None:
    """Refuse a field note from the future, or from longer ago than a phone keeps one."""
    if noted_at > timezone.now():
        raise ValidationError(
            _("De datum van deze notitie is nog niet geweest, dus controleer de klok van uw telefoon."), code="later"
        )
    if timezone.now() - noted_at > PHONE_RETENTION:
        raise ValidationError(_("Deze notitie is ouder dan 30 dagen, dus u kunt deze niet meer versturen."), code="old")


def leaves_organisation(circle: Circle) -> bool:
    """Return whether others than the own organisation read what is shared with this circle."""
    return not circle.audience.is_home


def colleagues(person: Person) -> "models.QuerySet[Person]":
    """Return who can look at a story of this person before it leaves their organisation."""
    home = Circle.objects.filter(kind=Audience.ORGANISATION, organisation__isnull=False)
    held = Membership.objects.filter(
        circle__in=home.filter(organisation__people=person), role__in=roles_with(Permission.TELL_STORY)
    )
    return Person.objects.filter(is_active=True, memberships__in=held).exclude(pk=person.pk).distinct()


def require_seen(seen: bool) -> None:
    """Refuse to share with others as long as nobody said that nobody can be recognised."""
    if not seen:
        raise ValidationError(
            _("Vink eerst aan dat u hebt gecontroleerd of er iemand te herkennen is."), code="not_seen"
        )


def waits(by: Person, circle: Circle, seen: bool) -> bool:
    """Return whether a colleague looks first; refuse who has none and did not look themselves."""
    if not leaves_organisation(circle):
        return False
    if colleagues(by).exists():
        return True
    require_seen(seen)
    return False


def looked(asked: Circle | None, circle: Circle) -> dict[str, Any]:
    """Return what the trail says of the look: for which circle it waits, or that the author looked."""
    return {"asked": asked.pk} if asked else {"seen": True} if leaves_organisation(circle) else {}


def may_review(person: Person | AnonymousUser, told: "Contribution") -> bool:
    """Return whether a person may say that what was told can leave the organisation: a colleague of its author."""
    if not person.is_authenticated or told.asked_id is None or told.author_id == person.pk:
        return False
    return told.circle.organisation_id == person.organisation_id and may(person, Permission.TELL_STORY, told.circle)


def require_may_review(person: Person | AnonymousUser, told: "Contribution") -> None:
    """Refuse the author, who is of another organisation, and what nobody asked to share."""
    if not may_review(person, told):
        raise PermissionDenied("alleen een collega van de schrijver bekijkt dit")


def may_write_for(person: Person | AnonymousUser, permission: Permission, circle: Circle) -> bool:
    """Return whether a person may write for a circle: as someone of it, or of the circle just inside it."""
    if may(person, permission, circle):
        return True
    return any(may(person, permission, inner) for inner in circle.inner.exclude(kind=Audience.ORGANISATION))


def require_may_tell(person: Person | AnonymousUser, circle: Circle) -> None:
    """Refuse unless the person may tell a story to this circle; nobody tells one to everybody at once."""
    if circle.audience.is_public:
        raise PermissionDenied("een verhaal begint niet bij iedereen")
    if not may_write_for(person, Permission.TELL_STORY, circle):
        raise PermissionDenied(f"{Permission.TELL_STORY} ontbreekt")


def may_change(person: Person | AnonymousUser, told: "Contribution | RatingSheet") -> bool:
    """Return whether a person may change what was told: only who wrote it down."""
    return person.is_authenticated and told.author_id == person.pk


def require_may_change(person: Person | AnonymousUser, told: "Contribution | RatingSheet") -> None:
    """Refuse unless the person wrote it down."""
    if not may_change(person, told):
        raise PermissionDenied("alleen wie dit opschreef past het aan")


def may_withdraw(person: Person | AnonymousUser, told: "Contribution") -> bool:
    """Return whether a person may take it away: its author, or the guide of the circle it is shared with."""
    guided = told.circle.audience.in_round
    return may_change(person, told) or (guided and may_write_for(person, Permission.EDIT_ROUND, told.circle))


def wider_circles(person: Person, story: "Contribution", offered: "models.QuerySet[Circle]") -> list[Circle]:
    """Return the circles of the offer that a story can still be shared with, from narrow to wide."""
    if not may_change(person, story) or (story.asked_id is not None and colleagues(person).exists()):
        return []
    wider = [circle for circle in offered if circle.audience.width > story.circle.audience.width]
    return sorted(
        (
            circle
            for circle in wider
            if not circle.audience.is_public and may_write_for(person, Permission.TELL_STORY, circle)
        ),
        key=lambda circle: circle.audience.width,
    )


def require_team_circle(circle: Circle) -> None:
    """Refuse a single feeling to anybody but the own organisation and the core group: others see squares of people."""
    if circle.audience.width > Audience.CORE.width:
        raise PermissionDenied("een los gevoel gaat niet verder dan de kerngroep")


def may_publish_feelings(person: Person | AnonymousUser, core: Circle) -> bool:
    """Return whether a person may show the feelings of a round to others than its team: its guide."""
    return may(person, Permission.EDIT_ROUND, core)


def require_may_publish_feelings(person: Person | AnonymousUser, core: Circle, circle: Circle) -> None:
    """Refuse who does not guide the round, and a circle that is not its ring or everybody."""
    if not may_publish_feelings(person, core):
        raise Refusal(Permission.EDIT_ROUND, core)
    if not circle.audience.is_public and circle.pk != core.within_id:
        raise PermissionDenied("dit is niet de kring van deze ronde")


def may_withdraw_sheet(person: Person | AnonymousUser, sheet: "RatingSheet") -> bool:
    """Return whether a person may take a rating away: who wrote it down, or the guide of the round."""
    own = person.is_authenticated and sheet.author_id == person.pk
    return own or may(person, Permission.EDIT_ROUND, sheet.circle)
