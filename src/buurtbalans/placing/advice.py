"""The advice: the placements that together are best for the households and for the areas, with the proof beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buurtbalans.placing.agreements import capacity_over, shares_short
from buurtbalans.placing.case import NO_INDEX, Case, IntArray
from buurtbalans.placing.fit import Fitting
from buurtbalans.placing.load import Room, loads, weights
from buurtbalans.placing.network import FlowSolution
from buurtbalans.placing.pairs import Filters, Pairs, Wishes, places
from buurtbalans.placing.placement_value import placement_values
from buurtbalans.placing.residual import FlowProblem

DIGITS: Final = 1_024  # a tie is broken by a digit below this, from the working numbers and the seed
NEAR: Final = 50  # points
ProgressCallback = Callable[[str, float], object]  # hears what is being done, and which part of all is done
TOGETHER: Final = 200_000  # pairs that get their digits at once
_MIX: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True)
class Outcome:
    """What one way of placing is worth, in parts that add up to the objective, and how full it makes the areas."""

    home: IntArray  # of every household, or NONE
    load: IntArray  # of every area
    group: IntArray  # placed of every group
    components: Mapping[str, int]

    @property
    def placed(self) -> int:
        """Return how many households have a home."""
        return int(np.count_nonzero(self.home != NO_INDEX))

    @property
    def objective(self) -> int:
        """Return the sum of all parts."""
        return sum(self.components.values())


class Proof(NamedTuple):
    """What an advice on the whole model was proved with: what nothing can be above, and the prices of agreements."""

    bound: int
    prices: tuple[float, ...]


@dataclass(frozen=True)
class Advice:
    """An advice on a case: the outcome, the highest that any outcome can reach, and what it was made with."""

    case: Case
    wishes: Wishes
    seed: int
    pairs: Pairs
    room: Room
    outcome: Outcome
    bound: int
    solved: FlowSolution
    unit: int  # of the network in one point
    possible: Pairs | None = None  # before what people decided
    full: bool = False  # agreements that cut across the network were counted with; prices are then near, not exact
    of_load: Mapping[int, float] = field(default_factory=dict)  # prices of areas beside the network
    proof: Proof | None = None  # of the whole model

    @property
    def gap(self) -> float:
        """Return how far the objective can be from the best, as a part of it."""
        return (self.bound - self.outcome.objective) / max(1, abs(self.bound))

    @cached_property
    def fitting(self) -> Fitting:
        """Return what gives the points of the case."""
        return Fitting(self.case)

    @cached_property
    def filters(self) -> Filters:
        """Return the hard filters of the case."""
        return Filters(self.case)

    def points(self, distance: NDArray[np.int64]) -> IntArray:
        """Return distances of the network in whole points, without the digits that broke ties."""
        values: IntArray = (distance + self.unit // 2) // self.unit
        return values


def with_locks(home: IntArray, wishes: Wishes) -> IntArray:
    """Return the homes found by a network without the locked pairs, with the locked pairs added."""
    home = home.copy()
    for household, locked in wishes.locks:
        home[household] = locked
    return home


def outcome(case: Case, wishes: Wishes, pairs: Pairs, around: Room, home: IntArray) -> Outcome:
    """Return what a way of placing is worth, worked out from the case alone."""
    placed = np.flatnonzero(home != NO_INDEX)
    chosen = [(int(household), int(home[household])) for household in placed]
    at = places(pairs.start, pairs.home, chosen)
    if len(at) != len(chosen):
        raise ValueError("a placement that no pair allows")
    worth, quota = case.settings.worth, case.settings.quota
    load = loads(case.areas, case.homes.area[home[placed]], weights(case)[placed])
    groups = case.households.group[placed]
    group = np.bincount(groups[groups != NO_INDEX], minlength=len(case.groups.codes))
    below = np.maximum(0, case.groups.minimum - group).sum()
    above = np.maximum(0, group - case.groups.maximum).sum()
    values = placement_values(case.households, worth)
    components = {
        **{name: int(points[placed].sum()) for name, points in values.items()},
        "fit": int(pairs.fit[at].sum()),
        "kept": worth["kept"] * len(wishes.shown.intersection(chosen)),
        "spread": -around.cost(load),
        "above_ceiling": -around.above(load),
        "groups_below": -int(quota["below"] * below),
        "groups_above": -int(quota["above"] * above),
        "shares": -int(quota["share"] * sum(short for _, _, short in shares_short(case, home))),
        "capacity": -int(quota["capacity"] * sum(over for *_, over in capacity_over(case, home))),
    }
    return Outcome(home, load, group, components)


def program(
    case: Case,
    wishes: Wishes,
    pairs: Pairs,
    around: Room,
    unit: int,
    seed: int,
    gain: IntArray | None = None,
    open_areas: bool = False,
) -> FlowProblem:
    """Return the network of a case without the locked pairs, whose room is already taken.

    With a `gain` of its own every pair counts for that; open areas have neither costs nor ceilings.
    """
    locked = np.array([household for household, _ in sorted(wishes.locks)], dtype=np.int64)
    fast_homes = np.array([home for _, home in sorted(wishes.locks)], dtype=np.int64)
    rows, moves = pairs.household, np.ones(len(case.households.ids), dtype=np.bool_)
    moves[locked] = False
    free = moves[rows]
    start = np.zeros(len(pairs.start), dtype=np.int64)
    np.cumsum(np.bincount(rows[free], minlength=len(start) - 1), out=start[1:])
    digits = _digits(case, seed, rows[free], pairs.home[free])
    worth = (pairs.worth if gain is None else gain)[free].astype(np.int64) * unit + digits
    inside = case.households.group[locked]
    counted = np.bincount(inside[inside != NO_INDEX], minlength=len(case.groups.codes))
    if not open_areas:
        steps = _area_steps(around, loads(case.areas, case.homes.area[fast_homes]), len(case.homes.ids), unit)
    else:
        steps = [(np.full(len(around.bounded), len(case.homes.ids)), np.zeros(len(around.bounded), dtype=np.int64))]
    return FlowProblem(
        start,
        pairs.home[free],
        worth,
        case.households.group,
        _group_steps(case, counted, unit),
        case.homes.area,
        case.areas.parent,
        steps,
        NEAR * unit,
    )


def _group_steps(case: Case, counted: IntArray, unit: int) -> list[tuple[IntArray, IntArray]]:
    """Return the segments of the groups: below the minimum placing gains, above the maximum it costs."""
    groups, quota = case.groups, case.settings.quota
    many = len(case.households.ids)
    low = np.clip(groups.minimum - counted, 0, many)
    high = np.clip(groups.maximum - counted, low, many)
    flat = np.ones_like(low)
    return [(low, -quota["below"] * unit * flat), (high - low, 0 * flat), (many * flat, quota["above"] * unit * flat)]


def _area_steps(around: Room, taken: IntArray, homes: int, unit: int) -> list[tuple[IntArray, IntArray]]:
    """Return the segments of the areas above what is taken; without headroom of its own an area holds everybody."""
    ends = np.maximum(around.ends - taken, 0)
    most = np.diff(ends, axis=0, prepend=0)
    most[:, ~around.bounded] = 0
    most[0, ~around.bounded] = homes
    flat = np.ones(len(taken), dtype=np.int64)
    costs = np.where(around.bounded, around.costs[:, None], 0) * unit
    return [(most[step], costs[step] * flat) for step in range(len(ends))]


def _digits(case: Case, seed: int, rows: NDArray[np.int32], homes: NDArray[np.int32]) -> IntArray:
    """Return the fixed digit of every pair: from the working numbers and the seed, never from the order of rows."""
    left, right = _hashed(case.households.ids, seed), _hashed(case.homes.ids, seed + 1)
    values = np.zeros(len(homes), dtype=np.int64)
    for low in range(0, len(homes), TOGETHER):
        some = slice(low, low + TOGETHER)
        mixed = left[rows[some]] ^ (right[homes[some]] * _MIX[0])
        for shift, factor in ((30, _MIX[1]), (27, _MIX[2])):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * factor
        values[some] = mixed >> np.uint64(54)
    return values


def _hashed(ids: tuple[str, ...], seed: int) -> NDArray[np.uint64]:
    return np.array(
        [int.from_bytes(blake2b(f"{seed}:{one}".encode(), digest_size=8).digest(), "big") for one in ids],
        dtype=np.uint64,
    )
