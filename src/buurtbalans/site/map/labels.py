"""Names on the map: inside their own area, never over each other, left out where they do not fit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from .letters import halves, width

SIZES = (13.0, 12.0)  # pixels; nothing under 12 on a map
LINE = 1.18
INSIDE = (0.98, 0.9, 0.66)  # part of a name that must lie in its own area, from round to round less strict
TRIES = 30  # places per name and size before it is left out
STEPS = np.linspace(0.1, 0.9, 9)

Box = tuple[float, float, float, float]  # left, top, right, bottom
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
        self._places: dict[tuple[str, float], _Remembered] = {}
        self._middles: dict[tuple[str, float, float], list[Middle]] = {}
        self._one_at_a_time = Lock()

    def placed(self, codes: Iterable[str], first: Iterable[str] = ()) -> list[Label]:
        """Return the names of these areas that fit, the largest areas first, those of `first` before all others."""
        priority = set(first)
        order = sorted(codes, key=lambda code: (code not in priority, -self.areas[code].area, code))
        labels: dict[str, Label] = {}
        taken = np.empty((0, 4))
        with self._one_at_a_time:
            for inside in INSIDE:
                for code in order:
                    least = 0.0 if code in priority else inside
                    for label, box in self._of(code, least) if code not in labels else ():
                        if not _touches(box, taken):
                            taken = np.vstack([taken, box])
                            labels[code] = label
                            break
        return list(labels.values())

    def _of(self, code: str, least: float) -> "_Remembered":
        """Return the places for a name of which enough lies inside its area, the best first."""
        if (code, least) not in self._places:
            area = self.areas[code]
            seen = area if self.frame.contains(area) else _largest(area.intersection(self.frame))
            self._places[code, least] = _Remembered(self._candidates(code, seen, least))
        return self._places[code, least]

    def _candidates(self, code: str, area: Polygon, least: float) -> Iterator[tuple[Label, Box]]:
        """Yield places for a name, the best first: near the middle of the widest room, in one line rather than two."""
        name = self.names.get(code, "")
        if not name or area.is_empty:
            return
        for lines in _ways(name):
            for size in SIZES:
                if not _fits(lines, size, area, least):
                    continue
                wide, high = max(width(line, size) for line in lines), len(lines) * size * LINE
                known = code, wide, high
                if known not in self._middles:
                    self._middles[known] = _middles(area, wide, high)
                enough = [middle for middle in self._middles[known] if middle[2] >= least]
                for x, y, _inside in enough[:TRIES]:
                    box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
                    yield Label(code, lines, round(x), round(y), size), box


class _Remembered:
    """Places for a name, worked out when they are asked for and then kept: mostly the first one is taken."""

    def __init__(self, places: Iterator[tuple[Label, Box]]) -> None:
        self.coming, self.known = places, list[tuple[Label, Box]]()

    def __iter__(self) -> Iterator[tuple[Label, Box]]:
        yield from self.known
        for place in self.coming:
            self.known.append(place)
            yield place


def _touches(box: Box, others: NDArray[np.float64]) -> bool:
    left, top, right, bottom = box
    apart = (others[:, 0] > right) | (others[:, 2] < left) | (others[:, 1] > bottom) | (others[:, 3] < top)
    return not bool(apart.all())


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
    grid = np.array([(left + (right - left) * x, top + (bottom - top) * y) for x in STEPS for y in STEPS])
    middles = np.vstack([pole, np.asarray(area.centroid.coords), grid])
    x, y = middles[:, 0], middles[:, 1]
    boxes = shapely.box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
    shapely.prepare(area)
    inside = shapely.contains(area, boxes).astype(float)
    over = (inside == 0) & shapely.intersects(area, boxes)  # only these are costly
    inside[over] = shapely.area(shapely.intersection(boxes[over], area)) / (wide * high)
    away = np.hypot(x - pole[0], (y - pole[1]) * 2) / max(right - left, 1.0)
    order = np.argsort(-(np.minimum(inside, 0.99) - 0.2 * away), kind="stable")
    return [(float(x[place]), float(y[place]), float(inside[place])) for place in order]
