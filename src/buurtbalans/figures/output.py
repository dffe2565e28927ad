"""Output: a table written whole or not at all, in the format its file name ends with."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

import polars as pl
import xlsxwriter  # type: ignore[import-untyped]  # the library has no types

from buurtbalans.figures.findings import refuse

XLSX_ROWS: Final = 1_048_575
# A spreadsheet takes a cell that begins like this for a formula; an apostrophe in front keeps it text.
_FORMULA: Final = r"^[=+\-@\t\r]"


def require_writable(out: Path) -> None:
    """Refuse a place to write before any work is done: an unknown ending or a folder that is not there.

    Raises
    ------
    Refused
        With what to do.
    """
    if out.suffix.lower() not in _WRITERS:
        endings = ", ".join(_WRITERS)
        raise refuse(f"De uitvoer “{out.name}” heeft geen bekende uitgang.", f"Kies uit {endings}.", file=out.name)
    if out.is_dir() or not out.parent.is_dir():
        what = f"De map “{out.parent}” bestaat niet." if not out.parent.is_dir() else f"“{out.name}” is een map."
        raise refuse(what, "Kies een map die bestaat en een naam voor het bestand.", file=out.name)


def write_table(frame: pl.DataFrame, out: Path) -> None:
    """Write a table to `.csv`, `.parquet`, `.xlsx` or `.json`; an older file there is replaced in one step.

    Parameters
    ----------
    frame
        The table; columns with text, numbers, dates and enums.
    out
        Where to write.

    Raises
    ------
    Refused
        When the ending is unknown, the folder is not there, the disk is full, or Excel is too small.
    """
    require_writable(out)
    if out.suffix.lower() == ".xlsx" and frame.height > XLSX_ROWS:
        what = f"De tabel heeft {frame.height} regels. Excel kan er {XLSX_ROWS} aan."
        raise refuse(what, "Kies .parquet of .csv als uitgang.", file=out.name)
    aside = out.with_name(f".{out.stem[:80]}.{secrets.token_hex(4)}{out.suffix}")
    try:
        _WRITERS[out.suffix.lower()](frame, aside)
        _settle(aside)
        aside.replace(out)
    except (OSError, pl.exceptions.PolarsError, xlsxwriter.exceptions.XlsxWriterException) as error:
        what = f"De uitvoer is niet te schrijven ({error})."
        raise refuse(what, "Kijk of de schijf vol is en of u in deze map mag schrijven.", file=out.name) from error
    finally:
        aside.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _csv(frame: pl.DataFrame, path: Path) -> None:
    text = pl.col(pl.String)
    harmless = pl.when(text.str.contains(_FORMULA)).then("'" + text).otherwise(text).name.keep()
    frame.with_columns(harmless).write_csv(path)


def _parquet(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path, compression="zstd")


def _json(frame: pl.DataFrame, path: Path) -> None:
    frame.write_json(path)


def _xlsx(frame: pl.DataFrame, path: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("cijfers")
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(frame.columns):
            sheet.write_string(0, column, name)
        for row, cells in enumerate(frame.iter_rows(), start=1):
            for column, cell in enumerate(cells):
                _cell(sheet, row, column, cell)


def _cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: object) -> None:
    if isinstance(cell, bool) or (cell is not None and not isinstance(cell, (int, float))):
        sheet.write_string(row, column, str(cell))
    elif cell is not None:
        sheet.write_number(row, column, cell)


_WRITERS: Final[dict[str, Callable[[pl.DataFrame, Path], None]]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".xlsx": _xlsx,
    ".json": _json,
}
