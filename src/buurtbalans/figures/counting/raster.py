"""Which cells of a grid an edge touches, and where edges cross the lines between its rows."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from buurtbalans.figures.counting.edges import Edges, Floats, Ints, spread

PAD: Final = 1e-4  # of a cell: a cell also gets the edges that pass this close, so that rounding misses none


@dataclass(frozen=True, slots=True)
class Frame:
    """A grid over a plane: corner, size of a cell, number of columns and rows.

    The frame stands at least one whole cell outside all borders, so whatever lies beyond it lies outside every area.
    """

    left: float
    bottom: float
    width: float
    height: float
    columns: int
    rows: int


def touched(edges: Edges, frame: Frame) -> tuple[Ints, Ints]:
    """Return every (edge, cell) pair where the edge touches the cell; a cell is row × columns + column."""
    ax, ay, bx, by = edges.corners.T
    bottom = np.floor((ay - frame.bottom) / frame.height - PAD).astype(np.int64)
    top = np.floor((by - frame.bottom) / frame.height + PAD).astype(np.int64)
    edge, row = spread(bottom, top + 1)
    floor: Floats = frame.bottom + (row.astype(np.float64) - PAD) * frame.height
    ceiling: Floats = frame.bottom + (row.astype(np.float64) + 1 + PAD) * frame.height
    one, other = _across(edges.corners[edge], floor), _across(edges.corners[edge], ceiling)
    flat = (by == ay)[edge]
    one, other = np.where(flat, ax[edge], one), np.where(flat, bx[edge], other)
    first = np.floor((np.minimum(one, other) - frame.left) / frame.width - PAD).astype(np.int64)
    last = np.floor((np.maximum(one, other) - frame.left) / frame.width + PAD).astype(np.int64)
    piece, column = spread(first, last + 1)
    return edge[piece], row[piece] * frame.columns + column


def _across(corners: Floats, height: Floats) -> Floats:
    """Return the x of each edge at a height, held between its ends."""
    ax, ay, bx, by = corners.T
    rise = np.where(by > ay, by - ay, 1.0)
    part: Floats = ax + np.clip((height - ay) / rise, 0.0, 1.0) * (bx - ax)
    return part


def intervals(edges: Edges, frame: Frame) -> tuple[Ints, Ints, Ints, Ints]:
    """Return row, area, first and last column of every run of lower left corners of cells that lies in an area.

    Sorted by row; within a row the area that comes first comes last, so that writing them in order lets it win.
    """
    ay, by = edges.corners[:, 1], edges.corners[:, 3]
    low = np.floor((ay - frame.bottom) / frame.height).astype(np.int64) - 1
    high = np.floor((by - frame.bottom) / frame.height).astype(np.int64) + 2
    edge, row = spread(low, high)
    line: Floats = frame.bottom + row.astype(np.float64) * frame.height
    crosses = (ay[edge] <= line) & (line < by[edge])
    edge, row, line = edge[crosses], row[crosses], line[crosses]
    at = _across(edges.corners[edge], line)
    place, owner = edges.owners_of(edge)
    order = np.lexsort((at[place], -owner, row[place]))
    place, owner = place[order], owner[order]
    column = np.ceil((at[place] - frame.left) / frame.width).astype(np.int64)
    return row[place][::2], owner[::2], column[::2], column[1::2] - 1
