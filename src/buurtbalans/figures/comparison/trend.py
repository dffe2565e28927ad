"""Change over the years, named only when the figures can carry it; else "geen uitspraak", with why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from buurtbalans.figures.comparison.significance import normal_p
from buurtbalans.figures.comparison.standing import CERTAIN_P, MAYBE_P, is_amount, standard_error
from buurtbalans.figures.protection.gate import Shown

MIN_POINTS: Final = 5
NO_TREND: Final = "Geen uitspraak."
_NUMBERS: Final = ("geen", "één", "twee", "drie", "vier")


@dataclass(frozen=True, slots=True)
class Trend:
    """What can be said of the years.

    Attributes
    ----------
    words : "Wordt meer.", "Wordt misschien minder.", "Geen uitspraak." …
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
        return Trend(NO_TREND, "De cijfers gaan op en neer.", None, breaks)
    return _named(since, sign, breaks)


def _new_boundaries(points: Sequence[Shown], borders: Mapping[int, object]) -> list[int]:
    """The positions of the points whose boundary differs from that of the point before."""
    border = [borders.get(point.division, point.division) for point in points]
    return [at for at in range(1, len(points)) if border[at] != border[at - 1]]


def _require_series(points: Sequence[Shown]) -> None:
    if len({point.indicator.id for point in points}) > 1 or len({point.period for point in points}) < len(points):
        raise ValueError("a trend is about one indicator, with one figure for each period")


def _too_thin(since: Sequence[Shown], broken: bool) -> str:
    tail = " sinds de nieuwe grens" if broken else ""
    if not since:
        return "Er zijn nog geen metingen."
    if since[0].indicator.rolling:
        return "De metingen overlappen elkaar: elk cijfer gaat over meer jaren."
    if len(since) < MIN_POINTS:
        return f"Pas {_NUMBERS[len(since)]} {'meting' if len(since) == 1 else 'metingen'}{tail}."
    return ""


def _named(since: Sequence[Shown], sign: int, breaks: tuple[int, ...]) -> Trend:
    up, down = ("meer", "minder") if is_amount(since[0].indicator) else ("hoger", "lager")
    word = up if sign > 0 else down
    count = "vijf" if len(since) == MIN_POINTS else str(len(since))
    why = f"Dat zien we in {count} metingen{' sinds de nieuwe grens' if breaks else ''}."
    chance = _chance(since)
    if chance is None or chance <= CERTAIN_P:
        return Trend(f"Wordt {word}.", why, sign, breaks)
    if chance <= MAYBE_P:
        return Trend(f"Wordt misschien {word}.", f"{why[:-1]}, maar het is minder zeker.", None, breaks)
    return Trend(NO_TREND, "Het verschil is kleiner dan onze onzekerheid.", None, breaks)


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
