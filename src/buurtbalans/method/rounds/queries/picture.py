"""Reads of the shared picture and of the dissent that travels with it."""

from collections.abc import Iterable
from math import dist

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from buurtbalans.method.rounds.models import Claim, Evidence, LineKind, Opinion, PictureLine, Round
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.method.stories.models import Story

NUMBERED = (LineKind.STRENGTH, LineKind.CHANCE, LineKind.CONCERN)
STREET = 3  # decimals of a degree, about a hundred metres: a part of a street and no address


def picture_of(round: Round, viewer: Viewer) -> list[tuple[LineKind, list[PictureLine]]]:
    """Return the lines of the shared picture per kind, strengths first, numbered through; empty kinds stay in."""
    lines: QuerySet[PictureLine] = PictureLine.objects.visible_to(viewer).filter(round=round)
    laid = Q(evidence__withdrawn_at=None)
    readable = Story.objects.within_agreement(viewer).active().values("pk")
    claims = Claim.objects.within_agreement(viewer).annotate(
        figures=Count("evidence", filter=laid & Q(evidence__figure__isnull=False), distinct=True),
        stories=Count("evidence", filter=laid & Q(evidence__story__in=readable), distinct=True),
    )
    rows = list(lines.select_related("priority").prefetch_related(Prefetch("claims", claims)))
    number = 0
    for kind in NUMBERED:
        for line in (line for line in rows if line.kind == kind):
            line.number = number = number + 1
    return [(kind, [line for line in rows if line.kind == kind]) for kind in LineKind]


def places_of(lines: Iterable[PictureLine], viewer: Viewer) -> dict[int, tuple[float, float]]:
    """Return by line where it is told about, as longitude and latitude; a line without such a story is not in it.

    It is the middlemost place of the stories below its claims that the viewer may read, as a part of a street.
    """
    laid = Evidence.objects.visible_to(viewer).active().filter(claim__lines__in=lines, claim__withdrawn_at=None)
    set_ = laid.filter(story__longitude__isnull=False, story__latitude__isnull=False)
    told: dict[int, list[tuple[float, float]]] = {}
    for line, *place in set_.values_list("claim__lines", "story__longitude", "story__latitude"):
        told.setdefault(line, []).append((round(place[0], STREET), round(place[1], STREET)))
    return {
        line: min(places, key=lambda one: (sum(dist(one, other) for other in places), one))
        for line, places in told.items()
    }


def dissent_of(round: Round, viewer: Viewer) -> list[Opinion]:
    """Return who sees a conclusion below the picture otherwise, in their own words; only the core group reads that."""
    return list(
        Opinion.objects.visible_to(viewer)
        .filter(claim__in=Claim.objects.visible_to(viewer).filter(round=round))
        .filter(claim__lines__in=PictureLine.objects.visible_to(viewer).filter(round=round))
        .dissenting()
        .select_related("organisation", "claim")
        .order_by("claim_id", "organisation__name")
        .distinct()
    )


def picture_url(about: Round | PictureLine) -> str:
    """Return the address of the shared picture."""
    return reverse("rounds:picture", args=[(about.round if isinstance(about, PictureLine) else about).slug])
