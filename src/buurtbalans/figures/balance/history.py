"""A neighbourhood beside itself earlier: the same figures every year, on the measure of one year and beside the city.

The distance to the city alone hides that everybody improved; so the figures also lie on the measure of a base year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist
from typing import Final

from buurtbalans.figures.balance.balance_definition import BalanceDefinition, ChosenWeights, WeightedIndicator
from buurtbalans.figures.balance.bubbles import KNOWN, LEAST, SIDES, TOGETHER
from buurtbalans.figures.catalogue.indicator import Dimension, Direction, Kind
from buurtbalans.figures.comparison.dispersion import StandardDeviations
from buurtbalans.figures.comparison.significance import normal_p
from buurtbalans.figures.comparison.standing import CERTAIN_P, MAYBE_P, Certainty, class_of, standard_error
from buurtbalans.figures.comparison.trend import FALLS, MAY_FALL, MAY_RISE, NO_TREND, RISES, Trend, trend
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.sentence import DIMENSIONS
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop

HALF: Final = 0.5  # a figure belongs to the history when at least this part of the years has it
NOT_COMPARABLE: Final = gettext_noop("niet vergelijkbaar, want de grens is anders")
_REACH: Final = NormalDist().inv_cdf(0.95)
_TURNED: Final = {
    RISES: gettext_noop("Wordt sterker."),
    FALLS: gettext_noop("Wordt zwakker."),
    MAY_RISE: gettext_noop("Wordt misschien sterker."),
    MAY_FALL: gettext_noop("Wordt misschien zwakker."),
}
Years = Mapping[int, Mapping[str, Shown]]  # period, indicator


@dataclass(frozen=True, slots=True)
class YearComparison:
    """One dimension of an area in one year, in standard deviations between areas; + is stronger.

    Attributes
    ----------
    beside : distance to the city of that year, on the measure of that year.
    moved, city : the area and the city on the measure of the base year, in which the city is 0.
    low, high : 5 and 95 % of `moved` by the noise of small numbers; None where nothing tells it.
    words, certainty : how the newest year differs from this one, as far as a test allows; empty for the newest.
    """

    period: int
    beside: float
    moved: float
    city: float
    low: float | None
    high: float | None
    words: str
    certainty: Certainty

    @property
    def ends(self) -> tuple[float, float]:
        """Return how wide the doubt is on the measure of the base year; a point where nothing tells it."""
        return (self.moved, self.moved) if self.low is None or self.high is None else (self.low, self.high)

    @property
    def beside_ends(self) -> tuple[float, float]:
        """Return the same beside the city of that year."""
        low, high = self.ends
        return low + self.beside - self.moved, high + self.beside - self.moved


@dataclass(frozen=True, slots=True)
class DimensionHistory:
    """One dimension of an area through the years, the oldest first, with the figures it is made of in every year."""

    dimension: Dimension
    base: int
    indicators: tuple[str, ...]
    years: tuple[YearComparison, ...]
    trend: Trend


def dimension_history(
    definition: BalanceDefinition,
    dimension: Dimension,
    shown: Sequence[Shown],
    city: Sequence[Shown],
    wide: StandardDeviations,
    *,
    weights: ChosenWeights | None = None,
    borders: Mapping[int, object] | None = None,
) -> DimensionHistory | None:
    """Return a dimension of one area through the years; None when fewer than three figures last.

    Parameters
    ----------
    shown, city : figures of the area and of its municipality, of all years.
    wide : how far the areas of the level lie apart, per indicator and year.
    borders : per division year something that is equal when the boundary of the area is the same.
    """
    own, town = _years(shown), _years(city)
    heavy = _weights(definition.of(dimension), weights or ChosenWeights())
    known = {period: _comparable_indicators(period, own, town, wide) for period in own}
    counted = _lasting(list(heavy), known)
    ids = tuple(one.indicator.id for one in counted)
    years = _complete_years(known, ids)
    if len(counted) < LEAST or not years:
        return None
    marks = {period: _border(own[period], counted, borders) for period in years}
    base = next(period for period in years if marks[period] == marks[years[-1]])
    comparisons = [_then(period, base, years[-1], counted, heavy, own, town, wide, marks) for period in years]
    return DimensionHistory(dimension, base, ids, tuple(comparisons), _trend(comparisons, counted, own, marks))


def _weights(indicators: Sequence[WeightedIndicator], chosen: ChosenWeights) -> dict[WeightedIndicator, float]:
    weights = {
        indicator: chosen.of(indicator.indicator.id, indicator.weight) for indicator in indicators if indicator.judged
    }
    return {one: weight for one, weight in weights.items() if weight}


def _years(shown: Sequence[Shown]) -> Years:
    figures: dict[int, dict[str, Shown]] = {}
    for one in shown:
        if one.value is not None:
            figures.setdefault(one.period, {})[one.indicator.id] = one
    return figures


def _comparable_indicators(period: int, own: Years, town: Years, wide: StandardDeviations) -> set[str]:
    """Return the indicators of a year that can be set beside the city: it has them too, and areas differ in them."""
    return {id for id in own[period] if id in town.get(period, {}) and wide.get((id, period), 0) > 0}


def _complete_years(known: Mapping[int, set[str]], indicators: Sequence[str]) -> list[int]:
    """Return the years in which all of the indicators are known, the oldest first."""
    return [period for period in sorted(known) if known[period].issuperset(indicators)]


def _lasting(counted: Sequence[WeightedIndicator], known: Mapping[int, set[str]]) -> list[WeightedIndicator]:
    """Return what is known in the newest year and in at least half of all years."""
    if not known:
        return []
    newest = known[max(known)]
    often = {one: sum(one.indicator.id in ids for ids in known.values()) for one in counted}
    return [one for one in counted if one.indicator.id in newest and often[one] >= HALF * len(known)]


def _border(
    own: Mapping[str, Shown], counted: Sequence[WeightedIndicator], borders: Mapping[int, object] | None
) -> object:
    division = own[counted[0].indicator.id].division
    return (borders or {}).get(division, division)


def _then(
    period: int,
    base: int,
    newest: int,
    counted: Sequence[WeightedIndicator],
    heavy: Mapping[WeightedIndicator, float],
    own: Years,
    town: Years,
    wide: StandardDeviations,
    marks: Mapping[int, object],
) -> YearComparison:
    beside = moved = city = gap = tested = 0.0
    total = sum(heavy[one] for one in counted)
    for one in counted:
        id, share = one.indicator.id, heavy[one] / total * (-1 if one.indicator.direction is Direction.DOWN else 1)
        here, there, start = (_value(years[at][id]) for years, at in ((own, period), (town, period), (town, base)))
        beside += share * (here - there) / wide[id, period]
        moved += share * (here - start) / wide[id, base]
        city += share * (there - start) / wide[id, base]
        change = share * (_value(own[newest][id]) - here) / wide[id, base]
        gap += change
        tested += change if one.indicator.kind is Kind.DISTANCE or standard_error(own[period][id]) is not None else 0.0
    error = _error(own[period], counted, heavy, wide, base)
    low, high = (None, None) if error is None else (moved - _REACH * error, moved + _REACH * error)
    words, certainty = NOT_COMPARABLE, Certainty.NONE
    if period == newest:
        words = ""
    elif marks[period] == marks[newest]:
        words, certainty = _words(gap, tested, (error, _error(own[newest], counted, heavy, wide, base)), period)
    return YearComparison(period, beside, moved, city, low, high, words, certainty)


def _value(shown: Shown) -> float:
    return shown.value or 0.0


def _error(
    own: Mapping[str, Shown],
    counted: Sequence[WeightedIndicator],
    heavy: Mapping[WeightedIndicator, float],
    wide: StandardDeviations,
    base: int,
) -> float | None:
    """Return the standard error of the mean of the figures that can be tested; None when they weigh less than half.

    Errors of one source go together, as in a bubble.
    """
    total = sum(heavy[one] for one in counted)
    apart, known, sources = 0.0, 0.0, dict[str, float]()
    for one in counted:
        error = standard_error(own[one.indicator.id])
        if error is None:
            continue
        known += heavy[one] / total
        part = heavy[one] / total * error / wide[one.indicator.id, base]
        apart += part**2
        sources[one.indicator.source] = sources.get(one.indicator.source, 0.0) + part
    variance = (1 - TOGETHER) * apart + TOGETHER * sum(source**2 for source in sources.values())
    return sqrt(variance) if variance and known >= KNOWN else None


def _words(gap: float, tested: float, errors: Sequence[float | None], period: int) -> tuple[str, Certainty]:
    """Return how now differs from then; without a test in the classes of a bubble, so that a trifle is called alike."""
    known = [error for error in errors if error is not None]
    if len(known) < len(errors):
        size = SIDES[class_of(gap) - 1]
        return (
            f"ongeveer als in {period}" if class_of(gap) == 3 else f"{size} dan in {period}"
        ), Certainty.DISTANCE_ONLY
    chance = normal_p(abs(tested), sqrt(sum(error**2 for error in known))) if tested * gap > 0 else 1.0
    way = "sterker" if gap > 0 else "zwakker"
    if chance <= CERTAIN_P:
        return f"{way} dan in {period}", Certainty.CERTAIN
    if chance <= MAYBE_P:
        return f"misschien {way} dan in {period}", Certainty.MAYBE
    return f"geen duidelijk verschil met {period}", Certainty.NONE


def _trend(
    comparisons: Sequence[YearComparison], counted: Sequence[WeightedIndicator], own: Years, marks: Mapping[int, object]
) -> Trend:
    """Return the trend of the dimension by the rules for a figure, in the words of a bubble."""
    like = next((one.indicator for one in counted if one.indicator.rolling), counted[0].indicator)
    whole = replace(like, id="balance", kind=Kind.MEAN, step=0.0)
    points = []
    for then in comparisons:
        first = own[then.period][counted[0].indicator.id]
        reach = None if then.low is None or then.high is None else (then.high - then.low) / 2
        ends = (None, None) if reach is None else (then.moved - reach, then.moved + reach)
        points.append(replace(first, indicator=whole, value=then.moved, low=ends[0], high=ends[1], base=None, step=1))
    borders = {own[period][counted[0].indicator.id].division: mark for period, mark in marks.items()}
    said = trend(points, borders=borders)
    return replace(said, words=_TURNED.get(said.words, said.words))


def year_words(year: YearComparison) -> str:
    """Return how the newest year differs from this one, in the language of the page."""
    if year.words == NOT_COMPARABLE or not year.words:
        return _(year.words)
    words, _space, period = year.words.rpartition(" ")
    return f"{_(words)} {period}"


def history_sentences(history: DimensionHistory) -> tuple[str, ...]:
    """Return what the years say of a dimension in sentences: the trend where one is named, now beside then, and the city.

    That the city changed along is said, because the distance to it alone would hide that.
    """
    name = _(DIMENSIONS[history.dimension])
    name = name[:1].upper() + name[1:]
    sentences = []
    if history.trend.words != NO_TREND:
        words = _(history.trend.words)
        facts = {"name": name, "trend": words[:1].lower() + words[1:], "why": _(history.trend.why)}
        sentences.append(_("%(name)s: %(trend)s %(why)s") % facts)
    then = next((year for year in history.years[:-1] if year.words != NOT_COMPARABLE), None)
    if then is None:
        sentences.append(_("%(name)s: van een eerder jaar met dezelfde grens zijn er geen cijfers.") % {"name": name})
        return tuple(sentences)
    sentences.append(_("%(name)s: nu %(words)s.") % {"name": name, "words": year_words(then)})
    if (moved := class_of(history.years[-1].city - then.city)) != 3:
        sentences.append(
            _("De hele stad is in die tijd sterker geworden.")
            if moved > 3
            else _("De hele stad is in die tijd zwakker geworden.")
        )
    return tuple(sentences)
