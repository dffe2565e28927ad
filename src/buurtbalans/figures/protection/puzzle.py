"""What somebody can work out where a tree is not enough: sums that cross, and several releases of one period.

Every value that is called possible is proven by a whole table that fits all that is known: integer programming (HiGHS)
searches for such tables. A value without such a proof does not count, so the answer is exact or on the safe side.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from buurtbalans.figures.protection.proof import Numbers, Proof
from buurtbalans.figures.protection.suppress import VALUES

_ROUNDS: Final = 1_000
_POOL: Final = 500
_POOLED: Final = 5_000  # in larger puzzles the tables would take too much memory
_MANY: Final = 5
Form = tuple[tuple[int, int], ...]  # (unknown, times) pairs: a sum of unknowns


@dataclass(slots=True)
class Puzzle:
    """Unknown whole numbers, what is known of each, and what adds up.

    Attributes
    ----------
    truth : the real numbers.
    low, high : what is known of each beforehand; narrowed by `tighten`.
    sums : every sum of them that is 0.
    asked : sums of them of which at least five values must stay possible.
    pool : tables found before, all unknowns in order; those that still fit prove possible values at once.
    """

    truth: list[int]
    low: list[int]
    high: list[int]
    sums: list[Form]
    asked: list[Form] = field(default_factory=list)
    pool: list[Numbers] = field(default_factory=list)

    def tighten(self) -> None:
        """Narrow what is known by one sum at a time, until nothing changes.

        Examples
        --------
        >>> puzzle = Puzzle([5, 2, 3], [5, 1, 3], [5, 9, 9], [((0, 1), (1, -1), (2, -1))])
        >>> puzzle.tighten()
        >>> puzzle.low, puzzle.high
        ([5, 1, 3], [5, 2, 4])
        """
        users: dict[int, list[int]] = {}
        for place, form in enumerate(self.sums):
            for unknown, _ in form:
                users.setdefault(unknown, []).append(place)
        waiting = dict.fromkeys(range(len(self.sums)))
        for _ in range(_ROUNDS * (1 + len(self.sums))):
            if not waiting:
                break
            place = next(iter(waiting))
            del waiting[place]
            for unknown in self._narrowed(self.sums[place]):
                waiting.update(dict.fromkeys(users[unknown]))

    def _narrowed(self, form: Form) -> Iterable[int]:
        """Narrow the unknowns of one sum; return those that became narrower."""
        least = sum(min(times * self.low[each], times * self.high[each]) for each, times in form)
        most = sum(max(times * self.low[each], times * self.high[each]) for each, times in form)
        found = []
        for each, times in form:
            low, high = self.low[each], self.high[each]
            if low == high:
                continue
            ends = sorted((times * low, times * high))
            # What the others leave: times × unknown lies between −(most − own most) and −(least − own least).
            floor, roof = -(most - ends[1]), -(least - ends[0])
            if times < 0:
                floor, roof = -roof, -floor
            size = abs(times)
            self.low[each], self.high[each] = max(low, -(-floor // size)), min(high, roof // size)
            if (self.low[each], self.high[each]) != (low, high):
                found.append(each)
        return found

    def parts(self) -> list["Part"]:
        """Return the puzzle in parts that tell nothing about each other, those in which something is asked."""
        heads = list(range(len(self.truth)))
        free = [self.low[each] != self.high[each] for each in heads]
        lines = [[each for each, _ in form if free[each]] for form in (*self.sums, *self.asked)]
        for line in lines:
            for each in line[1:]:
                heads[_head(heads, each)] = _head(heads, line[0])
        found: dict[int, Part] = {}
        for place, line in enumerate(lines[len(self.sums) :]):
            key = _head(heads, line[0]) if line else -1
            found.setdefault(key, Part(self)).asked.append(place)
        for each in (each for each in range(len(heads)) if free[each]):
            if (head := _head(heads, each)) in found:
                found[head].unknowns.append(each)
        for place, line in enumerate(lines[: len(self.sums)]):
            if line and (head := _head(heads, line[0])) in found:
                found[head].sums.append(place)
        return [part for _, part in sorted(found.items())]

    def poor(self) -> list[int]:
        """Return which of the asked sums have fewer than five possible values.

        Examples
        --------
        Two rows and two columns, all four cells withheld, 3 at most in the first:

        >>> sums = [((0, 1), (1, 1), (4, -1)), ((2, 1), (3, 1), (5, -1)), ((0, 1), (2, 1), (6, -1)),
        ...         ((1, 1), (3, 1), (7, -1))]
        >>> low, high = [1, 1, 1, 1, 4, 40, 40, 4], [99, 99, 99, 99, 4, 40, 40, 4]
        >>> Puzzle([2, 2, 38, 2, 4, 40, 40, 4], low, high, sums, [((0, 1),)]).poor()
        [0]
        """
        self.tighten()
        return sorted(place for part in self.parts() for place in part.poor())

    def safe(self) -> bool:
        """Return whether all asked sums have five possible values; stops at the first that has not."""
        self.tighten()
        if any(self.width(form) < VALUES for form in self.asked):
            return False
        return not any(True for part in self.parts() for _ in part.poor())

    def width(self, form: Form) -> int:
        """Return how many values a sum has at most, by what is known of each unknown."""
        return 1 + sum(abs(times) * (self.high[each] - self.low[each]) for each, times in form)


def _head(heads: list[int], each: int) -> int:
    while heads[each] != each:
        heads[each] = heads[heads[each]]
        each = heads[each]
    return each


@dataclass(slots=True)
class Part:
    """A part of a puzzle: its unknowns, its sums and what is asked, as places in the puzzle."""

    whole: Puzzle
    unknowns: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)

    def poor(self) -> Iterator[int]:
        """Yield which asked sums have fewer than five possible values in this part."""
        whole = self.whole
        if self._simple():
            # Without loops, narrowing one sum at a time ends at exactly what is possible: see `intervals.narrow`.
            yield from (place for place in self.asked if whole.width(whole.asked[place]) < VALUES)
            return
        places = {unknown: place for place, unknown in enumerate(self.unknowns)}
        proof = self._proof(places)
        had = len(proof.found)
        asked = {place: [(places[each], n) for each, n in whole.asked[place] if each in places] for place in self.asked}
        if sum(1 for times in asked.values() if not proof.settled(times)) > _MANY:
            proof.look_around()
        try:
            yield from (place for place, times in asked.items() if not proof.enough(times))
        finally:
            self._keep(proof.found[had:])

    def _simple(self) -> bool:
        """Return whether the sums of this part make no loops, and only unknowns by themselves are asked for."""
        whole, inside = self.whole, set(self.unknowns)
        if any(len([each for each, _ in whole.asked[place] if each in inside]) != 1 for place in self.asked):
            return False
        ties = [times for place in self.sums for each, times in whole.sums[place] if each in inside]
        return len(ties) == len(self.unknowns) + len(self.sums) - 1 and all(abs(times) == 1 for times in ties)

    def _proof(self, places: Mapping[int, int]) -> Proof:
        whole = self.whole
        lines = [
            (
                [(places[each], times) for each, times in whole.sums[place] if each in places],
                -sum(times * whole.low[each] for each, times in whole.sums[place] if each not in places),
            )
            for place in self.sums
        ]
        real = np.array([[whole.truth[each] for each in self.unknowns]], dtype=np.int64)
        tables = np.vstack([real, *(table[self.unknowns][None, :] for table in whole.pool)])
        return Proof(
            np.array([whole.low[each] for each in self.unknowns], dtype=np.int64),
            np.array([whole.high[each] for each in self.unknowns], dtype=np.int64),
            lines,
            tables,
        )

    def _keep(self, points: Iterable[Numbers]) -> None:
        """Put tables that were found in the pool, the other parts as they really are."""
        pool = self.whole.pool
        if len(self.whole.truth) > _POOLED:
            return
        for point in points:
            table = np.array(self.whole.truth, dtype=np.int64)
            table[self.unknowns] = point
            pool.append(table)
        del pool[:-_POOL]

    def alone(self) -> Puzzle:
        """Return this part as a puzzle of its own; its unknowns keep their order, and what is known becomes one 1."""
        whole, one = self.whole, len(self.unknowns)
        places = {unknown: place for place, unknown in enumerate(self.unknowns)}

        def moved(old: Form) -> Form:
            times = {places[each]: times for each, times in old if each in places}
            return form({**times, one: sum(times * whole.low[each] for each, times in old if each not in places)})

        return Puzzle(
            [*(whole.truth[each] for each in self.unknowns), 1],
            [*(whole.low[each] for each in self.unknowns), 1],
            [*(whole.high[each] for each in self.unknowns), 1],
            [moved(whole.sums[place]) for place in self.sums],
            [moved(whole.asked[place]) for place in self.asked],
        )


def form(parts: Mapping[int, int]) -> Form:
    """Return a sum of unknowns from the times that each counts; those that count 0 times are left out."""
    return tuple((unknown, times) for unknown, times in sorted(parts.items()) if times)
