"""Rules of an evaluation: a reason always, a figure for every outcome but "unknown", a story that all may read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.rounds.queries.evidence import same_measure
from buurtbalans.method.rounds.rules import require_figure, require_shared

if TYPE_CHECKING:
    from buurtbalans.method.plans.models import Result
    from buurtbalans.method.stories.models import Story


def require_supported_outcome(outcome: str, now: Mapping[str, Any] | None, reason: str) -> None:
    """Refuse an outcome without a reason, and a known outcome without a current figure."""
    if not reason.strip():
        raise ValidationError(_("Leg uit waarom u denkt dat het doel is bereikt of niet."), code="no_reason")
    if now is not None:
        require_figure(now)
    if outcome != "onbekend" and (now is None or now["value"] is None):
        raise ValidationError(
            _("Zonder actueel cijfer kunt u niet vaststellen of het doel is bereikt, dus kies ‘niet bekend’."),
            code="no_figure",
        )


def require_same_measure(now: Mapping[str, Any] | None, result: "Result") -> None:
    """Refuse a figure that measures something other than the baseline."""
    if now is not None and not same_measure(now, result.baseline):
        raise ValidationError(
            _("Gebruik hetzelfde cijfer als bij de nulmeting, zodat u kunt vergelijken."), code="other_measure"
        )


def require_readable_voice(voice: "Story | None", result: "Result") -> None:
    """Refuse a story that the core group cannot read."""
    if voice is not None:
        require_shared(voice, result.round)
