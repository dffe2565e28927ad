"""Kerncijfers as OData v4: a row per figure with its measure and region, read by the metadata beside it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.sources import cbs, text
from buurtbalans.figures.sources.checksums import changed
from buurtbalans.figures.sources.columns import normal
from buurtbalans.figures.sources.delivery import Read
from buurtbalans.figures.sources.names import catalogue_names
from buurtbalans.figures.sources.numbers import POINT
from buurtbalans.figures.sources.records import parsed
from buurtbalans.figures.sources.sheet import Column, Sheet

_REGION: Final = "WijkenEnBuurten"
_IMPOSSIBLE: Final = "Impossible"  # the value attribute that v4 has for StatLine's blank; any other is StatLine's dot
_FILES: Final = 50
_FETCH: Final = "Haal de tabel opnieuw op met: buurtbalans fetch cbs-kwb."


@dataclass(slots=True)
class _Folder:
    """What the answers in a folder are, told by their fields and not by their names."""

    observations: list[dict[str, Any]] = field(default_factory=list)
    measures: dict[str, tuple[str, str]] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    files: list[tuple[str, str]] = field(default_factory=list)


def is_folder(path: Path) -> bool:
    """Tell whether a folder holds the observations of a v4 table."""
    return path.is_dir() and any(_speaks(each) for each in sorted(path.glob("*.json"))[:_FILES])


def _speaks(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(4_000)
    return b'"Measure"' in start and b'"ValueAttribute"' in start


def read(path: Path, period: int | None) -> Read:
    """Return the figures in a folder of v4 answers: `Observations`, `MeasureCodes`, regions and `Properties`.

    Raises
    ------
    Refused
        When an answer is damaged, a page is missing, or a figure stands in it twice.
    """
    folder = _opened(path)
    if damaged := changed(path, tuple(folder.files)):
        raise Refused(damaged)
    return cbs.read(_sheet(path.name, folder), period, catalogue_names(cbs.ID))


def _opened(path: Path) -> _Folder:
    folder = _Folder()
    for file in sorted(path.glob("*.json"))[:_FILES]:
        data = file.read_bytes()
        content = parsed(text.decode(data, file.name), file.name)
        if not isinstance(content, dict):
            continue
        if "@odata.nextLink" in content:
            raise refuse("Dit is één bladzijde van meer. De rest ontbreekt.", _FETCH, file=file.name)
        if _take(folder, content):
            folder.files.append((file.name, hashlib.sha256(data).hexdigest()))
    return folder


def _rows_in(content: dict[str, Any]) -> list[dict[str, Any]]:
    rows = content.get("value")
    return rows if isinstance(rows, list) and rows and isinstance(rows[0], dict) else []


def _identifier(row: dict[str, Any]) -> str:
    return str(row["Identifier"]).strip()


def _take(folder: _Folder, content: dict[str, Any]) -> bool:
    """Put the content of a file where it belongs, by the fields of its first row; false when it is none of ours."""
    rows = _rows_in(content)
    names = set(rows[0]) if rows else set()
    if {"Measure", _REGION} <= names:
        folder.observations += rows
    elif {"Identifier", "Title", "Unit"} <= names:
        folder.measures = {_identifier(row): (str(row["Title"]), str(row.get("Unit") or "")) for row in rows}
    elif {"Identifier", "Title"} <= names:
        folder.regions = {_identifier(row): str(row["Title"]).strip() for row in rows}
    elif {"Identifier", "Title"} <= set(content):
        folder.facts = content
    else:
        return False
    return True


def _sheet(file: str, folder: _Folder) -> Sheet:
    """Turn observations into the sheet of one region a row, as StatLine would write it."""
    table = _cells_of(file, folder)
    regions, measures, cells = table.regions, table.measures, table.cells
    columns = [Column("Codering", ("codering",)), Column("Title", ("wijken en buurten",))]
    columns += [_column(measure, folder) for measure in measures]
    series = [list(regions), [folder.regions.get(region, region) for region in regions]]
    series += [[cells.get((region, measure), ".") for region in regions] for measure in measures]
    title = str(folder.facts.get("Title", ""))
    year = re.search(r"\b20\d\d\b", title)
    identifier = str(folder.facts.get("Identifier", ""))
    frame = pl.DataFrame({str(place): pl.Series(column, dtype=pl.String) for place, column in enumerate(series)})
    return Sheet(
        file,
        columns,
        frame,
        list(regions.values()),
        Absence.NOT_APPLICABLE,
        number=POINT,
        year=int(year[0]) if year else None,
        title=title,
        files=tuple(folder.files),
        findings=[*table.findings, *_missing_parts(file, folder, table)],
        url=f"https://opendata.cbs.nl/statline/#/CBS/nl/dataset/{identifier}" if identifier else "",
    )


@dataclass
class _CellTable:
    """Observations as cells: each region with its first line, each measure in the order of the file."""

    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    regions: dict[str, int] = field(default_factory=dict)
    measures: dict[str, None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def _cells_of(file: str, folder: _Folder) -> _CellTable:
    """The observations by region and measure; one that comes twice is refused."""
    table = _CellTable()
    for number, row in enumerate(folder.observations, start=1):
        try:
            region, measure = str(row[_REGION]).strip(), str(row["Measure"]).strip()
            cell = _cell(row)
        except KeyError as error:
            raise refuse(f"Een cijfer mist het veld {error}.", _FETCH, file=file, row=number) from None
        table.regions.setdefault(region, number)
        table.measures.setdefault(measure)
        if (region, measure) in table.cells:
            what = f"Gebied {region} heeft het cijfer {measure} twee keer."
            table.findings.append(Finding(Severity.REFUSE, what, _FETCH, file, number, measure))
        table.cells[region, measure] = cell
    return table


def _missing_parts(file: str, folder: _Folder, table: _CellTable) -> Iterator[Finding]:
    """Warn about cells that lack, and about measures that nothing describes."""
    if lacking := len(table.regions) * len(table.measures) - len(table.cells):
        what = "Niet elk gebied heeft elk cijfer. Wij lezen die als: de bron geeft het niet."
        yield Finding(Severity.WARN, what, _FETCH, file, None, None, lacking)
    if unknown := [measure for measure in table.measures if measure not in folder.measures]:
        what = f"De beschrijving (MeasureCodes) noemt dit niet: {', '.join(unknown[:20])}."
        yield Finding(Severity.WARN, what, _FETCH, file, None, None, len(unknown))


def _cell(row: dict[str, Any]) -> str:
    """Return a figure as StatLine writes it: blank cannot occur, a dot is unknown or secret."""
    value, words = row["Value"], row.get("StringValue")
    if value is not None:
        return str(value)
    if words is not None:
        return str(words)
    return "" if row.get("ValueAttribute") == _IMPOSSIBLE else "."


def _column(measure: str, folder: _Folder) -> Column:
    if measure not in folder.measures:
        return Column(measure, (normal(measure),))
    title, unit = folder.measures[measure]
    plain = normal(title)
    return Column(title.strip(), (f"{plain} {normal(unit)}".strip(), plain))
