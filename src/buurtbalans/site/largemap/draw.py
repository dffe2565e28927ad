"""The large map as a drawing of the server: it fills the screen, prints at any size and needs no JavaScript.

The list below the map holds the same marks and areas as links, and that is what the keyboard and a screen reader walk
through: so the links in the drawing stay out of the tab order.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Final

import numpy as np
import shapely
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from shapely import Geometry, MultiPolygon, Polygon

from buurtbalans.site.largemap.feeling_fields import field, hatches
from buurtbalans.site.largemap.ground import Ground
from buurtbalans.site.largemap.large_map import LargeMap
from buurtbalans.site.largemap.query import MapLayer
from buurtbalans.site.largemap.stacks import Stack, group_marks, spread_stacks, squares_across
from buurtbalans.site.largemap.work_labels import HALL, work_labels
from buurtbalans.site.look.icons import KINDS, drawing
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.map.labels import Floats, Label, Rooms, Taken
from buurtbalans.site.map.patterns import patterns
from buurtbalans.site.map.projection import Projection, fit_projection
from buurtbalans.site.map.svg_path import UNIT, path
from buurtbalans.site.map.text_width import width
from buurtbalans.site.map.viewport import Viewport

WIDTH: Final = 640
TALLEST: Final = 1.1  # of its width
MARGIN: Final = 22.0
ID: Final = "grote-kaart"
SIZES: Final = {"vierkant": 15.0, "rond": 11.5, "ruit": 10.0, "tegel": 11.0, "open": 11.0}  # half a side, or a radius
ASIDE: Final = sorted(  # pixels that a name moves across and down where a mark stands on its place, the least first
    ((across, down) for across in (0, -22, 22, -44, 44) for down in range(-52, 53, 13)),
    key=lambda by: abs(by[0]) * 1.2 + abs(by[1]),
)
_ASIDE: Final = np.array([(across, down, across, down) for across, down in ASIDE], dtype=float)
PHONE: Final = 2.2  # times as large as on a screen, so that signs and names can be read on a phone
RING: Final = f'<circle class="gekozen-speld" r="{SIZES["vierkant"] + 8}"/>'


@lru_cache(maxsize=16)
def map_projection(ground: Ground) -> Projection:
    """Return how the working area fits in the drawing; what lies around it is drawn over its edges."""
    first = fit_projection(ground.bounds, WIDTH, MARGIN, Viewport())
    if first.height <= WIDTH * TALLEST:
        return first
    return fit_projection(ground.bounds, round(WIDTH * WIDTH * TALLEST / first.height), MARGIN, Viewport())


def draw(whole: LargeMap) -> SafeString:
    """Return the large map as one SVG element."""
    projection = map_projection(whole.ground)
    stacks = stacks_of(whole, projection)
    rooms = {stack.key: room_of(stack) for stack in stacks}
    told = work_labels(stacks, rooms, projection, HALL if whole.asked.hall else 1.0)
    beside = [room for _drawn, room in told.values()]
    body = [base_layers(whole, projection, stacks, beside=beside), *_marks(whole, stacks, told)]
    title = _("Grote kaart van %(name)s") % {"name": whole.round.neighbourhood.name}
    return mark_safe(  # our own drawing; names and addresses are escaped where they are written
        f'<svg class="kaart kaart--groot" viewBox="0 0 {projection.width} {projection.height}" role="group"'
        f' aria-labelledby="{ID}-titel"><title id="{ID}-titel">{escape(title)}</title>{"".join(body)}</svg>'
    )


def base_layers(
    whole: LargeMap,
    projection: Projection,
    stacks: Sequence[Stack],
    frame: Polygon | None = None,
    beside: Iterable[Polygon] = (),
) -> str:
    """Return what lies below the marks, in a projection: the areas in their class, ground, works, names.

    A name gives way to marks and to what is written `beside` them. With a `frame` no name is written that it cuts off.
    """
    ground, shown = whole.ground, whole.figures.shown if whole.asked.shows(MapLayer.FIGURES) else None
    classes = shown.classes if shown else {}
    around, edge = _still(ground, projection)
    taken = [*map(room_of, stacks), *beside]
    parts = [
        patterns((group_class.fill for group_class in classes.values()), ID),
        _hatch(),
        hatches(ID),
        f'<g transform="scale({1 / UNIT})">',
        _areas(whole, projection, classes, near=True),
        around,
        _areas(whole, projection, classes, near=False),
        _blocks(ground, projection, classes),
        _works(whole, projection),
        edge,
        _selected(whole, projection),
        "</g>",
        ground.layers.written(projection, ID),
        _names(ground, labels(ground, projection, whole.area), stacks, taken, frame),
    ]
    return "".join(parts)


@lru_cache(maxsize=16)
def _still(ground: Ground, projection: Projection) -> tuple[str, str]:
    """Return what is the same whatever is chosen: blocks around, then water, parks and rails, then the outline."""
    blocks = path(projection.drawn(MultiPolygon(ground.streets.around))) if ground.streets else ""
    edge = path(projection.drawn(ground.outline))
    around = f'<path class="bouwblok-rondom" d="{blocks}"/>' if blocks else ""
    return (
        around + ground.layers.shapes(projection, parks=True),
        f'<path class="rand-wit" d="{edge}"/><path class="rand" d="{edge}"/>',
    )


@lru_cache(maxsize=16)
def paths_of(ground: Ground, projection: Projection) -> Mapping[str, str]:
    """Return the path of every area in view."""
    window = shapely.box(*ground.frame)
    return {
        code: path(projection.drawn(shapely.intersection(area.geometry, window))) for code, area in ground.areas.items()
    }


def _areas(whole: LargeMap, projection: Projection, classes: Mapping[str, MapClass], *, near: bool) -> str:
    """Return the areas of the neighbourhood, or those around it, in groups of one fill; each is a link."""
    here = set(whole.ground.here)
    bare = whole.asked.to(area="@", pick="")
    groups: dict[str, list[str]] = {}
    for code, d in paths_of(whole.ground, projection).items():
        if (code in here) is near:
            continue
        each, name = classes.get(code), whole.ground.areas[code].name
        said = escape(each.sentence(name) if each else name)
        href = escape(bare.replace("%40", code).replace("@", code) + "#gekozen")
        groups.setdefault(each.fill if each else "", []).append(
            f'<a href="{href}" tabindex="-1" data-gebied="{code}" aria-label="{said}"><title>{said}</title>'
            f'<path d="{d}"/></a>'
        )
    where = "gebieden-rondom" if near else "gebieden-hier met-blokken" if whole.ground.streets else "gebieden-hier"
    return "".join(
        f'<g class="vlakken {where} {_style(fill)}"{_fill(fill)}>{"".join(links)}</g>'
        for fill, links in sorted(groups.items())
    )


def _style(fill: str) -> str:
    return (MapClass(fill).css or "afwezig") if fill else "zonder-cijfer"


def _fill(fill: str) -> str:
    return f' fill="url(#{ID}-{fill})"' if fill and not MapClass(fill).css else ""


def _blocks(ground: Ground, projection: Projection, classes: Mapping[str, MapClass]) -> str:
    """Return the blocks of houses between the streets, in the class of the area that they lie in."""
    if ground.streets is None or not ground.here:
        return ""
    each = classes.get(ground.here[0])
    fill = each.fill if each else ""
    blocks = f'<path class="blokken {_style(fill)}"{_fill(fill)} d="{_own_blocks(ground, projection)}"/>'
    return blocks + _square(ground, projection)


@lru_cache(maxsize=4)
def _own_blocks(ground: Ground, projection: Projection) -> str:
    blocks = [block for part in ground.streets.blocks.values() for block in part] if ground.streets else []
    return path(projection.drawn(MultiPolygon(blocks)))


@lru_cache(maxsize=4)
def _square(ground: Ground, projection: Projection) -> str:
    return f'<path class="plein" d="{path(projection.drawn(ground.streets.square))}"/>' if ground.streets else ""


def _selected(whole: LargeMap, projection: Projection) -> str:
    d = paths_of(whole.ground, projection).get(whole.area, "")
    return f'<path class="gekozen-rand" d="{d}"/><path class="gekozen-lijn" d="{d}"/>' if d else ""


def _hatch() -> str:
    """Return the hatch of works to come."""
    return (
        f'<defs><pattern id="{ID}-arcering" width="11" height="11" patternUnits="userSpaceOnUse"'
        f' patternTransform="scale({UNIT}) rotate(45)"><rect class="arcering-grond" width="11" height="11"/>'
        '<path class="arcering-lijn" d="M0 0V11"/></pattern></defs>'
    )


def _works(whole: LargeMap, projection: Projection) -> str:
    """Return the lines and surfaces of works, and the fields in which enough people feel something."""
    parts = []
    for mark in whole.drawn:
        if mark.shape is not None and mark.layer == MapLayer.FEELINGS:
            d = path(projection.drawn(shapely.geometry.shape(mark.shape)))
            parts.append(field(mark.kind, ID, d))
        elif mark.shape is not None:
            shape = projection.drawn(shapely.geometry.shape(mark.shape))
            flat = isinstance(shape, Polygon)
            fill = f' fill="url(#{ID}-arcering)"' if flat else ""
            parts.append(f'<path class="werk-{"vlak" if flat else "lijn"}"{fill} d="{path(shape)}"/>')
    return "".join(parts)


def _named(ground: Ground) -> tuple[dict[str, str], dict[str, Geometry], set[str]]:
    """Return names and shapes by code, and which of them lie in the neighbourhood."""
    named: dict[str, str] = {code: area.name for code, area in ground.areas.items()}
    shapes: dict[str, Geometry] = {code: area.geometry for code, area in ground.areas.items()}
    here = set(ground.here)
    if ground.streets is not None:  # a quarter of which we know the parts is named by its parts
        for code in ground.here:
            del named[code], shapes[code]
        here = set(ground.streets.parts)
        named |= {part: part for part in ground.streets.parts}
        shapes |= dict(ground.streets.parts)
    return named, shapes, here


@lru_cache(maxsize=16)
def _rooms(ground: Ground, projection: Projection) -> Rooms:
    named, shapes, _here = _named(ground)
    drawn = {code: _largest(projection.drawn(shape)) for code, shape in shapes.items()}
    side = 2 * WIDTH
    return Rooms(named, drawn, shapely.box(-side, -side, projection.width + side, projection.height + side))


@lru_cache(maxsize=16)
def names_in(ground: Ground) -> list[dict[str, Any]]:
    """Return every name with a place for it in degrees, and whether it is in the neighbourhood."""
    named, shapes, here = _named(ground)
    middles = {code: shape.representative_point() for code, shape in shapes.items()}
    return [
        {"name": name, "at": [round(middles[code].x, 5), round(middles[code].y, 5)], "here": code in here}
        for code, name in named.items()
    ]


def _largest(shape: Geometry) -> Polygon:
    return max(shapely.get_parts(shape), key=lambda part: part.area)


@lru_cache(maxsize=128)
def labels(ground: Ground, projection: Projection, selected: str) -> list[Label]:
    """Return the names on the map, that of the chosen area first."""
    rooms = _rooms(ground, projection)
    first = [selected] if selected in rooms.areas else []
    return rooms.placed(rooms.areas, first)


def _names(
    ground: Ground, written: Iterable[Label], stacks: Sequence[Stack], taken: Iterable[Polygon], frame: Polygon | None
) -> str:
    """Return the names, each where no mark and no other name stands; on a phone only those that have room."""
    around = ground.areas.keys() - set(ground.here)
    small = Taken(room.bounds for room in taken)
    large = Taken(room_of(stack, PHONE).bounds for stack in stacks)
    parts = []
    for label in written:
        box = _box(label)
        if frame is not None and not frame.contains(shapely.box(*box)):
            continue
        hits = small.hit(box + _ASIDE)
        best = int(hits.argmin())  # the nearest of the freest
        small.add(box + _ASIDE[best])
        phone = _box(label, PHONE) + _ASIDE[best]
        tight = bool(large.hit(phone[None]).any())
        if not tight:
            large.add(phone)
        css = " ".join(["rondom"] * (label.code in around) + ["niet-smal"] * tight)
        across, down = ASIDE[best]
        for line, y in label.baselines:
            parts.append(f'<text class="{css}" x="{label.x + across:.0f}" y="{y + down:.0f}">{escape(line)}</text>')
    return f'<g class="namen" aria-hidden="true">{"".join(parts)}</g>'


def room_of(stack: Stack, times: float = 1.0) -> Polygon:
    """Return the room that a stack takes, so many times as large, with the cards below it."""
    half = (SIZES[KINDS[stack_kind(stack)][0]] + 1) * times
    more = 5.0 if len(stack.marks) > 1 else 0.0
    return shapely.box(stack.x - half, stack.y - half - more, stack.x + half + more, stack.y + half)


def _box(label: Label, times: float = 1.0) -> Floats:
    """Return the room of a name on its own place, so many times as large."""
    half = max(width(line, label.size) for line in label.lines) / 2 * times + 2
    high = len(label.lines) * label.size * 0.6 * times
    return np.array([label.x - half, label.y - high, label.x + half, label.y + high])


def stacks_of(whole: LargeMap, projection: Projection) -> list[Stack]:
    """Return what is drawn as stacks; what has a place of its own stands there whatever layers are on."""
    squares = squares_across(projection)
    exact = spread_stacks(group_marks((mark for mark in whole.marks if mark.exact), squares), projection)
    return spread_stacks(group_marks(whole.drawn, squares), projection, {each.key: each for each in exact})


def _marks(whole: LargeMap, stacks: Sequence[Stack], told: Mapping[str, tuple[str, Polygon]]) -> Iterable[str]:
    """Return every mark; works say their name and months, what is chosen has a ring and comes last."""
    bare = whole.asked.to(pick="@", area="")
    late = []
    for stack in stacks:
        chosen = whole.asked.pick in (stack.key, *(mark.key for mark in stack.marks))
        href = escape(bare.replace("%40", stack.pick).replace("@", stack.pick) + "#gekozen")
        drawn = _mark(stack, href, chosen)
        drawn += told[stack.key][0] if stack.key in told else ""
        if chosen:
            late.append(drawn)
        else:
            yield drawn
    yield from late


def _mark(stack: Stack, href: str, chosen: bool) -> str:
    count = len(stack.marks)
    said = escape(stack.marks[0].title if count == 1 else _("%(n)s bij elkaar") % {"n": count})
    ring = RING if chosen else ""
    inside = f' data-tekens="{escape(" ".join(mark.key for mark in stack.marks))}"' if count > 1 else ""
    return (
        f'<a class="speld" href="{href}" tabindex="-1" data-kies="{escape(stack.pick)}"{inside}'
        f' aria-label="{said}"'
        f' transform="translate({stack.x:g} {stack.y:g})"><title>{said}</title>'
        f'<g class="teken-groot">{ring}{sign(stack)}</g></a>'
    )


def sign(stack: Stack) -> str:
    """Return what a stack looks like, around the middle of the drawing: its one mark, or cards with their number."""
    count = len(stack.marks)
    return sign_of(stack.marks[0].kind) if count == 1 else _several(stack, count)


@lru_cache(maxsize=64)
def sign_of(kind: str) -> str:
    """Return the sign of a kind: the shape says the kind, as everywhere in the site."""
    form, icon, _colour, ink = KINDS[kind]
    half = SIZES[form]
    scale = round(half * 1.36 / 24, 3)
    at = round(-12 * scale, 2)
    lines = f'<g class="lijntjes op-{ink}" transform="translate({at} {at}) scale({scale})">{drawing(icon)}</g>'
    return form_of(kind, half) + lines


@lru_cache(maxsize=1)
def signs() -> Mapping[str, str]:
    """Return the sign of every kind, and the ring around what is chosen, for a drawing that the browser makes."""
    return {kind: sign_of(kind) for kind in KINDS} | {"gekozen": RING}


def form_of(kind: str, half: float) -> str:
    """Return the bare shape of a kind in its colour."""
    form, _icon, colour, _ink = KINDS[kind]
    if form == "rond":
        return f'<circle class="vorm soort-{colour}" r="{half}"/>'
    if form == "open":
        return f'<circle class="vorm-tegel" r="{half}"/>'
    css = "vorm-tegel" if form == "tegel" else f"vorm soort-{colour}"
    turn = ' transform="rotate(45)"' if form == "ruit" else ""
    box = f'x="{-half}" y="{-half}" width="{2 * half}" height="{2 * half}" rx="{half * 0.42:.1f}"'
    return f'<rect class="{css}" {box}{turn}/>'


def stack_kind(stack: Stack) -> str:
    """Return the kind that a stack is drawn as."""
    return stack.kind or stack.marks[0].together


def _several(stack: Stack, count: int) -> str:
    """Return a few cards on each other with the number; of different kinds in ink, in the shape of its layer."""
    kind = stack_kind(stack)
    form, ink = form_of(kind, SIZES[KINDS[kind][0]]), KINDS[kind][3]
    cards = "".join(f'<g transform="translate({step} {-step})">{form}</g>' for step in (5, 2.5, 0))
    size = "stapel-getal stapel-getal--lang" if count > 99 else "stapel-getal"
    return f'{cards}<text class="{size} op-{ink}" dy=".35em">{count}</text>'
