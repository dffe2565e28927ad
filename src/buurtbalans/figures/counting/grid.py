"""The grid over a map: cells that lie in one area know it, cells on a border know the few edges that matter."""

from dataclasses import dataclass, field, fields
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from buurtbalans.figures.counting.edges import Edges, Floats, Ints, Shapes, edges_of, spread
from buurtbalans.figures.counting.raster import Frame, intervals, touched

BLOCK: Final = 8  # a coarse cell is 8 × 8 cells
OUTSIDE: Final = -1
CANDIDATES: Final = 8  # areas that one border cell can tell apart by bits; more is for GEOS
SHARE: Final = 0.05  # of the surface lies in border cells, when memory allows
_BORDER_CELLS: Final = 3_000_000
_COARSE_CELLS: Final = 3_000_000
_CLOSE: Final = 1e-6  # of a cell: nearer to an edge than this, GEOS decides
_FINEST: Final = 2.0**-28  # of the largest coordinate: far above what its digits hold
_OFFSET: Final = (1.381966, 1.273205)  # cells between frame and map; no round numbers, so lines avoid round borders


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Everything the kernel looks up. Areas are numbers, in the order of the shapes it was built from.

    A point falls in block `coarse[…]` and there in a cell of `fine`: at least 0 is an area, -1 is outside, and below
    that stands border cell -2 - value. A border cell has candidate areas, the bits of those that hold its lower left
    corner, and entries: an edge and the bits of the candidates that begin or end there.
    """

    frame: Frame
    close: float
    coarse: NDArray[np.int32]
    fine: NDArray[np.int32]
    corners: Floats
    first_entry: NDArray[np.int32]
    entry_edge: NDArray[np.int32]
    entry_bits: NDArray[np.uint8]
    base: NDArray[np.uint8]
    hard: NDArray[np.bool_]
    first_candidate: NDArray[np.int32]
    candidate: NDArray[np.int32]
    wkb: NDArray[np.uint8]
    wkb_end: NDArray[np.int64]
    shapes: dict[int, shapely.Geometry] = field(default_factory=dict)

    def shape(self, area: int) -> shapely.Geometry:
        """Return the border of an area, for the few points that GEOS decides."""
        if area not in self.shapes:
            begin = int(self.wkb_end[area - 1]) if area else 0
            self.shapes[area] = shapely.from_wkb(self.wkb[begin : int(self.wkb_end[area])].tobytes())
        return self.shapes[area]


ARRAYS: Final = tuple(field.name for field in fields(Grid) if field.name not in ("frame", "close", "shapes"))


def build(shapes: Shapes, *, shrink: float = 1.0) -> Grid:
    """Build the grid of a map.

    Parameters
    ----------
    shapes : ndarray of shape (n,)
        A valid polygon or multipolygon per area, or None, in degrees or metres. At least one has a border. Where areas
        overlap, the one that comes first has the place.
    shrink : float
        Divides the size of a cell; only speed and memory change.

    Returns
    -------
    Grid
        Answers as GEOS does for every point.
    """
    edges = edges_of(shapes)
    frame = frame_of(shapes, edges, shrink)
    edge, cell = touched(edges, frame)
    order = np.argsort(cell, kind="stable")
    edge, cell = edge[order], cell[order]
    new = np.ones(len(cell), bool)
    new[1:] = cell[1:] != cell[:-1]
    border, entry_cell = cell[new], np.cumsum(new) - 1
    coarse, fine, inside = _filled(frame, border, intervals(edges, frame), len(shapes))
    bits = _bits(edges, edge, entry_cell, inside, len(border))
    close = _CLOSE * min(frame.width, frame.height)
    hard = bits.many > CANDIDATES
    hard |= np.bincount(entry_cell, _near_corner(edges, edge, cell, frame, close), len(border)) > 0
    wkb = [b"" if shape is None else shapely.to_wkb(shape) for shape in shapes]
    return Grid(
        frame,
        close,
        coarse,
        fine,
        edges.corners,
        np.append(np.flatnonzero(new), len(cell)).astype(np.int32),
        edge.astype(np.int32),
        bits.toggle,
        bits.base,
        hard,
        bits.first,
        bits.candidate,
        np.frombuffer(b"".join(wkb), np.uint8),
        np.cumsum([len(part) for part in wkb]),
    )


def frame_of(shapes: Shapes, edges: Edges, shrink: float) -> Frame:
    """Choose the cells: as large as leaves few points in border cells, and not more than memory holds."""
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    degrees = west >= -180 and east <= 180 and south >= -90 and north <= 90
    squeeze = float(np.cos(np.radians((south + north) / 2))) if degrees else 1.0
    ax, ay, bx, by = edges.corners.T
    length = 1.27 * float(np.hypot((bx - ax) * squeeze, by - ay).sum())  # a line touches 4/π cells per cell of length
    surface = float(shapely.area(shapes[shapes != None]).sum()) * squeeze  # noqa: E711  (an array of shapes)
    size = max(SHARE * surface / length, length / _BORDER_CELLS) / shrink
    size = max(size, float(np.sqrt((east - west) * squeeze * (north - south) / _COARSE_CELLS)) / BLOCK)
    size = max(size, float(np.abs([west, south, east, north]).max()) * _FINEST)
    wide, high = size / squeeze, size
    columns = int(np.ceil((east - west) / wide)) + 4
    rows = int(np.ceil((north - south) / high)) + 4
    return Frame(
        west - _OFFSET[0] * wide,
        south - _OFFSET[1] * high,
        wide,
        high,
        -(-columns // BLOCK) * BLOCK,
        -(-rows // BLOCK) * BLOCK,
    )


def _filled(
    frame: Frame, border: Ints, runs: tuple[Ints, Ints, Ints, Ints], areas: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], tuple[Ints, Ints]]:
    """Return coarse and fine tables, and the (border cell, area) pairs whose lower left corner lies in the area.

    Blocks 0…areas are of one kind each: outside, area 0, area 1, …; blocks with a border follow.
    """
    high, wide = frame.rows // BLOCK, frame.columns // BLOCK
    coarse = np.zeros((high, wide), np.int32)
    same = np.repeat(np.arange(-1, areas, dtype=np.int32), BLOCK * BLOCK).reshape(-1, BLOCK * BLOCK)
    blocks, cells, holders = [same], [], []
    taken = len(same)
    lines = np.arange(high + 1) * BLOCK
    run_at, border_at = np.searchsorted(runs[0], lines), np.searchsorted(border, lines * frame.columns)
    for row in range(high):
        strip = np.full(BLOCK * frame.columns, OUTSIDE, np.int32)
        own = np.arange(border_at[row], border_at[row + 1])
        at = border[own] - lines[row] * frame.columns
        line, area, first, last = (part[run_at[row] : run_at[row + 1]] for part in runs)
        begin = (line - lines[row]) * frame.columns
        run, place = spread(begin + first, begin + last + 1)
        strip[place] = area[run]
        number = np.full(len(strip), -1, np.int32)
        number[at] = own
        known = number[place]
        cells.append(known[known >= 0])
        holders.append(area[run[known >= 0]])
        strip[at] = -2 - own
        square = strip.reshape(BLOCK, wide, BLOCK).transpose(1, 0, 2).reshape(wide, -1)
        mixed = np.zeros(wide, bool)
        mixed[(at % frame.columns) // BLOCK] = True
        coarse[row] = np.where(mixed, taken + np.cumsum(mixed) - 1, square[:, 0] + 1)
        blocks.append(square[mixed])
        taken += int(mixed.sum())
    pairs = np.concatenate(cells).astype(np.int64), np.concatenate(holders)
    return coarse.ravel(), np.concatenate(blocks).ravel(), pairs


@dataclass(frozen=True, slots=True)
class _Bits:
    many: Ints
    first: NDArray[np.int32]
    candidate: NDArray[np.int32]
    toggle: NDArray[np.uint8]
    base: NDArray[np.uint8]


def _bits(edges: Edges, edge: Ints, entry_cell: Ints, inside: tuple[Ints, Ints], cells: int) -> _Bits:
    """Give each candidate area of a border cell a bit, in order of area."""
    span = int(edges.owner.max()) + 1
    entry, owner = edges.owners_of(edge)
    touching = entry_cell[entry] * span + owner
    holding = inside[0] * span + inside[1]
    keys = np.sort(np.concatenate([touching, holding]))
    keys = keys[np.append(True, keys[1:] != keys[:-1])]  # np.unique hashes, which takes ten times as long here
    first = np.searchsorted(keys, np.arange(cells + 1) * span)

    def bit(pairs: Ints) -> NDArray[np.uint8]:
        rank = np.searchsorted(keys, pairs) - first[pairs // span]
        return np.where(rank < CANDIDATES, 1 << np.minimum(rank, CANDIDATES - 1), 0).astype(np.uint8)

    toggle, base = np.zeros(len(edge), np.uint8), np.zeros(cells, np.uint8)
    np.bitwise_xor.at(toggle, entry, bit(touching))
    np.bitwise_xor.at(base, inside[0], bit(holding))
    return _Bits(np.diff(first), first.astype(np.int32), (keys % span).astype(np.int32), toggle, base)


def _near_corner(edges: Edges, edge: Ints, cell: Ints, frame: Frame, close: float) -> NDArray[np.bool_]:
    """Return for each entry whether rounding could decide on which side of its edge the walk begins or goes up."""
    ax, ay, bx, by = edges.corners[edge].T
    x = frame.left + (cell % frame.columns) * frame.width
    y = frame.bottom + (cell // frame.columns) * frame.height
    side = (x - ax) * (by - ay) - (y - ay) * (bx - ax)
    near: NDArray[np.bool_] = np.abs(side) <= 2 * close * (np.abs(bx - ax) + (by - ay))
    near &= (y >= ay - 2 * close) & (y <= by + 2 * close)
    near |= ((ax <= x) != (bx <= x)) & (np.abs(bx - ax) <= 1_000 * close)
    return near
