"""What a plan shows elsewhere: on the round, on a claim what rests on it, and what stands still."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.datasets.models import Shipment
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.places.panels import Panel
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.panels import Task, claims_on
from buurtbalans.method.rounds.rules import may_in

from . import queries
from .models import Effort, EffortState, Result


def to_agree(request: HttpRequest, round: Round) -> Panel | None:
    """Return the plan for its step, also when nothing was agreed yet; nothing for who does not read it."""
    if not may_in(request.user, Permission.READ, round):
        return None
    results = list(queries.results_of(round, request.user))
    return Panel("plans/agreed.html", {"round": round, "results": results})


def agreed(request: HttpRequest, round: Round) -> Panel | None:
    """Return the results and efforts of a round in short, for its page and its fifth step."""
    results = list(queries.results_of(round, request.user))
    return Panel("plans/agreed.html", {"round": round, "results": results}) if results else None


def rests_here(request: HttpRequest, claim: Claim) -> Panel | None:
    """Return the results and efforts that rest on a claim: where it led to."""
    results, efforts = queries.resting_on(claim, request.user)
    return (
        Panel("plans/rests_here.html", {"round": claim.round, "results": results, "efforts": efforts})
        if results or efforts
        else None
    )


def used_in_plans(request: HttpRequest, shipment: Shipment) -> Panel | None:
    """Return the results that rest on claims that lean on a shipment's figures."""
    claims = claims_on(shipment, request.user)
    results = list(Result.objects.visible_to(request.user).filter(claims__in=claims).select_related("round").distinct())
    return Panel("plans/used_in_plans.html", {"results": results}) if results else None


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
