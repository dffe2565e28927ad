"""Borders as one coverage: neighbours share every point of their common border, also after simplifying."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, MultiPolygon, Polygon

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import LEVEL_ORDER, Area, Division
from buurtbalans.figures.findings import Finding, Severity

METRES_PER_DEGREE: Final = 111_320.0
CLEAN: Final = 1e-9  # degrees, about a tenth of a millimetre: what two sides of one border may differ


def valid_polygon(geometry: Geometry | None) -> Polygon | MultiPolygon | None:
    """Return a valid polygon of the same place, or None when nothing with a surface is left."""
    if geometry is None or geometry.is_empty:
        return None
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and part.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def overlap_findings(areas: Sequence[Area]) -> list[Finding]:
    """Say how many neighbours overlap, as a note: drawing gives each piece to one area, figures are not touched."""
    borders = np.array([area.geometry for area in areas if area.geometry is not None], dtype=object)
    if len(borders) < 2 or shapely.coverage_is_valid(borders):
        return []
    one, other = shapely.STRtree(borders).query(borders, predicate="intersects")
    once = one < other
    shared = shapely.area(shapely.intersection(borders[one[once]], borders[other[once]]))
    times = int((shared > 0).sum())
    if not times:
        return [Finding(Severity.NOTE, "Sommige grenzen sluiten niet precies aan. Op de kaart trekken we ze gelijk.")]
    what = f"{times} keer ligt een stuk van de kaart in twee gebieden tegelijk."
    return [
        Finding(Severity.NOTE, what, "Op de kaart krijgt elk stuk één gebied. De cijfers blijven gelijk.", times=times)
    ]


def simplified_division(division: Division, metres: float) -> Division:
    """Return the division with fewer points in its borders, so that neighbours keep one and the same border.

    The lowest level that has borders is simplified as one coverage; higher levels are put together from it, so that the
    border of a wijk is exactly the border of its buurten. A level whose areas have no parts with borders is simplified
    by itself. Where the source overlaps or does not fit, each piece first goes to the area with the longest border.

    Parameters
    ----------
    division : Division
        Areas in degrees.
    metres : float
        About the square root of the surface of the triangles that may go.

    Returns
    -------
    Division
        The same areas; one that would vanish keeps its own border.

    Notes
    -----
    Visvalingam and Whyatt, "Line generalisation by repeated elimination of points", The Cartographic Journal 30 (1993).
    """
    levels = [level for level in AreaLevel if any(area.geometry is not None for area in division.of_level(level))]
    if not levels:
        return division
    middle = _latitude(division, levels[-1])
    lines: dict[str, Geometry] = {}
    for level in reversed(levels):
        drawn = [area for area in division.of_level(level) if area.geometry is not None]
        lines |= _unions(division, drawn, lines) or _coverage(drawn, metres, middle)
    return Division(division.year, [replace(area, geometry=lines.get(area.code)) for area in division.areas])


def merged_polygon(borders: Sequence[Geometry]) -> Polygon | MultiPolygon | None:
    """Put areas together; small mismatches of the source are not allowed to stay behind as slivers."""
    if shapely.coverage_is_valid(borders):
        return valid_polygon(shapely.coverage_union_all(borders))
    return valid_polygon(shapely.union_all(borders))


def with_borders_of_parts(division: Division) -> Division:
    """Give the areas without borders those of their parts, so that wijken and municipalities can be drawn."""
    lines: dict[str, Geometry | None] = {area.code: area.geometry for area in division.areas}
    for area in sorted(division.areas, key=lambda area: -LEVEL_ORDER[area.level]):
        if lines[area.code] is not None or area.level in (AreaLevel.BUURT, AreaLevel.LAND):
            continue
        parts = [lines[below.code] for below in _lowest(division, area.code)]
        lines[area.code] = merged_polygon([part for part in parts if part is not None])
    return Division(division.year, [replace(area, geometry=lines[area.code]) for area in division.areas])


def _lowest(division: Division, code: str) -> list[Area]:
    for level in reversed(AreaLevel):
        if areas := [area for area in division.children(code, level) if area.geometry is not None]:
            return areas
    return []


def _unions(division: Division, areas: Sequence[Area], lines: dict[str, Geometry]) -> dict[str, Geometry] | None:
    """The areas as the sums of their simplified parts, or None when the parts of one of them do not fill it."""
    borders: dict[str, Geometry] = {}
    for area in areas:
        border = _together(division, area, lines)
        if border is None:
            return None
        borders[area.code] = border
    return borders


def _together(division: Division, area: Area, lines: dict[str, Geometry]) -> Geometry | None:
    """Return the area as the sum of its simplified parts, if these parts fill it."""
    parts = [below for below in _lowest(division, area.code) if below.code in lines]
    if not parts or area.geometry is None:
        return None
    covered = sum(part.geometry.area for part in parts if part.geometry is not None)
    if not math.isclose(covered, area.geometry.area, rel_tol=1e-3):
        return None
    return merged_polygon([lines[part.code] for part in parts])


def _latitude(division: Division, level: AreaLevel) -> float:
    borders = [area.geometry for area in division.of_level(level) if area.geometry is not None]
    _, south, _, north = shapely.total_bounds(borders)
    return float((south + north) / 2)


def _coverage(areas: Sequence[Area], metres: float, latitude: float) -> dict[str, Geometry]:
    borders = {area.code: area.geometry for area in areas}
    scale = np.array([METRES_PER_DEGREE * math.cos(math.radians(latitude)), METRES_PER_DEGREE])
    flat: NDArray[np.object_] = np.array(list(borders.values()), dtype=object)
    if not shapely.coverage_is_valid(flat):
        flat = shapely.coverage_clean(flat)
    thin = shapely.coverage_simplify(shapely.transform(flat, lambda xy: xy * scale), metres)
    thin = shapely.transform(thin, lambda xy: xy / scale)
    return {
        code: new if not new.is_empty else own
        for code, new, own in zip(borders, thin, borders.values(), strict=True)
        if own is not None
    }
