"""The values to count by: a column as it is, or its dates by month; each value gets a number."""

import secrets
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from buurtbalans.figures.findings import refuse

VALUES: Final = 5_000  # different values that one column may have
_MONTH: Final = r"^\d{4}-(0[1-9]|1[0-2])"
_A_DAY: Final = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
_DAYS: Final = (-719_162, 2_932_896)  # of the years 1 to 9999, since 1970
_NO_DAY: Final = np.int32(-1)
_HASH: Final = 16  # bits of the hash of a text that are looked up
ValueIds = NDArray[np.int32]


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
    """The different values of one column, numbered as they come; `seen` holds them by number, None where empty.

    A hash of 64 bits tells which known text one is, which takes a third of the time of comparing texts. Its seed is
    drawn anew each time, so nobody can choose texts that it confuses, and by chance that happens to one in 10¹² files
    with as many different values as a column may have. Texts with an unknown hash are looked up.
    """

    def __init__(self, by: By) -> None:
        self.by = by
        self.seen: list[str | None] = []
        self._number: dict[str | None, int] = {}
        self._place: dict[str | None, int] = {}  # of each text as it stands in the column, as they come
        self._seed = secrets.randbits(64)
        self._known = np.empty(0, np.int32)  # the number of each of these
        self._hashes = np.zeros(1 << _HASH, np.uint64)  # by the first bits of a hash the last one that began so,
        self._numbers = np.zeros(1 << _HASH, np.int32)  # and the number of its text
        self._first = 0  # day of the first of `_of_day`
        self._of_day = np.empty(0, np.int32)  # the number of the month of each day, as far as they occurred

    def value_ids(self, column: pl.Series, file: str) -> ValueIds:
        """Return the number of each value, numbering new ones.

        Raises
        ------
        Refused
            When there are too many values, or a date is no date.
        """
        if self.by.month and column.dtype in (pl.Date, pl.Datetime):
            return self._of_dates(column, file)
        text = self._text(column, file)
        hashes = text.hash(self._seed).to_numpy()
        short = (hashes >> np.uint64(64 - _HASH)).view(np.int64)
        numbers = self._numbers.take(short)
        wrong = self._hashes.take(short) != hashes
        if wrong.any():
            unknown = text.filter(pl.Series(wrong))
            self._learn(unknown, file)
            place = unknown.replace_strict(self._place, return_dtype=pl.UInt32).to_numpy()
            numbers[wrong] = self._known.take(place)
            self._hashes[short[wrong]], self._numbers[short[wrong]] = hashes[wrong], numbers[wrong]
        return numbers

    def _learn(self, text: pl.Series, file: str) -> None:
        """Take up the texts that were not there yet."""
        fresh = [each for each in text.unique(maintain_order=True) if each not in self._place]
        if len({*self._place, *fresh} - {None}) > VALUES:
            what = f"De kolom “{self.by.name}” heeft meer dan {VALUES} verschillende waarden."
            raise refuse(what, "Tel op een kolom met soorten, of per maand.", file=file, column=self.by.column)
        self._place |= {each: at for at, each in enumerate(fresh, len(self._place))}
        self._known = np.array([self._numbered(each, file) for each in self._place], np.int32)

    def _of_dates(self, column: pl.Series, file: str) -> ValueIds:
        """Return the number of the month of each date, by a table of days that grows as they come."""
        missing = column.is_null().to_numpy() if column.null_count() else None
        days = _days(column)
        if missing is not None:
            days = np.where(missing, self._first, days)
        if len(days):
            self._reach(int(days.min()), int(days.max()), file)
        numbers = self._of_day.take(days - self._first)
        if missing is not None:
            numbers[missing] = self._numbered(None, file)
        if len(numbers) and numbers.min() == _NO_DAY:
            fresh = np.unique(_months_of(days[numbers == _NO_DAY]))
            self._name_months(fresh, file)
            at = numbers == _NO_DAY
            numbers[at] = self._of_day.take(days[at] - self._first)
        return numbers

    def _reach(self, low: int, high: int, file: str) -> None:
        """Make the table of days hold these too."""
        if low < _DAYS[0] or high > _DAYS[1]:
            what = f"In “{self.by.column}” staat een datum buiten de jaren 1 tot en met 9999."
            raise refuse(what, "Verbeter de datum of laat die leeg.", file=file, column=self.by.column)
        last = self._first + len(self._of_day) - 1
        if len(self._of_day) and self._first <= low and high <= last:
            return
        first, last = (min(low, self._first), max(high, last)) if len(self._of_day) else (low, high)
        table = np.full(last - first + 1, _NO_DAY)
        table[self._first - first : self._first - first + len(self._of_day)] = self._of_day
        self._first, self._of_day = first, table

    def _name_months(self, months: NDArray[np.int64], file: str) -> None:
        every = _months_of(np.arange(self._first, self._first + len(self._of_day)))
        for month in months.tolist():
            begin, end = np.searchsorted(every, [month, month + 1])
            self._of_day[begin:end] = self._numbered(f"{month // 12:04d}-{month % 12 + 1:02d}", file)

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


def _days(column: pl.Series) -> NDArray[np.int64]:
    """Return days since 1970, of the place's own clock; anything for a date that is not there."""
    if isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone not in (None, "UTC"):
        column = column.dt.replace_time_zone(None)
    number = column.to_physical()
    days = (number.fill_null(0) if number.null_count() else number).to_numpy().astype(np.int64, copy=False)
    return days // _A_DAY[column.dtype.time_unit] if isinstance(column.dtype, pl.Datetime) else days


def _months_of(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return months since the year 0."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
