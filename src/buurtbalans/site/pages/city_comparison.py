"""Figures beside the city: for many areas at once, the spread between areas and where each one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area
from buurtbalans.figures.catalogue.indicator import Direction, Indicator
from buurtbalans.figures.comparison.standing import (
    Standing,
    quantile_class_words,
    quantile_classes,
    standard_deviation,
    standing_of,
)
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.method.datasets.queries import releases
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.figure_text import value_text

CITY_WORDS: tuple[str, ...] = ("duidelijk lager", "iets lager", "ongeveer als de stad", "iets hoger", "duidelijk hoger")


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """One area of the map: its figure, its class (1 low to 5 high), its fill and the class in Dutch words."""

    code: str
    name: str
    shown: Shown | None
    place: int | None
    fill: str
    words: str
    standing: Standing | None = None

    @property
    def absence(self) -> str:
        """Return the reason why there is no figure, empty when there is one."""
        return self.fill if self.place is None else ""


@dataclass(frozen=True, slots=True)
class CityComparison:
    """One indicator in one period for all areas of a level; `class_words` from low to high, in Dutch."""

    indicator: Indicator
    period: int
    city: Shown | None
    places: tuple[AreaStanding, ...]
    judged: bool
    class_words: tuple[str, ...]

    def of(self, code: str) -> AreaStanding | None:
        """Return one area."""
        return next((place for place in self.places if place.code == code), None)

    def count(self, place: int) -> int:
        """Return how many areas are in a class."""
        return sum(each.place == place for each in self.places)

    def without(self) -> dict[str, int]:
        """Return the reasons for absence that occur, with how many areas each has."""
        reasons = [place.absence for place in self.places if place.absence]
        return {str(reason): reasons.count(reason) for reason in Absence if reason in reasons}

    def classes(self) -> dict[str, MapClass]:
        """Return what the map draws."""
        return {
            place.code: MapClass(place.fill, _(place.words) if place.words else "", value_text(place.shown))
            for place in self.places
        }

    def colour(self, place: int) -> int:
        """Return the colour of a class: with a judgement, 5 is better."""
        return 6 - place if self.judged and self.indicator.direction is Direction.DOWN else place


@lru_cache(maxsize=256)
def compare_with_city(here: CityRelease, indicator: Indicator, period: int, level: AreaLevel) -> CityComparison:
    """Return an indicator for all areas of the municipality, beside the city.

    An indicator with a direction is judged against the city; one without is laid out from few to many.
    """
    areas = here.areas(level)
    codes = [here.municipality.code, *(area.code for area in areas)]
    shown = releases.shown(here.release, areas=codes, indicators=[indicator.id], periods=[period])
    by_area = {each.area: each for each in shown}
    city = by_area.get(here.municipality.code)
    each = [by_area.get(area.code) for area in areas]
    judged = indicator.direction is not Direction.NONE and city is not None and city.value is not None
    if judged:
        words, places = CITY_WORDS, _judged_standings(areas, each, city)
    else:
        words, places = (
            quantile_class_words(indicator),
            _quantile_standings(areas, each, quantile_class_words(indicator)),
        )
    return CityComparison(indicator, period, city, places, judged, words)


def spread_of(each: Sequence[Shown | None]) -> float:
    """Return the standard deviation between areas, larger areas counting more where their size is known."""
    known = [one for one in each if one is not None and one.value is not None]
    heavy = [one.base for one in known]
    weights = heavy if heavy and all(heavy) else None
    return standard_deviation([one.value for one in known], weights)


def _judged_standings(
    areas: Sequence[Area], each: Sequence[Shown | None], city: Shown | None
) -> tuple[AreaStanding, ...]:
    sd = spread_of(each)
    places = []
    for area, one in zip(areas, each, strict=True):
        at = standing_of(one, city, sd) if one and city else None
        fill = f"k{at.valence}" if at else _reason(one)
        words = _short(at) if at else ""
        places.append(AreaStanding(area.code, area.name, one, at.class_number if at else None, fill, words, at))
    return tuple(places)


def _quantile_standings(
    areas: Sequence[Area], each: Sequence[Shown | None], words: Sequence[str]
) -> tuple[AreaStanding, ...]:
    steps = quantile_classes([one.value if one else None for one in each]).places
    return tuple(
        AreaStanding(a.code, a.name, one, step, f"s{step}" if step else _reason(one), words[step - 1] if step else "")
        for a, one, step in zip(areas, each, steps, strict=True)
    )


def _reason(shown: Shown | None) -> str:
    return str(shown.absence if shown and shown.absence else Absence.NOT_MEASURED)


def _short(at: Standing) -> str:
    """Return the words of a standing without "dan de stad", which the heading says already."""
    return at.words.removesuffix(" dan de stad").removesuffix(" van de stad")
