"""The map under a pin that stands still: a neighbourhood from close by, that a script shifts and reads degrees from."""

from collections.abc import Mapping, Sequence
from itertools import chain

import shapely
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from shapely import Geometry, MultiPolygon

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.site.map.base_map import AreaBorders, base_map
from buurtbalans.site.map.choropleth import svg_frame
from buurtbalans.site.map.layers import Layers
from buurtbalans.site.map.numbered_map import closest
from buurtbalans.site.map.projection import METRES_PER_DEGREE, Projection
from buurtbalans.site.map.street_map import Pin, Streets, draw_pin
from buurtbalans.site.map.svg_path import UNIT, path
from buurtbalans.site.map.viewport import Viewport

WIDTH = 800
AROUND = 1.6  # so much more than the neighbourhood is drawn, to shift the map over its edge


def draw_ground(
    division: Division,
    municipality: str,
    codes: Sequence[str],
    *,
    layers: Layers | None = None,
    streets: Streets | None = None,
    pins: Sequence[Pin] = (),
    title: str,
    identity: str,
    around: float = AROUND,
) -> SafeString:
    """Return the ground around the neighbourhood of `codes`, with how its pixels are degrees; every area has its name.

    Raises LookupError when the division has no borders of these areas.
    """
    near = closest(division, municipality, codes)
    view = Viewport(max(1.0, near.zoom / around), near.centre) if near.zoom > around else Viewport()
    drawing = base_map(division, municipality, AreaLevel.BUURT, WIDTH, view)
    projection = drawing.projection
    body = [
        ground_svg(drawing, codes, layers, streets),
        f'<g class="speld-namen" transform="scale({1 / UNIT})">',
        *(f'<path data-naam="{escape(name)}" d="{path(shape)}"/>' for name, shape in _named(drawing, streets).items()),
        "</g>",
        '<rect class="speld-vierkant"/>',
        names_on(drawing, codes, streets),
        *(draw_pin(pin, projection) for pin in pins),
    ]
    shown = svg_frame(drawing, title, body, identity, linked=False)
    return format_html('<div class="speld-kaart" {}>{}</div>', _script_data(drawing, codes), shown)


def _script_data(drawing: AreaBorders, codes: Sequence[str]) -> SafeString:
    """Return what a script needs to read degrees, metres and the middle of the neighbourhood."""
    projection = drawing.projection
    degree = 1 / (METRES_PER_DEGREE * projection.per_metre)
    west = projection.left / METRES_PER_DEGREE / projection.squeeze
    here = [drawing.shapes[code] for code in codes if code in drawing.shapes]
    middle = shapely.union_all(here).representative_point()
    numbers = {
        "west": west,
        "north": projection.top / METRES_PER_DEGREE,
        "east-per-pixel": degree / projection.squeeze,
        "south-per-pixel": degree,
        "per-metre": projection.per_metre,
        "middle-x": middle.x,
        "middle-y": middle.y,
    }
    data = " ".join(f'data-{name}="{number:.12f}"' for name, number in numbers.items())
    return SafeString(f'{data} data-unit="{UNIT}"')  # numbers only


def _named(drawing: AreaBorders, streets: Streets | None) -> Mapping[str, Geometry]:
    """Return what has a name, in pixels: the parts of a quarter whose streets are known, else the areas."""
    parts = {name: drawing.projection.drawn(part) for name, part in streets.parts.items()} if streets else {}
    return parts | {drawing.areas[code].name: shape for code, shape in drawing.shapes.items()}


def ground_svg(drawing: AreaBorders, codes: Sequence[str], layers: Layers | None, streets: Streets | None) -> str:
    """Return the ground of a neighbourhood and around it, with its streets where they are known."""
    grey = "".join(d for code, d in drawing.paths.items() if code not in codes)
    here = "".join(d for code, d in drawing.paths.items() if code in codes)
    return (
        f'<g transform="scale({1 / UNIT})"><g class="vlakken land"><path d="{grey}"/></g>'
        f'<g class="vlakken speld-hier{" speld-straten" if streets else ""}"><path d="{here}"/></g>'
        f"{layers.shapes(drawing.projection, parks=True) if layers else ''}"
        f"{_street_blocks(streets, drawing.projection) if streets else ''}</g>"
    )


def _street_blocks(streets: Streets, projection: Projection) -> str:
    """Return the blocks between the streets and the square; nothing when no block is in it."""
    blocks = [*streets.around, *chain.from_iterable(streets.blocks.values())]
    drawn = path(projection.drawn(MultiPolygon(blocks)))
    square = path(projection.drawn(streets.square))
    return f'<path class="bouwblok" d="{drawn}"/><path class="plein" d="{square}"/>' if drawn else ""


def names_on(drawing: AreaBorders, codes: Sequence[str], streets: Streets | None) -> str:
    """Return the names of all that is drawn; that of a quarter whose parts have names is left out."""
    own = {drawing.areas[code].name for code in codes if code in drawing.areas} if streets else set()
    frame = shapely.box(0, 0, drawing.projection.width, drawing.projection.height)
    inside = {name: shape.intersection(frame) for name, shape in _named(drawing, streets).items() if name not in own}
    points = {name: shape.representative_point() for name, shape in inside.items() if not shape.is_empty}
    words = (f'<text x="{at.x:.0f}" y="{at.y:.0f}">{escape(name)}</text>' for name, at in points.items())
    return f'<g class="namen" aria-hidden="true">{"".join(words)}</g>'
