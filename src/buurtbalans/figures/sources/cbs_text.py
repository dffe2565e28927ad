"""Kerncijfers as text in three layouts: the new StatLine export, the old one, and a table rewritten by R."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from buurtbalans.figures.findings import Finding, Refused, refuse
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.sources import text
from buurtbalans.figures.sources.columns import from_path, from_r, normal, unit
from buurtbalans.figures.sources.sheet import Column, Sheet

_R_NUMBER: Final = r"^-?\d+([.,]\d+)?(e[+-]?\d+)?$"
_HEADER_LINES: Final = {"new": 1, "old": 5, "r": 1}
_SUBJECT: Final = "Onderwerp"
_YEAR: Final = re.compile(r"\b(20\d\d|199\d)\b")
# StatLine closes an export with a line that names the publisher; it is no row of figures.
_CLOSING: Final = re.compile(r"^(bron:|©)", re.IGNORECASE)


def layout(content: str) -> str | None:
    """Tell the layout of a text by its first lines: `new`, `old`, `r`, or None.

    Examples
    --------
    >>> layout('"Wijken en buurten";"Regioaanduiding/Codering (code)"\\n')
    'new'
    >>> layout("Kerncijfers wijken en buurten 2016;;\\n;;\\n;Onderwerp;\\n")
    'old'
    >>> layout('"","Wijken.en.buurten","Regioaanduiding.Codering..code."\\n')
    'r'
    >>> layout("naam;waarde\\n") is None
    True
    """
    first, *others = content[:20_000].split("\n", 5)
    if "Wijken.en.buurten" in first or "Regioaanduiding." in first:
        return "r"
    if "Wijken en buurten" in first and ("Regioaanduiding/" in first or "(aantal)" in first):
        return "new"
    if "kerncijfers wijken en buurten" in normal(first) and any(_SUBJECT in line for line in others[:4]):
        return "old"
    return None


def read(path: Path) -> Sheet | None:
    """Return the sheet of a text file, or None when it is not Kerncijfers; see `parsed`."""
    return parsed(path.read_bytes(), path.name)


def parsed(data: bytes, file: str) -> Sheet | None:
    """Return the sheet in the bytes of a text file, or None when it is not Kerncijfers.

    Raises
    ------
    Refused
        When the file is damaged in a way that leaves no rows to look at.
    """
    content = text.decode(data, file)
    kind = layout(content)
    if kind is None:
        return None
    if content.count("\n") < _HEADER_LINES[kind]:
        raise refuse(text.CUT, text.FETCH, file=file, row=content.count("\n") + 1)
    build = {"new": _new, "old": _old, "r": _r}[kind]
    return build(content, file, ((file, hashlib.sha256(data).hexdigest()),))


def _new(content: str, file: str, files: tuple[tuple[str, str], ...]) -> Sheet:
    mark = text.delimiter(content.split("\n", 1)[0], ";", file, 1)
    rows, findings = text.rows(content, mark, file)
    header, rows = _head(rows, findings)
    columns = [Column(name.strip(), tuple(_with_unit(from_path(name), unit(name)))) for name in header]
    return _sheet(columns, rows, findings, file=file, files=files, blank=Absence.NOT_APPLICABLE)


def _r(content: str, file: str, files: tuple[tuple[str, str], ...]) -> Sheet:
    mark = text.delimiter(content.split("\n", 1)[0], ",", file, 1)
    rows, findings = text.rows(content, mark, file)
    header, rows = _head(rows, findings)
    columns = [Column(name, tuple(_with_unit([from_r(name)], unit(name)))) for name in header]
    sheet = _sheet(columns, rows, findings, file=file, files=files, blank=Absence.WITHHELD_AT_SOURCE)
    return replace(sheet, number=_R_NUMBER, missing=(".", "NA"))


def _columns_with_units(names: Sequence[str], units: Sequence[str]) -> list[Column]:
    """The columns of two header rows; a name that stands twice gets its unit, to tell the two apart."""
    full = [name.strip("| \xa0") or units[0].strip() for name in names]
    times = Counter(full)
    return [
        Column(f"{name} ({unit})" if times[name] > 1 else name, tuple(_with_unit([normal(name)], normal(unit))))
        for name, unit in zip(full, units, strict=True)
    ]


def _old(content: str, file: str, files: tuple[tuple[str, str], ...]) -> Sheet:
    lines = content.split("\n")
    subject = next(number for number, line in enumerate(lines) if _SUBJECT in line)
    mark = text.delimiter("".join(lines[subject + 1 : subject + 2]), ";", file, subject + 2)
    rows, findings = text.rows(content, mark, file)
    title = rows[0].cells[0].strip()
    table = [row for row in rows if row.line > subject + 1]
    if len(table) < 2:
        raise refuse("De kop van het bestand is niet heel.", text.FETCH, file=file)
    names, units, *rest = table
    if len(names.cells) != len(units.cells):
        what = f"De kop heeft {len(names.cells)} kolommen, de regel met eenheden {len(units.cells)}."
        raise refuse(what, text.FETCH, file=file, row=units.line)
    columns = _columns_with_units(names.cells, units.cells)
    sheet = _sheet(columns, rest, findings, file=file, files=files, blank=Absence.NOT_APPLICABLE)
    year = _YEAR.search(title)
    return replace(sheet, title=title, year=int(year[0]) if year else None)


def _head(rows: list[text.Row], findings: list[Finding]) -> tuple[list[str], list[text.Row]]:
    if not rows:
        raise Refused(findings)
    return rows[0].cells, rows[1:]


def _with_unit(plain: list[str], of: str) -> list[str]:
    """Put the name with its unit first: energy per kind of house has the same name for electricity and gas."""
    return [f"{plain[-1]} {of}", *plain] if of else plain


def _is_closing(row: text.Row) -> bool:
    """Whether a row is the line that closes the file: one filled cell, with the words of the publisher."""
    return len([cell for cell in row.cells if cell]) == 1 and bool(_CLOSING.match(row.cells[0]))


def _sheet(
    columns: list[Column],
    rows: list[text.Row],
    findings: list[Finding],
    *,
    file: str,
    files: tuple[tuple[str, str], ...],
    blank: Absence,
) -> Sheet:
    if rows and _is_closing(rows[-1]):
        rows = rows[:-1]
    if not findings:
        text.body(rows, file)
    fit, misfits = text.fitting(rows, [column.name for column in columns], file)
    frame = text.frame_of(fit, len(columns))
    return Sheet(file, columns, frame, [row.line for row in fit], blank, files=files, findings=findings + misfits)
