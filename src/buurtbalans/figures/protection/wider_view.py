"""What a wider audience sees: what the narrower one sees, with more withheld and rounded, so that both tell no more."""

from collections.abc import Sequence
from typing import Final

from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.insider import all_safe
from buurtbalans.figures.protection.intervals import narrow
from buurtbalans.figures.protection.protect import Protected
from buurtbalans.figures.protection.reasons import before as meaning
from buurtbalans.figures.protection.reasons import reasons
from buurtbalans.figures.protection.releases import Facts, PublishedCell, later_facts
from buurtbalans.figures.protection.suppress import VALUES, Choice, choose
from buurtbalans.figures.protection.table import NOBODY, Table

_ANOTHER: Final = Absence.PROTECTS_ANOTHER


def wider_view(
    tree: Table, seen: Sequence[PublishedCell], minimums: tuple[int, int], gone: Sequence[bool] = ()
) -> Protected:
    """Return what a wider audience sees of a tree, not rounded yet.

    What the narrower audience does not see stays withheld with the reason it has there; shown values are the same
    values. So who sees both learns from the wider view only which of the counts that he knows are withheld in it.

    Parameters
    ----------
    tree
        The counts.
    seen
        What the narrower audience sees of every cell.
    minimums
        Counts of 1 … minimum − 1 are small: for the narrower audience, and for the wider.
    gone
        For every cell whether the wider audience did not see it earlier: it stays withheld.

    Examples
    --------
    >>> from buurtbalans.figures.protection.protect import protect
    >>> from buurtbalans.figures.protection.table import table
    >>> parents = {"WK01": "", **dict.fromkeys(["BU01", "BU02", "BU03", "BU04"], "WK01")}
    >>> made = table(parents, {"WK01": 155, "BU01": 3, "BU02": 40, "BU03": 100, "BU04": 12})
    >>> narrow = protect(made).cells
    >>> [cell.value for cell in wider_view(made, narrow, (10, 20)).cells] == [cell.value for cell in narrow]
    True
    """
    minimum = minimums[1]
    must = _withheld_before(seen, gone)
    later = any(gone) or _is_correction(tree, seen)
    choice = Choice(all_safe([tree], minimum, must), frozenset()) if later else choose(tree, minimum, must)
    withheld = [kept or old for kept, old in zip(choice.withheld, must, strict=True)]
    why = _earlier_reasons(seen) if later else _first(tree, seen, choice, minimums)
    cells = [PublishedCell(None, why[cell]) if kept else seen[cell] for cell, kept in enumerate(withheld)]
    if not _holds(tree, cells, _facts(tree, seen, cells, minimums, later=later), minimum):
        cells = _without_reasons(cells)
    return Protected(tree, cells, sorted(choice.tight))


def _withheld_before(seen: Sequence[PublishedCell], gone: Sequence[bool]) -> list[bool]:
    """Return for every cell whether the narrower audience does not see it, or the wider did not earlier."""
    earlier = gone or [False] * len(seen)
    return [cell.value is None or withheld for cell, withheld in zip(seen, earlier, strict=True)]


def _is_correction(tree: Table, seen: Sequence[PublishedCell]) -> bool:
    """Return whether a release keeps values of earlier ones or withholds a zero: only a corrected one does that."""
    return any(cell.as_of for cell in seen) or any(
        not count and cell.value is None for count, cell in zip(tree.counts, seen, strict=True)
    )


def _earlier_reasons(seen: Sequence[PublishedCell]) -> list[Absence]:
    return [cell.absence or _ANOTHER for cell in seen]


def _without_reasons(cells: Sequence[PublishedCell]) -> list[PublishedCell]:
    """Return the cells with reasons that tell nothing."""
    return [cell if cell.value is not None else PublishedCell(None, _ANOTHER) for cell in cells]


def _first(tree: Table, seen: Sequence[PublishedCell], choice: Choice, minimums: tuple[int, int]) -> list[Absence]:
    """Return the reasons of a first release: those of the narrower audience, and new ones in families without them."""
    quiet = {tree.parents[cell] for cell, shown in enumerate(seen) if shown.value is None}
    absences = reasons(tree, choice, minimums[1], quiet - {NOBODY})
    return [shown.absence or why or _ANOTHER for shown, why in zip(seen, absences, strict=True)]


def _facts(
    tree: Table,
    seen: Sequence[PublishedCell],
    cells: Sequence[PublishedCell],
    minimums: tuple[int, int],
    *,
    later: bool,
) -> Facts:
    """Return what the cells tell to somebody who even knows which reasons the narrower audience reads too."""
    if later:
        return later_facts(tree, cells, minimums[0], top_before=True)
    telling = {tree.parents[cell] for cell, shown in enumerate(cells) if shown.absence is Absence.TOO_FEW}
    old = {tree.parents[cell] for cell, shown in enumerate(seen) if shown.value is None}
    low, high = list(tree.counts), list(tree.counts)
    for cell, shown in enumerate(cells):
        if shown.value is None:
            parent = tree.parents[cell]
            low[cell], high[cell] = meaning(shown.absence, parent in telling, minimums[0 if parent in old else 1])
    return Facts(tree.counts, low, high)


def _holds(tree: Table, cells: Sequence[PublishedCell], facts: Facts, minimum: int) -> bool:
    """Return whether every small count keeps five possible values."""
    narrow(tree.order, tree.children, facts.low, facts.high)
    small = [cell for cell, count in enumerate(tree.counts) if 0 < count < minimum and cells[cell].value is None]
    return all(facts.high[cell] - facts.low[cell] + 1 >= VALUES for cell in small)
