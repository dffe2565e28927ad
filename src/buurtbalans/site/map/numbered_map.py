"""A close map of one neighbourhood with numbers on it: what the list beside it says, on its place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.site.map.base_map import MARGIN, AreaBorders, base_map
from buurtbalans.site.map.choropleth import svg_frame
from buurtbalans.site.map.layers import Layers
from buurtbalans.site.map.projection import METRES_PER_DEGREE
from buurtbalans.site.map.svg_path import UNIT
from buurtbalans.site.map.viewport import CLOSEST, Viewport

WIDTH = 600
DOT = 16.0
ROOM = 24.0  # a dot on a phone, where the drawing is small: the style sheet makes it as large as this
APART = 2 * ROOM + 2
STEP = APART / 4
AROUND = sorted(  # where a dot may move to, the nearest first
    ((east * STEP, south * STEP) for east in range(-48, 49) for south in range(-48, 49)), key=lambda to: math.hypot(*to)
)
FILLS = 1.5  # the neighbourhood stays at least so much smaller than the drawing: its surroundings stay in view


@dataclass(frozen=True, slots=True)
class NumberedSpot:
    """One line of the list: its number, what it says, where it leads, and its place, or None for everywhere.

    One that says something good or bad has a `kind` (`kracht`, `kans`, `zorg`): a square in the colour of the list.
    """

    number: int
    words: str
    href: str
    place: tuple[float, float] | None = None
    kind: str = ""


def draw_spots(
    division: Division,
    municipality: str,
    codes: Sequence[str],
    spots: Sequence[NumberedSpot],
    *,
    layers: Layers | None = None,
    title: str,
    identity: str,
) -> SafeString:
    """Return the neighbourhood of `codes` with every spot on it; those without a place stand together below.

    Raises LookupError when the division has no borders of these areas.
    """
    drawing = base_map(division, municipality, AreaLevel.BUURT, WIDTH, closest(division, municipality, codes))
    body = [_ground(drawing, codes, layers), *_dots(drawing, spots)]
    return svg_frame(drawing, title, body, identity, linked=True, style=" kaart--plekken")


def draw_place(
    division: Division,
    municipality: str,
    codes: Sequence[str],
    place: tuple[float, float] | None,
    *,
    layers: Layers | None = None,
    title: str,
    identity: str,
) -> SafeString:
    """Return the neighbourhood of `codes` with one dot that a script may move, and how its pixels are degrees.

    Raises LookupError when the division has no borders of these areas.
    """
    drawing = base_map(division, municipality, AreaLevel.BUURT, WIDTH, closest(division, municipality, codes))
    projection = drawing.projection
    at = projection.drawn(shapely.Point(place)) if place else shapely.Point(-ROOM, -ROOM)  # out of sight
    dot = f'<circle class="plek plek--te-kiezen" cx="{at.x:.1f}" cy="{at.y:.1f}" r="{DOT:.0f}"/>'
    body = [_ground(drawing, codes, layers), dot]
    shown = svg_frame(drawing, title, body, identity, linked=False, style=" kaart--plekken")
    degree = 1 / (METRES_PER_DEGREE * projection.per_metre)
    west = projection.left / METRES_PER_DEGREE / projection.squeeze
    return format_html(
        '<div class="plek-kaart" data-west="{}" data-north="{}" data-east-per-pixel="{}" data-south-per-pixel="{}">{}'
        "</div>",
        *(f"{each:.12f}" for each in (west, projection.top / METRES_PER_DEGREE, degree / projection.squeeze, degree)),
        shown,
    )


def _ground(drawing: AreaBorders, codes: Sequence[str], layers: Layers | None) -> str:
    here = "".join(drawing.paths[code] for code in codes if code in drawing.paths)
    grey = "".join(d for code, d in drawing.paths.items() if code not in codes)
    return (
        f'<g transform="scale({1 / UNIT})"><g class="vlakken land"><path d="{grey}"/></g>'
        f'<g class="vlakken hier-zacht"><path d="{here}"/></g>'
        f"{layers.shapes(drawing.projection, rail='spoorlijn') if layers else ''}</g>"
    )


def closest(division: Division, municipality: str, codes: Sequence[str]) -> Viewport:
    """Return the nearest view in which the areas and some of their surroundings are seen whole."""
    town = [area.geometry for area in division.of_level(AreaLevel.BUURT, municipality) if area.geometry is not None]
    own = [division[code].geometry for code in codes if code in division and division[code].geometry is not None]
    if not town or not own:
        raise LookupError(f"{', '.join(codes)} has no borders in {division.year}")
    west, south, east, north = shapely.total_bounds(own)
    left, bottom, right, top = shapely.total_bounds(town)
    times = min((right - left) / (east - west), (top - bottom) / (north - south)) / FILLS
    zoom = round(max(1.0, min(times, CLOSEST)), 1)
    return Viewport(zoom, ((west + east) / 2, (south + north) / 2)) if zoom > 1 else Viewport()


def _dots(drawing: AreaBorders, spots: Sequence[NumberedSpot]) -> list[str]:
    placed: list[tuple[float, float]] = []
    parts = []
    for spot in spots:
        if spot.place is not None:
            point = drawing.projection.drawn(shapely.Point(spot.place))
            parts.append(_dot(spot, *_free(drawing, point.x, point.y, placed)))
    everywhere = [spot for spot in spots if spot.place is None]
    if everywhere:
        x, y = MARGIN + ROOM, drawing.projection.height - MARGIN - ROOM
        words = escape(_("in de hele buurt:"))
        parts.append(f'<text class="naam plek-naam" x="{MARGIN:.0f}" y="{y - ROOM - 8:.0f}">{words}</text>')
        parts += [_dot(spot, x + number * APART, y) for number, spot in enumerate(everywhere)]
    return parts


def _free(drawing: AreaBorders, x: float, y: float, placed: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the place of a dot, moved aside to the nearest place that leaves the earlier ones readable."""
    edge = MARGIN + ROOM
    right, low = drawing.projection.width - edge, drawing.projection.height - edge
    x, y = min(max(x, edge), right), min(max(y, edge), low)
    around = ((x + east, y + south) for east, south in AROUND)
    inside = ((to, down) for to, down in around if edge <= to <= right and edge <= down <= low)
    free = (each for each in inside if all(math.dist(each, other) >= APART for other in placed))
    spot = next(free, (x, y))  # a drawing that is full lets them lie on each other
    placed.append(spot)
    return spot


def _dot(spot: NumberedSpot, x: float, y: float) -> str:
    said = escape(f"{spot.number}: {spot.words}")
    return (
        f'<a href="{escape(spot.href)}" tabindex="-1" aria-label="{said}"><title>{said}</title>'
        f"{_shape(spot.kind, x, y)}"
        f'<text class="plek-nummer{f" op-{spot.kind}" if spot.kind else ""}" x="{x:.0f}" y="{y:.0f}" dy=".35em">'
        f"{spot.number}</text></a>"
    )


def _shape(kind: str, x: float, y: float) -> str:
    if not kind:
        return f'<circle class="plek" cx="{x:.0f}" cy="{y:.0f}" r="{DOT:.0f}"/>'
    box = f'x="{-DOT:.0f}" y="{-DOT:.0f}" width="{2 * DOT:.0f}" height="{2 * DOT:.0f}" rx="8"'
    return f'<g transform="translate({x:.0f} {y:.0f})"><rect class="plek plek--{escape(kind)}" {box}/></g>'
