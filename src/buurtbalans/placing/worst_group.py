"""The plan for the group that fits least: the same households have a home, and its mean points are as high as can be.

A linear program over the pairs that were found so far says how groups weigh against each other. The network over all
pairs places for those weights: that gives a bound on every outcome, and new pairs. At the end whole numbers decide.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp  # type: ignore[import-untyped]

from .case import NONE, Whole
from .full import NODES, asked_of
from .load import weights
from .network import solve
from .pairs import some
from .solve import Advice, program, with_locks

TURNS: Final = 6  # of weighing and placing
CLOSE: Final = 1e-3  # of the lowest mean: near enough to stop
HOUSED: Final = 1 << 22  # what a home is worth in the network, beside points: more than any could lose
FINE: Final = 16  # parts of a point in the network
FIRST: Final = 50  # times that a point of the lowest mean counts more than a point of anybody
ENOUGH: Final = 5e-5  # of the objective: near enough to stop the search for whole numbers
Real = NDArray[np.float64]


def highest(advice: Advice) -> tuple[Whole, float]:
    """Return the homes in which the lowest mean of a group is highest, and what that mean cannot be above."""
    groups = _Groups(advice)
    if not len(groups.many):
        return advice.outcome.home, 0.0
    seen, share = groups.chosen(advice.outcome.home), groups.many / groups.many.sum()
    bound = np.inf
    for _ in range(TURNS):
        at_most, home = groups.placed_for(share)
        bound, seen = min(bound, at_most), np.union1d(seen, groups.chosen(home))
        lowest, share = groups.relaxed(seen)
        if bound - lowest < CLOSE * bound:
            break
    return groups.whole(seen), bound


def lowest(advice: Advice, home: Whole) -> float:
    """Return the lowest mean of a group in a way of placing the same households; 0 without any."""
    return float(_Groups(advice).means(home).min(initial=np.inf)) if (home != NONE).any() else 0.0


class _Groups:
    """The groups of who has a home in an advice, to weigh them against each other; who has none is left out."""

    def __init__(self, advice: Advice) -> None:
        self.advice, placed = advice, advice.outcome.home != NONE
        self.kept = some(advice.pairs, placed[advice.pairs.household])
        codes, place = np.unique(advice.case.households.group[placed], return_inverse=True)
        self.place = np.zeros(len(placed), dtype=np.int64)
        self.place[placed] = place
        self.many = np.bincount(place, minlength=len(codes))
        self.of_pair = self.place[self.kept.household]

    def chosen(self, home: Whole) -> Whole:
        """Return the pairs of a way of placing."""
        return np.flatnonzero(home[self.kept.household] == self.kept.home)

    def means(self, home: Whole) -> Real:
        """Return the mean points of every group."""
        at = self.chosen(home)
        found: Real = np.bincount(self.of_pair[at], self.kept.fit[at], len(self.many)) / self.many
        return found

    def placed_for(self, share: Real) -> tuple[float, Whole]:
        """Return what the means weighed so are at most together, and the placements that reach it."""
        advice, kept, many = self.advice, self.kept, int(self.many.sum())
        factor = (share * many / self.many)[self.of_pair]
        gain = HOUSED + np.ceil(FINE * factor * kept.fit).astype(np.int64)
        weighted = bool((weights(advice.case) != advice.room.scale).any())
        asked = program(advice.case, advice.wishes, kept, advice.room, advice.unit, advice.seed, gain, weighted)
        groups, areas = ([(most, 0 * cost) for most, cost in one] for one in (asked.group_steps, asked.area_steps))
        free = replace(asked, group_steps=groups, area_steps=areas)
        home = with_locks(solve(free).home, advice.wishes)
        return (int(gain[self.chosen(home)].sum()) - HOUSED * many) / FINE / many, home

    def relaxed(self, seen: Whole) -> tuple[float, Real]:
        """Return the highest lowest mean over some pairs when households may be split, and how groups then weigh."""
        rows, first = self._model(seen)
        gains, limits = np.zeros(len(rows.gains)), np.stack([np.zeros(len(rows.limits)), rows.limits], axis=1)
        gains[-1] = 1
        found = linprog(-gains, A_ub=rows.matrix(), b_ub=rows.most, bounds=limits, method="highs")
        share = np.maximum(0, -found.ineqlin.marginals[first : first + len(self.many)])
        return -float(found.fun), share / share.sum()

    def whole(self, seen: Whole) -> Whole:
        """Return the placements over some pairs with the highest lowest mean, and what is worth most with that."""
        rows, _ = self._model(seen)
        rows.gains[-1] = float(FIRST * self.many.sum())
        found = milp(
            -np.array(rows.gains), integrality=np.arange(len(rows.gains)) < len(seen), bounds=Bounds(0, rows.limits),
            constraints=LinearConstraint(rows.matrix(), -np.inf, rows.most),
            options={"node_limit": NODES, "mip_rel_gap": ENOUGH},
        )  # fmt: skip
        home = np.full(len(self.place), NONE, dtype=np.int64)
        if found.x is None:
            return self.advice.outcome.home
        taken = seen[found.x[: len(seen)] > 0.5]
        home[self.kept.household[taken]] = self.kept.home[taken]
        return home

    def _model(self, seen: Whole) -> tuple[Any, int]:
        """Return the model of some pairs with the lowest mean as its last column, and the row of the first group."""
        pairs = some(self.kept, np.isin(np.arange(len(self.kept.home)), seen))
        rows, _ = asked_of(self.advice.case, self.advice.wishes, pairs, self.advice.room).model(np.arange(len(seen)))
        household = pairs.household
        for own in np.split(np.arange(len(seen)), np.flatnonzero(np.diff(household)) + 1):
            rows.row(own, -1, [], -1)
        mean, first = rows.column(0.0), len(rows.most)
        for place, many in enumerate(self.many):
            own = np.flatnonzero(self.place[household] == place)
            rows.row(own, -pairs.fit[own] / many, [(mean, 1.0)], 0)
        return rows, first
