"""The disclosure audit where a tree is not enough: sums that cross, and several releases of one period.

Every value that is called feasible is proven by a complete table that fits all that an intruder knows; integer
programming (HiGHS) searches for such tables. A value without a proof does not count, so the audit is exact or on the
safe side.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

import numpy as np

from buurtbalans.figures.protection.proof import Numbers, Proof
from buurtbalans.figures.protection.suppress import VALUES

_ROUNDS: Final = 1_000
_POOL: Final = 500
_POOLED: Final = 5_000  # in larger patterns the tables would take too much memory
_MANY: Final = 5
Form = tuple[tuple[int, int], ...]  # (unknown, times) pairs: a sum of unknowns


@dataclass(slots=True)
class SuppressionPattern:
    """Suppressed whole numbers with the feasibility interval of each, and the sums they satisfy.

    Attributes
    ----------
    truth : the real numbers.
    low, high : the feasibility interval of each, as far as it is known; narrowed by `tighten`.
    sums : every sum of unknowns that is 0.
    audited : sums of unknowns of which at least five values must stay feasible.
    pool : tables that were found before, all unknowns in order; those that still fit prove feasible values at once.
    """

    truth: list[int]
    low: list[int]
    high: list[int]
    sums: list[Form]
    audited: list[Form] = field(default_factory=list)
    pool: list[Numbers] = field(default_factory=list)

    def tighten(self) -> None:
        """Narrow the feasibility intervals by one sum at a time, until nothing changes.

        Examples
        --------
        >>> pattern = SuppressionPattern([5, 2, 3], [5, 1, 3], [5, 9, 9], [((0, 1), (1, -1), (2, -1))])
        >>> pattern.tighten()
        >>> pattern.low, pattern.high
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
        """Narrow the unknowns of one sum, and return those that became narrower."""
        least = sum(min(times * self.low[each], times * self.high[each]) for each, times in form)
        most = sum(max(times * self.low[each], times * self.high[each]) for each, times in form)
        cells = []
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
                cells.append(each)
        return cells

    def components(self) -> list["Component"]:
        """Return the independent components of the pattern, only those with an audited sum."""
        free = [low != high for low, high in zip(self.low, self.high, strict=True)]
        sums = _free_unknowns(self.sums, free)
        audited = _free_unknowns(self.audited, free)
        heads = _united(len(self.truth), [*sums, *audited])
        components: dict[int, Component] = {}
        for place, unknowns in enumerate(audited):
            head = _head(heads, unknowns[0]) if unknowns else -1
            components.setdefault(head, Component(self)).audited.append(place)
        for unknown in compress(range(len(free)), free):
            if (head := _head(heads, unknown)) in components:
                components[head].unknowns.append(unknown)
        for place, unknowns in enumerate(sums):
            if unknowns and (head := _head(heads, unknowns[0])) in components:
                components[head].sums.append(place)
        return [component for _, component in sorted(components.items())]

    def underprotected(self) -> list[int]:
        """Return which of the audited sums have fewer than five feasible values.

        Examples
        --------
        Two rows and two columns, all four cells withheld, 3 at most in the first:

        >>> sums = [((0, 1), (1, 1), (4, -1)), ((2, 1), (3, 1), (5, -1)), ((0, 1), (2, 1), (6, -1)),
        ...         ((1, 1), (3, 1), (7, -1))]
        >>> low, high = [1, 1, 1, 1, 4, 40, 40, 4], [99, 99, 99, 99, 4, 40, 40, 4]
        >>> SuppressionPattern([2, 2, 38, 2, 4, 40, 40, 4], low, high, sums, [((0, 1),)]).underprotected()
        [0]
        """
        self.tighten()
        return sorted(place for part in self.components() for place in part.underprotected())

    def is_safe(self) -> bool:
        """Whether all audited sums have five feasible values; stops at the first that has not."""
        self.tighten()
        if any(self.width(form) < VALUES for form in self.audited):
            return False
        return not any(True for part in self.components() for _ in part.underprotected())

    def width(self, form: Form) -> int:
        """Return how many values a sum has at most, by the interval of each unknown."""
        return 1 + sum(abs(times) * (self.high[each] - self.low[each]) for each, times in form)


