"""How the plan of Waterdam becomes ground: smooth banks, wobbly borders, one coverage of buurten without a gap."""

import math
import random
from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString, MultiPoint, Point, Polygon

WAVES = ((110.0, 5.0), (48.0, 2.4), (24.0, 1.5), (13.0, 0.9))  # length and height of the wobble of a border
GRID = 0.01


def smooth(points: Sequence[tuple[float, float]], closed: bool = False, steps: int = 12) -> NDArray[np.float64]:
    """Draw a flowing line through points (Catmull-Rom)."""
    xy = np.array(points, dtype=float)
    around = np.vstack([xy[-1], xy, xy[:2]]) if closed else np.vstack([2 * xy[0] - xy[1], xy, 2 * xy[-1] - xy[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    out = []
    for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False):
        out.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*out, xy[:1] if closed else xy[-1:]])


def stream(points: Sequence[tuple[float, float]], width: float) -> Polygon:
    """Return a river of one width along a course, with straight ends."""
    return LineString(smooth(points)).buffer(width / 2, cap_style="flat")


class Wobble:
    """A gentle shift of the whole sheet that turns straight borders into grown ones, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self._waves = []
        for length, height in WAVES:
            for _ in range(3):
                turn, phase_x, phase_y = (chance.uniform(0, 2 * math.pi) for _ in range(3))
                self._waves.append((2 * math.pi / length, height / 2, turn, phase_x, phase_y))

    def __call__(self, geometry: Geometry) -> Geometry:
        return shapely.transform(shapely.segmentize(geometry, 5.0), self._shift)

    def _shift(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        shift = np.zeros_like(xy)
        for k, height, turn, phase_x, phase_y in self._waves:
            along = k * (xy[:, 0] * math.cos(turn) + xy[:, 1] * math.sin(turn))
            shift[:, 0] += height * np.sin(along + phase_x)
            shift[:, 1] += height * np.sin(along + phase_y)
        return xy + shift


def divided(
    ground: Geometry,
    seeds: Mapping[str, tuple[float, float]],
    wobble: Wobble,
    cuts: Sequence[tuple[str, LineString]] = (),
) -> dict[str, list[Polygon]]:
    """Divide ground over seeds: each piece of land by the nearest seed on that piece, with grown borders.

    A cut splits the area of one seed in faces of their own, so that a border of another year fits in the same lines.
    The faces of all seeds together are one coverage: neighbours share every point.
    """
    faces: dict[str, list[Polygon]] = {}
    for piece in shapely.get_parts(ground):
        here = {name: place for name, place in seeds.items() if piece.contains(Point(place))}
        for name, polygons in _piece(piece, here, wobble, cuts).items():
            faces.setdefault(name, []).extend(polygons)
    if lost := seeds.keys() - faces.keys():
        raise ValueError(f"no ground under {sorted(lost)}")
    return faces


def _piece(
    piece: Polygon, seeds: Mapping[str, tuple[float, float]], wobble: Wobble, cuts: Sequence[tuple[str, LineString]]
) -> dict[str, list[Polygon]]:
    cells = {name: wobble(cell) for name, cell in _cells(piece, seeds).items()}
    borders = [wobble(_edges(piece, seeds)), piece.boundary]
    borders += [line.intersection(cells[name]) for name, line in cuts if name in cells]
    lines = shapely.union_all(shapely.set_precision(borders, GRID), grid_size=GRID)
    faces = [
        face
        for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
        if piece.covers(face.representative_point())
    ]
    owners: dict[str, list[Polygon]] = {name: [] for name in seeds}
    names = list(cells)
    for face in faces:
        shares = shapely.area(shapely.intersection(face, [cells[name] for name in names]))
        owners[names[int(np.argmax(shares))]].append(face)
    return _joined_up(owners)


def _edges(piece: Polygon, seeds: Mapping[str, tuple[float, float]]) -> Geometry:
    return shapely.voronoi_polygons(MultiPoint(list(seeds.values())), extend_to=piece.buffer(200), only_edges=True)


def _cells(piece: Polygon, seeds: Mapping[str, tuple[float, float]]) -> dict[str, Polygon]:
    cells = shapely.get_parts(shapely.voronoi_polygons(MultiPoint(list(seeds.values())), extend_to=piece.buffer(200)))
    return {name: next(cell for cell in cells if cell.covers(Point(place))) for name, place in seeds.items()}


def _joined_up(owners: dict[str, list[Polygon]]) -> dict[str, list[Polygon]]:
    """Give faces that lie apart from the rest of their area to the neighbour with the longest common border."""
    for name, faces in list(owners.items()):
        whole = shapely.get_parts(shapely.union_all(faces))
        largest = max(whole, key=lambda part: part.area)
        for face in [face for face in faces if not largest.covers(face.representative_point())]:
            shared = {
                other: sum(face.intersection(near).length for near in near_faces)
                for other, near_faces in owners.items()
                if other != name
            }
            owners[name].remove(face)
            owners[max(shared, key=lambda other: shared[other])].append(face)
    return owners
