"""Reads of the plan: results with their efforts, the claims that lines rest on, and withdrawn lines."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, roles_with
from buurtbalans.method.plans.models import Condition, Effort, EffortState, Result
from buurtbalans.method.plans.rules import may_withdraw
from buurtbalans.method.rounds.models import Claim, Evidence, Round
from buurtbalans.method.rounds.queries.claims import Pill, claims_of, split
from buurtbalans.method.rounds.queries.evidence import line_of, range_of, range_words, told
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of

Groups = list[tuple[str, list[dict[str, Any]]]]  # figures to choose from, per theme


@dataclass(frozen=True)
class Ground:
    """A claim that a plan line rests on, with one figure and one story of its evidence."""

    claim: Claim
    number: int
    figure: Evidence | None
    story: Evidence | None


def plan_url(round: Round) -> str:
    """Return the address of the plan of a round."""
    return reverse("plans:plan", args=[round.slug])


def effort_url(effort: Effort) -> str:
    """Return the address of an effort in the plan of its round."""
    return f"{plan_url(effort.result.round)}#afspraak-{effort.pk}"


def results_of(round: Round, viewer: Viewer) -> "QuerySet[Result]":
    """Return the active results of a round that the viewer may see, with their efforts and claims."""
    results: QuerySet[Result] = Result.objects.visible_to(viewer).active().filter(round=round)
    efforts = Effort.objects.active().select_related("organisation", "owner", "author", "accepted_by")
    claims = Prefetch("claims", Claim.objects.visible_to(viewer))
    return results.select_related("round", "measured_with").prefetch_related(
        claims, Prefetch("efforts", efforts.prefetch_related(claims))
    )


def conditions_of(round: Round, viewer: Viewer) -> "QuerySet[Condition]":
    """Return the active conditions of a round that the viewer may see, with their claims."""
    conditions: QuerySet[Condition] = Condition.objects.visible_to(viewer).active().filter(round=round)
    return conditions.select_related("round").prefetch_related(Prefetch("claims", Claim.objects.visible_to(viewer)))


def declined_efforts(round: Round, viewer: Viewer) -> "QuerySet[Effort]":
    """Return the efforts that organisations declined, with their reason, so that the group can look further."""
    withdrawn: QuerySet[Effort] = (
        Effort.objects.with_withdrawn().visible_to(viewer).withdrawn().filter(result__round=round)
    )
    return withdrawn.filter(accepted_at__isnull=True).exclude(state_reason="").select_related("organisation", "result")


def withdrawn_lines(round: Round, viewer: Viewer) -> list[Any]:
    """Return the withdrawn results, efforts and conditions, the last one first; the viewer can restore each."""
    results = Result.objects.with_withdrawn().visible_to(viewer).withdrawn().filter(round=round)
    efforts = Effort.objects.with_withdrawn().visible_to(viewer).withdrawn().filter(result__round=round)
    conditions = Condition.objects.with_withdrawn().visible_to(viewer).withdrawn().filter(round=round)
    efforts = efforts.select_related("organisation", "result__round")
    own = [effort for effort in efforts if not effort.was_declined and may_withdraw(viewer, effort)]
    lines = [*results, *own, *conditions]
    return sorted(lines, key=lambda line: line.withdrawn_at, reverse=True)


def eligible_owners(round: Round, organisations: "QuerySet[Organisation] | list[Organisation]") -> "QuerySet[Person]":
    """Return the people of these organisations in the core group or the ring, who can own an effort."""
    people = Person.objects.filter(is_active=True, organisation__in=organisations)
    joins = Q(memberships__circle__in=[round.core_id, round.ring_id])
    return people.filter(joins).select_related("organisation").order_by("organisation__name", "first_name").distinct()


def eligible_organisations(round: Round) -> "QuerySet[Organisation]":
    """Return the organisations that can do an effort: those in the core group and those around it."""
    inside = [organisation.pk for organisation in organisations_of(round)]
    around = Q(people__memberships__circle=round.ring, people__memberships__role__in=roles_with(Permission.READ))
    return Organisation.objects.filter(Q(pk__in=inside) | around).distinct()


def result_chart(result: Result, viewer: Viewer) -> dict[str, Any]:
    """Return the chart of a result: the baseline hollow, the target dashed, both ranges in words below.

    `begin` is the baseline as the viewer may see it; only the target is drawn for a viewer who may not.
    """
    begin = told(result.baseline, viewer)
    target = (result.target_low, result.target_high)
    aim = Pill(
        *target,
        "stippel",
        _("streefwaarde %(year)s") % {"year": result.target_year},
        range_words(*target, is_share=begin["per"] == 100),
    )
    if begin["value"] is None:
        low, high = target
        return {"begin": begin, "pills": [aim], "van": low - (high - low), "tot": high + (high - low)}
    start = range_of(begin)
    hollow = Pill(*start, "hol", str(begin["period"]), range_words(*start, is_share=begin["per"] == 100))
    line = line_of(begin | {"city": None}, also=target) or {}
    return {"begin": begin, "pills": [hollow, aim], "van": line["van"], "tot": line["tot"]}


def evidence_figures_first(figures: Groups, claims: "QuerySet[Claim]", viewer: Viewer) -> Groups:
    """Return the choices of figures, those in the evidence of the claims first and then the others per theme."""
    evidence = Evidence.objects.visible_to(viewer).active().filter(claim__in=claims, figure__isnull=False)
    keys = {(figure["indicator"], figure["area"]) for figure in evidence.values_list("figure", flat=True)}
    first, themes = [], []
    for name, group in figures:
        matches = [figure for figure in group if (figure["indicator"], figure["area"]) in keys]
        first += matches
        if others := [figure for figure in group if figure not in matches]:
            themes.append((name, others))
    return [(str(_("Cijfers bij de stellingen")), first), *themes] if first else themes


def grounds_of(result: Result, viewer: Viewer) -> list[Ground]:
    """Return the claims that a result and its efforts rest on; those of the result itself come first."""
    own = {claim.pk for claim in result.claims.all()}
    claim_ids = own | {claim.pk for effort in result.efforts.all() for claim in effort.claims.all()}
    numbered = enumerate(claims_of(result.round, viewer), start=1)
    grounds = [_build_ground(result, number, claim) for number, claim in numbered if claim.pk in claim_ids]
    return sorted(grounds, key=lambda ground: ground.claim.pk not in own)


def _build_ground(result: Result, number: int, claim: Claim) -> Ground:
    """Return a claim as a ground of a result, with the figure of the result's own indicator if there is one."""
    figures, stories = split(claim)
    indicator = result.baseline["indicator"]
    same = [evidence for evidence in figures if evidence.figure and evidence.figure["indicator"] == indicator]
    return Ground(claim, number, next(iter(same or figures), None), next(iter(stories), None))


