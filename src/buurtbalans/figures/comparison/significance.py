"""Chance: how likely a difference is when there is none; exact for small numbers, normal for large ones."""

from collections.abc import Callable
from math import exp, log1p, sqrt
from statistics import NormalDist
from typing import Final

_NORMAL: Final = NormalDist()
_LARGE: Final = 200.0  # expected number from which the normal curve is close enough in both tails


def normal_p(gap: float, error: float) -> float:
    """Return the two-sided chance of a gap of this size or more.

    Examples
    --------
    >>> round(normal_p(1.96, 1.0), 3)
    0.05
    >>> normal_p(1.0, 0.0), normal_p(0.0, 0.0)
    (0.0, 1.0)
    """
    if error <= 0:
        return 0.0 if gap > 0 else 1.0
    return 2 * _NORMAL.cdf(-abs(gap) / error)


def binomial_p(count: int, total: int, share: float) -> float:
    """Return twice the smaller tail, at most 1, of a count out of a total whose true share is known.

    Parameters
    ----------
    count
        Found, 0 to total.
    share
        True share, 0 to 1.

    Examples
    --------
    >>> round(binomial_p(0, 10, 0.5), 6) == round(2 * 0.5 ** 10, 6)
    True
    >>> binomial_p(5, 10, 0.5)
    1.0
    """
    if share > 0.5:
        count, share = total - count, 1 - share
    if share <= 0:
        return 1.0 if count == 0 else 0.0
    if total * share > _LARGE:
        return _wide(count, total * share, sqrt(total * share * (1 - share)))
    odds = share / (1 - share)
    return _twice(count, total * share, exp(total * log1p(-share)), lambda at: odds * (total - at) / (at + 1))


def poisson_p(count: int, expected: float) -> float:
    """Return twice the smaller tail, at most 1, of a number of events of which so many were expected.

    Examples
    --------
    >>> round(poisson_p(0, 5.0), 6) == round(2 * exp(-5), 6)
    True
    """
    if expected <= 0:
        return 1.0 if count == 0 else 0.0
    if expected > _LARGE:
        return _wide(count, expected, sqrt(expected))
    return _twice(count, expected, exp(-expected), lambda at: expected / (at + 1))


def _wide(count: int, expected: float, error: float) -> float:
    return normal_p(max(0.0, abs(count - expected) - 0.5), error)


def _twice(count: int, expected: float, first: float, ratio: Callable[[int], float]) -> float:
    """Return twice the smaller tail from the chance of 0 and the ratio of the chances of at + 1 and at."""
    if count > expected + 40 * sqrt(expected) + 40:
        return 0.0
    below, term = 0.0, first
    for at in range(count):
        below += term
        term *= ratio(at)
    return min(1.0, 2 * min(below + term, max(0.0, 1 - below)))
