"""The trend drawing: a line with its band, broken where a figure is absent or where the boundaries changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from buurtbalans.site.look.scales import Scale

WIDTH, HEIGHT = 360, 184
LEFT, RIGHT, TOP, BOTTOM = 14, 300, 30, 146
YEAR_GAP = 34  # years under the axis, from middle to middle
WORD_GAP = 84  # words above the drawing, from middle to middle
LABEL_GAP = 16  # two labels at the end of the lines keep this distance

Place = Callable[[float], float]


class Point(Protocol):
    """What a point of a series must tell; a `Shown` does."""

    @property
    def period(self) -> int: ...
    @property
    def division(self) -> int: ...
    @property
    def value(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def absence(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """One unbroken stretch of a line."""

    path: str
    band: str
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A period without a figure: where, how wide, and why."""

    x: float
    width: float
    reason: str


@dataclass(frozen=True, slots=True)
class Break:
    """A new boundary between two periods."""

    x: float
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Chart:
    """All that the template draws."""

    pieces: tuple[Piece, ...]
    city: tuple[str, ...]
    gaps: tuple[Gap, ...]
    breaks: tuple[Break, ...]
    gap_words: tuple[tuple[float, str], ...]
    years: tuple[tuple[float, int], ...]
    end: tuple[float, float] | None
    city_end: tuple[float, float] | None
    restated: tuple[Piece, ...] = ()


def number(value: float) -> str:
    """A coordinate, short."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def line(points: Iterable[tuple[float, float]]) -> str:
    """A path through points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def stretches(points: Sequence[Point]) -> list[list[Point]]:
    """The series cut where a figure is absent or the division changes."""
    pieces: list[list[Point]] = []
    previous: Point | None = None
    for point in points:
        if point.value is None:
            previous = None
            continue
        if previous is None or previous.division != point.division:
            pieces.append([])
        pieces[-1].append(point)
        previous = point
    return pieces


def limits(points: Sequence[Point]) -> Scale:
    """The vertical scale that holds every value and its doubt."""
    values = [number for point in points for number in (point.low, point.value, point.high) if number is not None]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    air = (high - low) * 0.1 or 1.0
    return Scale(low - air, high + air)


def draw(series: Sequence[Point], city: Sequence[Point] = (), restated: Sequence[Point] = ()) -> Chart:
    """Place a neighbourhood's series and the city's on one drawing; `restated` is from before a new boundary."""
    series = sorted(series, key=lambda point: point.period)
    city = sorted(city, key=lambda point: point.period)
    years = sorted({point.period for point in (*series, *city)})
    across, up = Scale(years[0], years[-1]) if years else Scale(0, 1), limits([*series, *city, *restated])

    def x(period: float) -> float:
        if len(years) < 2:
            return (LEFT + RIGHT) / 2
        return LEFT + (RIGHT - LEFT) * across.place(period) / 100

    def y(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * up.place(value) / 100

    def place(point: Point) -> tuple[float, float]:
        return x(point.period), y(point.value or 0.0)

    end, city_end = _line_end(series, place), _line_end(city, place)
    gaps, breaks = _gaps(series, x, (RIGHT - LEFT) / max(len(years) - 1, 1)), _breaks(series, x)
    return Chart(
        pieces=tuple(piece(stretch, x, y) for stretch in stretches(series)),
        city=tuple(line(place(point) for point in stretch) for stretch in stretches(city) if len(stretch) > 1),
        gaps=tuple(gaps),
        breaks=tuple(breaks),
        gap_words=gap_words(gaps, breaks),
        years=year_labels(years, {year for line in breaks for year in (line.before, line.after)}, x),
        end=end,
        city_end=_city_label(end, city_end),
        restated=tuple(piece(stretch, x, y) for stretch in leading_on(restated, series)),
    )


def _line_end(points: Sequence[Point], place: Callable[[Point], tuple[float, float]]) -> tuple[float, float] | None:
    """The place of the last figure, or None when there is none."""
    last = next((point for point in reversed(points) if point.value is not None), None)
    return place(last) if last is not None else None


def _gaps(series: Sequence[Point], x: Place, step: float) -> list[Gap]:
    """The periods without a figure, half as wide as a step on the axis."""
    return [Gap(x(p.period) - step * 0.24, step * 0.48, str(p.absence)) for p in series if p.value is None]


def _breaks(series: Sequence[Point], x: Place) -> list[Break]:
    """The new boundaries, each halfway between the periods before and after."""
    return [
        Break((x(before.period) + x(after.period)) / 2, before.period, after.period)
        for before, after in pairwise(series)
        if before.division != after.division
    ]


def _city_label(end: tuple[float, float] | None, city_end: tuple[float, float] | None) -> tuple[float, float] | None:
    """The place of the city's name, moved off that of the neighbourhood where they would touch."""
    if end is None or city_end is None or abs(end[1] - city_end[1]) >= LABEL_GAP:
        return city_end
    return city_end[0], end[1] + (LABEL_GAP if city_end[1] >= end[1] else -LABEL_GAP)


def leading_on(restated: Sequence[Point], series: Sequence[Point]) -> list[list[Point]]:
    """The stretches of what was carried over a boundary, the last one led on to the first point behind it."""
    lines = stretches(sorted(restated, key=lambda point: point.period))
    if lines:
        behind = [point for point in series if point.period > lines[-1][-1].period][:1]
        lines[-1] += [point for point in behind if point.value is not None]
    return lines


def piece(stretch: Sequence[Point], x: Place, y: Place) -> Piece:
    """The line, the band of doubt and the dots of one unbroken stretch."""
    tops = [(x(point.period), y(point.high)) for point in stretch if point.high is not None]
    bottoms = [(x(point.period), y(point.low)) for point in reversed(stretch) if point.low is not None]
    dots = tuple((round(x(p.period), 1), round(y(p.value), 1)) for p in stretch if p.value is not None)
    doubt = len(tops) == len(bottoms) > 1
    return Piece(line(dots) if len(dots) > 1 else "", line(tops + bottoms) + "Z" if doubt else "", dots)


def year_labels(years: list[int], breaks: set[int], x: Place) -> tuple[tuple[float, int], ...]:
    """Which years stand under the axis: all when there is room, else the ends and the two sides of a break."""
    shown = years if len(years) <= 5 else [year for year in years if year in {years[0], years[-1]} | breaks]
    places: list[tuple[float, int]] = []
    for year in shown:
        if not places or x(year) - places[-1][0] >= YEAR_GAP:
            places.append((round(x(year), 1), year))
    return tuple(places)


def gap_words(gaps: Sequence[Gap], breaks: Sequence[Break]) -> tuple[tuple[float, str], ...]:
    """The reason above a gap, once, and only where it does not touch the words of a break."""
    words: dict[str, float] = {}
    for gap in gaps:
        middle = round(gap.x + gap.width / 2, 1)
        if all(abs(middle - line.x) >= WORD_GAP for line in breaks) and gap.reason not in words:
            words[gap.reason] = middle
    return tuple((middle, reason) for reason, middle in words.items())
