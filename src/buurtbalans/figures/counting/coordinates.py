"""The coordinates of points: which columns hold them, and whether they are degrees (WGS84) or metres (RD)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from buurtbalans.figures.counting.point_file import EMPTY_VALUES, PointFile
from buurtbalans.figures.findings import refuse

# name of x and of y, the clearest first; the last part of a path counts, in lower case without _ and -
NAMES: Final = (
    ("lng", "lat"),
    ("lon", "lat"),
    ("long", "lat"),
    ("longitude", "latitude"),
    ("lengtegraad", "breedtegraad"),
    ("lon", "latitude"),
    ("wgs84lon", "wgs84lat"),
    ("geolng", "geolat"),
    ("geolon", "geolat"),
    ("rdx", "rdy"),
    ("xrd", "yrd"),
    ("xcoordinaat", "ycoordinaat"),
    ("xcoord", "ycoord"),
    ("coordinates.0", "coordinates.1"),
    ("x", "y"),
)
RD_X, RD_Y = (-10_000.0, 300_000.0), (289_000.0, 640_000.0)
NL_X, NL_Y = (3.0, 7.5), (50.5, 54.0)
_MANY: Final = 0.95  # of a sampled column must be numbers
_MIDDLE: Final = (0.1, 0.9)  # part of the coordinates that tells what they are; the rest may be mistakes
Span = tuple[float, float]  # the lowest and the highest number
_HINT: Final = "Noem de kolommen met --lng en --lat."


@dataclass(frozen=True, slots=True)
class Coordinates:
    """The columns that hold the place of a point, and whether they are metres (RD) or degrees (WGS84)."""

    x: str
    y: str
    metres: bool


def coordinates_of(points: PointFile, lng: str | None = None, lat: str | None = None) -> Coordinates:
    """Find the coordinates of points: as named, by usual names, or by what fits the Netherlands; checked by size.

    Raises
    ------
    Refused
        When a name is unknown, nothing or more than one thing fits, or the two are turned round.
    """
    if (lng is None) != (lat is None):
        raise refuse("Noem --lng en --lat samen.", _HINT, file=points.name)
    if lng is not None and lat is not None:
        for name in (lng, lat):
            require_column(points, name)
        return _checked(points, lng, lat)
    for x, y in _by_name(points.columns):
        if _range(points, x) and _range(points, y):
            return _checked(points, x, y)
    return _by_range(points)


def require_column(points: PointFile, column: str) -> None:
    """Refuse a column that a file of points does not have, or has twice."""
    if points.columns.count(column) == 1:
        return
    if column in points.columns:
        what = f"De kolom “{column}” staat er meer dan één keer in."
        raise refuse(what, "Geef elke kolom een eigen naam.", file=points.name, column=column)
    listed = ", ".join(points.columns[:30])
    raise refuse(f"De kolom “{column}” is er niet.", f"Er zijn: {listed}.", file=points.name, column=column)


def _by_name(columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    plain = {column: column.lower().replace("_", "").replace("-", "").replace(" ", "") for column in columns}
    for east, north in NAMES:
        for column, name in plain.items():
            if name == east or name.endswith(f".{east}"):
                wanted = name.removesuffix(east) + north
                yield from ((column, other) for other, its in plain.items() if its == wanted)


def _columns_within(spans: Mapping[str, Span | None], bounds: Span) -> list[str]:
    """Return the columns whose numbers lie within bounds."""
    return [column for column, span in spans.items() if span and _within(span, bounds)]


def _by_range(points: PointFile) -> Coordinates:
    spans = {column: _range(points, column) for column in dict.fromkeys(points.columns)}
    for metres, east, north in ((False, NL_X, NL_Y), (True, RD_X, RD_Y)):
        xs = _columns_within(spans, east)
        ys = [column for column in _columns_within(spans, north) if column not in xs]
        if len(xs) == 1 and len(ys) == 1:
            return Coordinates(xs[0], ys[0], metres)
        if xs and ys:
            which = ", ".join([*xs, *ys])
            raise refuse(f"Meer kolommen kunnen coördinaten zijn: {which}.", _HINT, file=points.name)
    listed = ", ".join(points.columns[:30]) or "geen enkele kolom"
    raise refuse(
        "In dit bestand staan geen coördinaten die we herkennen.", f"{_HINT} Er zijn: {listed}.", file=points.name
    )


def _are_swapped(east: Span, north: Span) -> bool:
    """Return whether the ranges of x and y fit the Netherlands only the other way round."""
    in_degrees = _within(east, NL_Y) and _within(north, NL_X)
    return in_degrees or (_within(east, (300_000, 640_000)) and _within(north, RD_X))


def _checked(points: PointFile, x: str, y: str) -> Coordinates:
    east, north = _range(points, x), _range(points, y)
    if east is None or north is None:
        column = x if east is None else y
        raise refuse(f"In “{column}” staan geen getallen.", _HINT, file=points.name, column=column)
    if _are_swapped(east, north):
        raise refuse("Lengte en breedte zijn omgewisseld.", f"Wissel --lng en --lat: {y}, {x}.", file=points.name)
    if _within(east, (-180.0, 180.0)) and _within(north, (-90.0, 90.0)):
        return Coordinates(x, y, metres=False)
    if _within(east, RD_X) and _within(north, RD_Y):
        return Coordinates(x, y, metres=True)
    what = f"De getallen in “{x}” en “{y}” zijn geen graden en geen RD."
    raise refuse(what, "Lever WGS84 (graden) of RD (EPSG:28992).", file=points.name)


def _range(points: PointFile, column: str) -> tuple[float, float] | None:
    """Return between which values most numbers of a sampled column lie, or None when it holds something else."""
    values = points.sample[column]
    if values.dtype == pl.String:
        values = values.str.strip_chars().str.replace(",", ".", literal=True)
        values = values.filter(values.is_not_null() & ~values.is_in(EMPTY_VALUES))
        numbers = values.cast(pl.Float64, strict=False)
    elif values.dtype.is_numeric():
        numbers = values.cast(pl.Float64)
    else:
        return None
    if not len(numbers.drop_nulls().drop_nans()) or numbers.drop_nulls().len() < _MANY * values.drop_nulls().len():
        return None
    numbers = numbers.drop_nulls().drop_nans()
    low, high = (numbers.quantile(part, "nearest") for part in _MIDDLE)
    return (low, high) if low is not None and high is not None else None


def _within(span: tuple[float, float], bounds: tuple[float, float]) -> bool:
    return bounds[0] <= span[0] and span[1] <= bounds[1]
