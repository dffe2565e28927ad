"""What somebody can work out where a tree is not enough: sums that cross, and several releases of one period.

Every value that is called possible is proven by a whole table that fits all that is known: integer programming (HiGHS)
searches for such tables. A value without such a proof does not count, so the answer is exact or on the safe side.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]  # the library has no types
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from buurtbalans.figures.protection.suppress import VALUES

_ROUNDS: Final = 1_000
_FAR: Final = 1_000
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
    """

    truth: list[int]
    low: list[int]
    high: list[int]
    sums: list[Form]
    asked: list[Form] = field(default_factory=list)

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

    def poor(self) -> list[int]:
        """Return which asked sums have fewer than five possible values in this part."""
        solver = _Solver(self)
        return [place for place in self.asked if not solver.enough(self.whole.asked[place])]

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


class _Solver:
    """Looks for whole tables that fit, and keeps those it found: each proves a value of every sum asked."""

    def __init__(self, part: Part) -> None:
        whole = part.whole
        self.places = {unknown: place for place, unknown in enumerate(part.unknowns)}
        truth = np.array([whole.truth[each] for each in part.unknowns], dtype=np.int64)
        far = int(truth.max(initial=0)) * 4 + _FAR
        self.low = np.array([whole.low[each] for each in part.unknowns], dtype=np.int64)
        self.high = np.array([min(whole.high[each], far) for each in part.unknowns], dtype=np.int64)
        self.known = {each: whole.low[each] for each in range(len(whole.truth)) if each not in self.places}
        self.lines, self.rest = self._lines([whole.sums[place] for place in part.sums])
        self.found = [truth] if self._fits(truth) else []

    def _lines(self, forms: Sequence[Form]) -> tuple[csr_array, "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
        rows, columns, values = [], [], []
        rest = np.zeros(len(forms), dtype=np.int64)
        for row, form in enumerate(forms):
            for each, times in form:
                if each in self.places:
                    rows.append(row)
                    columns.append(self.places[each])
                    values.append(times)
                else:
                    rest[row] -= times * self.known[each]
        shape = (len(forms), len(self.places))
        return csr_array((np.array(values, dtype=np.int64), (rows, columns)), shape=shape), rest

    def _fits(self, point: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> bool:
        inside = bool((point >= self.low).all() and (point <= self.high).all())
        return inside and bool((self.lines @ point == self.rest).all())

    def enough(self, form: Form) -> bool:
        """Return whether at least five values of this sum are proven possible."""
        goal = np.zeros(len(self.places), dtype=np.int64)
        for each, times in form:
            if each in self.places:
                goal[self.places[each]] = times
        seen = {int(goal @ point) for point in self.found}
        if len(seen) >= VALUES or not goal.any():
            return len(seen) >= VALUES
        ends = [self._search(goal, sign) for sign in (1, -1)]
        if ends[0] is None or ends[1] is None or ends[1] - ends[0] + 1 < VALUES:
            return False
        seen |= {int(goal @ point) for point in self.found}
        for value in sorted(set(range(ends[0], min(ends[1], ends[0] + 4 * VALUES) + 1)) - seen):
            if len(seen) >= VALUES:
                break
            if self._search(goal, 1, value) is not None:
                seen.add(value)
        return len(seen) >= VALUES

    def _search(
        self, goal: "np.ndarray[tuple[int], np.dtype[np.int64]]", sign: int, value: int | None = None
    ) -> int | None:
        """Return the least (sign 1) or most (−1) that a sum can be, or whether it can be `value`; keep the proof."""
        limits = [LinearConstraint(self.lines, self.rest, self.rest)] if self.lines.shape[0] else []
        if value is not None:
            limits.append(LinearConstraint(goal.astype(float), value, value))
        answer = milp(
            sign * goal.astype(float),
            integrality=np.ones(len(goal)),
            bounds=Bounds(self.low.astype(float), self.high.astype(float)),
            constraints=limits,
            options={"mip_rel_gap": 0.0},
        )
        if answer.x is None:
            return None
        point = np.rint(answer.x).astype(np.int64)
        if not self._fits(point):
            return None
        self.found.append(point)
        return int(goal @ point)


def form(parts: Mapping[int, int]) -> Form:
    """Return a sum of unknowns from the times that each counts; those that count 0 times are left out."""
    return tuple((unknown, times) for unknown, times in sorted(parts.items()) if times)
