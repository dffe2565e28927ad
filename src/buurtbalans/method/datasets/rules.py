"""Rules about figures: who decides which everybody sees, and who delivers, shares and withdraws a partner's own."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.datasets.models import Delivery, DeliveryState, Publication, PublicationKind, Reply, ReplyAnswer
from buurtbalans.method.people.models import Circle, Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may, may_anywhere, require_anywhere

DRAFTS_KEPT: Final = timedelta(days=1)  # a table that nobody kept
WITHDRAWN_KEPT: Final = timedelta(days=90)  # the counts of a withdrawn delivery that nobody else ever saw
SHARED_KEPT: Final = timedelta(days=5 * 365)  # of one that others saw: a next delivery is guarded beside it


def may_publish(person: Person | AnonymousUser) -> bool:
    """Return whether a person may publish releases and see those that are not published yet: a data steward."""
    return may_anywhere(person, Permission.PUBLISH_FIGURES)


def require_may_publish(by: Person | AnonymousUser | None) -> None:
    """Refuse unless the person may publish; None is the operator at the machine itself, with the command line."""
    if by is not None:
        require_anywhere(by, Permission.PUBLISH_FIGURES)


def may_deliver(person: Person | AnonymousUser) -> bool:
    """Return whether a person delivers figures for the organisation they work for."""
    organisation = getattr(person, "organisation", None)
    return organisation is not None and may(person, Permission.DELIVER_FIGURES, organisation.circle)


def require_may_deliver(by: Person | AnonymousUser) -> Organisation:
    """Return the organisation for which a person delivers figures: the one they work for; refuse others."""
    require_anywhere(by, Permission.DELIVER_FIGURES)
    organisation = getattr(by, "organisation", None)
    if organisation is None or not may_deliver(by):
        raise PermissionDenied("alleen wie bij een organisatie werkt levert haar cijfers aan")
    member_of: Organisation = organisation
    return member_of


def may_decide(person: Person | AnonymousUser, delivery: Delivery) -> bool:
    """Return whether a person shares and withdraws a delivery: who delivers for the organisation that it is of."""
    return may(person, Permission.DELIVER_FIGURES, delivery.organisation.circle)


def require_may_decide(by: Person | AnonymousUser, delivery: Delivery) -> None:
    """Refuse unless the person delivers for the organisation that the delivery is of."""
    if not may_decide(by, delivery):
        raise PermissionDenied("alleen de organisatie zelf beslist over haar levering")


def audiences(person: Person) -> list[Circle]:
    """Return with whom a person can share: the core groups they are in, then the circles around those, outward."""
    cores = Circle.objects.with_member(person, Permission.READ).filter(kind=Audience.CORE).select_related("within")
    mine = [core for core in cores.order_by("name") if may(person, Permission.GIVE_OPINION, core)]
    circles = dict.fromkeys(circle for core in mine for circle in core.outward() if not circle.audience.is_public)
    return sorted(circles, key=lambda circle: circle.audience.width)


def require_audience(by: Person, circle: Circle | None) -> None:
    """Refuse a circle of a round in whose core group the person is not; no circle means all organisations."""
    if circle is not None and circle not in audiences(by):
        raise PermissionDenied("delen kan alleen met de kerngroep of de kring van een ronde waar u zelf in zit")


def is_agreed(delivery: Delivery, circle: Circle) -> bool:
    """Return whether the agreement of a round lets its circle see a delivery today."""
    return delivery.terms.active().filter(circle=circle).exists()


def require_agreed(delivery: Delivery, circle: Circle | None) -> None:
    """Refuse a circle of a round whose agreement on sharing does not hold this delivery; for all, none is needed."""
    if circle is not None and not is_agreed(delivery, circle):
        text = _("De afspraak over delen van deze ronde staat dit niet toe. Zeg deze levering daar eerst toe.")
        raise ValidationError(text, code="not_agreed")


def level_of(circle: Circle | None) -> Audience:
    """Return how careful the gate is for a circle; what all organisations see is as careful as what everybody sees."""
    return Audience.PUBLIC if circle is None else circle.audience


def require_whole(delivery: Delivery) -> None:
    """Refuse a delivery of which the counts were erased after it was withdrawn."""
    if delivery.erased_at is not None:
        raise ValidationError(_("De aantallen van deze levering zijn gewist, dus lever ze opnieuw aan."), code="erased")


def require_version(delivery: Delivery, version: int) -> None:
    """Refuse when a colleague changed the delivery after the page was opened."""
    if delivery.version != version:
        raise ValidationError(_("Een collega heeft dit net gewijzigd. Bekijk eerst wat er nu staat."), code="conflict")


def require_shared_with_all(delivery: Delivery) -> None:
    """Refuse to put a delivery in a release that not all organisations may see."""
    if not (delivery.state == DeliveryState.SHARED and delivery.for_all):
        raise ValidationError(_("Deze levering is niet met alle organisaties gedeeld."), code="not_shared")


def require_unpublished(release: str) -> None:
    """Refuse to ask for a reply about a release that everybody could see already: the right comes before."""
    if Publication.objects.filter(release=release, kind=PublicationKind.PUBLISHED).exists():
        raise ValidationError(_("Deze cijferset is al gepubliceerd, dus u kunt niets meer wijzigen."), code="published")


def require_answered(replies: Sequence[Reply], inside: Iterable[Delivery], today: date) -> None:
    """Refuse a release with a delivery (`inside`) whose supplier was not asked, may still answer, objects or withdrew.

    Raises
    ------
    Refused
        With all of them at once.
    """
    todo = "Haal de levering uit de uitgave, of wacht op antwoord."
    objections = [
        Finding(Severity.REFUSE, f"{delivery.organisation} {what}", todo)
        for delivery, what in _objections(replies, inside, today)
    ]
    if objections:
        raise Refused(objections)


def _objections(replies: Sequence[Reply], inside: Iterable[Delivery], today: date) -> Iterator[tuple[Delivery, str]]:
    """Yield each delivery that stands in the way of a release, with the rest of a sentence on its supplier."""
    for reply in replies:
        if reply.stops(today):
            objects = reply.answer == ReplyAnswer.OBJECTION
            yield reply.delivery, "maakt bezwaar." if objects else "heeft nog niet geantwoord."
    for reply in replies:
        if reply.delivery.state != DeliveryState.SHARED:
            yield reply.delivery, f"trok ‘{reply.delivery.title}’ in."
    requested = {reply.delivery.sha256 for reply in replies}
    for delivery in inside:
        if delivery.sha256 not in requested:
            yield delivery, f"is niet gevraagd over ‘{delivery.title}’."


def require_open(reply: Reply) -> None:
    """Refuse a second answer."""
    if reply.answer != ReplyAnswer.WAITING:
        raise ValidationError(_("Uw organisatie heeft hierop al geantwoord."), code="answered")
