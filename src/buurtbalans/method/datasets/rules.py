"""Rules about figures: who decides which everybody sees, and who delivers, shares and withdraws a partner's own."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.figures.findings import Finding, Refused, Weight
from buurtbalans.figures.protection.policy import Audience
from buurtbalans.method.datasets.models import Answer, Kind, Publication, Reply, Shipment, ShipmentState
from buurtbalans.method.people.models import Circle, CircleKind, Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may, may_anywhere, require_anywhere

DRAFTS_KEPT: Final = timedelta(days=1)  # a table that nobody kept
WITHDRAWN_KEPT: Final = timedelta(days=90)  # the counts of a withdrawn shipment that nobody else ever saw
LEVEL_WORDS: Final = {Audience.CORE: "kerngroep", Audience.RING: "kring", Audience.PUBLIC: "iedereen"}  # in the logbook
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
    found: Organisation = organisation
    return found


def may_decide(person: Person | AnonymousUser, shipment: Shipment) -> bool:
    """Return whether a person shares and withdraws a shipment: who delivers for the organisation that it is of."""
    return may(person, Permission.DELIVER_FIGURES, shipment.organisation.circle)


def require_may_decide(by: Person | AnonymousUser, shipment: Shipment) -> None:
    """Refuse unless the person delivers for the organisation that the shipment is of."""
    if not may_decide(by, shipment):
        raise PermissionDenied("alleen de organisatie zelf beslist over haar levering")


def audiences(person: Person) -> list[Circle]:
    """Return with whom a person can share: per round in whose core group they are that group, then its ring."""
    cores = Circle.objects.with_member(person, Permission.READ).filter(kind=CircleKind.CORE).select_related("within")
    mine = [core for core in cores.order_by("name") if may(person, Permission.GIVE_OPINION, core)]
    rings = [core.within for core in mine if core.within is not None and core.within.kind == CircleKind.RING]
    return [*mine, *rings]


def require_audience(by: Person, circle: Circle | None) -> None:
    """Refuse a circle of a round in whose core group the person is not; no circle means all organisations."""
    if circle is not None and circle not in audiences(by):
        raise PermissionDenied("delen kan alleen met de kerngroep of de kring van een ronde waar u zelf in zit")


def is_agreed(shipment: Shipment, circle: Circle) -> bool:
    """Return whether the agreement of a round lets its circle see a shipment today."""
    return shipment.terms.active().filter(circle=circle).exists()


def require_agreed(shipment: Shipment, circle: Circle | None) -> None:
    """Refuse a circle of a round whose agreement on sharing does not hold this shipment; for all, none is needed."""
    if circle is not None and not is_agreed(shipment, circle):
        text = _("De afspraak over delen van deze ronde staat dit niet toe. Zeg deze levering daar eerst toe.")
        raise ValidationError(text, code="not_agreed")


def level_of(circle: Circle | None) -> Audience:
    """Return how careful the gate is for a circle; what all organisations see is as careful as what everybody sees."""
    if circle is None:
        return Audience.PUBLIC
    return Audience.CORE if circle.kind == CircleKind.CORE else Audience.RING


def require_whole(shipment: Shipment) -> None:
    """Refuse a shipment of which the counts were erased after it was withdrawn."""
    if shipment.erased_at is not None:
        raise ValidationError(_("De aantallen van deze levering zijn gewist. Lever ze opnieuw aan."), code="erased")


def require_version(shipment: Shipment, version: int) -> None:
    """Refuse when a colleague changed the shipment after the page was opened."""
    if shipment.version != version:
        raise ValidationError(_("Een collega veranderde dit net ook. Kijk opnieuw."), code="conflict")


def require_shared_with_all(shipment: Shipment) -> None:
    """Refuse to put a shipment in a release that not all organisations may see."""
    if not (shipment.state == ShipmentState.SHARED and shipment.for_all):
        raise ValidationError(_("Deze levering is niet met alle organisaties gedeeld."), code="not_shared")


def require_unpublished(release: str) -> None:
    """Refuse to ask for a reply about a release that everybody could see already: the right comes before."""
    if Publication.objects.filter(release=release, kind=Kind.PUBLISHED).exists():
        raise ValidationError(_("Deze uitgave is al gepubliceerd."), code="published")


def require_answered(replies: Sequence[Reply], inside: Iterable[Shipment], today: date) -> None:
    """Refuse a release with a shipment (`inside`) whose supplier was not asked, may still answer, objects or withdrew.

    Raises
    ------
    Refused
        With all of them at once.
    """
    found = [
        (reply.shipment, "maakt bezwaar." if reply.answer == Answer.OBJECTION else "heeft nog niet geantwoord.")
        for reply in replies
        if reply.stops(today)
    ]
    gone = [reply.shipment for reply in replies if reply.shipment.state != ShipmentState.SHARED]
    found += [(shipment, f"trok ‘{shipment.title}’ in.") for shipment in gone]
    asked = {reply.shipment.sha256 for reply in replies}
    unasked = [shipment for shipment in inside if shipment.sha256 not in asked]
    found += [(shipment, f"is niet gevraagd over ‘{shipment.title}’.") for shipment in unasked]
    if found:
        todo = "Haal de levering uit de uitgave, of wacht op antwoord."
        raise Refused(Finding(Weight.REFUSE, f"{shipment.organisation} {what}", todo) for shipment, what in found)


def require_open(reply: Reply) -> None:
    """Refuse a second answer."""
    if reply.answer != Answer.WAITING:
        raise ValidationError(_("Uw organisatie gaf al antwoord."), code="answered")
