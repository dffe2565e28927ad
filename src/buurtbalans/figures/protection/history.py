"""A corrected release of a period: what stays withheld, which corrections can be shown, which values are kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.intervals import MOST
from buurtbalans.figures.protection.releases import Facts, PublishedCell, System, build_system, first_facts, later_facts
from buurtbalans.figures.protection.suppression_pattern import Component, SuppressionPattern
from buurtbalans.figures.protection.table import Table


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier release of the same period: the file it was published in, the real counts, and what was published."""

    name: str
    table: Table
    cells: Sequence[PublishedCell]


def corrected(table: Table, earlier: Sequence[Earlier], minimum: int) -> list[PublishedCell]:
    """Return what can be published of corrected counts, beside all that was published of this period.

    It starts from showing nothing new, which is safe, and then shows corrected values, the largest first, as long as
    every small count and every small change in any release keeps five possible values.

    Parameters
    ----------
    table
        The counts as they are now.
    earlier
        All earlier releases, the oldest first.
    minimum
        Counts and changes of 1 … minimum − 1 are small.

    Raises
    ------
    Refused
        When the earlier releases are not safe themselves; names the cells.
    """
    return _Correction(table, earlier, require_safe_releases(table, earlier, minimum), minimum).cells()


def require_safe_releases(table: Table, earlier: Sequence[Earlier], minimum: int) -> list[Facts]:
    """Return what the earlier releases tell, or refuse them when they tell too much together."""
    facts = _disclosed_facts(table, earlier, minimum)
    if _true(facts[0]) and not _underprotected(table, facts, minimum):
        return facts
    if not _corrects(earlier[0]):
        facts[0] = first_facts(earlier[0].table, earlier[0].cells, minimum, tight=True)
    if unsafe := _underprotected(table, facts, minimum):
        raise Refused(_finding(table, earlier, *each) for each in unsafe)
    return facts


def _disclosed_facts(table: Table, earlier: Sequence[Earlier], minimum: int) -> list[Facts]:
    """Return what each earlier release tells: the oldest as a first release, unless it corrects one itself."""
    facts: list[Facts] = []
    for place, release in enumerate(earlier):
        if place or _corrects(release):
            before = earlier[:place] or earlier[:1]
            top_before = any(other.cells[table.cell(table.top, 0)].value is None for other in before)
            facts.append(later_facts(release.table, release.cells, minimum, top_before=top_before))
        else:
            facts.append(first_facts(release.table, release.cells, minimum))
    return facts


def _corrects(each: Earlier) -> bool:
    """Return whether even the oldest release corrects one that is not here: it keeps values, or withholds zeros."""
    pairs = zip(each.cells, each.table.counts, strict=True)
    return any(cell.as_of or (cell.value is None and not count) for cell, count in pairs)


def _true(facts: Facts) -> bool:
    """Return whether the reasons mean what they say."""
    return all(low <= count <= high for count, low, high in zip(facts.counts, facts.low, facts.high, strict=True))


def _underprotected(table: Table, releases: Sequence[Facts], minimum: int) -> list[tuple[int, int, int | None]]:
    system = build_system(table, releases, minimum)
    return [system.audited[place] for place in system.pattern.underprotected()]


def _finding(table: Table, earlier: Sequence[Earlier], place: int, cell: int, other: int | None) -> Finding:
    if other is None:
        what = f"Uit deze uitgave is het kleine aantal van {table.name(cell)} af te leiden."
    else:
        what = f"Samen met “{earlier[other].name}” is de kleine verandering van {table.name(cell)} af te leiden."
    todo = "Trek deze uitgave in, of begin een nieuwe reeks zonder haar."
    return Finding(Severity.REFUSE, what, todo, file=earlier[place].name)


