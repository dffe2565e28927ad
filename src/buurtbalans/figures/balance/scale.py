"""Scaling: what a figure becomes before it is combined with others; absent values stay absent."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.figures.balance.definition import ScalingStep

Values = NDArray[np.float64]
Pair = tuple[Values, Values]  # the values to scale, and those of the base that the scale is taken from


class Unscalable(ValueError):
    """A step that these values do not allow: `what` says why in Dutch."""


def scale_values(
    values: Values, steps: tuple[ScalingStep, ...], direction: int = 1, base: Values | None = None
) -> Values:
    """Return the values after their steps.

    Parameters
    ----------
    values : shape (areas,); NaN is absent.
    direction : -1 where less is more; `minmax`, `zscore` and `percent_rank` turn round, the first of them once.
    base : the values that lowest, highest, mean and order are taken from; the values themselves when not given.

    Raises
    ------
    Unscalable
        When a step does not allow these values, such as the logarithm of 0.

    Examples
    --------
    >>> scale_values(np.array([1.0, 3.0, np.nan]), (ScalingStep("minmax"),), direction=-1).tolist()
    [1.0, 0.0, nan]
    """
    if np.isnan(values).all():
        return values  # there is nothing to scale, such as in a year in which it was not measured
    here, there = values, values if base is None else base
    for step in steps:
        here, there = _STEPS[step.name]((here, there), step.options, direction)
        if step.name in TURNING:
            direction = 1
    return here


NOTHING: Final = "het basisjaar heeft geen enkele waarde"
TURNING: Final = frozenset({"minmax", "zscore", "percent_rank"})


def _both(one: Callable[[Values], Values], pair: Pair) -> Pair:
    """Do one thing to the values and to their base, once where they are the same."""
    first = one(pair[0])
    return first, first if pair[1] is pair[0] else one(pair[1])


def _log(pair: Pair, options: Mapping[str, float], direction: int) -> Pair:
    for values in pair:
        if (bad := int((values <= 0).sum())) > 0:
            raise Unscalable(f"de logaritme van 0 of minder bestaat niet ({bad} keer)")
    return _both(np.log, pair)


def _minmax(pair: Pair, options: Mapping[str, float], direction: int) -> Pair:
    low, high = options.get("low"), options.get("high")
    if low is None or high is None:
        least, most = np.fmin.reduce(pair[1]), np.fmax.reduce(pair[1])
        if np.isnan(least):
            raise Unscalable(NOTHING)
        low, high = least if low is None else low, most if high is None else high
    if low >= high:
        raise Unscalable("laagste en hoogste waarde zijn gelijk")
    to = options.get("to", 1.0)

    def one(values: Values) -> Values:
        part = (high - values) if direction < 0 else (values - low)
        part /= high - low
        return part if to == 1 else part * to

    return _both(one, pair)


def _zscore(pair: Pair, options: Mapping[str, float], direction: int) -> Pair:
    known = np.sort(_known(pair[1]))
    if known.size < 2 or known[0] == known[-1]:
        raise Unscalable("alle waarden zijn gelijk")
    mean, spread = known.mean(), known.std(ddof=1)
    return _both(lambda values: direction * (values - mean) / spread, pair)


def _clip(pair: Pair, options: Mapping[str, float], direction: int) -> Pair:
    low, high = options.get("low"), options.get("high")
    return _both(lambda values: np.clip(values, low, high), pair)


def _percent_rank(pair: Pair, options: Mapping[str, float], direction: int) -> Pair:
    known = np.sort(_known(pair[1]))
    if known.size < 2:
        raise Unscalable("er zijn minder dan twee waarden")
    digits = options.get("digits")

    def one(values: Values) -> Values:
        below = np.minimum(np.searchsorted(known, values, side="left") / (known.size - 1), 1.0)
        below = below if digits is None else np.round(below, int(digits))
        if direction < 0:  # one minus the rounded value: ranking the other way would break ties differently
            below = 1 - below if digits is None else np.round(1 - below, int(digits))
        return np.where(np.isnan(values), np.nan, below)

    return _both(one, pair)


def _from_rank(pair: Pair, options: Mapping[str, float], direction: int) -> Pair:
    many = _known(pair[1]).size
    offset = options.get("offset", 1.0)
    return _both(lambda values: (many - values + offset) / many, pair)


def _exponential(pair: Pair, options: Mapping[str, float], direction: int) -> Pair:
    k = options.get("k", 23.0)

    def one(values: Values) -> Values:
        inside = 1 - values * (1 - np.exp(-100 / k))
        if (inside <= 0).any():
            raise Unscalable("deze stap kan alleen met getallen tot en met 1")
        return np.asarray(-k * np.log(inside), dtype=np.float64)

    return _both(one, pair)


_STEPS: Final[dict[str, Callable[[Pair, Mapping[str, float], int], Pair]]] = {
    "log": _log,
    "minmax": _minmax,
    "zscore": _zscore,
    "clip": _clip,
    "percent_rank": _percent_rank,
    "from_rank": _from_rank,
    "exponential": _exponential,
}


def _known(values: Values) -> Values:
    """Return the values that are there. Sort them before they are added, so that a sum hangs on no order of rows."""
    known = values[~np.isnan(values)]
    if not known.size:
        raise Unscalable(NOTHING)
    return known
