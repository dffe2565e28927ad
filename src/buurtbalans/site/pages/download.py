"""Figures to take along: what a page about figures shows, as CSV, Excel or JSON, and a whole municipality at once."""

from collections.abc import Callable, Iterable, Iterator
from threading import BoundedSemaphore
from typing import Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import figures, releases
from buurtbalans.site.exports.balance import AreaBalance, BalanceExport
from buurtbalans.site.exports.download_response import download_response
from buurtbalans.site.exports.figure_rows import Export, figure_namer
from buurtbalans.site.pages.area_context import AreaContext, area_place, neighbourhood_place
from buurtbalans.site.pages.area_figures import AreaFigures
from buurtbalans.site.pages.balance import area_balances, balance_of
from buurtbalans.site.pages.city_comparison import CityComparison, compare_with_city
from buurtbalans.site.pages.city_release import CityRelease, requested_city_release
from buurtbalans.site.pages.custom_weights import weight_history
from buurtbalans.site.pages.figure_comparison import figure_comparison
from buurtbalans.site.pages.map import choice_of, in_order

AREAS_AT_ONCE: Final = 25  # so that a whole city passes the gate in pieces and never lies in memory whole
LARGE: Final = BoundedSemaphore(2)  # a whole city as Excel takes seconds of one processor


@require_safe
def map_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Save the table of the map; a figure that is absent says why."""
    start = _scene(request)
    choice = choice_of(request, start.release)
    here = _scene(request, choice.period)
    if not here.areas(choice.level):
        raise Http404("geen kaart op dit niveau")
    comparison = compare_with_city(here, choice.indicator, choice.period, choice.level)
    about, town = choice.indicator, here.municipality.name
    title = f"{about.name}, {town}, per {choice.level.value}, {choice.period}"
    stem = f"{about.id}-{town}-{choice.level.value}-{choice.period}"
    return download_response(Export(title, stem, here.release, _of_map(here, comparison)), kind)


@require_safe
def city_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Save all figures of one year of all areas of a level in the municipality, written as they are read."""
    year = request.GET.get("jaar", "")
    here = _scene(request, int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None)
    level = request.GET.get("niveau", AreaLevel.BUURT.value)
    if level not in set(AreaLevel):
        raise Http404("dit niveau is er niet")
    codes = [area.code for area in here.division.of_level(AreaLevel(level), here.municipality.code)]
    town = here.municipality.name
    title = f"Alle cijfers van {town}, per {level}, {here.year}"
    export = Export(title, f"alle-cijfers-{town}-{level}-{here.year}", here.release, _of_city(here, codes))
    if kind != "xlsx":
        return download_response(export, kind)
    if not LARGE.acquire(blocking=False):
        busy = render(request, "site/busy.html", status=503)
        busy.headers["Retry-After"] = "30"
        return busy
    try:
        return download_response(export, kind)
    finally:
        LARGE.release()


@require_safe
def area_file(request: HttpRequest, division: int, code: str, kind: str) -> HttpResponseBase:
    """Save all figures of one area, of all years."""
    place = area_place(request, division, code)
    return download_response(_all_of(place.here, place.subject, releases.shown(place.here.release, areas=[code])), kind)


@require_safe
def area_beside_file(request: HttpRequest, division: int, code: str, kind: str) -> HttpResponseBase:
    """Save the comparison on the page of an area."""
    return download_response(_beside(request, area_place(request, division, code)), kind)


@require_safe
def neighbourhood_file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Save all figures of a working area, of all years."""
    place = neighbourhood_place(request, slug)
    together = figures.shown_together(place.here.release, place.subject.codes)
    return download_response(_all_of(place.here, place.subject, together), kind)


@require_safe
def neighbourhood_beside_file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Save the comparison on the page of a working area."""
    return download_response(_beside(request, neighbourhood_place(request, slug)), kind)


@require_safe
def area_balance_file(request: HttpRequest, division: int, code: str, kind: str) -> HttpResponseBase:
    """Save the balance of one area."""
    return download_response(_balance(request, area_place(request, division, code)), kind)


@require_safe
def neighbourhood_balance_file(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Save the balance of a working area."""
    return download_response(_balance(request, neighbourhood_place(request, slug)), kind)


@require_safe
def city_balance_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Save the balance of all areas of a level."""
    here, weights = _scene(request), weight_history(request.GET).weights
    level = request.GET.get("niveau", AreaLevel.BUURT.value)
    if level not in {known.value for known in here.levels}:
        raise Http404("dit niveau is er niet")
    town, lying = here.municipality.name, area_balances(here, AreaLevel(level), weights)
    title = f"De balans van {town}, per {level}"
    return download_response(
        BalanceExport(title, f"balans-{town}-{level}", here.release, (), None, lying, weights), kind
    )


def _balance(request: HttpRequest, place: AreaContext) -> Export:
    here, subject, weights = place.here, place.subject, weight_history(request.GET).weights
    picture = balance_of(here, subject, weights)
    if not picture:
        raise Http404("hier is geen balans")
    level = AreaLevel.GEBIED if place.neighbourhood else subject.level
    lying = [AreaBalance("+".join(subject.codes), subject.name, level.value, here.year, picture)]
    title, stem = f"De balans van {subject.name}", f"balans-{subject.name}-{here.year}"
    return BalanceExport(title, stem, here.release, (), None, lying, weights)


def _scene(request: HttpRequest, year: int | None = None, within: str = "") -> CityRelease:
    here = requested_city_release(request, year, within)
    if here is None:
        raise Http404("nog geen cijfers")
    return here


def _all_of(here: CityRelease, subject: AreaFigures, shown: Iterable[Shown]) -> Export:
    title = f"Alle cijfers van {subject.name}"
    names = _names(here.release, subject)
    return Export(title, f"cijfers-{subject.name}-{here.year}", here.release, _open(shown), names)


def _beside(request: HttpRequest, place: AreaContext) -> Export:
    here, subject = place.here, place.subject
    comparison = figure_comparison(request, here, subject)
    about = comparison.line.indicator if comparison.line else None
    title = f"{subject.name} vergeleken: {about.name}" if about else f"{subject.name} vergeleken"
    stem = f"vergelijking-{about.id if about else 'cijfers'}-{subject.name}-{here.year}"
    return Export(title, stem, here.release, _open(comparison.shown), _names(here.release, subject))


def _names(release: Release, subject: AreaFigures) -> Callable[[Shown], str]:
    """Return what names an area: a working area by its own name."""
    on_map, together = figure_namer(release), "+".join(subject.codes)
    return lambda one: subject.name if one.area == together else on_map(one)


def _open(shown: Iterable[Shown]) -> list[Shown]:
    """Return the figures without those that nobody may ask for, not even why they are absent."""
    return [one for one in shown if not one.indicator.restricted]


def _of_map(here: CityRelease, comparison: CityComparison) -> Iterator[Shown]:
    """Yield a figure per area of the map; where a release says nothing, that it was not measured."""
    known = comparison.city or next((place.shown for place in comparison.places if place.shown), None)
    for place in in_order(comparison):
        if place.shown is not None:
            yield place.shown
        elif known is not None:
            about, year = comparison.indicator, comparison.period
            yield Shown(about, place.code, here.year, year, None, Absence.NOT_MEASURED, None, None, known.source)


def _of_city(here: CityRelease, codes: list[str]) -> Iterator[Shown]:
    for start in range(0, len(codes), AREAS_AT_ONCE):
        piece = codes[start : start + AREAS_AT_ONCE]
        yield from _open(releases.shown(here.release, areas=piece, periods=[here.year]))
