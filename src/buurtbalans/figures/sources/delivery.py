"""A delivery: what one reading of a publisher's files brings, figures and areas and where they come from."""

from collections.abc import Mapping
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
class Described:
    """What a publisher says of a column that the catalogue does not know: its name, unit and definition."""

    name: str
    unit: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """One file, read: its observations, areas, source and findings that do not stop it."""

    observations: pl.DataFrame
    areas: pl.DataFrame
    source: SourceInfo
    findings: list[Finding]
    described: Mapping[str, Described] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceData:
    """The observations (`observation.SCHEMA`), the areas (`AREAS`), the source and what stood out while reading.

    `described` gives per indicator that is not in the catalogue what its publisher says of it.
    """

    observations: pl.DataFrame
    areas: pl.DataFrame
    source: SourceInfo
    findings: list[Finding] = field(default_factory=list)
    described: Mapping[str, Described] = field(default_factory=dict)
