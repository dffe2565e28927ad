"""Draws what stands on a paper beside its words: a figure as a range, a target, why a figure is absent, and the place.

Each drawing stands alone: it holds its own colours, works in black and white, and says in words what it shows.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from buurtbalans.figures.area.division import Division
from buurtbalans.figures.observation import Absence
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.rounds.queries.claims import Pill
from buurtbalans.method.rounds.queries.evidence import line_of, range_of
from buurtbalans.site.look.absence import PATTERNS, definitions, pattern_fill
from buurtbalans.site.look.scales import LEVEL, Scale
from buurtbalans.site.map.small_maps import draw_locator
from buurtbalans.site.map.street_map import Pin, draw_streets
from buurtbalans.site.map.svg_path import UNIT
from buurtbalans.site.map.topography import layers_of, streets_of
from buurtbalans.site.pages.round_balance import Level
from buurtbalans.site.papers.content import Drawing

WIDE: Final = 360  # pixels of a drawing in which letters of 13 pixels are as large as those of the text
_STYLES: Final = {
    "vol": 'fill="#2447A5" stroke="#2447A5"',
    "hol": 'fill="#FFFFFF" stroke="#17202E" stroke-width="2"',
    "stippel": 'fill="#E9EEFB" stroke="#2447A5" stroke-width="2" stroke-dasharray="4 3"',
}
# Where a tint of the spirit level starts, how wide it is in per cent, and its colour (--bel-1 to --bel-5).
_TINTS: Final = ((0, 30, "#F3E4CF"), (30, 10, "#FAF2E3"), (40, 20, "#F4F6FA"), (60, 10, "#E9F4F2"), (70, 30, "#D5EAE7"))
_LETTERS: Final = 'font-family="Buurt Sans" font-size="13" text-anchor="middle"'
# Borders in a map lie in quarters of a pixel, and are as wide as on the screen.
_MAP: Final = f"""
text {{ font-family: "Buurt Sans"; font-size: 13px; text-anchor: middle; fill: #17202E; }}
.vlakken path, .gebied {{ stroke: #FFFFFF; stroke-width: {1.2 * UNIT}; stroke-linejoin: round; }}
.land path {{ fill: #DFE4EC; }} .hier path {{ fill: #2447A5; }} .water {{ fill: #CFE1EF; }} .park {{ fill: #DCE8CF; }}
.bouwblok {{ fill: #E9EDF2; }} .plein {{ fill: #FFFFFF; stroke: #7C8798; stroke-width: {UNIT}; }}
.kwartier {{ fill: none; stroke: #17202E; stroke-width: {1.5 * UNIT}; }}
.spoorlijn, .spoor {{ fill: none; stroke: #7C8798; stroke-width: {UNIT}; }}
.vorm {{ stroke: #FFFFFF; stroke-width: 2.5; }} .soort-kracht {{ fill: #00846D; }} .soort-kans {{ fill: #5AB8EE; }}
.soort-zorg {{ fill: #B65E00; }} .soort-gebeurtenis {{ fill: #7A3B93; }} .soort-vraag {{ fill: #2B2F3A; }}
.lijntjes {{ fill: none; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }}
.op-wit {{ stroke: #FFFFFF; }} .op-inkt {{ stroke: #17202E; }} .waternaam {{ fill: #2E5777; }}
"""
_FIRST: Final = re.compile(r'<svg class="[^"]*" viewBox="0 0 (\d+) (\d+)"')


def of_pills(
    pills: Sequence[Pill], low: float, high: float, says: str, mark: tuple[float, str] | None = None
) -> Drawing:
    """Return ranges on one line, with their words above and below, and a thin mark for the city."""
    scale = Scale(low, high)
    parts = [f'<line x1="0" x2="{WIDE}" y1="32" y2="32" stroke="#B9C1CE" stroke-width="2"/>']
    for pill in pills:
        span = scale.span(pill.low, pill.high)
        start, width, middle = (share * WIDE / 100 for share in (span.start, span.width, span.middle))
        style = _STYLES.get(pill.style, _STYLES["vol"])
        parts.append(
            f'<rect x="{start:.1f}" y="24" width="{width:.1f}" height="16" rx="8" {style}/>'
            f"{_label(middle, 16, pill.above)}{_label(middle, 56, pill.below)}"
        )
    if mark is not None:
        at = scale.place(mark[0]) * WIDE / 100
        parts.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="20" y2="44" stroke="#17202E" stroke-width="2"/>')
        parts.append(_label(at, 16, mark[1]))
    return Drawing(_svg(WIDE, 62, "".join(parts)), says, 0.58)


def of_levels(levels: Sequence[Level]) -> Drawing:
    """Return the spirit levels of a picture under each other: name, bubble between its marks, and its words."""
    parts = [_level(level, 25 * number) for number, level in enumerate(levels)]
    says = " ".join(f"{level.name}: {level.said}." for level in levels)
    return Drawing(_svg(410, 25 * len(levels) + 2, "".join(parts)), says, 0.86)


def _level(level: Level, top: int) -> str:
    start, wide, high = 96, 130, 16
    tints = (
        "".join(
            f'<rect x="{start + wide * at / 100:.1f}" y="{top + 5}" width="{wide * part / 100:.1f}" height="{high}" '
            f'fill="{colour}"/>'
            for at, part, colour in _TINTS
        )
        if level.bubble
        else ""
    )
    edge = f'x="{start}" y="{top + 5}" width="{wide}" height="{high}" rx="{high / 2}"'
    marks = "".join(
        f'<path d="M{start + wide * at:.1f} {top + 2}v{high + 6}" stroke="#17202E" stroke-width="1.5"/>'
        for at in (0.4, 0.6)
    )
    bubble = ""
    if level.bubble:
        span = LEVEL.span(level.bubble.low, level.bubble.high, 12.0)
        bubble = (
            f'<rect x="{start + wide * span.start / 100:.1f}" y="{top + 8}" width="{wide * span.width / 100:.1f}" '
            f'height="{high - 6}" rx="{(high - 6) / 2}" fill="#FFFFFF" stroke="#17202E" stroke-width="2"/>'
        )
    clip = f'<clipPath id="buis-{top}"><rect {edge}/></clipPath><g clip-path="url(#buis-{top})">{tints}</g>'
    letters = 'font-family="Buurt Sans" font-size="13" fill="#17202E"'
    return (
        f'<text x="0" y="{top + 18}" {letters}>{escape(level.name)}</text>'
        f'{clip}<rect {edge} fill="none" stroke="#7C8798"/>{marks}{bubble}'
        f'<text x="{start + wide + 10}" y="{top + 18}" {letters} font-weight="650">{escape(level.said)}</text>'
    )


def of_figure(figure: Mapping[str, Any]) -> Drawing | None:
    """Return the range of a frozen figure with the city beside it, or nothing where it has no value."""
    line = line_of(dict(figure))
    if line is None:
        return None
    low, high = range_of(dict(figure))
    city = (figure["city"] or {}).get("value") if figure["per"] > 1 else None
    mark = (city, "stad") if city is not None else None
    pill = Pill(low, high, "vol", below=str(figure["period"]))
    return of_pills([pill], line["van"], line["tot"], str(figure["sentence"]), mark)


def of_absence(reason: str) -> Drawing:
    """Return the pattern of the reason why a figure is absent, as in every map and table."""
    shape = f'<rect x="1" y="1" width="62" height="16" rx="4" fill="{pattern_fill(reason)}" stroke="#7C8798"/>'
    svg = _svg(64, 18, f"<defs>{definitions()}</defs>{shape}")
    return Drawing(svg, f"Patroon voor: {PATTERNS[Absence(reason)].words}", 0.11)


def of_place(place: Neighbourhood, division: Division, stories: Sequence[Any]) -> Drawing | None:
    """Return where the neighbourhood lies; of a quarter whose streets are drawn, those with the stories on them."""
    layers = layers_of(place.municipality)
    if streets := streets_of(place.municipality, place.name):
        pins = [Pin(s.marker, (s.longitude, s.latitude)) for s in stories if s.longitude is not None]
        says = f"Kaart van de straten van {place.name}, met {len(pins)} verhalen op hun plek."
        drawn = draw_streets(streets, {}, pins, layers=layers, title=says, names=True)
    elif all(code in division for code in place.codes) and place.municipality in division:
        says = f"Kaart van {division[place.municipality].name} met {place.name} donker gekleurd."
        try:
            drawn = draw_locator(division, place.municipality, place.codes, layers=layers)
        except LookupError:  # a release may have figures without borders
            return None
    else:
        return None
    return Drawing(standalone_svg(str(drawn)), says)


def standalone_svg(svg: str) -> str:
    """Return a drawing of the site so that it stands alone: with its size and its own colours."""
    start = r'<svg xmlns="http://www.w3.org/2000/svg" width="\1" height="\2" viewBox="0 0 \1 \2"'
    whole = _FIRST.sub(start, svg, count=1)
    return whole.replace("<title", f"<style>{_MAP}</style><title", 1)


def _label(x: float, y: int, words: Any) -> str:
    """Write a short word, kept within the drawing."""
    text = str(words)
    half = len(text) * 3.4
    x = min(max(x, half), WIDE - half)
    return f'<text x="{x:.1f}" y="{y}" {_LETTERS} fill="#17202E">{escape(text)}</text>' if text else ""


def _svg(width: int, height: int, body: str) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>'
