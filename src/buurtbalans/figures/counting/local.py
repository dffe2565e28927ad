"""Counts points on this machine: batch after batch through the kernel, whatever the size of the file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from buurtbalans.figures.area.rd import to_degrees
from buurtbalans.figures.counting.areas import CountMap, read_map
from buurtbalans.figures.counting.coordinates import Coordinates, coordinates_of, require_column
from buurtbalans.figures.counting.kernel import locate
from buurtbalans.figures.counting.point_file import PointFile
from buurtbalans.figures.counting.readers import open_points
from buurtbalans.figures.counting.tally import Tally
from buurtbalans.figures.counting.values import By
from buurtbalans.figures.findings import Finding, Severity, refuse

Say = Callable[[str, int, int], None]
Batches = Iterable[tuple[int, pl.DataFrame]]


def _silent(what: str, done: int, size: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Counted:
    """What counting gave: the table, and how many points there were, fell outside and had no place."""

    table: pl.DataFrame
    coordinates: Coordinates
    points: int
    outside: int
    nowhere: int
    hit: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked, checked against the file of points: enough to count a part of it anywhere."""

    points: Path
    areas: Path
    code: str | None
    place: Coordinates
    by: tuple[By, ...]
    kept: Path | None

    def map(self) -> CountMap:
        """Return the map to count in."""
        return read_map(self.areas, code=self.code, metres=self.place.metres, kept=self.kept)

    def tallied(self, opened: PointFile, count_map: CountMap, batches: Batches, say: Say = _silent) -> Tally:
        """Count batches of the points."""
        tally = Tally(count_map, self.by)
        for done, frame in batches:
            here = frame
            area = self._areas(count_map, here)
            if area is None or not _placed(here, area, self.place):
                here = frame.filter(_finite(self.place.x) & _finite(self.place.y))
                area = self._areas(count_map, here)
            assert area is not None
            tally.nowhere += frame.height - here.height
            tally.add(area, [here[each.column] for each in self.by], opened.name)
            say("De punten worden geteld", done, opened.size)
        return tally

    def _areas(self, count_map: CountMap, frame: pl.DataFrame) -> NDArray[np.int32] | None:
        """Return the area of each point, or None when a coordinate is empty."""
        columns = frame[self.place.x], frame[self.place.y]
        if any(column.null_count() for column in columns):
            return None
        x, y = (column.to_numpy() for column in columns)
        if self.place.metres and not count_map.metres:
            x, y = to_degrees(np.column_stack([x, y])).T
        return locate(count_map.grid, x, y)

    def columns(self) -> list[str]:
        """Return the columns to count by."""
        return [each.column for each in self.by]

    def counted(self, tally: Tally, minimum: int, name: str, notes: Sequence[Finding]) -> Counted:
        """Return the table of a tally, and all that stood out."""
        return Counted(
            tally.table(minimum),
            self.place,
            tally.points,
            tally.outside,
            tally.nowhere,
            tally.hit,
            (*tally.areas.findings, *notes, *_stood_out(tally, name)),
        )


def count(
    points: Path,
    areas: Path,
    *,
    code: str | None = None,
    lng: str | None = None,
    lat: str | None = None,
    by: Sequence[str] = (),
    minimum: int = 10,
    kept: Path | None = None,
    say: Say = _silent,
) -> Counted:
    """Count points per area.

    Parameters
    ----------
    points, areas : Path
        A file of points (CSV, Parquet, JSON records) and a map (GeoJSON, TopoJSON).
    code, lng, lat : str, optional
        The property with the code of an area, and the columns with the coordinates; found when not given.
    by : sequence of str
        Columns to count by, `COLUMN` or `month:COLUMN`.
    minimum : int
        A count from 1 to this number is withheld; 1 shows all.
    kept : Path, optional
        Folder for the grids of maps; a map is built once.
    say : callable
        Hears what is being done, how far it is, and of how much.

    Raises
    ------
    Refused
        When a file or a name is wrong; nothing is counted then.
    """
    opened, task = asked(points, areas, code=code, lng=lng, lat=lat, by=by, minimum=minimum, kept=kept)
    say("De kaart wordt gelezen", 0, 0)
    batches = opened.batches(task.place.x, task.place.y, task.columns())
    tally = task.tallied(opened, task.map(), batches, say)
    return task.counted(tally, minimum, opened.name, opened.notes)


def asked(
    points: Path,
    areas: Path,
    *,
    code: str | None,
    lng: str | None,
    lat: str | None,
    by: Sequence[str],
    minimum: int,
    kept: Path | None,
) -> tuple[PointFile, Task]:
    """Open the points and check what is asked of them, before any work is done.

    Raises
    ------
    Refused
        When the file or a name is wrong.
    """
    columns = tuple(By.parsed(text) for text in dict.fromkeys(by))
    if minimum < 1:
        raise refuse("Het minimum is kleiner dan 1.", "Kies 1 of meer; 10 is gewoon.")
    opened = open_points(points)
    for column in columns:
        _check_name(opened, column)
    return opened, Task(points, areas, code, coordinates_of(opened, lng, lat), columns, kept)


def _check_name(points: PointFile, by: By) -> None:
    require_column(points, by.column)
    if by.name in ("area", "count", "absence"):
        what = f"De uitvoer heeft zelf al een kolom “{by.name}”."
        raise refuse(what, "Geef de kolom in de punten een andere naam.", file=points.name, column=by.column)


def _placed(frame: pl.DataFrame, area: NDArray[np.int32], place: Coordinates) -> bool:
    """Say whether every point has finite coordinates; only a point outside can lack them."""
    outside = np.flatnonzero(area < 0)
    return all(bool(np.isfinite(frame[name].to_numpy().take(outside)).all()) for name in (place.x, place.y))


def _finite(column: str) -> pl.Expr:
    return pl.col(column).is_not_null() & pl.col(column).is_finite()


def _stood_out(tally: Tally, name: str) -> list[Finding]:
    findings = []
    if tally.nowhere:
        what = f"Punten zonder coördinaten: {tally.nowhere}. Ze tellen niet mee."
        findings.append(Finding(Severity.WARN, what, file=name, times=tally.nowhere))
    if tally.outside:
        what = f"Punten buiten alle gebieden: {tally.outside}."
        findings.append(
            Finding(Severity.WARN, what, "Kijk na of de kaart bij de punten past.", name, times=tally.outside)
        )
    for values in tally.values:
        if None in values.seen:
            what = f"In “{values.by.column}” is soms niets ingevuld. Die punten staan in een rij zonder waarde."
            findings.append(Finding(Severity.NOTE, what, file=name, column=values.by.column))
    return findings
