"""The borders of all areas as one list of edges, each once, with the areas it belongs to."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Shapes = NDArray[np.object_]
_MIX: Final = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Straight pieces of border from a (below) to b, and who owns them: `owner[i]` is an area of edge `edge[i]`.

    `corners` has shape (n, 4): ax, ay, bx, by with ay <= by. `edge` is sorted; a border between two areas is one edge
    with two owners.
    """

    corners: Floats
    edge: Ints
    owner: Ints

    def owners_of(self, edges: Ints) -> tuple[Ints, Ints]:
        """Return every (place in `edges`, owner) pair, in the order of `edges`."""
        first = np.searchsorted(self.edge, np.arange(len(self.corners) + 1))
        place, at = spread(first[edges], first[edges + 1])
        return place, self.owner[at]


def spread(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Return, for ranges start…stop, the number of the range and every value in it, flat.

    Examples
    --------
    >>> [part.tolist() for part in spread(np.array([4, 9]), np.array([6, 10]))]
    [[0, 0, 1], [4, 5, 9]]
    """
    many = np.maximum(stop - start, 0)
    place = np.repeat(np.arange(len(many)), many)
    offset = np.repeat(start - (np.cumsum(many) - many), many)
    return place, offset + np.arange(len(place))


def edges_of(shapes: Shapes) -> Edges:
    """Return the edges of polygons, equal ones taken together.

    Parameters
    ----------
    shapes : ndarray of shape (n,)
        Valid polygons and multipolygons, or None for an area without a border.

    Examples
    --------
    >>> two = edges_of(np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]))
    >>> len(two.corners), int(np.bincount(two.edge).max())
    (7, 2)
    """
    rings, owner = _rings(shapes)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    same = (ring[1:] == ring[:-1]) & (xy[1:] != xy[:-1]).any(axis=1)
    corners = np.hstack([xy[:-1][same], xy[1:][same]])
    turned = (corners[:, 1] > corners[:, 3]) | ((corners[:, 1] == corners[:, 3]) & (corners[:, 0] > corners[:, 2]))
    corners[turned] = corners[turned][:, [2, 3, 0, 1]]
    return _once(corners + 0.0, owner[ring[:-1][same]])


def _rings(shapes: Shapes) -> tuple[Shapes, Ints]:
    parts, area = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    return rings, area[part]


def _once(corners: Floats, owner: Ints) -> Edges:
    """Take equal edges together; two that only look equal to the hash stay apart, which costs nothing but time."""
    bits = np.ascontiguousarray(corners).view(np.uint64)
    hashed = np.zeros(len(bits), np.uint64)
    for column, factor in enumerate(_MIX):
        hashed = (hashed ^ bits[:, column]) * np.uint64(factor)
        hashed ^= hashed >> np.uint64(29)
    order = np.lexsort((owner, hashed))
    corners, owner = corners[order], owner[order]
    new = np.ones(len(corners), bool)
    new[1:] = (corners[1:] != corners[:-1]).any(axis=1)
    return Edges(np.ascontiguousarray(corners[new]), np.cumsum(new) - 1, owner)
