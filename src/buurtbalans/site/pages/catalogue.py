"""The data catalogue "wat kun je ermee": which sources and figures there are, by theme, level, source or place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.indicator import Indicator
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import releases
from buurtbalans.method.datasets.rules import may_deliver
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.rounds.models import Round
from buurtbalans.site.pages.area_figures import by_indicator, own_figures
from buurtbalans.site.pages.city_release import CityRelease, requested_city_release
from buurtbalans.site.pages.dimensions import DIMENSIONS
from buurtbalans.site.pages.holdings import Holdings, LevelCoverage, holdings, theme_order
from buurtbalans.site.pages.overview import codes_of
from buurtbalans.site.pages.partner_figures import visible_partner_figures
from buurtbalans.site.pages.search import plain
from buurtbalans.site.pages.sources import Source, elsewhere, in_release, restricted, source_of
from buurtbalans.site.templatetags.localised import figure_name, term

FEW = 12  # so many figures are shown at once, without folding a theme


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One indicator in the list: what it is, where it comes from, and what there is of it in this municipality."""

    indicator: Indicator
    source: Source | None
    levels: tuple[AreaLevel, ...]
    years: tuple[int, ...]
    finest: LevelCoverage | None

    @property
    def period(self) -> str:
        """Return its years as people say them: "2019" or "2018–2025"."""
        return "" if not self.years else "–".join(str(y) for y in dict.fromkeys((self.years[0], self.years[-1])))


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What somebody looks for; empty means all."""

    words: str
    theme: str
    dimension: str
    level: str
    source: str
    place: str

    @property
    def narrow(self) -> bool:
        """Return whether anything was asked for."""
        return any((self.words, self.theme, self.dimension, self.level, self.source, self.place))

    def fits(self, entry: CatalogueEntry, have: set[str] | None) -> bool:
        """Return whether an indicator is among what is looked for; `have` are those with a figure of the place."""
        one = entry.indicator
        source = entry.source.id if entry.source is not None else None
        facets = (
            (self.theme, (one.theme,)),
            (self.dimension, (one.dimension,)),
            (self.level, entry.levels),
            (self.source, (source,)),
        )
        fits_facets = all(not wanted or wanted in values for wanted, values in facets)
        return fits_facets and (have is None or one.id in have) and self._spoken(one)

    def _spoken(self, one: Indicator) -> bool:
        text = plain(f"{figure_name(one)} {one.name} {one.definition} {one.question} {one.example} {term(one.theme)}")
        return all(word in text for word in plain(self.words).split())


@lru_cache(maxsize=8)
def entries(release: Release, municipality: str) -> tuple[CatalogueEntry, ...]:
    """Return all indicators of a release that may be shown; kept, because they are the same for everybody."""
    held = holdings(release, municipality)
    by_id = {source.id: source for source in sources(release, held)}
    present = set(release.manifest.indicators)
    rows = []
    for one in catalogue().values():
        if one.id in present and not one.restricted:
            newest = held.newest(one.id)
            levels, years = tuple(held.levels(one.id)), tuple(held.periods(one.id))
            source = by_id.get(source_of(one, release))
            rows.append(CatalogueEntry(one, source, levels, years, newest[0] if newest else None))
    return tuple(rows)


def sources(release: Release, held: Holdings) -> list[Source]:
    """Return the sources of a release with the years of their figures in this municipality."""
    return in_release(release, {name: set(held.periods(name)) for name in release.manifest.indicators})


@require_safe
def show_catalogue(request: HttpRequest) -> HttpResponse:
    """Show every source and figure that there is, narrowed by what the address asks for."""
    release = releases.current_release()
    here = requested_city_release(request)
    town = here.municipality.code if here else settings.MUNICIPALITY
    listed, asked = entries(release, town) if release else (), catalogue_filter(request)
    matches = _matches(listed, asked, here)
    context: dict[str, Any] = {
        "here": here,
        "release": release,
        "asked": asked,
        "total": len(listed),
        "found": matches,
        "open": asked.narrow or len(matches) <= FEW,
        "themes": _themes(matches),
        "every_theme": sorted({entry.indicator.theme for entry in listed}, key=term),
        "dimensions": DIMENSIONS,
        "levels": _levels(listed),
        "sources": sources(release, holdings(release, town)) if release else [],
        "source": _source_by_id(listed, asked.source),
        "elsewhere": elsewhere(release),
        "restricted": restricted(release),
        "sent": visible_partner_figures(request.user),
        "delivers": may_deliver(request.user),
        "places": places(request, here),
        "town": town,
    }
    return render(request, "site/catalogue.html", context)


def _matches(
    listed: Sequence[CatalogueEntry], asked: CatalogueFilter, here: CityRelease | None
) -> list[CatalogueEntry]:
    """Return the entries that fit the filter, also by the place of which there must be a figure."""
    have = with_figures(here, asked.place) if asked.place and here else None
    return [entry for entry in listed if asked.fits(entry, have)]


def _source_by_id(listed: Sequence[CatalogueEntry], id: str) -> Source | None:
    return next((entry.source for entry in listed if entry.source and entry.source.id == id), None)


def catalogue_filter(request: HttpRequest) -> CatalogueFilter:
    """Read from the address what somebody looks for."""
    names = ("q", "thema", "dimensie", "niveau", "bron", "gebied")
    return CatalogueFilter(*(request.GET.get(name, "").strip()[:80] for name in names))


def _themes(matches: Sequence[CatalogueEntry]) -> list[tuple[str, list[CatalogueEntry]]]:
    groups: dict[str, list[CatalogueEntry]] = {}
    for entry in matches:
        groups.setdefault(entry.indicator.theme, []).append(entry)
    return sorted(groups.items(), key=lambda group: theme_order(group[0]))


def _levels(listed: Sequence[CatalogueEntry]) -> list[AreaLevel]:
    have = {level for entry in listed for level in entry.levels}
    return [level for level in reversed(AreaLevel) if level in have]


def with_figures(here: CityRelease, place: str) -> set[str]:
    """Return the indicators that have a figure now of an area, or of a working area by its name in addresses."""
    if place in here.division:
        shown = own_figures(here.release, (place,))
    else:
        drawn = Neighbourhood.objects.filter(slug=place).prefetch_related("parts").first()
        shown = own_figures(here.release, codes_of(drawn), together=True) if drawn else []
    return {name for name, series in by_indicator(shown).items() if series[-1].value is not None}


def places(request: HttpRequest, here: CityRelease | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the places to choose from, in groups: the working areas of one's rounds, then the areas by wijk."""
    mine = Round.objects.visible_to(request.user).select_related("neighbourhood").order_by("neighbourhood__name")
    own = {each.neighbourhood.slug: each.neighbourhood.name for each in mine}
    groups = [("", list(own.items()))] if own else []
    return groups + (list(_areas(here)) if here else [])


@lru_cache(maxsize=8)
def _areas(here: CityRelease) -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    groups = []
    for wijk in here.division.of_level(AreaLevel.WIJK, here.municipality.code):
        below = here.division.children(wijk.code)
        groups.append((wijk.name, [(area.code, area.name) for area in sorted(below, key=lambda area: area.name)]))
    if not groups:
        buurten = here.division.of_level(AreaLevel.BUURT, here.municipality.code)
        groups = [(here.municipality.name, [(area.code, area.name) for area in buurten])]
    return tuple(sorted(groups))
