"""What waits for a second person, and what that person judges by: both homes, what it costs, and who would move."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from django.utils import timezone

from buurtbalans.method.people.models import Person
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.models import BY_TWO, PlacingBatch, PlacingChoice, PlacingDecision, WorkKind
from buurtbalans.method.placements.queries.advice import advised, shown_again, shown_by, solved
from buurtbalans.method.placements.queries.batches import decisions_of, pending, wishes
from buurtbalans.method.placements.queries.proposals import AdviceView, box, moving, needs, reasons_against, why
from buurtbalans.method.placements.queries.work_answers import answer_of, why_kept
from buurtbalans.method.placements.queries.work_limits import takes_long
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.explain import Move, WhyNot


def to_review(viewer: Person) -> list[tuple[PlacingBatch, list[PlacingDecision]]]:
    """Return the open batches that somebody places with what others decided or asked back, for a second person."""
    if not rules.may_place(viewer):
        return []
    asked = PlacingDecision.objects.filter(choice__in=BY_TWO, agreed=None, undone_at=None)
    batches = PlacingBatch.objects.visible_to(viewer).filter(
        organisation=viewer.organisation_id,
        closed_at=None,
        erased_at=None,
        pk__in=asked.exclude(by=viewer).values("batch"),
    )
    pending_batches = [(batch, [one for one in pending(decisions_of(batch)) if one.by != viewer]) for batch in batches]
    return [(batch, waits) for batch, waits in pending_batches if waits]


def held(decisions: Iterable[PlacingDecision], household: str) -> PlacingDecision | None:
    """Return the last decision about a household that holds; what waits for a second person does not yet."""
    return next(
        (decision for decision in reversed(list(decisions)) if decision.household == household and decision.counts),
        None,
    )


def judged(batch: PlacingBatch, decision: PlacingDecision) -> dict[str, Any]:
    """Return the home of now beside the one that follows, and what rules that out or who would live elsewhere.

    What follows is not there when it takes a page too long; then it is worked out when somebody asks.
    """
    made, followed = advised(batch, batch.advices.latest("number")), _follow_told(batch, decision)
    view, household = AdviceView(made), made.case.households.ids.index(decision.household)
    against = [] if _is_reconsidered(decision) else reasons_against(made, decision.household, decision.home)
    home = _home_after(made, decision, followed)
    before, after = (
        box(view, number, household) if number != NO_INDEX else None
        for number in (int(made.outcome.home[household]), home)
    )
    return {
        "needs": needs(view, household),
        "proposal": before,
        "home": after,
        "why": {**_consequences(made, decision, followed, home, ruled_out=bool(against)), "reasons": against},
        "later": followed is None and not against,
    }


def _is_reconsidered(decision: PlacingDecision) -> bool:
    """Return whether the decision asks back what was decided before."""
    return bool(decision.choice == PlacingChoice.BACK)


def _home_after(made: Advice, decision: PlacingDecision, followed: WhyNot | None) -> int:
    """Return the number of the home of the household after the decision; `NO_INDEX` for none, or not yet known."""
    if _is_reconsidered(decision):
        return followed.home if followed else NO_INDEX
    return made.case.homes.ids.index(decision.home)


def _consequences(
    made: Advice, decision: PlacingDecision, followed: WhyNot | None, home: int, *, ruled_out: bool
) -> dict[str, Any]:
    """Return the price and the moves of what follows; empty when that is not worked out yet."""
    household = made.case.households.ids.index(decision.household)
    if followed and _is_reconsidered(decision):
        return moving(made, (move for move in followed.moves if move.household != household))
    if followed or ruled_out:
        return why(made, followed or WhyNot(household, home, (), ()))
    return {}


def _follow_told(batch: PlacingBatch, decision: PlacingDecision) -> WhyNot | None:
    """Return what follows when a second person agrees; None where that takes a page too long and nobody asked it."""
    advice = batch.advices.latest("number")
    if not takes_long(batch, WorkKind.WHY, advice.plan):
        return follows(batch, decision)
    answer = answer_of(batch, WorkKind.WHY, {"advice": advice.number, "decision": decision.pk})
    return why_kept(advised(batch, advice), answer["household"], answer["home"], answer) if answer else None


def follows(batch: PlacingBatch, decision: PlacingDecision) -> WhyNot:
    """Return which home a household has, what it costs and who moves when a second person agrees."""
    made, after = advised(batch, batch.advices.latest("number")), _followed(batch, decision)
    household = made.case.households.ids.index(decision.household)
    back = decision.choice == PlacingChoice.BACK
    home = int(after.outcome.home[household]) if back else made.case.homes.ids.index(decision.home)
    return _priced(made, after, household, home)


def _followed(batch: PlacingBatch, decision: PlacingDecision) -> Advice:
    """Return the advice that follows when a second person agrees."""
    last, decisions = batch.advices.latest("number"), decisions_of(batch)
    shown, standing = shown_by(last), held(decisions, decision.household)
    for one in decisions:
        one.agreed = True if one == decision else one.agreed
    if decision.choice == PlacingChoice.BACK and standing is not None:
        standing.undone_at = timezone.now()
        shown = shown_again(batch.advices.filter(at__lt=standing.reviewed_at).first(), *wishes(decisions))
    return solved(batch, *wishes(decisions), shown, last.plan)


def _moves(before: Advice, after: Advice) -> tuple[Move, ...]:
    was, becomes = before.outcome.home, after.outcome.home
    return tuple(Move(one, int(was[one]), int(becomes[one])) for one in np.flatnonzero(was != becomes).tolist())


def _priced(before: Advice, after: Advice, household: int, home: int) -> WhyNot:
    """Return the price and the moves of the advice that follows."""
    moves = _moves(before, after)
    if after.outcome.components["above_ceiling"] < before.outcome.components["above_ceiling"]:
        return WhyNot(household, home, (), (), moves=moves)
    worth = [one.outcome.objective - one.outcome.components["kept"] for one in (before, after)]
    return WhyNot(household, home, (), (), price=max(0, worth[0] - worth[1]), moves=moves)
