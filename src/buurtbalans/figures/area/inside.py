"""Whether a place lies in some areas of a division: a plan puts nothing on the map outside its neighbourhood."""

from collections.abc import Sequence

import shapely

from buurtbalans.figures.area.division import Division

EDGE = 0.0003  # degrees, some 25 metres: the front door of a building on the border counts


def lies_in(division: Division, codes: Sequence[str], place: tuple[float, float]) -> bool | None:
    """Return whether a place (longitude, latitude) lies in one of the areas, or None where no border is known."""
    shapes = [division[code].geometry for code in codes if code in division and division[code].geometry is not None]
    return bool((shapely.distance(shapes, shapely.Point(place)) <= EDGE).any()) if shapes else None
