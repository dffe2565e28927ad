"""The tally: how many points per area and per value of each `by` column, and the table that comes of it."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from buurtbalans.figures.counting.areas import CountMap
from buurtbalans.figures.counting.values import By, Values
from buurtbalans.figures.findings import refuse
from buurtbalans.figures.observation import ABSENCES, Absence

CELLS: Final = 40_000_000  # areas × values, in memory
_REASONS: Final = pl.Series([None, Absence.TOO_FEW.value, Absence.NOT_MEASURED.value], dtype=ABSENCES)
ROWS: Final = 5_000_000  # of the table; above it, rows without points are left out
Counts = NDArray[np.int32] | NDArray[np.int64]


class Tally:
    """Counts of points; batches are added one by one, so the size of the file does not matter."""

    def __init__(self, areas: CountMap, by: Sequence[By]) -> None:
        self.areas = areas
        self.values = [Values(each) for each in by]
        # The first row is outside. Small numbers, because adding one here and there waits for memory.
        self._counts: Counts = np.zeros((len(areas.codes) + 1, *(0 for _ in by)), np.int32)
        self.points = self.nowhere = 0

    @property
    def counts(self) -> Counts:
        """Return the counts, by area and by the number of each value."""
        return self._counts[1:]

    @property
    def outside(self) -> int:
        """Return how many points lie in no area."""
        return int(self._counts[0].sum())

    def add(self, area: NDArray[np.int32], columns: Sequence[pl.Series], file: str) -> None:
        """Add points by their area (-1 is outside) and the values of their `by` columns."""
        numbers = [values.value_ids(column, file) for values, column in zip(self.values, columns, strict=True)]
        self._grow(len(area), file)
        place = area + np.int32(1)
        for size, number in zip(self._counts.shape[1:], numbers, strict=True):
            place *= size
            place += number
        np.add.at(self._counts.reshape(-1), place.astype(np.intp), self._counts.dtype.type(1))
        self.points += len(area)

    def cells(self) -> pl.DataFrame:
        """Return `area` (-1 is outside), a column per `by` and `count`, for every count above zero."""
        rows, *places = np.nonzero(self._counts)
        columns = {"area": pl.Series(rows - 1, dtype=pl.Int32)}
        for at, (values, place) in enumerate(zip(self.values, places, strict=True)):
            columns[f"by{at}"] = pl.Series(values.seen, dtype=pl.String).gather(place)
        return pl.DataFrame(columns | {"count": pl.Series(self._counts[rows, *places], dtype=pl.Int64)})

    def join(self, cells: pl.DataFrame, points: int, nowhere: int, file: str) -> None:
        """Add what another tally of the same map and columns holds."""
        columns = [cells[f"by{at}"] for at in range(len(self.values))]
        numbers = [values.value_ids(column, file) for values, column in zip(self.values, columns, strict=True)]
        self._grow(points, file)
        many = cells["count"].to_numpy().astype(self._counts.dtype)
        np.add.at(self._counts, (cells["area"].to_numpy() + 1, *numbers), many)
        self.points += points
        self.nowhere += nowhere

    def _grow(self, points: int, file: str) -> None:
        """Make room for so many points, and for the values that are seen."""
        if self.points + points > np.iinfo(self._counts.dtype).max:
            self._counts = self._counts.astype(np.int64)
        wanted = (len(self._counts), *(max(len(values.seen), 1) for values in self.values))
        if wanted == self._counts.shape:
            return
        if int(np.prod(wanted, dtype=object)) > CELLS:
            what = "Zoveel gebieden maal waarden is te veel om tegelijk te tellen."
            raise refuse(what, "Tel op minder kolommen, of op kolommen met minder waarden.", file=file)
        grown = np.zeros(wanted, self._counts.dtype)
        grown[tuple(slice(0, size) for size in self._counts.shape)] = self._counts
        self._counts = grown

    def table(self, minimum: int) -> pl.DataFrame:
        """Return `area`, the `by` columns, `count` and `absence`: a row per area for every set of values that occurs.

        A count from 1 to `minimum` - 1 is withheld as too few; an area without a border was not measured. Zero stays.
        """
        flat, named = self._occurring_values()
        if flat.size <= ROWS:
            rows = np.repeat(np.arange(len(flat), dtype=np.uint32), flat.shape[1])
            cells, count = np.tile(np.arange(flat.shape[1], dtype=np.uint32), len(flat)), flat.ravel()
        else:
            rows, cells = (indexes.astype(np.uint32) for indexes in np.nonzero(flat))
            count = flat[rows, cells]
        # Not `gather`, which makes the numbers of rows anew.
        columns = {"area": _named(self.areas.codes)[rows]}
        columns |= {name: column[cells] for name, column in named.items()}
        reason = ((count > 0) & (count < minimum)).astype(np.uint32)
        if not self.areas.bordered.all():
            reason[~self.areas.bordered[rows]] = 2
        shown = pl.Series(count, dtype=pl.Int64)
        shown = shown.set(pl.Series(reason > 0), None) if reason.any() else shown
        return pl.DataFrame(columns | {"count": shown, "absence": _REASONS[reason]})

    def _occurring_values(self) -> tuple[Counts, dict[str, pl.Series]]:
        """Return the counts per area and set of values that occurs, and the value of each `by` column in each set.

        The sets come in order of their values, an absent value last. Without `by` columns there is one.
        """
        flat = self.counts.reshape(len(self.areas.codes), -1)
        if not self.values:
            return flat, {}
        order = [sorted(range(len(v.seen)), key=lambda at, v=v: _last(v.seen[at])) for v in self.values]  # type: ignore[misc]
        ordered = np.arange(flat.shape[1]).reshape(self.counts.shape[1:])[np.ix_(*order)]
        occurs = np.flatnonzero(flat.any(axis=0).take(ordered.ravel()))
        named = {
            values.by.name: _named([values.seen[numbers[at]] for at in places])
            for values, numbers, places in zip(self.values, order, np.unravel_index(occurs, ordered.shape), strict=True)
        }
        return flat.take(ordered.ravel()[occurs], axis=1), named

    @property
    def hit(self) -> int:
        """Return how many areas have a point."""
        return int(self.counts.reshape(len(self.areas.codes), -1).any(axis=1).sum())


def _named(values: Sequence[str | None]) -> pl.Series:
    """Return names as numbers with a list of names: a table of millions of rows repeats them endlessly."""
    return pl.Series(values, dtype=pl.Enum(sorted({each for each in values if each is not None})))


def _last(value: str | None) -> tuple[bool, str]:
    return value is None, value or ""
