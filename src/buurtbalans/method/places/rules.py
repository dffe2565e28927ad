"""Rules about places: who may draw a working area, and what one must be made of."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may_anywhere

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Person


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
