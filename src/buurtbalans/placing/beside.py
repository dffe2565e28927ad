"""Two simple ways of placing, to lay the advice beside: who waits longest chooses first, and one by one with care."""

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .case import NONE, Whole
from .load import chains, weights
from .solve import Advice, Outcome, outcome

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
    found, weight = chains(case.areas), weights(case)
    nowhere = len(found)  # an area of no cost, to make all chains equally long
    deep = max((len(chain) for chain in found), default=0)
    levels = np.array([[*chain, *[nowhere] * (deep - len(chain))] for chain in found], dtype=np.int64)

    def gain(household: int, load: Whole) -> Whole:
        own = pairs.of(household)
        step = around.each(load + weight[household]) - around.each(load)
        price = np.append(step, 0)[levels].sum(axis=1)
        left: Whole = pairs.worth[own] * around.scale - price[case.homes.area[pairs.home[own]]]
        return np.where(left > 0, left, LOW)

    return _one_by_one(advice, order, gain)


def _one_by_one(advice: Advice, order: Iterable[int], gain: Callable[[int, Whole], Whole]) -> Outcome:
    """Let households choose in an order; each takes the free home with the highest gain, if there is one."""
    case, pairs, above = advice.case, advice.pairs, chains(advice.case.areas)
    weight = weights(case)
    home = np.full(len(case.households.ids), NONE, dtype=np.int64)
    taken = np.zeros(len(case.homes.ids), dtype=np.bool_)
    load: NDArray[np.int64] = np.zeros(len(case.areas.codes), dtype=np.int64)

    def take(household: int, at: int) -> None:
        home[household], taken[at] = at, True
        load[list(above[case.homes.area[at]])] += weight[household]

    for household, at in sorted(advice.wishes.locks):
        take(household, at)
    for household in order:
        own = pairs.of(household)
        if home[household] == NONE and own.start < own.stop:
            gains = np.where(taken[pairs.home[own]], LOW, gain(household, load))
            best = int(np.argmax(gains))
            if gains[best] > LOW:
                take(household, int(pairs.home[own.start + best]))
    return outcome(case, advice.wishes, pairs, advice.room, home)
