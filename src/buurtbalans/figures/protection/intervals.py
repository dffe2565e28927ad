"""What somebody can work out on a tree of counts: the exact range of every count, by narrowing up and then down."""

from collections.abc import Iterable, MutableSequence, Sequence
from typing import Final

MOST: Final = 10**15  # no count is larger; stands for “no limit”


def narrow(
    order: Sequence[int],
    children: Sequence[Sequence[int]],
    low: MutableSequence[int],
    high: MutableSequence[int],
) -> None:
    """Narrow what is known of whole counts in a tree to exactly what is possible.

    The counts of children add up to that of their parent. Sums and sections of ranges of whole numbers are ranges
    again, and a tree has no loops, so one pass up and one pass down give for every count precisely the values that
    occur in some table that fits everything (Pearl, 1988; Dobra and Fienberg, 2000, for bounds in tables).

    Parameters
    ----------
    order
        The areas to look at, parents before children. Children that are not in it must be known (low = high).
    children
        For every area its children.
    low, high
        For every area what is known beforehand; narrowed in place, only for the areas in `order`.

    Examples
    --------
    Two children between 1 and 9 with 17 together are 8 and 9:

    >>> low, high = [17, 1, 1], [17, 9, 9]
    >>> narrow([0, 1, 2], [[1, 2], [], []], low, high)
    >>> list(zip(low, high))
    [(17, 17), (8, 9), (8, 9)]
    """
    for area in reversed(order):
        if children[area]:
            low[area] = max(low[area], sum([low[child] for child in children[area]]))
            high[area] = min(high[area], sum([high[child] for child in children[area]]))
    for area in order:
        _share(low[area], high[area], children[area], low, high)


def _share(
    least: int, most: int, children: Iterable[int], low: MutableSequence[int], high: MutableSequence[int]
) -> None:
    """Narrow the children of an area that lies between `least` and `most`."""
    unknown = [child for child in children if low[child] != high[child]]
    if not unknown:
        return
    lows = sum([low[child] for child in children])
    highs = sum([high[child] for child in children])
    for child in unknown:
        before = low[child], high[child]
        low[child] = max(before[0], least - (highs - before[1]))
        high[child] = min(before[1], most - (lows - before[0]))