def plan_lines_resting_on(claim: Claim, viewer: Viewer) -> tuple[list[Result], list[Effort]]:
    """Return the active results and efforts that rest on a claim, as far as the viewer may see them."""
    results = Result.objects.visible_to(viewer).active().filter(claims=claim)
    efforts = Effort.objects.visible_to(viewer).active().filter(claims=claim)
    return list(results), list(efforts.select_related("organisation", "result"))


def plan_counts(results: list[Result]) -> dict[str, int]:
    """Return how many results, accepted efforts, stuck efforts and proposals a plan has."""
    efforts = [effort for result in results for effort in result.efforts.all()]
    return {
        "results": len(results),
        "efforts": sum(not effort.is_proposal for effort in efforts),
        "stuck": sum(effort.state == EffortState.STUCK for effort in efforts),
        "proposals": sum(effort.is_proposal for effort in efforts),
    }


def plan_chain(round: Round, viewer: Viewer) -> dict[str, Any]:
    """Return the results, efforts and conditions of a round, each with its id and the ids it rests on."""
    results = list(results_of(round, viewer))
    return {
        "results": [_result_item(result, viewer) for result in results],
        "efforts": [_effort_item(effort, result) for result in results for effort in result.efforts.all()],
        "conditions": [
            {
                "id": f"condition:{condition.pk}",
                "about": condition.about,
                "text": condition.text,
                "area": condition.area or None,
                "review_on": _iso(condition.review_on),
                "rests_on": [f"claim:{claim.pk}" for claim in condition.claims.all()],
            }
            for condition in conditions_of(round, viewer)
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
            "when": _iso(result.measured_on),
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
        "works": effort.intervention or None,
        "accepted": not effort.is_proposal,
        "quick_win": effort.quick_win,
        "starts_on": _iso(effort.starts_on),
        "ends_on": _iso(effort.ends_on),
        "renew_by": _iso(effort.renew_by),
        "for": f"result:{result.pk}",
        "rests_on": [f"claim:{claim.pk}" for claim in effort.claims.all()],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
