"""Invented divisions on a strip of ground, and figures to carry from one to the other."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import polars as pl
import shapely

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.observation import SCHEMA

DEGREE = 0.01  # of longitude and latitude: some 700 by 1,100 metres


def buurt(number: int) -> str:
    """Return the code of a buurt by its number."""
    return f"BU999901{number:02d}"


def strip(year: int, borders: Iterable[float], first: int = 1) -> Division:
    """Return buurten side by side, with borders at these places (in steps of `DEGREE`)."""
    places = list(borders)
    return Division(
        year,
        [
            Area(
                buurt(number),
                f"Buurt {number}",
                AreaLevel.BUURT,
                year,
                "WK999901",
                geometry=shapely.box(5 + west * DEGREE, 52, 5 + east * DEGREE, 52 + DEGREE),
            )
            for number, (west, east) in enumerate(pairwise(places), start=first)
        ],
    )


def nameless(year: int, count: int) -> Division:
    """Return buurten without borders: only weights can tell what became of them."""
    return Division(year, [Area(buurt(n), "", AreaLevel.BUURT, year) for n in range(1, count + 1)])


def figures(
    indicator: str, values: Mapping[int, float | str | None], year: int = 2020, period: int | None = None
) -> pl.DataFrame:
    """Return one indicator of buurten by number: a value, or the reason why there is none."""
    rows: list[tuple[Any, ...]] = [
        (buurt(number), "buurt", year, indicator, period or year, None, value)
        if isinstance(value, str)
        else (buurt(number), "buurt", year, indicator, period or year, value, None)
        for number, value in values.items()
    ]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def weights(rows: Iterable[tuple[int, int, float]]) -> pl.DataFrame:
    """Return a table of weights: old buurt, new buurt, addresses."""
    table = [(buurt(old), buurt(new), float(weight)) for old, new, weight in rows]
    return pl.DataFrame(table, {"area_from": pl.String, "area_to": pl.String, "weight": pl.Float64}, orient="row")


def told(frame: pl.DataFrame, indicator: str, number: int) -> tuple[Any, Any, Any]:
    """Return value, reason and estimated share of one buurt."""
    row = frame.filter(indicator=indicator, area=buurt(number)).row(0, named=True)
    return row["value"], row["absence"], row["estimated"]
