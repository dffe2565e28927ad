"""Writes an export as CSV for Dutch spreadsheets, as Excel or as JSON; no text in it can run as a formula."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Final

import xlsxwriter  # type: ignore[import-untyped]  # the library has no types
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from buurtbalans.site.exports.figure_rows import Cell, Export, record

KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
AT_ONCE: Final = 500  # rows in one piece of a stream
# What a spreadsheet may take for a formula, also behind what one does not see, and in the wide forms of Asia.
_RISKY: Final = re.compile(r"^[\s\u00ad\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDTHS: Final = {"naam": 24, "cijfer_naam": 34, "eenheid": 24, "uitleg": 40, "let_op": 40, "bron": 28, "uitgever": 22}


def risky(text: str) -> bool:
    """Say whether a spreadsheet may take a text for a formula.

    >>> risky("=1+1"), risky(" +31"), risky("De Meent"), risky("\\t@SUM(A1)")
    (True, True, False, True)
    """
    return bool(_RISKY.match(text)) or text[:1] in ("\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: on one line, and with an apostrophe where it is risky.

    >>> harmless("=1+1"), harmless("De Meent")
    ("'=1+1", 'De Meent')
    """
    mark = "'" if risky(text) else ""
    return mark + _UNSEEN.sub("", text).replace("\r", " ").replace("\n", " ").replace("\t", " ")


def as_csv(export: Export) -> Iterator[str]:
    """Yield the file in pieces: a mark for Excel, semicolons, and decimals behind a comma as Dutch Excel reads them."""
    yield "\ufeff" + _lines([list(export.columns)])
    for rows in _pieces(export.rows()):
        yield _lines([[_text(cell) for cell in cells] for cells in rows])


def as_json(export: Export) -> Iterator[str]:
    """Yield the file in pieces: what it is and one object per figure, with the names that the API uses."""
    about = {"title": export.title, "release": export.release.id, "releaseTitle": export.release.manifest.title}
    yield json.dumps(about, ensure_ascii=False)[:-1] + f', "{export.what}": ['
    before = ""
    for rows in _pieces(export.rows()):
        yield before + ",\n".join(json.dumps(record(cells, export.columns), ensure_ascii=False) for cells in rows)
        before = ",\n"
    yield "]}\n"


def as_xlsx(export: Export) -> io.BytesIO:
    """Return the file: a sheet with the figures and one that says what they are; rows wait on disk, not in memory."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with closing(xlsxwriter.Workbook(out, options)) as book:
        bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        sheet = book.add_worksheet("Cijfers")
        sheet.freeze_panes(1, 2)
        for place, name in enumerate(export.columns):
            sheet.set_column(place, place, _WIDTHS.get(name, 12))
        for place, name in enumerate(export.columns):
            sheet.write_string(0, place, name, bold)
        for line, cells in enumerate(export.rows(), start=1):
            for place, cell in enumerate(cells):
                _write(sheet, line, place, cell, quoted)
        about = book.add_worksheet("Uitleg")
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 90)
        for line, words in enumerate(_about(export)):
            for place, text in enumerate(words):
                _write(about, line, place, text, quoted)
    out.seek(0)
    return out


def _about(export: Export) -> list[list[str]]:
    manifest = export.release.manifest
    sources = [["Bron", f"{s.title}, {s.publisher}. Licentie: {s.licence or 'onbekend'}."] for s in manifest.sources]
    return [
        ["Wat", export.title],
        ["Uitgave", f"{manifest.id}: {manifest.title}"],
        ["Leeg cijfer", "Staat er geen cijfer? Dan zegt “waarom_geen_cijfer” waarom. Het is nooit 0."],
        *export.notes,
        *([["Let op", "Deze cijfers zijn verzonnen."]] if manifest.invented else []),
        *sources,
    ]


def _write(sheet: Worksheet, line: int, place: int, cell: Cell, quoted: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, place, _UNSEEN.sub("", cell), quoted if risky(cell) else None)
    elif cell is not None:
        sheet.write_number(line, place, cell)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else _number(cell)


def _number(value: int | float) -> str:
    """Return a number without an exponent, its decimals behind a comma."""
    text = f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return text.replace(".", ",")


def _lines(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue()


def _pieces(rows: Iterable[list[Cell]]) -> Iterator[list[list[Cell]]]:
    piece: list[list[Cell]] = []
    for cells in rows:
        piece.append(cells)
        if len(piece) == AT_ONCE:
            yield piece
            piece = []
    if piece:
        yield piece
