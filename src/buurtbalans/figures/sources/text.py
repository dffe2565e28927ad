"""Delimited text: bytes to rows, strict, so that a damaged file is seen and never half read."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.figures.sources.sheet import per_row

_MARKS = {b"PK": "een Excel- of zip-bestand", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"%PDF": "een PDF"}
_DELIMITERS = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "streep"}
CUT = "Het bestand is afgebroken: de laatste regel houdt midden in op."
FETCH = "Haal het bestand opnieuw op bij de bron."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file where it begins, and its cells."""

    line: int
    cells: list[str]


def decode(data: bytes, file: str) -> str:
    """Return the text of a file, its byte order mark dropped.

    Raises
    ------
    Refused
        When the file is empty, is no text, or holds bytes that are no UTF-8; the line is named.

    Examples
    --------
    >>> decode(b"\\xef\\xbb\\xbfa;b\\r\\n", "x.csv")
    'a;b\\r\\n'
    """
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise refuse("Het bestand is leeg.", FETCH, file=file)
    for mark, kind in _MARKS.items():
        if data.startswith(mark):
            raise refuse(f"Dit is {kind}, geen gewone tekst.", "Bewaar het als CSV (UTF-8).", file=file, row=1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refuse(
            "In deze regel staat een teken dat niet leesbaar is.", "Bewaar het bestand als UTF-8.", file=file, row=line
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise refuse("In deze regel staat een leeg teken (nul).", FETCH, file=file, row=line)
    return text


def delimiter(header: str, expected: str, file: str, line: int) -> str:
    """Return the expected delimiter, or refuse when the header line clearly uses another one.

    Raises
    ------
    Refused
        When another delimiter occurs more often outside the quotes of the header.

    Examples
    --------
    >>> delimiter('"a, b";c;d', ";", "x.csv", 1)
    ';'
    """
    bare = "".join(header.split('"')[::2])
    counts = Counter({mark: bare.count(mark) for mark in _DELIMITERS if mark != "|"})
    most_common, times = counts.most_common(1)[0]
    if counts[expected] < times:
        what = (
            f"De kolommen zijn gescheiden met een {_DELIMITERS[most_common]}. Hier hoort een {_DELIMITERS[expected]}."
        )
    elif not times:
        what = f"De kolommen zijn niet gescheiden met een {_DELIMITERS[expected]}."
    else:
        return expected
    raise refuse(what, "Haal het bestand op als CSV, zonder het te bewerken.", file=file, row=line)


def rows(text: str, mark: str, file: str) -> tuple[list[Row], list[Finding]]:
    """Return the rows that hold something, and what is damaged about them.

    A last line without the line end that all others have is a cut file; the torn row is left out and reported.

    Raises
    ------
    Refused
        When a quote is never closed or stands in a wrong place, so that no row after it can be trusted.

    Examples
    --------
    >>> [row.cells for row in rows("a;b\\n1;2\\n", ";", "x.csv")[0]]
    [['a', 'b'], ['1', '2']]
    >>> rows("a;b\\n1;2", ";", "x.csv")[1][0].row
    2
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    parsed: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cells):
                parsed.append(Row(line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        torn = "unexpected end of data" in str(error)
        what = f"{CUT} Een aanhalingsteken sluit niet." if torn else "In deze regel klopt een aanhalingsteken niet."
        raise refuse(what, FETCH, file=file, row=line) from None
    if not text.endswith("\n") and len(parsed) > 0:
        torn_row = parsed.pop()
        todo = f"{FETCH} Is het bestand wel heel? Zet dan een regeleinde achter de laatste regel."
        return parsed, [Finding(Severity.REFUSE, CUT, todo, file, torn_row.line)]
    return parsed, []


def fitting(candidates: list[Row], header: list[str], file: str) -> tuple[list[Row], list[Finding]]:
    """Return the rows as wide as the header, and a finding for each that is not.

    Examples
    --------
    >>> fit, findings = fitting([Row(2, ["1"]), Row(3, ["1", "2"])], ["a", "b"], "x.csv")
    >>> [row.line for row in fit], findings[0].row, findings[0].what
    ([3], 2, 'Deze regel heeft 1 kolom; de kop heeft er 2.')
    """
    width = len(header)
    findings: list[Finding] = []
    wrong: dict[int, list[int]] = {}
    for row in candidates:
        if len(row.cells) != width:
            wrong.setdefault(len(row.cells), []).append(row.line)
    for size, lines in wrong.items():
        columns = "1 kolom" if size == 1 else f"{size} kolommen"
        what = f"Deze regel heeft {columns}; de kop heeft er {width}."
        findings += per_row(what, FETCH, file=file, lines=lines)
    return [row for row in candidates if len(row.cells) == width], findings


def frame_of(rows: Sequence[Row], width: int) -> pl.DataFrame:
    """The cells of rows as text: a column per place, named by its number; also when there is no row."""
    columns = list(zip(*(row.cells for row in rows), strict=True)) or [()] * width
    return pl.DataFrame({str(place): pl.Series(cells, dtype=pl.String) for place, cells in enumerate(columns)})


def body(lines: list[Row], file: str) -> None:
    """Refuse a file that has a header and nothing below it."""
    if not lines:
        raise Refused([Finding(Severity.REFUSE, "Onder de kop staat geen enkele regel.", FETCH, file)])
