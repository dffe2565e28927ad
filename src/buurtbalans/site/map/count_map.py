"""Numbers on the map: a circle with how many there are in an area, and its name where there is room for it."""

from collections.abc import Iterator, Mapping

import numpy as np
from django.utils.html import escape
from shapely import Geometry, Point, box

from buurtbalans.site.map.base_map import AreaBorders
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.map.labels import LINE, Taken
from buurtbalans.site.map.text_width import width

RADIUS = 11.0  # pixels of a circle; a dot without a number has a third of it
SIZE = 13.0  # of the letters of a name
APART = 4.0  # between a circle and its name


def draw_counts(
    drawing: AreaBorders, numbers: Mapping[str, int], known: Mapping[str, MapClass], selected: str | None
) -> Iterator[str]:
    """Yield a circle with the number of each area and its name; the chosen area first, then the highest numbers.

    Where a circle would lie over another there is a dot, if that has room, and a name that would lie over anything is
    left out: the table beside the map has them all.
    """
    there = sorted(numbers.keys() & drawing.shapes.keys(), key=lambda code: (code != selected, -numbers[code], code))
    dots = {code: drawing.shapes[code].representative_point() for code in there}
    taken = Taken()
    circled = [code for code in there if _take(taken, _around(dots[code], RADIUS))]
    for code in there:
        if code not in circled and _take(taken, _around(dots[code], RADIUS / 3)):
            yield f'<circle class="aantal" cx="{dots[code].x:.0f}" cy="{dots[code].y:.0f}" r="{RADIUS / 3:.0f}"/>'
    for code in circled:
        yield (
            f'<g aria-hidden="true"><circle class="aantal" cx="{dots[code].x:.0f}" cy="{dots[code].y:.0f}"'
            f' r="{RADIUS:.0f}"/><text class="aantal-cijfer" x="{dots[code].x:.0f}" y="{dots[code].y + 5:.0f}">'
            f"{numbers[code]}</text></g>"
        )
    for code in circled:
        yield from _named(drawing.areas[code].name, dots[code], drawing.shapes[code], known[code].css, taken)


def _named(name: str, dot: Point, shape: Geometry, style: str, taken: Taken) -> Iterator[str]:
    """Yield the name above its circle, or below it, where nothing stands yet; inside its area on the colour there."""
    wide, high = width(name, SIZE), SIZE * LINE
    for middle in (dot.y - RADIUS - APART - high / 2, dot.y + RADIUS + APART + high / 2):
        room = (dot.x - wide / 2, middle - high / 2, dot.x + wide / 2, middle + high / 2)
        if _take(taken, room):
            css = f' class="op-{style}"' if style and shape.contains(box(*room)) else ""
            yield (
                f'<g class="namen" aria-hidden="true"><text{css} x="{dot.x:.0f}" y="{middle + SIZE * 0.34:.0f}">'
                f"{escape(name)}</text></g>"
            )
            return


def _around(dot: Point, radius: float) -> tuple[float, float, float, float]:
    return dot.x - radius, dot.y - radius, dot.x + radius, dot.y + radius


def _take(taken: Taken, box: tuple[float, float, float, float]) -> bool:
    """Take a room when it is free; say whether it was."""
    free = not taken.hit(np.array([box])).any()
    if free:
        taken.add(box)
    return free
