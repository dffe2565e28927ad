"""Writes of the evaluation: whether a result was reached, and what happens next."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.evaluation.models import EvaluationLine, NextStep, Outcome
from buurtbalans.method.evaluation.rules import require_readable_voice, require_same_measure, require_supported_outcome
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import Result
from buurtbalans.method.rounds.rules import require_in, require_shared_delivery
from buurtbalans.method.stories.models import Story


def _require_valid(
    by: Person,
    result: Result,
    outcome: str,
    now: dict[str, Any] | None,
    reason: str,
    voice: Story | None,
    before: dict[str, Any] | None = None,
) -> None:
    """Refuse an evaluation by somebody without the right, or without the reason, figure and story it needs."""
    require_in(by, Permission.EVALUATE, result.round)
    require_supported_outcome(Outcome(outcome), now, reason)
    require_same_measure(now, result)
    if now is not None and now != before:
        require_shared_delivery(now, result.round)
    require_readable_voice(voice, result)
    require_no_traces(reason)


@action(gettext_lazy("heeft een doel geëvalueerd"))
def evaluate(
    *,
    by: Person,
    result: Result,
    outcome: str,
    now: dict[str, Any] | None,
    reason: str,
    next: str,
    next_text: str,
    voice: Story | None = None,
) -> EvaluationLine:
    """Evaluate whether a result was reached, with the current figure beside its baseline, and what happens next."""
    _require_valid(by, result, outcome, now, reason, voice)
    if EvaluationLine.objects.filter(result=result).exists():
        raise ValidationError(_("Dit doel is al geëvalueerd, dus pas de bestaande evaluatie aan."), code="twice")
    line = EvaluationLine.objects.create(
        result=result,
        outcome=outcome,
        now=now,
        reason=reason.strip(),
        voice=voice,
        next=NextStep(next),
        next_text=next_text,
        author=by,
        edited_by=by,
    )
    record(by=by, verb="evaluation.evaluate", about=line, result=result.pk, outcome=outcome)
    return line


@action(gettext_lazy("heeft een evaluatie aangepast"))
def edit_evaluation(
    *,
    by: Person,
    line: EvaluationLine,
    version: int,
    outcome: str,
    now: dict[str, Any] | None,
    reason: str,
    next: str,
    next_text: str,
    voice: Story | None = None,
) -> EvaluationLine:
    """Edit an evaluation, if nobody else changed this version."""
    _require_valid(by, line.result, outcome, now, reason, voice, line.now)
    line.change(
        by=by,
        version=version,
        outcome=outcome,
        now=now,
        reason=reason.strip(),
        voice=voice,
        next=NextStep(next),
        next_text=next_text,
    )
    record(by=by, verb="evaluation.edit_evaluation", about=line, version=line.version)
    return line
