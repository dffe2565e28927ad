"""Rules about plans: what a result and an effort must rest on, and in whose name an effort is agreed."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from buurtbalans.method.rounds.models import Claim


def require_rests_on_claim(claims: Collection["Claim"]) -> None:
    """Refuse a plan line that rests on nothing: each one leads back to a claim, and so to a figure or a story."""
    if not claims:
        raise ValidationError(_("Kies op welke uitspraak dit rust."), code="rests_on_nothing")


def require_target(low: float, high: float) -> None:
    """Refuse a target that is no range."""
    if low > high:
        raise ValidationError(_("Het doel loopt van laag naar hoog. Draai de getallen om."), code="target")


def require_state_reason(state: str, reason: str) -> None:
    """Refuse a standstill without a reason."""
    if state == "staat_stil" and not reason.strip():
        raise ValidationError(_("Schrijf op waarom het stilstaat."), code="no_reason")
