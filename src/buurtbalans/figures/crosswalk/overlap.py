"""How two sets of borders lie over each other: which piece of an old area lies in which new area."""

import math
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from buurtbalans.figures.area.coverage import METRES_PER_DEGREE, valid_polygon
from buurtbalans.figures.area.division import Area

# Two drawings of one border lie a little apart. Measured on Amsterdam 2019 over 2022: of 2,164 pieces 1,641 are
# narrower than 2 metres and none lies between 2 and 8 metres. A piece is such a sliver when it is narrower than this,
# and small in both areas.
TOLERANCE: Final = 5.0  # metres, mean width: twice the surface divided by the length of the border
SMALL: Final = 0.05  # of the surface of an area


class OverlapPiece(NamedTuple):
    """A piece of ground: which share of the old area it is (`of_before`), and of the new one (`of_after`)."""

    before: str
    after: str
    of_before: float
    of_after: float


def overlap_pieces(
    before: Sequence[Area],
    after: Sequence[Area],
    *,
    only: Collection[str] | None = None,
    tolerance: float = TOLERANCE,
) -> list[OverlapPiece]:
    """Return the pieces that two sets of areas cut each other in, slivers left out.

    Parameters
    ----------
    before, after
        Areas of one level in two divisions, borders in degrees; those without borders are left out.
    only
        Codes of new areas: then only the old areas that touch these are cut, each of them whole.
    tolerance
        Mean width in metres below which a small piece counts as two drawings of the same border.

    Returns
    -------
    list of Piece
        Sorted by codes. Surfaces are measured on a flat map around the middle of the old areas: within one area the
        shares are right to a thousandth.

    Examples
    --------
    >>> from buurtbalans.figures.area.codes import AreaLevel
    >>> def area(code, year, west, east):
    ...     return Area(code, code, AreaLevel.BUURT, year, geometry=shapely.box(west, 52.0, east, 52.01))
    >>> old = [area("BU99990101", 2020, 5.0, 5.03)]
    >>> new = [area("BU99990101", 2021, 5.0, 5.01), area("BU99990102", 2021, 5.01, 5.03)]
    >>> [(piece.after, round(piece.of_before, 3), round(piece.of_after, 3)) for piece in overlap_pieces(old, new)]
    [('BU99990101', 0.333, 1.0), ('BU99990102', 0.667, 1.0)]
    """
    old, new = _bordered(before), _bordered(after)
    if only is not None:
        old = _touching(old, [area for area in new if area.code in only])
        new = _touching(new, old)
    if not old or not new:
        return []
    scale = _scale(old)
    borders, others = _flat(old, scale), _flat(new, scale)
    left, right = shapely.STRtree(others).query(borders, predicate="intersects")
    common = shapely.intersection(borders[left], others[right])
    surface = shapely.area(common)
    real = surface > 0
    left, right, common, surface = left[real], right[real], common[real], surface[real]
    of_old, of_new = surface / shapely.area(borders)[left], surface / shapely.area(others)[right]
    narrow = 2 * surface / shapely.length(common) < tolerance
    sliver = narrow & (of_old < SMALL) & (of_new < SMALL)
    pieces = zip(left[~sliver], right[~sliver], of_old[~sliver].tolist(), of_new[~sliver].tolist(), strict=True)
    return sorted(OverlapPiece(old[i].code, new[j].code, of_before, of_after) for i, j, of_before, of_after in pieces)


def _bordered(areas: Sequence[Area]) -> list[Area]:
    return [area for area in areas if area.geometry is not None and not area.geometry.is_empty]


def _touching(areas: Sequence[Area], others: Sequence[Area]) -> list[Area]:
    """Return the areas that may share ground with the others."""
    if not areas or not others:
        return []
    tree = shapely.STRtree([area.geometry for area in areas])
    near = tree.query([other.geometry for other in others], predicate="intersects")[1]
    return [areas[place] for place in np.unique(near)]


def _scale(areas: Sequence[Area]) -> NDArray[np.float64]:
    """Return metres per degree, eastward and northward, around the middle of the areas."""
    _, south, _, north = shapely.total_bounds([area.geometry for area in areas])
    middle = math.radians((south + north) / 2)
    return np.array([METRES_PER_DEGREE * math.cos(middle), METRES_PER_DEGREE])


def _flat(areas: Sequence[Area], scale: NDArray[np.float64]) -> NDArray[np.object_]:
    sound = np.array([valid_polygon(area.geometry) for area in areas], dtype=object)
    flat: NDArray[np.object_] = shapely.transform(sound, lambda xy: xy * scale)
    return flat
