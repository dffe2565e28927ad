"""A table of counts to protect: areas in a tree, crossed with categories or not, and what adds up to what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final, NamedTuple

NOBODY: Final = -1  # the parent of the top


class Sum(NamedTuple):
    """A total and its parts, as cells: the total is the sum of the parts, in every release."""

    total: int
    parts: list[int]


@dataclass(frozen=True, eq=False)
class Table:
    """Counts of a tree of areas, crossed with categories.

    A cell is a number: `block * len(areas) + area`. A block is one choice of a category for every `by` column, where
    the empty category is the total over that column; without `by` columns there is one block.

    Attributes
    ----------
    areas : codes, sorted, so that the order of the rows changes nothing.
    parents : for every area the place of its parent in `areas`, `NOBODY` for the top.
    by : names of the columns with categories.
    categories : for every `by` column its categories, sorted, the empty one (the total) first.
    counts : for every cell a whole number; a combination that has no row counts as 0.
    rows : the cell of every row of the file, in the order of the file.
    """

    areas: Sequence[str]
    parents: Sequence[int]
    by: Sequence[str]
    categories: Sequence[Sequence[str]]
    counts: Sequence[int]
    rows: Sequence[int]

    @cached_property
    def children(self) -> list[list[int]]:
        """Return for every area its children."""
        children: list[list[int]] = [[] for _ in self.areas]
        for area, parent in enumerate(self.parents):
            if parent != NOBODY:
                children[parent].append(area)
        return children

    @cached_property
    def order(self) -> list[int]:
        """Return the areas, parents before their children."""
        ordered = [self.top]
        for area in ordered:
            ordered.extend(self.children[area])
        return ordered

    @cached_property
    def top(self) -> int:
        """Return the area that has no parent."""
        return self.parents.index(NOBODY)

    @cached_property
    def blocks(self) -> list[tuple[int, ...]]:
        """Return for every block its category per `by` column, as places in `categories`."""
        return list(product(*(range(len(names)) for names in self.categories)))

    def cell(self, area: int, block: int) -> int:
        """Return the cell of an area in a block."""
        return block * len(self.areas) + area

    def group(self, cell: int) -> int:
        """Return the family of a cell: all cells with the same parent in the same block share this number."""
        block, area = divmod(cell, len(self.areas))
        parent = self.parents[area]
        return NOBODY if parent == NOBODY else self.cell(parent, block)

    def name(self, cell: int) -> str:
        """Return a cell as people know it: the code, and its categories where it has them."""
        block, area = divmod(cell, len(self.areas))
        words = [names[place] for names, place in zip(self.categories, self.blocks[block], strict=True)]
        return " · ".join([self.areas[area], *(word for word in words if word)])

    @cached_property
    def built(self) -> list[tuple[int, list[int]]]:
        """Return every cell with cells that make it up, leaves first; a leaf has none."""
        sums: list[tuple[int, list[int]]] = []
        totals = sorted(
            range(len(self.blocks)), key=lambda block: (sum(not place for place in self.blocks[block]), block)
        )
        for block in totals:
            over = next((column for column, place in enumerate(self.blocks[block]) if not place), None)
            beside = [] if over is None else self._beside(block, over)
            for area in reversed(self.order):
                parts = [self.cell(child, block) for child in self.children[area]]
                sums.append((self.cell(area, block), parts or [self.cell(area, other) for other in beside]))
        return sums

    def _beside(self, block: int, column: int) -> list[int]:
        """Return the blocks that differ from a total over a column only in their category."""
        chosen = self.blocks[block]
        parts = range(1, len(self.categories[column]))
        return [self._places[(*chosen[:column], part, *chosen[column + 1 :])] for part in parts]

    @cached_property
    def _places(self) -> dict[tuple[int, ...], int]:
        return {chosen: block for block, chosen in enumerate(self.blocks)}

    def sums(self) -> Iterator[Sum]:
        """Yield all that adds up: an area to its children in every block, a total over categories to its parts."""
        yield from self._area_sums()
        yield from self._category_sums()

    def _area_sums(self) -> Iterator[Sum]:
        for block in range(len(self.blocks)):
            for area, children in enumerate(self.children):
                if children:
                    yield Sum(self.cell(area, block), [self.cell(child, block) for child in children])

    def _category_sums(self) -> Iterator[Sum]:
        for block, chosen in enumerate(self.blocks):
            for column, place in enumerate(chosen):
                if place == 0 and (beside := self._beside(block, column)):
                    for area in range(len(self.areas)):
                        yield Sum(self.cell(area, block), [self.cell(area, other) for other in beside])


def table(parents: dict[str, str], counts: dict[str, int]) -> Table:
    """Return the table of a tree without categories.

    Parameters
    ----------
    parents
        Area → its parent, "" for the top.
    counts
        Area → how many.

    Examples
    --------
    >>> found = table({"WK01": "", "BU01": "WK01", "BU02": "WK01"}, {"WK01": 15, "BU01": 3, "BU02": 12})
    >>> [(found.name(each.total), [found.name(part) for part in each.parts]) for each in found.sums()]
    [('WK01', ['BU01', 'BU02'])]
    """
    areas = sorted(parents)
    places = {area: place for place, area in enumerate(areas)}
    above = [places.get(parents[area], NOBODY) for area in areas]
    return Table(areas, above, (), (), [counts[area] for area in areas], [places[area] for area in parents])
