"""Feelings as others than the team may see them: squares of enough people, each in one of three words (decision 11)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

FLOOR: Final = 5  # no square rests on fewer people, whatever an audience asks
MOSTLY: Final = (2, 3)  # so large a part of the people in a square agrees before a word says so
PLEASANT: Final = 1
UNPLEASANT: Final = -1


class Felt(StrEnum):
    """How it feels in a square: never how many, and never that everybody agrees."""

    PLEASANT = "prettig"
    DIFFERS = "verschilt"
    UNPLEASANT = "niet_prettig"


class Feel(NamedTuple):
    """One feeling: its key, whose it is, in which square of the fixed grid, and pleasant (1), not (-1) or neither."""

    key: int
    voice: Hashable
    x: int
    y: int
    sign: int


@dataclass(frozen=True, slots=True, order=True)
class Square:
    """A square of the fixed grid, `size` squares wide and high from its corner in the south-west."""

    x: int
    y: int
    size: int

    def holds(self, feel: Feel) -> bool:
        """Return whether a feeling lies in it."""
        return self.x <= feel.x < self.x + self.size and self.y <= feel.y < self.y + self.size

    def quarters(self) -> Iterator["Square"]:
        """Yield its four quarters."""
        half = self.size // 2
        for y in (self.y, self.y + half):
            for x in (self.x, self.x + half):
                yield Square(x, y, half)


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """A square with what is said of it."""

    square: Square
    felt: Felt


def around(corners: Iterable[tuple[int, int]]) -> Square:
    """Return the smallest square around places on the grid that can be halved down to one square of it.

    >>> around([(10, 4), (12, 4)])
    Square(x=10, y=4, size=4)
    """
    east, north = zip(*corners, strict=True)
    size = 1
    while size <= max(max(east) - min(east), max(north) - min(north)):
        size *= 2
    return Square(min(east), min(north), size)


def fewest(minimum: int) -> int:
    """Return the fewest people behind a square: what an audience asks, and never less than the floor."""
    return max(minimum, FLOOR)


def shown(feels: Iterable[Feel], frame: Square, minimum: int) -> list[Shown]:
    """Return the squares that others may see: as small as can be with enough people in every one that is not empty.

    A square is halved only when every quarter in which somebody felt something has enough people, so that no rest
    can be computed from what is shown. What lies outside the frame is left out. Nothing is shown when all people
    together are too few.

    >>> feels = [Feel(n, n, n % 2, 0, 1 if n % 4 < 2 else -1) for n in range(20)]
    >>> [(each.square.x, each.square.size, each.felt.value) for each in shown(feels, Square(0, 0, 2), 8)]
    [(0, 1, 'verschilt'), (1, 1, 'verschilt')]
    >>> shown(feels, Square(0, 0, 2), 30)
    []
    """
    inside = [feel for feel in feels if frame.holds(feel)]
    return sorted(_split(inside, frame, fewest(minimum))) if _enough(inside, fewest(minimum)) else []


def _split(feels: Sequence[Feel], square: Square, minimum: int) -> Iterator[Shown]:
    quarters = [] if square.size == 1 else list(square.quarters())
    parts = [(quarter, [feel for feel in feels if quarter.holds(feel)]) for quarter in quarters]
    felt = [(quarter, part) for quarter, part in parts if part]
    if felt and all(_enough(part, minimum) for _quarter, part in felt):
        for quarter, part in felt:
            yield from _split(part, quarter, minimum)
    else:
        yield Shown(square, _felt(feels))


def people(feels: Iterable[Feel]) -> dict[Hashable, int]:
    """Return what every person feels, each once: pleasant, not, or neither when they say both.

    >>> people([Feel(1, "a", 0, 0, 1), Feel(2, "a", 0, 0, -1), Feel(3, "b", 0, 0, 1)])
    {'a': 0, 'b': 1}
    """
    said: dict[Hashable, set[int]] = defaultdict(set)
    for feel in feels:
        said[feel.voice].add(feel.sign)
    return {voice: signs.pop() if len(signs) == 1 else 0 for voice, signs in said.items()}


def _enough(feels: Iterable[Feel], minimum: int) -> bool:
    """Return whether enough people felt something: twice as many when they all feel the same."""
    said = people(feels)
    return len(said) >= minimum * (2 if len(set(said.values())) == 1 else 1)


def _felt(feels: Iterable[Feel]) -> Felt:
    said = list(people(feels).values())
    part, whole = MOSTLY
    if said.count(PLEASANT) * whole >= len(said) * part:
        return Felt.PLEASANT
    return Felt.UNPLEASANT if said.count(UNPLEASANT) * whole >= len(said) * part else Felt.DIFFERS


def changed(before: Iterable[Feel], now: Iterable[Feel]) -> set[Hashable]:
    """Return the people of whom something was added, taken away or changed."""
    return {feel.voice for feel in set(before) ^ set(now)}


def isolates(earlier: Iterable[tuple[Iterable[Feel], Iterable[Square]]], now: Iterable[Feel], minimum: int) -> bool:
    """Return whether a square of any earlier view, held against what counts now, tells of fewer people than enough.

    Each earlier view is what it counted and the squares that it showed. Nothing changed is nothing told.
    """
    new = list(now)
    for counted_then, squares in earlier:
        old = list(counted_then)
        for square in squares:
            differ = changed((f for f in old if square.holds(f)), (f for f in new if square.holds(f)))
            if 0 < len(differ) < fewest(minimum):
                return True
    return False


def counted(before: Iterable[Feel], seen: Iterable[Square], now: Iterable[Feel], minimum: int) -> list[Feel]:
    """Return which feelings a new view counts, so that two views together tell of no fewer people than one.

    Every square that was seen before is counted anew only when something changed of enough people in it; until then
    it is counted as it was. What lay in no square was never seen, and is counted as it is now.

    Parameters
    ----------
    before, seen
        The feelings that the last view counted, and the squares that it showed.
    now
        All feelings that stand now.

    >>> before = [Feel(n, n, 0, 0, 1) for n in range(10)]
    >>> now = [*before, Feel(10, 10, 0, 0, -1), Feel(11, 11, 3, 0, -1)]
    >>> kept = counted(before, [Square(0, 0, 1)], now, 5)
    >>> len(kept), kept[-1].key
    (11, 11)
    """
    old, new, squares = list(before), list(now), list(seen)
    found = [feel for feel in new if not any(square.holds(feel) for square in squares)]
    for square in squares:
        was, is_ = [f for f in old if square.holds(f)], [f for f in new if square.holds(f)]
        found += is_ if len(changed(was, is_)) >= fewest(minimum) else was
    return sorted(found)
