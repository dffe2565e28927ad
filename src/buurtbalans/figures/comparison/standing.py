"""Comparing with the city, with words only where the difference is larger than chance can explain (noise guard)."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, sqrt
from statistics import NormalDist
from typing import Final

from buurtbalans.figures.catalogue.indicator import Direction, Indicator, Kind
from buurtbalans.figures.comparison.significance import binomial_p, normal_p, poisson_p
from buurtbalans.figures.protection.gate import Shown, wilson

WORDS: Final = (
    "duidelijk lager dan de stad",
    "iets lager dan de stad",
    "ongeveer als de stad",
    "iets hoger dan de stad",
    "duidelijk hoger dan de stad",
)
ALIKE: Final = "niet te onderscheiden van de stad"
MAYBE: Final = ("misschien lager dan de stad", "misschien hoger dan de stad")
AMOUNTS: Final = ("heel weinig", "weinig", "gemiddeld", "veel", "heel veel")
HEIGHTS: Final = ("heel laag", "laag", "gemiddeld", "hoog", "heel hoog")
CERTAIN_P: Final = 0.002  # 99.8 %
MAYBE_P: Final = 0.05  # 95 %
WIDTH: Final = 2 * NormalDist().inv_cdf(0.95)  # from 5 to 95 %, in standard errors


class Certainty(StrEnum):
    """How far the words may go: a tested difference, a maybe, no difference found, or a distance without a test."""

    CERTAIN = "certain"
    MAYBE = "maybe"
    NONE = "none"
    DISTANCE_ONLY = "distance_only"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a figure stands beside the city.

    Attributes
    ----------
    class_number : class 1 (much lower) to 5 (much higher); 3 where no difference was found.
    words : the class in Dutch.
    distance, low, high : difference with the city in standard deviations between areas, and its 5 and 95 %.
    valence : the class number with 5 = better for the people; None for an indicator without a direction.
    """

    class_number: int
    words: str
    certainty: Certainty
    distance: float
    low: float | None = None
    high: float | None = None
    valence: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """How two figures differ: -1 lower, 1 higher, 0 no clear difference, in words and with its certainty."""

    sign: int
    words: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class QuantileClasses:
    """Five steps from few to many, each with about a fifth of the areas, for figures without a judgement.

    `places` follows the values given: 1-5, None where the value is None. `breaks` are the lowest values of steps 2-5.
    """

    places: tuple[int | None, ...]
    breaks: tuple[float, ...]


def standard_deviation(values: Sequence[float | None], weights: Sequence[float | None] | None = None) -> float:
    """Return the standard deviation between areas (population, not sample), weighted when weights are given.

    Parameters
    ----------
    values
        One per area; None where absent, which leaves the area out.
    weights
        One per area, such as the denominators; None counts as 0.

    Examples
    --------
    >>> standard_deviation([1.0, 3.0, None])
    1.0
    >>> standard_deviation([1.0, 3.0], [3.0, 1.0]) == 0.75 ** 0.5
    True
    """
    heavy = [1.0] * len(values) if weights is None else [weight or 0.0 for weight in weights]
    pairs = [(value, weight) for value, weight in zip(values, heavy, strict=True) if value is not None]
    total = sum(weight for _, weight in pairs)
    if not total:
        return 0.0
    mean = sum(value * weight for value, weight in pairs) / total
    return sqrt(sum(weight * (value - mean) ** 2 for value, weight in pairs) / total)


def standing_of(shown: Shown, city: Shown, sd: float) -> Standing | None:
    """Return where a figure stands beside the city, None when there is nothing to compare.

    The classes are ±0.5 and ±1 standard deviation. They are named only when the difference is certain at 99.8 %;
    at 95 % the words say "misschien" in the middle class, else the figure is not to be told from the city. The area is
    part of the city, so the test of its share is binomial against the city's share, and of its rate Poisson.
    What the source rounds away counts as no difference. Without a count behind the figure the words tell the distance
    only. Counts are never compared: a city always has more people than a buurt.

    Parameters
    ----------
    shown, city
        The same indicator and period.
    sd
        From `standard_deviation` over the areas of the city, in the unit of the indicator.
    """
    if shown.value is None or city.value is None or shown.indicator.kind is Kind.COUNT:
        return None
    if shown.indicator.id != city.indicator.id:
        raise ValueError(f"{shown.indicator.id} cannot stand beside {city.indicator.id}")
    gap = shown.value - city.value
    distance = gap / sd if sd > 0 else 0.0
    certainty = _certainty(_chance(shown, city.value, standard_error(city)))
    class_number, words = _class_and_words(distance, certainty)
    low, high = _range(shown)
    scaled = [None if limit is None or sd <= 0 else (limit - city.value) / sd for limit in (low, high)]
    return Standing(
        class_number, words, certainty, distance, scaled[0], scaled[1], _valence(shown.indicator, class_number)
    )


def _certainty(chance: float | None) -> Certainty:
    if chance is None:
        return Certainty.DISTANCE_ONLY
    if chance <= CERTAIN_P:
        return Certainty.CERTAIN
    return Certainty.MAYBE if chance <= MAYBE_P else Certainty.NONE


def _class_and_words(distance: float, certainty: Certainty) -> tuple[int, str]:
    """The class of a distance and its words; without a certain difference it is the middle class."""
    class_number = class_of(distance)
    if certainty is Certainty.NONE:
        return 3, ALIKE
    if certainty is Certainty.MAYBE and class_number != 3:
        return 3, MAYBE[distance > 0]
    return class_number, WORDS[class_number - 1]


