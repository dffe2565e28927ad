"""Which household could live in which home: hard filters, each dropped pair with its reason, the worth of the rest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.placing.case import NO_INDEX, Case, Flags, Households, IntArray
from buurtbalans.placing.fit import Fitting
from buurtbalans.placing.load import under
from buurtbalans.placing.placement_value import placement_values
from buurtbalans.placing.residual import found_in
from buurtbalans.placing.text import Text

BLOCK: Final = 100_000  # pairs that are looked at together
Pair = tuple[int, int]


class Reason(StrEnum):
    """Why a household cannot live in a home, or is not offered it; a pair keeps the first that holds."""

    ROOMS_FEW = "rooms_few"
    ROOMS_MANY = "rooms_many"
    RENT = "rent"
    STEP_FREE = "step_free"
    AVOID = "avoid"
    LABEL = "label"
    INCOME = "income_class"
    REJECTED = "rejected"
    LOCKED = "locked"


SAID: Final[Mapping[Reason, Text]] = {
    Reason.ROOMS_FEW: Text("te weinig kamers"),
    Reason.ROOMS_MANY: Text("te veel kamers"),
    Reason.RENT: Text("de huur is te hoog"),
    Reason.STEP_FREE: Text("niet gelijkvloers"),
    Reason.AVOID: Text("in een gebied waar het huishouden niet kan wonen"),
    Reason.LABEL: Text("de woning is voor mensen met een ander label"),
    Reason.INCOME: Text("de woning is voor een andere inkomensklasse"),
    Reason.REJECTED: Text("eerder afgewezen"),
    Reason.LOCKED: Text("de toewijzing van deze woning of dit huishouden staat al vast"),
}


@dataclass(frozen=True)
class Wishes:
    """What people decided before: locked pairs, rejected pairs, and proposals shown before."""

    locks: frozenset[Pair] = field(default_factory=frozenset)
    rejections: frozenset[Pair] = field(default_factory=frozenset)
    shown: frozenset[Pair] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Pairs:
    """All pairs that can be, sorted by household: those of household h run from start[h] up to start[h + 1]."""

    start: IntArray
    home: NDArray[np.int32]
    fit: NDArray[np.int32]
    worth: NDArray[np.int32]  # before spread cost and penalties
    refused: Mapping[Reason, int]

    @cached_property
    def household(self) -> NDArray[np.int32]:
        """Return the household of every pair."""
        many = np.arange(len(self.start) - 1, dtype=np.int32)
        return np.repeat(many, np.diff(self.start))

    def of(self, household: int) -> slice:
        """Return where the pairs of a household stand."""
        return slice(int(self.start[household]), int(self.start[household + 1]))


class Filters:
    """The hard filters of a case."""

    def __init__(self, case: Case) -> None:
        self.case, self._under = case, under(case.areas)
        self._labels = _flags(case.households.labels, case.homes.labels)
        self._classes = _flags(
            [(one,) if one else () for one in case.households.income_class], case.homes.income_classes
        )

    def failing(self, rows: slice) -> dict[Reason, Flags]:
        """Return per reason which homes each of some households cannot have."""
        asked, homes = self.case.households, self.case.homes
        return {
            Reason.ROOMS_FEW: homes.rooms[None, :] < asked.rooms_min[rows, None],
            Reason.ROOMS_MANY: homes.rooms[None, :] > asked.rooms_max[rows, None],
            Reason.RENT: homes.rent[None, :] > asked.rent_max[rows, None],
            Reason.STEP_FREE: ~homes.step_free[None, :] & asked.step_free[rows, None],
            Reason.AVOID: self._avoided(asked, rows)[:, homes.area],
            Reason.LABEL: _without(self._labels, rows),
            Reason.INCOME: _without(self._classes, rows),
        }

    def _avoided(self, asked: Households, rows: slice) -> Flags:
        flags = np.zeros((len(asked.avoid[rows]), len(self._under)), dtype=np.bool_)
        for row, areas in enumerate(asked.avoid[rows]):
            for area in areas:
                flags[row] |= self._under[area]
        return flags


def find_pairs(case: Case, wishes: Wishes) -> Pairs:
    """Return all pairs that pass the hard filters and what people decided, with their points and worth."""
    return decided(case, possible(case), wishes)


def possible(case: Case) -> Pairs:
    """Return all pairs that pass the hard filters, whatever people decided, with their points and worth."""
    filters, fitting = Filters(case), Fitting(case)
    homes, many = len(case.homes.ids), len(case.households.ids)
    block = max(1, BLOCK // max(1, homes))
    counts, fits, taken, refused = [], [], [], dict.fromkeys(Reason, 0)
    for low in range(0, many if homes else 0, block):
        rows = slice(low, min(low + block, many))
        passes = np.ones((rows.stop - low, homes), dtype=np.bool_)
        for reason, fails in filters.failing(rows).items():
            refused[reason] += int(np.count_nonzero(fails & passes))
            passes &= ~fails
        count = passes.sum(axis=1)
        row = np.repeat(np.arange(rows.stop - low), count)
        home = np.flatnonzero(passes) - row * homes
        counts.append(count)
        taken.append(home.astype(np.int32))
        fits.append(fitting.total(low + row, home).astype(np.int32))
    start = np.zeros(many + 1, dtype=np.int64)
    np.cumsum(_joined(counts, np.int64, many), out=start[1:])
    fit = _joined(fits, np.int32)
    per_household = sum(placement_values(case.households, case.settings.worth).values())
    worth = fit + np.repeat(per_household, np.diff(start)).astype(np.int32)
    return Pairs(start, _joined(taken, np.int32), fit, worth, refused)


def decided(case: Case, pairs: Pairs, wishes: Wishes) -> Pairs:
    """Return of all possible pairs those that people left, and what was shown is worth more."""
    start, home = pairs.start, pairs.home
    rejected = places(start, home, wishes.rejections)
    taken = np.zeros(len(case.homes.ids), dtype=np.bool_)
    taken[[one for _, one in wishes.locks]] = True
    away = taken[home] if wishes.locks else np.zeros(len(home), dtype=np.bool_)
    for household, _ in wishes.locks:
        away[pairs.of(household)] = True
    away[places(start, home, wishes.locks)] = False
    away[rejected] = True
    worth = pairs.worth.copy()
    worth[places(start, home, wishes.shown)] += case.settings.worth["kept"]
    locked = int(np.count_nonzero(away)) - len(rejected)
    refused = {**pairs.refused, Reason.REJECTED: len(rejected), Reason.LOCKED: locked}
    if not away.any():
        return Pairs(start, home, pairs.fit, worth, refused)
    left = np.zeros_like(start)
    np.cumsum(np.diff(start) - _per(start, away), out=left[1:])
    return Pairs(left, home[~away], pairs.fit[~away], worth[~away], refused)


def _per(start: IntArray, flags: Flags) -> IntArray:
    """Return how many flags of every household are set."""
    before = np.concatenate([[0], np.cumsum(flags)])
    return np.asarray(before[start[1:]] - before[start[:-1]], dtype=np.int64)


def some(pairs: Pairs, kept: Flags) -> Pairs:
    """Return some of the pairs."""
    start = np.zeros_like(pairs.start)
    np.cumsum(np.bincount(pairs.household[kept], minlength=len(start) - 1), out=start[1:])
    return Pairs(start, pairs.home[kept], pairs.fit[kept], pairs.worth[kept], pairs.refused)


def places(start: IntArray, home: NDArray[np.int32], wanted: Collection[Pair]) -> IntArray:
    """Return where some pairs stand, in the order of their households; those that cannot be are left out."""
    households, homes = np.array(sorted(wanted), dtype=np.int64).reshape(-1, 2).T
    positions = found_in(start, home, households, homes)
    return np.asarray(positions[positions != NO_INDEX], dtype=np.int64)


def _flags(asked: Sequence[tuple[str, ...]], offered: Sequence[tuple[str, ...]]) -> tuple[Flags, Flags]:
    """Return per household and per home which words it has; only words that a home asks for matter."""
    words = sorted({word for one in offered for word in one})
    return _has(asked, words), _has(offered, words)


def _has(side: Sequence[tuple[str, ...]], words: Sequence[str]) -> Flags:
    flags = np.zeros((len(side), len(words)), dtype=np.bool_)
    for row, one in enumerate(side):
        flags[row] = [word in one for word in words]
    return flags


def _without(flags: tuple[Flags, Flags], rows: slice) -> Flags:
    """Return which homes ask for one of some words while a household has none of them."""
    asked, offered = flags
    together = asked[rows].astype(np.float32) @ offered.T.astype(np.float32)
    allowed: Flags = np.logical_and(np.any(offered, axis=1, keepdims=True).T, together == 0)
    return allowed


def _joined(blocks: list[NDArray[Any]], kind: type, empty: int = 0) -> NDArray[np.int32]:
    return np.concatenate(blocks).astype(kind) if blocks else np.zeros(empty, dtype=kind)
