"""The large map as a drawing for paper: framed, with its own colours, and a number for everything on it.

On a screen a mark shows what it is and opens; on paper its number does, and its shape and colour still say the kind.
"""

from typing import Final

import shapely

from buurtbalans.method.places.rules import SQUARE
from buurtbalans.site.largemap.draw import SIZES, base_layers, form_of, map_projection, stack_kind, stacks_of
from buurtbalans.site.largemap.feeling_fields import COLOURS as FIELDS
from buurtbalans.site.largemap.feeling_fields import FELT, hatches, swatch
from buurtbalans.site.largemap.ground import Ground
from buurtbalans.site.largemap.large_map import LargeMap
from buurtbalans.site.largemap.query import MapLayer
from buurtbalans.site.largemap.stacks import Stack
from buurtbalans.site.look.icons import KINDS
from buurtbalans.site.map.projection import METRES_PER_DEGREE, Projection
from buurtbalans.site.map.svg_path import UNIT
from buurtbalans.site.papers.content import Drawing
from buurtbalans.site.papers.poster import PaperSize

Bounds = tuple[float, float, float, float]  # west, south, east, north
AIR: Final = 26.0  # pixels around the neighbourhood
BAND: Final = 40.0  # pixels of a row in which numbers go from left to right
COLOURS: Final = {
    "kracht": "#00846D",
    "kans": "#5AB8EE",
    "zorg": "#B65E00",
    "gebeurtenis": "#7A3B93",
    "werk": "#E9C62B",
    "vraag": "#2B2F3A",
    "wit": "#FFFFFF",
    "inkt": "#17202E",
}
CLASSES: Final = {
    "k1": "#8E500A",
    "k2": "#E3B35A",
    "k3": "#E7E4DA",
    "k4": "#7ABFB9",
    "k5": "#0C5F68",
    "s1": "#F7F2DC",
    "s2": "#B2CCA6",
    "s3": "#61A8A2",
    "s4": "#1F6E84",
    "s5": "#0F2F4C",
}
_SCALES: Final = {"k": "oordeel", "s": "reeks"}
# Borders lie in quarters of a pixel, so they are four times as wide as they look.
STYLE: Final = f"""
text {{ font-family: "Buurt Sans"; font-size: 13px; font-weight: bold; text-anchor: middle; fill: #17202E;
  paint-order: stroke; stroke: #FFFFFF; stroke-width: 3px; stroke-linejoin: round; }}
text.fijn {{ font-size: 12px; }}
text.rondom {{ font-weight: normal; font-size: 12px; fill: #465064; }}
text.waternaam {{ font-weight: normal; font-size: 12px; fill: #2E5777; stroke: none; }}
.vlakken path {{ stroke: #FFFFFF; stroke-width: {1.5 * UNIT}; stroke-linejoin: round; }}
.afwezig path {{ stroke: #7C8798; }} .zonder-cijfer {{ fill: #E9EDF2; }}
.gebieden-rondom {{ opacity: 0.38; }}
.bouwblok-rondom {{ fill: #FFFFFF; fill-opacity: 0.55; }} .blokken {{ stroke: #FFFFFF; stroke-width: {UNIT}; }}
.plein {{ fill: #FAF2E3; stroke: #FFFFFF; stroke-width: {2 * UNIT}; }}
.rand, .rand-wit, .gekozen-lijn, .gekozen-rand {{ fill: none; stroke-linejoin: round; }}
.rand {{ stroke: #17202E; stroke-width: {2.5 * UNIT}; }} .rand-wit {{ stroke: #FFFFFF; stroke-width: {6 * UNIT}; }}
.gekozen-lijn {{ stroke: #17202E; stroke-width: {3 * UNIT}; }}
.gekozen-rand {{ stroke: #FFFFFF; stroke-width: {9 * UNIT}; }}
.water {{ fill: #CFE1EF; stroke: #7C8798; stroke-width: {0.5 * UNIT}; }} .park {{ fill: #DCE8CF; }}
.spoor, .spoorlijn {{ fill: none; stroke: #7C8798; stroke-width: {1.5 * UNIT}; }}
.spoor-dwars, .spoorlijn-dwars {{ stroke-width: {6 * UNIT}; stroke-dasharray: {UNIT} {9 * UNIT}; }}
.station {{ fill: #FFFFFF; stroke: #17202E; stroke-width: 1.5; }}
.arcering-grond {{ fill: #E9C62B; }} .arcering-lijn {{ fill: none; stroke: #17202E; stroke-width: 2.4; }}
.werk-vlak {{ stroke: #17202E; stroke-width: {1.5 * UNIT}; stroke-dasharray: {6 * UNIT} {4 * UNIT}; }}
.gevoel-rand, .gevoel-rand-wit, .veld-lijn {{ fill: none; stroke-width: {4 * UNIT}; }}
.gevoel-rand-wit {{ stroke: #FFFFFF; stroke-width: {7 * UNIT}; }} .veld-lijn {{ stroke-width: 2; }}
{" ".join(f".veld-lijn--{name}, .soort-lijn-{name} {{ stroke: {COLOURS[name]}; }}" for name in FIELDS.values())}
.werk-lijn {{ fill: none; stroke: #B8960A; stroke-width: {5 * UNIT}; }}
.vorm, .vorm-tegel {{ stroke: #FFFFFF; stroke-width: 2.5; }}
.vorm-tegel {{ fill: #FFFFFF; stroke: #17202E; stroke-width: 1.75; }}
.soort-open {{ fill: #FFFFFF; stroke: #465064; stroke-width: 1.75; }}
text.nummer {{ font-size: 12px; stroke: none; }} text.nummer--wit {{ fill: #FFFFFF; }}
{" ".join(f".soort-{name} {{ fill: {colour}; }}" for name, colour in COLOURS.items())}
{" ".join(f".{_SCALES[name[0]]}-{name[1]} {{ fill: {colour}; }}" for name, colour in CLASSES.items())}
"""


