"""Reads of the plan itself: results with their efforts, what a line rests on, and what was taken away."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, roles_with
from buurtbalans.method.plans.models import Condition, Effort, EffortState, Result
from buurtbalans.method.rounds.models import Claim, Evidence, Round
from buurtbalans.method.rounds.queries.claims import Pill, claims_of, split
from buurtbalans.method.rounds.queries.evidence import line_of, range_of, range_words, told
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of

Groups = list[tuple[str, list[dict[str, Any]]]]  # figures to choose from, per theme


@dataclass(frozen=True)
class Ground:
    """What a plan line rests on: a claim, with one figure and one story that were laid beside it."""

    claim: Claim
    number: int
    figure: Evidence | None
    story: Evidence | None


def plan_url(round: Round) -> str:
    """Return the address of the plan of a round."""
    return reverse("plans:plan", args=[round.slug])


def results_of(round: Round, viewer: Viewer) -> "QuerySet[Result]":
    """Return the standing results of a round with their efforts and claims, as far as the viewer may see."""
    results: QuerySet[Result] = Result.objects.visible_to(viewer).active().filter(round=round)
    efforts = Effort.objects.active().select_related("organisation", "owner", "author", "accepted_by")
    return results.select_related("round", "measured_with").prefetch_related(
        "claims", Prefetch("efforts", efforts.prefetch_related("claims"))
    )


def conditions_of(round: Round, viewer: Viewer) -> "QuerySet[Condition]":
    """Return the standing conditions for placing and support of a round, each with what it rests on."""
    conditions: QuerySet[Condition] = Condition.objects.visible_to(viewer).active().filter(round=round)
    return conditions.select_related("round").prefetch_related("claims")


def declined_of(round: Round, viewer: Viewer) -> "QuerySet[Effort]":
    """Return what organisations said no to, with their reason: the group may look for something else."""
    asked: QuerySet[Effort] = Effort.objects.with_withdrawn().visible_to(viewer).withdrawn().filter(result__round=round)
    return asked.filter(accepted_at__isnull=True).exclude(state_reason="").select_related("organisation", "result")


def withdrawn_of(round: Round, viewer: Viewer) -> list[Any]:
    """Return the results, efforts and conditions that were taken away, the last one first; each can come back."""
    results = Result.objects.with_withdrawn().visible_to(viewer).withdrawn().filter(round=round)
    efforts = Effort.objects.with_withdrawn().visible_to(viewer).withdrawn().filter(result__round=round)
    conditions = Condition.objects.with_withdrawn().visible_to(viewer).withdrawn().filter(round=round)
    kept = [e for e in efforts.select_related("organisation", "result__round") if not e.was_declined]
    found = [*results, *kept, *conditions]
    return sorted(found, key=lambda line: line.withdrawn_at, reverse=True)


def people_of(round: Round, organisations: "QuerySet[Organisation] | list[Organisation]") -> "QuerySet[Person]":
    """Return who can own an effort: the people of these organisations in the core group or the ring."""
    people = Person.objects.filter(is_active=True, organisation__in=organisations)
    joins = Q(memberships__circle__in=[round.core_id, round.ring_id])
    return people.filter(joins).select_related("organisation").order_by("organisation__name", "first_name").distinct()


def organisations_to_ask(round: Round) -> "QuerySet[Organisation]":
    """Return the organisations that an effort can be for: those at the table first, and those around it."""
    inside = [one.pk for one in organisations_of(round)]
    around = Q(people__memberships__circle=round.ring, people__memberships__role__in=roles_with(Permission.READ))
    return Organisation.objects.filter(Q(pk__in=inside) | around).distinct()


def draw(result: Result, viewer: Viewer) -> dict[str, Any]:
    """Return the line of a result: the baseline hollow, the target dashed, both ranges in words below.

    `begin` is the baseline as this viewer may see it; where they may not, only the target is drawn.
    """
    begin = told(result.baseline, viewer)
    target = (result.target_low, result.target_high)
    aim = Pill(*target, "stippel", _("doel %(year)s") % {"year": result.target_year}, range_words(*target))
    if begin["value"] is None:
        low, high = target
        return {"begin": begin, "pills": [aim], "van": low - (high - low), "tot": high + (high - low)}
    start = range_of(begin)
    hollow = Pill(*start, "hol", str(begin["period"]), range_words(*start))
    line = line_of(begin | {"city": None}, also=target) or {}
    return {"begin": begin, "pills": [hollow, aim], "van": line["van"], "tot": line["tot"]}


def laid_first(figures: Groups, claims: "QuerySet[Claim]", viewer: Viewer) -> Groups:
    """Return the figures that the viewer reads beside the claims first, then the others per theme."""
    laid = Evidence.objects.visible_to(viewer).active().filter(claim__in=claims, figure__isnull=False)
    beside = {(figure["indicator"], figure["area"]) for figure in laid.values_list("figure", flat=True)}
    first, themes = [], []
    for name, group in figures:
        here = [figure for figure in group if (figure["indicator"], figure["area"]) in beside]
        first += here
        if rest := [figure for figure in group if figure not in here]:
            themes.append((name, rest))
    return [(str(_("Cijfers bij de uitspraken")), first), *themes] if first else themes


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
    """Return the standing results and efforts that rest on a claim: the way forward from what was tested."""
    results = Result.objects.visible_to(viewer).active().filter(claims=claim)
    efforts = Effort.objects.visible_to(viewer).active().filter(claims=claim)
    return list(results), list(efforts.select_related("organisation", "result"))


def counts(results: list[Result]) -> dict[str, int]:
    """Return the counts that the plan page opens with: results, efforts, standstills, and proposals."""
    efforts = [effort for result in results for effort in result.efforts.all()]
    return {
        "results": len(results),
        "efforts": sum(not effort.is_proposal for effort in efforts),
        "stuck": sum(effort.state == EffortState.STUCK for effort in efforts),
        "asked": sum(effort.is_proposal for effort in efforts),
    }


def chain(round: Round, viewer: Viewer) -> dict[str, Any]:
    """Return the results, efforts and conditions of a round, each with its id and the ids it rests on."""
    results = list(results_of(round, viewer))
    return {
        "results": [_result_item(result, viewer) for result in results],
        "efforts": [_effort_item(effort, result) for result in results for effort in result.efforts.all()],
        "conditions": [
            {
                "id": f"condition:{c.pk}",
                "about": c.about,
                "text": c.text,
                "area": c.area or None,
                "review_on": _day(c.review_on),
                "rests_on": [f"claim:{claim.pk}" for claim in c.claims.all()],
            }
            for c in conditions_of(round, viewer)
        ],
    }


def _result_item(result: Result, viewer: Viewer) -> dict[str, Any]:
    return {
        "id": f"result:{result.pk}",
        "title": result.title,
        "per_what": result.per_what,
        "baseline": told(result.baseline, viewer),
        "target": [result.target_low, result.target_high],
        "target_year": result.target_year,
        "evaluation_plan": {
            "how": result.measured_by,
            "when": _day(result.measured_on),
            "residents_are_asked": result.asked_too,
            "who": result.measured_with.name if result.measured_with else None,
        },
        "rests_on": [f"claim:{claim.pk}" for claim in result.claims.all()],
    }


def _effort_item(effort: Effort, result: Result) -> dict[str, Any]:
    return {
        "id": f"effort:{effort.pk}",
        "organisation": effort.organisation.name,
        "what": effort.what,
        "first_sign": effort.first_sign,
        "state": effort.state,
        "evidence_class": effort.evidence_class,
        "works": effort.works or None,
        "accepted": not effort.is_proposal,
        "quick_win": effort.quick_win,
        "starts_on": _day(effort.starts_on),
        "ends_on": _day(effort.ends_on),
        "renew_by": _day(effort.renew_by),
        "for": f"result:{result.pk}",
        "rests_on": [f"claim:{claim.pk}" for claim in effort.claims.all()],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
