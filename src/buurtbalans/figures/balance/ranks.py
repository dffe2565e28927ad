"""Order: the place of every area, 1 for the highest; equal values share the lowest number, exactly."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Ranks = NDArray[np.int32]

MOST: Final = np.int64(0x7FFFFFFFFFFFFFFF)
BLOCK: Final = 512  # areas whose draws are put in order at once


def rank(values: Values) -> Ranks:
    """Return the rank of each value, 1 = highest; 0 where there is no value.

    Examples
    --------
    >>> rank(np.array([3.0, 5.0, np.nan, 5.0])).tolist()
    [3, 1, 0, 1]
    """
    order = np.argsort(-values, kind="stable")
    many = values.size - int(np.isnan(values).sum())  # what is absent stands last
    order, ranks = order[:many], np.zeros(values.size, dtype=np.int32)
    high = values[order]
    first = np.concatenate([[True], high[1:] != high[:-1]]) if many else np.zeros(0, dtype=bool)
    ranks[order] = np.maximum.accumulate(np.where(first, np.arange(1, many + 1, dtype=np.int32), 0))
    return ranks


def rank_rows(scores: Values) -> Ranks:
    """Return the rank of each area in each row, 1 = highest; equal values share the lowest number, 0 without a value.

    Parameters
    ----------
    scores : shape (rows, areas); NaN is absent.

    Sorting whole numbers is several times faster than sorting with places. So each score becomes a number that orders
    as the score does, its last bits make room for the place of the area, and one sort gives both. Where neighbours
    differ in nothing but those bits the row is sorted again in full: the order is exact. Row by row, so that all of it
    stays in the cache.

    Examples
    --------
    >>> rank_rows(np.array([[3.0, 5.0, 4.0, 5.0]])).tolist()
    [[4, 1, 3, 1]]
    """
    rows, areas = scores.shape
    ranks = np.empty((rows, areas), dtype=np.int32)
    bits = max(1, (areas - 1).bit_length())
    numbers, places = np.arange(1, areas + 1, dtype=np.int32), np.arange(areas, dtype=np.int64)
    under = np.int64((1 << bits) - 1)
    score, aside = np.empty(areas), np.empty(areas, dtype=np.int64)
    keys = score.view(np.int64)
    for row in range(rows):
        many = areas
        np.subtract(0.0, scores[row], out=score)  # the highest first; 0.0 - makes one zero of two
        if areas and np.isnan(score.max()):
            many -= int(np.isnan(score).sum())
            np.nan_to_num(score, copy=False, nan=np.nan)  # one sort of NaN, which stands last
        np.right_shift(keys, 63, out=aside)
        np.bitwise_and(aside, MOST, out=aside)
        np.bitwise_xor(keys, aside, out=keys)  # negative numbers the right way round
        np.bitwise_and(keys, ~under, out=keys)
        np.bitwise_or(keys, places, out=keys)
        keys.sort()
        np.bitwise_and(keys, under, out=aside)
        np.right_shift(keys, bits, out=keys)
        if (keys[1:many] == keys[: max(0, many - 1)]).any():
            ranks[row] = rank(scores[row])
        else:
            ranks[row, aside[:many]] = numbers[:many]
            ranks[row, aside[many:]] = 0
    return ranks


class RankTails:
    """Gathers ranks draw by draw and gives for each area the ranks at both ends, in bounded memory.

    Only the lowest and highest `share` of the draws are kept, since no other draw can be at that end.
    """

    def __init__(self, areas: int, draws: int, share: float = 0.05) -> None:
        self.draws, self.share = draws, share
        self.keep, room = self._room(draws, share)
        self.ranks, self.held = np.empty((areas, room), dtype=np.int32), 0

    @staticmethod
    def _room(draws: int, share: float) -> tuple[int, int]:
        """Return how many ranks of an area are kept at either end, and for how many there is room."""
        keep = min(draws, math.floor(share * (draws - 1)) + 2)
        return keep, min(draws, max(6 * keep, 2 * keep + 128))

    @classmethod
    def size(cls, draws: int, share: float = 0.05) -> int:
        """Return how many bytes an area takes."""
        return cls._room(draws, share)[1] * np.dtype(np.int32).itemsize

    def add(self, ranks: Ranks) -> None:
        """Take the ranks of some draws, shape (draws, areas)."""
        while len(ranks):
            if self.held == self.ranks.shape[1]:
                self._trim()
            taken = min(len(ranks), self.ranks.shape[1] - self.held)
            self.ranks[:, self.held : self.held + taken] = ranks[:taken].T
            self.held += taken
            ranks = ranks[taken:]

    def _trim(self) -> None:
        keep, held = self.keep, self.held
        for start in range(0, len(self.ranks), BLOCK):
            block = self.ranks[start : start + BLOCK]
            block.partition(keep - 1, axis=1)  # two places at once would be many times slower
            rest = block[:, keep:]
            rest.partition(held - 2 * keep, axis=1)
            rest[:, :keep] = rest[:, held - 2 * keep :].copy()
        self.held = 2 * keep

    def ends(self) -> tuple[Values, Values]:
        """Return the ranks at `share` and at one minus it, with a straight line between two draws."""
        at = self.share * (self.draws - 1)
        below, part = math.floor(at), at - math.floor(at)
        held, last = self.ranks[:, : self.held], self.held - 1
        held.partition(below, axis=1)
        low = held[:, below].astype(np.float64)
        if part:
            low += part * (held[:, below + 1 :].min(axis=1) - low)
        held.partition(last - below, axis=1)
        high = held[:, last - below].astype(np.float64)
        if part:
            high += part * (held[:, : last - below].max(axis=1) - high)
        return low, high
