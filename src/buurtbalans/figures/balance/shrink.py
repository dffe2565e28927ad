"""Small areas in the balance picture: a figure with much noise is drawn towards that of its municipality."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

FEWEST: Final = 3  # areas with an error; fewer cannot tell how far areas lie apart
HALVINGS: Final = 80
NEAR: Final = 1e-4  # a step in the logarithm of a variance, to see how sharply it is known


@dataclass(frozen=True, slots=True)
class ShrunkenEstimates:
    """Figures drawn towards a centre.

    Attributes
    ----------
    values, errors : the figures after it, and how far each may be off (standard error).
    factor : how much of its distance to the centre each figure keeps, 0 to 1; 1 where it stays as it was.
    spread : how far the areas truly lie apart, as a standard deviation; NaN where nothing is drawn.
    """

    values: Values
    errors: Values
    factor: Values
    spread: float


def shrink(values: Values, errors: Values, centre: float) -> ShrunkenEstimates:
    """Draw figures towards a centre, each as far as it is noise (empirical Bayes).

    A figure with error e keeps A / (e² + A) of its distance, where A is the variance between areas. A and the errors
    afterwards are those of Morris and Tang (2011), "Estimating random effects via adjustment for density
    maximization", Statistical Science 26. Their A is never 0. One by moments (Paule and Mandel, DerSimonian and Laird)
    often is, and then says of areas that hardly differ that nothing is unsure. Fewer than three areas tell nothing:
    all stay.

    Parameters
    ----------
    values : one per area, NaN where absent.
    errors : their standard errors. An area without one (NaN) stays as it is, and says nothing of the spread.
    centre : what all are drawn to, such as the figure of the municipality; taken as known.

    Examples
    --------
    >>> found = shrink(np.array([4.0, 5.0, 15.0, 16.0, 30.0]), np.array([1.0, np.nan, 1.0, 1.0, 20.0]), 10.0)
    >>> found.values.round(1).tolist()
    [4.1, 5.0, 14.9, 15.9, 13.8]
    """
    if np.isinf(errors).any() or (errors < 0).any():
        raise ValueError("a standard error is a number of 0 or more")
    told = ~(np.isnan(values) | np.isnan(errors))
    after, left, factor = values.copy(), errors.copy(), np.where(np.isnan(values), np.nan, 1.0)
    if told.sum() < FEWEST or not errors[told].any():
        return ShrunkenEstimates(after, left, factor, float("nan"))
    gaps, noise = values[told] - centre, errors[told] ** 2
    between = _between(gaps**2, noise)
    part = np.divide(noise, noise + between, out=np.zeros(len(noise)), where=noise > 0)
    after[told] = np.where(part > 0, centre + (1 - part) * gaps, values[told])
    left[told] = np.sqrt(noise * (1 - part) + _unsure(part, gaps**2, noise, between) * gaps**2)
    factor[told] = 1 - part
    return ShrunkenEstimates(after, left, factor, float(np.sqrt(between)))


def _between(squares: Values, noise: Values) -> float:
    """Return the variance between areas: the top of its likelihood times itself, found on a scale of logarithms."""
    low = float(max(squares.max(), noise.max())) * 1e-12
    high = low
    while _slope(high, squares, noise) > 0:
        high *= 1e3
    for _ in range(HALVINGS):
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if _slope(middle, squares, noise) > 0 else (low, middle)
    return low


def _slope(between: float, squares: Values, noise: Values) -> float:
    """Return how steeply the logarithm of what `_between` maximises rises with that of the variance."""
    part = between / (noise + between)
    return 1 + float((part * (squares / (noise + between) - 1)).sum()) / 2


def _unsure(part: Values, squares: Values, noise: Values, between: float) -> Values:
    """Return the variance of each part, because the spread is estimated too."""
    ends = (_slope(between * np.exp(step), squares, noise) for step in (-NEAR, NEAR))
    sharp = max(next(ends) - next(ends), 0.0) / (2 * NEAR)
    inside = part * (1 - part)
    values: Values = np.divide(inside**2, sharp + inside, out=np.zeros(len(part)), where=inside > 0)
    return values
