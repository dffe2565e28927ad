"""What stays inside a release: the real figures of partners and surveys, with what was made public of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from buurtbalans.figures.intake.counts import Count
from buurtbalans.figures.intake.counts import Key as About
from buurtbalans.figures.observation import ABSENCES, SCHEMA, Absence
from buurtbalans.figures.protection.rules import Cell, Key

INSIDE: Final = "inside.parquet"
INSIDE_SCHEMA: Final = pl.Schema(
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


class Line(NamedTuple):
    """One figure inside: what it is, who supplied it, what the public sees, and what a core group would see.

    `kept` says that what is seen is a value of an earlier release: by the core group for a count, by the public for a
    share, a rate or a mean. In the file it stands as `core_kept`, as in releases that were frozen before.
    """

    level: str
    real: Cell
    supplier: str
    public: Cell
    core: Cell
    kept: bool = False


Lines = Mapping[Group, Mapping[str, Line]]


def kept_in(file: Path) -> frozenset[Key]:
    """Return which public values in a release are of an earlier one: which they are tells no figure."""
    kept = pl.scan_parquet(file).filter("core_kept", pl.col("public").is_not_null())
    return frozenset(kept.select("area", "division", "indicator", "period").collect().iter_rows())


def lines_of(frame: pl.DataFrame) -> Lines:
    """Return the figures inside by what they are about, and then by area."""
    found: dict[Group, dict[str, Line]] = defaultdict(dict)
    for area, level, division, indicator, period, value, absence, supplier, *told in frame.iter_rows():
        cells = [_cell(value, absence), _cell(*told[:2]), _cell(*told[2:4])]
        found[indicator, division, period][area] = Line(level, cells[0], supplier, cells[1], cells[2], told[4])
    return found


def frame_of(lines: Lines) -> pl.DataFrame:
    """Return the figures inside as a table; the other way round of `lines_of`."""
    rows = [
        (area, line.level, division, indicator, period, *line.real, line.supplier, *line.public, *line.core, line.kept)
        for (indicator, division, period), areas in sorted(lines.items())
        for area, line in sorted(areas.items())
    ]
    return pl.DataFrame(rows, INSIDE_SCHEMA, orient="row")


def series_of(
    group: Group, earlier: Sequence[tuple[str, Lines]]
) -> list[tuple[str, dict[About, Count], dict[About, Count]]]:
    """Return what earlier releases held and told of one figure and year, as counts."""
    indicator, division, period = group
    found = []
    for name, lines in earlier:
        held = {About(indicator, area, division, period): line for area, line in lines.get(group, {}).items()}
        real = {key: _count(line.real) for key, line in held.items() if line.core.absence is not Absence.NOT_SHARED}
        if any(count.value is not None for count in real.values()):
            found.append((name, real, {key: _count(held[key].core, kept=held[key].kept) for key in real}))
    return found


def _cell(value: float | None, absence: str | None) -> Cell:
    return Cell(value, Absence(absence) if absence else None)


def _count(cell: Cell, *, kept: bool = False) -> Count:
    return Count(None if cell.value is None else int(cell.value), cell.absence, kept=kept)
