"""One figure of the catalogue: what it tells and cannot, where it comes from, how sure it is, and where it is."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from buurtbalans.figures.catalogue.indicator import Indicator, SourceKind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rule
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.sources.delivery import SourceInfo
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.rounds.queries.round import rounds_of
from buurtbalans.site.pages.catalogue import places
from buurtbalans.site.pages.city_release import CityRelease, requested_city_release
from buurtbalans.site.pages.figure_text import amount
from buurtbalans.site.pages.holdings import Holdings, LevelCoverage, holdings
from buurtbalans.site.pages.map import periods
from buurtbalans.site.pages.sources import Source, elsewhere, in_release, infos_of, source_of


@require_safe
def show_source(request: HttpRequest, indicator: str) -> HttpResponse:
    """Show all about one indicator; `?gebied=` leads back to the area one came from, `?naar=` on to a chosen one."""
    known, release = _public_indicator(indicator), releases.current_release()
    present = bool(release and known.id in release.manifest.indicators)
    here = requested_city_release(request)
    choices = places(request, here)
    if onward := _onward(request.GET.get("naar", ""), here, choices):
        return redirect(f"{onward}#cijfer-{known.id}")
    town = here.municipality.code if here else settings.MUNICIPALITY
    held = holdings(release, town) if release else Holdings([])
    levels, years = held.newest(known.id), held.periods(known.id)
    context: dict[str, Any] = {
        "indicator": known,
        "infos": _infos(release, known, years),
        "source": _source(known, release),
        "published": catalogue().kind_of(known.source) is SourceKind.PUBLISHED,
        "release": release,
        "present": present,
        "drawn": periods(release, known) if release and present else [],
        "years": years,
        "levels": levels,
        "typical": _typical(known, levels),
        "answers": _typical_base(known, held),
        "step": _step(known),
        "fewest": _fewest(known),
        "places": choices,
        "part": catalogue().get(known.part or ""),
        "whole": catalogue().get(known.denominator or ""),
        "here": here,
        "town": town,
        "rounds": list(rounds_of(request.user)) if request.user.is_authenticated else [],
        "back": _back(request),
    }
    return render(request, "site/source.html", context)


def _public_indicator(id: str) -> Indicator:
    """Return an indicator of the catalogue that everybody may know of."""
    known = catalogue().get(id)
    if known is None or known.restricted:
        raise Http404("dit cijfer is er niet")
    return known


def _infos(release: Release | None, known: Indicator, years: Collection[int]) -> list[SourceInfo]:
    """Return what the sources say of themselves, for the years of this figure."""
    return [info for info in infos_of(release, known.source) if info.period is None or info.period in years]


def _source(known: Indicator, release: Any) -> Source | None:
    wanted = source_of(known, release)
    every = [*(in_release(release, {}) if release else ()), *elsewhere(release)]
    return next((each for each in every if each.id == wanted), None)


def _typical(known: Indicator, levels: list[LevelCoverage]) -> tuple[str, str, LevelCoverage] | None:
    """Return between which figures the middle eighty of a hundred areas lie, at the finest level that says enough."""
    wide = next((level for level in levels if level.low is not None and level.high is not None), None)
    if wide is None or wide.low is None or wide.high is None:
        return None
    return amount(known, wide.low), amount(known, wide.high), wide


def _typical_base(known: Indicator, held: Holdings) -> tuple[str, str, LevelCoverage] | None:
    """Return how many answers there mostly are behind a figure of a sample."""
    base = catalogue().get(known.denominator or "")
    return _typical(base, held.newest(base.id)) if known.sampled and base else None


def _fewest(known: Indicator) -> int:
    """Return how many people, homes or answers must be behind a figure before everybody sees it."""
    rule = disclosure_rule(catalogue().kind_of(known.source), Audience.PUBLIC)
    return rule.for_indicator(known).minimum_population


def _onward(wanted: str, here: CityRelease | None, choices: list[tuple[str, list[tuple[str, str]]]]) -> str:
    """Return the page of a place that somebody chose, when it is one of the choices."""
    if not here or wanted not in {value for _, group in choices for value, _ in group}:
        return ""
    known = wanted in here.division
    return reverse("area", args=[here.year, wanted]) if known else reverse("neighbourhood", args=[wanted])


def _step(known: Indicator) -> str:
    """Return to what the source rounds, as text; empty when it says nothing about that."""
    part = catalogue().get(known.part or "") if known.computed else None
    step = (part or known).step
    if not step:
        return ""
    text = f"{step * (part or known).times:g}"
    return text.replace(".", ",") if get_language() == "nl" else text


def _back(request: HttpRequest) -> str:
    code, year = request.GET.get("gebied", ""), request.GET.get("jaar", "")
    if code.isalnum() and year.isascii() and year.isdigit():
        return reverse("area", args=[int(year), code])
    return ""