def _head(heads: list[int], each: int) -> int:
    while heads[each] != each:
        heads[each] = heads[heads[each]]
        each = heads[each]
    return each


def _united(size: int, groups: Iterable[list[int]]) -> list[int]:
    """Return a forest of `size` unknowns in which those of one group have the same root (union-find)."""
    heads = list(range(size))
    for unknowns in groups:
        for unknown in unknowns[1:]:
            heads[_head(heads, unknown)] = _head(heads, unknowns[0])
    return heads


def _free_unknowns(forms: Iterable[Form], free: Sequence[bool]) -> list[list[int]]:
    """Return for each sum its unknowns that have more than one feasible value."""
    return [[unknown for unknown, _ in form if free[unknown]] for form in forms]


@dataclass(slots=True)
class Component:
    """A component of a pattern: its unknowns, sums and audited sums, as places in the pattern."""

    whole: SuppressionPattern
    unknowns: list[int] = field(default_factory=list)
    sums: list[int] = field(default_factory=list)
    audited: list[int] = field(default_factory=list)

    def underprotected(self) -> Iterator[int]:
        """Yield which audited sums of this component have fewer than five feasible values."""
        whole = self.whole
        if self._simple():
            # Without loops, narrowing one sum at a time ends at exactly what is possible: see `intervals.narrow`.
            yield from (place for place in self.audited if whole.width(whole.audited[place]) < VALUES)
            return
        places = {unknown: place for place, unknown in enumerate(self.unknowns)}
        proof = self._proof(places)
        had = len(proof.found)
        audited = self._audited_sums(places)
        if sum(1 for times in audited.values() if not proof.settled(times)) > _MANY:
            proof.look_around()
        try:
            yield from (place for place, times in audited.items() if not proof.enough(times))
        finally:
            self._keep(proof.found[had:])

    def _audited_sums(self, places: Mapping[int, int]) -> dict[int, list[tuple[int, int]]]:
        """Return the audited sums in the unknowns of this component, by their place in the pattern."""
        forms = {place: self.whole.audited[place] for place in self.audited}
        return {place: [(places[each], n) for each, n in form if each in places] for place, form in forms.items()}

    def _simple(self) -> bool:
        """Whether the sums of this component make no loops, and only single unknowns are audited."""
        whole, inside = self.whole, set(self.unknowns)
        if any(len([each for each, _ in whole.audited[place] if each in inside]) != 1 for place in self.audited):
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
        real = np.array([[whole.truth[unknown] for unknown in self.unknowns]], dtype=np.int64)
        tables = np.vstack([real, *(table[self.unknowns][None, :] for table in whole.pool)])
        return Proof(
            np.array([whole.low[unknown] for unknown in self.unknowns], dtype=np.int64),
            np.array([whole.high[unknown] for unknown in self.unknowns], dtype=np.int64),
            lines,
            tables,
        )

    def _keep(self, points: Iterable[Numbers]) -> None:
        """Put tables that were found in the pool, with the real values in the other components."""
        pool = self.whole.pool
        if len(self.whole.truth) > _POOLED:
            return
        for point in points:
            table = np.array(self.whole.truth, dtype=np.int64)
            table[self.unknowns] = point
            pool.append(table)
        del pool[:-_POOL]

    def isolated(self) -> SuppressionPattern:
        """Return this component as a pattern of its own: its unknowns keep their order, and all constants become one 1."""
        whole, one = self.whole, len(self.unknowns)
        places = {unknown: place for place, unknown in enumerate(self.unknowns)}

        def moved(old: Form) -> Form:
            times = {places[each]: times for each, times in old if each in places}
            return form({**times, one: sum(times * whole.low[each] for each, times in old if each not in places)})

        return SuppressionPattern(
            [*(whole.truth[each] for each in self.unknowns), 1],
            [*(whole.low[each] for each in self.unknowns), 1],
            [*(whole.high[each] for each in self.unknowns), 1],
            [moved(whole.sums[place]) for place in self.sums],
            [moved(whole.audited[place]) for place in self.audited],
        )


def form(parts: Mapping[int, int]) -> Form:
    """Return a sum of unknowns from the times that each counts; those that count 0 times are left out."""
    return tuple((unknown, times) for unknown, times in sorted(parts.items()) if times)
