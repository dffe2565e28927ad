"""Small maps: where in the city a buurt lies, and where in the city my buurten lie."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from shapely import Geometry, Polygon

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.site.map.base_map import AreaBorders, base_map
from buurtbalans.site.map.choropleth import svg_frame
from buurtbalans.site.map.layers import NOTHING, Layers
from buurtbalans.site.map.svg_path import UNIT
from buurtbalans.site.map.text_width import width

LOCATOR_WIDTH = 200
HOME_WIDTH = 560


@dataclass(frozen=True, slots=True)
class Mark:
    """A buurt that stands out on the home map: its number, name, a line below it, and where it leads."""

    codes: Sequence[str]
    number: int
    name: str
    note: str = ""
    href: str = ""


def draw_locator(
    division: Division,
    municipality: str,
    codes: Sequence[str],
    *,
    layers: Layers | None = None,
    level: AreaLevel = AreaLevel.BUURT,
    identity: str = "ligging",
) -> SafeString:
    """Return the city in grey with the areas of `codes` in blue."""
    drawing = base_map(division, municipality, level, LOCATOR_WIDTH)
    names = ", ".join(division[code].name for code in codes if code in division)
    title = _("%(name)s in %(city)s") % {"name": names, "city": division[municipality].name}
    body = _ground(drawing, codes, layers.shapes(drawing.projection, rail="") if layers else "")
    return svg_frame(drawing, title, body, identity, linked=False, style=" kaart--klein")


def draw_home_map(
    division: Division,
    municipality: str,
    marks: Sequence[Mark],
    *,
    layers: Layers | None = None,
    level: AreaLevel = AreaLevel.BUURT,
    title: str = "",
    identity: str = "mijn-kaart",
) -> SafeString:
    """Return the city in grey with my buurten in blue, each with its number and name."""
    drawing = base_map(division, municipality, level, HOME_WIDTH)
    title = title or _("Uw buurten in %(city)s") % {"city": division[municipality].name}
    codes = [code for mark in marks for code in mark.codes]
    body = _ground(drawing, codes, layers.shapes(drawing.projection, rail="spoorlijn") if layers else "")
    busy = layers.busy(drawing.projection) if layers else NOTHING
    body += [_mark(drawing, mark, busy) for mark in marks if any(code in drawing.shapes for code in mark.codes)]
    linked = any(mark.href for mark in marks)
    return svg_frame(drawing, title, body, identity, linked=linked, style=" kaart--mijn")


def _ground(drawing: AreaBorders, codes: Sequence[str], over: str) -> list[str]:
    grey = "".join(d for code, d in drawing.paths.items() if code not in codes)
    blue = "".join(drawing.paths[code] for code in codes if code in drawing.paths)
    return [
        f'<g transform="scale({1 / UNIT})"><g class="vlakken land"><path d="{grey}"/></g>',
        f'<g class="vlakken hier"><path d="{blue}"/></g>' if blue else "",
        over,
        "</g>",
    ]


def _mark(drawing: AreaBorders, mark: Mark, busy: Geometry) -> str:
    shapes = [drawing.shapes[code] for code in mark.codes if code in drawing.shapes]
    largest: Polygon = max(shapes, key=lambda shape: shape.area)
    dot = largest.representative_point()
    x, y = round(dot.x), round(dot.y)
    middle, first = _beside(drawing, mark, largest, busy)
    note = f'<text class="bij" x="{middle}" y="{first + 16}">{escape(mark.note)}</text>' if mark.note else ""
    inside = (
        f'<circle class="nummer" cx="{x}" cy="{y}" r="10"/>'
        f'<text class="cijfer" x="{x}" y="{y + 5}">{mark.number}</text>'
        f'<text class="naam" x="{middle}" y="{first}">{escape(mark.name)}</text>{note}'
    )
    said = escape(", ".join(part for part in (mark.name, mark.note) if part))
    return f'<a href="{escape(mark.href)}" aria-label="{said}">{inside}</a>' if mark.href else f"<g>{inside}</g>"


def _beside(drawing: AreaBorders, mark: Mark, shape: Polygon, busy: Geometry) -> tuple[int, int]:
    """Return where a name stands: above or below its area, on the side with the least water and railway."""
    left, top, right, bottom = shape.bounds
    half, high = max(width(mark.name, 17), width(mark.note, 14)) / 2, 36 if mark.note else 20
    middle = min(max((left + right) / 2, half + 4), drawing.projection.width - half - 4)
    sides = {
        top - high + 10: shapely.box(middle - half, top - high, middle + half, top),
        bottom + 18: shapely.box(middle - half, bottom, middle + half, bottom + high),
    }
    room = {
        first: box for first, box in sides.items() if box.bounds[1] > 0 and box.bounds[3] < drawing.projection.height
    }
    return round(middle), round(min(room or sides, key=lambda first: sides[first].intersection(busy).area))
