"""The whole model: what cuts across the network is priced, the network proves a bound, and HiGHS finds the placements.

The prices of shares, capacity and loads come from a linear program on a short list of pairs. With those prices the
network over all pairs gives a bound that holds for every outcome. A whole-number program on the short list gives the
placements; it is limited by nodes, never by seconds, so that the same case gives the same advice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from buurtbalans.placing.advice import Advice, Outcome, ProgressCallback, Proof, outcome, program
from buurtbalans.placing.agreements import guided, owned, tight
from buurtbalans.placing.baselines import greedy
from buurtbalans.placing.case import NO_INDEX, UNBOUNDED, Case, IntArray
from buurtbalans.placing.load import Room, loads, under, weights
from buurtbalans.placing.network import FlowSolution, solve
from buurtbalans.placing.pairs import Pairs, Wishes, places

ALL: Final = 6_000  # so many pairs are all looked at, and the search for whole numbers is free
LISTED: Final = 10  # of every household and every home otherwise, by their prices
NODES: Final = 200  # of the search for whole numbers
CLOSE: Final = 1e-5  # of the objective: near enough to stop
TURNS: Final = 2  # of pricing
SURE: Final = 1e-6  # nearer to one than this is one
Real = NDArray[np.float64]


@dataclass
class _Rows:
    """Gathers the rows and columns of a model; the first columns are pairs."""

    gains: list[float]
    limits: list[float]
    cells: list[tuple[IntArray, IntArray, Real]] = field(default_factory=list)  # rows, columns, values
    most: list[float] = field(default_factory=list)

    def column(self, gain: float, limit: float = np.inf) -> int:
        self.gains.append(gain)
        self.limits.append(limit)
        return len(self.gains) - 1

    def row(self, pairs: IntArray, values: Real | float, more: list[tuple[int, float]], most: float) -> int:
        """Add a row that may be at most `most`; return its number."""
        number = len(self.most)
        columns, others = np.append(pairs, [column for column, _ in more]), [value for _, value in more]
        given = np.append(np.broadcast_to(np.asarray(values, dtype=np.float64), pairs.shape), others)
        self.cells.append((np.full(len(columns), number), columns.astype(np.int64), given))
        self.most.append(most)
        return number

    def matrix(self) -> csr_array:
        row, column, value = map(np.concatenate, zip(*self.cells, strict=True)) if self.cells else ((), (), ())
        return csr_array((value, (row, column)), shape=(len(self.most), len(self.gains)))


@dataclass(frozen=True)
class _Across:
    """What cuts across the network: how much pairs count in it, and its price at most.

    A pair counts as much as its household does in this home: below zero where more is asked.
    """

    household: Real
    home: NDArray[np.int8]
    most: float  # of the counts together; an area has its segments instead
    price_most: float
    area: int = NO_INDEX


def solve_full(
    case: Case,
    wishes: Wishes,
    pairs: Pairs,
    around: Room,
    unit: int,
    seed: int,
    *,
    alone: bool = False,
    say: ProgressCallback = lambda stage, part: None,
) -> Advice:
    """Return an advice on a case that one network does not hold, with a bound over all pairs.

    It is never worth less than one by one with care, but `alone`, for pairs that are not worth what the case says.
    """
    model = build_model(case, wishes, pairs, around)
    say("network", 0.05)
    begun = solve(program(case, Wishes(), pairs, around, unit, seed, _gain(pairs, [], []), model.weighted))
    bounds: list[float] = []
    seen, split = _listed(pairs, begun, model.locked), np.zeros(0)
    for turn in range(TURNS):
        if turn:
            seen = np.union1d(seen, _listed(pairs, begun, model.locked))
        say("prices", 0.15 + 0.25 * turn)
        prices, split = model.relaxed(seen, len(model.priced))
        begun = model.network(prices, unit, seed)
        bounds.append(model.bound(begun.gained // unit, prices))
        if len(seen) == len(pairs.home):
            break
    say("whole", 0.65)
    home, proved = model.whole(seen, split)
    say("check", 0.95)
    bounds.append(proved)
    result = outcome(case, wishes, pairs, around, home)
    proof = Proof(max(int(min(bounds)), result.objective), tuple(prices.tolist()))
    advice = model.advice(wishes, result, proof, begun, unit, seed)
    other = result if alone else greedy(advice)
    return advice if other.objective <= result.objective else replace(advice, outcome=other)


def proved_full(
    case: Case, wishes: Wishes, pairs: Pairs, around: Room, unit: int, seed: int, home: IntArray, proof: Proof
) -> Advice:
    """Return an advice that was made before: its placements, with the network at its prices."""
    model = build_model(case, wishes, pairs, around)
    begun = model.network(np.array(proof.prices), unit, seed)
    return model.advice(wishes, outcome(case, wishes, pairs, around, home), proof, begun, unit, seed)


def build_model(case: Case, wishes: Wishes, pairs: Pairs, around: Room) -> "_FullModel":
    """Return a case for HiGHS over some pairs."""
    locked = np.array(places(pairs.start, pairs.home, wishes.locks), dtype=np.int64)
    taken = loads(case.areas, case.homes.area[pairs.home[locked]], weights(case)[pairs.household[locked]])
    return _FullModel(case, pairs, around, [*_agreed(case), *_areas(case, around)], locked, taken)


@dataclass(frozen=True)
class _FullModel:
    """A case for HiGHS, with its locked pairs and their load."""

    case: Case
    pairs: Pairs
    around: Room
    across: list[_Across]
    locked: IntArray
    taken: IntArray

    @cached_property
    def weighted(self) -> bool:
        """Return whether households weigh more or less than one."""
        return bool((weights(self.case) != self.around.scale).any())

    @cached_property
    def priced(self) -> list[_Across]:
        """Return what has a price: areas only where households weigh more or less than one."""
        return self.across if self.weighted else [one for one in self.across if one.area == NO_INDEX]

    def network(self, prices: Real, unit: int, seed: int) -> FlowSolution:
        """Return the best flow over all pairs at some prices; it includes the locked pairs."""
        gain = _gain(self.pairs, self.priced, prices)
        gain[self.locked] += self.around.exception
        return solve(program(self.case, Wishes(), self.pairs, self.around, unit, seed, gain, self.weighted))

    def advice(
        self, wishes: Wishes, outcome_of_plan: Outcome, proof: Proof, begun: FlowSolution, unit: int, seed: int
    ) -> Advice:
        """Return the advice of an outcome with its proof."""
        of_load = {
            one.area: price for one, price in zip(self.priced, proof.prices, strict=True) if one.area != NO_INDEX
        }
        return Advice(
            self.case,
            wishes,
            seed,
            self.pairs,
            self.around,
            outcome_of_plan,
            proof.bound,
            begun,
            unit,
            full=True,
            of_load=of_load,
            proof=proof,
        )

    def model(self, seen: IntArray) -> tuple[_Rows, int]:
        """Return the model of the seen pairs, and the number of the first row that cuts across."""
        case, rows = self.case, _Rows(self.pairs.worth[seen].tolist(), [1.0] * len(seen))
        household, home = self.pairs.household[seen], self.pairs.home[seen]
        for side in (household, home):
            order = np.argsort(side, kind="stable")
            for own in np.split(order, np.flatnonzero(np.diff(side[order])) + 1):
                rows.row(own, 1, [], 1)
        group, quota = case.households.group[household], case.settings.quota
        for place in range(len(case.groups.codes)):
            own, least, most = np.flatnonzero(group == place), case.groups.minimum[place], case.groups.maximum[place]
            if least:
                rows.row(own, -1, [(rows.column(-quota["below"]), -1)], -float(least))
            if most < UNBOUNDED:
                rows.row(own, 1, [(rows.column(-quota["above"]), -1)], float(most))
        first = len(rows.most)
        for one in self.across:
            counts = one.household[household] * one.home[home]
            own = np.flatnonzero(counts)
            more = self._segments(rows, one.area) if one.area != NO_INDEX else [(rows.column(-one.price_most), -1.0)]
            rows.row(own, counts[own], more, one.most)
        return rows, first

    def _segments(self, rows: _Rows, area: int) -> list[tuple[int, float]]:
        ends = self.around.ends[:, area] / self.around.scale
        ends[-1] = max(ends[-1], self.taken[area] / self.around.scale)
        steps = np.diff(ends, prepend=0)
        return [
            (rows.column(-float(cost), float(step)), -1.0) for step, cost in zip(steps, self.around.costs, strict=True)
        ]

    def relaxed(self, seen: IntArray, many: int) -> tuple[Real, Real]:
        """Return the price of the first `many` things that cut across, and how far every seen pair is chosen.

        Both come from a linear program: a household may be split over homes.
        """
        rows, first = self.model(seen)
        if not len(seen):
            return np.zeros(many), np.zeros(0)
        limits = np.stack([np.zeros(len(rows.limits)), rows.limits], axis=1)
        limits[np.searchsorted(seen, self.locked), 0] = 1  # else it may fill the areas in which those lie
        solution = linprog(-np.array(rows.gains), A_ub=rows.matrix(), b_ub=rows.most, bounds=limits, method="highs-ipm")
        most = np.array([one.price_most for one in self.across[:many]])
        prices = np.clip(-solution.ineqlin.marginals[first : first + many], 0, most)
        return np.asarray(prices, dtype=np.float64), np.asarray(solution.x[: len(seen)], dtype=np.float64)

    def bound(self, gained: int, prices: Real) -> int:
        """Return what no outcome can be above, from the gain of the network at some prices."""
        given = [
            price * one.most if one.area == NO_INDEX else self._most(one.area, price)
            for one, price in zip(self.priced, prices, strict=True)
        ]
        missed = self.case.settings.quota["below"] * int(self.case.groups.minimum.sum())
        always = self.around.exception * len(self.locked) + self.around.above(self.taken)
        return int(np.floor(gained + sum(given) + 1e-6) - missed - always)

    def _most(self, area: int, price: float) -> float:
        """Return the most that an area gives at a price for its load: the price of a load minus what it costs."""
        steps = np.diff(self.around.ends[:, area], prepend=0) / self.around.scale
        more = max(0, self.taken[area] - self.around.ends[-1, area]) / self.around.scale
        return float((np.maximum(0, price - self.around.costs) * steps).sum() + more * price)

    def _settled(self, seen: IntArray, split: Real) -> IntArray:
        """Return the locked pairs, and the pairs chosen whole in a buurt without fractions."""
        leaf = self.case.homes.area[self.pairs.home[seen]]
        halves = (split > SURE) & (split < 1 - SURE)
        closed = (split >= 1 - SURE) & ~np.isin(leaf, leaf[halves])
        return np.asarray(np.union1d(self.locked, seen[closed]), dtype=np.int64)

    def whole(self, seen: IntArray, split: Real) -> tuple[IntArray, float]:
        """Return the placements that HiGHS finds, and what it proved when it saw all pairs.

        When it did not, placements lie as in the linear program, but where that has split households over homes.
        """
        home = np.full(len(self.case.households.ids), NO_INDEX, dtype=np.int64)
        home[self.pairs.household[self.locked]] = self.pairs.home[self.locked]
        if not len(seen):
            return home, np.inf
        every = len(seen) == len(self.pairs.home)
        settled = self.locked if every else self._settled(seen, split)
        if not every:
            own = np.isin(self.pairs.household[seen], self.pairs.household[settled])
            taken = np.isin(self.pairs.home[seen], self.pairs.home[settled])
            seen = seen[~(own | taken) | np.isin(seen, settled)]
        rows, _ = self.model(seen)
        least = np.zeros(len(rows.gains))
        least[np.searchsorted(seen, settled)] = 1
        kinds = np.arange(len(least)) < len(seen)
        solution = milp(
            -np.array(rows.gains),
            integrality=kinds,
            bounds=Bounds(least, rows.limits),
            constraints=LinearConstraint(rows.matrix(), -np.inf, rows.most),
            options={"node_limit": NODES, "mip_rel_gap": CLOSE},
        )
        if solution.x is not None:
            chosen = seen[solution.x[: len(seen)] > 0.5]
            home[self.pairs.household[chosen]] = self.pairs.home[chosen]
        if not every or solution.mip_dual_bound is None:
            return home, np.inf
        return home, np.floor(-solution.mip_dual_bound + 1e-3) - self.around.above(self.taken)


def _areas(case: Case, around: Room) -> list[_Across]:
    """Return the load of every area with headroom."""
    inside, each = under(case.areas), weights(case) / around.scale
    return [
        _Across(each, inside[area][case.homes.area].astype(np.int8), 0.0, float(around.exception), int(area))
        for area in np.flatnonzero(around.bounded)
    ]


def _agreed(case: Case) -> list[_Across]:
    """Return the shares of corporations and the capacity of providers."""
    quota, inside, anybody = case.settings.quota, under(case.areas), np.ones(len(case.households.ids))
    acrosses = [
        _Across(anybody, -owned(case, code).astype(np.int8), -float(least), quota["share"])
        for code, least in sorted(case.shares.items())
        if least
    ]
    for code, area in sorted(tight(case)):
        who, here = guided(case, code).astype(np.float64), inside[area][case.homes.area].astype(np.int8)
        acrosses.append(_Across(who, here, float(case.capacity[code, area]), quota["capacity"]))
    return acrosses


def _gain(pairs: Pairs, priced: Sequence[_Across], prices: Sequence[float] | Real) -> IntArray:
    """Return what every pair gains after the prices, in whole points, never less than it does."""
    gain = pairs.worth.astype(np.float64)
    together: dict[int, tuple[Real, Real]] = {}  # areas price the same households: one price of each home
    for one, price in zip(priced, prices, strict=True):
        who, home = together.get(id(one.household), (one.household, np.zeros(len(one.home))))
        together[id(one.household)] = who, home + price * one.home
    for who, home in together.values():
        gain -= who[pairs.household] * home[pairs.home]
    return np.asarray(np.ceil(gain - 1e-6), dtype=np.int64)


def _listed(pairs: Pairs, solved: FlowSolution, locked: IntArray) -> IntArray:
    """Return the pairs that HiGHS looks at: all when they are few, else those that fall short the least."""
    if len(pairs.home) <= ALL:
        return np.arange(len(pairs.home))
    program, nodes = solved.residual.program, solved.nodes
    price = solved.prices.middle()
    rows = pairs.household.astype(np.int64)
    left = 2 * program.gain - price[1 + rows] + price[nodes.homes + program.home]
    kept = [locked]
    for side in (rows, pairs.home.astype(np.int64)):
        order = np.lexsort((-left, side))
        first = np.concatenate([[0], np.cumsum(np.bincount(side))])
        kept.append(order[np.arange(len(order)) - first[side[order]] < LISTED])
    return np.unique(np.concatenate(kept))
