"""From the Dutch national grid (RD, EPSG:28992, metres) to degrees, for files that say they use it."""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

AMERSFOORT_XY: Final = (155_000.0, 463_000.0)
AMERSFOORT_LATLON: Final = (52.15517440, 5.38720621)
# (power of x, power of y, seconds of arc), with x and y in 100 km from Amersfoort
LATITUDE: Final = (
    (0, 1, 3235.65389),
    (2, 0, -32.58297),
    (0, 2, -0.24750),
    (2, 1, -0.84978),
    (0, 3, -0.06550),
    (2, 2, -0.01709),
    (1, 0, -0.00738),
    (4, 0, 0.00530),
    (2, 3, -0.00039),
    (4, 1, 0.00033),
    (1, 1, -0.00012),
)
LONGITUDE: Final = (
    (1, 0, 5260.52916),
    (1, 1, 105.94684),
    (1, 2, 2.45656),
    (3, 0, -0.81885),
    (1, 3, 0.05594),
    (3, 1, -0.05607),
    (0, 1, 0.01199),
    (3, 2, -0.00256),
    (1, 4, 0.00128),
    (0, 2, 0.00022),
    (2, 0, -0.00022),
    (5, 0, 0.00026),
)


def to_degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn RD coordinates into longitude and latitude (WGS84).

    Parameters
    ----------
    xy : ndarray of shape (n, 2)
        Metres: x (7,000–300,000) and y (289,000–629,000).

    Returns
    -------
    ndarray of shape (n, 2)
        Degrees: longitude, latitude; within about half a metre of the official transformation RDNAPTRANS.

    Notes
    -----
    F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en
    WGS84-kaartcoördinaten", Geodesia 43 (2001), 64–69.

    Examples
    --------
    >>> to_degrees(np.array([[120_700.723, 487_525.501]])).round(6).tolist()  # the Westertoren in Amsterdam
    [[4.883526, 52.374533]]
    """
    dx = (xy[:, 0] - AMERSFOORT_XY[0]) * 1e-5
    dy = (xy[:, 1] - AMERSFOORT_XY[1]) * 1e-5
    latitude = AMERSFOORT_LATLON[0] + sum(k * dx**p * dy**q for p, q, k in LATITUDE) / 3600
    longitude = AMERSFOORT_LATLON[1] + sum(k * dx**p * dy**q for p, q, k in LONGITUDE) / 3600
    return np.column_stack([longitude, latitude])


def geometry_to_degrees(geometry: Geometry) -> Geometry:
    """Turn a whole geometry from RD into degrees."""
    return shapely.transform(geometry, to_degrees)
