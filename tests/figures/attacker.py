"""Somebody who wants to know a withheld count, written apart from the gate: only what is public, own formulation.

The unknowns are the leaves, and nothing else; every published total and every reason is a row over leaves. It looks for
the least and the most that an area, or the change of an area, can be. `meaning` says what it makes of the reasons:
`contract` (a withheld count can be anything unless it says `too_few`) or `rule` (also what the gate documents: a first
release withholds no zeros, and `protects_another` beside a `too_few` is the minimum or more).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import linprog

WIDE = 10**6


@dataclass(frozen=True)
class Cell:
    """What is public of one area: a number or a reason; `old` when the number is from an earlier release."""

    number: int | None
    reason: str = ""
    old: bool = False


Public = Mapping[str, Cell]


class Attacker:
    """Knows the tree, all releases of a period in order, and per release which leaves changed since the one before."""

    def __init__(
        self,
        parents: Mapping[str, str],
        releases: Sequence[Public],
        changed: Sequence[set[str]],
        minimum: int,
        meaning: str,
    ) -> None:
        self.parents, self.releases, self.minimum, self.meaning = parents, releases, minimum, meaning
        self.leaves = [area for area in parents if area not in set(parents.values())]
        self.columns: list[dict[str, int]] = []
        number = 0
        for place in range(len(releases)):
            own = dict(self.columns[-1]) if place else {}
            for leaf in self.leaves:
                if not place or leaf in changed[place - 1]:
                    own[leaf], number = number, number + 1
            self.columns.append(own)
        self.number = number
        self.rows, self.least, self.most = self._knowledge()

    def below(self, area: str) -> Iterator[str]:
        """Yield the leaves of an area."""
        for leaf in self.leaves:
            step = leaf
            while step and step != area:
                step = self.parents[step]
            if step:
                yield leaf

    def row(self, area: str, place: int) -> "np.ndarray":
        """Return an area in a release as a sum of unknowns."""
        found = np.zeros(self.number)
        for leaf in self.below(area):
            found[self.columns[place][leaf]] += 1
        return found

    def _knowledge(self) -> tuple["np.ndarray", "np.ndarray", "np.ndarray"]:
        rows, least, most = [], [], []
        for place, public in enumerate(self.releases):
            for area in self.parents:
                low, high = self.says(public, area, place)
                if (low, high) != (0, WIDE):
                    rows.append(self.row(area, place))
                    least.append(low)
                    most.append(high)
        return np.array(rows).reshape(len(rows), self.number), np.array(least, float), np.array(most, float)

    def says(self, public: Public, area: str, place: int) -> tuple[int, int]:
        """Return between which numbers an area lies by what stands at it alone."""
        cell, few = public[area], self.minimum - 1
        if cell.number is not None:
            return (0, WIDE) if cell.old else (cell.number, cell.number)
        if cell.reason == "too_few":
            return 1, few
        if self.meaning == "contract" or place:
            return 0, WIDE
        if not self.parents[area]:
            return 1, few
        family = [other for other, parent in self.parents.items() if parent == self.parents[area]]
        return (self.minimum if any(public[other].reason == "too_few" for other in family) else 1), WIDE

    def values(self, goal: "np.ndarray") -> int:
        """Return how many whole numbers lie between the least and the most of a sum of unknowns."""
        ends = []
        rows = np.vstack([self.rows, -self.rows])
        limits = np.concatenate([self.most, -self.least])
        for sign in (1, -1):
            bounds = [(0, WIDE)] * self.number
            answer = linprog(sign * goal, A_ub=rows, b_ub=limits, bounds=bounds, method="highs")
            assert answer.status == 0, answer.message
            ends.append(sign * answer.fun)
        return int(np.floor(ends[1] + 1e-6) - np.ceil(ends[0] - 1e-6)) + 1

    def found(self, truth: Sequence[Mapping[str, int]], enough: int = 5) -> list[str]:
        """Return every small count, and every small change, of which fewer than `enough` values are possible."""
        hits = []
        for place, counts in enumerate(truth):
            for area, count in counts.items():
                if 0 < count < self.minimum and self.values(self.row(area, place)) < enough:
                    hits.append(f"{area} in release {place}")
                for other in range(place):
                    change = counts[area] - truth[other][area]
                    difference = self.row(area, place) - self.row(area, other)
                    if 0 < abs(change) < self.minimum and difference.any() and self.values(difference) < enough:
                        hits.append(f"change of {area} from {other} to {place}")
        return hits

    def tables(self, limit: int) -> "np.ndarray":
        """Return every table of leaves up to `limit` that fits, by trying them all: for small trees only."""
        known = {self.columns[0][leaf]: self.releases[0][leaf].number for leaf in self.leaves}
        ranges = [range(limit + 1) if known[leaf] is None else [known[leaf]] for leaf in range(self.number)]
        found = np.array(list(product(*ranges)))
        sums = found @ self.rows.T
        return found[((sums >= self.least) & (sums <= self.most)).all(axis=1)]
