"""The ground of the large map: the borders of a working area with what lies around it, water, rails and streets."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import shapely
from shapely import Geometry, MultiPolygon

from buurtbalans.figures.area import coverage
from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.site.map.layers import Layers
from buurtbalans.site.map.street_map import Streets
from buurtbalans.site.map.topography import layers_of, streets_of

AROUND: Final = 1.6  # how much of its own size is drawn on every side: a wide screen shows it
THIN: Final = 1.5  # metres: about the root of the surface of the corners that may go
DIGITS: Final = 5  # of a degree: about a metre

Place = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Ground:
    """The areas in view by code, which of them are the working area, and what lies over and under them; in degrees."""

    division: Division
    areas: Mapping[str, Area]
    here: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    frame: tuple[float, float, float, float]
    layers: Layers
    streets: Streets | None

    @cached_property
    def outline(self) -> Geometry:
        """The edge of the working area."""
        return shapely.union_all([self.areas[code].geometry for code in self.here])

    @cached_property
    def middles(self) -> Mapping[str, Place]:
        """A place well inside each area, for what is said of the area and of no place in it."""
        inside = {code: shapely.maximum_inscribed_circle(a.geometry, 1e-5) for code, a in self.areas.items()}
        return {
            code: (round(line.coords[0][0], DIGITS), round(line.coords[0][1], DIGITS)) for code, line in inside.items()
        }

    @cached_property
    def written(self) -> Mapping[str, Any]:
        """The borders of each area as GeoJSON, and water, parks, rails and blocks, written once."""
        return {
            "areas": {code: as_geojson(area.geometry) for code, area in self.areas.items()},
            "ground": {
                "water": as_geojson(self._seen(self.layers.water)),
                "parks": as_geojson(self._seen(self.layers.parks)),
                "rail": as_geojson(self._seen(shapely.union_all(list(self.layers.rail)))),
                "blocks": as_geojson(MultiPolygon(self.streets.around)) if self.streets else None,
                "own_blocks": as_geojson(MultiPolygon([b for part in self.streets.blocks.values() for b in part]))
                if self.streets
                else None,
                "square": as_geojson(self.streets.square) if self.streets else None,
                "outline": as_geojson(self.outline),
            },
        }

    def _seen(self, geometry: Geometry) -> Geometry:
        return shapely.clip_by_rect(geometry, *self.frame) if not geometry.is_empty else geometry


def as_geojson(geometry: Geometry) -> Any:
    """Return a geometry as GeoJSON, to about a metre; nothing when it is empty."""
    if geometry.is_empty:
        return None
    return json.loads(shapely.to_geojson(shapely.transform(geometry, lambda xy: np.round(xy, DIGITS))))


def ground_of(place: Neighbourhood, division: Division | None) -> Ground | None:
    """Return the ground of a working area in a division, or None where the division has no borders of it."""
    return _ground(division, place.municipality, tuple(place.codes), place.name) if division else None


def _thinned(year: int, areas: Iterable[Area], frame: tuple[float, float, float, float]) -> dict[str, Area]:
    """Return the buurten within a frame by code, with borders as fine as the map needs."""
    window = shapely.box(*frame)
    near = [area for area in areas if area.geometry.intersects(window)]  # type: ignore[union-attr]
    thin = coverage.simplified_division(Division(year, near), THIN)
    return {area.code: area for area in thin.of_level(AreaLevel.BUURT)}


def _frame(west: float, south: float, east: float, north: float) -> tuple[float, float, float, float]:
    """Return the bounds of what is drawn around a working area, wide enough for a wide screen."""
    air_x, air_y = (AROUND * max(east - west, (north - south) * 1.6), AROUND * max(north - south, (east - west) / 1.6))
    return west - air_x, south - air_y, east + air_x, north + air_y


@lru_cache(maxsize=16)
def _ground(division: Division, municipality: str, codes: tuple[str, ...], name: str) -> Ground | None:
    drawn = [area for area in division.of_level(AreaLevel.BUURT, municipality) if area.geometry is not None]
    own = [area.geometry for area in drawn if area.code in codes]
    if not own:
        return None
    west, south, east, north = (float(side) for side in shapely.total_bounds(own))
    frame = _frame(west, south, east, north)
    areas = _thinned(division.year, drawn, frame)
    here = tuple(code for code in codes if code in areas)
    return Ground(
        division,
        areas,
        here,
        (west, south, east, north),
        frame,
        layers_of(municipality) or Layers(),
        streets_of(municipality, name),
    )
