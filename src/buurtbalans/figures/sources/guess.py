"""A guess: what the columns of a table are when nobody says so, taken only where there is one answer."""

import re
from dataclasses import replace
from typing import Final

import polars as pl

from buurtbalans.figures.area.codes import CODE
from buurtbalans.figures.sources.columns import normal
from buurtbalans.figures.sources.grid import Grid
from buurtbalans.figures.sources.mapping import GUESSED, SHIPPED, Mapping, read_mapping
from buurtbalans.figures.sources.numbers import POINT

_PERIOD: Final = ("jaar", "periode", "perioden", "period", "year", "peiljaar")
_DIVISION: Final = ("division", "indeling", "indelingsjaar")
_INDICATOR: Final = ("indicator", "variabele", "onderwerp")
_VALUE: Final = ("value", "waarde")
_REASON: Final = ("absence", "afwezigheid")
_LEVEL: Final = ("level", "niveau", "soort regio", "gebiedsniveau")
_NAME: Final = ("naam", "name", "buurt", "wijk", "gebied", "buurtnaam", "wijknaam", "gebiedsnaam", "gemeentenaam")
OWN: Final = ["area", "level", "division", "indicator", "period", "value", "absence"]
_TITLE: Final = "Uitvoer van buurtbalans read"


_OWN_MAPPING: Final = Mapping(
    GUESSED,
    "area",
    title=_TITLE,
    period="period",
    division="division",
    indicator="indicator",
    value="value",
    reason="absence",
    leave=("level",),
    decimal=".",
    own_ids=True,
)


def guessed(grid: Grid) -> Mapping | None:
    """Return the mapping of a table whose columns speak for themselves, or None.

    There must be exactly one column in which every cell is a code of Statistics Netherlands. The table that
    `buurtbalans read` writes is known by its seven columns; its indicators keep their names.

    Examples
    --------
    >>> frame = pl.DataFrame({"0": ["BU03630000"], "1": ["2024"], "2": ["12"]})
    >>> found = guessed(Grid("x.csv", ["Code", "Jaar", "Meldingen"], frame, [2], False, ()))
    >>> found.area, found.period, found.long
    ('Code', 'Jaar', False)
    """
    if grid.header == OWN:
        return _OWN_MAPPING
    area = _area(grid)
    if area is None or any(_data(name) for name in grid.header):
        return None
    wide = Mapping(
        GUESSED,
        area,
        name=_first(grid, _NAME),
        period=_first(grid, _PERIOD),
        division=_first(grid, _DIVISION),
        leave=tuple(name for name in grid.header if normal(name) in _LEVEL),
    )
    indicator, value = _first(grid, _INDICATOR), _first(grid, _VALUE)
    if not (indicator and value):
        return wide
    return replace(wide, indicator=indicator, value=value, reason=_first(grid, _REASON))


def shipped(grid: Grid) -> Mapping | None:
    """Return the mapping that comes with the product and knows this table by its columns, or None."""
    for path in sorted(SHIPPED.glob("*.toml")):
        mapping = read_mapping(path, shipped=True)
        if mapping.recognise and all(grid.find_column(name) is not None for name in mapping.recognise):
            return mapping
    return None


def _area(grid: Grid) -> str | None:
    candidates = [name for place, name in enumerate(grid.header) if name and _codes(grid.column(str(place)))]
    return candidates[0] if len(candidates) == 1 else None


def _data(name: str) -> bool:
    """Return whether a name in the header is no name but data: then the header is lacking."""
    return CODE.fullmatch(name) is not None or re.fullmatch(POINT, name.replace(",", ".")) is not None


def _codes(cells: pl.Series) -> bool:
    """Return whether a column holds codes: most of its cells, so that one damaged code is said and not overlooked."""
    right = sum(CODE.fullmatch(cell) is not None for cell in cells.drop_nulls())
    return right > 0 and right * 2 >= len(cells)


def _first(grid: Grid, names: tuple[str, ...]) -> str:
    return next((name for name in grid.header if normal(name) in names), "")
