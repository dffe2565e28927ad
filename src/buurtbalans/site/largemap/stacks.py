"""Marks that stand in one square of the large map, as one stack with its number: it opens as a list."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.method.places.rules import SQUARE
from buurtbalans.site.largemap.marks import Mark
from buurtbalans.site.map.projection import METRES_PER_DEGREE, Projection

Points = NDArray[np.float64]  # shape (2, n)

APART: Final = 33.0  # pixels between two marks
ON_EACH_OTHER: Final = 22.0  # pixels: nearer than this one exact mark hides another
PREFIX: Final = "stapel-"
REACH: Final = 2 * APART  # how far a mark may move aside
AROUND: Final = np.array(  # places to try, the nearest first
    [(0.0, 0.0)]
    + [
        (math.cos(turn * math.pi / 4 / ring) * ring * APART / 2, math.sin(turn * math.pi / 4 / ring) * ring * APART / 2)
        for ring in range(1, 5)
        for turn in range(8 * ring)
    ]
)


@dataclass(frozen=True, eq=False)
class Stack:
    """Marks of one layer in one square, and where they are drawn; `key` is how an address calls a stack of several."""

    key: str
    marks: tuple[Mark, ...]
    x: float = 0.0
    y: float = 0.0

    @cached_property
    def kind(self) -> str:
        """The kind that all of them have, empty when they differ."""
        kinds = {mark.kind for mark in self.marks}
        return kinds.pop() if len(kinds) == 1 else ""

    @property
    def exact(self) -> bool:
        """Whether it stands where it is: what organisations have and do, and no whole area."""
        return self.marks[0].exact

    @property
    def pick(self) -> str:
        """How an address picks it: the one mark, or the stack."""
        return self.marks[0].key if len(self.marks) == 1 else self.key


def squares_across(projection: Projection) -> int:
    """Return how many squares of 100 metres go in one of the map on every side, so that marks stand apart."""
    return math.ceil(APART / (SQUARE[1] * METRES_PER_DEGREE * projection.per_metre))


def group_marks(marks: Iterable[Mark], squares: int) -> list[Stack]:
    """Return marks by layer and square; those that stand for a whole area stay apart from those of a place in it."""
    by_place: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.place is not None:
            by_place.setdefault(key_of(mark, squares), []).append(mark)
    return [Stack(key, tuple(members)) for key, members in by_place.items()]


def key_of(mark: Mark, squares: int) -> str:
    """Return how an address calls the stack that a mark would stand in."""
    if mark.whole or mark.place is None:
        return f"{PREFIX}{mark.layer}-{mark.together}-{mark.area}"
    if mark.shape is not None:
        return f"{PREFIX}{mark.key}"
    east, north = (math.floor(at / side / squares) for at, side in zip(mark.place, SQUARE, strict=True))
    return f"{PREFIX}{mark.layer}-{mark.together}-{east}-{north}"


def spread_stacks(
    stacks: Sequence[Stack], projection: Projection, known: Mapping[str, Stack] | None = None
) -> list[Stack]:
    """Return stacks with their places in a drawing, moved aside a little where they would lie on each other.

    Exact ones come first, and those of `known` stay where they are: what was told of a square or an area gives way.
    """
    if not stacks:
        return []
    places = np.array(
        [stack.marks[0].place if stack.marks[0].whole else _middle(stack) for stack in stacks], dtype=float
    )
    pixels = projection.pixels(places).tolist()
    taken, positions = np.empty((2, len(stacks))), {}
    placed = sorted(zip(stacks, pixels, strict=True), key=lambda placed: not placed[0].exact)
    for at, (each, (x, y)) in enumerate(placed):
        stays = known.get(each.key) if known else None
        apart = ON_EACH_OTHER if each.exact else APART * 0.92
        x, y = (stays.x, stays.y) if stays else _free(x, y, taken[:, :at], apart)
        taken[:, at] = x, y
        positions[each.key] = Stack(each.key, each.marks, round(x, 1), round(y, 1))
    return [positions[stack.key] for stack in stacks]


def _middle(stack: Stack) -> tuple[float, float]:
    places = [mark.place for mark in stack.marks if mark.place is not None]
    return sum(p[0] for p in places) / len(places), sum(p[1] for p in places) / len(places)


def _free(x: float, y: float, taken: Points, apart: float) -> tuple[float, float]:
    """Return the nearest place around (x, y) so far from all that is taken; (x, y) itself when there is none."""
    across, down = taken[0] - x, taken[1] - y
    near = (np.abs(across) <= REACH + apart) & (np.abs(down) <= REACH + apart)
    across, down = across[near], down[near]
    if not len(across):
        return x, y
    gaps = (AROUND[:, :1] - across) ** 2 + (AROUND[:, 1:] - down) ** 2
    best = AROUND[(gaps.min(axis=1) >= apart**2).argmax()]  # the first; also where there is none
    return x + float(best[0]), y + float(best[1])