def numbered_drawing(whole: LargeMap, sheet: PaperSize) -> tuple[Drawing, list[Stack]]:
    """Return the map at the size of a sheet, and what stands at each number, the first at number 1.

    Numbers go by layer, and in a layer from the top to below as one reads.
    """
    wide, high = (round(side / sheet.per_pixel) for side in (sheet.map_wide, sheet.map_high))
    projection = fit_projection(whole.ground, wide, high, print_bounds(whole))
    stacks = sorted(
        stacks_of(whole, projection),
        key=lambda stack: (list(MapLayer).index(stack.marks[0].layer), int(stack.y // BAND), stack.x),
    )
    marks = "".join(_mark(number, stack) for number, stack in enumerate(stacks, start=1))
    ground = base_layers(whole, projection, stacks, shapely.box(0, 0, wide, high))
    edge = f'<rect width="{wide}" height="{high}" fill="none" stroke="#B9C1CE" stroke-width="1"/>'
    body = f'<rect width="{wide}" height="{high}" fill="#F4F6FA"/>{ground}{marks}{edge}'
    name = whole.round.neighbourhood.name
    says = f"Kaart van {name} met {len(stacks)} nummers; de lijst zegt wat er bij elk nummer staat."
    return Drawing(standalone_svg(wide, high, body), says), stacks


def print_bounds(whole: LargeMap) -> Bounds:
    """Return the bounds of the neighbourhood with the marks on its edge: a square can have its middle outside it."""
    west, south, east, north = whole.ground.bounds
    (across, up), places = SQUARE, [mark.place for mark in whole.drawn if mark.place is not None]
    near = [(x, y) for x, y in places if west - across < x < east + across and south - up < y < north + up]
    easts, norths = [west, east, *(x for x, _y in near)], [south, north, *(y for _x, y in near)]
    return min(easts), min(norths), max(easts), max(norths)


def fit_projection(ground: Ground, wide: int, high: int, bounds: Bounds | None = None) -> Projection:
    """Return how the neighbourhood, or what lies in these bounds, fills a drawing of these pixels, in its middle."""
    west, south, east, north = bounds or ground.bounds
    squeeze = map_projection(ground).squeeze
    left, right = (side * METRES_PER_DEGREE * squeeze for side in (west, east))
    bottom, top = (side * METRES_PER_DEGREE for side in (south, north))
    per_metre = min((wide - 2 * AIR) / (right - left), (high - 2 * AIR) / (top - bottom))
    middle = (left + right) / 2 - wide / per_metre / 2, (bottom + top) / 2 + high / per_metre / 2
    return Projection(wide, high, per_metre, *middle, squeeze)


def standalone_svg(wide: float, high: float, body: str, corner: str = "0 0") -> str:
    """Return a drawing that brings its own colours."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="{corner} {wide} {high}">'
        f"<style>{STYLE}</style>{body}</svg>"
    )


def ink_on(kind: str) -> str:
    """Return the ink on the colour of a kind."""
    return COLOURS["inkt" if KINDS[kind][3] == "inkt" else "wit"]


def colour_of(kind: str) -> str:
    """Return the colour of a kind; tiles are white."""
    return COLOURS.get(KINDS[kind][2], COLOURS["wit"])


def _mark(number: int, stack: Stack) -> str:
    kind = stack_kind(stack)
    form = form_of(kind, SIZES[KINDS[kind][0]])
    steps = (5, 2.5, 0) if len(stack.marks) > 1 else (0,)
    cards = "".join(f'<g transform="translate({step} {-step})">{form}</g>' for step in steps)
    white = "" if KINDS[kind][3] == "inkt" else " nummer--wit"
    larger = " scale(1.25)" if number > 99 else ""
    return (
        f'<g transform="translate({stack.x:g} {stack.y:g})"><g transform="scale(1){larger}">{cards}</g>'
        f'<text class="nummer{white}" y="4.2">{number}</text></g>'
    )


def sample(kind: str) -> str:
    """Return the sign of a kind, or a field, for the legend."""
    if kind.startswith(FELT):
        return standalone_svg(32, 32, hatches("veld") + swatch(kind.removeprefix(FELT), "veld"))
    return standalone_svg(36, 36, form_of(kind, SIZES[KINDS[kind][0]]), "-18 -18")
