"""The borders of a division as they are, not thinned out, for counting in the browser."""

from typing import Any, Final

import shapely
from shapely import Geometry

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division

_NEVER: Final = ()  # an area of which only the name is known


def exact_borders(division: Division) -> dict[str, Any]:
    """Return the buurten of a division in the order of their codes, each with all its rings.

    Parameters
    ----------
    division : Division
        Areas with borders in degrees.

    Returns
    -------
    dict
        `division` (the year) and `areas`, each with `code`, `name` and `rings`: flat lists of longitude, latitude, …
        with every digit, so that a point on a border falls in the browser where it falls here.

    Examples
    --------
    >>> from buurtbalans.figures.area.division import Area
    >>> two = [Area(f"BU9999000{n}", "", AreaLevel.BUURT, 2025, geometry=shapely.box(n, 0, n + 1, 1)) for n in (1, 0)]
    >>> found = exact_borders(Division(2025, two))
    >>> found["areas"][0]["code"], found["areas"][0]["rings"]
    ('BU99990000', [[1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0]])
    """
    buurten = sorted(division.of_level(AreaLevel.BUURT), key=lambda area: area.code)
    areas = [{"code": area.code, "name": area.name, "rings": _rings(area.geometry)} for area in buurten]
    return {"division": division.year, "areas": areas}


def _rings(geometry: Geometry | None) -> list[list[float]]:
    parts = _NEVER if geometry is None else shapely.get_rings(shapely.get_parts(geometry))
    return [shapely.get_coordinates(ring).ravel().tolist() for ring in parts]
