"""Which counts of a tree to withhold: every small one, and the fewest others that keep small ones from being found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from buurtbalans.figures.protection.table import NOBODY, Table

VALUES: Final = 5  # as many values must stay possible
_ROOM: Final = VALUES  # one more than needed: that more was withheld then says only that there was less room than this
_ROOMS: Final = _ROOM + 1
_SHOWN: Final = -1
_CELL: Final = 1 << 48  # one cell more weighs heavier than the size of all cells together
_TIGHT: Final = 1 << 96  # and a tight sum heavier than all cells together
_NARROW: Final = 3 * _CELL  # just room enough is worth a few cells to avoid
_STATES: Final = 3 * _ROOMS  # withheld children (0, 1, 2 or more) × room (0 … 5 or more)
_Costs = list[int | None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """What to withhold.

    Attributes
    ----------
    withheld : for every area whether its count is withheld.
    tight : shown areas (or a withheld top) whose withheld parts are so small that only somebody who thinks that a
        withheld count can be zero finds five values: nothing more can be withheld below them.
    """

    withheld: list[bool]
    tight: frozenset[int]


def choose(tree: Table, minimum: int, must: Sequence[bool] = ()) -> Choice:
    """Return the least that must be withheld so that every small count keeps five possible values.

    Withheld counts are at least 1, because zeros are shown. Of the withheld leaves below one shown area, what they
    have above 1 each is the *room*: it can lie with any of them. So all is well when a shown area has no withheld
    child, or at least two and a room of four (five where that can be had). That makes the least a shortest path: from
    the leaves up, for every area the cost of showing it and of withholding it with a room of 0 … 5. Of equally many,
    the smallest counts are withheld, by the number of binary digits and then by code.

    Parameters
    ----------
    tree
        A table without categories.
    minimum
        Counts of 1 … minimum − 1 are small.
    must
        For every area whether it is withheld anyway, though it is not small.

    Examples
    --------
    >>> from buurtbalans.figures.protection.table import table
    >>> parents = {"WK01": "", "BU01": "WK01", "BU02": "WK01", "BU03": "WK01"}
    >>> choose(table(parents, {"WK01": 143, "BU01": 3, "BU02": 40, "BU03": 100}), 10).withheld
    [True, True, False, False]
    """
    return _Search(tree, minimum, must).choice()


def _leaf(count: int, must: bool) -> _Costs:
    """Return the costs of withholding a leaf with each room."""
    costs: _Costs = [None] * _ROOMS
    costs[min(_ROOM, count - 1)] = _CELL + (0 if must else count.bit_length())
    return costs


class _Search:
    """The shortest path; `shown` and `kept` are costs per area, `steps` the way back."""

    def __init__(self, tree: Table, minimum: int, must: Sequence[bool]) -> None:
        self.tree, self.minimum = tree, minimum
        forced = must or [False] * len(tree.areas)
        pairs = zip(tree.counts, forced, strict=True)
        self.must = [count > 0 and (count < minimum or kept) for count, kept in pairs]
        size = len(tree.areas)
        self.shown: _Costs = [0] * size
        self.kept: list[_Costs] = [[]] * size
        self.steps: list[list[tuple[int, list[tuple[int, int] | None]]]] = [[]] * size
        self.sums: list[_Costs] = [[]] * size

    def choice(self) -> Choice:
        """Return the choice that costs least."""
        counts = self.tree.counts
        for area in reversed(self.tree.order):
            if counts[area] == 0:
                continue
            if self.tree.children[area]:
                self._branch(area, self.must[area])
            else:
                self.kept[area] = _leaf(counts[area], self.must[area])
            if self.must[area]:
                self.shown[area] = None
        return self._way_back()

    def _branch(self, area: int, must: bool) -> None:
        sums = self._forced_costs(area)
        steps = []
        for child in self._optional_children(area):
            sums, step = self._with(child, sums)
            steps.append((child, step))
        self.steps[area], self.sums[area] = steps, sums
        own = _CELL + (0 if must else self.tree.counts[area].bit_length())
        self.kept[area] = [_plus(_least(sums, (_ROOMS + room, 2 * _ROOMS + room)), own) for room in range(_ROOMS)]
        end = self._end(area, _SHOWN)
        self.shown[area] = None if end is None else _plus(sums[end], _tight(end))

    def _forced_costs(self, area: int) -> _Costs:
        """Return the costs with only the leaves below an area withheld that must be."""
        few = [self.tree.counts[leaf] for leaf in self._leaf_children(area) if self.must[leaf]]
        sums: _Costs = [None] * _STATES
        sums[min(2, len(few)) * _ROOMS + min(_ROOM, sum(few) - len(few))] = len(few) * _CELL
        return sums

    def _optional_children(self, area: int) -> list[int]:
        """Return the children about which there is a choice.

        A leaf that is not small brings all the room there can be: one is enough, the smallest.
        """
        counts, children = self.tree.counts, self.tree.children
        branches = [child for child in children[area] if children[child] and counts[child]]
        large = [leaf for leaf in self._leaf_children(area) if not self.must[leaf]]
        return branches + sorted(large, key=lambda leaf: (counts[leaf].bit_length(), leaf))[:1]

    def _leaf_children(self, area: int) -> list[int]:
        children = self.tree.children
        return [child for child in children[area] if not children[child] and self.tree.counts[child]]

    def _with(self, child: int, sums: _Costs) -> tuple[_Costs, list[tuple[int, int] | None]]:
        """Return the costs with one child more, and per state where it came from and what the child does."""
        joined: _Costs = [None] * _STATES
        step: list[tuple[int, int] | None] = [None] * _STATES
        options = [(_SHOWN, self.shown[child]), *enumerate(self.kept[child])]
        for state, before in enumerate(sums):
            if before is None:
                continue
            for option, price in options:
                if price is None:
                    continue
                after, cost = _after(state, option), before + price
                known = joined[after]
                if known is None or cost < known:
                    joined[after], step[after] = cost, (state, option)
        return joined, step

    def _end(self, area: int, option: int) -> int | None:
        """Return the state of the children that fits what the area does, at least cost."""
        ends = (0, *range(2 * _ROOMS, _STATES)) if option == _SHOWN else (_ROOMS + option, 2 * _ROOMS + option)
        extra = _tight if option == _SHOWN else _free
        fit = [(cost + extra(end), end) for end in ends if (cost := self.sums[area][end]) is not None]
        return min(fit)[1] if fit else None

    def _way_back(self) -> Choice:
        tree, top = self.tree, self.tree.top
        withheld = list(self.must)
        tight = set()
        start = _SHOWN
        if withheld[top]:
            start = min((cost, room) for room, cost in enumerate(self.kept[top]) if cost is not None)[1]
            if self.minimum - self._leaves() < VALUES:
                tight.add(top)
        waiting = [(top, start)]
        while waiting:
            area, option = waiting.pop()
            withheld[area] = option != _SHOWN
            if tree.children[area] and tree.counts[area]:
                end = self._found(self._end(area, option), area)
                if option == _SHOWN and _tight(end) == _TIGHT:
                    tight.add(area)
                waiting.extend(self._below(area, end))
        return Choice(withheld, frozenset(tight))

    def _below(self, area: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield what the children of an area do when their state together is `end`."""
        for child, step in reversed(self.steps[area]):
            end, option = self._found(step[end], child)
            yield child, option

    def _found(self, step: T | None, area: int) -> T:
        if step is None:
            raise AssertionError(f"no way to protect {self.tree.areas[area]}")
        return step

    def _leaves(self) -> int:
        """Return how many leaves are not zero."""
        tree = self.tree
        return sum(1 for area, count in enumerate(tree.counts) if count and not tree.children[area])


