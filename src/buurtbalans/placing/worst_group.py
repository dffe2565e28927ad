"""The plan for the group that fits least: the same households have a home, and its mean points are as high as can be.

A linear program over the pairs that were found so far says how groups weigh against each other. The network over all
pairs places for those weights: that gives a bound on every outcome, and new pairs. At the end whole numbers decide.
"""

from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp  # type: ignore[import-untyped]

from buurtbalans.placing.advice import Advice, program, with_locks
from buurtbalans.placing.case import NO_INDEX, IntArray
from buurtbalans.placing.full_model import build_model
from buurtbalans.placing.load import loads, under, weights
from buurtbalans.placing.network import solve
from buurtbalans.placing.pairs import some

TURNS: Final = 8  # of weighing and placing
CLOSE: Final = 1e-3  # of the lowest mean: near enough to stop
HOUSED: Final = 1 << 22  # what a home is worth in the network, beside points: more than any could lose
FINE: Final = 16  # parts of a point in the network
FIRST: Final = 50  # times that a point of the lowest mean counts more than a point of anybody
NODES: Final = 1  # of the search for whole numbers: more of them found nothing better
ENOUGH: Final = 5e-5  # of the objective: near enough to stop the search for whole numbers
Real = NDArray[np.float64]


def highest(advice: Advice) -> tuple[IntArray, float]:
    """Return the homes in which the lowest mean of a group is highest, and what that mean cannot be above."""
    groups = _Groups(advice)
    if not len(groups.many):
        return advice.outcome.home, 0.0
    seen, share = groups.chosen(advice.outcome.home), groups.many / groups.many.sum()
    bound, price = np.inf, np.zeros(len(advice.case.areas.codes))
    for _ in range(TURNS):
        at_most, home = groups.placed_for(share, price)
        bound, seen = min(bound, at_most), np.union1d(seen, groups.chosen(home))
        lowest, share, price = groups.relaxed(seen)
        if bound - lowest < CLOSE * bound:
            break
    return groups.whole(seen), bound


def lowest(advice: Advice, home: IntArray) -> float:
    """Return the lowest mean of a group in a way of placing the same households; 0 without any."""
    return float(_Groups(advice).means(home).min(initial=np.inf)) if (home != NO_INDEX).any() else 0.0


class _Groups:
    """The groups of who has a home in an advice, to weigh them against each other; who has none is left out."""

    def __init__(self, advice: Advice) -> None:
        self.advice, placed = advice, advice.outcome.home != NO_INDEX
        self.kept = some(advice.pairs, placed[advice.pairs.household])
        codes, place = np.unique(advice.case.households.group[placed], return_inverse=True)
        self.place = np.zeros(len(placed), dtype=np.int64)
        self.place[placed] = place
        self.many = np.bincount(place, minlength=len(codes))
        self.of_pair = self.place[self.kept.household]

    def chosen(self, home: IntArray) -> IntArray:
        """Return the pairs of a way of placing."""
        return np.flatnonzero(home[self.kept.household] == self.kept.home)

    def means(self, home: IntArray) -> Real:
        """Return the mean points of every group."""
        at = self.chosen(home)
        values: Real = np.bincount(self.of_pair[at], self.kept.fit[at], len(self.many)) / self.many
        return values

    def placed_for(self, share: Real, price: Real) -> tuple[float, IntArray]:
        """Return what the means weighed so are at most together, and the placements that reach it.

        Where households weigh more or less than one, a price of areas stands in for their ceilings.
        """
        advice, kept, many = self.advice, self.kept, int(self.many.sum())
        case, around, given = advice.case, advice.room, 0.0
        weight = weights(case) / around.scale
        weighted, points = bool((weight != 1).any()), (share * many / self.many)[self.of_pair] * kept.fit
        if weighted:
            of_home = price @ under(case.areas)[:, case.homes.area]
            points -= many * weight[kept.household] * of_home[kept.home]
            given = float((price * np.maximum(around.ceiling, self._locked()) / around.scale).sum())
        gain = HOUSED + np.ceil(FINE * points).astype(np.int64)
        asked = program(case, advice.wishes, kept, around, advice.unit, advice.seed, gain, weighted)
        groups, areas = ([(most, 0 * cost) for most, cost in one] for one in (asked.group_steps, asked.area_steps))
        free = replace(asked, group_steps=groups, area_steps=areas)
        home = with_locks(solve(free).home, advice.wishes)
        return (int(gain[self.chosen(home)].sum()) - HOUSED * many) / FINE / many + given, home

    def _locked(self) -> IntArray:
        """Return the load of the locked pairs per area."""
        case, locks = self.advice.case, sorted(self.advice.wishes.locks)
        households, homes = (np.array([pair[side] for pair in locks], dtype=np.int64) for side in (0, 1))
        return loads(case.areas, case.homes.area[homes], weights(case)[households])

    def relaxed(self, seen: IntArray) -> tuple[float, Real, Real]:
        """Return the highest lowest mean over some pairs when households may be split, and how groups then weigh.

        The last are the prices of areas.
        """
        rows, first, of_area = self._model(seen)
        gains, limits = np.zeros(len(rows.gains)), np.stack([np.zeros(len(rows.limits)), rows.limits], axis=1)
        gains[-1] = 1
        solution = linprog(-gains, A_ub=rows.matrix(), b_ub=rows.most, bounds=limits, method="highs")
        marginals = np.maximum(0, -solution.ineqlin.marginals)
        share, price = marginals[first : first + len(self.many)], np.zeros(len(self.advice.case.areas.codes))
        price[list(of_area)] = marginals[list(of_area.values())]
        return -float(solution.fun), share / share.sum(), price / share.sum()

    def whole(self, seen: IntArray) -> IntArray:
        """Return the placements over some pairs with the highest lowest mean, and what is worth most with that."""
        rows, *_ = self._model(seen)
        rows.gains[-1] = float(FIRST * self.many.sum())
        solution = milp(
            -np.array(rows.gains),
            integrality=np.arange(len(rows.gains)) < len(seen),
            bounds=Bounds(0, rows.limits),
            constraints=LinearConstraint(rows.matrix(), -np.inf, rows.most),
            options={"node_limit": NODES, "mip_rel_gap": ENOUGH},
        )
        home = np.full(len(self.place), NO_INDEX, dtype=np.int64)
        if solution.x is None:
            return self.advice.outcome.home
        taken = seen[solution.x[: len(seen)] > 0.5]
        home[self.kept.household[taken]] = self.kept.home[taken]
        return home

    def _model(self, seen: IntArray) -> tuple[Any, int, dict[int, int]]:
        """Return the model of some pairs with the lowest mean as its last column, and the row of the first group.

        The last are the rows of the areas.
        """
        pairs = some(self.kept, np.isin(np.arange(len(self.kept.home)), seen))
        asked = build_model(self.advice.case, self.advice.wishes, pairs, self.advice.room)
        rows, across = asked.model(np.arange(len(seen)))
        of_area = {one.area: across + at for at, one in enumerate(asked.across) if one.area != NO_INDEX}
        household = pairs.household
        for own in np.split(np.arange(len(seen)), np.flatnonzero(np.diff(household)) + 1):
            rows.row(own, -1, [], -1)
        mean, first = rows.column(0.0), len(rows.most)
        for place, many in enumerate(self.many):
            own = np.flatnonzero(self.place[household] == place)
            rows.row(own, -pairs.fit[own] / many, [(mean, 1.0)], 0)
        return rows, first, of_area
