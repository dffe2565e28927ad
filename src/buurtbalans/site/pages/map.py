"""The map of the municipality: one question as a sentence, five classes with words, the same rows as a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.indicator import Indicator, Kind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.sentence import figure_sentence
from buurtbalans.method.datasets.queries import figures
from buurtbalans.site.exports.download_response import download_links
from buurtbalans.site.map.choropleth import draw_map
from buurtbalans.site.map.viewport import Viewport
from buurtbalans.site.pages.balance_map import ASKS, START, dimension_asked, dimension_context
from buurtbalans.site.pages.city_comparison import AreaStanding, CityComparison, compare_with_city
from buurtbalans.site.pages.city_release import CityRelease, point_in_area, requested_city_release, years_with_a_map
from buurtbalans.site.pages.dimensions import DIMENSIONS
from buurtbalans.site.pages.figure_text import value_text
from buurtbalans.site.pages.findings import finding
from buurtbalans.site.templatetags.localised import figure_name

FIRST = ("feels_at_home", "share_65_plus", "population")  # what the map opens with: the first of these that there is


@dataclass(frozen=True, slots=True)
class Choice:
    """What the sentence above the map says: which indicator, which year, at which level, which area is chosen."""

    indicator: Indicator
    period: int
    level: AreaLevel
    selected: str = ""
    town: str = ""

    @property
    def asked(self) -> str:
        """Return what stands in the address: the indicator."""
        return self.indicator.id

    def address(self, **other: str | int) -> str:
        """Return the address of the map with this choice, with some parts changed; empty parts are left out."""
        return f"{reverse('map')}?{urlencode(self.parts(**other))}"

    def parts(self, **other: str | int) -> dict[str, str | int]:
        """Return what this choice writes in an address, with some parts changed; empty parts are left out."""
        parts: dict[str, str | int] = {
            "indicator": self.indicator.id,
            "jaar": self.period,
            "niveau": self.level.value,
            "gemeente": self.town,
            "gekozen": self.selected,
        }
        return {name: value for name, value in (parts | other).items() if value}


def indicators_of(release: Release) -> list[Indicator]:
    """Return the indicators of a release that may be chosen, in the order of the catalogue."""
    present = set(release.manifest.indicators)
    return [each for each in catalogue().values() if each.id in present and not each.restricted]


def grouped(indicators: Iterable[Indicator]) -> list[tuple[str, list[Indicator]]]:
    """Return indicators by the name of their dimension."""
    listed = list(indicators)
    groups = [(words, [each for each in listed if each.dimension is name]) for name, words in DIMENSIONS.items()]
    return [(str(words), members) for words, members in groups if members]


def choice_of(request: HttpRequest, release: Release) -> Choice:
    """Read the choice from the address; what is not there gets what most people want to see."""
    indicator = _requested_indicator(request, release)
    level = request.GET.get("niveau", AreaLevel.BUURT.value)
    if level not in set(AreaLevel):
        raise Http404("dit niveau is er niet")
    years = periods(release, indicator)
    year = request.GET.get("jaar", "")
    period = int(year) if year.isascii() and year.isdigit() and int(year) in years else years[-1]
    return Choice(indicator, period, AreaLevel(level), request.GET.get("gekozen", ""), request.GET.get("gemeente", ""))


def _requested_indicator(request: HttpRequest, release: Release) -> Indicator:
    """Return the indicator of the address, else what most people want to see; Http404 when it is not there."""
    by_id = {each.id: each for each in indicators_of(release)}
    name = request.GET.get("indicator", "")
    if not by_id or (name and name not in by_id):
        raise Http404("dit cijfer is er niet")
    return by_id[name or next((first for first in FIRST if first in by_id), next(iter(by_id)))]


def periods(release: Release, indicator: Indicator) -> list[int]:
    """Return the years that can be drawn: those with figures of this indicator and a map."""
    drawn = set(years_with_a_map(release))
    return sorted(drawn.intersection(figures.periods_of(release, indicator.id))) or sorted(drawn)


def in_order(comparison: CityComparison) -> list[AreaStanding]:
    """Return the rows of the table: from low to high, then those without a figure, by reason and name."""

    def key(place: AreaStanding) -> tuple[bool, float, str, str]:
        value = place.shown.value if place.shown and place.shown.value is not None else 0.0
        return bool(place.absence), value, place.absence, place.name

    return sorted(comparison.places, key=key)


def legend(comparison: CityComparison) -> list[tuple[int, str, int]]:
    """Return (colour, words, how many areas) of all five classes, from high to low."""
    return [
        (comparison.colour(place), comparison.class_words[place - 1], comparison.count(place))
        for place in (5, 4, 3, 2, 1)
    ]


def offered(release: Release) -> dict[str, object]:
    """Return what the sentence above the map offers to choose."""
    return {
        "asks": [(f"{START}{name.value}", words) for name, words in ASKS.items()],
        "groups": grouped(indicators_of(release)),
    }


@require_safe
def show_map(request: HttpRequest) -> HttpResponse:
    """Show the map, its legend, the chosen area and the same figures as a table."""
    start = requested_city_release(request)
    if start is None:
        return render(request, "site/no_figures.html", status=200)
    if dimension_asked(request):
        return render(request, "site/map.html", offered(start.release) | dimension_context(request, start))
    choice = choice_of(request, start.release)
    here = requested_city_release(request, choice.period)
    if here is None or not here.areas(choice.level):
        raise Http404("geen kaart op dit niveau")
    comparison = compare_with_city(here, choice.indicator, choice.period, choice.level)
    chosen = comparison.of(choice.selected)
    return render(request, "site/map.html", _context(request, here, choice, comparison, chosen))


def _context(
    request: HttpRequest, here: CityRelease, choice: Choice, comparison: CityComparison, chosen: AreaStanding | None
) -> dict[str, object]:
    view = Viewport.asked(request.GET, point_in_area(here, choice.selected))
    zoom = view.query
    base, bare = choice.address(), choice.address(gekozen="")
    near = f"&{zoom}" if zoom else ""
    drawing = draw_map(
        here.division,
        here.municipality.code,
        comparison.classes(),
        level=choice.level,
        selected=choice.selected,
        href=lambda code: f"{bare}&gekozen={code}{near}#gekozen",
        layers=here.layers,
        view=view,
    )
    return offered(here.release) | {
        "here": here,
        "choice": choice,
        "comparison": comparison,
        "title": figure_name(choice.indicator),
        "judged": comparison.judged,
        "drawing": drawing,
        "rows": [(row, f"{bare}&gekozen={row.code}", value_text(row.shown)) for row in in_order(comparison)],
        "heading": _("Van 100") if comparison.indicator.kind is Kind.SHARE else _("Cijfer"),
        "legend": legend(comparison),
        "absent": comparison.without(),
        "city_value": value_text(comparison.city),
        "save": download_links("map_file", query=urlencode(choice.parts())),
        "save_all": download_links("city_file", query=urlencode(choice.parts(indicator="", gekozen=""))),
        "chosen": chosen,
        "chosen_sentence": figure_sentence(chosen.shown, comparison.city) if chosen and chosen.shown else "",
        "finding": finding(comparison, choice.level),
        "years": periods(here.release, choice.indicator)[::-1],
        "levels": here.levels,
        **view.zoom_links(base),
        "unselect": bare,
        "source": comparison.city or next((place.shown for place in comparison.places if place.shown), None),
    }
