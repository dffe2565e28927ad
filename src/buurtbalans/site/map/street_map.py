"""A quarter from close by: blocks between streets, its named parts in classes, and what people put on the map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import shapely
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from shapely import MultiPolygon, Point, Polygon

from buurtbalans.site.look.icons import KINDS, drawing
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.map.layers import Layers
from buurtbalans.site.map.patterns import patterns
from buurtbalans.site.map.projection import Projection, fit_projection
from buurtbalans.site.map.svg_path import UNIT, path
from buurtbalans.site.map.viewport import Viewport

PIN = 26  # pixels


@dataclass(frozen=True, eq=False)
class Streets:
    """The parts of a quarter by name, the blocks of each part, a square, and the blocks around; in degrees."""

    parts: Mapping[str, Polygon]
    blocks: Mapping[str, tuple[Polygon, ...]]
    square: Polygon
    around: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Pin:
    """One story, feeling or works on the map: its kind (`zorg`, `thuis` …) and its place in degrees."""

    kind: str
    place: tuple[float, float]
    chosen: bool = False


def draw_streets(
    streets: Streets,
    classes: Mapping[str, MapClass],
    pins: Sequence[Pin] = (),
    *,
    layers: Layers | None = None,
    title: str,
    names: bool = True,
    close: bool = False,
    identity: str = "straten",
) -> SafeString:
    """Return the quarter as one picture: parts of `classes` in their colour, the rest in grey.

    With `close` only the square and what lies around it. The page says in words what the picture shows; `title` is the
    text for who cannot see it.
    """
    projection = _projection(streets, close=close)
    known = {name: classes[name] for name in streets.parts if name in classes}
    body = [
        f'<g transform="scale({1 / UNIT})">',
        f'<path class="bouwblok" d="{_blocks(streets.around, projection)}"/>',
        layers.shapes(projection, parks=True) if layers else "",
        *(_part(streets, name, known.get(name), projection, identity) for name in streets.parts),
        f'<path class="plein" d="{path(projection.drawn(streets.square))}"/>',
        "" if close else f'<path class="kwartier" d="{_edge(streets, projection)}"/>',
        "</g>",
        _names(streets, pins, projection) if names else "",
        *(draw_pin(pin, projection) for pin in pins),
    ]
    size = f"0 0 {projection.width} {projection.height}"
    fills = patterns((each.fill for each in known.values()), identity)
    return mark_safe(  # our own drawing; names are escaped where they are written
        f'<svg class="kaart kaart--straten" viewBox="{size}" role="img" aria-labelledby="{identity}-titel">'
        f'<title id="{identity}-titel">{escape(title)}</title>{fills}{"".join(body)}</svg>'
    )


def _projection(streets: Streets, *, close: bool) -> Projection:
    """Return the projection of the whole quarter, or with `close` of its square, three wide and two high."""
    bounds = tuple(shapely.total_bounds(list(streets.parts.values())))
    if not close:
        return fit_projection(bounds, 560, 60.0, Viewport())
    middle = streets.square.centroid
    return _wide(fit_projection(bounds, 560, 60.0, Viewport(2, (middle.x, middle.y))))


def _wide(projection: Projection) -> Projection:
    """Return the middle of a drawing, three wide and two high."""
    height = projection.width * 2 // 3
    down = (projection.height - height) / 2 / projection.per_metre
    return replace(projection, height=height, top=projection.top - down)


def _blocks(blocks: Sequence[Polygon], projection: Projection) -> str:
    return path(projection.drawn(MultiPolygon(blocks)))


def _part(streets: Streets, name: str, known: MapClass | None, projection: Projection, identity: str) -> str:
    d = _blocks(streets.blocks[name], projection)
    if known is None:
        return f'<path class="bouwblok" d="{d}"/>'
    if known.absent:
        return f'<path class="afwezig-blok" fill="url(#{identity}-{known.fill})" d="{d}"/>'
    return f'<path class="{known.css}" d="{d}"/>'


def _edge(streets: Streets, projection: Projection) -> str:
    return path(projection.drawn(shapely.union_all(list(streets.parts.values()))))


def _names(streets: Streets, pins: Sequence[Pin], projection: Projection) -> str:
    """Write the names of the parts, below a marker that stands in the same place."""
    taken = shapely.union_all([projection.drawn(Point(pin.place)) for pin in pins])
    parts = []
    for name, part in streets.parts.items():
        at = projection.drawn(part).representative_point()
        down = 2 * PIN if taken.distance(at) < PIN else 5
        parts.append(f'<text x="{at.x:.0f}" y="{at.y + down:.0f}">{escape(name)}</text>')
    return f'<g class="namen" aria-hidden="true">{"".join(parts)}</g>'


def draw_pin(pin: Pin, projection: Projection) -> str:
    """Draw a marker at its place."""
    at = projection.drawn(Point(pin.place))
    ring = f'<circle class="gekozen-speld" r="{PIN / 2 + 5}"/>' if pin.chosen else ""
    return f'<g class="speld" transform="translate({at.x:.0f} {at.y:.0f})">{ring}{_shape(pin.kind)}</g>'


def mark(kind: str) -> str:
    """Draw a marker around the origin."""
    return f'<g class="speld">{_shape(kind)}</g>'


def _shape(kind: str) -> str:
    """Draw the shape that says the kind, as everywhere in the site, with its icon."""
    form, icon, colour, ink = KINDS[kind]
    half = PIN / 2
    if form == "rond":
        shape = f'<circle class="vorm soort-{colour}" r="{half - 2}"/>'
    elif form == "open":
        shape = f'<circle class="vorm soort-open" r="{half - 2}"/>'
    else:
        side, turn = (half - 3, ' transform="rotate(45)"') if form == "ruit" else (half - 1, "")
        box = f'x="{-side}" y="{-side}" width="{2 * side}" height="{2 * side}" rx="6"'
        shape = f'<rect class="vorm soort-{colour}" {box}{turn}/>'
    return f'{shape}<g class="lijntjes op-{ink}" transform="translate(-8.4 -8.4) scale(.7)">{drawing(icon)}</g>'
