"""The balance of a neighbourhood through the years: beside the city, and on the measure of one year."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from buurtbalans.figures.balance.balance_definition import ChosenWeights, balance_definition
from buurtbalans.figures.balance.history import (
    NOT_COMPARABLE,
    DimensionHistory,
    YearComparison,
    dimension_history,
    history_sentences,
    year_words,
)
from buurtbalans.site.look.scales import TRACK
from buurtbalans.site.pages.area_figures import AreaFigures, borders_of, spreads_of
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.dimensions import DIMENSIONS
from buurtbalans.site.pages.figure_text import plain


@dataclass(frozen=True, slots=True)
class TimelineYear:
    """One year as a row: its range beside the city and on the measure of the base year, and how now differs from it."""

    then: YearComparison
    words: str
    beside: tuple[float, float, str]
    moved: tuple[float, float, str]

    @property
    def comparable(self) -> bool:
        """Return whether it has the border of now."""
        return self.then.words != NOT_COMPARABLE


@dataclass(frozen=True, slots=True)
class DimensionTimeline:
    """One dimension through the years, with its sentences; `reach` is how far its scale goes on both sides."""

    name: str
    base: int
    reach: float
    says: tuple[str, ...]
    years: Sequence[TimelineYear]

    @property
    def start(self) -> float:
        """Return where its scale starts."""
        return -self.reach


def dimension_timelines(here: CityRelease, subject: AreaFigures, weights: ChosenWeights) -> list[DimensionTimeline]:
    """Return the dimensions that can be followed over two years or more; none of a whole municipality."""
    if here.municipality.code in subject.codes:
        return []
    shown = [one for line in subject.lines for one in line.series]
    city = [one for line in subject.lines for one in line.city_series]
    wide, borders = spreads_of(here, subject.level), borders_of(here, subject.codes)
    rows = [
        dimension_history(balance_definition(), ask, shown, city, wide, weights=weights, borders=borders)
        for ask in balance_definition().asks
    ]
    return [_timeline(row) for row in rows if row is not None and len(row.years) > 1]


def _timeline(history: DimensionHistory) -> DimensionTimeline:
    years = [_year(then, now=then is history.years[-1]) for then in history.years]
    ends = [abs(end) for year in years for end in (*year.beside[:2], *year.moved[:2], year.then.city)]
    return DimensionTimeline(
        str(DIMENSIONS[history.dimension]), history.base, max([TRACK, *ends]), history_sentences(history), years
    )


def _year(then: YearComparison, *, now: bool) -> TimelineYear:
    words = _("nu") if now else year_words(then)
    return TimelineYear(then, words, _labelled(*then.beside_ends), _labelled(*then.ends))


def _labelled(low: float, high: float) -> tuple[float, float, str]:
    """Return a range with its words for who does not see it."""
    ends = plain(low, 1), plain(high, 1)
    return low, high, ends[0] if ends[0] == ends[1] else _("%(low)s tot %(high)s") % {"low": ends[0], "high": ends[1]}
