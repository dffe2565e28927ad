"""Writes of a result: the change aimed for, its baseline and target, and how it will be evaluated."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import Result
from buurtbalans.method.plans.rules import require_active, require_rests_on_claim, require_target
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.rules import require_claims_of_round, require_figure, require_in, require_shared_delivery


@action(gettext_lazy("heeft een doel toegevoegd"))
def agree_result(
    *,
    by: Person,
    round: Round,
    title: str,
    per_what: str,
    baseline: dict[str, Any],
    target_low: float,
    target_high: float,
    target_year: int,
    claims: Sequence[Claim],
    measured_by: str = "",
    measured_on: date | None = None,
    measured_with: Organisation | None = None,
    asked_too: str = "",
) -> Result:
    """Agree a result with a frozen baseline, a target range and an evaluation plan."""
    require_in(by, Permission.AGREE_EFFORT, round)
    require_claims_of_round(claims, round)
    require_rests_on_claim(claims)
    require_figure(baseline)
    require_shared_delivery(baseline, round)
    require_target(target_low, target_high)
    result = Result.objects.create(
        round=round,
        title=title,
        per_what=per_what,
        baseline=baseline,
        target_low=target_low,
        target_high=target_high,
        target_year=target_year,
        measured_by=measured_by,
        measured_on=measured_on,
        measured_with=measured_with,
        asked_too=asked_too,
        author=by,
        edited_by=by,
    )
    result.claims.set(claims)
    record(by=by, verb="plans.agree_result", about=result, claims=[claim.pk for claim in claims])
    return result


@action(gettext_lazy("heeft een doel aangepast"))
def edit_result(*, by: Person, result: Result, version: int, **fields: Any) -> Result:
    """Edit the words, the target or the evaluation plan of a result; its baseline stays frozen."""
    require_in(by, Permission.AGREE_EFFORT, result.round)
    require_active(result)
    require_target(fields.get("target_low", result.target_low), fields.get("target_high", result.target_high))
    result.change(by=by, version=version, **fields)
    record(by=by, verb="plans.edit_result", about=result, version=result.version, fields=sorted(fields))
    return result


withdraw_result, restore_result = text_pair(
    Result,
    "result",
    require=lambda by, result: require_in(by, Permission.AGREE_EFFORT, result.round),
    withdrawn=gettext_lazy("heeft een doel verwijderd"),
    restored=gettext_lazy("heeft een doel hersteld"),
    require_active=require_active,
    already=gettext_lazy("Dit is al eerder toegevoegd, dus het hoeft niet nog een keer."),
)
