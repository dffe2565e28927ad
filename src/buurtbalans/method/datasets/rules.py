"""Rules about figures: who decides which everybody sees, and who delivers, shares and withdraws a partner's own."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.people.models import Circle, CircleKind, Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may, may_anywhere, require_anywhere

from .models import Answer, Kind, Publication, Reply, Shipment, ShipmentState


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
    """Return the core groups of the person's rounds, with which a shipment can be shared."""
    circles = Circle.objects.with_member(person, Permission.READ).filter(kind=CircleKind.CORE)
    return [circle for circle in circles.order_by("name") if may(person, Permission.GIVE_OPINION, circle)]


def require_audience(by: Person, circle: Circle | None) -> None:
    """Refuse a circle that is no core group of the person's rounds; no circle means all organisations."""
    if circle is not None and circle not in audiences(by):
        raise PermissionDenied("delen kan alleen met een kerngroep waar u zelf in zit")


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


def require_open(reply: Reply) -> None:
    """Refuse a second answer."""
    if reply.answer != Answer.WAITING:
        raise ValidationError(_("Uw organisatie gaf al antwoord."), code="answered")
