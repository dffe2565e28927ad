"""The map of a municipality in five classes, as SVG from the server: it prints and needs no JavaScript.

The table beside a map holds the same areas, words and links, and that is what the keyboard and a screen reader walk
through: so the links in the map stay out of the tab order, unless `reachable` says that there is no such table.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.figures.observation import Absence
from buurtbalans.site.map.base_map import AreaBorders, base_map, names
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.map.count_map import draw_counts
from buurtbalans.site.map.labels import Label
from buurtbalans.site.map.layers import Layers
from buurtbalans.site.map.patterns import patterns
from buurtbalans.site.map.svg_path import UNIT
from buurtbalans.site.map.viewport import Viewport

WIDTH = 800
UNKNOWN = MapClass(Absence.NOT_MEASURED)


def draw_map(
    division: Division,
    municipality: str,
    classes: Mapping[str, MapClass],
    *,
    level: AreaLevel = AreaLevel.BUURT,
    selected: str | None = None,
    labels: bool = True,
    numbers: Mapping[str, int] = MappingProxyType({}),
    href: Callable[[str], str] | None = None,
    layers: Layers | None = None,
    view: Viewport = Viewport(),  # noqa: B008
    title: str = "",
    reachable: bool = False,
    identity: str = "kaart",
) -> SafeString:
    """Return the map of a municipality.

    An area that is not in `classes` counts as not measured. `href` gives the address of an area; without it the map is
    one picture with `title` as its text. An area with one of the `numbers` has it in a circle, by its name.
    `identity` starts the ids in the drawing, for pages with several maps.
    Raises LookupError when the division has no borders of that municipality at that level.
    """
    drawing = base_map(division, municipality, level, WIDTH, view)
    title = title or _("Kaart van %(name)s") % {"name": division[municipality].name if municipality in division else ""}
    known = {code: classes.get(code, UNKNOWN) for code in drawing.areas}
    body = [
        f'<g transform="scale({1 / UNIT})">',
        *_areas(drawing, known, href, reachable, identity),
        f'<path class="wijkgrens" d="{drawing.wijk_lines}"/><path class="omtrek" d="{drawing.outline}"/>',
        layers.shapes(drawing.projection) if layers else "",
        _selected(drawing, selected),
        "</g>",
        layers.written(drawing.projection, identity) if layers else "",
        _names(names(drawing, selected), known) if labels else "",
        *draw_counts(drawing, numbers, known, selected),
    ]
    return svg_frame(
        drawing, title, body, identity, linked=href is not None, patterned={c.fill for c in known.values()}
    )


def svg_frame(
    drawing: AreaBorders,
    title: str,
    body: Iterable[str],
    identity: str,
    *,
    linked: bool,
    patterned: Iterable[str] = (),
    style: str = "",
) -> SafeString:
    """Return a drawing as one SVG element; with links inside it is a group, else one picture."""
    size = f"0 0 {drawing.projection.width} {drawing.projection.height}"
    role = "group" if linked else "img"
    return mark_safe(  # names and addresses are escaped where they are written
        f'<svg class="kaart{style}" viewBox="{size}" role="{role}" aria-labelledby="{identity}-titel">'
        f'<title id="{identity}-titel">{escape(title)}</title>{patterns(patterned, identity)}{"".join(body)}</svg>'
    )


def _areas(
    drawing: AreaBorders,
    known: Mapping[str, MapClass],
    href: Callable[[str], str] | None,
    reachable: bool,
    identity: str,
) -> list[str]:
    """Return the areas in groups of one fill, those without a figure first so that borders lie over their patterns."""
    parts = []
    for fill in sorted({each.fill for each in known.values()}, key=lambda fill: (len(fill) < 3, fill)):
        same = [code for code, each in known.items() if each.fill == fill]
        style = known[same[0]].css
        parts.append(
            f'<g class="vlakken {style}">'
            if style
            else f'<g class="vlakken afwezig" fill="{_pattern(fill, identity)}">'
        )
        for code in same:
            said = escape(known[code].sentence(drawing.areas[code].name))
            shape = f'<path d="{drawing.paths[code]}"/>'
            if href is None:
                parts.append(f"<g><title>{said}</title>{shape}</g>")
            else:
                tab = "" if reachable else ' tabindex="-1"'
                parts.append(
                    f'<a href="{escape(href(code))}"{tab} aria-label="{said}"><title>{said}</title>{shape}</a>'
                )
        parts.append("</g>")
    return parts


def _pattern(fill: str, identity: str) -> str:
    return f"url(#{identity}-{fill})"


def _selected(drawing: AreaBorders, selected: str | None) -> str:
    if selected is None or selected not in drawing.paths:
        return ""
    d = drawing.paths[selected]
    return f'<path class="gekozen-rand" d="{d}"/><path class="gekozen-lijn" d="{d}"/>'


def _names(labels: Iterable[Label], known: Mapping[str, MapClass]) -> str:
    parts = ['<g class="namen" aria-hidden="true">']
    for label in labels:
        style = known[label.code].css if label.code in known else "wijknaam"
        classes = [f"op-{style}" if label.code in known and style else style, "fijn" if label.size < 13 else ""]
        css = f' class="{" ".join(filter(None, classes))}"' if any(classes) else ""
        for line, y in label.baselines:
            parts.append(f'<text{css} x="{label.x:.0f}" y="{y:.0f}">{escape(line)}</text>')
    return "".join([*parts, "</g>"])
