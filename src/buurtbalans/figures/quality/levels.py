"""Counts of an area held against the sum of the areas in it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import polars as pl

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.figures.derivation.level_totals import level_totals
from buurtbalans.figures.quality.doubt import Concern, Doubt, doubts

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Indicator


def between_levels(
    frame: pl.DataFrame, divisions: Mapping[int, Division], catalogue: "Mapping[str, Indicator]"
) -> Iterator[Doubt]:
    """Yield where the parts are more than the whole, or less while the map says that all parts are there."""
    held = level_totals(frame, divisions, catalogue)
    counts = [_parts(area, divisions.get(year)) for area, year in held.select("area", "division").iter_rows()]
    held = held.with_columns(pl.Series("expected", counts, dtype=pl.Int64), other=pl.col("sum"))
    over = pl.col("sum") - pl.col("value")
    strength = over.abs() / pl.col("slack")
    more = held.filter(over > pl.col("slack")).with_columns(
        strength=strength, words=pl.lit("De gebieden hierin zijn samen meer dan het geheel.")
    )
    less = held.filter((-over > pl.col("slack")) & (pl.col("parts") == pl.col("expected"))).with_columns(
        strength=strength, words=pl.lit("De gebieden hierin zijn samen minder dan het geheel.")
    )
    yield from doubts(Concern.LEVELS, more)
    yield from doubts(Concern.LEVELS, less)


def _parts(area: str, division: Division | None) -> int | None:
    """Return of how many areas of the next level an area is made, None when no map tells."""
    if division is None or area not in division:
        return None
    steps = {AreaLevel.WIJK: AreaLevel.BUURT, AreaLevel.GEMEENTE: AreaLevel.WIJK}
    below = steps.get(division[area].level)
    return len(division.children(area, below)) if below else None
