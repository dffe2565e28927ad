"""Kerncijfers as OData v4: a row per figure with its measure and region, read by the metadata beside it."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, Weight, refuse
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
    for each in sorted(path.glob("*.json"))[:_FILES]:
        data = each.read_bytes()
        content = parsed(text.decode(data, each.name), each.name)
        if not isinstance(content, dict):
            continue
        if "@odata.nextLink" in content:
            raise refuse("Dit is één bladzijde van meer. De rest ontbreekt.", _FETCH, file=each.name)
        rows = content.get("value")
        first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
        if {"Measure", _REGION} <= set(first):
            folder.observations += rows or []
        elif {"Identifier", "Title"} <= set(first):
            told = {str(row["Identifier"]).strip(): row for row in rows or []}
            if "Unit" in first:
                folder.measures = {key: (str(row["Title"]), str(row.get("Unit") or "")) for key, row in told.items()}
            else:
                folder.regions = {key: str(row["Title"]).strip() for key, row in told.items()}
        elif {"Identifier", "Title"} <= set(content):
            folder.facts = content
        else:
            continue
        folder.files.append((each.name, hashlib.sha256(data).hexdigest()))
    return folder


def _sheet(file: str, folder: _Folder) -> Sheet:
    """Turn observations into the sheet of one region a row, as StatLine would write it."""
    cells: dict[tuple[str, str], str] = {}
    regions: dict[str, int] = {}
    measures: dict[str, None] = {}
    findings: list[Finding] = []
    for number, row in enumerate(folder.observations, start=1):
        try:
            region, measure = str(row[_REGION]).strip(), str(row["Measure"]).strip()
            cell = _cell(row)
        except KeyError as error:
            raise refuse(f"Een cijfer mist het veld {error}.", _FETCH, file=file, row=number) from None
        regions.setdefault(region, number)
        measures.setdefault(measure)
        if (region, measure) in cells:
            what = f"Gebied {region} heeft het cijfer {measure} twee keer."
            findings.append(Finding(Weight.REFUSE, what, _FETCH, file, number, measure))
        cells[region, measure] = cell
    columns = [Column("Codering", ("codering",)), Column("Title", ("wijken en buurten",))]
    columns += [_column(measure, folder) for measure in measures]
    series = [list(regions), [folder.regions.get(region, region) for region in regions]]
    series += [[cells.get((region, measure), ".") for region in regions] for measure in measures]
    if lacking := len(regions) * len(measures) - len(cells):
        what = "Niet elk gebied heeft elk cijfer. Wij lezen die als: de bron geeft het niet."
        findings.append(Finding(Weight.WARN, what, _FETCH, file, None, None, lacking))
    if unknown := [measure for measure in measures if measure not in folder.measures]:
        what = f"De beschrijving (MeasureCodes) noemt dit niet: {', '.join(unknown[:20])}."
        findings.append(Finding(Weight.WARN, what, _FETCH, file, None, None, len(unknown)))
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
        findings=findings,
        url=f"https://opendata.cbs.nl/statline/#/CBS/nl/dataset/{identifier}" if identifier else "",
    )


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
