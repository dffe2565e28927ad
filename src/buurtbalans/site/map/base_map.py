"""A sheet: the borders of a municipality, thinned out and turned into pixels once per division and view."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import shapely
from shapely import Geometry, Polygon

from buurtbalans.figures.area import coverage
from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.site.map.labels import Label, Rooms, roomy
from buurtbalans.site.map.projection import Projection, fit_projection
from buurtbalans.site.map.svg_path import path
from buurtbalans.site.map.viewport import Viewport

MARGIN = 14.0
THIN = 0.5  # pixels: about the root of the surface of the corners that may go
WHOLE_CITY = Viewport()
ENOUGH_NAMES = 0.35  # if fewer of the areas can be named, the level above is named instead


@dataclass(frozen=True, eq=False)
class AreaBorders:
    """Paths and names of one view; `areas` holds the areas in view by code, `shapes` their borders in pixels."""

    projection: Projection
    areas: Mapping[str, Area]
    shapes: Mapping[str, Geometry]
    paths: Mapping[str, str]
    outline: str
    wijk_lines: str
    above: Mapping[str, tuple[str, Polygon]] = field(default_factory=dict)

    @property
    def frame(self) -> Polygon:
        """The edge of the drawing, with a little air."""
        return shapely.box(3, 3, self.projection.width - 3, self.projection.height - 3)


@lru_cache(maxsize=64)
def base_map(
    division: Division, municipality: str, level: AreaLevel, width: int, view: Viewport = WHOLE_CITY
) -> AreaBorders:
    """Return the sheet of a municipality at a level, `width` pixels wide."""
    areas = _areas_with_borders(division, municipality, level)
    projection = fit_projection(tuple(shapely.total_bounds([area.geometry for area in areas])), width, MARGIN, view)
    has_wijken = level is AreaLevel.BUURT
    wijken = division.of_level(AreaLevel.WIJK, municipality) if has_wijken else []
    thin = coverage.simplified_division(Division(division.year, [*areas, *wijken]), THIN / projection.per_metre)
    window = shapely.box(-40, -40, projection.width + 40, projection.height + 40)
    shapes = {area.code: projection.drawn(area.geometry) for area in thin.of_level(level)}
    edge = shapely.union_all(list(shapes.values())).boundary
    seen = {code: shape for code, shape in shapes.items() if shape.intersects(window)}
    return AreaBorders(
        projection,
        {code: division[code] for code in seen},
        seen,
        {code: path(_clipped(shape, window)) for code, shape in seen.items()},
        path(_clipped(edge, window)),
        _wijk_lines(thin, projection, edge, window),
        _above(thin, division, projection) if has_wijken else {},
    )


def _areas_with_borders(division: Division, municipality: str, level: AreaLevel) -> list[Area]:
    """Return the areas of a level that can be drawn; LookupError when there are none."""
    areas = [area for area in division.of_level(level, municipality) if area.geometry is not None]
    if not areas:
        raise LookupError(f"{municipality} has no borders at this level in {division.year}")
    return areas


def _wijk_lines(thin: Division, projection: Projection, edge: Geometry, window: Polygon) -> str:
    """Return the borders between wijken as one path, empty where there is one wijk or none."""
    wijken = [projection.drawn(area.geometry) for area in thin.of_level(AreaLevel.WIJK) if area.geometry is not None]
    return path(_clipped(_inner(wijken, edge), window)) if len(wijken) > 1 else ""


def _clipped(shape: Geometry, window: Polygon) -> Geometry:
    if window.contains(shape):
        return shape
    return shapely.clip_by_rect(shape, *window.bounds)


def _inner(lines: list[Geometry], edge: Geometry) -> Geometry:
    """Return the borders between wijken, each once, without the edge of the city."""
    together = shapely.union_all([shape.boundary for shape in lines])
    return shapely.line_merge(together.difference(edge))


def _above(thin: Division, division: Division, projection: Projection) -> dict[str, tuple[str, Polygon]]:
    """Return the wijken that have a name of their own, not only a code."""
    named = {}
    for wijk in thin.of_level(AreaLevel.WIJK):
        if wijk.geometry is not None and wijk.name not in (wijk.code, wijk.local, ""):
            named[wijk.code] = (wijk.name, _largest(projection.drawn(wijk.geometry)))
    return named


def _largest(shape: Geometry) -> Polygon:
    return max(shapely.get_parts(shape), key=lambda part: part.area)


@lru_cache(maxsize=64)
def _rooms(drawing: AreaBorders) -> tuple[Rooms, list[str]]:
    """Return where names can stand, and whose are written: of the areas, or where few of them fit of the wijken."""
    own = {code: _largest(shape) for code, shape in drawing.shapes.items()}
    written = {code: area.name for code, area in drawing.areas.items()}
    above = {code: shape for code, (_, shape) in drawing.above.items() if shape.intersects(drawing.frame)}
    named = written | {code: name for code, (name, _) in drawing.above.items()}
    few = drawing.above and roomy(written, own) < ENOUGH_NAMES * len(own)
    return Rooms(named, own | above, drawing.frame), list(above if few else own)


@lru_cache(maxsize=256)
def names(drawing: AreaBorders, selected: str | None = None) -> list[Label]:
    """Return the names to write on a sheet: its areas, or of the wijken; that of `selected` first."""
    rooms, codes = _rooms(drawing)
    first = [selected] if selected is not None and selected in drawing.shapes else []
    return rooms.placed({*codes, *first}, first)
