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
class ReadRequest:
    """One file to read: where it is, what lies beside it, and what the caller says of it."""

    path: Path
    period: int | None = None
    beside: Sequence[Path] = ()
    mapping: Mapping | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """The reader of one source: `read` returns None when the content of a file is something else."""

    id: str
    read: Callable[[ReadRequest], Read | None]


def _kwb(request: ReadRequest) -> Read | None:
    path = request.path
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
    return cbs.read(sheet, request.period, catalogue_names(cbs.ID))


def _kwb4(request: ReadRequest) -> Read | None:
    return odata4.read(request.path, request.period) if odata4.is_folder(request.path) else None


def _bbga(request: ReadRequest) -> Read | None:
    header = _header(request.path)
    if not (bbga.mapping_of(header) or bbga.is_list(header)):
        return None
    return bbga.read(_grid(request, None), request.period, request.beside)


def _ses(request: ReadRequest) -> Read | None:
    return _by_mapping(request, lambda mapping: mapping.id == SES)


def _table(request: ReadRequest) -> Read | None:
    if request.mapping:
        return table.read(_grid(request, request.mapping), request.mapping, request.period)
    return _by_mapping(request, lambda mapping: mapping.id != SES)


def _by_mapping(request: ReadRequest, wanted: Callable[[Mapping], bool]) -> Read | None:
    if request.path.is_dir():
        return None
    grid = grid_of(request.path)
    mapping = None if grid is None else shipped(grid) or guessed(grid)
    if grid is None or mapping is None or not wanted(mapping):
        return None
    again = mapping.sheet or mapping.header
    return table.read(_grid(request, mapping) if again else _unchanged(request, grid), mapping, request.period)


READERS: Final = (
    Reader(cbs.ID, _kwb),
    Reader(cbs.ID, _kwb4),
    Reader(bbga.ID, _bbga),
    Reader(SES, _ses),
    Reader(GUESSED, _table),
)
SOURCES: Final = tuple(dict.fromkeys(reader.id for reader in READERS))


def read_one(request: ReadRequest, source: str | None = None) -> Read:
    """Read one file with the first reader that recognises it, or with that of the source that is asked for.

    Raises
    ------
    Refused
        When nobody recognises it, with what it seems to be; when it is damaged, or no longer the file whose sha256
        lies beside it.
    """
    for reader in READERS:
        if source not in (None, reader.id) or (request.mapping and reader.id != GUESSED):
            continue
        if result := reader.read(request):
            return result
    if source is not None:
        what = f"Dit bestand is niet van de bron “{source}”. De regel met namen van kolommen ontbreekt of is anders."
        raise refuse(what, "Laat --source weg; wij kijken dan zelf.", file=request.path.name, row=1)
    if request.path.is_dir() or is_parquet(request.path) or workbook.is_workbook(_start(request.path)):
        todo = "Zeg met een koppeling (--mapping) wat de kolommen zijn."
        raise refuse("Wij herkennen dit bestand niet.", todo, file=request.path.name)
    raise others.no_figures(request.path, _header(request.path))


def _grid(request: ReadRequest, mapping: Mapping | None) -> Grid:
    """Return the table in a file, after holding it against the sha256 that lies beside it."""
    sheet, header = (mapping.sheet or None, mapping.header) if mapping else (None, None)
    grid = grid_of(request.path, sheet=sheet, header=header)
    if grid is None:
        raise others.no_figures(request.path, ())
    return _unchanged(request, grid)


def _unchanged(request: ReadRequest, grid: Grid) -> Grid:
    if damaged := changed(request.path.parent, grid.files):
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
