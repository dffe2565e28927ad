"""Proofs that a value is possible: whole tables that fit all that is known, found by integer programming (HiGHS)."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]  # the library has no types
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from buurtbalans.figures.protection.suppress import VALUES

Numbers = NDArray[np.int64]
Times = Sequence[tuple[int, int]]  # (unknown, how often it counts)
_FAR: Final = 1_000  # farther than this from the largest real number nobody needs to look
_NODES: Final = 2_000  # how long to look, in steps and not in time, so that every machine finds the same
_STEPS: Final = 2 * VALUES


class Proof:
    """Looks for whole tables that fit, and keeps those it found: each proves a value of every sum asked.

    Parameters
    ----------
    low, high
        What is known of each unknown.
    lines
        What adds up: (unknown, times) pairs, and what they come to.
    tables
        Tables that may fit, the real one first.
    """

    def __init__(self, low: Numbers, high: Numbers, lines: Sequence[tuple[Times, int]], tables: Numbers) -> None:
        far = int(np.abs(tables[0]).max(initial=0)) * 4 + _FAR
        self.low, self.high = np.maximum(low, -far), np.minimum(high, far)
        self.rest = np.array([rest for _, rest in lines], dtype=np.int64)
        entries = [(row, each, times) for row, (parts, _) in enumerate(lines) for each, times in parts]
        rows, columns, values = (list(one) for one in zip(*entries, strict=True)) if entries else ([], [], [])
        shape = (len(lines), len(low))
        self.lines = csr_array((np.array(values, dtype=np.int64), (rows, columns)), shape=shape)
        self.found: list[Numbers] = list(tables[self._fit(tables)])

    def _fit(self, tables: Numbers) -> NDArray[np.bool_]:
        """Return which tables fit exactly, in whole numbers."""
        inside = ((tables >= self.low) & (tables <= self.high)).all(axis=1)
        adds: NDArray[np.bool_] = (self.lines @ tables.T == self.rest[:, None]).all(axis=0)
        return inside & adds

    def enough(self, times: Times) -> bool:
        """Return whether at least five values of a sum are proven possible."""
        goal = self._goal(times)
        if not self.found or not goal.any():
            return False
        if len(self._seen(goal)) >= VALUES:
            return True
        ends = []
        for sign in (1, -1):
            end = self._search(goal, sign)
            if end is None:
                return False
            if len(self._seen(goal)) >= VALUES:
                return True
            ends.append(end)
        return ends[1] - ends[0] + 1 >= VALUES and self._between(goal, range(ends[0], ends[1] + 1))

    def settled(self, times: Times) -> bool:
        """Return whether the tables that were found are proof enough already."""
        return len(self._seen(self._goal(times))) >= VALUES

    def _goal(self, times: Times) -> Numbers:
        goal = np.zeros(len(self.low), dtype=np.int64)
        for each, count in times:
            goal[each] = count
        return goal

    def _seen(self, goal: Numbers) -> set[int]:
        return set((np.array(self.found) @ goal).tolist()) if self.found else set()

    def _between(self, goal: Numbers, values: Iterable[int]) -> bool:
        """Try values one by one until enough are proven."""
        seen = self._seen(goal)
        for value in [each for each in values if each not in seen][:_STEPS]:
            if self._search(goal, 1, value) is not None and len(self._seen(goal)) >= VALUES:
                return True
        return False

    def look_around(self) -> None:
        """Find tables near the real one, in all directions at once, so that few sums need a search of their own."""
        if not self.found or not len(self.found[0]):
            return
        truth, chance = self.found[0], np.random.default_rng(0)
        for far in range(1, VALUES + 1):
            way = chance.integers(1, 9, len(truth)) * chance.choice([-1, 1], len(truth))
            for sign in (1, -1):
                self._solve(sign * way, np.maximum(self.low, truth - far), np.minimum(self.high, truth + far))

    def _search(self, goal: Numbers, sign: int, value: int | None = None) -> int | None:
        """Return the least (sign 1) or most (−1) that a sum can be, or whether it can be `value`; keep the proof."""
        if value is None:
            point = self._solve(sign * goal, self.low, self.high)
        else:
            point = self._solve(sign * goal, self.low, self.high, [LinearConstraint(goal.astype(float), value, value)])
        return None if point is None else int(goal @ point)

    def _solve(self, goal: Numbers, low: Numbers, high: Numbers, limits: Sequence[object] = ()) -> Numbers | None:
        """Return the table within bounds that makes a sum the least, and keep it."""
        lines = [LinearConstraint(self.lines, self.rest, self.rest)] if self.lines.shape[0] else []
        for whole in (0, 1):  # without asking for whole numbers it is ten times faster, and mostly they come out whole
            answer = milp(
                goal.astype(float),
                integrality=np.full(len(goal), whole),
                bounds=Bounds(low.astype(float), high.astype(float)),
                constraints=[*lines, *limits],
                options={"mip_rel_gap": 0.0, "node_limit": _NODES},
            )
            if answer.x is None:
                return None
            point: Numbers = np.rint(answer.x).astype(np.int64)
            if self._fit(point[None, :])[0]:
                self._keep(point)
                return point
        return None

    def _keep(self, point: Numbers) -> None:
        """Keep a table, and the whole tables on the way to it from the first one: they fit as well."""
        way = point - self.found[0]
        steps = int(np.gcd.reduce(way)) if len(way) else 0
        near = range(1, min(steps, VALUES))
        self.found += [point, *(self.found[0] + way // steps * step for step in near)]
