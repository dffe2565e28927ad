"""Changes from one year to the next that are far larger than those of other areas."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

import polars as pl

from buurtbalans.figures.area.division import Division
from buurtbalans.figures.catalogue.indicator import Catalogue, Kind
from buurtbalans.figures.crosswalk.convert import crosswalk
from buurtbalans.figures.quality.doubt import Concern, Doubt, doubts

FAR: Final = 3.0  # standard deviations of the changes of all areas of a level
ENOUGH: Final = 20  # areas: among fewer than 11 nothing can lie 3 deviations from the mean
STEPS: Final = 2  # a change of one or two roundings is none


def between_years(
    frame: pl.DataFrame, before: pl.DataFrame, divisions: Mapping[int, Division], catalogue: Catalogue
) -> Iterator[Doubt]:
    """Yield the changes of more than three standard deviations.

    The change of an area is held against the changes of the others of its level, over the same years. Large areas
    change more in number and less in share than small ones; so a change of a count is divided by the root of the
    count, and that of a share or mean multiplied by the root of its denominator, where all have one. Areas whose border
    changed are left out: their change may be the border's.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA` with a value.
    before
        The same of an earlier release, for years that `frame` does not have.
    divisions
        The maps by division year; years without one are compared by code.
    catalogue
        Which figures count, and how coarsely each is rounded.
    """
    years = sorted(frame["period"].unique())
    earlier = before.filter(~pl.col("period").is_in(years))
    known = pl.concat([earlier, frame]).join(_denominators(catalogue), on="indicator", how="left")
    sizes = known.select("area", "division", "period", pl.col("indicator").alias("denominator"), size="value")
    known = known.join(sizes, on=["area", "division", "period", "denominator"], how="left")
    walked: dict[tuple[int, int], pl.DataFrame] = {}
    for old, new in pairwise(sorted(known["period"].unique())):
        if new not in years:
            continue
        pairs = _pairs(known.filter(period=old), known.filter(period=new), divisions, walked)
        yield from doubts(Concern.YEARS, _far(pairs, catalogue, old))


def _denominators(catalogue: Catalogue) -> pl.DataFrame:
    rows = [(one.id, one.denominator if one.kind is not Kind.COUNT else one.id) for one in catalogue.values()]
    return pl.DataFrame(rows, {"indicator": pl.String(), "denominator": pl.String()}, orient="row")


def _pairs(
    old: pl.DataFrame,
    new: pl.DataFrame,
    divisions: Mapping[int, Division],
    walked: dict[tuple[int, int], pl.DataFrame],
) -> pl.DataFrame:
    """Return the figures of areas whose border is the same in both years, side by side."""
    pairs = []
    for before in old["division"].unique().sort():
        for after in new["division"].unique().sort():
            left, right = old.filter(division=before), new.filter(division=after)
            codes = _same(before, after, divisions, walked)
            if codes is not None:
                left = left.join(codes, left_on="area", right_on="before").with_columns(area="after").drop("after")
            left = left.select("area", "indicator", "value", "size")
            pairs.append(right.join(left, on=["area", "indicator"], suffix="_old"))
    return pl.concat(pairs)


def _same(
    before: int, after: int, divisions: Mapping[int, Division], walked: dict[tuple[int, int], pl.DataFrame]
) -> pl.DataFrame | None:
    """Return old and new code of the areas whose border stayed; None when every code means the same area."""
    old, new = divisions.get(before), divisions.get(after)
    if old is None or new is None or old is new:
        return None
    if (old.year, new.year) not in walked:
        same = crosswalk(old, new).unchanged
        columns = {"before": list(same.values()), "after": list(same)}
        walked[old.year, new.year] = pl.DataFrame(columns, {"before": pl.String(), "after": pl.String()})
    return walked[old.year, new.year]


def _far(pairs: pl.DataFrame, catalogue: Catalogue, old: int) -> pl.DataFrame:
    group = ["indicator", "level"]
    steps = {one.id: one.step for one in catalogue.values()}
    counts = [one.id for one in catalogue.values() if one.kind is Kind.COUNT]
    change = pl.col("value") - pl.col("value_old")
    middle = (pl.col("size") + pl.col("size_old")) / 2
    sized = middle.is_not_null().all().over(group) & (middle > 0).all().over(group)
    measured = (
        pl.when(pl.col("indicator").is_in(counts))
        .then(change / pl.max_horizontal(middle, 1.0).sqrt())
        .when(sized)
        .then(change * middle.sqrt())
        .otherwise(change)
    )
    table = pairs.with_columns(
        change=change, measured=measured, step=pl.col("indicator").replace_strict(steps, default=0.0)
    )
    apart = pl.col("measured").std().over(group)
    distance = (pl.col("measured") - pl.col("measured").mean().over(group)).abs() / apart
    table = table.with_columns(strength=distance, apart=apart, areas=pl.len().over(group))
    far = (pl.col("areas") >= ENOUGH) & (pl.col("apart") > 0) & (pl.col("strength") > FAR)
    return table.filter(far & (pl.col("change").abs() > STEPS * pl.col("step"))).with_columns(
        other="value_old", words=pl.lit(f"Dit verandert veel meer dan elders sinds {old}.")
    )
