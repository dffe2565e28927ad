"""How an advice turns out per class of people, from protected totals that somebody outside makes.

Who places never learns who belongs to which class. An outside office joins working numbers with a property, hands back
totals per class, and those are judged here: like with like, beyond chance, and large enough to matter.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from statistics import NormalDist
from typing import Final

from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX, Case
from buurtbalans.placing.fit import Fitting

MINIMUM: Final = 20  # households of a class in a line of totals; fewer may be recognised
FEWEST: Final = 5  # households of a class that have a home, and that have none: fewer would tell who is who
ALPHA: Final = 0.001  # of a thousand fair lists at most one is called unequal anywhere
REST: Final = "rest"
RATE: Final = "Van duizend eerlijke lijsten geeft er hooguit één een duidelijk verschil."


class Measure(StrEnum):
    """What is compared: the share that has a home, how well it fits, how long people wait, and their urgency."""

    PLACED = "placed"
    FIT = "fit"
    WEEKS = "weeks"
    URGENCY = "urgency"


LEAST: Final = {  # a difference below this matters to nobody, however sure it is
    Measure.PLACED: 0.02,
    Measure.FIT: 20.0,
    Measure.WEEKS: 2.0,
    Measure.URGENCY: 0.1,
}


@dataclass(frozen=True)
class AuditLine:
    """One household as it goes outside: under its working number, without its group."""

    household: str
    placed: bool
    fit: int | None
    weeks: int
    urgency: int
    like: str  # which households ask the same: rooms, and without stairs or not


@dataclass(frozen=True)
class Spread:
    """A mean over some households, and how far they lie apart."""

    mean: float
    sd: float

    def sums(self, many: int) -> tuple[float, float]:
        """Return the sum and the sum of squares over so many households."""
        return many * self.mean, many * (self.sd**2 + self.mean**2)


@dataclass(frozen=True)
class AuditTotal:
    """The totals of one class among households that ask the same."""

    name: str
    klass: str
    like: str
    households: int
    placed: int | None  # not told where it would say who of a class has a home
    fit: Spread | None
    weeks: Spread
    urgency: Spread

    def of(self, measure: Measure) -> tuple[int, float, float]:
        """Return over how many households a measure goes, its sum, and the sum of its squares."""
        if self.placed is None and measure in (Measure.PLACED, Measure.FIT):
            return 0, 0.0, 0.0
        if measure is Measure.PLACED:
            return self.households, float(self.placed or 0), float(self.placed or 0)
        spread = {Measure.FIT: self.fit, Measure.WEEKS: self.weeks, Measure.URGENCY: self.urgency}[measure]
        many = self.placed or 0 if measure is Measure.FIT else self.households
        return (many, *spread.sums(many)) if spread else (0, 0.0, 0.0)


@dataclass(frozen=True)
class Parity:
    """How one class compares with all others that ask the same: by how much, in which range, and whether it is sure."""

    name: str
    klass: str
    measure: Measure
    difference: float
    low: float
    high: float
    sure: bool  # beyond chance, over all comparisons together

    @property
    def clear(self) -> bool:
        """Return whether the difference is sure and large enough to look for its reason."""
        return self.sure and abs(self.difference) >= LEAST[self.measure]


def lines_of(advice: Advice) -> list[AuditLine]:
    """Return every household of an advice as it goes outside."""
    case, fitting = advice.case, Fitting(advice.case)
    fits = {
        at: sum(part.points for part in fitting.explained(at, home))
        for at, home in enumerate(advice.outcome.home.tolist())
        if home != NO_INDEX
    }
    return [line_of(case, at, fits.get(at)) for at in range(len(case.households.ids))]


def line_of(case: Case, at: int, fit: int | None) -> AuditLine:
    """Return one household as it goes outside, with how well its home fits, if it has one."""
    asked = case.households
    rooms = max(1, min(int(asked.rooms_min[at]), 5))
    like = f"r{rooms}-zonder-trap" if asked.step_free[at] else f"r{rooms}"
    return AuditLine(asked.ids[at], fit is not None, fit, int(asked.weeks[at]), int(asked.urgency[at]), like)


def totals(lines: Iterable[AuditLine], properties: Mapping[str, Mapping[str, str]]) -> tuple[list[AuditTotal], int]:
    """Return protected totals per property and class, and how many times a household was left out of them.

    `properties` gives per property the class of each working number. Households that ask the same are kept together;
    where that would leave few of a class, or few with or without a home, they join the others. What is still too small
    is left out; where still few have a home, or few have none, only waiting and urgency are told.
    """
    kept, audit_totals, left = list(lines), list[AuditTotal](), 0
    for name, classes in sorted(properties.items()):
        cells: dict[str, dict[str, list[AuditLine]]] = defaultdict(lambda: defaultdict(list))
        for line in kept:
            if klass := classes.get(line.household, ""):
                cells[line.like][klass].append(line)
        pooled, out = _pooled(cells)
        left += out
        audit_totals += [
            _total(name, klass, like, mine, told=not _tells(groups))
            for like, groups in sorted(pooled.items())
            for klass, mine in sorted(groups.items())
        ]
    return audit_totals, left


_Cells = Mapping[str, Mapping[str, list[AuditLine]]]


def _pooled(cells: _Cells) -> tuple[dict[str, dict[str, list[AuditLine]]], int]:
    """The cells that disclose no small group, with the others pooled; and the number of households left out."""
    safe = {like: dict(classes) for like, classes in cells.items() if not _few(classes)}
    unsafe = [classes for like, classes in cells.items() if like not in safe]
    rest: dict[str, list[AuditLine]] = defaultdict(list)
    for klass, lines in chain.from_iterable(classes.items() for classes in unsafe):
        rest[klass] += lines
    large = {klass: lines for klass, lines in rest.items() if len(lines) >= MINIMUM}
    total = sum(map(len, rest.values()))
    if _small(large):
        return safe, total
    return safe | {REST: large}, total - sum(map(len, large.values()))


_Groups = Mapping[str, Sequence[AuditLine]]


def _small(groups: _Groups) -> bool:
    """Return whether totals of these classes would tell of few people, or of one class alone."""
    return len(groups) < 2 or any(len(mine) < MINIMUM for mine in groups.values())


def _few(groups: _Groups) -> bool:
    """Return whether they are small, or would tell of few with a home or without."""
    return _small(groups) or _tells(groups)


def _tells(groups: _Groups) -> bool:
    """Return whether of any class few have a home, or few have none, while of another some do."""
    homes = [sum(line.placed for line in mine) for mine in groups.values()]
    empty = [len(mine) - home for mine, home in zip(groups.values(), homes, strict=True)]
    return any(any(numbers) and min(numbers) < FEWEST for numbers in (homes, empty))


def _total(name: str, klass: str, like: str, lines: Sequence[AuditLine], *, told: bool) -> AuditTotal:
    fits = [float(line.fit) for line in lines if told and line.fit is not None]
    return AuditTotal(
        name,
        klass,
        like,
        len(lines),
        sum(line.placed for line in lines) if told else None,
        _spread(fits) if fits else None,
        _spread([float(line.weeks) for line in lines]),
        _spread([float(line.urgency) for line in lines]),
    )


def in_full(lines: Iterable[AuditLine], properties: Mapping[str, Mapping[str, str]]) -> list[AuditTotal]:
    """Return totals that protect nobody, for the eyes of who knows the properties already."""
    audit_lines: dict[tuple[str, str, str], list[AuditLine]] = defaultdict(list)
    for line in lines:
        for name, classes in properties.items():
            if klass := classes.get(line.household, ""):
                audit_lines[name, klass, line.like].append(line)
    return [_total(*key, mine, told=True) for key, mine in sorted(audit_lines.items())]


def _spread(values: Sequence[float]) -> Spread:
    """Return mean and spread, rounded so far that they fit many sets of households; the guard hardly notices."""
    mean = math.fsum(values) / len(values)
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
    step = _step(sd / math.sqrt(len(values)) / 4)
    return Spread(round(round(mean / step) * step, 6), round(round(sd / step) * step, 6))


def _step(most: float) -> float:
    """Return the largest of …, 0.1, 0.2, 0.5, 1, 2, 5, … that is at most this.

    Examples
    --------
    >>> _step(7.3), _step(0.04), _step(0)
    (5.0, 0.02, 0.001)
    """
    if most <= 0.001:
        return 0.001
    ten = 10.0 ** math.floor(math.log10(most))
    return next(round(part * ten, 9) for part in (5, 2, 1) if part * ten <= most * (1 + 1e-9))


def judge(audit_totals: Iterable[AuditTotal]) -> list[Parity]:
    """Return how each class compares with the others, for every measure that can be told.

    Within households that ask the same, classes are compared as if they were dealt out by chance; that gives how far
    a class may lie off without any reason. All comparisons together share one chance of a false alarm.
    """
    properties: dict[str, list[AuditTotal]] = defaultdict(list)
    for total in audit_totals:
        properties[total.name].append(total)
    asked = [
        (name, klass, measure, properties[name])
        for name in sorted(properties)
        for klass in sorted({one.klass for one in properties[name]})
        for measure in Measure
    ]
    bar = NormalDist().inv_cdf(1 - ALPHA / (2 * max(1, len(asked))))
    compared = (_compared(*one, bar) for one in asked)
    return [one for one in compared if one is not None]


def _compared(name: str, klass: str, measure: Measure, audit_totals: Sequence[AuditTotal], bar: float) -> Parity | None:
    """Return how a class compares with the others on one measure; nothing where it has none to compare with."""
    likes: dict[str, list[AuditTotal]] = defaultdict(list)
    for audit_total in audit_totals:
        likes[audit_total.like].append(audit_total)
    above = weight = variance = 0.0
    for group in likes.values():
        parts = {one.klass: one.of(measure) for one in group}
        many = sum(part[0] for part in parts.values())
        mine, own, _squares = parts.get(klass, (0, 0.0, 0.0))
        if not 0 < mine < many:
            continue
        mean = sum(part[1] for part in parts.values()) / many
        spread = max(0.0, sum(part[2] for part in parts.values()) - many * mean**2) / (many - 1)
        share = mine * (many - mine) / many
        above, weight, variance = above + own - mine * mean, weight + share, variance + share * spread
    if not weight:
        return None
    difference, error = above / weight, math.sqrt(variance) / weight
    low, high = difference - 1.96 * error, difference + 1.96 * error
    return Parity(name, klass, measure, difference, low, high, bool(error) and abs(difference) > bar * error)


WORDS: Final = {
    Measure.PLACED: ("krijgt vaker een woning", "krijgt minder vaak een woning"),
    Measure.FIT: ("krijgt een woning die beter past", "krijgt een woning die minder past"),
    Measure.WEEKS: ("wacht langer", "wacht korter"),
    Measure.URGENCY: ("heeft een hogere urgentie", "heeft een lagere urgentie"),
}


def said(one: Parity) -> str:
    """Return a comparison in a sentence, with its range."""
    more, less = WORDS[one.measure]
    ends = sorted((abs(one.low), abs(one.high)))
    scale, unit = {
        Measure.PLACED: (100, "van de 100"),
        Measure.FIT: (1, "punten"),
        Measure.WEEKS: (1, "weken"),
        Measure.URGENCY: (1, "stap"),
    }[one.measure]
    digits = 2 if one.measure is Measure.URGENCY else 0
    low, high = (f"{end * scale:.{digits}f}".replace(".", ",") for end in ends)
    what = more if one.difference > 0 else less
    return f"{one.name} {one.klass} {what} dan de anderen die hetzelfde vragen: {low} tot {high} {unit}."
