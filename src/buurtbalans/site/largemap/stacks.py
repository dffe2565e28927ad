"""Marks that stand in one square of the large map, as one stack with its number: it opens as a list."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from buurtbalans.method.places.rules import SQUARE
from buurtbalans.site.map.projection import METRES_PER_DEGREE, Projection

from .marks import Mark

APART: Final = 33.0  # pixels between two marks
ON_EACH_OTHER: Final = 22.0  # pixels: nearer than this one exact mark hides another
PREFIX: Final = "stapel-"
RINGS: Final = 5


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


def wide(projection: Projection) -> int:
    """Return how many squares of 100 metres go in one of the map on every side, so that marks stand apart."""
    return math.ceil(APART / (SQUARE[1] * METRES_PER_DEGREE * projection.per_metre))


def stacked(marks: Iterable[Mark], squares: int) -> list[Stack]:
    """Return marks by layer and square; those that stand for a whole area stay apart from those of a place in it."""
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.place is not None:
            found.setdefault(key_of(mark, squares), []).append(mark)
    return [Stack(key, tuple(members)) for key, members in found.items()]


def key_of(mark: Mark, squares: int) -> str:
    """Return how an address calls the stack that a mark would stand in."""
    if mark.whole or mark.place is None:
        return f"{PREFIX}{mark.layer}-{mark.together}-{mark.area}"
    if mark.shape is not None:
        return f"{PREFIX}{mark.key}"
    east, north = (math.floor(at / side / squares) for at, side in zip(mark.place, SQUARE, strict=True))
    return f"{PREFIX}{mark.layer}-{mark.together}-{east}-{north}"


def laid(stacks: Sequence[Stack], projection: Projection, known: Mapping[str, Stack] | None = None) -> list[Stack]:
    """Return stacks with their places in a drawing, moved aside a little where they would lie on each other.

    Exact ones come first, and those of `known` stay where they are: what was told of a square or an area gives way.
    """
    if not stacks:
        return []
    places = np.array([each.marks[0].place if each.marks[0].whole else _middle(each) for each in stacks], dtype=float)
    pixels = projection.pixels(places).tolist()
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    found = {}
    for each, (x, y) in sorted(zip(stacks, pixels, strict=True), key=lambda placed: not placed[0].exact):
        stays = known.get(each.key) if known else None
        apart = ON_EACH_OTHER if each.exact else APART * 0.92
        x, y = (stays.x, stays.y) if stays else next((at for at in _around(x, y) if _free(at, taken, apart)), (x, y))
        taken.setdefault((int(x // APART), int(y // APART)), []).append((x, y))
        found[each.key] = Stack(each.key, each.marks, round(x, 1), round(y, 1))
    return [found[each.key] for each in stacks]


def _middle(stack: Stack) -> tuple[float, float]:
    places = [mark.place for mark in stack.marks if mark.place is not None]
    return sum(p[0] for p in places) / len(places), sum(p[1] for p in places) / len(places)


def _around(x: float, y: float) -> Iterator[tuple[float, float]]:
    yield x, y
    for ring in range(1, RINGS):
        for turn in range(8 * ring):
            angle = 2 * math.pi * turn / (8 * ring)
            yield x + math.cos(angle) * ring * APART / 2, y + math.sin(angle) * ring * APART / 2


def _free(at: tuple[float, float], taken: Mapping[tuple[int, int], list[tuple[float, float]]], apart: float) -> bool:
    column, row, least = int(at[0] // APART), int(at[1] // APART), apart**2
    for across in (column - 1, column, column + 1):
        for down in (row - 1, row, row + 1):
            for x, y in taken.get((across, down), ()):
                if (x - at[0]) ** 2 + (y - at[1]) ** 2 < least:
                    return False
    return True
