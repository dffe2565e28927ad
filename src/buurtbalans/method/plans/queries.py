"""Reads of a plan: results with their efforts, what a plan line rests on, and what has come to a standstill."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.models import Claim, Evidence, Round
from buurtbalans.method.rounds.queries import Task, Viewer, claims_of, split

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
    return results.prefetch_related("claims", Prefetch("efforts", efforts))


def grounds_of(result: Result, viewer: Viewer) -> list[Ground]:
    """Return what a result and its efforts rest on, claim by claim."""
    wanted = {c.pk for c in result.claims.all()} | {c.pk for e in result.efforts.all() for c in e.claims.all()}
    found = []
    for number, claim in enumerate(claims_of(result.round, viewer), start=1):
        if claim.pk in wanted:
            figures, stories = split(claim)
            best = [e for e in figures if e.figure["indicator"] == result.baseline["indicator"]] or figures
            found.append(Ground(claim, number, best[0] if best else None, stories[0] if stories else None))
    return found


def resting_on(claim: Claim, viewer: Viewer) -> tuple[list[Result], list[Effort]]:
    """Return the results and efforts that rest on a claim: the way forward from what was tested."""
    results = Result.objects.visible_to(viewer).filter(claims=claim)
    efforts = Effort.objects.visible_to(viewer).filter(claims=claim).select_related("organisation", "result")
    return list(results), list(efforts)


def finding(results: list[Result]) -> list[tuple[str, int]]:
    """Return the counts that the plan page opens with: results, efforts, and efforts at a standstill."""
    efforts = [effort for result in results for effort in result.efforts.all()]
    stuck = sum(effort.state == EffortState.STUCK for effort in efforts)
    return [("results", len(results)), ("efforts", len(efforts)), ("stuck", stuck)]


def tasks(viewer: Person) -> list[Task]:
    """Return the efforts of one's own organisation that stand still."""
    stuck = Effort.objects.visible_to(viewer).filter(organisation=viewer.organisation_id, state=EffortState.STUCK)
    return [
        Task(
            icon="pauze", title=_("Kijk naar een afspraak die stilstaat"), button=_("Bekijk de afspraak"),
            text=f"{effort.what} ({effort.state_reason})", where=effort.result.round.neighbourhood.name,
            url=reverse("plans:report", args=[effort.result.round.slug, effort.pk]),
        )
        for effort in stuck.select_related("result__round__neighbourhood")
    ]  # fmt: skip


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
