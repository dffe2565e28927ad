"""Geometry of the scales: from a range of values to places on a line, clipped, never too narrow to see."""

from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

Style = Literal["vol", "hol", "stippel", "kracht", "belasting", "stil", "stad"]

TRACK = 2.5  # the spirit level runs from -2.5 to +2.5 standard deviations of the city
LEAST = 3.0  # a range is drawn at least this wide, in per cent, so that certainty stays visible


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line in per cent of its length."""

    start: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.start + self.width / 2, 2)

    @property
    def end(self) -> float:
        return round(self.start + self.width, 2)


@dataclass(frozen=True, slots=True)
class Pill:
    """A range on a line: filled is now, hollow another time or place, dashed a target."""

    low: float
    high: float
    style: Style = "vol"
    above: str | Promise = ""
    below: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """An indicator under the spirit level: its range in standard deviations of the city, and its words."""

    name: str | Promise
    low: float
    high: float
    style: Style = "stil"
    words: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A thin mark on a line: the city or a target (dashed)."""

    value: float
    words: str | Promise
    target: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A line of a comparison: its name and its pill, or the reason why there is none."""

    name: str | Promise
    pill: Pill | None = None
    absence: str | None = None
    now: bool = False
    words: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from one value to another."""

    low: float
    high: float
    ticks: tuple[float, ...] = field(default=())

    def place(self, value: float) -> float:
        """Where a value lies, in per cent of the line."""
        reach = self.high - self.low or 1
        return round(min(100.0, max(0.0, 100 * (value - self.low) / reach)), 2)

    def span(self, low: float, high: float, least: float = LEAST) -> Span:
        """Where a range lies; a range that is too narrow to see is widened around its middle and stays on the line."""
        low, high = min(low, high), max(low, high)
        start, end = self.place(low), self.place(high)
        width = max(end - start, least)
        start = min(max(0.0, (start + end - width) / 2), 100.0 - width)
        return Span(round(start, 2), round(width, 2))


LEVEL = Scale(-TRACK, TRACK)


def round_ticks(low: float, high: float, wish: int = 5) -> tuple[float, ...]:
    """Round numbers between two values, about as many as wished.

    >>> round_ticks(38, 83)
    (40.0, 50.0, 60.0, 70.0, 80.0)
    """
    reach = max(high - low, 1e-6)
    rough = reach / max(wish - 1, 1)
    power = 10.0
    while power > rough:
        power /= 10
    while power * 10 <= rough:
        power *= 10
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.8)
    first = -(-low // step)
    ticks = []
    while (first * step) <= high + step * 1e-6:
        ticks.append(round(first * step, 10))
        first += 1
    return tuple(ticks)


def scale_around(values: list[float], margin: float = 0.12) -> Scale:
    """A line that holds all values, with some air at both ends and round ticks."""
    low, high = min(values), max(values)
    air = (high - low) * margin or abs(high) * margin or 1
    return Scale(low - air, high + air, round_ticks(low - air, high + air))
