"""Feelings as others than the team may see them: fields of enough people, each in one of three words (decision 11)."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

FLOOR: Final = 5  # no field rests on fewer people, whatever an audience asks
MOSTLY: Final = (2, 3)  # so large a part of the people in a field agrees before a word says so
PLEASANT: Final = 1
UNPLEASANT: Final = -1


class Felt(StrEnum):
    """How it feels in a field: never how many, and never that everybody agrees."""

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
class Field:
    """A block of squares of the fixed grid: its corner in the south-west, how many wide and how many high."""

    x: int
    y: int
    wide: int
    high: int

    def holds(self, feel: Feel) -> bool:
        """Return whether a feeling lies in it."""
        return self.x <= feel.x < self.x + self.wide and self.y <= feel.y < self.y + self.high

    def halves(self) -> tuple["Field", ...]:
        """Return its two halves over its longer side, always the same; a single square has none."""
        if self.wide == self.high == 1:
            return ()
        if self.wide >= self.high:
            half = self.wide // 2
            return Field(self.x, self.y, half, self.high), Field(self.x + half, self.y, self.wide - half, self.high)
        half = self.high // 2
        return Field(self.x, self.y, self.wide, half), Field(self.x, self.y + half, self.wide, self.high - half)


@dataclass(frozen=True, slots=True, order=True)
class Shown:
    """A field with what is said of it."""

    field: Field
    felt: Felt


def around(corners: Iterable[tuple[int, int]]) -> Field:
    """Return the smallest field around squares of the grid.

    >>> around([(10, 4), (12, 4)])
    Field(x=10, y=4, wide=3, high=1)
    """
    east, north = zip(*corners, strict=True)
    return Field(min(east), min(north), max(east) - min(east) + 1, max(north) - min(north) + 1)


def minimum_people(minimum: int) -> int:
    """Return the fewest people behind a field: what an audience asks, and never less than the floor."""
    return max(minimum, FLOOR)


def shown(feels: Iterable[Feel], frame: Field, minimum: int) -> list[Shown]:
    """Return the fields that others may see: as small as can be with enough people in every one that is not empty.

    A field is halved, and halved again, only when each half in which somebody felt something has enough people, so that
    no rest can be computed from what is shown. What lies outside the frame is left out. Nothing is shown when all
    people together are too few.

    >>> feels = [Feel(n, n, n % 2, 0, 1 if n % 4 < 2 else -1) for n in range(20)]
    >>> [(each.field.x, each.field.wide, each.felt.value) for each in shown(feels, Field(0, 0, 2, 1), 8)]
    [(0, 1, 'verschilt'), (1, 1, 'verschilt')]
    >>> shown(feels, Field(0, 0, 2, 1), 30)
    []
    """
    inside = [feel for feel in feels if frame.holds(feel)]
    return sorted(_split(inside, frame, minimum_people(minimum))) if _enough(inside, minimum_people(minimum)) else []


def _split(feels: Sequence[Feel], field: Field, minimum: int) -> Iterator[Shown]:
    parts = [(half, [feel for feel in feels if half.holds(feel)]) for half in field.halves()]
    felt = [(half, part) for half, part in parts if part]
    if felt and all(_enough(part, minimum) for _half, part in felt):
        for half, part in felt:
            yield from _split(part, half, minimum)
    else:
        yield Shown(field, _felt(feels))


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


def isolates(earlier: Iterable[tuple[Iterable[Feel], Iterable[Field]]], now: Iterable[Feel], minimum: int) -> bool:
    """Return whether a field of any earlier view, held against what counts now, tells of fewer people than enough.

    Each earlier view is what it counted and the fields that it showed. Nothing changed is nothing told.
    """
    new = list(now)
    for counted_then, fields in earlier:
        old = list(counted_then)
        for field in fields:
            differ = changed((f for f in old if field.holds(f)), (f for f in new if field.holds(f)))
            if 0 < len(differ) < minimum_people(minimum):
                return True
    return False


def counted(before: Iterable[Feel], seen: Iterable[Field], now: Iterable[Feel], minimum: int) -> list[Feel]:
    """Return which feelings a new view counts, so that two views together tell of no fewer people than one.

    Every field that was seen before is counted anew only when something changed of enough people in it; until then
    it is counted as it was. What lay in no field was never seen, and is counted as it is now.

    Parameters
    ----------
    before, seen
        The feelings that the last view counted, and the fields that it showed.
    now
        All feelings that stand now.

    >>> before = [Feel(n, n, 0, 0, 1) for n in range(10)]
    >>> now = [*before, Feel(10, 10, 0, 0, -1), Feel(11, 11, 3, 0, -1)]
    >>> kept = counted(before, [Field(0, 0, 1, 1)], now, 5)
    >>> len(kept), kept[-1].key
    (11, 11)
    """
    old, new, fields = list(before), list(now), list(seen)
    feels = [feel for feel in new if not any(field.holds(feel) for field in fields)]
    for field in fields:
        was, is_ = [f for f in old if field.holds(f)], [f for f in new if field.holds(f)]
        feels += is_ if len(changed(was, is_)) >= minimum_people(minimum) else was
    return sorted(feels)
