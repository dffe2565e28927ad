"""Counts of an area beside the sum of the areas in it, for every level and year at once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import polars as pl

from buurtbalans.figures.area.codes import parent_of
from buurtbalans.figures.area.division import Division

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Indicator

ROUNDING: Final = 5.0  # published counts are rounded to 5, benefits to 10: each is at most this far from the truth
_REST: Final = ("division", "indicator", "period")


def level_totals(
    frame: pl.DataFrame, divisions: Mapping[int, Division], catalogue: "Mapping[str, Indicator]"
) -> pl.DataFrame:
    """Return every count that can be held against its parts.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA`.
    divisions
        The maps by division year, for parents that a code does not name.
    catalogue
        Says which figures are counts, and how coarsely they are rounded.

    Returns
    -------
    DataFrame
        `area`, `division`, `indicator`, `period`, `value` of the whole; `sum` of the parts that have a value, how many
        `parts` that are, and `slack`: what rounding explains.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> from buurtbalans.figures.observation import SCHEMA
    >>> rows = [(area, level, 2024, "population", 2024, people, None) for area, level, people in
    ...         (("WK999901", "wijk", 90.0), ("BU99990101", "buurt", 60.0), ("BU99990102", "buurt", 65.0))]
    >>> level_totals(pl.DataFrame(rows, SCHEMA, orient="row"), {}, catalogue()).select("area", "value", "sum", "slack").row(0)
    ('WK999901', 90.0, 125.0, 15.0)
    """
    steps = {id: max(ROUNDING, indicator.step) for id, indicator in catalogue.items() if indicator.kind == "count"}
    known = frame.filter(pl.col("indicator").is_in(list(steps)) & pl.col("value").is_finite())
    places = known.select("area", "division").unique()
    parents = [_parent(area, divisions.get(year)) for area, year in places.iter_rows()]
    upward = places.with_columns(parent=pl.Series(parents, dtype=pl.String)).drop_nulls()
    sums = (
        known.join(upward, on=["area", "division"])
        .group_by("parent", *_REST)
        .agg(pl.col("value").sum().alias("sum"), pl.len().alias("parts"))
    )
    slack = pl.col("indicator").replace_strict(steps, default=ROUNDING, return_dtype=pl.Float64) * (pl.col("parts") + 1)
    wholes = known.select("area", *_REST, "value")
    return sums.join(wholes, left_on=["parent", *_REST], right_on=["area", *_REST]).select(
        pl.col("parent").alias("area"), *_REST, "value", "sum", "parts", slack=slack
    )


def _parent(area: str, division: Division | None) -> str | None:
    return parent_of(area) or (division[area].parent if division and area in division else None)
