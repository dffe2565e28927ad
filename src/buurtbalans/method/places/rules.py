"""Rules about places: who may draw a working area, and what one must be made of."""

import math
from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may_anywhere

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Person

SQUARE: Final = (0.00146, 0.0009)  # degrees east and north: about 100 metres by 100 metres in the Netherlands


def require_may_draw(person: "Person | AnonymousUser") -> None:
    """Refuse unless the person may start a round: who starts one also says which neighbourhood it is about."""
    if not may_anywhere(person, Permission.START_ROUND):
        raise PermissionDenied(f"{Permission.START_ROUND} ontbreekt")


def require_parts(codes: Collection[str], known: Collection[str]) -> None:
    """Refuse a neighbourhood without areas, or with areas that the division does not have."""
    if not codes:
        raise ValidationError(_("Kies minstens één buurt."), code="empty")
    if unknown := sorted(set(codes) - set(known)):
        raise ValidationError(
            _("Deze gebieden staan niet in de indeling: %(codes)s."),
            code="unknown",
            params={"codes": ", ".join(unknown)},
        )


def blurred(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the middle of the square of about 100 metres in which a place lies: never finer, never a front door.

    The squares are the same for everybody, so that many places in one square say no more than one. Degrees in, degrees
    out.

    >>> blurred(4.90512, 52.37021), blurred(4.90498, 52.37049)
    ((4.90487, 52.37055), (4.90487, 52.37055))
    """
    east, north = ((math.floor(at / side) + 0.5) * side for at, side in zip((longitude, latitude), SQUARE, strict=True))
    return round(east, 5), round(north, 5)
