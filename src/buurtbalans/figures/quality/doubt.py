"""A doubt: one figure that does not fit another, with both values and a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import polars as pl

PLACE: Final = ("area", "level", "division", "period")


class Concern(StrEnum):
    """What does not fit; a large change over the years asks for a confirmation before publishing."""

    YEARS = "tussen jaren"
    INDICATORS = "tussen cijfers"
    LEVELS = "tussen niveaus"
    RANGE = "ver van gewoon"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One figure that asks for a second look.

    Attributes
    ----------
    value : what the release says.
    other : what it is held against: the sum of parts, the year before, the limit.
    words : a Dutch sentence that says what does not fit.
    strength : how far it is off, in its own concern; larger is worse.
    """

    concern: Concern
    area: str
    division: int
    indicator: str
    period: int
    value: float
    other: float
    words: str
    strength: float


def doubts(concern: Concern, rows: pl.DataFrame) -> Iterator[Doubt]:
    """Yield a doubt for each row, which has a column for every attribute of a doubt except the concern."""
    columns = ("area", "division", "indicator", "period", "value", "other", "words", "strength")
    for row in rows.select(columns).iter_rows():
        yield Doubt(concern, *row)
