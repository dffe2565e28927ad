"""Kerncijfers as an OData v3 typed data set in Parquet, with the descriptions that lie beside it."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from buurtbalans.figures.findings import Finding, Severity, refuse
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.sources import parquet, text
from buurtbalans.figures.sources.columns import from_key, normal
from buurtbalans.figures.sources.sheet import Column, Sheet, per_row

_TYPED: Final = {"WijkenEnBuurten", "Codering_3"}
_PROPERTIES: Final = {"Key", "Title", "Unit", "ParentID"}
_REGIONS: Final = {"Key", "Title", "Municipality"}
_SIBLINGS: Final = 50
_FOLDER: Final = "Geef de map met alle bestanden van de tabel, of het bestand TypedDataSet."


@dataclass(slots=True)
class _Beside:
    """What lies beside the data: titles of columns, names of regions, the facts of the table."""

    titles: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    files: list[tuple[str, str]] = field(default_factory=list)


def read(path: Path) -> Sheet | None:
    """Return the sheet of a typed data set, or None when this Parquet file is something else.

    Raises
    ------
    Refused
        When the file is damaged, when it is one of the descriptions, or when rows are lacking.
    """
    frame = parquet.table(path)
    if set(frame.columns) >= _PROPERTIES or set(frame.columns) >= _REGIONS:
        raise refuse("Dit bestand beschrijft de tabel. De cijfers staan in een ander bestand.", _FOLDER, file=path.name)
    if not set(frame.columns) >= _TYPED:
        return None
    beside = _beside(path, frame)
    findings = _checked(path.name, frame, beside)
    codes = frame["WijkenEnBuurten"].str.strip_chars()
    names = codes.replace_strict(beside.names, default=codes) if beside.names else codes
    frame = frame.with_columns(names.alias("names"))
    columns = [_column(key, beside.titles) for key in frame.columns[:-1]]
    columns.append(Column("Title", ("wijken en buurten",)))
    title = str(beside.facts.get("Title", ""))
    year = re.search(r"\b20\d\d\b", title)
    identifier = str(beside.facts.get("Identifier", ""))
    return Sheet(
        path.name,
        columns,
        frame.rename({key: str(place) for place, key in enumerate(frame.columns)}),
        list(range(1, frame.height + 1)),
        Absence.WITHHELD_AT_SOURCE,
        year=int(year[0]) if year else None,
        title=title,
        url=f"https://opendata.cbs.nl/statline/#/CBS/nl/dataset/{identifier}" if identifier else "",
        files=((path.name, _sha256(path)), *beside.files),
        findings=findings,
    )


def data_file(folder: Path) -> Path:
    """Return the one typed data set in a folder.

    Raises
    ------
    Refused
        When the folder has none, or more than one.
    """
    schemas = parquet.columns(_siblings(folder, "*.parquet"))
    candidates = [path for path, names in schemas.items() if names >= _TYPED]
    if len(candidates) != 1:
        what = "In deze map staat geen tabel van Kerncijfers." if not candidates else "In deze map staan meer tabellen."
        raise refuse(what, _FOLDER, file=folder.name)
    return candidates[0]


def _column(key: str, titles: dict[str, tuple[str, str]]) -> Column:
    if key == "WijkenEnBuurten":
        return Column(key, ("codering",))
    if key == "ID":
        return Column(key, ("id",))
    if key not in titles:
        return Column(key, (from_key(key),))
    title, of = titles[key]
    plain = normal(title)
    return Column(key, (f"{plain} {normal(of)}".strip(), plain))


def _beside(path: Path, frame: pl.DataFrame) -> _Beside:
    """Find the descriptions by what is in them: a file counts only when it speaks of these very columns or codes."""
    metadata = _Beside()
    others = [other for other in _siblings(path.parent, "*.parquet") if other != path]
    for other, schema in parquet.columns(others).items():
        if schema >= _PROPERTIES:
            table = parquet.table(other).filter(pl.col("Key").is_in(frame.columns))
            metadata.titles = dict(
                zip(table["Key"], zip(table["Title"], table["Unit"].fill_null(""), strict=True), strict=True)
            )
        elif schema >= _REGIONS:
            table = parquet.table(other)
            metadata.names = dict(zip(table["Key"].str.strip_chars(), table["Title"].str.strip_chars(), strict=True))
        else:
            continue
        metadata.files.append((other.name, _sha256(other)))
    for other in _siblings(path.parent, "*.json"):
        facts = _json(other)
        if {"Identifier", "Title", "RecordCount"} <= set(facts) and str(facts["Identifier"]) in path.name:
            metadata.facts = facts
            metadata.files.append((other.name, _sha256(other)))
    return metadata


def _checked(file: str, frame: pl.DataFrame, beside: _Beside) -> list[Finding]:
    """Compare the rows with what the descriptions promise."""
    if not frame.height:
        raise refuse("Het bestand heeft geen enkele regel.", text.FETCH, file=file)
    findings: list[Finding] = []
    promised = beside.facts.get("RecordCount", frame.height)
    if promised != frame.height:
        what = f"Het bestand heeft {frame.height} regels. De beschrijving belooft er {promised}."
        findings.append(Finding(Severity.REFUSE, what, text.FETCH, file))
    codes = frame["WijkenEnBuurten"].str.strip_chars()
    other = (codes != frame["Codering_3"].str.strip_chars()).fill_null(True)
    findings += per_row(
        "De twee kolommen met codes spreken elkaar tegen.",
        text.FETCH,
        file=file,
        lines=(other.arg_true() + 1).to_list(),
        column="Codering_3",
    )
    if not beside.titles:
        what = "De beschrijving van de kolommen (DataProperties) ontbreekt. Sommige kolommen herkennen wij nu niet."
        findings.append(Finding(Severity.WARN, what, _FOLDER, file))
    if not beside.names:
        what = "De namen van de gebieden (WijkenEnBuurten) ontbreken. Wij tonen de codes."
        findings.append(Finding(Severity.WARN, what, _FOLDER, file))
    elif unnamed := [row + 1 for row, code in enumerate(codes) if code not in beside.names]:
        what = "Dit gebied staat niet in de lijst met namen."
        findings += per_row(what, text.FETCH, file=file, lines=unnamed, column="WijkenEnBuurten")
    return findings


def _siblings(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))[:_SIBLINGS]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _json(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError):
        return {}
    return content if isinstance(content, dict) else {}
