"""Maps for counting: a tessellation whose neighbours share wiggled borders, and what GEOS says about points in it."""

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[np.object_]


def tessellation(areas: int, *, pieces: int = 8, seed: int = 5, side: float = 200_000.0) -> Shapes:
    """Return about `areas` polygons that fill a square: Voronoi cells, each border bent in `pieces` pieces."""
    chance = np.random.default_rng(seed)
    seeds = chance.random((areas, 2)) * side
    square = shapely.box(0, 0, side, side)
    lines = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=square, only_edges=True)
    lines = shapely.intersection(shapely.get_parts(shapely.union_all(lines)), square)
    lines = shapely.get_parts(shapely.union_all([*lines, square.boundary]))
    bent = [_bent(line, pieces, chance) for line in lines]
    found: Shapes = shapely.get_parts(shapely.polygonize(bent))
    return found


def _bent(line: shapely.LineString, pieces: int, chance: np.random.Generator) -> shapely.LineString:
    """Bend a border sideways between its ends, by so little that it meets no other border."""
    xy = shapely.get_coordinates(line)
    if len(xy) != 2:
        return line
    part = np.linspace(0, 1, pieces + 1)[1:-1, None]
    along = xy[1] - xy[0]
    aside = np.array([-along[1], along[0]])
    swing = 0.06 * np.minimum(part, 1 - part) * chance.uniform(-1, 1, (pieces - 1, 1))
    return shapely.LineString(np.vstack([xy[:1], xy[0] + part * along + swing * aside, xy[1:]]))


def by_geos(shapes: Shapes, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the first shape that touches each point, or -1, by shapely alone."""
    point, area = shapely.STRtree(shapes).query(shapely.points(x, y), predicate="intersects")
    found = np.full(len(x), len(shapes))
    np.minimum.at(found, point, area)
    return np.where(found == len(shapes), -1, found)
