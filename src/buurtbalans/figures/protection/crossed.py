"""Which counts to withhold where a tree is crossed with categories: few, small, and checked by a pattern each time."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.minimal_suppression import minimal_suppression
from buurtbalans.figures.protection.proof import Numbers
from buurtbalans.figures.protection.releases import PublishedCell, System, build_system, first_facts
from buurtbalans.figures.protection.suppress import VALUES
from buurtbalans.figures.protection.table import Sum, Table

_HOLE: Final = 64  # a sum with one hole more costs more than any size of a count (in binary digits)
_GIVE_BACK: Final = 400  # in larger tables giving cells back takes too long
_MAX_MINIMAL_CELLS: Final = 600  # in larger tables the fewest cells are not looked for all at once
_ROUNDS: Final = 12


def crossed(table: Table, minimum: int) -> list[PublishedCell]:
    """Return what can be published of a first release of a crossed table.

    Small counts are withheld, with the fewest others that keep every sum from giving one away; then the pattern names
    small counts with fewer than five possible values, and one more is withheld near each, again the fewest together. In
    large tables, and where that does not end, they are added one by one. At the end, what turns out
    not to be needed is shown after all, and reasons tell small from not small where that is safe.

    Parameters
    ----------
    table
        The counts; works for a table without categories too, but `choose` finds the least there.
    minimum
        Counts of 1 … minimum − 1 are small.
    """
    return _Crossing(table, minimum).cells()


class _Crossing:
    """The search: `withheld` grows until all is safe, then shrinks where it can."""

    def __init__(self, table: Table, minimum: int) -> None:
        self.table, self.minimum = table, minimum
        self.counts = table.counts
        self.small = [0 < count < minimum for count in table.counts]
        self.withheld = list(self.small)
        self.sums = list(table.sums())
        self.of: list[list[int]] = [[] for _ in self.counts]
        for place, each in enumerate(self.sums):
            for cell in (each.total, *each.parts):
                self.of[cell].append(place)
        self.top = table.cell(table.top, 0)
        self.tight = False
        self.pool: list[Numbers] = []

    def cells(self) -> list[PublishedCell]:
        """Return the cells to publish."""
        if len(self.counts) <= _MAX_MINIMAL_CELLS:
            self._suppress_minimally()
        self._fill(range(len(self.sums)))
        while underprotected := self._underprotected(self._plain()):
            added = [cell for small in underprotected if (cell := self._beside(small)) is not None]
            if not added and self.tight:
                raise AssertionError(f"{self.table.name(underprotected[0])} cannot be protected")
            self.tight = self.tight or not added
            for cell in dict.fromkeys(added):
                self.withheld[cell] = True
            self._fill(range(len(self.sums)))
        self._give_back()
        return self._cells_with_reasons()

    def _suppress_minimally(self) -> None:
        """Withhold the fewest cells together, with one more near each small count that can still be found."""
        near: list[list[int]] = []
        for _ in range(_ROUNDS):
            suppression = minimal_suppression(self.sums, self.counts, self.small, self.top, near)
            if suppression is None:
                return
            self.withheld = suppression
            more = [group for cell in self._underprotected(self._plain()) if (group := self._shown_near(cell))]
            if not more:
                return
            near += more

    def _shown_near(self, cell: int) -> list[int]:
        """Return the counts that could be withheld too in the sums of a cell, or else in those of its neighbours."""
        own = self._shown_in(self.of[cell])
        if own:
            return own
        around = {other for place in self.of[cell] for other in self._cells(place) if self.withheld[other]}
        return self._shown_in({place for other in around for place in self.of[other]})

    def _shown_in(self, places: Iterable[int]) -> list[int]:
        near = {cell for place in places for cell in self._cells(place)}
        return sorted(cell for cell in near if not self.withheld[cell] and self.counts[cell] and cell != self.top)

    def _cells(self, place: int) -> tuple[int, ...]:
        return (self.sums[place].total, *self.sums[place].parts)

    def _plain(self) -> list[PublishedCell]:
        """Return the cells with reasons that tell nothing."""
        pairs = zip(self.counts, self.withheld, strict=True)
        return [
            PublishedCell(None, Absence.PROTECTS_ANOTHER) if kept else PublishedCell(count) for count, kept in pairs
        ]

    def _system(self, cells: Sequence[PublishedCell]) -> System:
        system = build_system(
            self.table, [first_facts(self.table, cells, self.minimum, tight=self.tight)], self.minimum
        )
        system.pattern.pool = self.pool
        return system

    def _underprotected(self, cells: Sequence[PublishedCell]) -> list[int]:
        system = self._system(cells)
        return [system.audited[place][1] for place in system.pattern.underprotected()]

    def _safe(self, cells: Sequence[PublishedCell]) -> bool:
        return self._system(cells).pattern.is_safe()

    def _fill(self, places: Iterable[int]) -> None:
        """Withhold more until no sum gives away a count by itself."""
        waiting = dict.fromkeys(places)
        while waiting:
            place = next(iter(waiting))
            del waiting[place]
            if not self._holds(self.sums[place]):
                cell = self._cheapest([place])
                if cell is not None:
                    self.withheld[cell] = True
                    waiting.update(dict.fromkeys(self.of[cell]))

    def _holds(self, each: Sum) -> bool:
        """Return whether a sum leaves its withheld counts free: two at least, and room between them."""
        kept = [cell for cell in each.parts if self.withheld[cell]]
        if self.withheld[each.total]:
            return bool(kept)
        return not kept or (len(kept) > 1 and sum(self.counts[cell] for cell in kept) - len(kept) >= VALUES - 1)

    def _cheapest(self, places: Iterable[int]) -> int | None:
        """Return the shown count in these sums that is of least use and makes fewest new holes."""
        return min(self._shown_in(places), key=lambda cell: (self._cost(cell), cell), default=None)

    def _cost(self, cell: int) -> int:
        holes = sum(1 for place in self.of[cell] if not self._filled(self.sums[place]))
        return _HOLE * holes + self.counts[cell].bit_length()

    def _filled(self, each: Sum) -> bool:
        return self.withheld[each.total] or any(self.withheld[cell] for cell in each.parts)

    def _beside(self, cell: int) -> int | None:
        """Return a count to withhold for one that can be found: in its own sums, else in those of its neighbours."""
        own = self.of[cell]
        near = {
            place for each in own for other in self._cells(each) if self.withheld[other] for place in self.of[other]
        }
        cheapest = self._cheapest(own)
        return cheapest if cheapest is not None else self._cheapest(sorted(near) or range(len(self.sums)))

    def _give_back(self) -> None:
        """Show the largest counts again that are withheld without need."""
        if len(self.counts) > _GIVE_BACK:
            return
        extra = [cell for cell, kept in enumerate(self.withheld) if kept and not self.small[cell]]
        for cell in sorted(extra, key=lambda each: (-self.counts[each], each)):
            self.withheld[cell] = False
            if not all(self._holds(self.sums[place]) for place in self.of[cell]) or not self._safe(self._plain()):
                self.withheld[cell] = True

    def _cells_with_reasons(self) -> list[PublishedCell]:
        """Return the cells with reasons that tell small from not small in every family where that is safe."""
        telling = set() if self.tight else {self.table.group(cell) for cell, few in enumerate(self.small) if few}
        while underprotected := self._underprotected(self._marked(telling)):
            telling -= {self.table.group(cell) for cell in underprotected} & telling or set(telling)
        return self._marked(telling)

    def _marked(self, telling: Collection[int]) -> list[PublishedCell]:
        """Return the cells, with small counts marked as too few in these families and at the top."""
        cells = self._plain()
        for cell, few in enumerate(self.small):
            if few and (self.table.group(cell) in telling or cell == self.top):
                cells[cell] = PublishedCell(None, Absence.TOO_FEW)
        return cells
