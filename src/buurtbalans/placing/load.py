"""What areas can carry: nested areas, a ceiling above which nothing is proposed, and costs that rise with the load."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.placing.case import NO_INDEX, Areas, Case, IntArray
from buurtbalans.placing.placement_value import max_placement_value
from buurtbalans.placing.settings import FIT

EVERY: Final = slice(None)
ROUNDING: Final = 1e-9  # 1.1 × 30 is 33, also for a computer
PARTS: Final = tuple(10**digits for digits in range(7))  # a load has at most six decimals


@dataclass(frozen=True)
class Room:
    """The room of all areas: where each segment ends (segments × areas), what a load of 1 more costs in it.

    Ends and loads are counted in parts of a household: `scale` of them are a load of 1. `bounded` tells which areas
    have headroom of their own; the last end of those is their ceiling. Above it a load of 1 costs an `exception`.
    """

    ends: IntArray
    costs: IntArray
    bounded: NDArray[np.bool_]
    headroom: NDArray[np.float64]  # never below 1: no neighbourhood is closed
    exception: int
    scale: int = 1

    @property
    def ceiling(self) -> IntArray:
        """Return the highest load that is proposed; it means nothing where there is no headroom."""
        values: IntArray = self.ends[-1]
        return values

    def each(self, load: IntArray, areas: IntArray | slice = EVERY) -> IntArray:
        """Return what loads cost, area by area, ceilings included, in parts."""
        ends, starts = self.ends[:, areas], self._starts[:, areas]
        inside = np.minimum(np.maximum(load - starts, 0), ends - starts)
        costs = self.costs @ inside + self.exception * np.maximum(0, load - ends[-1])
        cost: IntArray = np.where(self.bounded[areas], costs, 0)
        return cost

    @cached_property
    def _starts(self) -> IntArray:
        return np.vstack([np.zeros_like(self.ends[:1]), self.ends[:-1]])

    def cost(self, load: IntArray) -> int:
        """Return what loads up to the ceilings cost together; a part of a point counts as one."""
        return -(-int(self.each(np.minimum(load, self.ceiling)).sum()) // self.scale)

    def above(self, load: IntArray) -> int:
        """Return what the loads above the ceilings cost together."""
        over = int(np.maximum(0, load - self.ceiling)[self.bounded].sum())
        return -(-over * self.exception // self.scale)

    def worst(self, load: IntArray) -> float:
        """Return the worst overload: how far the fullest area is above its headroom, as a part of it."""
        over = np.maximum(0.0, load / self.scale - self.headroom) / self.headroom
        return float(over[self.bounded].max(initial=0.0))


def room(case: Case) -> Room:
    """Return the room of all areas of a case."""
    areas, settings = case.areas, case.settings
    bounded = ~np.isnan(areas.headroom)
    headroom = np.where(bounded, np.maximum(areas.headroom, 1.0), 1.0)
    parts = np.array(settings.spread["bounds"])[:, None]
    ends = np.floor(parts * headroom + ROUNDING).astype(np.int64)
    ends[-1] = np.maximum(ends[-1], 1)
    costs = np.array(settings.spread["costs"], dtype=np.int64)
    return Room(ends * scale(case), costs, bounded, headroom, exception(case), scale(case))


def scale(case: Case) -> int:
    """Return in how many parts a load of 1 is counted, so that every load is whole: 1, 10, 100, …"""
    loads_of_one = case.groups.load
    whole = (parts for parts in PARTS if np.allclose(loads_of_one * parts, np.rint(loads_of_one * parts), rtol=0))
    number: int = next(whole, PARTS[-1])
    return number


def weights(case: Case) -> IntArray:
    """Return the load of every household, in parts."""
    each = np.append(np.rint(case.groups.load * scale(case)), scale(case)).astype(np.int64)
    values: IntArray = each[case.households.group]  # without a group: the last, a load of 1
    return values


def exception(case: Case) -> int:
    """Return the price of a load of 1 above a ceiling, which only people allow: more than any placement is worth."""
    worth, quota = case.settings.worth, case.settings.quota
    maximum = max_placement_value(worth) + FIT + worth["kept"]
    lowest_load = min(1.0, float(case.groups.load.min(initial=1.0)))
    return int((maximum + quota["below"] + quota["share"]) / lowest_load) + 1


def chains(areas: Areas) -> tuple[tuple[int, ...], ...]:
    """Return for every area itself and all above it, from low to high."""
    return _chains(tuple(areas.parent.tolist()))


@lru_cache(maxsize=8)
def _chains(parent: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    numbers = []
    for area in range(len(parent)):
        chain = [area]
        while (above := parent[chain[-1]]) != NO_INDEX:
            chain.append(above)
        numbers.append(tuple(chain))
    return tuple(numbers)


def under(areas: Areas) -> NDArray[np.bool_]:
    """Return a square of flags: whether the area of the column is the area of the row, or lies in it."""
    return _under(tuple(areas.parent.tolist()))


@lru_cache(maxsize=4)
def _under(parent: tuple[int, ...]) -> NDArray[np.bool_]:
    flags = np.zeros((len(parent), len(parent)), dtype=np.bool_)
    for area, chain in enumerate(_chains(parent)):
        flags[list(chain), area] = True
    flags.flags.writeable = False  # everybody reads the same
    return flags


def loads(areas: Areas, leaves: IntArray, each: IntArray | None = None) -> IntArray:
    """Return the load of every area, at all levels, when households are placed in `leaves`."""
    load = np.zeros(len(areas.codes), dtype=np.int64)
    np.add.at(load, leaves, 1 if each is None else each)
    total = np.zeros_like(load)
    for area, chain in enumerate(chains(areas)):
        if load[area]:
            total[list(chain)] += load[area]
    return total
