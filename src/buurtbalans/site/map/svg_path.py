"""Geometry as the shortest text of an SVG path: whole numbers, relative steps, no spaces that can be missed."""

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

UNIT = 4  # whole numbers in a drawing are quarters of a pixel


def path(geometry: Geometry) -> str:
    """Return the `d` of a geometry in pixels, in units of a quarter of a pixel.

    >>> path(shapely.box(0, 0, 2, 1))
    'M8 0v4h-8v-4z'
    """
    parts: list[str] = []
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon":
            parts += [_line(shapely.get_coordinates(ring), closed=True) for ring in _rings(part)]
        elif part.geom_type in ("LineString", "LinearRing"):
            parts.append(_line(shapely.get_coordinates(part), closed=part.is_closed))
    return "".join(parts)


def _rings(polygon: Geometry) -> Iterable[Geometry]:
    return [polygon.exterior, *polygon.interiors]


def _line(xy: NDArray[np.float64], closed: bool) -> str:
    whole = np.rint(xy * UNIT).astype(int)
    steps = np.diff(whole, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if len(steps) < (2 if closed else 1):
        return ""
    (x, y), last = whole[0], len(steps) - 1 if closed else len(steps)
    return f"M{x}{_next(int(y))}{_steps(steps[:last].tolist())}{'z' if closed else ''}"


def _steps(steps: list[list[int]]) -> str:
    out, before = [], ""
    for dx, dy in steps:
        if dy == 0 or dx == 0:
            command, numbers = ("h", str(dx)) if dy == 0 else ("v", str(dy))
        else:
            command, numbers = "l", f"{dx}{_next(dy)}"
        if command == before:
            out.append(numbers if numbers.startswith("-") else f" {numbers}")
        else:
            out.append(command + numbers)
        before = command
    return "".join(out)


def _next(number: int) -> str:
    return str(number) if number < 0 else f" {number}"
