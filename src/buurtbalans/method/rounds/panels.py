"""What rounds show elsewhere: the rounds of an area, what waits for a person, and where a round's stories are told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.datasets.models import Shipment
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.places.panels import Panel
from buurtbalans.method.places.queries import with_area
from buurtbalans.method.stories.rules import may_from
from buurtbalans.method.stories.views import Setting

from . import queries
from .models import Claim, Evidence, Gap
from .queries import Words
from .rules import may_in


@dataclass(frozen=True)
class Task:
    """Something that waits for this person; the most urgent ones stand on their first page."""

    icon: str
    title: Words
    text: Words
    where: str
    button: Words
    url: str
    before: date | None = None


def rounds_here(request: HttpRequest, area: Any) -> Panel | None:
    """Return the rounds about an area (anything with `code` and `division`) that the visitor is part of."""
    rounds = queries.rounds_of(request.user).filter(neighbourhood__in=with_area(area.code, area.division))
    rows = [(round, queries.current_step(queries.steps_of(round, request.user))) for round in rounds]
    return Panel("rounds/rounds_here.html", {"rows": rows}) if rows else None


def used_in_rounds(request: HttpRequest, shipment: Shipment) -> Panel | None:
    """Return the claims of the viewer's rounds that lean on a shipment's figures."""
    claims = list(claims_on(shipment, request.user).select_related("round__neighbourhood"))
    return Panel("rounds/used_in_rounds.html", {"claims": claims}) if claims else None


def claims_on(shipment: Shipment, viewer: queries.Viewer) -> "QuerySet[Claim]":
    """Return the claims that the viewer may see, with a figure of a shipment laid beside them."""
    evidence = Evidence.objects.visible_to(viewer).filter(shipment__source=shipment.source)
    evidence = evidence.filter(shipment__organisation=shipment.organisation_id)
    found: QuerySet[Claim] = Claim.objects.visible_to(viewer).filter(pk__in=evidence.values("claim"))
    return found


def story_setting(request: HttpRequest, slug: str) -> Setting:
    """Return where stories of a round are told, and to whom: the own organisation first, then core group and ring."""
    round = get_object_or_404(queries.rounds_of(request.user), slug=slug)
    mine = Circle.objects.with_member(request.user, Permission.TELL_STORY).filter(kind="organisation")
    circles = [*mine, *(c for c in (round.core, round.ring) if may_from(request.user, Permission.TELL_STORY, c))]
    crumbs = [
        (round.neighbourhood.name, reverse("rounds:round", args=[slug])),
        (_("Delen"), reverse("rounds:step", args=[slug, 2])),
        (_("Verhalen"), reverse("stories:list", args=[slug])),
    ]
    return Setting(slug, round.neighbourhood, circles, crumbs)


def tasks(viewer: Person) -> list[Task]:
    """Return what the rounds ask of a person: opinions that are missing, and questions to fetch an answer to."""
    return [*_missing_opinions(viewer), *_open_gaps(viewer)]


def _missing_opinions(viewer: Person) -> list[Task]:
    claims = Claim.objects.visible_to(viewer).exclude(verdict="").exclude(opinions__organisation=viewer.organisation_id)
    asked = [
        c
        for c in claims.select_related("round__neighbourhood", "round__core")
        if may_in(viewer, Permission.GIVE_OPINION, c.round)
    ]
    return [
        Task(
            icon="genuanceerd", title=_("Geef uw mening over een uitspraak"), button=_("Geef uw mening"),
            text=_("‘%(claim)s.’ %(given)s van de %(all)s organisaties gaven al hun mening.")
            % {"claim": claim.text, "given": claim.opinions.count(), "all": len(queries.organisations_of(claim.round))},
            where=claim.round.neighbourhood.name, url=f"{queries.claim_url(claim)}#mening",
            before=claim.opinions_before,
        )
        for claim in asked
    ]  # fmt: skip


def _open_gaps(viewer: Person) -> list[Task]:
    gaps = Gap.objects.visible_to(viewer).filter(answer="", organisation=viewer.organisation_id)
    return [
        Task(
            icon="vraag", title=_("Haal een antwoord op"), button=_("Schrijf het antwoord op"),
            text=_("%(what)s Vraag het aan %(whom)s.") % {"what": gap.what, "whom": gap.whom},
            where=gap.round.neighbourhood.name, url=reverse("rounds:answer_gap", args=[gap.round.slug, gap.pk]),
            before=gap.before,
        )
        for gap in gaps.select_related("round__neighbourhood")
    ]  # fmt: skip
