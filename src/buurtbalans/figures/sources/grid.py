"""A grid: any table of rows and columns from CSV, Excel, OpenDocument or JSON, its cells as text."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, refuse
from buurtbalans.figures.sources import parquet, text, workbook
from buurtbalans.figures.sources.columns import normal
from buurtbalans.figures.sources.plain import Plain, plain
from buurtbalans.figures.sources.records import from_frame, from_json

_MARKS = (";", ",", "\t")


@dataclass(frozen=True, slots=True)
class Grid:
    """One table, read whole.

    `frame` has a column of text per name of `header`, named "0", "1", …; `lines` says where each row begins;
    `exact` tells that numbers were numbers in the file, so a point in a cell is a decimal point.
    """

    file: str
    header: list[str]
    frame: pl.DataFrame
    lines: Sequence[int]
    exact: bool
    files: tuple[tuple[str, str], ...]
    findings: list[Finding] = field(default_factory=list)

    def find_column(self, name: str) -> str | None:
        """Return the frame column with this name: exactly this name, else the same letters and digits."""
        if name in self.header:
            return str(self.header.index(name))
        plain = [normal(each) for each in self.header]
        return str(plain.index(normal(name))) if normal(name) and normal(name) in plain else None

    def column(self, place: str) -> pl.Series:
        """Return the cells of a column, stripped."""
        return self.frame[place].str.strip_chars(" \t\xa0")


def grid_of(path: Path, *, sheet: str | None = None, header: int | None = None) -> Grid | None:
    """Return the table in a file, or None when the file holds no table.

    Parameters
    ----------
    path
        A text with `;`, `,` or tab between the columns, .xlsx, .xls, .ods, a list of records in JSON, or Parquet.
    sheet
        Which sheet of a workbook; the first when absent.
    header
        The line of the header; the first that is not empty when absent.

    Raises
    ------
    Refused
        When the file is damaged.
    """
    with path.open("rb") as file:
        data = file.read()
    files = ((path.name, hashlib.sha256(data).hexdigest()),)
    if parquet.is_parquet(path):
        return _of_frame(path.name, parquet.table(path), files)
    if workbook.is_workbook(data):
        return _shaped(path.name, workbook.rows(path, sheet), [], True, files, header)
    content = text.decode(data, path.name)
    del data  # a big file is in memory once
    if content.lstrip()[:1] in ("[", "{"):
        records = from_json(content, path.name)
        return _shaped(path.name, records, [], True, files, 1) if records else None
    return _delimited(content, path.name, files, header)


def _of_frame(file: str, frame: pl.DataFrame, files: tuple[tuple[str, str], ...]) -> Grid:
    if frame.is_empty() or any(isinstance(kind, pl.List | pl.Struct | pl.Binary) for kind in frame.dtypes):
        raise refuse("Dit bestand bevat geen gewone tabel.", text.FETCH, file=file)
    return Grid(file, frame.columns, from_frame(frame), range(2, frame.height + 2), True, files)


def _delimited(content: str, file: str, files: tuple[tuple[str, str], ...], header: int | None) -> Grid | None:
    at, start = _header(content, header)
    if start is None:
        raise refuse(f"Het bestand heeft geen regel {header}. Daar hoort de kop te staan.", text.FETCH, file=file)
    below = content[start:]
    bare = "".join(below.partition("\n")[0].split('"')[::2])
    mark = max(_MARKS, key=bare.count)
    if not bare.count(mark):
        return None
    if (plain_table := plain(below, mark, at + 1)) and not plain_table.frame.is_empty():
        return _of_plain(file, plain_table, files, at + 1)
    told, findings = text.rows(below, mark, file)
    rows = [(row.line + at, row.cells) for row in told]
    return _shaped(file, rows, findings, False, files, at + 1)


def _header(content: str, header: int | None) -> tuple[int, int | None]:
    """Return how many lines stand before the header and where it begins: the line asked for, or the first with text."""
    at, start = 0, 0
    while start <= len(content):
        end = content.find("\n", start)
        end = len(content) if end < 0 else end
        if at + 1 == header or (not header and content[start:end].strip()):
            return at, start
        at, start = at + 1, end + 1
    return at, None


def _of_plain(file: str, plain_table: Plain, files: tuple[tuple[str, str], ...], line: int) -> Grid:
    names, frame = [name.strip() for name in plain_table.header], plain_table.frame
    width = len(names)
    while width > 1 and not names[width - 1] and not (frame[str(width - 1)].str.strip_chars() != "").any():
        width -= 1
    names = names[:width]
    _once(names, file, line)
    return Grid(file, names, frame.select(frame.columns[:width]), plain_table.lines, False, files)


def _once(names: list[str], file: str, line: int) -> None:
    """Refuse a header with a name twice."""
    if doubled := [name for name, times in Counter(names).items() if times > 1 and name]:
        what = f"De kop heeft twee keer dezelfde naam: {', '.join(doubled)}."
        raise refuse(what, "Geef elke kolom een eigen naam.", file=file, row=line)


def _shaped(
    file: str,
    rows: list[tuple[int, list[str]]],
    findings: list[Finding],
    exact: bool,
    files: tuple[tuple[str, str], ...],
    header: int | None,
) -> Grid:
    below = [row for row in rows if header is None or row[0] >= header]
    if not below:
        raise Refused(findings or refuse("Het bestand heeft geen enkele regel.", text.FETCH, file=file).findings)
    names = [name.strip() for name in below[0][1]]
    width = _width(names, below)
    body = [text.Row(line, _cut(cells, len(names), width)) for line, cells in below[1:]]
    names = names[:width]
    _once(names, file, below[0][0])
    if not findings:
        text.body(body, file)
    fit, misfits = text.fitting(body, names, file)
    frame = text.frame_of(fit, len(names))
    return Grid(file, names, frame, [row.line for row in fit], exact, files, findings + misfits)


def _cut(cells: list[str], length: int, width: int) -> list[str]:
    """The cells of a row without the empty last columns; a row of another length stays as it is."""
    return cells[:width] if len(cells) == length else cells


def _width(names: list[str], rows: list[tuple[int, list[str]]]) -> int:
    """Return how many columns there are: a mark at the end of every line makes a last one without name or cells."""
    width = len(names)
    fit = [cells for _, cells in rows if len(cells) == len(names)]
    while width > 1 and not names[width - 1] and not any(cells[width - 1].strip() for cells in fit):
        width -= 1
    return width


def header_of(content: str) -> list[str]:
    """Return the names in the first line of a text that is not empty, whatever stands between them.

    Examples
    --------
    >>> header_of('jaar;gebiedcode15;variabele;waarde\\n2008;STAD;BEVTOTAAL;1\\n')
    ['jaar', 'gebiedcode15', 'variabele', 'waarde']
    """
    first = next((line for line in content[:20_000].split("\n") if line.strip()), "")
    mark = max(_MARKS, key=first.count)
    try:
        return [name.strip() for name in next(csv.reader(io.StringIO(first.strip("\r\ufeff")), delimiter=mark), [])]
    except csv.Error:
        return []
