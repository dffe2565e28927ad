"""The absence patterns of the design system, at the scale of a map and with ids of their own."""

from collections.abc import Iterable

from buurtbalans.figures.observation import Absence
from buurtbalans.site.look.absence import PATTERNS
from buurtbalans.site.map.svg_path import UNIT

GREY = "#7C8798"
WHITE = "#FFFFFF"
DASH = 28  # pixels between the short dashes of "not applicable": one or two in an area


def patterns(fills: Iterable[str], identity: str) -> str:
    """Return SVG definitions of the patterns for the reasons of absence in `fills`, in the order of `Absence`; empty without any."""
    asked = set(fills)
    drawn = [_pattern(reason, identity) for reason in Absence if reason in asked]
    return f"<defs>{''.join(drawn)}</defs>" if drawn else ""


def _pattern(reason: Absence, identity: str) -> str:
    pattern = PATTERNS[reason]
    size = pattern.size or DASH
    tile = pattern.tile or f'<path d="M{DASH / 2 - 4} {DASH / 2}h8" stroke="{GREY}" stroke-width="1.3"/>'
    return (
        f'<pattern id="{identity}-{reason.value}" width="{size}" height="{size}" patternUnits="userSpaceOnUse"'
        f' patternTransform="scale({UNIT}) rotate({pattern.turn})">'
        f'<rect width="{size}" height="{size}" fill="{WHITE}"/><g fill="{GREY}" color="{GREY}">{tile}</g></pattern>'
    )
