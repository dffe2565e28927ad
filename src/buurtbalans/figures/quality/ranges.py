"""Figures beyond what is plausible for their indicator."""

from collections.abc import Iterator
from math import inf
from typing import Final

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue, Indicator, Kind
from buurtbalans.figures.quality.doubt import Concern, Doubt, doubts

BY_KIND: Final = {Kind.SHARE: (0.0, 100.0), Kind.DISTANCE: (0.0, 60.0)}  # km: no house lies further from anything


def plausible(indicator: Indicator) -> tuple[float, float]:
    """Return between which values a figure lies, as it is published; the catalogue says, else its kind.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> plausible(catalogue()["household_size"]), plausible(catalogue()["population"])
    ((0.0, 8.0), (0.0, inf))
    """
    if indicator.plausible:
        low, high = indicator.plausible
        return low, high
    return BY_KIND.get(indicator.kind, (0.0, inf))


def beyond_range(frame: pl.DataFrame, catalogue: Catalogue) -> Iterator[Doubt]:
    """Yield the figures below the least or above the most that is plausible.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA` with a value.
    catalogue
        Says what is plausible.
    """
    limits = pl.DataFrame(
        [(one.id, *plausible(one)) for one in catalogue.values()],
        {"indicator": pl.String(), "low": pl.Float64(), "high": pl.Float64()},
        orient="row",
    )
    held = frame.join(limits, on="indicator")
    other = pl.when(pl.col("value") < pl.col("low")).then("low").otherwise("high")
    words = (
        pl.when(pl.col("value") < pl.col("low"))
        .then(pl.lit("Dit is minder dan we ooit verwachten."))
        .otherwise(pl.lit("Dit is meer dan we ooit verwachten."))
    )
    beyond = held.filter((pl.col("value") < pl.col("low")) | (pl.col("value") > pl.col("high")))
    beyond = beyond.with_columns(other=other, words=words)
    far = (pl.col("value") - pl.col("other")).abs() / pl.max_horizontal(pl.col("other").abs(), 1.0)
    yield from doubts(Concern.RANGE, beyond.with_columns(strength=far))