class _Correction:
    """The search for what a corrected release can show."""

    def __init__(self, table: Table, earlier: Sequence[Earlier], known: list[Facts], minimum: int) -> None:
        self.table, self.earlier, self.minimum = table, earlier, minimum
        size = len(table.counts)
        self.withheld = [any(each.cells[cell].value is None for each in earlier) for cell in range(size)]
        self.small = [0 < count < minimum for count in table.counts]
        nothing = Facts(table.counts, [0] * size, [MOST] * size)
        self._top(nothing)
        self.found: System = build_system(table, [*known, nothing], minimum)
        self.own = self.found.unknowns[-1]
        self.places = {unknown: cell for cell, unknown in enumerate(self.own)}
        self.exact: set[int] = set()
        self.few: set[int] = set()

    def _top(self, facts: Facts) -> None:
        top = self.table.cell(self.table.top, 0)
        if self.small[top] and not self.withheld[top]:
            facts.low[top], facts.high[top] = 1, self.minimum - 1

    def cells(self) -> list[PublishedCell]:
        """Return the cells of the new release."""
        pattern = self.found.pattern
        pattern.tighten()
        parts = pattern.components()
        for part in parts:
            self._widen(part)
        near = {unknown for part in parts for unknown in part.unknowns}
        self.exact |= {cell for cell, unknown in enumerate(self.own) if unknown not in near}
        return [self._cell(cell) for cell in range(len(self.own))]

    def _free(self, cell: int) -> bool:
        return not self.withheld[cell] and not self.small[cell]

    def _widen(self, part: Component) -> None:
        """Show as much as can be of one part of the table."""
        places = {unknown: place for place, unknown in enumerate(part.unknowns)}
        cells = [self.places[unknown] for unknown in part.unknowns if unknown in self.places]
        counts = self.table.counts
        publishable = self._publishable(cells)
        unmarked = [cell for cell in cells if self.small[cell] and not self._marked(cell)]
        if not publishable and not unmarked:
            return
        alone = part.isolated()

        def value(cell: int) -> tuple[int, int, int]:
            return places[self.own[cell]], counts[cell], counts[cell]

        def few(cell: int) -> tuple[int, int, int]:
            return places[self.own[cell]], 1, self.minimum - 1

        alone = _more(alone, publishable, value, self.exact)
        _more(alone, unmarked, few, self.few)

    def _publishable(self, cells: Sequence[int]) -> list[int]:
        """Return the cells whose count may be shown, the largest count first."""
        return sorted(filter(self._free, cells), key=lambda cell: (-self.table.counts[cell], cell))

    def _marked(self, cell: int) -> bool:
        """Return whether an earlier release gave the reason of a count that has not changed since."""
        same = [own[cell] == self.own[cell] for own in self.found.unknowns[:-1]]
        return any(kept and each.cells[cell].absence is not None for kept, each in zip(same, self.earlier, strict=True))

    def _cell(self, cell: int) -> PublishedCell:
        if not self._free(cell):
            return PublishedCell(None, self._reason(cell))
        unknown, pattern, last = self.own[cell], self.found.pattern, self.earlier[-1]
        kept, count = last.cells[cell], self.table.counts[cell]
        if cell in self.exact or pattern.low[unknown] == pattern.high[unknown]:
            return PublishedCell(count)
        return PublishedCell(kept.value, None, kept.as_of or last.name)

    def _reason(self, cell: int) -> Absence:
        for each, own in zip(reversed(self.earlier), reversed(self.found.unknowns[:-1]), strict=True):
            absence = each.cells[cell].absence
            if own[cell] == self.own[cell] and absence is not None:
                return absence
        return Absence.TOO_FEW if cell in self.few else Absence.PROTECTS_ANOTHER


def _more(
    pattern: SuppressionPattern, cells: list[int], tells: Callable[[int], tuple[int, int, int]], accepted: set[int]
) -> SuppressionPattern:
    """Tell of as many cells as is safe, all at once if possible, else by halves; return what is known then."""
    if not cells:
        return pattern
    after = SuppressionPattern(
        pattern.truth, list(pattern.low), list(pattern.high), pattern.sums, pattern.audited, pattern.pool
    )
    for unknown, low, high in map(tells, cells):
        after.low[unknown], after.high[unknown] = max(after.low[unknown], low), min(after.high[unknown], high)
    if after.is_safe():
        accepted.update(cells)
        return after
    if len(cells) == 1:
        return pattern
    half = len(cells) // 2
    return _more(_more(pattern, cells[:half], tells, accepted), cells[half:], tells, accepted)
