"""Rules about places: who may draw a working area, and what one must be made of."""

import math
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape as geometry

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.people.models import Circle
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may_anywhere

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.places.models import Neighbourhood

SHAPES: Final = ("Point", "LineString", "Polygon")
SQUARE: Final = (0.00146, 0.0009)  # degrees east and north: about 100 metres by 100 metres in the Netherlands


def require_may_draw(person: "Person | AnonymousUser") -> None:
    """Refuse unless the person may start a round: who starts one also says which neighbourhood it is about."""
    if not may_anywhere(person, Permission.START_ROUND):
        raise PermissionDenied(f"{Permission.START_ROUND} ontbreekt")


def require_parts(codes: Collection[str], known: Collection[str]) -> None:
    """Refuse a neighbourhood without areas, or with areas that the division does not have."""
    if not codes:
        raise ValidationError(_("Kies minstens één buurt die bij dit gebied hoort."), code="empty")
    if unknown := sorted(set(codes) - set(known)):
        raise ValidationError(
            _("Deze gebieden komen niet voor in de gebiedsindeling: %(codes)s."),
            code="unknown",
            params={"codes": ", ".join(unknown)},
        )


def may_mark(person: "Person | AnonymousUser", neighbourhood: "Neighbourhood") -> bool:
    """Return whether a person may say what is in a neighbourhood and what comes: the core group of a round about it."""
    seats = Circle.objects.with_member(person, Permission.CLAIM).filter(kind=Audience.CORE)
    about = {"round_as_core__neighbourhood": neighbourhood, "round_as_core__withdrawn_at__isnull": True}
    return bool(seats.filter(**about).exists())


def require_may_mark(person: "Person | AnonymousUser", neighbourhood: "Neighbourhood") -> None:
    """Refuse unless the person is in the core group of a round about the neighbourhood."""
    if not may_mark(person, neighbourhood):
        raise PermissionDenied("alleen de kerngroep zet voorzieningen en werk op de kaart")


def require_landmark(about: Mapping[str, Any]) -> None:
    """Refuse a landmark without a name, of an unknown kind, that ends before it starts, or with no place."""
    start, end = about.get("starts_on"), about.get("ends_on")
    if not str(about.get("name", "")).strip() or not about.get("kind"):
        raise ValidationError(_("Vul een naam in en kies om welke soort het gaat."), code="name")
    if start and end and end < start:
        raise ValidationError(_("De einddatum mag niet vóór de begindatum vallen."), code="dates")
    require_shape(about.get("shape"))


def require_shape(shape: Any) -> None:
    """Refuse what is no point, line or surface in the Netherlands; degrees, as GeoJSON writes them."""
    try:
        drawn = geometry(shape)
        west, south, east, north = drawn.bounds
        fits = drawn.is_valid and 3 <= west <= east <= 8 and 50 <= south <= north <= 54
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, ShapelyError):
        fits = False
    if not fits or shape["type"] not in SHAPES:
        raise ValidationError(_("Alleen een punt, lijn of vlak binnen Nederland kan op de kaart."), code="shape")


def blurred(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the middle of the square of about 100 metres in which a place lies: never finer, never a front door.

    The squares are the same for everybody, so that many places in one square say no more than one. Degrees in, degrees
    out.

    >>> blurred(4.90512, 52.37021), blurred(4.90498, 52.37049)
    ((4.90487, 52.37055), (4.90487, 52.37055))
    """
    east, north = ((at + 0.5) * side for at, side in zip(square_of(longitude, latitude), SQUARE, strict=True))
    return round(east, 5), round(north, 5)


def square_of(longitude: float, latitude: float) -> tuple[int, int]:
    """Return the number of the square of about 100 metres in which a place lies, eastward and northward.

    >>> square_of(4.90512, 52.37021)
    (3359, 58189)
    """
    return math.floor(longitude / SQUARE[0]), math.floor(latitude / SQUARE[1])
