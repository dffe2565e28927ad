"""An observation: one value for one area, indicator and period, or the reason why there is none."""

from enum import StrEnum
from typing import Final

import polars as pl


class Absence(StrEnum):
    """The seven reasons why a figure is absent; absence is a value and is never shown as 0 or as blank."""

    TOO_FEW = "too_few"
    PROTECTS_ANOTHER = "protects_another"
    NOT_MEASURED = "not_measured"
    NOT_COMPARABLE = "not_comparable"
    NOT_SHARED = "not_shared"
    NOT_APPLICABLE = "not_applicable"
    WITHHELD_AT_SOURCE = "withheld_at_source"


ABSENCES: Final = pl.Enum([reason.value for reason in Absence])
LEVELS: Final = pl.Enum(["land", "gemeente", "stadsdeel", "gebied", "wijk", "buurt"])

# The one table shape of the product, in memory, in a release and as the output of `buurtbalans read`.
# `value` and `absence`: exactly one of the two is filled in every row.
SCHEMA: Final = pl.Schema(
    {
        "area": pl.String(),
        "level": LEVELS,
        "division": pl.Int32(),
        "indicator": pl.String(),
        "period": pl.Int32(),
        "value": pl.Float64(),
        "absence": ABSENCES,
    }
)
KEY: Final = ("area", "division", "indicator", "period")
