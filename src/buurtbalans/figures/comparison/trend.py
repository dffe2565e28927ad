"""Change over the years, named only when the figures can carry it; else "geen duidelijke trend", with why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from buurtbalans.figures.comparison.significance import normal_p
from buurtbalans.figures.comparison.standing import CERTAIN_P, MAYBE_P, standard_error
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.text import gettext_noop

MIN_POINTS: Final = 5
NO_TREND: Final = gettext_noop("Geen duidelijke trend.")
RISES: Final = gettext_noop("Stijgt.")
FALLS: Final = gettext_noop("Daalt.")
MAY_RISE: Final = gettext_noop("Stijgt misschien.")
MAY_FALL: Final = gettext_noop("Daalt misschien.")
_TOO_THIN: Final = {  # by how many measurements there are
    1: gettext_noop("Er is nog maar één meting, en voor een trend zijn er vijf nodig."),
    2: gettext_noop("Er zijn nog maar twee metingen, en voor een trend zijn er vijf nodig."),
    3: gettext_noop("Er zijn nog maar drie metingen, en voor een trend zijn er vijf nodig."),
    4: gettext_noop("Er zijn nog maar vier metingen, en voor een trend zijn er vijf nodig."),
}
_TOO_THIN_SINCE: Final = {  # the same where the boundary changed
    1: gettext_noop("Sinds de nieuwe grens is er nog maar één meting, en voor een trend zijn er vijf nodig."),
    2: gettext_noop("Sinds de nieuwe grens zijn er nog maar twee metingen, en voor een trend zijn er vijf nodig."),
    3: gettext_noop("Sinds de nieuwe grens zijn er nog maar drie metingen, en voor een trend zijn er vijf nodig."),
    4: gettext_noop("Sinds de nieuwe grens zijn er nog maar vier metingen, en voor een trend zijn er vijf nodig."),
}


@dataclass(frozen=True, slots=True)
class Trend:
    """What can be said of the years.

    Attributes
    ----------
    words : "Stijgt.", "Daalt misschien.", "Geen duidelijke trend." …
    why : one sentence that says on what this rests, or why nothing is said.
    direction : 1 rising, -1 falling, None when no trend is named (also for "misschien").
    breaks : periods in which a new boundary starts.
    """

    words: str
    why: str
    direction: int | None
    breaks: tuple[int, ...]


def trend(points: Sequence[Shown], *, borders: Mapping[int, object] | None = None) -> Trend:
    """Return the trend of one area's figure.

    A trend is named with at least five measurements since the last new boundary, each over years of its own, with a
    sign that survives leaving any one of them out. Where the measurements have a standard error the slope must also
    be larger than chance: at 99.8 % it is named, at 95 % the words say "misschien".

    Parameters
    ----------
    points
        Figures of one indicator, in any order; absent ones leave a gap, they are not 0. One per period.
    borders
        Per division year something that is equal when the boundary of this area is the same; each division year is
        a boundary of its own when absent.

    Raises
    ------
    ValueError
        When the points are of several indicators or tell one period twice.
    """
    _require_series(points)
    known = sorted((point for point in points if point.value is not None), key=lambda point: point.period)
    starts = _new_boundaries(known, borders or {})
    breaks = tuple(known[at].period for at in starts)
    since = known[starts[-1] if starts else 0 :]
    why = _too_thin(since, bool(breaks))
    if why:
        return Trend(NO_TREND, why, None, breaks)
    sign = _lasting_sign(since)
    if not sign:
        return Trend(
            NO_TREND, gettext_noop("De cijfers gaan op en neer, dus er is geen richting te zien."), None, breaks
        )
    return _named(since, sign, breaks)


def _new_boundaries(points: Sequence[Shown], borders: Mapping[int, object]) -> list[int]:
    """The positions of the points whose boundary differs from that of the point before."""
    border = [borders.get(point.division, point.division) for point in points]
    return [at for at in range(1, len(points)) if border[at] != border[at - 1]]


def _require_series(points: Sequence[Shown]) -> None:
    if len({point.indicator.id for point in points}) > 1 or len({point.period for point in points}) < len(points):
        raise ValueError("a trend is about one indicator, with one figure for each period")


def _too_thin(since: Sequence[Shown], broken: bool) -> str:
    if not since:
        return gettext_noop("Er zijn nog geen metingen.")
    if since[0].indicator.rolling:
        return gettext_noop("De metingen overlappen elkaar, want elk cijfer gaat over meer jaren.")
    return (_TOO_THIN_SINCE if broken else _TOO_THIN).get(len(since), "")


def _named(since: Sequence[Shown], sign: int, breaks: tuple[int, ...]) -> Trend:
    chance = _chance(since)
    if chance is None or chance <= CERTAIN_P:
        why = (
            gettext_noop("Dat blijkt uit ten minste vijf metingen sinds de nieuwe grens.")
            if breaks
            else gettext_noop("Dat blijkt uit ten minste vijf metingen.")
        )
        return Trend(RISES if sign > 0 else FALLS, why, sign, breaks)
    if chance <= MAYBE_P:
        why = (
            gettext_noop("Dat blijkt uit de metingen sinds de nieuwe grens, maar het is minder zeker.")
            if breaks
            else gettext_noop("Dat blijkt uit ten minste vijf metingen, maar het is minder zeker.")
        )
        return Trend(MAY_RISE if sign > 0 else MAY_FALL, why, None, breaks)
    why = gettext_noop("Het verschil is kleiner dan de onzekerheidsmarge, dus het kan toeval zijn.")
    return Trend(NO_TREND, why, None, breaks)


def _slope(periods: Sequence[int], values: Sequence[float]) -> float:
    middle = sum(periods) / len(periods)
    top = sum((period - middle) * value for period, value in zip(periods, values, strict=True))
    return top / sum((period - middle) ** 2 for period in periods)


def _lasting_sign(since: Sequence[Shown]) -> int:
    """Return the sign of the slope when leaving out any single point keeps it, else 0."""
    periods, values = [point.period for point in since], [point.value or 0.0 for point in since]
    signs = {_sign(periods, values)}
    for left_out in range(len(since)):
        rest = slice(0, left_out), slice(left_out + 1, None)
        signs.add(_sign(*([*series[rest[0]], *series[rest[1]]] for series in (periods, values))))
    return signs.pop() if len(signs) == 1 else 0


def _sign(periods: Sequence[int], values: Sequence[float]) -> int:
    slope = _slope(periods, values)
    return 0 if abs(slope) <= 1e-9 * max(map(abs, values)) else (slope > 0) - (slope < 0)


def _chance(since: Sequence[Shown]) -> float | None:
    """Return the chance of such a slope when nothing changes; None when the points have no standard error."""
    errors = [standard_error(point) for point in since]
    known = [error for error in errors if error is not None]
    if len(known) < len(errors):
        return None
    periods = [point.period for point in since]
    middle = sum(periods) / len(periods)
    square = sum((period - middle) ** 2 for period in periods)
    error = sqrt(sum(((period - middle) * one) ** 2 for period, one in zip(periods, known, strict=True))) / square
    return normal_p(_slope(periods, [point.value or 0.0 for point in since]), error)
