"""Writes of a plan: results with baseline and target, and the efforts that organisations agree on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.rules import require_figure, require_in, require_of_round, require_speaks_for

from .models import Effort, EffortState, EvidenceClass, Result
from .rules import require_rests_on_claim, require_state_reason, require_target


@action
def agree_result(
    *, by: Person, round: Round, title: str, per_what: str, baseline: dict[str, Any],
    target_low: float, target_high: float, target_year: int, claims: Sequence[Claim],
) -> Result:  # fmt: skip
    """Agree what must be different for people, from a frozen baseline to a target range."""
    require_in(by, Permission.AGREE_EFFORT, round)
    require_of_round(claims, round)
    require_rests_on_claim(claims)
    require_figure(baseline)
    require_target(target_low, target_high)
    result = Result.objects.create(
        round=round, title=title, per_what=per_what, baseline=baseline, target_low=target_low,
        target_high=target_high, target_year=target_year, author=by, edited_by=by,
    )  # fmt: skip
    result.claims.set(claims)
    record(by=by, verb="plans.agree_result", about=result, claims=[claim.pk for claim in claims])
    return result


@action
def edit_result(
    *, by: Person, result: Result, version: int, title: str, per_what: str,
    target_low: float, target_high: float, target_year: int,
) -> Result:  # fmt: skip
    """Change the words or the target of a result; its baseline stays as it was seen."""
    require_in(by, Permission.AGREE_EFFORT, result.round)
    require_target(target_low, target_high)
    result.change(
        by=by, version=version, title=title, per_what=per_what,
        target_low=target_low, target_high=target_high, target_year=target_year,
    )  # fmt: skip
    record(by=by, verb="plans.edit_result", about=result, version=result.version)
    return result


@action
def agree_effort(
    *, by: Person, result: Result, organisation: Organisation, what: str, first_sign: str, since: date,
    evidence_class: str, claims: Sequence[Claim], state: str = EffortState.STARTS, state_reason: str = "",
    together_with: str = "",
) -> Effort:  # fmt: skip
    """Agree what an organisation does for a result; a member does so for the own organisation, the guide for each."""
    require_in(by, Permission.AGREE_EFFORT, result.round)
    require_speaks_for(by, organisation, result.round)
    require_of_round(claims, result.round)
    require_rests_on_claim(claims)
    require_state_reason(state, state_reason)
    effort = Effort.objects.create(
        result=result, organisation=organisation, what=what, first_sign=first_sign, since=since,
        evidence_class=EvidenceClass(evidence_class), state=EffortState(state), state_reason=state_reason,
        together_with=together_with, author=by, edited_by=by,
    )  # fmt: skip
    effort.claims.set(claims)
    record(by=by, verb="plans.agree_effort", about=effort, claims=[claim.pk for claim in claims])
    return effort


@action
def report_effort(
    *, by: Person, effort: Effort, version: int, state: str, since: date, first_sign: str, state_reason: str = ""
) -> Effort:
    """Say how an effort stands: starts, runs, done, or stuck with the reason."""
    require_in(by, Permission.AGREE_EFFORT, effort.result.round)
    require_speaks_for(by, effort.organisation, effort.result.round)
    if state not in EffortState.values:
        raise ValidationError(_("Kies hoe het ermee staat."), code="state")
    require_state_reason(state, state_reason)
    effort.change(
        by=by, version=version, state=state, since=since, first_sign=first_sign, state_reason=state_reason.strip()
    )
    record(by=by, verb="plans.report_effort", about=effort, state=state)
    return effort
