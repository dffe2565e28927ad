"""A delivery: what one reading of a publisher's files brings, figures and areas and where they come from."""

from dataclasses import dataclass, field

import polars as pl

from buurtbalans.figures.findings import Finding
from buurtbalans.figures.observation import LEVELS

# The areas a delivery speaks of, by the publisher's own names. `municipality` is a code, empty for the country.
AREAS = pl.Schema(
    {
        "area": pl.String(),
        "name": pl.String(),
        "level": LEVELS,
        "division": pl.Int32(),
        "municipality": pl.String(),
    }
)


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """Where figures come from; `period` is None when the files tell of several years."""

    id: str
    publisher: str
    title: str
    licence: str
    url: str
    period: int | None
    files: tuple[tuple[str, str], ...] = ()
    invented: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """The observations (`observation.SCHEMA`), the areas (`AREAS`), the source and what stood out while reading."""

    observations: pl.DataFrame
    areas: pl.DataFrame
    source: SourceInfo
    findings: list[Finding] = field(default_factory=list)