def difference_between(one: Shown, other: Shown) -> Difference | None:
    """Return how a figure differs from another area's or year's, None when one of them is absent.

    Two separate groups are compared: the standard errors are put together. Overlapping ranges are no test.
    Without standard errors nothing is said of chance, and the certainty says so.
    """
    if one.value is None or other.value is None:
        return None
    gap = one.value - other.value
    more = ("meer", "minder") if is_amount(one.indicator) else ("hoger", "lager")
    word = more[gap < 0]
    errors = standard_error(one), standard_error(other)
    sign = (gap > 0) - (gap < 0)
    if errors[0] is None or errors[1] is None:
        return Difference(sign, word if sign else "geen verschil", Certainty.DISTANCE_ONLY)
    gap = max(0.0, abs(gap) - rounding_margin(one) - rounding_margin(other))
    chance = normal_p(gap, sqrt(errors[0] ** 2 + errors[1] ** 2))
    if chance <= CERTAIN_P:
        return Difference(sign, word, Certainty.CERTAIN)
    if chance <= MAYBE_P:
        return Difference(sign, f"misschien {word}", Certainty.MAYBE)
    return Difference(0, "geen duidelijk verschil", Certainty.NONE)


def quantile_classes(values: Sequence[float | None]) -> QuantileClasses:
    """Return five steps with about as many areas each; equal values are in the same step.

    Examples
    --------
    >>> quantile_classes([10.0, 20.0, None, 30.0, 40.0, 50.0]).places
    (1, 2, None, 3, 4, 5)
    >>> quantile_classes([7.0, 7.0]).places
    (3, 3)
    """
    known = sorted(value for value in values if value is not None)
    if not known or known[0] == known[-1]:
        return QuantileClasses(tuple(None if value is None else 3 for value in values), ())
    # The class of a value is that of the middle of its equals in the row from low to high.
    class_of_value = {value: 1 + min(4, int(5 * _middle(known, value))) for value in known}
    places = tuple(None if value is None else class_of_value[value] for value in values)
    return QuantileClasses(places, _breaks(class_of_value))


def _breaks(class_of_value: Mapping[float, int]) -> tuple[float, ...]:
    """Return the lowest value of each class but the first; the values come in ascending order."""
    lowest: dict[int, float] = {}
    for value, number in class_of_value.items():
        lowest.setdefault(number, value)
    return tuple(value for number, value in lowest.items() if number > 1)


def quantile_class_words(indicator: Indicator) -> tuple[str, ...]:
    """Return the words of the five steps: few to many, or low to high for means and distances."""
    return AMOUNTS if is_amount(indicator) else HEIGHTS


def _middle(known: Sequence[float], value: float) -> float:
    return (bisect_left(known, value) + bisect_right(known, value)) / 2 / len(known)


def is_amount(indicator: Indicator) -> bool:
    """Say whether the figure tells how many (meer, minder) and not how high (hoger, lager)."""
    return indicator.kind in (Kind.COUNT, Kind.SHARE, Kind.RATE)


def class_of(distance: float) -> int:
    """Return the class of a distance to the city: 1 to 5, with its limits at ±0.5 and ±1 standard deviation."""
    return 3 + (distance >= 0.5) + (distance >= 1) - (distance <= -0.5) - (distance <= -1)


def _valence(indicator: Indicator, class_number: int) -> int | None:
    if indicator.direction is Direction.NONE:
        return None
    return class_number if indicator.direction is Direction.UP else 6 - class_number


def rounding_margin(shown: Shown) -> float:
    """Return how far the source's rounding may have moved the value."""
    indicator = shown.indicator
    if indicator.part and indicator.computed:
        return indicator.step / 2 * indicator.per / shown.base if shown.base else 0.0
    return indicator.step / 2


def _chance(shown: Shown, city: float, error: float | None) -> float | None:
    """Return the chance of at least this difference when the area is like the city; None when nothing can tell."""
    indicator, value = shown.indicator, shown.value or 0.0
    gap = max(0.0, abs(value - city) - rounding_margin(shown))
    if gap == 0:
        return None if standard_error(shown) is None else 1.0
    near = city + gap if value > city else city - gap
    if shown.base and indicator.kind in (Kind.SHARE, Kind.RATE):
        return _count_chance(indicator, near, shown.base, city)
    own = standard_error(shown)
    return None if own is None else normal_p(gap, sqrt(own**2 + (error or 0.0) ** 2))


def _count_chance(indicator: Indicator, value: float, base: float, city: float) -> float:
    """Return the chance of a share (binomial) or rate (Poisson) at least as far from the city's as `value`."""
    events, expected = value * base / indicator.per, city / indicator.per
    whole = floor(round(events, 6)) if value > city else ceil(round(events, 6))
    if indicator.kind is Kind.SHARE:
        return binomial_p(whole, round(base), min(max(expected, 0.0), 1.0))
    return poisson_p(whole, expected * base)


def standard_error(shown: Shown) -> float | None:
    """Return the standard error, from the range, else from the count behind it (binomial, Poisson), else None."""
    indicator, value = shown.indicator, shown.value
    if value is None:
        return None
    if shown.low is not None and shown.high is not None:
        return (shown.high - shown.low) / WIDTH
    if indicator.kind is Kind.COUNT:
        return sqrt(max(value, 1.0))
    if not shown.base or indicator.kind not in (Kind.SHARE, Kind.RATE):
        return None
    share = max(value, 0.0) / indicator.per
    if indicator.kind is Kind.RATE:
        return indicator.per * sqrt(max(share, 1 / shown.base) / shown.base)
    low, high = wilson(min(share, 1.0), shown.base)
    return indicator.per * (high - low) / WIDTH


def _range(shown: Shown) -> tuple[float | None, float | None]:
    if shown.low is not None and shown.high is not None:
        return shown.low, shown.high
    error = standard_error(shown)
    if error is None or shown.value is None:
        return None, None
    return shown.value - error * WIDTH / 2, shown.value + error * WIDTH / 2
