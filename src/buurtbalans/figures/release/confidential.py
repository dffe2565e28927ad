"""The confidential records of a release: the real figures of partners and surveys, with what was published of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from buurtbalans.figures.intake.counts import Count
from buurtbalans.figures.intake.counts import Key as CountKey
from buurtbalans.figures.observation import ABSENCES, SCHEMA, Absence
from buurtbalans.figures.protection.rules import Cell, Key

CONFIDENTIAL: Final = "inside.parquet"
CONFIDENTIAL_SCHEMA: Final = pl.Schema(
    [
        *SCHEMA.items(),
        ("supplier", pl.String()),
        ("public", pl.Float64()),
        ("public_absence", ABSENCES),
        ("core", pl.Float64()),
        ("core_absence", ABSENCES),
        ("core_kept", pl.Boolean()),
    ]
)
Group = tuple[str, int, int]  # indicator, division, period


class Record(NamedTuple):
    """A figure with its real value, its supplier, and what the public and a core group see of it.

    `kept` says that the value others see is of an earlier release: the core group's for a count, the public's for a
    share, rate or mean. In the file the column is called `core_kept`, as in releases that were frozen before.
    """

    level: str
    real: Cell
    supplier: str
    public: Cell
    core: Cell
    kept: bool = False


Records = Mapping[Group, Mapping[str, Record]]


def kept_in(file: Path) -> frozenset[Key]:
    """Return which public values in a release are of an earlier release; which these are discloses no figure."""
    kept = pl.scan_parquet(file).filter("core_kept", pl.col("public").is_not_null())
    return frozenset(kept.select("area", "division", "indicator", "period").collect().iter_rows())


def records_of(frame: pl.DataFrame) -> Records:
    """Return the records of a table by group, and then by area."""
    records: dict[Group, dict[str, Record]] = defaultdict(dict)
    for row in frame.select(CONFIDENTIAL_SCHEMA.names()).iter_rows(named=True):
        group = (row["indicator"], row["division"], row["period"])
        records[group][row["area"]] = Record(
            row["level"],
            _cell(row["value"], row["absence"]),
            row["supplier"],
            _cell(row["public"], row["public_absence"]),
            _cell(row["core"], row["core_absence"]),
            row["core_kept"],
        )
    return records


def frame_of(records: Records) -> pl.DataFrame:
    """Return records as a table; the inverse of `records_of`."""
    rows = [
        (
            area,
            record.level,
            division,
            indicator,
            period,
            *record.real,
            record.supplier,
            *record.public,
            *record.core,
            record.kept,
        )
        for (indicator, division, period), areas in sorted(records.items())
        for area, record in sorted(areas.items())
    ]
    return pl.DataFrame(rows, CONFIDENTIAL_SCHEMA, orient="row")


def suppliers_in(records: Mapping[str, Record]) -> set[str]:
    """Return who supplied the figures of a group."""
    return {record.supplier for record in records.values()}


def series_of(
    group: Group, releases: Iterable[tuple[str, Records]]
) -> list[tuple[str, dict[CountKey, Count], dict[CountKey, Count]]]:
    """Return the real counts of a group in a series of releases, and what a core group saw of them."""
    indicator, division, period = group
    series = []
    for name, records in releases:
        by_key = {
            CountKey(indicator, area, division, period): record for area, record in records.get(group, {}).items()
        }
        shared = {key: record for key, record in by_key.items() if record.core.absence is not Absence.NOT_SHARED}
        real = {key: _count(record.real) for key, record in shared.items()}
        if any(count.value is not None for count in real.values()):
            core = {key: _count(record.core, kept=record.kept) for key, record in shared.items()}
            series.append((name, real, core))
    return series


def _cell(value: float | None, absence: str | None) -> Cell:
    return Cell(value, Absence(absence) if absence else None)


def _count(cell: Cell, *, kept: bool = False) -> Count:
    return Count(None if cell.value is None else int(cell.value), cell.absence, kept=kept)
