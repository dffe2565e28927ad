"""Computed figures: sums and shares made from counts, with the reason of a missing part carried over."""

from collections.abc import Sequence

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue, Indicator
from buurtbalans.figures.observation import SCHEMA, Absence

_PLACE = ("area", "level", "division", "period")


def with_computed_indicators(frame: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Return the frame with the computed indicators of the catalogue added.

    A computed figure appears where its counts were delivered for that division and period. It is absent with the
    reason of its part, else of its denominator, and `not_applicable` where the denominator is 0. Computed rows that
    were there already are made anew, so doing it twice changes nothing.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA`, any number of areas and years.
    catalogue
        Says which indicator is part divided by denominator, times `per`, and which is a sum.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> rows = [("BU1", "buurt", 2024, name, 2024, value, None)
    ...         for name, value in (("population", 400.0), ("population_65_plus", 60.0))]
    >>> with_computed_indicators(pl.DataFrame(rows, SCHEMA, orient="row"), catalogue()).filter(indicator="share_65_plus")["value"].item()
    15.0
    """
    computed = [indicator for indicator in catalogue.values() if indicator.computed]
    frame = frame.filter(~pl.col("indicator").is_in([indicator.id for indicator in computed]))
    for indicator in computed:
        if indicator.sum_of:
            frame = pl.concat([frame, _sum(frame, indicator)])
    shares = [indicator for indicator in computed if indicator.part]
    return pl.concat([frame, _shares(frame, shares)]) if shares else frame


def _sum(frame: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Add counts up; one that is absent, or not there, makes the sum absent."""
    parts = frame.filter(pl.col("indicator").is_in(indicator.sum_of))
    complete = pl.len() == len(indicator.sum_of)
    reason = pl.col("absence").drop_nulls().sort().first()
    sums = parts.group_by(_PLACE, maintain_order=True).agg(
        reason=pl.when(complete).then(reason).otherwise(pl.lit(Absence.NOT_MEASURED.value, SCHEMA["absence"])),
        total=pl.col("value").sum(),
    )
    value = pl.when(pl.col("reason").is_null()).then("total")
    return _rows(sums.with_columns(indicator=pl.lit(indicator.id), value=value, absence=pl.col("reason")))


def _shares(frame: pl.DataFrame, indicators: Sequence[Indicator]) -> pl.DataFrame:
    table = pl.DataFrame(
        [(indicator.id, indicator.part, indicator.denominator, float(indicator.per)) for indicator in indicators],
        {"id": pl.String, "part": pl.String, "denominator": pl.String, "per": pl.Float64},
        orient="row",
    )
    parts, wholes = _side(frame, table, "part"), _side(frame, table, "denominator")
    key = ["id", *_PLACE]
    delivered = (
        parts.select("id", "division", "period")
        .unique()
        .join(wholes.select("id", "division", "period").unique(), on=["id", "division", "period"])
    )
    both = parts.join(wholes, on=key, how="full", coalesce=True, suffix="_whole", maintain_order="left_right")
    both = both.join(delivered, on=["id", "division", "period"], how="semi", maintain_order="left")
    both = both.with_columns(absence=_absence()).join(table.select("id", "per"), on="id", maintain_order="left")
    share = pl.col("value") / pl.col("value_whole") * pl.col("per")
    return _rows(both.with_columns(indicator=pl.col("id"), value=pl.when(pl.col("absence").is_null()).then(share)))


def _side(frame: pl.DataFrame, table: pl.DataFrame, column: str) -> pl.DataFrame:
    joined = frame.join(table, left_on="indicator", right_on=column, maintain_order="left")
    return joined.select("id", *_PLACE, "value", "absence")


def _absence() -> pl.Expr:
    """Return why a share is absent: the part's reason, the denominator's, a missing row, or nothing to divide by."""
    missing = pl.col("value").is_null() | pl.col("value_whole").is_null()
    own = pl.coalesce("absence", "absence_whole")
    return (
        pl.when(own.is_not_null())
        .then(own)
        .when(missing)
        .then(pl.lit(Absence.NOT_MEASURED.value, SCHEMA["absence"]))
        .when(pl.col("value_whole") == 0)
        .then(pl.lit(Absence.NOT_APPLICABLE.value, SCHEMA["absence"]))
    )


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
