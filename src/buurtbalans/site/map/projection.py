"""From degrees to pixels of a drawing: flat, true to shape at the scale of a city."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from buurtbalans.site.map.viewport import Viewport

METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular around the city's middle latitude: `per_metre` pixels a metre, `left` and `top` in metres."""

    width: int
    height: int
    per_metre: float
    left: float
    top: float
    squeeze: float

    def pixels(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn longitudes and latitudes into pixels, y downwards."""
        x = xy[:, 0] * METRES_PER_DEGREE * self.squeeze - self.left
        y = self.top - xy[:, 1] * METRES_PER_DEGREE
        return np.column_stack([x, y]) * self.per_metre

    def drawn(self, geometry: Geometry) -> Geometry:
        """Turn a geometry in degrees into pixels."""
        return shapely.transform(geometry, self.pixels)


def fit_projection(bounds: tuple[float, float, float, float], width: int, margin: float, view: Viewport) -> Projection:
    """Return the projection in which `bounds` (degrees) fill a drawing of `width` pixels, or a closer part of it."""
    west, south, east, north = bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    left, right = (side * METRES_PER_DEGREE * squeeze for side in (west, east))
    bottom, top = (side * METRES_PER_DEGREE for side in (south, north))
    whole = (width - 2 * margin) / (right - left)
    height = round((top - bottom) * whole + 2 * margin)
    per_metre = whole * view.zoom
    x, y = (left + right) / 2, (top + bottom) / 2
    if view.centre is not None:
        x, y = view.centre[0] * METRES_PER_DEGREE * squeeze, view.centre[1] * METRES_PER_DEGREE
    x = _clamped(x, left - margin / whole, right + margin / whole, width / per_metre)
    y = _clamped(y, bottom - margin / whole, top + margin / whole, height / per_metre)
    return Projection(width, height, per_metre, x - width / per_metre / 2, y + height / per_metre / 2, squeeze)


def _clamped(middle: float, low: float, high: float, size: float) -> float:
    """Move the middle of a window so that it does not look over the edge of the map."""
    if high - low <= size:
        return (low + high) / 2
    return min(max(middle, low + size / 2), high - size / 2)
