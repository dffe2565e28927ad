"""What waits for a second person, and what that person judges by: both homes, what it costs, and who would move."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from buurtbalans.method.people.models import Person
from buurtbalans.placing.case import NONE
from buurtbalans.placing.explain import Move, WhyNot

from .. import rules
from ..models import PlacingBatch, PlacingChoice, PlacingDecision
from .advice import advised, solved
from .batches import decisions_of, pending, wishes
from .page import Seen, box, needs, reasons_against, why


def to_review(viewer: Person) -> list[tuple[PlacingBatch, list[PlacingDecision]]]:
    """Return the open batches that somebody places with the choices of others that wait for a second person."""
    if not rules.may_place(viewer):
        return []
    asked = PlacingDecision.objects.filter(choice=PlacingChoice.CHOOSE, agreed=None, undone_at=None)
    batches = PlacingBatch.objects.visible_to(viewer).filter(
        organisation=viewer.organisation_id, closed_at=None, erased_at=None,
        pk__in=asked.exclude(by=viewer).values("batch"),
    )  # fmt: skip
    found = [(batch, [one for one in pending(decisions_of(batch)) if one.by != viewer]) for batch in batches]
    return [(batch, waits) for batch, waits in found if waits]


def held(decisions: Iterable[PlacingDecision], household: str) -> PlacingDecision | None:
    """Return the last decision about a household that holds; what waits for a second person does not yet."""
    return next((one for one in reversed(list(decisions)) if one.household == household and one.counts), None)


def judged(batch: PlacingBatch, decision: PlacingDecision) -> dict[str, Any]:
    """Return the proposal of now beside the home that was chosen, and what rules it out or what follows from it."""
    advice = batch.advices.latest("number")
    made = advised(batch, advice)
    seen, household = Seen(made.case), made.case.households.ids.index(decision.household)
    home, now = made.case.homes.ids.index(decision.home), int(made.outcome.home[household])
    against = reasons_against(made, decision.household, decision.home)
    told = WhyNot(household, home, (), ()) if against else _followed(batch, decision, household, home)
    return {
        "needs": needs(seen, household), "proposal": box(seen, now, household) if now != NONE else None,
        "home": box(seen, home, household), "why": why(made, told) | {"reasons": against},
    }  # fmt: skip


def _followed(batch: PlacingBatch, decision: PlacingDecision, household: int, home: int) -> WhyNot:
    """Return the price and the moves of the advice that follows when a second person agrees."""
    advice, decisions = batch.advices.latest("number"), decisions_of(batch)
    for one in decisions:
        one.agreed = True if one == decision else one.agreed
    shown = [f"{household}:{home}" for household, home in advice.proposals]
    before, after = advised(batch, advice), solved(batch, *wishes(decisions), shown, advice.plan)
    was, becomes = before.outcome.home, after.outcome.home
    moves = tuple(Move(one, int(was[one]), int(becomes[one])) for one in np.flatnonzero(was != becomes).tolist())
    if after.outcome.components["above_ceiling"] < before.outcome.components["above_ceiling"]:
        return WhyNot(household, home, (), (), moves=moves)
    worth = [one.outcome.objective - one.outcome.components["kept"] for one in (before, after)]
    return WhyNot(household, home, (), (), price=max(0, worth[0] - worth[1]), moves=moves)
