"""Reads of a plan: results with their efforts, what a plan line rests on, and what has come to a standstill."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.rounds.models import Claim, Evidence, Round
from buurtbalans.method.rounds.queries import Pill, Viewer, claims_of, line_of, range_of, range_words, split

from .models import Effort, EffortState, Result


@dataclass(frozen=True)
class Ground:
    """What a plan line rests on: a claim, with one figure and one story that were laid beside it."""

    claim: Claim
    number: int
    figure: Evidence | None
    story: Evidence | None


def results_of(round: Round, viewer: Viewer) -> "QuerySet[Result]":
    """Return the results of a round with their efforts and claims, as far as the viewer may see."""
    results: QuerySet[Result] = Result.objects.visible_to(viewer).filter(round=round)
    efforts = Effort.objects.select_related("organisation").prefetch_related("claims")
    return results.select_related("round").prefetch_related("claims", Prefetch("efforts", efforts))


def draw(result: Result) -> dict[str, Any]:
    """Return the line of a result: the baseline hollow, the target dashed, both ranges in words below."""
    target = (result.target_low, result.target_high)
    aim = Pill(*target, "stippel", _("doel %(year)s") % {"year": result.target_year}, range_words(*target))
    if result.baseline["value"] is None:
        low, high = target
        return {"pills": [aim], "van": low - (high - low), "tot": high + (high - low)}
    start = range_of(result.baseline)
    begin = Pill(*start, "hol", str(result.baseline["period"]), range_words(*start))
    line = line_of(result.baseline | {"city": None}, also=target) or {}
    return {"pills": [begin, aim], "van": line["van"], "tot": line["tot"]}


def grounds_of(result: Result, viewer: Viewer) -> list[Ground]:
    """Return what a result and its efforts rest on, claim by claim; what the result itself rests on comes first."""
    own = {claim.pk for claim in result.claims.all()}
    wanted = own | {claim.pk for effort in result.efforts.all() for claim in effort.claims.all()}
    numbered = list(enumerate(claims_of(result.round, viewer), start=1))
    found = [ground(result, number, claim) for number, claim in numbered if claim.pk in wanted]
    return sorted(found, key=lambda ground: ground.claim.pk not in own)


def ground(result: Result, number: int, claim: Claim) -> Ground:
    """Return a claim as the ground of a result: with the figure that the result is measured by, if it lies there."""
    figures, stories = split(claim)
    same = [e for e in figures if e.figure and e.figure["indicator"] == result.baseline["indicator"]]
    return Ground(claim, number, next(iter(same or figures), None), next(iter(stories), None))


def resting_on(claim: Claim, viewer: Viewer) -> tuple[list[Result], list[Effort]]:
    """Return the results and efforts that rest on a claim: the way forward from what was tested."""
    results = Result.objects.visible_to(viewer).filter(claims=claim)
    efforts = Effort.objects.visible_to(viewer).filter(claims=claim).select_related("organisation", "result")
    return list(results), list(efforts)


def counts(results: list[Result]) -> dict[str, int]:
    """Return the counts that the plan page opens with: results, efforts, and efforts at a standstill."""
    efforts = [effort for result in results for effort in result.efforts.all()]
    stuck = sum(effort.state == EffortState.STUCK for effort in efforts)
    return {"results": len(results), "efforts": len(efforts), "stuck": stuck}


def chain(round: Round, viewer: Viewer) -> dict[str, Any]:
    """Return the results and efforts of a round, each with its id and the ids it rests on."""
    results = list(results_of(round, viewer))
    return {
        "results": [
            {"id": f"result:{r.pk}", "title": r.title, "per_what": r.per_what, "baseline": r.baseline,
             "target": [r.target_low, r.target_high], "target_year": r.target_year,
             "rests_on": [f"claim:{c.pk}" for c in r.claims.all()]} for r in results
        ],
        "efforts": [
            {"id": f"effort:{e.pk}", "organisation": e.organisation.name, "what": e.what, "first_sign": e.first_sign,
             "state": e.state, "evidence_class": e.evidence_class, "for": f"result:{r.pk}",
             "rests_on": [f"claim:{c.pk}" for c in e.claims.all()]} for r in results for e in r.efforts.all()
        ],
    }  # fmt: skip
