"""Names on the map: inside their own area, never over each other, left out where they do not fit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from threading import Lock

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon
from shapely.geometry.polygon import orient

from buurtbalans.site.map.text_width import halves, width

SIZES = (13.0, 12.0)  # pixels; nothing under 12 on a map
LINE = 1.18
INSIDE = (0.98, 0.9, 0.66)  # part of a name that must lie in its own area, from round to round less strict
TRIES = 30  # places per name and size before it is left out
COARSE = 0.5  # pixels that a border may move for working out how much of a name lies inside it
STEPS = np.linspace(0.1, 0.9, 9)

Box = tuple[float, float, float, float]  # left, top, right, bottom
Floats = NDArray[np.float64]
Middle = tuple[float, float, float]  # of a box: its x and y, and how much of it lies in its area


@dataclass(frozen=True, slots=True)
class Label:
    """A placed name: its lines, the middle of its box, its letter size."""

    code: str
    lines: tuple[str, ...]
    x: float
    y: float
    size: float

    @property
    def baselines(self) -> list[tuple[str, float]]:
        """Each line with the height of its foot."""
        first = self.y - (len(self.lines) - 1) * self.size * LINE / 2 + self.size * 0.34
        return [(line, first + place * self.size * LINE) for place, line in enumerate(self.lines)]


class Rooms:
    """Where the names of a drawing could stand: worked out once for each area, whatever is chosen on the map.

    `areas` are the largest part of each area in pixels, `frame` the edge of the drawing.
    """

    def __init__(self, names: Mapping[str, str], areas: Mapping[str, Polygon], frame: Polygon) -> None:
        self.names, self.areas, self.frame = names, areas, frame
        self._places: dict[tuple[str, float], _PlacedLabels] = {}
        self._middles: dict[tuple[str, float, float], list[Middle]] = {}
        self._one_at_a_time = Lock()

    def placed(self, codes: Iterable[str], first: Iterable[str] = ()) -> list[Label]:
        """Return the names of these areas that fit, the largest areas first, those of `first` before all others."""
        priority = set(first)
        order = sorted(codes, key=lambda code: (code not in priority, -self.areas[code].area, code))
        labels: dict[str, Label] = {}
        taken = Taken()
        with self._one_at_a_time:
            for inside in INSIDE:
                for code in order:
                    least = 0.0 if code in priority else inside
                    for label, box in self._of(code, least) if code not in labels else ():
                        if not taken.hit(np.array([box])).any():
                            taken.add(box)
                            labels[code] = label
                            break
        return list(labels.values())

    def _of(self, code: str, least: float) -> "_PlacedLabels":
        """Return the places for a name of which enough lies inside its area, the best first."""
        if (code, least) not in self._places:
            area = self.areas[code]
            seen = area if self.frame.contains(area) else _largest(area.intersection(self.frame))
            self._places[code, least] = _PlacedLabels(self._candidates(code, seen, least))
        return self._places[code, least]

    def _candidates(self, code: str, area: Polygon, least: float) -> Iterator[tuple[Label, Box]]:
        """Yield places for a name, the best first: near the middle of the widest room, in one line rather than two."""
        name = self.names.get(code, "")
        if not name or area.is_empty:
            return
        for lines, size in product(_ways(name), SIZES):
            if not _fits(lines, size, area, least):
                continue
            wide, high = max(width(line, size) for line in lines), len(lines) * size * LINE
            enough = [middle for middle in self._middles_of(code, area, wide, high) if middle[2] >= least]
            for x, y, _inside in enough[:TRIES]:
                box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
                yield Label(code, lines, round(x), round(y), size), box

    def _middles_of(self, code: str, area: Polygon, wide: float, high: float) -> list[Middle]:
        """Return the middles where a box of this size can stand in an area, computed once per size."""
        key = code, wide, high
        if key not in self._middles:
            self._middles[key] = _middles(area, wide, high)
        return self._middles[key]


class _PlacedLabels:
    """Places for a name, worked out when they are asked for and then kept: mostly the first one is taken."""

    def __init__(self, places: Iterator[tuple[Label, Box]]) -> None:
        self.coming, self.known = places, list[tuple[Label, Box]]()

    def __iter__(self) -> Iterator[tuple[Label, Box]]:
        yield from self.known
        for place in self.coming:
            self.known.append(place)
            yield place


class Taken:
    """Rooms that are taken, as left, top, right and bottom; new ones are held against all of them at once."""

    def __init__(self, rooms: Iterable[Sequence[float]] = ()) -> None:
        self._rooms = np.array([*rooms], dtype=float).reshape(-1, 4)

    def hit(self, boxes: Floats) -> NDArray[np.int64]:
        """Return how many rooms each of some boxes touches, shape (boxes, 4)."""
        left, top, right, bottom = (side[:, None] for side in boxes.T)
        mine = self._rooms.T
        touched = (mine[0] <= right) & (mine[2] >= left) & (mine[1] <= bottom) & (mine[3] >= top)
        return np.asarray(touched.sum(axis=1))

    def add(self, box: Sequence[float] | Floats) -> None:
        """Take a room."""
        self._rooms = np.vstack([self._rooms, box])


def roomy(names: Mapping[str, str], areas: Mapping[str, Polygon]) -> int:
    """Return how many areas are wide and high enough for their name, without placing any."""
    return sum(_fits(lines, SIZES[-1], areas[code], INSIDE[0]) for code in areas for lines in _ways(names[code])[:1])


def _fits(lines: tuple[str, ...], size: float, area: Polygon, least: float) -> bool:
    left, top, right, bottom = area.bounds
    wide, high = max(width(line, size) for line in lines), len(lines) * size * LINE
    return wide * least <= right - left and high * least <= bottom - top


def _largest(geometry: shapely.Geometry) -> Polygon:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area) if parts else Polygon()


def _ways(name: str) -> list[tuple[str, ...]]:
    two = halves(name)
    return [(name,), two] if two else [(name,)]


def _middles(area: Polygon, wide: float, high: float) -> list[Middle]:
    """Return where the middle of a box may be and how much of the box then lies inside the area, the best first."""
    pole = shapely.get_coordinates(shapely.maximum_inscribed_circle(area, 1.0))[0]
    left, top, right, bottom = area.bounds
    across, down = np.meshgrid(left + (right - left) * STEPS, top + (bottom - top) * STEPS, indexing="ij")
    grid = np.column_stack([across.ravel(), down.ravel()])
    middles = np.vstack([pole, np.asarray(area.centroid.coords), grid])
    x, y = middles[:, 0], middles[:, 1]
    inside = covered(area.simplify(COARSE), x, y, wide, high)
    away = np.hypot(x - pole[0], (y - pole[1]) * 2) / max(right - left, 1.0)
    order = np.argsort(-(np.minimum(inside, 0.99) - 0.2 * away), kind="stable")
    return [(float(x[place]), float(y[place]), float(inside[place])) for place in order]


def covered(area: Polygon, x: Floats, y: Floats, wide: float, high: float) -> Floats:
    """Return how much of each box around (x, y) lies in an area, all boxes at once.

    By Green's theorem the surface of the area left of and below a corner is the sum of min(x, corner) dy along its
    borders, up to the height of the corner; four corners make a box. GEOS, one box at a time, takes five times as long.
    """
    whole = orient(area)
    rings = [np.asarray(ring.coords) for ring in (whole.exterior, *whole.interiors)]
    starts, ends = (np.vstack([ring[part] for ring in rings]) for part in (slice(-1), slice(1, None)))
    run = ends - starts
    level = run[:, 1] != 0  # what is flat counts for nothing
    starts, run = starts[level], run[level]
    surface = np.zeros(len(x))
    for side, sign in ((wide / 2, 1), (-wide / 2, -1)):
        for foot in (high / 2, -high / 2):
            right, height = (x + side)[:, None], (y + foot)[:, None]
            reached = np.clip((height - starts[:, 1]) / run[:, 1], 0, 1)
            first, last = np.where(run[:, 1] > 0, 0, reached), np.where(run[:, 1] > 0, reached, 1)
            left, after = (right - starts[:, 0] - at * run[:, 0] for at in (first, last))
            most, least = np.maximum(left, after), np.minimum(left, after)
            crosses = (most > 0) & (least < 0)
            gap = np.where(crosses, most - least, 1)
            beyond = np.where(crosses, most**2 / (2 * gap), (np.maximum(left, 0) + np.maximum(after, 0)) / 2)
            part = (run[:, 1] * (last - first) * (right - beyond)).sum(axis=1)
            surface += part * sign * (1 if foot > 0 else -1)
    return np.asarray(np.clip(surface / (wide * high), 0, 1).round(9))
