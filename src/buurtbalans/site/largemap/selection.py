"""What stands beside the large map: all that is known of the mark, the stack or the area that is chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.rounds.models import Claim, Gap
from buurtbalans.method.rounds.queries.claims import claim_url, claims_of, gaps_of
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.site.largemap.draw import map_projection
from buurtbalans.site.largemap.large_map import LargeMap
from buurtbalans.site.largemap.marks import Mark
from buurtbalans.site.largemap.query import AREA, MapLayer
from buurtbalans.site.largemap.stacks import PREFIX, key_of, squares_across
from buurtbalans.site.pages.area_figures import FigureLine, of_area
from buurtbalans.site.pages.city_release import CityRelease

FEW: Final = 2  # figures of each dimension: more is the page of the area
SOME: Final = 6  # marks of each layer in an area: the rest is in the list


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """A claim that something belongs to: its number in the round, its words, its verdict and its address."""

    number: int
    text: str
    verdict: str
    url: str


@dataclass(frozen=True, slots=True)
class MarkDetails:
    """A mark with the claims it lies beside, where it is made into one, and where its own page is."""

    mark: Mark
    claims: tuple[ClaimLink, ...]
    claim: str
    page: str
    alone: bool = True


@dataclass(frozen=True, slots=True)
class StackDetails:
    """A stack, opened: each mark with its address."""

    marks: tuple[tuple[Mark, str], ...]


@dataclass(frozen=True, slots=True)
class AreaLayer:
    """What an area has of one layer: its name, how many, and the first of them with their addresses."""

    title: str
    count: int
    marks: tuple[tuple[Mark, str], ...]


@dataclass(frozen=True, slots=True)
class AreaDetails:
    """All that is known of an area: the chosen figure, what tells most, its marks, its claims and what is unknown."""

    code: str
    name: str
    here: bool
    value: str
    words: str
    fill: str
    lines: tuple[FigureLine, ...]
    layers: tuple[AreaLayer, ...]
    claims: tuple[ClaimLink, ...]
    gaps: tuple[Gap, ...]
    claim: str
    page: str


Selection = MarkDetails | StackDetails | AreaDetails


def selection(whole: LargeMap, viewer: Viewer, may_claim: bool) -> Selection | None:
    """Return what is chosen on the map, as a panel needs it; nothing when nothing is, or what is has gone."""
    if whole.picked is not None:
        return mark_details(whole, whole.picked, viewer, may_claim)
    if whole.asked.pick.startswith(PREFIX):
        return stack_details(whole)
    return _area_details(whole, viewer, may_claim) if whole.area else None


def mark_details(whole: LargeMap, mark: Mark, viewer: Viewer, may_claim: bool) -> MarkDetails:
    """Return a mark with what it leads to."""
    told = _linked_claims(whole, viewer, story=mark.pk) if mark.layer == MapLayer.STORIES else ()
    may_claim = may_claim and not (mark.layer == MapLayer.FEELINGS and mark.home)  # its words would tell the core group
    make = whole.asked.to("large_map:claim", mark.key, pick="", area="") if may_claim else ""
    return MarkDetails(mark, told, make, _page(whole, mark))


def stack_details(whole: LargeMap) -> StackDetails | None:
    """Return the marks of the stack that is chosen."""
    squares = squares_across(map_projection(whole.ground))
    inside = [mark for mark in whole.drawn if key_of(mark, squares) == whole.asked.pick]
    return StackDetails(tuple((mark, _pick(whole, mark)) for mark in inside)) if inside else None


def _pick(whole: LargeMap, mark: Mark) -> str:
    return f"{whole.asked.to(pick=mark.key, area='')}#gekozen"


def _page(whole: LargeMap, mark: Mark) -> str:
    """Return the page of the app that a mark is of."""
    slug = whole.round.slug
    if mark.layer == MapLayer.EFFORTS:
        return f"{reverse('plans:plan', args=[slug])}#regel-{mark.pk}"
    return f"{reverse('stories:list', args=[slug])}#verhaal-{mark.pk}" if mark.layer == MapLayer.STORIES else ""


def _linked_claims(whole: LargeMap, viewer: Viewer, story: int = 0, area: str = "") -> tuple[ClaimLink, ...]:
    """Return the claims that a story, or a figure of an area, lies beside."""
    links = []
    for number, claim in enumerate(claims_of(whole.round, viewer).order_by("pk"), start=1):
        if any(_supports(each, story, area) for each in claim.laid):
            links.append(_claim_link(number, claim))
    return tuple(links)


def _supports(evidence: Any, story: int, area: str) -> bool:
    if story:
        return bool(evidence.story_id == story)
    return evidence.figure is not None and evidence.figure["area"] == area


def _claim_link(number: int, claim: Claim) -> ClaimLink:
    return ClaimLink(number, claim.text, claim.verdict, claim_url(claim))


def _area_details(whole: LargeMap, viewer: Viewer, may_claim: bool) -> AreaDetails:
    code, here = whole.area, whole.area in whole.ground.here
    shown = whole.figures.shown
    each = shown.classes.get(code) if shown else None
    claim = whole.asked.to("large_map:claim", f"{AREA}{code}", pick="", area="") if may_claim and here and shown else ""
    return AreaDetails(
        code,
        whole.ground.areas[code].name,
        here,
        each.value if each else "",
        each.words if each else "",
        each.fill if each else "",
        _lines(whole, code),
        _of_layers(whole, whole.within(code)),
        _linked_claims(whole, viewer, area=code),
        tuple(gaps_of(whole.round, viewer)) if here else (),
        claim,
        reverse("area", args=[whole.ground.division.year, code]),
    )


def _lines(whole: LargeMap, code: str) -> tuple[FigureLine, ...]:
    """Return the figures of an area that tell most, a few of each dimension; only those that have a value."""
    place = whole.round.neighbourhood
    if code not in whole.ground.division or place.municipality not in whole.ground.division:
        return ()
    release = releases.release(whole.round.release)
    here = CityRelease(release, place.division, whole.ground.division, whole.ground.division[place.municipality])
    subject = of_area(here, code)
    few: list[FigureLine] = []
    for dimension in reversed(Dimension):
        telling = [line for line in subject.of(dimension) if line.shown.value is not None and line.standing]
        few += telling[:FEW]
    return tuple(few)


def _of_layers(whole: LargeMap, marks: Iterable[Mark]) -> tuple[AreaLayer, ...]:
    by_layer = _grouped(marks)
    return tuple(
        AreaLayer(str(layer.label), len(layer_marks), tuple((mark, _pick(whole, mark)) for mark in layer_marks[:SOME]))
        for layer in MapLayer
        if (layer_marks := by_layer.get(layer))
    )


def _grouped(marks: Iterable[Mark]) -> dict[str, Sequence[Mark]]:
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.layer, []).append(mark)
    return dict(groups)
