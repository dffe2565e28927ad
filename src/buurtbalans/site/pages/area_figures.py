"""What is known of one area or working area: per indicator its figure, the city's, the difference and the change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area
from buurtbalans.figures.catalogue.indicator import Dimension, Direction, Indicator, Kind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison.dispersion import StandardDeviations
from buurtbalans.figures.comparison.standing import Certainty, Standing, standing_of
from buurtbalans.figures.comparison.trend import NO_TREND, Trend, trend
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.sentence import figure_sentence, standing_sentence
from buurtbalans.method.datasets.queries import figures, releases
from buurtbalans.site.look.scales import Pill, Style
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.figure_text import value_text
from buurtbalans.site.pages.holdings import only_counts_answers
from buurtbalans.site.pages.restated_figures import FigureOnCurrentBorders, restated_figures, restatement_note

LEAST, MOST = 2.5, 6.0  # standard deviations on either side of the city


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One indicator of the subject: now, in the city, the standing between them, and the years before."""

    indicator: Indicator
    shown: Shown
    city: Shown | None
    standing: Standing | None
    trend: Trend
    series: tuple[Shown, ...] = field(repr=False)
    city_series: tuple[Shown, ...] = field(repr=False)
    restated: tuple[FigureOnCurrentBorders, ...] = field(repr=False, default=())

    @property
    def value(self) -> str:
        """Return the figure as text, empty when it is absent."""
        return value_text(self.shown)

    @property
    def city_value(self) -> str:
        """Return the city's figure as text; of a count nothing, because a city always has more."""
        return "" if self.indicator.kind is Kind.COUNT else value_text(self.city)

    @property
    def changes(self) -> bool:
        """Return whether there is a change to name; why there is none stands with the chart."""
        return self.trend.words != NO_TREND

    @property
    def reach(self) -> Pill | None:
        """Return the distance to the city in standard deviations as a range, coloured only where it is judged."""
        at = self.standing
        if at is None:
            return None
        style: Style = "stil" if at.valence in (None, 3) else "kracht" if at.valence and at.valence > 3 else "belasting"
        low, high = (at.distance if limit is None else limit for limit in (at.low, at.high))
        return Pill(low, high, style)

    @property
    def drawn(self) -> list[Shown]:
        """Return the years as they are drawn: the line breaks where the border changed, not where only the year did."""
        starts = (self.series[0].period, *self.trend.breaks)
        return [replace(one, division=max(at for at in starts if at <= one.period)) for one in self.series]

    @property
    def city_drawn(self) -> list[Shown]:
        """Return the city's years as one line: its outer border did not change."""
        return [replace(one, division=0) for one in self.city_series]

    @property
    def points(self) -> list[tuple[Shown, str, FigureOnCurrentBorders | None]]:
        """Return the years with the figure as text, and as it would be within the boundaries of now."""
        now = {each.shown.period: each for each in self.restated}
        return [(one, value_text(one), now.get(one.period)) for one in self.series]

    @property
    def restated_drawn(self) -> list[Shown]:
        """Return the years before the last new boundary, carried over to the boundaries of now."""
        return [each.shown for each in self.restated]

    @property
    def restated_words(self) -> str:
        """Return what the carried years are, as a sentence; empty when there are none."""
        return restatement_note(self.restated)

    @property
    def sentence(self) -> str:
        """Return the figure as a sentence with the city's behind it."""
        return figure_sentence(self.shown, self.city)

    @property
    def stands(self) -> str:
        """Return where the figure stands beside the city, as a sentence."""
        return standing_sentence(self.shown, self.standing)

    @property
    def tells(self) -> tuple[int, float, str]:
        """Return the order in which people want to see it: certain differences first, the largest first."""
        sure = {Certainty.CERTAIN: 0, Certainty.DISTANCE_ONLY: 1, Certainty.MAYBE: 2, Certainty.NONE: 3}
        if self.standing is None:
            return (5 if self.shown.value is None else 4), 0.0, self.indicator.id
        return sure[self.standing.certainty], -abs(self.standing.distance), self.indicator.id


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """An area, or several buurten taken together, with all its lines."""

    name: str
    codes: tuple[str, ...]
    level: AreaLevel
    lines: tuple[FigureLine, ...]

    def of(self, dimension: Dimension) -> list[FigureLine]:
        """Return the lines of a dimension, what tells most first; counts that only serve others come last."""
        return sorted((line for line in self.lines if line.indicator.dimension is dimension), key=lambda at: at.tells)

    @property
    def axis(self) -> float:
        """Return how far the ranges are drawn from the city, in standard deviations: all of them, within reason."""
        ends = [abs(end) for line in self.lines if line.reach for end in (line.reach.low, line.reach.high)]
        return min(MOST, max([LEAST, *ends]))

    def line(self, indicator: str) -> FigureLine | None:
        """Return the line of one indicator."""
        return next((line for line in self.lines if line.indicator.id == indicator), None)


