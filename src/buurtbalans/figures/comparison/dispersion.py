"""How far the areas of a city lie apart, for every indicator and year at once."""

from typing import TypeAlias

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue, Kind

StandardDeviations: TypeAlias = dict[tuple[str, int], float]


def standard_deviations(frame: pl.DataFrame, catalogue: Catalogue) -> StandardDeviations:
    """Return the standard deviation between areas per indicator and period, larger areas counting more.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA` of the areas of one level in one city, denominators included.
    catalogue
        Says which indicator counts the people, homes or answers behind another.

    Returns
    -------
    dict
        (indicator, period) to the standard deviation in the indicator's own unit; indicators that count are left out,
        because counts are not compared.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> from buurtbalans.figures.observation import SCHEMA
    >>> rows = [(area, "buurt", 2024, name, 2024, value, None)
    ...         for area, people, share in (("BU1", 100.0, 10.0), ("BU2", 300.0, 30.0))
    ...         for name, value in (("population", people), ("share_65_plus", share))]
    >>> round(standard_deviations(pl.DataFrame(rows, SCHEMA, orient="row"), catalogue())["share_65_plus", 2024], 2)
    8.66
    """
    compared = {one.id: one.denominator for one in catalogue.values() if one.kind is not Kind.COUNT}
    place = ["area", "division", "period"]
    values = frame.filter(pl.col("value").is_not_null())
    sizes = values.select(*place, pl.col("indicator").alias("denominator"), pl.col("value").alias("size"))
    weighed = (
        values.filter(pl.col("indicator").is_in(list(compared)))
        .with_columns(denominator=pl.col("indicator").replace_strict(compared, return_dtype=pl.String))
        .join(sizes, on=[*place, "denominator"], how="left")
    )
    group = ["indicator", "period"]
    # Without a size for every area no area counts more than another.
    weight = pl.when(pl.col("size").is_null().any().over(group)).then(1.0).otherwise(pl.col("size"))
    weighed = weighed.with_columns(weight=weight)
    mean = ((pl.col("value") * pl.col("weight")).sum() / pl.col("weight").sum()).over(group)
    squares = weighed.with_columns(square=pl.col("weight") * (pl.col("value") - mean) ** 2)
    deviations = squares.group_by(group).agg((pl.col("square").sum() / pl.col("weight").sum()).sqrt().alias("sd"))
    return {(name, period): sd for name, period, sd in deviations.select(*group, "sd").iter_rows() if sd is not None}
