"""Reading a table of counts: every row checked, every total compared with its parts, all that is wrong said at once."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from re import fullmatch
from typing import Final, TextIO

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse, unopened
from buurtbalans.figures.protection.table import NOBODY, Table

_MOST_FINDINGS: Final = 50
_MOST_CELLS: Final = 5_000_000
_MOST_DIGITS: Final = 12
_NO_TEXT: Final = {".parquet", ".xlsx", ".xls", ".ods", ".json"}
_AS_CSV: Final = "Bewaar het als CSV in UTF-8."
_REPAIR: Final = "Herstel de rij in de bron en lever het bestand opnieuw."


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file: its line, area, parent, categories and count."""

    line: int
    area: str
    parent: str
    categories: tuple[str, ...]
    count: int


@dataclass(slots=True)
class Counts:
    """The rows of a file, checked one by one."""

    name: str
    by: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    def wrong(self, what: str, todo: str, line: int | None = None, column: str | None = None) -> Finding:
        """Return a finding about this file."""
        return Finding(Severity.REFUSE, what, todo, file=self.name, row=line, column=column)


def records(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file with their line; the delimiter is a comma or a semicolon.

    Raises
    ------
    Refused
        When the file is not there, is no text, misses a column, or has a row that is cut.
    """
    if path.suffix.lower() in _NO_TEXT and path.is_file():
        raise refuse(f"Dit bestand is {path.suffix.lower()}. Hier wordt alleen CSV gelezen.", _AS_CSV, file=path.name)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from _rows(lines, needed, path.name)
    except OSError as error:
        raise unopened(path, error) from None
    except (UnicodeDecodeError, csv.Error) as error:
        why = "geen tekst in UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise refuse(f"Dit bestand is niet te lezen als CSV: {why}.", _AS_CSV, file=path.name) from None


def _delimiter(header: str) -> str:
    return ";" if header.count(";") > header.count(",") else ","


def _check_header(header: list[str], needed: Sequence[str], name: str) -> None:
    missing = [column for column in needed if column not in header]
    double = sorted({column for column in needed if header.count(column) > 1})
    problems = [f"De kolom “{column}” ontbreekt." for column in missing]
    problems += [f"De kolom “{column}” komt twee keer voor." for column in double]
    if problems:
        todo = f"De kop moet deze kolommen elk één keer hebben: {', '.join(needed)}."
        if "parent" in missing:
            todo += " Met buurtbalans count --for-protect krijgt een telling die kolommen."
        raise Refused(Finding(Severity.REFUSE, what, todo, file=name, row=1) for what in problems)


def _rows(lines: TextIO, needed: Sequence[str], file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of an open CSV file with their line; empty rows are skipped."""
    first = lines.readline()
    reader = csv.reader([first], delimiter=_delimiter(first), strict=True)
    header = [name.strip() for name in next(reader, [])]
    _check_header(header, needed, file)
    body = csv.reader(lines, delimiter=_delimiter(first), strict=True)
    for cells in filter(None, body):
        line = body.line_num + 1
        if len(cells) != len(header):
            what = f"Deze rij heeft {len(cells)} velden, de kop heeft er {len(header)}. Het bestand is beschadigd."
            raise refuse(what, "Lever het hele bestand opnieuw.", file=file, row=line)
        yield line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def read_counts(path: Path, *, by: Sequence[str] = ()) -> Counts:
    """Read a file with `area`, `parent`, `count` and the `by` columns.

    Raises
    ------
    Refused
        With every row that is doubled, has no area or has a count that is not whole or is negative.
    """
    counts = Counts(path.name, tuple(by))
    problems: list[Finding] = []
    lines: dict[tuple[str, tuple[str, ...]], int] = {}
    parents: dict[str, tuple[str, int]] = {}
    for line, record in records(path, ("area", "parent", "count", *by)):
        row = Row(line, record["area"], record["parent"], tuple(record[name] for name in by), 0)
        problems += _about_count(counts, line, record["count"])
        problems += _about_row(counts, row, lines, parents)
        counts.rows.append(row if problems else replace(row, count=int(float(record["count"]))))
    if not counts.rows:
        problems.append(counts.wrong("Dit bestand heeft geen rijen.", "Lever een tabel met aantallen."))
    _refuse(problems)
    return counts


def _about_count(counts: Counts, line: int, text: str) -> Iterator[Finding]:
    if fullmatch(rf"\d{{1,{_MOST_DIGITS}}}(\.0+)?", text):
        return
    if not text:
        what, todo = "Het aantal is leeg.", "Vul het echte aantal in; afschermen gebeurt hier."
    elif text.startswith("-"):
        what, todo = f"Het aantal {text} is kleiner dan nul.", "Een aantal is nul of meer."
    else:
        what, todo = f"“{text}” is geen heel aantal.", "Lever hele aantallen, zonder punten of komma's."
    yield counts.wrong(what, todo, line, "count")


def _about_row(
    counts: Counts,
    row: Row,
    lines: dict[tuple[str, tuple[str, ...]], int],
    parents: dict[str, tuple[str, int]],
) -> Iterator[Finding]:
    if not row.area:
        yield counts.wrong("Deze rij heeft geen gebied.", "Vul de code van het gebied in.", row.line, "area")
    if not "".join((row.area, row.parent, *row.categories)).isprintable():
        yield counts.wrong("Deze rij heeft tekens die niet te lezen zijn.", _REPAIR, row.line)
    before = lines.setdefault((row.area, row.categories), row.line)
    if before != row.line:
        what = f"{_words(row.area, row.categories)} staat ook al in regel {before}."
        yield counts.wrong(what, "Laat één van de twee rijen staan.", row.line, "area")
    parent, line = parents.setdefault(row.area, (row.parent, row.line))
    if parent != row.parent:
        what = f"{row.area} hoort hier bij “{row.parent}” en in regel {line} bij “{parent}”."
        yield counts.wrong(what, "Een gebied hoort bij één ander gebied.", row.line, "parent")


def tables(files: Sequence[Counts]) -> list[Table]:
    """Return the tables of files that hold the same areas, with the categories of all of them together.

    Raises
    ------
    Refused
        With every parent that is missing, more tops than one, circles, totals that do not add up, or areas that differ.
    """
    trees = [_tree(file) for file in files]
    for tree, file in zip(trees[1:], files[1:], strict=True):
        if (tree.areas, tree.parents) != (trees[0].areas, trees[0].parents):
            other = sorted(set(tree.areas) ^ set(trees[0].areas))
            names = f" Verschil: {', '.join(other[:10])}." if other else ""
            what = f"De gebieden zijn niet dezelfde als in “{files[0].name}”.{names}"
            raise Refused([file.wrong(what, "Een andere indeling is een nieuwe reeks: laat --earlier weg.")])
    columns = range(len(files[0].by))
    chosen = [sorted({row.categories[column] for file in files for row in file.rows} | {""}) for column in columns]
    return [_table(file, tree, chosen) for file, tree in zip(files, trees, strict=True)]


@dataclass(frozen=True, slots=True)
class _Tree:
    areas: list[str]
    parents: list[int]


def _tree(file: Counts) -> _Tree:
    """Return the areas of a file as a tree, or refuse with what is wrong."""
    lines = {row.area: row.line for row in reversed(file.rows)}
    above = {row.area: row.parent for row in file.rows}
    _refuse([*_missing_parents(file, above, lines), *_second_tops(file, above, lines)])
    _refuse(list(_circular_areas(file, above, lines)))
    areas = sorted(above)
    places = {area: place for place, area in enumerate(areas)}
    return _Tree(areas, [places[above[area]] if above[area] else NOBODY for area in areas])


def _missing_parents(file: Counts, above: Mapping[str, str], lines: Mapping[str, int]) -> Iterator[Finding]:
    """Yield the parents that have no row of their own."""
    orphans: dict[str, list[str]] = {}
    for area, parent in above.items():
        if parent and parent not in above:
            orphans.setdefault(parent, []).append(area)
    for parent, areas in orphans.items():
        what = f"“{parent}” is het hogere gebied van {_some(areas)}, maar heeft zelf geen rij."
        yield file.wrong(what, "Voeg een rij toe met het totaal van dat gebied.", lines[areas[0]], "parent")


def _second_tops(file: Counts, above: Mapping[str, str], lines: Mapping[str, int]) -> Iterator[Finding]:
    """Yield the areas without a parent, beside the first."""
    tops = sorted(area for area, parent in above.items() if not parent)
    for area in tops[1:]:
        what = f"{area} heeft geen hoger gebied, net als {tops[0]}."
        yield file.wrong(what, "Er is één top: geef de andere een hoger gebied.", lines[area], "parent")


def _circular_areas(file: Counts, above: Mapping[str, str], lines: Mapping[str, int]) -> Iterator[Finding]:
    """Yield the areas that are their own ancestor."""
    for area, circle in _circles(above):
        what = f"{area} hoort bij zichzelf, via {' → '.join(circle)}."
        yield file.wrong(what, "Haal de kring uit de kolom parent.", lines[area], "parent")


def _some(areas: Sequence[str]) -> str:
    return areas[0] if len(areas) == 1 else f"{areas[0]} en {len(areas) - 1} andere"


def _circles(above: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield every circle once, with its first area."""
    done: set[str] = set()
    for start in sorted(above):
        path: dict[str, None] = {}
        area = start
        while area and area not in done and area not in path:
            path[area] = None
            area = above[area]
        if area and area in path:
            circle = list(path)[list(path).index(area) :]
            yield area, [*circle, area]
        done |= set(path)


def _table(file: Counts, tree: _Tree, categories: list[list[str]]) -> Table:
    size = len(tree.areas)
    for names in categories:
        size *= len(names)
    if size > _MOST_CELLS:
        what = f"Deze tabel heeft {size} cellen; er kunnen er {_MOST_CELLS} tegelijk."
        raise Refused([file.wrong(what, "Splits de tabel, of neem minder kolommen.")])
    shape = Table(tree.areas, tree.parents, file.by, categories, range(size), ())
    blocks = {
        tuple(names[place] for names, place in zip(categories, chosen, strict=True)): block
        for block, chosen in enumerate(shape.blocks)
    }
    places = {area: place for place, area in enumerate(tree.areas)}
    counts = [0] * size
    rows = [shape.cell(places[row.area], blocks[row.categories]) for row in file.rows]
    for cell, row in zip(rows, file.rows, strict=True):
        counts[cell] = row.count
    table = Table(tree.areas, tree.parents, file.by, categories, counts, rows)
    _refuse(_about_sums(file, table))
    return table


def _about_sums(file: Counts, table: Table) -> Iterator[Finding]:
    """Yield every total that is not the sum of its parts, or has no row."""
    lines = {cell: row.line for cell, row in zip(table.rows, file.rows, strict=True)}
    for each in table.sums():
        told, added = table.counts[each.total], sum([table.counts[part] for part in each.parts])
        if each.total not in lines:
            line = next((lines[part] for part in each.parts if part in lines), None)
            if line is not None and added:
                what = f"Het totaal van {table.name(each.total)} ontbreekt."
                yield file.wrong(
                    what, "Voeg een rij toe met dat totaal; de kolom waarover is opgeteld blijft leeg.", line
                )
        elif told != added:
            what = f"{table.name(each.total)} is {told}, maar de delen tellen op tot {added}."
            yield file.wrong(what, _REPAIR, lines[each.total], "count")


def _words(area: str, categories: Iterable[str]) -> str:
    return " · ".join([area, *(name for name in categories if name)])


def _refuse(problems: Iterable[Finding]) -> None:
    """Refuse with the first findings, and say how many more there are."""
    waiting = iter(problems)
    first = list(islice(waiting, _MOST_FINDINGS))
    more = sum(1 for _ in waiting)
    if more:
        first.append(Finding(Severity.REFUSE, f"En nog {more} andere fouten.", "Herstel eerst de fouten hierboven."))
    if first:
        raise Refused(first)