def _tight(end: int) -> int:
    """Return what it costs that a shown area has withheld children with too little room."""
    if end < _ROOMS or end == _STATES - 1:
        return 0
    return _NARROW if end == _STATES - 2 else _TIGHT


def _free(end: int) -> int:
    return 0


def _after(state: int, option: int) -> int:
    """Return the state after one child more."""
    if option == _SHOWN:
        return state
    withheld, room = divmod(state, _ROOMS)
    return min(2, withheld + 1) * _ROOMS + min(_ROOM, room + option)


def _least(costs: _Costs, places: Sequence[int]) -> int | None:
    known_costs = [cost for place in places if (cost := costs[place]) is not None]
    return min(known_costs) if known_costs else None


def _plus(cost: int | None, more: int) -> int | None:
    return None if cost is None else cost + more


def together(tree: Table, withheld: Sequence[bool]) -> list[list[int]]:
    """Return the withheld areas that tell about each other, each list led by what they hang on.

    The first of a list is the shown area above them, or the withheld top; parents come before children.
    """
    groups = []
    for area in tree.order:
        if _leads(tree, withheld, area):
            members = [area]
            for member in members:
                members.extend(child for child in tree.children[member] if withheld[child])
            groups.append(members)
    return groups


def _leads(tree: Table, withheld: Sequence[bool], area: int) -> bool:
    """Return whether an area is shown with withheld children, or is the withheld top."""
    if withheld[area]:
        return tree.parents[area] == NOBODY
    return any(withheld[child] for child in tree.children[area])
