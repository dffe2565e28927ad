"""What a partner can work out who knows its own part of the counts, and what is withheld against that."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from buurtbalans.figures.protection.intervals import MOST, narrow
from buurtbalans.figures.protection.suppress import VALUES
from buurtbalans.figures.protection.table import NOBODY, Table


def others(tree: Table, own: Mapping[str, int]) -> Table:
    """Return the counts without what one partner counted itself: all that it does not know yet.

    Parameters
    ----------
    tree
        The counts of all partners together.
    own
        Leaf → how many of its count are the partner's own.

    Examples
    --------
    >>> from buurtbalans.figures.protection.table import table
    >>> parents = {"WK01": "", "BU01": "WK01", "BU02": "WK01"}
    >>> others(table(parents, {"WK01": 45, "BU01": 40, "BU02": 5}), {"BU01": 38}).counts
    [2, 5, 7]
    """
    left = [0] * len(tree.areas)
    for area in reversed(tree.order):
        if tree.children[area]:
            left[area] = sum(left[child] for child in tree.children[area])
        else:
            left[area] = tree.counts[area] - own.get(tree.areas[area], 0)
    return replace(tree, counts=left)


def insiders(tree: Table, suppliers: Mapping[str, Mapping[str, int]]) -> list[Table]:
    """Return for every supplier the counts that it does not know; of one supplier alone there is nothing to find."""
    return [others(tree, own) for _, own in sorted(suppliers.items())] if len(suppliers) > 1 else []


def all_safe(tables: Sequence[Table], minimum: int, must: Sequence[bool]) -> list[bool]:
    """Return what to withhold of tables on the same tree so that it protects the small counts of each of them.

    Small counts are withheld; then, as long as one has fewer than five possible values, the smallest count near it.

    Parameters
    ----------
    tables
        What to protect: the counts, those that an insider does not know, or a part and its remainder.
    minimum
        Counts of 1 … minimum − 1 are small, in every table.
    must
        For every area whether it is withheld anyway.
    """
    withheld = list(must)
    for table in tables:
        for cell, count in enumerate(table.counts):
            withheld[cell] = withheld[cell] or 0 < count < minimum
    while any([_helped(table, withheld, minimum) for table in tables]):
        pass  # what helps one may expose another
    return withheld


def _helped(tree: Table, withheld: list[bool], minimum: int) -> bool:
    """Withhold more near every small count that can be found; return whether there was anything to do."""
    disclosed = [cell for cell in exposed(tree, withheld, minimum) if not all(withheld)]
    for cell in disclosed[:1]:
        _hide_around(tree, withheld, cell)
    return bool(disclosed)


def exposed(tree: Table, withheld: Sequence[bool], minimum: int) -> list[int]:
    """Return the small counts of a tree with fewer than five possible values, when reasons tell nothing."""
    low = [min(count, 1) if kept else count for count, kept in zip(tree.counts, withheld, strict=True)]
    high = [MOST if kept and count else count for count, kept in zip(tree.counts, withheld, strict=True)]
    narrow(tree.order, tree.children, low, high)
    small = [cell for cell, count in enumerate(tree.counts) if 0 < count < minimum]
    return [cell for cell in small if high[cell] - low[cell] + 1 < VALUES]


def _near(tree: Table, withheld: Sequence[bool], cell: int) -> list[int]:
    """Return what is shown among an area, its parent and the others below that parent."""
    above = tree.parents[cell]
    near = [cell] if above == NOBODY else [*tree.children[above], above]
    return [each for each in near if not withheld[each]]


def _hide_around(tree: Table, withheld: list[bool], cell: int) -> None:
    """Withhold the smallest count near one that can be found, else everything: nothing more can be done."""
    near = _near(tree, withheld, cell)
    while not near and tree.parents[cell] != NOBODY:
        cell = tree.parents[cell]
        near = _near(tree, withheld, cell)
    if near:
        withheld[min(near, key=lambda each: (tree.counts[each] == 0, tree.counts[each], each))] = True
    else:
        withheld[:] = [True] * len(withheld)
