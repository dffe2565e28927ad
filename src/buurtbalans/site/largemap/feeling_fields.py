"""Fields in which enough people feel something, on the large map: an edge and a hatch in the colour of the kind.

They never fill: the colour of an area below them is a figure, and stays to be seen.
"""

from collections.abc import Mapping
from typing import Final

from buurtbalans.site.map.svg_path import UNIT

FELT: Final = "veld-"  # starts the kind of a field in the legend
COLOURS: Final = {"blij": "kracht", "anders": "vraag", "bang": "zorg"}
SIDE: Final = 16  # pixels of a tile
LINES: Final[Mapping[str, str]] = {"blij": "M0 8H16", "anders": "M8 5V11M5 8H11", "bang": "M8 0V16"}
TURNS: Final = {"blij": 45, "anders": 0, "bang": 45}


def hatches(identity: str, unit: float = UNIT) -> str:
    """Return the hatch of each kind of field, for a drawing of so many units in a pixel."""
    tiles = "".join(
        f'<pattern id="{identity}-{FELT}{kind}" width="{SIDE}" height="{SIDE}" patternUnits="userSpaceOnUse"'
        f' patternTransform="scale({unit}) rotate({TURNS[kind]})">'
        f'<path class="veld-lijn veld-lijn--{COLOURS[kind]}" d="{LINES[kind]}"/></pattern>'
        for kind in COLOURS
    )
    return f"<defs>{tiles}</defs>"


def field(kind: str, identity: str, shape: str) -> str:
    """Return a field: its hatch, and its edge on white, so that it stands out on every class."""
    return (
        f'<path class="gevoel-veld" fill="url(#{identity}-{FELT}{kind})" d="{shape}"/>'
        f'<path class="gevoel-rand-wit" d="{shape}"/><path class="gevoel-rand soort-lijn-{COLOURS[kind]}" d="{shape}"/>'
    )


def swatch(kind: str, identity: str) -> str:
    """Return a field for the legend, in a square of 32 pixels; its hatch is that of a drawing or of `hatches`."""
    shape = f"M{2 * UNIT} {2 * UNIT}H{30 * UNIT}V{30 * UNIT}H{2 * UNIT}Z"
    return f'<g transform="scale({1 / UNIT})">{field(kind, identity, shape)}</g>'
