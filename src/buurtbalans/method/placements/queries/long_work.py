"""Long work beside the page: what is open, what was answered, and the working out itself, in a process of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from buurtbalans.method.placements.models import BEST, PlacingAdvice, PlacingBatch, PlacingWork, WorkKind
from buurtbalans.method.placements.queries.advice import (
    advised,
    again,
    best_of,
    explained,
    living,
    planned,
    seal_of,
    shown_by,
    silent,
    solved,
)
from buurtbalans.method.placements.queries.batches import decisions_of, wishes
from buurtbalans.method.placements.queries.proposals import names_of
from buurtbalans.method.placements.queries.second_review import follows
from buurtbalans.method.placements.queries.work_answers import answer_of, open_work, queue_of, why_kept
from buurtbalans.method.placements.queries.work_limits import takes_long
from buurtbalans.placing.advice import Advice, Outcome, ProgressCallback
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.explain import WhyNot, apart_from_shown, ruled_out
from buurtbalans.placing.explainer import Explainer
from buurtbalans.placing.frontier import Plan
from buurtbalans.placing.report import summary

STAGES: Final[Mapping[str, str | Promise]] = {
    "": gettext_lazy("De berekening begint zo en u ziet hier hoe ver die is."),
    "turn": gettext_lazy("Er is nog een andere berekening bezig, daarna komt deze plaatsingsronde aan de beurt."),
    "pairs": gettext_lazy("Wij zoeken welke woningen bij welke huishoudens passen."),
    "network": gettext_lazy("Wij verdelen de huishoudens over de buurten."),
    "prices": gettext_lazy("Wij wegen afspraken af die voor meer gebieden tegelijk gelden."),
    "whole": gettext_lazy("Wij zoeken voor elk huishouden de precieze woning."),
    "check": gettext_lazy("Wij controleren of er geen betere verdeling is."),
    "lowest_overload": gettext_lazy(
        "Wij berekenen de variant waarin elke buurt zo min mogelijk boven de plaatsingsruimte komt."
    ),
    "within_headroom": gettext_lazy("Wij berekenen de variant waarin geen buurt boven de plaatsingsruimte komt."),
    "worst_group_fit": gettext_lazy("Wij berekenen de variant voor de groep met de minst passende woningen."),
    "seal": gettext_lazy("Wij slaan het advies op, zodat u het zo kunt bekijken."),
}
FAILED: Final[Mapping[str, str | Promise]] = {
    "memory": gettext_lazy("De server heeft te weinig geheugen voor deze plaatsingsronde."),
    "time": gettext_lazy("De berekening is gestopt, omdat die te lang heeft geduurd."),
    "fault": gettext_lazy("Tijdens de berekening is er iets misgegaan."),
    "": gettext_lazy("De berekening is gestopt, omdat de server is uitgegaan of iemand de berekening heeft stopgezet."),
}


@dataclass(frozen=True)
class AdviceInputs:
    """What a new advice is made of: the plan and why, what was shown, and what people decided."""

    plan: str
    reason: str
    shown: list[str]
    locks: list[str]
    rejections: list[str]

    def agrees(self, other: "AdviceInputs", proposals: Sequence[Sequence[str]]) -> bool:
        """Return whether proposals that were made of this still are what people decided since."""
        pairs = {f"{household}:{home}" for household, home in proposals}
        same = (self.plan, self.reason, self.shown) == (other.plan, other.reason, other.shown)
        kept = {*self.locks} <= {*other.locks} and {*self.rejections} <= {*other.rejections}
        return same and kept and {*other.locks} <= pairs and not pairs.intersection(other.rejections)


def asked_of_advice(
    batch: PlacingBatch, plan: str = "", reason: str = "", shown: list[str] | None = None
) -> dict[str, Any]:
    """Return what a new advice is asked with: as the open work, or the last advice, but for what is given."""
    last, work = batch.advices.first(), open_work(batch)
    before = work.asked if work and work.kind == WorkKind.ADVICE else {}
    before = before or {
        "plan": last.plan if last else BEST,
        "reason": last.reason if last else "",
        "shown": shown_by(last),
    }
    given = ({"plan": plan, "reason": reason} if plan else {}) | ({} if shown is None else {"shown": shown})
    return {**before, **given}


def asked_now(batch: PlacingBatch, asked: Mapping[str, Any]) -> AdviceInputs:
    """Return what a new advice is made of now."""
    locks, rejections = wishes(decisions_of(batch))
    return AdviceInputs(**asked, locks=locks, rejections=rejections)


def proposals_of(made: Advice, outcome: Outcome) -> list[list[str]]:
    """Return who lives where as it is kept."""
    ids, homes = made.case.households.ids, made.case.homes.ids
    return [[ids[at], homes[one]] for at, one in enumerate(outcome.home.tolist()) if one != NO_INDEX]


def advice_for(
    batch: PlacingBatch, asked: AdviceInputs, say: ProgressCallback = silent
) -> tuple[Advice, tuple[Plan, ...], str]:
    """Return a new advice, its plans when it follows another than the best, and its seal."""
    given = batch, asked.locks, asked.rejections, asked.shown
    made = solved(*given, asked.plan, say)
    plans = planned(*given, say) if asked.plan != BEST else ()
    say("seal", 0.97)
    return made, plans, seal_of(made)


def if_chosen(
    batch: PlacingBatch, last: PlacingAdvice, plan: Plan, reason: str
) -> tuple[AdviceInputs, Advice, str] | None:
    """Return the advice that follows a plan beside the last one; None when people decided otherwise since."""
    asked = AdviceInputs(plan.name, reason, last.shown, last.locks, last.rejections)
    locks, rejections = wishes(decisions_of(batch))
    now = replace(asked, locks=locks, rejections=rejections)
    best = best_of(batch, last)
    if not asked.agrees(now, proposals_of(best, plan.outcome)):
        return None
    made = living(best, plan.outcome)
    return asked, made, seal_of(made)


def answer_for(batch: PlacingBatch, work: PlacingWork, say: ProgressCallback) -> dict[str, Any]:
    """Return the answer to what somebody asked about an advice, as it is kept."""
    advice = batch.advices.get(number=work.asked["advice"])
    if work.kind == WorkKind.AGAIN:
        return again_told(batch, advice, say)
    if "decision" in work.asked:
        return asdict(follows(batch, batch.decisions.get(pk=work.asked["decision"])))
    made = advised(batch, advice)
    pair = made.case.households.ids.index(work.asked["household"]), made.case.homes.ids.index(work.asked["home"])
    return asdict(apart_from_shown(made, explained(batch, advice, made, *pair))) | {"parts": (), "reasons": ()}


def why_told(batch: PlacingBatch, advice: PlacingAdvice, made: Advice, household: int, home: str) -> WhyNot | None:
    """Return why a household is not advised a home; None where that takes a page too long and nobody asked it yet."""
    at = made.case.homes.ids.index(home)
    if not takes_long(batch, WorkKind.WHY, advice.plan):
        return apart_from_shown(made, explained(batch, advice, made, household, at))
    if reasons := ruled_out(made, household, at):
        return WhyNot(household, at, reasons, ())
    asked = {"advice": advice.number, "household": made.case.households.ids[household], "home": home}
    answer = answer_of(batch, WorkKind.WHY, asked)
    return why_kept(made, household, at, answer) if answer else None


def again_told(batch: PlacingBatch, advice: PlacingAdvice, say: ProgressCallback = silent) -> dict[str, Any]:
    """Return whether an advice that is made again is the same byte for byte, and its numbers beside simple ways."""
    made = again(batch, advice, say)
    return {"same": seal_of(made) == advice.seal, "told": summary(made, Explainer(made, names_of(made.case)))}


def progress(batch: PlacingBatch) -> dict[str, Any] | None:
    """Return how far the open work on a batch is, in words; None where nothing is worked out."""
    work = open_work(batch)
    if work is None:
        return None
    return {
        "work": work,
        "kind": work.get_kind_display(),
        "stage": STAGES.get(work.stage, ""),
        "percent": round(work.progress * 100),
        "stopped": work.stopped,
        "failed": FAILED[work.failure] if work.stopped else "",
        "waits": [_question(one) for one in queue_of(batch)],
        "plans": WorkKind.PLANS in {one.kind for one in (work, *queue_of(batch))},
    }


def _question(work: PlacingWork) -> str:
    """Return what waits in words: a kind of work, and about whom."""
    about = " → ".join(str(work.asked[name]) for name in ("household", "home") if name in work.asked)
    return f"{work.get_kind_display()} ({about})" if about else work.get_kind_display()
