"""Names on the map: a border file often knows only codes; the figures that belong to the map bring the names."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from buurtbalans.figures.area.division import Area, Division


def named(maps: Mapping[int, Division], areas: pl.DataFrame, used_for: Mapping[int, int]) -> dict[int, Division]:
    """Return the maps with names of the deliveries where a map has none of its own.

    Parameters
    ----------
    maps
        Map year to division.
    areas : DataFrame[AREAS]
        The areas that the deliveries speak of, by the publisher's own names.
    used_for
        Division year of the figures to the year of the map that is used for it.

    Examples
    --------
    >>> from buurtbalans.figures.area.codes import AreaLevel
    >>> map = Division(2019, [Area("WK036381", "81", AreaLevel.WIJK, 2019, local="81")])
    >>> areas = pl.DataFrame({"area": ["WK036381"], "name": ["Osdorp-Oost"], "division": [2019]})
    >>> named({2019: map}, areas, {2019: 2019})[2019]["WK036381"].name
    'Osdorp-Oost'
    """
    told: dict[int, dict[str, str]] = {year: {} for year in maps}
    for code, name, division in areas.select("area", "name", "division").iter_rows():
        year = used_for.get(division)
        if year in told and name:
            told[year].setdefault(code, name)
    return {year: _with_names(division, told[year]) for year, division in maps.items()}


def _with_names(division: Division, told: Mapping[str, str]) -> Division:
    nameless = {area.code for area in division if _is_nameless(area) and area.code in told}
    if not nameless:
        return division
    return Division(
        division.year, [replace(area, name=told[area.code]) if area.code in nameless else area for area in division]
    )


def _is_nameless(area: Area) -> bool:
    return not area.name or area.name in (area.local, area.code, area.identity) or area.code.endswith(area.name)
