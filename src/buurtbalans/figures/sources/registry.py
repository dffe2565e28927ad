"""The registry of readers: each recognises its own files by content, the most particular first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from buurtbalans.figures.findings import Refused, refuse
from buurtbalans.figures.sources import bbga, cbs, cbs_odata, cbs_text, odata4, others, table, text, workbook
from buurtbalans.figures.sources.checksums import changed
from buurtbalans.figures.sources.delivery import Read
from buurtbalans.figures.sources.grid import Grid, grid_of, header_of
from buurtbalans.figures.sources.guess import guessed, shipped
from buurtbalans.figures.sources.mapping import GUESSED, Mapping
from buurtbalans.figures.sources.names import catalogue_names
from buurtbalans.figures.sources.parquet import is_parquet

SES: Final = "ses-woa"


@dataclass(frozen=True, slots=True)
class Asked:
    """One file to read: where it is, what lies beside it, and what the caller says of it."""

    path: Path
    period: int | None = None
    beside: Sequence[Path] = ()
    mapping: Mapping | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of one source: `read` returns None when the content of a file is something else."""

    id: str
    read: Callable[[Asked], Read | None]


def _kwb(asked: Asked) -> Read | None:
    path = asked.path
    if path.is_dir():
        sheet = None if odata4.is_folder(path) else cbs_odata.read(cbs_odata.data_file(path))
    elif is_parquet(path):
        sheet = cbs_odata.read(path)
    else:
        sheet = None if workbook.is_workbook(_start(path)) else cbs_text.read(path)
    if sheet is None:
        return None
    if damaged := changed(path if path.is_dir() else path.parent, sheet.files):
        raise Refused(damaged)
    return cbs.read(sheet, asked.period, catalogue_names(cbs.ID))


def _kwb4(asked: Asked) -> Read | None:
    return odata4.read(asked.path, asked.period) if odata4.is_folder(asked.path) else None


def _bbga(asked: Asked) -> Read | None:
    header = _header(asked.path)
    if not (bbga.mapping_of(header) or bbga.is_list(header)):
        return None
    return bbga.read(_grid(asked, None), asked.period, asked.beside)


def _ses(asked: Asked) -> Read | None:
    return _by_mapping(asked, lambda mapping: mapping.id == SES)


def _table(asked: Asked) -> Read | None:
    if asked.mapping:
        return table.read(_grid(asked, asked.mapping), asked.mapping, asked.period)
    return _by_mapping(asked, lambda mapping: mapping.id != SES)


def _by_mapping(asked: Asked, wanted: Callable[[Mapping], bool]) -> Read | None:
    if asked.path.is_dir():
        return None
    grid = grid_of(asked.path)
    mapping = None if grid is None else shipped(grid) or guessed(grid)
    if grid is None or mapping is None or not wanted(mapping):
        return None
    again = mapping.sheet or mapping.header
    return table.read(_grid(asked, mapping) if again else _unchanged(asked, grid), mapping, asked.period)


READERS: Final = (
    Reader(cbs.ID, _kwb),
    Reader(cbs.ID, _kwb4),
    Reader(bbga.ID, _bbga),
    Reader(SES, _ses),
    Reader(GUESSED, _table),
)
SOURCES: Final = tuple(dict.fromkeys(reader.id for reader in READERS))


def read_one(asked: Asked, source: str | None = None) -> Read:
    """Read one file with the first reader that recognises it, or with that of the source that is asked for.

    Raises
    ------
    Refused
        When nobody recognises it, with what it seems to be; when it is damaged, or no longer the file whose sha256
        lies beside it.
    """
    for reader in READERS:
        if source not in (None, reader.id) or (asked.mapping and reader.id != GUESSED):
            continue
        if result := reader.read(asked):
            return result
    if source is not None:
        what = f"Dit bestand is niet van de bron “{source}”. De regel met namen van kolommen ontbreekt of is anders."
        raise refuse(what, "Laat --source weg; wij kijken dan zelf.", file=asked.path.name, row=1)
    if asked.path.is_dir() or is_parquet(asked.path) or workbook.is_workbook(_start(asked.path)):
        todo = "Zeg met een koppeling (--mapping) wat de kolommen zijn."
        raise refuse("Wij herkennen dit bestand niet.", todo, file=asked.path.name)
    raise others.no_figures(asked.path, _header(asked.path))


def _grid(asked: Asked, mapping: Mapping | None) -> Grid:
    """Return the table in a file, after holding it against the sha256 that lies beside it."""
    sheet, header = (mapping.sheet or None, mapping.header) if mapping else (None, None)
    grid = grid_of(asked.path, sheet=sheet, header=header)
    if grid is None:
        raise others.no_figures(asked.path, ())
    return _unchanged(asked, grid)


def _unchanged(asked: Asked, grid: Grid) -> Grid:
    if damaged := changed(asked.path.parent, grid.files):
        raise Refused(damaged)
    return grid


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(8)


def _header(path: Path) -> list[str]:
    """Return the names in the first line of a text; none for a folder or another kind of file."""
    if path.is_dir() or is_parquet(path) or workbook.is_workbook(_start(path)):
        return []
    return header_of(text.decode(path.read_bytes(), path.name))
