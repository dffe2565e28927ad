"""Streets of one quarter of Waterdam: named parts, blocks of houses between streets, and a square with trees."""

import math
import random
from collections.abc import Iterator, Mapping
from itertools import pairwise

import shapely
from shapely import Geometry, LineString, Polygon

from buurtbalans.site.demo.ground import Wobble, divided
from buurtbalans.site.map.street_map import Streets

STREET = 1.8  # on the plan, between two blocks
SMALLEST = 34.0  # a block is not split further below about twice this surface
MAIN_STREET = 3.2


def quarter(
    area: Polygon, parts: Mapping[str, tuple[float, float]], square_in: str, around: Geometry, seed: int
) -> Streets:
    """Divide an area in parts and blocks; `parts` says where they lie between its edges (0–1)."""
    left, top, right, bottom = area.bounds
    seeds = {name: (left + (right - left) * x, top + (bottom - top) * y) for name, (x, y) in parts.items()}
    faces = divided(area, seeds, Wobble(seed))
    chance = random.Random(seed)
    joined = {name: shapely.union_all(pieces) for name, pieces in faces.items()}
    square = _square(joined[square_in])
    blocks = {}
    for name, part in joined.items():
        free = part.difference(square.buffer(STREET)) if name == square_in else part
        blocks[name] = tuple(_blocks(free.buffer(-MAIN_STREET / 2), chance))
    outside = [
        block for piece in shapely.get_parts(around) for block in _blocks(piece.buffer(-MAIN_STREET / 2), chance)
    ]
    return Streets(joined, blocks, square, tuple(outside))


def _square(part: Polygon) -> Polygon:
    middle = part.centroid
    return shapely.affinity.rotate(shapely.box(middle.x - 13, middle.y - 9, middle.x + 13, middle.y + 9), 8, "centroid")


def _blocks(piece: Geometry, chance: random.Random) -> Iterator[Polygon]:
    """Split a piece of ground by streets until its blocks are small."""
    for part in shapely.get_parts(piece):
        if part.geom_type == "Polygon" and part.area > 6:
            yield from _split(part, _direction(part) + chance.uniform(-0.12, 0.12), chance)


def _split(part: Polygon, direction: float, chance: random.Random) -> Iterator[Polygon]:
    if part.area < 2 * SMALLEST * chance.uniform(0.8, 1.4):
        if part.area > 7:
            yield part.buffer(0)
        return
    across = direction + (math.pi / 2 if _long(part, direction) else 0) + chance.uniform(-0.07, 0.07)
    middle, far = part.centroid, 1000.0
    shift = chance.uniform(-0.12, 0.12) * math.sqrt(part.area)
    x, y = middle.x - math.sin(across) * shift, middle.y + math.cos(across) * shift
    dx, dy = math.cos(across) * far, math.sin(across) * far
    street = LineString([(x - dx, y - dy), (x + dx, y + dy)]).buffer(STREET / 2, cap_style="flat")
    for rest in shapely.get_parts(part.difference(street)):
        yield from _split(rest, direction, chance)


def _direction(part: Polygon) -> float:
    """Return the direction of the longest side of the smallest box around a part."""
    corners = shapely.get_coordinates(part.minimum_rotated_rectangle)
    (ax, ay), (bx, by) = max(pairwise(corners), key=lambda side: math.dist(*side))
    return math.atan2(by - ay, bx - ax)


def _long(part: Polygon, direction: float) -> bool:
    """Return whether a part is longer along a direction than across it."""
    turned = shapely.affinity.rotate(part, -math.degrees(direction), (0, 0))
    left, top, right, bottom = turned.bounds
    return bool(right - left > bottom - top)
