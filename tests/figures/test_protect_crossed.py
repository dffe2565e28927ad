"""A tree crossed with categories keeps the promise, to somebody who adds up over areas and over categories."""

import os
import random

import numpy as np
import pytest
from scipy.optimize import linprog

from buurtbalans.figures.protection.history import Earlier
from buurtbalans.figures.protection.minimal_suppression import minimal_suppression
from buurtbalans.figures.protection.protect import Protected, protect
from buurtbalans.figures.protection.table import Sum, Table
from tests.figures.hierarchies import DRAWS, tree

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
TABLES = 200 if WHOLE else 16
CATEGORIES = (("", "jong", "oud"), ("", "huur", "koop", "anders"))


def crossed(seed: int, columns: int) -> Table:
    """Return a random small tree crossed with one or two columns."""
    chance = random.Random(seed)
    parents = tree(chance, chance.randint(1, 2), 3)
    areas = sorted(parents)
    above = [areas.index(parents[area]) if parents[area] else -1 for area in areas]
    shape = Table(areas, above, ("soort", "woning")[:columns], CATEGORIES[:columns], (), ())
    draw = chance.choice(DRAWS[:3])
    return with_leaves(shape, lambda _: draw(chance))


def with_leaves(shape: Table, leaf) -> Table:
    """Return a table with counts: `leaf` gives those of the leaves, the rest is added up."""
    counts = [0] * (len(shape.areas) * len(shape.blocks))
    for cell, parts in shape.built:
        counts[cell] = sum(counts[part] for part in parts) if parts else leaf(cell)
    return Table(shape.areas, shape.parents, shape.by, shape.categories, counts, range(len(counts)))


class Outsider:
    """Knows the leaves only as unknowns; a published cell is a sum of leaves, however it is crossed."""

    def __init__(self, releases: list[tuple[Table, Protected]]) -> None:
        shape = releases[0][0]
        self.size = len(shape.areas)
        self.leaves = [cell for cell, parts in shape.built if not parts]
        self.columns: dict[tuple[int, int], int] = {}
        for table, _ in releases:
            for leaf in self.leaves:
                self.columns.setdefault((leaf, table.counts[leaf]), len(self.columns))
        rows, self.least, self.most = [], [], []
        for table, found in releases:
            for cell, seen in enumerate(found.cells):
                if seen.value is not None and not seen.as_of:
                    ends = seen.value, seen.value
                elif str(seen.absence) == "too_few":
                    ends = 1, 9
                else:
                    continue
                rows.append(self.row(table, cell))
                self.least.append(ends[0])
                self.most.append(ends[1])
        self.rows = np.array(rows)

    def row(self, table: Table, cell: int) -> "np.ndarray":
        """Return a cell as a sum of leaves: those in its area and in its categories."""
        found = np.zeros(len(self.columns))
        block, area = divmod(cell, self.size)
        for leaf in self.leaves:
            own, step = divmod(leaf, self.size)
            while step not in (area, -1):
                step = table.parents[step]
            fits = all(mine in (0, its) for mine, its in zip(table.blocks[block], table.blocks[own], strict=True))
            if step == area and fits:
                found[self.columns[leaf, table.counts[leaf]]] = 1
        return found

    def values(self, goal: "np.ndarray") -> int:
        """Return how many whole numbers lie between the ends of a sum of leaves."""
        rows, limits = np.vstack([self.rows, -self.rows]), np.concatenate([self.most, np.negative(self.least)])
        ends = [sign * linprog(sign * goal, A_ub=rows, b_ub=limits, bounds=(0, 10**6)).fun for sign in (1, -1)]
        return int(np.floor(ends[1] + 1e-6) - np.ceil(ends[0] - 1e-6)) + 1


def attack(releases: list[tuple[Table, Protected]]) -> None:
    """Fail when a small count or a small change can be found."""
    outsider = Outsider(releases)
    for place, (table, found) in enumerate(releases):
        for cell, count in enumerate(table.counts):
            if 0 < count < 10:
                assert found.cells[cell].value is None
                assert outsider.values(outsider.row(table, cell)) >= 5
            for before, _ in releases[:place]:
                difference = outsider.row(table, cell) - outsider.row(before, cell)
                if 0 < abs(count - before.counts[cell]) < 10:
                    assert outsider.values(difference) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("seed", range(TABLES))
def test_nobody_finds_a_small_count(seed: int, columns: int) -> None:
    table = crossed(seed, columns)
    found = protect(table)
    attack([(table, found)])
    for cell, (seen, count) in enumerate(zip(found.cells, table.counts, strict=True)):
        assert seen.value in {None, count}
        assert seen.value == 0 or count, table.name(cell)
    assert (found.cells[table.top].value is None) == (0 < table.counts[table.top] < 10)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_a_correction_keeps_the_promise(seed: int) -> None:
    table = crossed(seed, 1)
    chance = random.Random(seed)
    again = with_leaves(table, lambda cell: max(0, table.counts[cell] + chance.choice([0, 0, 0, 4, -6, 30])))
    first = protect(table)
    second = protect(again, earlier=[Earlier("1.csv", table, first.cells)])
    attack([(table, first), (again, second)])


@pytest.mark.slow
@pytest.mark.parametrize("columns", [1, 2])
def test_hardly_more_is_withheld_than_single_sums_need(columns: int) -> None:
    least = withheld = 0
    for seed in range(12):
        table = crossed(seed, columns)
        small = [0 < count < 10 for count in table.counts]
        chosen = minimal_suppression(list(table.sums()), table.counts, small, table.cell(table.top, 0), [])
        assert chosen is not None
        least += sum(chosen)
        withheld += sum(cell.value is None for cell in protect(table).cells)
    assert least <= withheld <= 1.05 * least


def test_what_cannot_be_chosen_is_said() -> None:
    """A small count alone below a total that stays shown: nothing can stand beside it."""
    assert minimal_suppression([Sum(0, (1,))], [3, 3], [False, True], 0, []) is None
