"""Writes of the conditions for placing and supporting vulnerable people well in a neighbourhood."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import Condition, ConditionTopic
from buurtbalans.method.plans.rules import require_active, require_rests_on_claim
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.rules import require_claims_of_round, require_in


@action(gettext_lazy("heeft een voorwaarde toegevoegd"))
def set_condition(
    *,
    by: Person,
    round: Round,
    about: str,
    text: str,
    claims: Sequence[Claim],
    area: str = "",
    review_on: date | None = None,
) -> Condition:
    """Agree a condition for placing or support; it rests on at least one claim and has a review date."""
    require_in(by, Permission.AGREE_EFFORT, round)
    require_claims_of_round(claims, round)
    require_rests_on_claim(claims)
    _require_area(area, round)
    condition = Condition.objects.create(
        round=round, about=ConditionTopic(about), text=text, area=area, review_on=review_on, author=by, edited_by=by
    )
    condition.claims.set(claims)
    record(by=by, verb="plans.set_condition", about=condition, claims=[claim.pk for claim in claims])
    return condition


@action(gettext_lazy("heeft een voorwaarde aangepast"))
def edit_condition(*, by: Person, condition: Condition, version: int, **fields: Any) -> Condition:
    """Change the words, the place or the review date of a condition."""
    require_in(by, Permission.AGREE_EFFORT, condition.round)
    require_active(condition)
    _require_area(fields.get("area", ""), condition.round)
    condition.change(by=by, version=version, **fields)
    record(by=by, verb="plans.edit_condition", about=condition, version=condition.version, fields=sorted(fields))
    return condition


withdraw_condition, restore_condition = text_pair(
    Condition,
    "condition",
    require=lambda by, condition: require_in(by, Permission.AGREE_EFFORT, condition.round),
    withdrawn=gettext_lazy("heeft een voorwaarde verwijderd"),
    restored=gettext_lazy("heeft een voorwaarde hersteld"),
    require_active=require_active,
    already=gettext_lazy("Dit is al eerder toegevoegd, dus het hoeft niet nog een keer."),
)


def _require_area(area: str, round: Round) -> None:
    if area and area not in round.neighbourhood.codes:
        raise ValidationError(_("Deze voorwaarde gaat over deze buurt, dus kies een plek erbinnen."), code="elsewhere")
