"""What a second person judges another home by: both homes, what it costs the city, and who would live elsewhere."""

from typing import Any

import numpy as np

from buurtbalans.placing.case import NONE
from buurtbalans.placing.explain import Move, WhyNot

from ..models import PlacingBatch, PlacingDecision
from .advice import advised, solved
from .batches import decisions_of, wishes
from .page import Seen, box, needs, reasons_against, why


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
