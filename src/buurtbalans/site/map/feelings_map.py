"""The map of feelings: single ones as dots with their icon for the team, squares in three words for others."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from django.utils.html import escape
from django.utils.safestring import SafeString
from shapely import Point

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.site.map.base_map import base_map
from buurtbalans.site.map.choropleth import svg_frame
from buurtbalans.site.map.layers import Layers
from buurtbalans.site.map.numbered_map import closest
from buurtbalans.site.map.pin_map import ground_svg, names_on
from buurtbalans.site.map.projection import Projection
from buurtbalans.site.map.street_map import Streets, mark
from buurtbalans.site.map.viewport import Viewport

WIDTH = 560
NEARER = 1.35  # than what shows the neighbourhood in its surroundings
STEP = 19.0  # pixels between two different feelings in one square
SMALL = 0.72  # so large is a feeling that shares its square


@dataclass(frozen=True, slots=True)
class DrawnDot:
    """One or more equal feelings at one place: their kind, how many, where the list tells of them, and in words."""

    kind: str
    place: tuple[float, float]
    number: int
    href: str
    words: str


@dataclass(frozen=True, slots=True)
class DrawnField:
    """A square in degrees, its class of colour, and its number in the list."""

    borders: tuple[float, float, float, float]
    style: str
    number: int
    words: str


def draw_feelings(
    division: Division,
    municipality: str,
    codes: Sequence[str],
    *,
    dots: Sequence[DrawnDot] = (),
    fields: Sequence[DrawnField] = (),
    layers: Layers | None = None,
    streets: Streets | None = None,
    title: str,
    identity: str,
) -> SafeString:
    """Return the neighbourhood of `codes` from close by with feelings on it; the list beside it holds the same.

    Raises LookupError when the division has no borders of these areas.
    """
    near = closest(division, municipality, codes)
    view = Viewport(round(near.zoom * NEARER, 1), near.centre) if near.zoom > 1 else near
    drawing = base_map(division, municipality, AreaLevel.BUURT, WIDTH, view)
    body = [
        ground_svg(drawing, codes, layers, streets),
        *(_field(field, drawing.projection) for field in fields),
        names_on(drawing, codes, streets),
        *_dots(dots, drawing.projection),
    ]
    return svg_frame(drawing, title, body, identity, linked=bool(dots), style=" kaart--gevoel")


def _field(field: DrawnField, projection: Projection) -> str:
    left, top, right, low = projection.drawn(shapely.box(*field.borders)).bounds
    said = escape(f"{field.number}: {field.words}")
    return (
        f'<g><title>{said}</title><rect class="gevoel-vlak {field.style}" x="{left:.1f}" y="{top:.1f}" '
        f'width="{right - left:.1f}" height="{low - top:.1f}"/>'
        f'<text class="gevoel-nummer" x="{(left + right) / 2:.0f}" y="{(top + low) / 2:.0f}" dy=".35em">'
        f"{field.number}</text></g>"
    )


def _dots(dots: Sequence[DrawnDot], projection: Projection) -> list[str]:
    """Draw every dot; different feelings in one square stand beside each other, smaller, in the order of the list."""
    together = Counter(dot.place for dot in dots)
    placed: Counter[tuple[float, float]] = Counter()
    parts = []
    for dot in dots:
        turn, many = placed[dot.place], together[dot.place]
        placed[dot.place] += 1
        at = projection.drawn(Point(dot.place))
        across = 0.0 if many == 1 else (turn % 2 - 0.5) * STEP
        down = 0.0 if many <= 2 else (turn // 2 - (many - 1) // 2 / 2) * STEP
        said = escape(dot.words if dot.number == 1 else f"{dot.number}: {dot.words}")
        number = f'<text class="gevoel-aantal" x="9" y="-8">{dot.number}</text>' if dot.number > 1 else ""
        size = f" scale({SMALL})" if many > 1 else ""
        parts.append(
            f'<a href="{escape(dot.href)}" tabindex="-1" aria-label="{said}"><title>{said}</title>'
            f'<g transform="translate({at.x + across:.1f} {at.y + down:.1f}){size}">{mark(dot.kind)}{number}</g></a>'
        )
    return parts
