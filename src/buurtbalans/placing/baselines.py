"""Two simple ways of placing, to lay the advice beside: who waits longest chooses first, and one by one with care."""

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.placing.advice import Advice, Outcome, outcome
from buurtbalans.placing.case import NO_INDEX, Case, IntArray
from buurtbalans.placing.load import Room, chains, under, weights

LOW: Final = np.iinfo(np.int64).min


def first_come(advice: Advice) -> Outcome:
    """Return what happens when who waits longest takes the home that fits best, whatever the areas can carry."""
    weeks = advice.case.households.weeks
    order = sorted(range(len(weeks)), key=lambda one: (-int(weeks[one]), one))
    return _one_by_one(advice, order, lambda one, load: advice.pairs.fit[advice.pairs.of(one)].astype(np.int64))


def greedy(advice: Advice) -> Outcome:
    """Return what happens when households come by urgency and each takes the best home after the cost of its areas."""
    case, pairs, around = advice.case, advice.pairs, advice.room
    urgency, weeks = case.households.urgency, case.households.weeks
    order = sorted(range(len(urgency)), key=lambda one: (-int(urgency[one]), -int(weeks[one]), one))
    weight, price = weights(case), _Prices(case, around)

    def gain(household: int, load: IntArray) -> IntArray:
        own = pairs.of(household)
        cost = price.of(int(weight[household]), load)[case.homes.area[pairs.home[own]]]
        left: IntArray = pairs.worth[own] * around.scale - cost
        return np.where(left > 0, left, LOW)

    return _one_by_one(advice, order, gain)


class _Prices:
    """What a household more costs in every area, worked out anew only where the load changed."""

    def __init__(self, case: Case, around: Room) -> None:
        self.around, self.under = around, under(case.areas)
        self._known: dict[
            int, tuple[IntArray, IntArray, IntArray]
        ] = {}  # per weight: loads, own costs of areas, all costs

    def of(self, weight: int, load: IntArray) -> IntArray:
        """Return what a household of some weight costs in every area, those above it included."""
        nothing = np.full_like(load, NO_INDEX), np.zeros_like(load), np.zeros_like(load)
        before, own, total = self._known.setdefault(weight, nothing)
        changed = np.flatnonzero(before != load)
        if len(changed):
            before[changed] = load[changed]
            more = self._step(weight, load[changed], changed) - own[changed]
            for area, change in zip(changed.tolist(), more.tolist(), strict=True):
                if change:
                    own[area] += change
                    total[self.under[area]] += change
        return total

    def _step(self, weight: int, load: IntArray, areas: IntArray) -> IntArray:
        cost = self.around.each(np.concatenate([load, load + weight]), np.concatenate([areas, areas]))
        return cost[len(areas) :] - cost[: len(areas)]


def _one_by_one(advice: Advice, order: Iterable[int], gain: Callable[[int, IntArray], IntArray]) -> Outcome:
    """Let households choose in an order; each takes the free home with the highest gain, if there is one."""
    case, pairs, above = advice.case, advice.pairs, chains(advice.case.areas)
    weight = weights(case)
    home = np.full(len(case.households.ids), NO_INDEX, dtype=np.int64)
    taken = np.zeros(len(case.homes.ids), dtype=np.bool_)
    load: NDArray[np.int64] = np.zeros(len(case.areas.codes), dtype=np.int64)

    def take(household: int, at: int) -> None:
        home[household], taken[at] = at, True
        load[list(above[case.homes.area[at]])] += weight[household]

    for household, at in sorted(advice.wishes.locks):
        take(household, at)
    for household in order:
        own = pairs.of(household)
        if home[household] == NO_INDEX and own.start < own.stop:
            gains = np.where(taken[pairs.home[own]], LOW, gain(household, load))
            best = int(np.argmax(gains))
            if gains[best] > LOW:
                take(household, int(pairs.home[own.start + best]))
    return outcome(case, advice.wishes, pairs, advice.room, home)
