"""Completing what was delivered: computed figures are added once, when a release is made, and frozen with the rest."""

from typing import TYPE_CHECKING

import polars as pl

from buurtbalans.figures.derivation.computed import with_computed_indicators
from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.observation import SCHEMA, Absence

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Catalogue


def completed(frame: pl.DataFrame, catalogue: "Catalogue") -> tuple[pl.DataFrame, list[Finding]]:
    """Return the observations with computed figures added, and a note on those that rounding made impossible.

    Counts are rounded one by one at the source, so in a very small area a part can come out above its whole. Such a
    share is absent (`withheld_at_source`): its counts are too rough to make one.

    Parameters
    ----------
    frame : DataFrame[SCHEMA]
    catalogue
        Says which indicators are computed, and how.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> rows = [("BU1", "buurt", 2024, name, 2024, value, None)
    ...         for name, value in (("population", 5.0), ("population_65_plus", 10.0))]
    >>> table, findings = completed(pl.DataFrame(rows, SCHEMA, orient="row"), catalogue())
    >>> table.filter(indicator="share_65_plus")["absence"].item(), findings[0].times
    ('withheld_at_source', 1)
    """
    whole = with_computed_indicators(frame, catalogue)
    shares = [id for id, indicator in catalogue.items() if indicator.computed and indicator.kind == "share"]
    too_much = (pl.col("indicator").is_in(shares) & (pl.col("value") > 100)).fill_null(False)
    times = whole.select(too_much.sum()).item()
    if not times:
        return whole, []
    reason = pl.lit(Absence.WITHHELD_AT_SOURCE.value, SCHEMA["absence"])
    whole = whole.with_columns(
        value=pl.when(~too_much).then("value"), absence=pl.when(too_much).then(reason).otherwise("absence")
    )
    what = f"Door afronding is soms een deel groter dan het geheel ({times} keer). Dat percentage laten wij weg."
    return whole, [Finding(Severity.NOTE, what, times=times)]
