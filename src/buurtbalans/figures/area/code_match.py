"""Laying the codes of figures beside the areas of a division, to see what meets and what does not."""

from collections.abc import Iterable
from typing import NamedTuple

from buurtbalans.figures.area.codes import AreaLevel, level_of, municipality_of
from buurtbalans.figures.area.division import Division


class CodeMatch(NamedTuple):
    """What happens when figures meet a division: codes of both, areas without figures, codes the division lacks."""

    matched: tuple[str, ...]
    without_figures: tuple[str, ...]
    unknown: tuple[str, ...]


def match_codes(division: Division, codes: Iterable[str], level: AreaLevel = AreaLevel.BUURT) -> CodeMatch:
    """Lay the codes of figures beside a division and say what meets and what does not.

    Parameters
    ----------
    division : Division
        The areas.
    codes : iterable of str
        Codes that have figures; only those of `level` in the division's own municipalities count.
    level : AreaLevel
        The level to join, buurt when not given.

    Returns
    -------
    Joined
        Sorted codes: `matched`, `without_figures` (in the division only), `unknown` (in the figures only).

    Examples
    --------
    >>> from buurtbalans.figures.area.division import Area
    >>> division = Division(2025, [Area("BU99990101", "Oude Werf", AreaLevel.BUURT, 2025)])
    >>> match_codes(division, ["BU99990101", "BU99990102", "WK999901", "BU03630000"])
    CodeMatch(matched=('BU99990101',), without_figures=(), unknown=('BU99990102',))
    """
    mine = {area.code for area in division.of_level(level)}
    places = {municipality_of(code) for code in mine}
    theirs = {code for code in (code.strip() for code in codes) if _belongs(code, level, places)}
    return CodeMatch(tuple(sorted(mine & theirs)), tuple(sorted(mine - theirs)), tuple(sorted(theirs - mine)))


def _belongs(code: str, level: AreaLevel, places: set[str | None]) -> bool:
    return level_of(code) == level and municipality_of(code) in places
