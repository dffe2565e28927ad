"""What areas can carry: nested areas, a ceiling above which nothing is proposed, and costs that rise with the load."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .case import NONE, Areas, Whole
from .settings import Settings

ROUNDING = 1e-9  # 1.1 × 30 is 33, also for a computer


@dataclass(frozen=True)
class Room:
    """The room of all areas: where each segment ends (segments × areas), what one more placement costs in it.

    `bounded` tells which areas have headroom of their own; the last end of those is their ceiling.
    """

    ends: Whole
    costs: Whole
    bounded: NDArray[np.bool_]
    headroom: NDArray[np.float64]  # never below 1: no neighbourhood is closed

    @property
    def ceiling(self) -> Whole:
        """Return the highest load that is proposed; it means nothing where there is no headroom."""
        found: Whole = self.ends[-1]
        return found

    def cost(self, load: Whole) -> int:
        """Return what loads up to the ceilings cost together."""
        starts = np.vstack([np.zeros_like(self.ends[:1]), self.ends[:-1]])
        inside = np.clip(load - starts, 0, self.ends - starts)
        return int((self.costs[:, None] * inside)[:, self.bounded].sum())

    def above(self, load: Whole) -> int:
        """Return how many placements lie above a ceiling, counted in every area they are too many for."""
        return int(np.maximum(0, load - self.ceiling)[self.bounded].sum())

    def worst(self, load: Whole) -> float:
        """Return the worst overload: how far the fullest area is above its headroom, as a part of it."""
        over = np.maximum(0.0, load - self.headroom) / self.headroom
        return float(over[self.bounded].max(initial=0.0))


def room(areas: Areas, settings: Settings) -> Room:
    """Return the room of all areas."""
    bounded = ~np.isnan(areas.headroom)
    headroom = np.where(bounded, np.maximum(areas.headroom, 1.0), 1.0)
    parts = np.array(settings.spread["bounds"])[:, None]
    ends = np.floor(parts * headroom + ROUNDING).astype(np.int64)
    ends[-1] = np.maximum(ends[-1], 1)
    return Room(ends, np.array(settings.spread["costs"], dtype=np.int64), bounded, headroom)


def chains(areas: Areas) -> tuple[tuple[int, ...], ...]:
    """Return for every area itself and all above it, from low to high."""
    found = []
    for area in range(len(areas.codes)):
        chain = [area]
        while (above := int(areas.parent[chain[-1]])) != NONE:
            chain.append(above)
        found.append(tuple(chain))
    return tuple(found)


def under(areas: Areas) -> NDArray[np.bool_]:
    """Return a square of flags: whether the area of the column is the area of the row, or lies in it."""
    flags = np.zeros((len(areas.codes), len(areas.codes)), dtype=np.bool_)
    for area, chain in enumerate(chains(areas)):
        flags[list(chain), area] = True
    return flags


def loads(areas: Areas, leaves: Whole, each: Whole | None = None) -> Whole:
    """Return the load of every area, at all levels, when households are placed in `leaves`."""
    load = np.zeros(len(areas.codes), dtype=np.int64)
    np.add.at(load, leaves, 1 if each is None else each)
    total = np.zeros_like(load)
    for area, chain in enumerate(chains(areas)):
        if load[area]:
            total[list(chain)] += load[area]
    return total
