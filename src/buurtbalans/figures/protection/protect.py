"""A table of counts made ready to publish: what is shown, what is withheld and why, and the audit of that."""

from collections.abc import Sequence
from dataclasses import dataclass

from buurtbalans.figures.findings import Finding, Severity, refuse
from buurtbalans.figures.protection.crossed import crossed
from buurtbalans.figures.protection.history import Earlier, corrected
from buurtbalans.figures.protection.intervals import narrow
from buurtbalans.figures.protection.reasons import reasons
from buurtbalans.figures.protection.releases import PublishedCell, first_facts
from buurtbalans.figures.protection.suppress import VALUES, choose
from buurtbalans.figures.protection.table import Table

LEAST = 6  # with a smaller minimum a small count cannot have five possible values


@dataclass(frozen=True, slots=True)
class Protected:
    """What to publish of every cell of a table.

    Attributes
    ----------
    tight : areas below which all that is not zero is withheld, and still leaves fewer than five values to somebody who
        knows that zeros are always shown; nothing that shows zeros can do better.
    """

    table: Table
    cells: Sequence[PublishedCell]
    tight: Sequence[int] = ()

    @property
    def findings(self) -> list[Finding]:
        """Return what stands out."""
        return [_tight(self.table, area) for area in self.tight]


def protect(table: Table, *, minimum: int = 10, earlier: Sequence[Earlier] = ()) -> Protected:
    """Return what can be published of a table of counts.

    Parameters
    ----------
    table
        The counts, with all totals up to the top.
    minimum
        Counts of 1 … minimum − 1 are small; at least 6.
    earlier
        Earlier releases of the same period, source and definition, the oldest first.

    Raises
    ------
    Refused
        When the minimum is below 6, or an earlier release is unsafe or has other areas.

    Notes
    -----
    Somebody who knows what is published, the minimum, what the reasons mean (see `reasons`), that counts are whole and
    not negative, what adds up to what, and which leaves changed from each release to the next, finds at least five
    possible values for every count of 1 … minimum − 1 and every change of 1 … minimum − 1, also from or to a release
    that showed nothing new. It is not promised to somebody who runs this very choice for
    every table that could be behind it, or who knows some of the withheld counts.

    Examples
    --------
    >>> from buurtbalans.figures.protection.table import table
    >>> parents = {"WK01": "", "BU01": "WK01", "BU02": "WK01", "BU03": "WK01"}
    >>> found = protect(table(parents, {"WK01": 143, "BU01": 3, "BU02": 40, "BU03": 100}))
    >>> [(cell.value, str(cell.absence or "")) for cell in found.cells]
    [(None, 'too_few'), (None, 'protects_another'), (100, ''), (143, '')]
    """
    check_minimum(minimum)
    if earlier:
        return Protected(table, corrected(table, earlier, minimum))
    if table.by:
        return Protected(table, crossed(table, minimum))
    choice = choose(table, minimum)
    why = reasons(table, choice, minimum)
    cells = [
        PublishedCell(None, reason) if reason else PublishedCell(count)
        for count, reason in zip(table.counts, why, strict=True)
    ]
    if unsafe := audit(table, cells, minimum, tight=choice.tight):
        raise AssertionError(f"{table.name(unsafe[0])} is not protected")
    return Protected(table, cells, sorted(choice.tight))


def check_minimum(minimum: int) -> None:
    """Refuse a minimum with which the promise cannot be kept."""
    if minimum < LEAST:
        what = f"Een minimum van {minimum} is te klein. Dan is een klein aantal altijd te raden."
        raise refuse(what, f"Kies een minimum van {LEAST} of meer.")


def audit(
    table: Table, cells: Sequence[PublishedCell], minimum: int, *, tight: frozenset[int] = frozenset()
) -> list[int]:
    """Return the small counts of a first release of a tree that have fewer than five possible values.

    Parameters
    ----------
    table, cells
        A table without categories, and what is published of it.
    minimum
        Counts of 1 … minimum − 1 are small.
    tight
        Areas below which a withheld count is taken to be possibly zero; see `Choice`.
    """
    facts = first_facts(table, cells, minimum)
    loose = first_facts(table, cells, minimum, tight=True)
    for area in tight:
        members = [area]
        for member in members:
            members.extend(child for child in table.children[member] if cells[child].value is None)
            facts.low[member] = loose.low[member]
    narrow(table.order, table.children, facts.low, facts.high)
    small = [cell for cell, count in enumerate(table.counts) if 0 < count < minimum]
    return [cell for cell in small if facts.high[cell] - facts.low[cell] + 1 < VALUES]


def _tight(table: Table, area: int) -> Finding:
    what = f"De kleine aantallen onder {table.name(area)} zijn samen zo klein dat er weinig te verbergen valt."
    todo = "Wie weet dat nullen altijd te zien zijn, vindt minder dan vijf mogelijke waarden. Deel dit niet breed."
    return Finding(Severity.WARN, what, todo)
