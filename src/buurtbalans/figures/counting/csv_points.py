"""Points from delimited text, block by block: every record is as wide as the header, or the file is refused."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from buurtbalans.figures.counting.point_file import EMPTY_VALUES
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.figures.sources.text import FETCH, decode

BLOCK: Final = 16 * 1024**2
RECORD: Final = 16 * 1024**2  # a record longer than this is no record
SAMPLE: Final = 2_000
_MARKS: Final = ",;\t|"
_LINE_END, _QUOTE, _RETURN = 10, 34, 13


class CsvPoints:
    """A CSV file of points. `sample` holds its first records, all columns as text."""

    unit = "regel"

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.path = path
        self.size = path.stat().st_size
        self.notes: list[Finding] = []
        with path.open("rb") as file:
            head = file.read(1024**2)
        lines = decode(_whole_text(head), self.name).splitlines(keepends=True)
        self.mark = max(_MARKS, key=lambda mark: "".join(lines[0].split('"')[::2]).count(mark))
        try:
            self.columns = [cell.strip() for cell in next(csv.reader(lines[:50], delimiter=self.mark, strict=True))]
        except csv.Error:
            raise refuse("In de kop klopt een aanhalingsteken niet.", FETCH, file=self.name, row=1) from None
        block = next(self._blocks(len(head)), None)
        if block is None:
            raise refuse("Onder de kop staat geen enkele regel.", FETCH, file=self.name)
        self.sample = self._text(block[2], self.columns).head(SAMPLE)

    def batches(self, x: str, y: str, others: Sequence[str]) -> Iterator[tuple[int, pl.DataFrame]]:
        """Yield how far the file is read, and the coordinates (as numbers) and other columns (as text) of a block."""
        for done, line, block in self._blocks(BLOCK):
            try:
                frame = self._parsed(block, {x: pl.Float64, y: pl.Float64}, [x, y, *others])
            except pl.exceptions.PolarsError:
                frame = self._slowly(block, line, [x, y], others)
            yield done, frame

    def _blocks(self, size: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield what is read so far, the line a block begins on, and a block of whole records as wide as the header."""
        with self.path.open("rb") as file:
            if file.read(3) != b"\xef\xbb\xbf":
                file.seek(0)
            left, line = b"", 1
            while chunk := file.read(size):
                data = left + chunk
                block, left = self._cut(data, line)
                if not block and len(left) > RECORD:
                    raise refuse(
                        "Deze regel houdt niet op: een aanhalingsteken sluit niet.", FETCH, file=self.name, row=line
                    )
                yield from self._body(file, block, line)
                line += data.count(b"\n") - left.count(b"\n")
            if left.strip(b"\r\n"):
                block, left = self._cut(left + b"\n", line)
                if left:
                    what = "Het bestand is afgebroken. Een aanhalingsteken sluit niet."
                    raise refuse(what, FETCH, file=self.name, row=line)
                what, todo = "De laatste regel heeft geen regeleinde.", "Kijk na of het bestand heel is."
                self.notes = [Finding(Severity.WARN, what, todo, self.name, line + block[:-1].count(b"\n"))]
                yield from self._body(file, block, line)

    def _body(self, file: BinaryIO, block: bytes, line: int) -> Iterator[tuple[int, int, bytes]]:
        """Take the header off the first block."""
        if line == 1 and block:
            ends = _record_ends(np.frombuffer(block, np.uint8))
            head = int(ends[0]) + 1
            block, line = block[head:], 1 + block[:head].count(b"\n")
        if block.strip(b"\r\n"):
            yield file.tell(), line, block

    def _cut(self, data: bytes, line: int) -> tuple[bytes, bytes]:
        """Split data after its last whole record; each record before it must be as wide as the header."""
        text = np.frombuffer(data, np.uint8)
        quoted = _quoted(text)
        ends = _ends(text, quoted)
        if not len(ends):
            return b"", data
        marks = text[: ends[-1] + 1] == ord(self.mark)
        if quoted is not None:
            marks &= ~quoted[: ends[-1] + 1]
        width = np.diff(np.searchsorted(np.flatnonzero(marks), ends), prepend=0) + 1
        starts = np.append(0, ends[:-1] + 1)
        bare = (ends - starts == 0) | ((ends - starts == 1) & (text[starts] == _RETURN))
        wrong = np.flatnonzero((width != len(self.columns)) & ~bare)
        if len(wrong):
            raise self._uneven(data, line, starts[wrong], width[wrong])
        whole = data[: int(ends[-1]) + 1]
        if bare.any() and len(self.columns) > 1:
            keep = np.repeat(~bare, np.diff(np.append(starts, ends[-1] + 1)))
            return text[: len(keep)][keep].tobytes(), data[len(whole) :]
        return whole, data[len(whole) :]

    def _uneven(self, data: bytes, line: int, starts: NDArray[np.int64], width: NDArray[np.int64]) -> Refused:
        findings: list[Finding] = []
        for start, many in zip(starts[:5].tolist(), width[:5].tolist(), strict=True):
            columns = "1 kolom" if many == 1 else f"{many} kolommen"
            what = f"Deze regel heeft {columns}; de kop heeft er {len(self.columns)}."
            row = line + data[:start].count(b"\n")
            times = max(len(starts) - 4, 1) if len(findings) == 4 else 1
            findings.append(Finding(Severity.REFUSE, what, FETCH, self.name, row, times=times))
        return Refused(findings)

    def _parsed(self, block: bytes, numbers: dict[str, type[pl.Float64]], wanted: Sequence[str]) -> pl.DataFrame:
        place = {name: self.columns.index(name) for name in wanted}
        schema: dict[str, pl.DataType] = {f"c{at}": pl.String() for at in range(len(self.columns))}
        schema |= {f"c{place[name]}": kind() for name, kind in numbers.items()}
        frame = pl.read_csv(
            block,
            has_header=False,
            separator=self.mark,
            schema=schema,
            columns=sorted(set(place.values())),
            infer_schema=False,
        )
        return frame.select(pl.col(f"c{place[name]}").alias(name) for name in dict.fromkeys(wanted))

    def _text(self, block: bytes, wanted: Sequence[str]) -> pl.DataFrame:
        try:
            return self._parsed(block, {}, list(dict.fromkeys(wanted)))
        except pl.exceptions.PolarsError:
            what = "Dit bestand is niet te lezen: een aanhalingsteken klopt niet, of het is geen UTF-8."
            raise refuse(what, "Bewaar het opnieuw als CSV (UTF-8).", file=self.name) from None

    def _slowly(self, block: bytes, line: int, numbers: Sequence[str], others: Sequence[str]) -> pl.DataFrame:
        """Read numbers as people write them, with a comma or spaces, or refuse the first that is none."""
        frame = self._text(block, [*numbers, *others])
        for name in numbers:
            bare = frame[name].str.strip_chars().str.replace(",", ".", literal=True)
            value = bare.cast(pl.Float64, strict=False)
            wrong = (value.is_null() & bare.is_not_null() & ~bare.is_in(EMPTY_VALUES)).arg_true()
            if len(wrong):
                row = line + _line_of(block, int(wrong[0]))
                what = f"“{frame[name][int(wrong[0])]}” is geen getal."
                raise refuse(what, "Verbeter de coördinaat of laat die leeg.", file=self.name, row=row, column=name)
            frame = frame.with_columns(value.alias(name))
        return frame


def _whole_text(head: bytes) -> bytes:
    """Cut off a letter that the end of a piece of file split in two."""
    for cut in range(1, min(4, len(head))):
        if head[-cut] >= 0xC0:
            return head[:-cut]
    return head


def _quoted(text: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """Return which bytes stand between quotes, or None when there are none."""
    quotes = text == _QUOTE
    if not quotes.any():
        return None
    inside: NDArray[np.bool_] = (np.cumsum(quotes, dtype=np.uint8) & 1).view(bool)
    return inside


def _ends(text: NDArray[np.uint8], quoted: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    ends = text == _LINE_END
    return np.flatnonzero(ends if quoted is None else ends & ~quoted)


def _record_ends(text: NDArray[np.uint8]) -> NDArray[np.int64]:
    return _ends(text, _quoted(text))


def _line_of(block: bytes, record: int) -> int:
    """Return how many lines stand before a record of a block."""
    ends = _record_ends(np.frombuffer(block, np.uint8))
    return block[: int(ends[record - 1]) + 1].count(b"\n") if record else 0
