"""Points from JSON records, one by one: a list, a list inside an object (GeoJSON too), or a record per line."""

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TextIO

import polars as pl

from buurtbalans.figures.findings import Finding, refuse

SAMPLE: Final = 2_000
AT_ONCE: Final = 100_000
_PIECE: Final = 1024**2
_LONGEST: Final = 64 * 1024**2  # of one record
_LIST: Final = re.compile(r'"(?:[^"\\]|\\.)*"\s*:\s*\[(?=\s*\{)')
_BETWEEN: Final = re.compile(r"[\s,]*")
_AGAIN: Final = "Haal het bestand opnieuw op, of vraag de maker om een nieuwe."
Scalar = str | int | float | bool | None


class JsonPoints:
    """A JSON file of points. A value inside a value is a column with dots: `location.lat`, `coordinates.0`."""

    unit = "record"

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.path = path
        self.size = path.stat().st_size
        self.notes: list[Finding] = []
        first = []
        for _, record in self._records():
            first.append(flat(record))
            if len(first) == SAMPLE:
                break
        if not first:
            raise refuse("In dit bestand staat geen enkel record.", _AGAIN, file=self.name)
        self.columns = list(dict.fromkeys(name for record in first for name in record))
        self.sample = self._frame(first, self.columns, 0)

    def batches(self, x: str, y: str, others: Sequence[str]) -> Iterator[tuple[int, pl.DataFrame]]:
        """Yield how far the file is read, and the coordinates (as numbers) and other columns (as text) of records."""
        wanted = list(dict.fromkeys([x, y, *others]))
        rows: list[Mapping[str, Scalar]] = []
        before = 0
        for done, record in self._records():
            rows.append(flat(record))
            if len(rows) == AT_ONCE:
                yield done, self._numbers(self._frame(rows, wanted, before), (x, y), before)
                before, rows = before + len(rows), []
        if rows:
            yield self.size, self._numbers(self._frame(rows, wanted, before), (x, y), before)

    def _frame(self, rows: Sequence[Mapping[str, Scalar]], columns: Sequence[str], before: int) -> pl.DataFrame:
        return pl.DataFrame(
            {name: pl.Series([_text(row.get(name)) for row in rows], dtype=pl.String) for name in columns}
        )

    def _numbers(self, frame: pl.DataFrame, columns: Sequence[str], before: int) -> pl.DataFrame:
        for name in columns:
            value = frame[name].replace("", None)
            number = value.cast(pl.Float64, strict=False)
            wrong = (number.is_null() & value.is_not_null()).arg_true()
            if len(wrong):
                row = before + int(wrong[0]) + 1
                what = f"“{value[int(wrong[0])]}” is geen getal."
                raise refuse(what, "Verbeter de coördinaat of laat die weg.", file=self.name, row=row, column=name)
            frame = frame.with_columns(number.alias(name))
        return frame

    def _records(self) -> Iterator[tuple[int, dict[str, Any]]]:
        with self.path.open(encoding="utf-8-sig") as file:
            try:
                yield from self._walk(file)
            except UnicodeDecodeError:
                raise refuse("Dit bestand is geen UTF-8.", "Bewaar het als UTF-8.", file=self.name) from None
            except RecursionError:
                raise refuse("Dit bestand is te diep in elkaar genest.", _AGAIN, file=self.name) from None

    def _walk(self, file: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
        window = _Window(file)
        window.at, frame = _opening(window.text)
        for count in itertools.count():
            character = window.next_character()
            if frame is not None and character == "]":
                self._closed(frame, window.text[window.at + 1 :] + file.read(_PIECE), count)
                return
            if frame is None and not character:
                return
            try:
                record = window.next_value()
            except json.JSONDecodeError:
                what = f"Het bestand houdt op of gaat mis na record {count}."
                raise refuse(what, _AGAIN, file=self.name, row=count + 1) from None
            if not isinstance(record, dict):
                raise refuse(f"Record {count + 1} is geen record met velden.", _AGAIN, file=self.name, row=count + 1)
            yield window.read, record

    def _closed(self, frame: str, tail: str, count: int) -> None:
        """Make sure that what stands around the list is whole."""
        try:
            json.loads(f"{frame}]{tail}")
        except json.JSONDecodeError:
            what = f"Na record {count} klopt het bestand niet."
            raise refuse(what, _AGAIN, file=self.name, row=count) from None


class _Window:
    """The part of a text file that is in memory: from the value at position `at` as far as the file was read.

    `read` is how many characters of the file that is.
    """

    def __init__(self, file: TextIO) -> None:
        self.file, self.text, self.at = file, file.read(_PIECE), 0
        self.read = len(self.text)
        self.decoder = json.JSONDecoder()

    def next_character(self) -> str:
        """Move to the next value and return its first character; nothing at the end of the file."""
        self._skip_separators()
        while self.at == len(self.text) and self._extend():
            self._skip_separators()
        return self.text[self.at : self.at + 1]

    def next_value(self) -> Any:
        """Return the JSON value here and move behind it.

        Raises
        ------
        json.JSONDecodeError
            When there is none, or it does not end in time.
        """
        while True:
            try:
                value, self.at = self.decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError:
                if not self._extend():
                    raise
            else:
                return value

    def _skip_separators(self) -> None:
        self.at = _BETWEEN.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing too

    def _extend(self) -> bool:
        """Read on, unless a value is longer than allowed or the file ends; return whether there is more."""
        more = self.file.read(_PIECE) if len(self.text) - self.at < _LONGEST else ""
        self.text, self.at, self.read = self.text[self.at :] + more, 0, self.read + len(more)
        return bool(more)


def _opening(text: str) -> tuple[int, str | None]:
    """Return where the first record begins, and what stands before it when it is in a list."""
    stripped = text.lstrip()
    start = len(text) - len(stripped)
    if stripped.startswith("["):
        return start + 1, "["
    if (match := _LIST.search(text)) and not _is_line(text):
        return match.end(), text[: match.end()]
    return start, None


def _is_line(text: str) -> bool:
    """Tell whether the first line is a record of its own, so that the file has one per line."""
    line, _, more = text.lstrip().partition("\n")
    try:
        json.loads(line)
    except json.JSONDecodeError:
        return False
    return bool(more.strip())


def _text(value: Scalar) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def flat(record: Mapping[str, Any], above: str = "") -> dict[str, Scalar]:
    """Return the values of a record by their path; a pair of numbers becomes `.0` and `.1`.

    Examples
    --------
    >>> flat({"id": 7, "geometry": {"coordinates": [5.1, 52.2]}})
    {'id': 7, 'geometry.coordinates.0': 5.1, 'geometry.coordinates.1': 52.2}
    """
    fields: dict[str, Scalar] = {}
    for key, value in record.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            fields |= flat(value, f"{name}.")
        elif isinstance(value, list):
            if 2 <= len(value) <= 3 and all(isinstance(each, int | float) for each in value):
                fields |= {f"{name}.{at}": each for at, each in enumerate(value)}
        else:
            fields[name] = value
    return fields