@lru_cache(maxsize=128)
def of_area(here: CityRelease, code: str) -> AreaFigures:
    """Return what is known of one area."""
    area = here.division[code]
    own = own_figures(here.release, (code,))
    return AreaFigures(area.name, (code,), area.level, _lines(here, own, area.level, [code]))


@lru_cache(maxsize=64)
def of_areas(here: CityRelease, name: str, codes: tuple[str, ...]) -> AreaFigures:
    """Return what is known of several buurten together, computed from counts, absent where a part is absent."""
    own = own_figures(here.release, codes, together=True)
    return AreaFigures(name, codes, AreaLevel.GEBIED, _lines(here, own, AreaLevel.BUURT, codes))


def own_figures(release: Release, codes: Sequence[str], *, together: bool = False) -> list[Shown]:
    """Return the figures of areas as they may be shown; `together` makes one area of them, computed from counts."""
    return figures.shown_together(release, codes) if together else releases.shown(release, areas=codes)


def _lines(here: CityRelease, own: Sequence[Shown], level: AreaLevel, codes: Sequence[str]) -> tuple[FigureLine, ...]:
    itself = here.municipality.code in codes  # a city is not compared with itself
    city = {} if itself else by_indicator(releases.shown(here.release, areas=[here.municipality.code]))
    wide, borders = spreads_of(here, level), borders_of(here, codes)
    earlier = restated_figures(here, codes, borders)
    rows = []
    for name, series in by_indicator(own).items():
        if catalogue()[name].restricted or only_counts_answers(catalogue()[name]):
            continue
        now, beside = series[-1], {each.period: each for each in city.get(name, [])}
        towns = beside.get(now.period)
        at = standing_of(now, towns, wide.get((name, now.period), 0.0)) if towns else None
        change = trend(series, borders=borders)
        own_city, older = tuple(city.get(name, ())), earlier.get(name, ()) if change.breaks else ()
        rows.append(FigureLine(now.indicator, now, towns, at, change, tuple(series), own_city, older))
    return tuple(rows)


def by_indicator(shown: Iterable[Shown]) -> dict[str, list[Shown]]:
    """Return figures by indicator, the oldest year first."""
    groups: dict[str, list[Shown]] = {}
    for each in sorted(shown, key=lambda one: one.period):
        groups.setdefault(each.indicator.id, []).append(each)
    return groups


def spreads_of(here: CityRelease, level: AreaLevel) -> StandardDeviations:
    """Return how far the areas lie apart that a subject of some level is compared with."""
    return _spreads(here, level if level is AreaLevel.WIJK else AreaLevel.BUURT)


@lru_cache(maxsize=16)
def _spreads(here: CityRelease, level: AreaLevel) -> StandardDeviations:
    codes = [area.code for area in here.areas(level)]
    return figures.spreads_shown(here.release, codes)


def borders_of(here: CityRelease, codes: Sequence[str]) -> dict[int, object]:
    """Return per division year something that is equal when the borders of the subject are the same."""
    marks: dict[int, object] = {}
    for year in here.release.manifest.maps:
        division = here.release.division(year)
        areas = [division[code] for code in codes if code in division]
        marks[year] = tuple(_shape(area) for area in areas) if len(areas) == len(codes) else year
    return marks


def _shape(area: Area) -> object:
    return None if area.geometry is None else area.geometry.normalize().wkb


def missing_figures(lines: Iterable[FigureLine]) -> list[FigureLine]:
    """Return the lines without a figure that somebody could do something about, those with a judgement first."""
    missed = [line for line in lines if line.shown.value is None and line.shown.absence is not Absence.NOT_APPLICABLE]
    order = {name: at for at, name in enumerate(catalogue())}
    return sorted(missed, key=lambda at: (at.indicator.direction is Direction.NONE, order[at.indicator.id]))
