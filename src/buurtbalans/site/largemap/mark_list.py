"""The list below the large map: the same marks in the same order, as links, and the areas with their figure."""

import re
from functools import lru_cache
from html import escape
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from buurtbalans.figures.observation import Absence
from buurtbalans.site.largemap.large_map import LargeMap
from buurtbalans.site.largemap.marks import Mark
from buurtbalans.site.largemap.query import MapLayer
from buurtbalans.site.look.absence import PATTERNS
from buurtbalans.site.look.icons import KINDS
from buurtbalans.site.templatetags.components import story_marker

_INSIDE: Final = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
LONGEST = 140  # letters of a text in the list; the whole text is one click away


def mark_groups(whole: LargeMap) -> list[tuple[str, int, SafeString]]:
    """Return per layer its name, how many, and its rows; written here, because there may be thousands."""
    bare = escape(whole.asked.to(pick="@", area="")).replace("%40", "@")
    items = []
    for layer in MapLayer:
        marks = [mark for mark in whole.listed if mark.layer == layer]
        if marks:
            rows = "".join(_row(mark, bare, mark.key == whole.asked.pick) for mark in marks)
            items.append((str(layer.label), len(marks), mark_safe(rows)))  # every word is escaped in its row
    return items


def _row(mark: Mark, bare: str, chosen: bool) -> str:
    words = mark.words if len(mark.words) <= LONGEST else f"{mark.words[:LONGEST].rsplit(' ', 1)[0]} …"
    said = f'<span class="lijst-woorden">{escape(words)}</span>' if words else ""
    where = "" if mark.place is not None else f' <span class="lijst-los">{_("zonder plek")}</span>'
    current = ' aria-current="true"' if chosen else ""
    return (
        f'<li><a href="{bare.replace("@", mark.key)}#gekozen" data-kies="{mark.key}"{current}>{_marker(mark.kind)}'
        f"<span><b>{escape(mark.title)}</b>{where}{said}</span></a></li>"
    )


@lru_cache(maxsize=64)
def _marker(kind: str) -> str:
    """Return the marker of a kind as a reference: of thousands of rows the drawing comes once."""
    return f'<svg class="soort" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><use href="#gk-{kind}"/></svg>'


@lru_cache(maxsize=1)
def signs() -> SafeString:
    """Return every marker once, for the rows to refer to; our own drawings."""
    drawn = {
        kind: _INSIDE.search(render_to_string("components/story_marker.html", story_marker(kind))) for kind in KINDS
    }
    symbols = "".join(
        f'<symbol id="gk-{kind}" viewBox="0 0 32 32" overflow="visible">{marks[1]}</symbol>'
        for kind, marks in drawn.items()
        if marks
    )
    return mark_safe(f'<svg class="soort gk-bron" aria-hidden="true" focusable="false">{symbols}</svg>')


def areas(whole: LargeMap) -> list[tuple[str, str, str, str, bool]]:
    """Return every area in view: address, name, figure, class in words, and whether it is of the neighbourhood."""
    shown = whole.figures.shown if whole.asked.shows(MapLayer.FIGURES) else None
    classes = shown.classes if shown else {}
    here = set(whole.ground.here)
    ordered = sorted(whole.ground.areas, key=lambda code: (code not in here, whole.ground.areas[code].name))
    rows = []
    for code in ordered:
        each = classes.get(code)
        words = str(PATTERNS[Absence(each.fill)].words) if each and each.absent else each.words if each else ""
        rows.append(
            (
                f"{whole.asked.to(area=code, pick='')}#gekozen",
                whole.ground.areas[code].name,
                each.value if each else "",
                words,
                code in here,
            )
        )
    return rows
