"""Counts points on this machine: batch after batch through the kernel, whatever the size of the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from ..area.rd import to_degrees
from ..findings import Finding, Weight, refuse
from .areas import read_map
from .kernel import locate
from .points import Coordinates, Points, coordinates_of, known, open_points
from .tally import Tally
from .values import By

Say = Callable[[str, int, int], None]


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


def count(
    points: Path, areas: Path, *, code: str | None = None, lng: str | None = None, lat: str | None = None,
    by: Sequence[str] = (), minimum: int = 10, kept: Path | None = None, say: Say = _silent,
) -> Counted:  # fmt: skip
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
    columns = [By.parsed(asked) for asked in dict.fromkeys(by)]
    if minimum < 1:
        raise refuse("Het minimum is kleiner dan 1.", "Kies 1 of meer; 10 is gewoon.")
    opened = open_points(points)
    for each in columns:
        _check_name(opened, each)
    place = coordinates_of(opened, lng, lat)
    say("De kaart wordt gelezen", 0, 0)
    found = read_map(areas, code=code, metres=place.metres, kept=kept)
    tally = Tally(found, columns)
    turn = place.metres and not found.metres
    for done, frame in opened.batches(place.x, place.y, [each.column for each in columns]):
        here = frame.filter(_finite(place.x) & _finite(place.y)) if _some_missing(frame, place) else frame
        tally.nowhere += frame.height - here.height
        x, y = here[place.x].to_numpy(), here[place.y].to_numpy()
        if turn:
            x, y = to_degrees(np.column_stack([x, y])).T
        tally.add(locate(found.grid, x, y), [here[each.column] for each in columns], opened.name)
        say("De punten worden geteld", done, opened.size)
    return Counted(
        tally.table(minimum), place, tally.points, tally.outside, tally.nowhere, tally.hit,
        (*found.findings, *opened.notes, *_stood_out(tally, opened)),
    )  # fmt: skip


def _check_name(points: Points, by: By) -> None:
    known(points, by.column)
    if by.name in ("area", "count", "absence"):
        what = f"De uitvoer heeft zelf al een kolom “{by.name}”."
        raise refuse(what, "Geef de kolom in de punten een andere naam.", file=points.name, column=by.column)


def _some_missing(frame: pl.DataFrame, place: Coordinates) -> bool:
    columns = frame[place.x], frame[place.y]
    return any(column.null_count() or not np.isfinite(column.to_numpy().sum()) for column in columns)


def _finite(column: str) -> pl.Expr:
    return pl.col(column).is_not_null() & pl.col(column).is_finite()


def _stood_out(tally: Tally, points: Points) -> list[Finding]:
    found = []
    if tally.nowhere:
        what = f"Punten zonder coördinaten: {tally.nowhere}. Ze tellen niet mee."
        found.append(Finding(Weight.WARN, what, file=points.name, times=tally.nowhere))
    if tally.outside:
        what = f"Punten buiten alle gebieden: {tally.outside}."
        found.append(
            Finding(Weight.WARN, what, "Kijk na of de kaart bij de punten past.", points.name, times=tally.outside)
        )
    for values in tally.values:
        if None in values.seen:
            what = f"In “{values.by.column}” is soms niets ingevuld. Die punten staan in een rij zonder waarde."
            found.append(Finding(Weight.NOTE, what, file=points.name, column=values.by.column))
    return found
