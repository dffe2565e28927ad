"""The values to count by: a column as it is, or its dates by month; each value gets a number."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ..findings import refuse

VALUES: Final = 5_000  # different values that one column may have
_MONTH: Final = r"^\d{4}-(0[1-9]|1[0-2])"
_A_DAY: Final = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
Numbers = NDArray[np.int64]


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


class Values:
    """The different values of one column, numbered as they come; `seen` holds them by number, None where empty."""

    def __init__(self, by: By) -> None:
        self.by = by
        self.seen: list[str | None] = []
        self._number: dict[str | None, int] = {}
        self._names: list[str] = []  # as they stand in the column

    def numbers(self, column: pl.Series, file: str) -> Numbers:
        """Return the number of each value, numbering new ones.

        Raises
        ------
        Refused
            When there are too many values, or a date is no date.
        """
        if self.by.month and column.dtype in (pl.Date, pl.Datetime):
            return self._of_months(_months(column), file)
        text = self._text(column, file)
        coded = text.cast(pl.Enum(self._names), strict=False)
        if coded.null_count() > text.null_count():
            fresh = text.filter(coded.is_null() & text.is_not_null()).unique(maintain_order=True).to_list()
            self._names += self._room_for(fresh, file)
            coded = text.cast(pl.Enum(self._names))
        codes = coded.to_physical().cast(pl.UInt32)
        known = [self._numbered(name, file) for name in self._names]
        if codes.null_count():
            codes = codes.fill_null(len(self._names))
            known.append(self._numbered(None, file))
        return np.array(known, np.int64).take(codes.to_numpy())

    def _of_months(self, months: Numbers, file: str) -> Numbers:
        first = int(months.min(initial=0))
        known = np.zeros(int(months.max(initial=0)) - first + 1, np.int64)
        for place in np.flatnonzero(np.bincount(months - first)).tolist():
            known[place] = self._numbered(_month(place + first), file)
        return known.take(months - first)

    def _room_for(self, fresh: list[str], file: str) -> list[str]:
        if len(self._names) + len(fresh) > VALUES:
            what = f"De kolom “{self.by.name}” heeft meer dan {VALUES} verschillende waarden."
            raise refuse(what, "Tel op een kolom met soorten, of per maand.", file=file, column=self.by.column)
        return fresh

    def _numbered(self, name: str | None, file: str) -> int:
        text = name or None
        if text not in self._number:
            if self.by.month and text is not None:
                self._check(text, file)
            self._number[text] = len(self.seen)
            self.seen.append(text)
        return self._number[text]

    def _text(self, column: pl.Series, file: str) -> pl.Series:
        if not self.by.month:
            return column.cast(pl.String)
        if column.dtype not in (pl.String, pl.Categorical, pl.Null):
            self._check(str(column.drop_nulls().first()), file)
        return column.cast(pl.String).str.slice(0, 7)

    def _check(self, text: str, file: str) -> None:
        if not pl.Series([text]).str.contains(_MONTH).item():
            what = f"In “{self.by.column}” staat iets dat geen datum is: “{text}”."
            todo = "Een datum begint met jaar en maand: 2026-05-13."
            raise refuse(what, todo, file=file, column=self.by.column)


def _months(column: pl.Series) -> Numbers:
    """Return months since year 0, counted from 1; 0 for a date that is not there."""
    missing = column.is_null().to_numpy() if column.null_count() else None
    if isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone not in (None, "UTC"):
        column = column.dt.replace_time_zone(None)
    days = column.to_physical().fill_null(0).to_numpy().astype(np.int64)
    if isinstance(column.dtype, pl.Datetime):
        days //= _A_DAY[column.dtype.time_unit]
    first, last = int(days.min(initial=0)), int(days.max(initial=0))
    every = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12 + 1
    found: Numbers = every.take(days - first)
    if missing is not None:
        found[missing] = 0
    return found


def _month(code: int) -> str | None:
    return f"{(code - 1) // 12:04d}-{(code - 1) % 12 + 1:02d}" if code else None
