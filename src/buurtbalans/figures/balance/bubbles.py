"""The bubbles of a dimension for all areas at once: middle, range over what one could also choose, test and rank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.figures.balance.measurements import IndicatorMeasurements, Values
from buurtbalans.figures.balance.rank_uncertainty import AROUND
from buurtbalans.figures.balance.ranks import rank_rows
from buurtbalans.figures.catalogue.indicator import Kind
from buurtbalans.figures.comparison.standing import CERTAIN_P, MAYBE_P, Certainty, class_of

LEAST: Final = 3  # figures in a bubble: two figures are two figures, and no picture
KNOWN: Final = 0.5  # part of the weight that is known: else what is not known could turn the bubble
TOGETHER: Final = 0.5  # how errors of one source go together; scales of residents' surveys stay below it
ENDS: Final = (0.05, 0.95)
SIDES: Final = ("duidelijk zwakker", "iets zwakker", "ongeveer als de stad", "iets sterker", "duidelijk sterker")
ALIKE: Final = "niet te onderscheiden van de stad"
MAYBE: Final = ("misschien zwakker", "misschien sterker")
_SURE, _PERHAPS = (NormalDist().inv_cdf(1 - chance / 2) for chance in (CERTAIN_P, MAYBE_P))
_LEVELS: Final = (Certainty.NONE, Certainty.MAYBE, Certainty.CERTAIN, Certainty.DISTANCE_ONLY)
_UNTESTED: Final = 3


@dataclass(frozen=True, slots=True)
class Bubble:
    """Where a dimension of an area lies beside the city, in standard deviations between areas; + is stronger.

    Attributes
    ----------
    middle, low, high : the weighted mean of the figures, and 5 and 95 % over weights, ways of scaling, what is done
        with gaps, and the noise of small numbers.
    class_number : class 1 (much weaker) to 5 (much stronger) at ±0.5 and ±1; 3 also when no difference was found.
    certainty : what a test of the whole says; `words` go no further.
    rank_low, rank_high, ranked : 1 is the strongest of so many; only ever shown as a range.
    """

    middle: float
    low: float
    high: float
    class_number: int
    certainty: Certainty
    words: str
    rank_low: int
    rank_high: int
    ranked: int


@dataclass(frozen=True)
class DimensionBubbles:
    """One dimension of all areas: `there` is a bubble or not, `many` figures and what part of `weight` are known."""

    there: NDArray[np.bool_]
    many: NDArray[np.int64]
    known: Values
    weight: float
    middle: Values
    low: Values
    high: Values
    level: NDArray[np.int8]
    rank_low: NDArray[np.int32]
    rank_high: NDArray[np.int32]
    ranked: int

    def bubble(self, at: int) -> Bubble | None:
        """Return the bubble of one area, None when too little is known."""
        if not self.there[at]:
            return None
        middle, low, high = (float(each[at]) for each in (self.middle, self.low, self.high))
        certainty, class_number, words = _classify(_LEVELS[self.level[at]], middle, low, high)
        ranks = int(self.rank_low[at]), int(self.rank_high[at])
        return Bubble(middle, low, high, class_number, certainty, words, *ranks, self.ranked)


def dimension_bubbles(
    parts: Sequence[IndicatorMeasurements],
    heavy: Sequence[float],
    areas: int,
    also: int,
    draws: int,
    seed: Sequence[int],
) -> DimensionBubbles:
    """Return the bubbles of a dimension.

    Parameters
    ----------
    parts, heavy : what counts in it, of the areas and then of what lies beside them, and its weights, more than 0.
    areas, also : how many of both.
    """
    rows = areas + also
    if not parts:
        gap, no, none = np.full(rows, np.nan), np.zeros(rows), np.zeros(rows, dtype=np.int32)
        return DimensionBubbles(
            no > 0, none.astype(np.int64), no, 0.0, gap, gap, gap, none.astype(np.int8), none, none, 0
        )
    weights = np.array(heavy)
    lie = np.stack([part.drawn for part in parts])
    has = ~np.isnan(lie)
    many, known = has.sum(axis=0), weights @ has / weights.sum()
    there = (many >= LEAST) & (known >= KNOWN)
    with np.errstate(invalid="ignore"):
        middle = weights @ np.nan_to_num(lie) / (weights @ has)
    scores = np.concatenate(list(_drawn(parts, weights, draws, np.random.default_rng(list(seed)))))
    low, high = np.quantile(scores, ENDS, axis=0)
    own = there.copy()
    own[areas:] = False
    ranks = _ranks(np.vstack([middle, scores]), own, there)
    ends = np.quantile(ranks[1:], ENDS, axis=0)
    return DimensionBubbles(
        there,
        many,
        known,
        float(weights.sum()),
        middle,
        np.minimum(low, middle),
        np.maximum(high, middle),
        _levels(parts, weights, middle),
        np.minimum(np.floor(ends[0]), ranks[0]).astype(np.int32),
        np.maximum(np.ceil(ends[1]), ranks[0]).astype(np.int32),
        int(own.sum()),
    )


def _drawn(
    parts: Sequence[IndicatorMeasurements], weights: Values, draws: int, random: np.random.Generator
) -> Iterator[Values]:
    """Give the scores of all areas for draws of weights and noise, under each way of scaling and of filling gaps.

    A gap is left out, or taken to be as the city.
    """
    has = (~np.isnan(np.stack([part.drawn for part in parts]))).astype(float)
    errors = np.nan_to_num(np.stack([part.left for part in parts]))
    ways = [(scale, full) for scale in _scales(parts, weights) for full in (False, True)]
    for number, (scale, full) in enumerate(ways):
        size = draws // len(ways) + (number < draws % len(ways))
        chosen = weights * random.uniform(*AROUND, (size, len(parts)))
        whole = chosen.sum(axis=1, keepdims=True) if full else np.maximum(chosen @ has, np.finfo(float).tiny)
        noise = np.sqrt(_variance(parts, chosen, errors)) * random.standard_normal((size, has.shape[1]))
        yield (chosen @ scale + noise) / whole


def _scales(parts: Sequence[IndicatorMeasurements], weights: Values) -> Iterator[Values]:
    """Give the distances to the city by standard deviation, by the whole width, and by order; absent is 0.

    By the width a figure with a few far areas counts less; all widths together keep the measure of the first.
    """
    lie = np.nan_to_num(np.stack([part.drawn for part in parts]))
    widths = np.array([part.wide for part in parts])
    by_width = np.divide(float(weights @ widths / weights.sum()), widths, out=np.zeros(len(parts)), where=widths > 0)
    yield lie
    yield lie * by_width[:, None]
    yield np.nan_to_num(np.stack([part.ordered for part in parts]))


def _variance(parts: Sequence[IndicatorMeasurements], weights: Values, errors: Values) -> Values:
    """Return the variance of weighted sums of figures; errors of one source go together by `TOGETHER`.

    The same people answer all questions of a survey, and the same people are counted in all registers of an office.
    """
    apart: Values = weights**2 @ errors**2 * (1 - TOGETHER)
    sources = [part.indicator.source for part in parts]
    for source in dict.fromkeys(sources):
        of = np.array([each == source for each in sources])
        apart += TOGETHER * (weights[:, of] @ errors[of]) ** 2
    return apart


def _levels(parts: Sequence[IndicatorMeasurements], weights: Values, middle: Values) -> NDArray[np.int8]:
    """Return what a test of the whole says of each area: its place among `_LEVELS`.

    Tested are the figures as measured that have a standard error, with the distances beside them, which are exact but
    for their rounding. The first carry at least half of the known weight, else distance is all that can be told; and
    all together point the way of the bubble, else no difference was found.
    """
    gaps, errors = (np.stack([getattr(part, name) for part in parts]) for name in ("distance", "error"))
    known, chance = ~np.isnan(gaps), ~np.isnan(gaps) & ~np.isnan(errors)
    exact = np.array([[part.indicator.kind is Kind.DISTANCE] for part in parts])
    tested = chance | (known & exact)
    total = weights @ np.where(tested, gaps, 0.0)
    blur = weights @ np.where(tested, np.stack([part.blur for part in parts]), 0.0)
    error = np.sqrt(_variance(parts, weights[None, :], np.where(chance, errors, 0.0))[0])
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.nan_to_num(np.maximum(0.0, np.abs(total) - blur) / error)
    level: NDArray[np.int8] = (far >= _PERHAPS).astype(np.int8) + (far >= _SURE).astype(np.int8)
    level[total * middle < 0] = 0
    level[weights @ chance < KNOWN * (weights @ known)] = _UNTESTED
    return level


def _ranks(scores: Values, own: NDArray[np.bool_], there: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return the place of each area among the areas, 1 = strongest, row by row; what lies beside them takes none."""
    values = np.zeros(scores.shape, dtype=np.int32)
    values[:, own] = rank_rows(np.ascontiguousarray(scores[:, own]))
    for at in np.flatnonzero(there & ~own):
        values[:, at] = 1 + (scores[:, own] > scores[:, [at]]).sum(axis=1)
    return values


def _classify(certainty: Certainty, middle: float, low: float, high: float) -> tuple[Certainty, int, str]:
    """Return certainty, class and words of a bubble; where other choices may turn it, the words say maybe.

    Where the words leave two classes open, the class is the milder one.
    """
    if certainty is Certainty.NONE:
        return certainty, 3, ALIKE
    class_number = class_of(middle)
    turns = low <= 0 <= high
    if certainty is Certainty.MAYBE or (turns and class_number != 3):
        return Certainty.MAYBE if certainty is Certainty.CERTAIN else certainty, 3, MAYBE[middle > 0]
    ends = class_of(low), class_of(high)
    if ends == (1, 2):
        return certainty, 2, "duidelijk of iets zwakker"
    if ends == (4, 5):
        return certainty, 4, "iets of duidelijk sterker"
    return certainty, class_number, SIDES[class_number - 1]
