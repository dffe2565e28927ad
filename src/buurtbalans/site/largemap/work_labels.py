"""The names of works on the large map, with their months: each on the side of its mark where it covers least."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

import shapely
from shapely import Polygon

from buurtbalans.site.largemap.query import MapLayer
from buurtbalans.site.largemap.stacks import Stack
from buurtbalans.site.map.projection import Projection
from buurtbalans.site.map.text_width import width

HIGH: Final = 40  # pixels
AIR: Final = 22  # from the middle of the mark
HALL: Final = 1.45  # times as large, to be read from three metres


def work_labels(
    stacks: Sequence[Stack], rooms: Mapping[str, Polygon], projection: Projection, times: float
) -> dict[str, tuple[str, Polygon]]:
    """Return the name of every work that stands alone, by its stack, and the room that it takes.

    It stands in the drawing if that covers no mark more, and never on the name of other works.
    """
    taken, frame = list(rooms.values()), shapely.box(0, 0, projection.width, projection.height)
    works = {}
    for stack in stacks:
        if stack.marks[0].layer != MapLayer.WORKS or len(stack.marks) > 1:
            continue
        title, when = stack.marks[0].title, stack.marks[0].when.split(" · ")[0]
        wide = (max(width(title, 12.5), width(when, 12)) + 16) * times
        tree = shapely.STRtree(taken)
        boxes = _sides(stack, wide, HIGH * times)
        box = min(boxes, key=lambda box: (tree.query(box, "intersects").size, not frame.contains(box)))
        taken.append(box)
        works[stack.key] = (_label_svg(title, when, box.bounds[0], box.bounds[1], times), box)
    return works


def _sides(stack: Stack, wide: float, high: float) -> list[Polygon]:
    """Return where it can stand: right, left, a little higher or lower, below and above."""
    right, left, below, above = stack.x + AIR, stack.x - AIR - wide, stack.y + AIR, stack.y - AIR - high
    heights = [stack.y + high * step for step in (-0.5, 0, -1, 0.4, -1.4)]
    beside = [(x, y) for y in heights for x in (right, left)]
    over = [(x, y) for y in (below, above) for x in (stack.x - wide / 2, stack.x - AIR, stack.x + AIR - wide)]
    return [shapely.box(x, y, x + wide, y + high) for x, y in beside + over]


def _label_svg(title: str, when: str, x: float, y: float, times: float) -> str:
    wide = max(width(title, 12.5), width(when, 12)) + 16
    return (
        f'<g class="werk-naam" aria-hidden="true"><g transform="translate({x:.0f} {y:.0f}) scale({times:g})">'
        f'<rect width="{wide:.0f}" height="{HIGH}" rx="5"/>'
        f'<text class="vet" x="8" y="17">{escape(title)}</text><text x="8" y="32">{escape(when)}</text></g></g>'
    )
