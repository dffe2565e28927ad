"""Reads one file of a case row by row: every cell checked, everything wrong told at once, nothing of a person kept."""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.findings import Finding, Severity, unopened
from buurtbalans.placing.columns import FILES, Column, Kind, Unread, empty, value
from buurtbalans.placing.people import is_forbidden, leads_to, odd_ones

SHOWN: Final = 5  # rows with the same fault that are told one by one
LONG: Final = 400  # a cell is no letter
_LIKE: Final = "Dit lijkt op {}."
_AWAY: Final = "Haal het weg. Een lijst kent alleen werknummers en codes, en niemand bij naam."


@dataclass
class Rows:
    """The rows of one file: per column its values, and for each row where it stands in the file."""

    file: str
    columns: dict[str, list[Any]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    sha256: str = ""

    def __len__(self) -> int:
        return len(self.lines)

    def sorted_by(self, *names: str) -> "Rows":
        """Return the rows in the order of some columns, so that the order of the file decides nothing."""
        keys = list(zip(*(self.columns[name] for name in names), strict=True))
        order = sorted(range(len(self)), key=keys.__getitem__)
        columns = {name: [cells[row] for row in order] for name, cells in self.columns.items()}
        return Rows(self.file, columns, [self.lines[row] for row in order], self.sha256)


class Desk:
    """Gathers what is wrong in the files of a case; the same fault in many rows becomes one finding with a count."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def wrong(self, what: str, todo: str, file: str, row: int | None = None, column: str | None = None) -> None:
        """Note a fault."""
        self.findings.append(Finding(Severity.REFUSE, what, todo, file, row, column))

    def told(self) -> list[Finding]:
        """Return all findings by file and row; a fault of many rows stands at the first of them, with how often."""
        alike: dict[tuple[str, str | None, str], list[Finding]] = defaultdict(list)
        for finding in sorted(self.findings, key=_place):
            alike[finding.file, finding.column, finding.what].append(finding)
        grouped = [[replace(same[0], times=len(same))] if len(same) > SHOWN else same for same in alike.values()]
        return sorted(chain.from_iterable(grouped), key=_place)


def _place(one: Finding) -> tuple[int, int]:
    """Return where a finding stands: the files in our order, each from above."""
    return list(FILES).index(one.file) if one.file in FILES else len(FILES), one.row or 0


def read_rows(path: Path, columns: Sequence[Column], desk: Desk) -> Rows:
    """Read a file of a case; a file that is not there has no rows."""
    rows = Rows(path.name, {column.name: [] for column in columns})
    first, *body = _lines(path, desk) or [[]]
    head = [name.strip() for name in first]
    if not path.exists() or not _heads(head, columns, rows.file, desk):
        return rows
    places = _positions(head, columns)
    for line, cells in enumerate(body, start=2):
        if not "".join(cells).strip():
            continue
        if len(cells) == len(head):
            _take(rows, places, cells, line, desk)
        else:
            todo = "Kijk of een komma in een cel tussen aanhalingstekens staat."
            desk.wrong(f"Deze regel heeft {len(cells)} cellen; de kop heeft er {len(head)}.", todo, rows.file, line)
    _report_names(rows, columns, desk)
    rows.sha256 = _sha256(head, body)
    return rows


def _positions(head: list[str], columns: Sequence[Column]) -> list[tuple[Column, int | None]]:
    """Every column with its position in the header, or None where the header lacks it; of a repeated one the first."""
    return [(column, head.index(column.name) if column.name in head else None) for column in columns]


def _report_names(rows: Rows, columns: Sequence[Column], desk: Desk) -> None:
    """Report each working number that looks like a name among the others of its column."""
    for name in (column.name for column in columns if column.kind is Kind.NUMBER):
        for at in odd_ones([number or "" for number in rows.columns[name]]):
            desk.wrong(_LIKE.format("een naam"), _AWAY, rows.file, rows.lines[at], name)


def _lines(path: Path, desk: Desk) -> list[list[str]]:
    """Return all lines of a file as cells; a file that cannot be read is told."""
    if not path.exists():
        return []
    try:
        return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except OSError as error:
        desk.findings.extend(unopened(path.name, error).findings)
    except (UnicodeDecodeError, csv.Error):
        desk.wrong("Dit bestand is geen CSV in UTF-8.", "Bewaar het als CSV UTF-8.", path.name)
    return []


def _heads(head: list[str], columns: Sequence[Column], file: str, desk: Desk) -> bool:
    """Whether the header can be read; unknown, repeated and missing columns are added to the findings."""
    if len(head) == 1 and ";" in head[0]:
        desk.wrong("De kolommen staan gescheiden door ;.", "Bewaar het bestand met komma's ertussen.", file)
        return False
    for name in sorted(set(head)):
        if head.count(name) > 1:
            desk.wrong(f"De kolom {name} staat er {head.count(name)} keer.", "Laat er één staan.", file, 1, name)
    _report_columns(head, columns, file, desk)
    return True


def _report_columns(head: list[str], columns: Sequence[Column], file: str, desk: Desk) -> None:
    """Report the columns of a header that are forbidden, unknown or missing."""
    known = {column.name for column in columns}
    for name in filter(is_forbidden, head):
        what = "Deze kolom is niet gelezen: hierop mag niemand geplaatst worden."
        desk.findings.append(Finding(Severity.WARN, what, "Haal haar uit het bestand.", file, 1, name))
    for name in head:
        if name in known or is_forbidden(name):
            continue
        todo = f"Haal haar weg. Dit bestand kent: {', '.join(column.name for column in columns)}."
        desk.wrong("Deze kolom hoort hier niet.", todo, file, 1, name[:40])
    for column in columns:
        if column.name not in head and not column.optional:
            desk.wrong(f"De kolom {column.name} ontbreekt.", "Voeg haar toe; de cellen mogen leeg zijn.", file, 1)


def _take(rows: Rows, places: Sequence[tuple[Column, int | None]], cells: Sequence[str], line: int, desk: Desk) -> None:
    rows.lines.append(line)
    for column, place in places:
        value = empty(column) if place is None else _read(column, cells[place].strip(), rows.file, line, desk)
        rows.columns[column.name].append(value)


def _read(column: Column, cell: str, file: str, line: int, desk: Desk) -> Any:
    if not cell:
        if column.filled:
            desk.wrong("Deze cel is leeg.", f"Vul hier een {column.kind.value} in.", file, line, column.name)
        return empty(column)
    for part in _words(column, cell):
        if person := leads_to(part):
            desk.wrong(_LIKE.format(person), _AWAY, file, line, column.name)
            return empty(column)
    try:
        if len(cell) > LONG:
            raise Unread("Dit is vrije tekst.", "Haal het weg.")
        return value(column, cell)
    except Unread as unread:
        desk.wrong(unread.what, unread.todo, file, line, column.name)
        return empty(column)


def _words(column: Column, cell: str) -> Iterator[str]:
    """Yield the parts of a cell that may lead to a person: of codes each one, of dates and small numbers none."""
    if column.kind in (Kind.NUMBER, Kind.CODE):
        yield cell[:LONG]
    elif column.kind is Kind.CODES:
        yield from (part.strip() for part in cell[:LONG].split(";"))
    elif column.kind is not Kind.DATE and len(cell) > 7:
        yield cell[:LONG]


def _sha256(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return the hash of a file with its rows sorted, without the columns that nobody may be placed by."""
    kept = [place for place, name in enumerate(head) if not is_forbidden(name)]
    rows = sorted(tuple(cells[place].strip() for place in kept) for cells in lines if len(cells) == len(head))
    said = io.StringIO()
    csv.writer(said, lineterminator="\n").writerows([tuple(head[place] for place in kept), *rows])
    return hashlib.sha256(said.getvalue().encode()).hexdigest()
