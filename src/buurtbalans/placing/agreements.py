"""Agreements that cut across the network: corporations' shares, providers' capacity, groups that weigh more or less."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from buurtbalans.placing.case import NO_INDEX, Case, Flags, IntArray
from buurtbalans.placing.load import under


def is_core(case: Case) -> bool:
    """Return whether one network holds the whole case."""
    return bool((case.groups.load == 1).all()) and not any(case.shares.values()) and not tight(case)


def tight(case: Case) -> list[tuple[str, int]]:
    """Return which providers, in which areas, could get more households than they have capacity for."""
    asked, inside = Counter(case.households.provider), under(case.areas)
    homes = inside[:, case.homes.area].sum(axis=1)
    limits = case.capacity.items()
    return [(code, area) for (code, area), most in limits if most < min(asked[code], int(homes[area]))]


def owned(case: Case, code: str) -> Flags:
    """Return which homes are of a corporation."""
    return np.array([one == code for one in case.homes.corporation], dtype=np.bool_)


def guided(case: Case, code: str) -> Flags:
    """Return which households a provider guides."""
    return np.array([one == code for one in case.households.provider], dtype=np.bool_)


def shares_short(case: Case, home: IntArray) -> Iterator[tuple[str, int, int]]:
    """Yield every corporation below its minimum: its code, how many of its homes are used, how many are lacking."""
    used = np.zeros(len(case.homes.ids), dtype=np.bool_)
    used[home[home != NO_INDEX]] = True
    for code, least in sorted(case.shares.items()):
        count = int((used & owned(case, code)).sum())
        if count < least:
            yield code, count, least - count


def capacity_over(case: Case, home: IntArray) -> Iterator[tuple[str, int, int, int]]:
    """Yield every provider above its capacity: its code, the area, how many live there, how many too many."""
    inside, placed = under(case.areas), np.flatnonzero(home != NO_INDEX)
    for (code, area), most in sorted(case.capacity.items()):
        here = inside[area][case.homes.area[home[placed]]] & guided(case, code)[placed]
        if (count := int(here.sum())) > most:
            yield code, area, count, count - most
