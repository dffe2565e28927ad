"""The tally: how many points per area and per value of each `by` column, and the table that comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..findings import refuse
from ..observation import ABSENCES, Absence
from .areas import CountMap

VALUES: Final = 5_000  # different values that one column may have
CELLS: Final = 40_000_000  # areas × values, in memory
ROWS: Final = 5_000_000  # of the table; above it, rows without points are left out
_MONTH: Final = r"^\d{4}-(0[1-9]|1[0-2])"


@dataclass(frozen=True, slots=True)
class By:
    """A column to count by; with `month` its dates count by their month. `name` is the column of the table."""

    column: str
    month: bool = False

    @property
    def name(self) -> str:
        """Return the name as it was asked."""
        return f"month:{self.column}" if self.month else self.column

    @classmethod
    def parsed(cls, asked: str) -> "By":
        """Read `COLUMN` or `month:COLUMN`.

        Examples
        --------
        >>> By.parsed("month:created_at"), By.parsed("category").name
        (By(column='created_at', month=True), 'category')
        """
        column = asked.removeprefix("month:")
        return cls(column, column != asked)


class _Values:
    """The different values of one column, numbered as they come."""

    def __init__(self, by: By) -> None:
        self.by = by
        self.seen: list[str | None] = []
        self._number: dict[str | None, int] = {}
        self._known = np.full(0, -1, np.int64)  # number by the code that polars gives a value; the last is a null

    def numbers(self, column: pl.Series, file: str) -> NDArray[np.int64]:
        """Return the number of each value, numbering new ones."""
        coded = self._text(column, file).cast(pl.Categorical)
        codes = coded.to_physical().fill_null(0xFFFF_FFFF).to_numpy().astype(np.int64)
        codes += 1
        codes &= 0xFFFF_FFFF  # a null is 0
        top = int(codes.max(initial=0)) + 1
        if top > len(self._known):
            self._known = np.append(self._known, np.full(top - len(self._known), -1))
        found = self._known.take(codes)
        if (found < 0).any():
            self._learn(coded, codes, found < 0, file)
            found = self._known.take(codes)
        return found

    def _learn(self, coded: pl.Series, codes: NDArray[np.int64], new: NDArray[np.bool_], file: str) -> None:
        fresh, at = np.unique(codes[new], return_index=True)
        if len(self.seen) + len(fresh) > VALUES:
            what = f"De kolom “{self.by.name}” heeft meer dan {VALUES} verschillende waarden."
            raise refuse(what, "Tel op een kolom met soorten, of per maand.", file=file, column=self.by.column)
        texts = coded.filter(pl.Series(new)).gather(at.tolist()).cast(pl.String).to_list()
        for code, text in zip(fresh.tolist(), texts, strict=True):
            if self.by.month and text is not None:
                self._check(text, file)
            number = self._number.setdefault(text, len(self.seen))
            if number == len(self.seen):
                self.seen.append(text)
            self._known[code] = number

    def _text(self, column: pl.Series, file: str) -> pl.Series:
        if not self.by.month:
            text = column if column.dtype == pl.String else column.cast(pl.String)
            return text.replace("", None)
        if column.dtype.is_temporal():
            return column.dt.strftime("%Y-%m")
        if column.dtype not in (pl.String, pl.Categorical, pl.Null):
            self._check(str(column.drop_nulls().first()), file)
        return column.cast(pl.String).str.slice(0, 7).replace("", None)

    def _check(self, text: str, file: str) -> None:
        if not pl.Series([text]).str.contains(_MONTH).item():
            what = f"In “{self.by.column}” staat iets dat geen datum is: “{text}”."
            todo = "Een datum begint met jaar en maand: 2026-05-13."
            raise refuse(what, todo, file=file, column=self.by.column)


class Tally:
    """Counts of points; batches are added one by one, so the size of the file does not matter."""

    def __init__(self, areas: CountMap, by: Sequence[By]) -> None:
        self.areas = areas
        self.values = [_Values(each) for each in by]
        self.counts = np.zeros((len(areas.codes), *(0 for _ in by)), np.int64)
        self.points = self.outside = self.nowhere = 0

    def add(self, area: NDArray[np.int32], columns: Sequence[pl.Series], file: str) -> None:
        """Add points by their area (-1 is outside) and the values of their `by` columns."""
        numbers = [values.numbers(column, file) for values, column in zip(self.values, columns, strict=True)]
        self._grow(file)
        shape = self.counts.shape
        flat = area.astype(np.int64)
        flat += 1
        for size, number in zip(shape[1:], numbers, strict=True):
            flat *= size
            flat += number
        cells = self.counts.size // shape[0]
        found = np.bincount(flat, minlength=self.counts.size + cells)
        self.outside += int(found[:cells].sum())
        self.counts += found[cells:].reshape(shape)
        self.points += len(area)

    def _grow(self, file: str) -> None:
        wanted = (len(self.areas.codes), *(max(len(values.seen), 1) for values in self.values))
        if wanted == self.counts.shape:
            return
        if int(np.prod(wanted, dtype=object)) > CELLS:
            what = "Zoveel gebieden maal waarden is te veel om tegelijk te tellen."
            raise refuse(what, "Tel op minder kolommen, of op kolommen met minder waarden.", file=file)
        grown = np.zeros(wanted, np.int64)
        grown[tuple(slice(0, size) for size in self.counts.shape)] = self.counts
        self.counts = grown

    def table(self, minimum: int) -> pl.DataFrame:
        """Return `area`, the `by` columns, `count` and `absence`: a row per area for every set of values that occurs.

        A count from 1 to `minimum` - 1 is withheld as too few; an area without a border was not measured. Zero stays.
        """
        order = [sorted(range(len(v.seen)), key=lambda at, v=v: _last(v.seen[at])) for v in self.values]  # type: ignore[misc]
        counts = self.counts[np.ix_(range(len(self.areas.codes)), *order)] if order else self.counts
        flat = counts.reshape(len(self.areas.codes), -1)
        occurs = np.flatnonzero(flat.any(axis=0)) if order else np.array([0])
        flat = flat[:, occurs]
        rows, cells = np.indices(flat.shape, np.int32).reshape(2, -1) if flat.size <= ROWS else np.nonzero(flat)
        count = flat[rows, cells]
        bordered = self.areas.bordered[rows]
        few = (count > 0) & (count < minimum)
        columns = {"area": pl.Series(self.areas.codes, dtype=pl.String).gather(rows)}
        places = np.unravel_index(occurs[cells], counts.shape[1:]) if order else ()
        for values, own, place in zip(self.values, order, places, strict=True):
            names = pl.Series([values.seen[at] for at in own], dtype=pl.String)
            columns[values.by.name] = names.gather(place)
        columns["count"] = pl.Series(count)
        reason = np.where(~bordered, 2, np.where(few, 1, 0))
        names = pl.Series([None, Absence.TOO_FEW.value, Absence.NOT_MEASURED.value], dtype=ABSENCES)
        columns["absence"] = names.gather(reason)
        shown = pl.when(pl.col("absence").is_null()).then("count").alias("count")
        return pl.DataFrame(columns).with_columns(shown)

    @property
    def hit(self) -> int:
        """Return how many areas have a point."""
        return int(self.counts.reshape(len(self.areas.codes), -1).any(axis=1).sum())


def _last(value: str | None) -> tuple[bool, str]:
    return value is None, value or ""
