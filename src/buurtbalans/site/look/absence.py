"""Absence as pattern and word: the seven reasons, the same in map, table, chart and print."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from buurtbalans.figures.observation import Absence

GROUND, LINE = "#FFFFFF", "#7C8798"  # --wit and --lijn-2: a drawing may stand alone, without the stylesheet


@dataclass(frozen=True, slots=True)
class Pattern:
    """A reason in words, what it means, and the drawing of its tile (in `currentcolor` on white)."""

    words: str | Promise
    why: str | Promise
    size: int
    tile: str
    turn: int = 0


PATTERNS: dict[Absence, Pattern] = {
    Absence.TOO_FEW: Pattern(
        _("te weinig mensen"),
        _("Dit gaat over te weinig mensen, dus wij tonen geen cijfer om hun privacy te beschermen."),
        6,
        '<circle cx="1.5" cy="1.5" r="1.05"/><circle cx="4.5" cy="4.5" r="1.05"/>',
    ),
    Absence.PROTECTS_ANOTHER: Pattern(
        _("beschermt een andere buurt"),
        _("Er is geen cijfer, omdat men daarmee het cijfer van een andere buurt kan uitrekenen."),
        9,
        '<circle cx="4.5" cy="4.5" r="2.1" fill="none" stroke="currentColor" stroke-width="1.1"/>',
    ),
    Absence.NOT_MEASURED: Pattern(
        _("niet gemeten"),
        _("Er is geen cijfer, want dit is hier toen niet gemeten."),
        8,
        '<path d="M4 0V8" fill="none" stroke="currentColor" stroke-width="1.3"/>',
        45,
    ),
    Absence.NOT_COMPARABLE: Pattern(
        _("niet vergelijkbaar"),
        _("Er is geen vergelijkbaar cijfer, omdat dit hier anders is gemeten."),
        7,
        '<path d="M3.5 0V7M0 3.5H7" fill="none" stroke="currentColor" stroke-width="1"/>',
        45,
    ),
    Absence.NOT_SHARED: Pattern(
        _("niet gedeeld"),
        _("U ziet geen cijfer, omdat de eigenaar het niet met u deelt."),
        6,
        '<path d="M0 3H6" fill="none" stroke="currentColor" stroke-width="1.3"/>',
    ),
    Absence.WITHHELD_AT_SOURCE: Pattern(
        _("niet beschikbaar bij de bron"),
        _("De bron geeft geen cijfer, omdat het onbekend, onzeker of geheim is."),
        6,
        '<path d="M3 0V6" fill="none" stroke="currentColor" stroke-width="1.3"/>',
    ),
    Absence.NOT_APPLICABLE: Pattern(
        _("niet van toepassing"),
        _("Er is geen cijfer, want dit kan hier niet voorkomen."),
        0,
        "",
    ),
}


def pattern_id(reason: str) -> str:
    """The id of a reason's pattern on every page (base.html carries the patterns)."""
    return f"afwezig-{Absence(reason).value}"


def pattern_fill(reason: str) -> str:
    """What to write in the `fill` of a shape whose figure is absent."""
    return GROUND if Absence(reason) is Absence.NOT_APPLICABLE else f"url(#{pattern_id(reason)})"


def definitions() -> str:
    """All patterns as SVG `pattern` elements, for a page or for a drawing that stands alone."""
    parts = []
    for reason, pattern in PATTERNS.items():
        if pattern.size:
            turn = f' patternTransform="rotate({pattern.turn})"' if pattern.turn else ""
            side = f'width="{pattern.size}" height="{pattern.size}"'
            parts.append(
                f'<pattern id="{pattern_id(reason)}" {side} patternUnits="userSpaceOnUse"{turn}>'
                f'<rect {side} fill="{GROUND}"/><g fill="{LINE}" color="{LINE}">{pattern.tile}</g></pattern>'
            )
    return "".join(parts)
