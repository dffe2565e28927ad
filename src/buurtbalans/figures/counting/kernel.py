"""The kernel: the area of each point, by looking up its cell and, on a border, by the few edges in that cell."""

from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from buurtbalans.figures.counting.edges import spread
from buurtbalans.figures.counting.grid import BLOCK, OUTSIDE, Grid

Answer = NDArray[np.int32]
Column = NDArray[np.float64]
_AT_ONCE: Final = 32_768  # points whose numbers stay in the cache of the processor
_ON_BORDER: Final = 8_192  # the same for points in border cells, which take more numbers each
_SHIFT: Final = BLOCK.bit_length() - 1
_LOWEST: Final = np.array([0] + [(mask & -mask).bit_length() - 1 for mask in range(1, 256)], np.int32)


def locate(grid: Grid, x: Column, y: Column) -> Answer:
    """Return the number of the area each point lies in, or -1.

    A point on a border, or where areas overlap, belongs to the first of the areas that touch it, in the order the grid
    was built with. So every point that touches an area belongs to exactly one, and always the same.

    Parameters
    ----------
    grid : Grid
        The map.
    x, y : ndarray of shape (n,)
        Coordinates in the plane of the map; NaN and infinite are outside.

    Returns
    -------
    ndarray of shape (n,), int32

    Notes
    -----
    From the lower left corner of a border cell, whose areas are known, the kernel walks up and then right to the point;
    each edge on the way switches its areas on or off (Jordan's curve theorem; M. Shimrat, "Algorithm 112: position of
    point relative to polygon", CACM 5 (1962), 434). Both walks stay in the cell, so only its own edges count. Where an
    edge passes within a millionth of a cell, GEOS decides with exact arithmetic.

    Examples
    --------
    >>> from buurtbalans.figures.counting.grid import build
    >>> grid = build(np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]))
    >>> locate(grid, np.array([0.5, 1.0, 1.5, 2.0, 2.5]), np.array([0.5, 0.5, 0.0, 1.0, 0.5])).tolist()
    [0, 0, 1, 1, -1]
    """
    x, y = np.ascontiguousarray(x, np.float64), np.ascontiguousarray(y, np.float64)
    answer = np.empty(len(x), np.int32)
    for begin in range(0, len(x), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        answer[part] = _looked_up(grid, x[part], y[part])
    border = np.flatnonzero(answer < OUTSIDE)
    for begin in range(0, len(border), _ON_BORDER):
        some = border[begin : begin + _ON_BORDER]
        answer[some] = _on_border(grid, -2 - answer[some], x[some], y[some])
    return answer


def _looked_up(grid: Grid, x: Column, y: Column) -> Answer:
    frame = grid.frame
    column, row = x - frame.left, y - frame.bottom
    column *= 1 / frame.width
    row *= 1 / frame.height
    if not (column.min() >= 0 and column.max() < frame.columns and row.min() >= 0 and row.max() < frame.rows):
        beyond = ~((column >= 0) & (column < frame.columns) & (row >= 0) & (row < frame.rows))
        column[beyond] = row[beyond] = 0
    across, up = column.astype(np.int32), row.astype(np.int32)
    block = grid.coarse.take((up >> _SHIFT) * np.int32(frame.columns // BLOCK) + (across >> _SHIFT))
    within = ((up & (BLOCK - 1)) << _SHIFT) | (across & (BLOCK - 1))
    return grid.fine.take((block << (2 * _SHIFT)) | within)


def _on_border(grid: Grid, cell: Answer, x: Column, y: Column) -> Answer:
    frame = grid.frame
    left = frame.left + np.floor((x - frame.left) * (1 / frame.width)) * frame.width
    floor = frame.bottom + np.floor((y - frame.bottom) * (1 / frame.height)) * frame.height
    first = grid.first_entry.take(cell)
    many = grid.first_entry.take(cell + 1) - first  # at least one: without an edge it is no border cell
    runs = np.cumsum(many) - many
    point = np.repeat(np.arange(len(cell)), many)
    entry = np.arange(len(point)) + (first - runs).take(point)
    ax, ay, bx, by = np.ascontiguousarray(grid.corners.take(grid.entry_edge.take(entry), axis=0).T)
    px, py, left, floor = x.take(point), y.take(point), left.take(point), floor.take(point)
    dx, dy = bx - ax, by - ay
    side = (px - ax) * dy - (py - ay) * dx
    elbow = side - (px - left) * dy
    below = elbow < 0
    right = (ay <= py) & (py < by) & ((side < 0) != below)
    upward = ((ax <= left) != (bx <= left)) & ((elbow + (py - floor) * dx < 0) != below)
    crossed = np.where(right != upward, grid.entry_bits.take(entry), np.uint8(0))
    close = np.minimum(np.abs(side), np.abs(elbow)) <= grid.close * (np.abs(dx) + dy)
    close &= (py >= ay - grid.close) & (py <= by + grid.close)
    bits = grid.base.take(cell) ^ np.bitwise_xor.reduceat(crossed, runs)
    answer = np.where(bits == 0, OUTSIDE, grid.candidate.take(grid.first_candidate[cell] + _LOWEST[bits], mode="clip"))
    unsure = np.flatnonzero(grid.hard.take(cell) | np.logical_or.reduceat(close, runs))
    if len(unsure):
        answer[unsure] = _by_geos(grid, cell[unsure], x[unsure], y[unsure])
    return answer.astype(np.int32)


def _by_geos(grid: Grid, cell: Answer, x: Column, y: Column) -> Answer:
    """Return the first candidate of its cell that touches each point, by exact arithmetic."""
    begin, end = grid.first_candidate[cell].astype(np.int64), grid.first_candidate[cell + 1].astype(np.int64)
    point, place = spread(begin, end)
    area = grid.candidate[place]
    needed, which = np.unique(area, return_inverse=True)
    shapes = np.array([grid.shape(int(each)) for each in needed], object)
    touches = shapely.intersects_xy(shapes[which], x[point], y[point])
    answer = np.full(len(cell), OUTSIDE, np.int32)
    last_to_first = np.flatnonzero(touches)[::-1]
    answer[point[last_to_first]] = area[last_to_first]
    return answer
