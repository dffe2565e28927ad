"""What was published before, read back and compared with the counts it was made from; and what will be, as a table."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.history import Earlier
from buurtbalans.figures.protection.protect import Protected
from buurtbalans.figures.protection.reading import Counts, records, tables
from buurtbalans.figures.protection.releases import PublishedCell
from buurtbalans.figures.protection.table import Table

_REASONS: Final = {"": None, "too_few": Absence.TOO_FEW, "protects_another": Absence.PROTECTS_ANOTHER}
_PAIR: Final = "Geef bij --earlier de aantallen en de uitgave die daarvan is gemaakt, als AANTALLEN=UITGAVE."


def with_earlier(now: Counts, before: Sequence[tuple[Counts, Path]]) -> tuple[Table, list[Earlier]]:
    """Return the table of now and the earlier releases, the oldest first, on the same areas and categories.

    Raises
    ------
    Refused
        When a release does not belong to its counts, or the areas differ.
    """
    made = tables([now, *(counts for counts, _ in before)])
    earlier_tables: list[Earlier] = []
    for table, (counts, path) in zip(made[1:], before, strict=True):
        earlier_tables.append(Earlier(path.name, table, _cells(table, counts, path, earlier_tables)))
    return made[0], earlier_tables


def _cells(table: Table, counts: Counts, path: Path, before: Sequence[Earlier]) -> list[PublishedCell]:
    """Return what a release published of every cell; a combination without a row is 0."""
    keys = {(row.area, row.categories): cell for cell, row in zip(table.rows, counts.rows, strict=True)}
    cells = [PublishedCell(count) for count in table.counts]
    missing = set(keys)
    problems: list[Finding] = []
    for line, record in records(path, ("area", *counts.by, "count", "absence", "as_of")):
        key = (record["area"], tuple(record[name] for name in counts.by))
        if key not in missing:
            what = f"{record['area']} staat niet of vaker dan één keer in “{counts.name}”."
            problems.append(Finding(Severity.REFUSE, what, _PAIR, file=path.name, row=line))
            continue
        missing.discard(key)
        cell = keys[key]
        for what in _about(table.counts[cell], cell, record, before):
            problems.append(Finding(Severity.REFUSE, what, _PAIR, file=path.name, row=line))
        if not problems:
            cells[cell] = _published_cell(record)
    for area, _ in sorted(missing):
        problems.append(Finding(Severity.REFUSE, f"{area} ontbreekt in deze uitgave.", _PAIR, file=path.name))
    if problems:
        raise Refused(problems[:50])
    return cells


def _published_cell(record: dict[str, str]) -> PublishedCell:
    count = int(float(record["count"])) if record["count"] else None
    return PublishedCell(count, _REASONS[record["absence"]], record["as_of"])


def _about(count: int, cell: int, record: dict[str, str], before: Sequence[Earlier]) -> Iterator[str]:
    """Yield what is wrong with one published count."""
    shown, absence, as_of = record["count"], record["absence"], record["as_of"]
    if absence not in _REASONS:
        yield f"“{absence}” is hier geen reden."
    elif bool(shown) == bool(absence):
        yield "Een aantal is te zien, of heeft een reden: één van de twee."
    elif as_of:
        kept = [str(each.cells[cell].value) for each in before if each.name == as_of and not each.cells[cell].as_of]
        if shown not in kept:
            yield f"Dit aantal zou uit “{as_of}” komen, maar die uitgave gaf het niet."
    elif shown and shown != str(count):
        yield f"Het aantal is {count}, maar hier staat {shown}."


def frame(protected: Protected) -> pl.DataFrame:
    """Return the rows of the counts, in their order, with `count`, `absence` and `as_of`."""
    cells = [protected.cells[cell] for cell in protected.table.rows]
    return pl.DataFrame(
        {
            **_key_columns(protected.table),
            "count": pl.Series([cell.value for cell in cells], dtype=pl.Int64),
            "absence": pl.Series([str(cell.absence) if cell.absence else None for cell in cells], dtype=pl.String),
            "as_of": pl.Series([cell.as_of or None for cell in cells], dtype=pl.String),
        }
    )


def _key_columns(table: Table) -> dict[str, pl.Series]:
    """Return what identifies the rows: `area`, `parent` and the columns with categories."""
    size = len(table.areas)
    columns: dict[str, pl.Series] = {
        "area": pl.Series([table.areas[cell % size] for cell in table.rows], dtype=pl.String),
        "parent": pl.Series([_parent(table, cell % size) for cell in table.rows], dtype=pl.String),
    }
    for place, name in enumerate(table.by):
        chosen = [table.categories[place][table.blocks[cell // size][place]] or None for cell in table.rows]
        columns[name] = pl.Series(chosen, dtype=pl.String)
    return columns


def _parent(table: Table, area: int) -> str | None:
    parent = table.parents[area]
    return None if parent < 0 else table.areas[parent]
