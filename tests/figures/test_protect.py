"""`protect` keeps its promise to an attacker written apart from it, with few cells, whatever the order of the rows."""

import os
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.protection.protect import Protected, audit, protect
from buurtbalans.figures.protection.releases import PublishedCell
from tests.figures.attacker import Attacker, Cell
from tests.figures.hierarchies import HARD, Counts, Parents, as_table, filled, hard, hierarchy

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
TREES = 10_000 if WHOLE else 300
BATCHES = 20


def public(found: Protected) -> dict[str, Cell]:
    """Return what an outsider sees of a tree."""
    cells = zip(found.table.areas, found.cells, strict=True)
    return {area: Cell(cell.value, str(cell.absence or ""), bool(cell.as_of)) for area, cell in cells}


def attacked(parents: Parents, counts: Counts, minimum: int = 10) -> Protected:
    """Protect a tree, check all that the contract says of single cells, and attack it."""
    found = protect(as_table(parents, counts), minimum=minimum)
    seen = public(found)
    for area, cell in seen.items():
        small = 0 < counts[area] < minimum
        assert cell.number in ({None} if small else {None, counts[area]})
        assert cell.number == 0 if counts[area] == 0 else True
        assert small or cell.reason != "too_few"
    top = next(area for area, parent in parents.items() if not parent)
    assert (seen[top].number is None) == (0 < counts[top] < minimum)
    assert Attacker(parents, [seen], [], minimum, "contract").found([counts]) == []
    insider = Attacker(parents, [seen], [], minimum, "rule")
    known = {hit.split()[0] for hit in insider.found([counts])}
    tight = {found.table.areas[area] for area in found.tight}
    assert known <= {area for area in parents if any(within(area, lead, parents) for lead in tight)}
    for lead in tight:
        assert all(
            counts[leaf] < minimum and (seen[leaf].number is None) == (counts[leaf] > 0) for leaf in insider.below(lead)
        )
    return found


def within(area: str, lead: str, parents: Parents) -> bool:
    """Return whether an area is, or lies in, another."""
    return bool(area) and (area == lead or within(parents[area], lead, parents))


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_nobody_finds_a_small_count(batch: int) -> None:
    for seed in range(batch, TREES, BATCHES):
        attacked(*hierarchy(seed), minimum=6 + seed % 3 * 2)


@pytest.mark.slow
def test_few_cells_are_withheld() -> None:
    small = withheld = told = 0
    for seed in range(TREES):
        parents, counts = hierarchy(seed)
        found = protect(as_table(parents, counts))
        small += sum(0 < count < 10 for count in counts.values())
        withheld += sum(cell.value is None for cell in found.cells)
        told += sum(str(cell.absence) == "too_few" for cell in found.cells)
    assert withheld <= 1.45 * small
    assert told >= 0.6 * small


@pytest.mark.parametrize("above", [0, 1, 2])
@pytest.mark.parametrize("number", range(len(HARD)))
def test_hard_shapes(number: int, above: int) -> None:
    attacked(*hard(number, above))


@pytest.mark.parametrize(
    ("leaves", "reasons"),
    [
        ({"A": 3, "B": 31, "C": 40}, ["", "too_few", "protects_another", ""]),
        ({"A": 3, "B": 12, "C": 40}, ["", "protects_another", "protects_another", ""]),
        ({"A": 9, "B": 9}, ["", "protects_another", "protects_another"]),
        ({"A": 4, "B": 5, "C": 0}, ["too_few", "too_few", "too_few", ""]),
        (dict.fromkeys("ABCDEF", 1), ["too_few", *["protects_another"] * 6]),
        ({"A": 0, "B": 0}, ["", "", ""]),
    ],
)
def test_the_reason_tells_only_where_it_may(leaves: Counts, reasons: list[str]) -> None:
    parents = {"0": "", **dict.fromkeys(leaves, "0")}
    found = attacked(parents, filled(parents, leaves))
    assert [str(cell.absence or "") for cell in found.cells] == reasons


@pytest.mark.slow
def test_who_runs_the_gate_on_every_pair_of_counts_finds_no_small_one() -> None:
    parents, most = {"0": "", "A": "0", "B": "0"}, 36
    behind: dict[tuple[PublishedCell, ...], set[tuple[int, int]]] = {}
    for first in range(most):
        for second in range(most):
            found = protect(as_table(parents, filled(parents, {"A": first, "B": second})))
            behind.setdefault(tuple(found.cells), set()).add((first, second))
    for pairs in behind.values():
        for place in (0, 1):
            small = any(0 < pair[place] < 10 and max(pair) < most - 5 for pair in pairs)
            assert not small or len({pair[place] for pair in pairs}) >= 5


def test_a_sum_too_tight_to_hide_in_is_said() -> None:
    parents = {"0": "", **dict.fromkeys("ABCDEFGHIJ", "0")}
    found = attacked(parents, filled(parents, dict.fromkeys("ABCDEFGHIJ", 1)))
    assert [found.table.areas[area] for area in found.tight] == ["0"]
    assert "weinig te verbergen" in found.findings[0].what


def test_a_minimum_below_six_is_refused() -> None:
    with pytest.raises(Refused, match="te klein"):
        protect(as_table({"A": ""}, {"A": 3}), minimum=5)


@given(st.integers(0, 10**6), st.randoms())
def test_the_order_of_rows_changes_nothing(seed: int, chance: random.Random) -> None:
    parents, counts = hierarchy(seed)
    areas = sorted(parents)
    chance.shuffle(areas)
    other = protect(as_table({area: parents[area] for area in areas}, counts))
    assert other.cells == protect(as_table(parents, counts)).cells


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4))
def test_ranges_are_what_trying_every_table_gives(leaves: list[int]) -> None:
    names = dict(zip("BCDE", leaves, strict=False))
    parents = {"0": "", "A": "0", "Z": "0", **{name: "A" if name < "D" else "0" for name in names}}
    counts = filled(parents, names | {"Z": 6})
    seen = public(protect(as_table(parents, counts), minimum=6))
    attacker = Attacker(parents, [seen], [], 6, "contract")
    assume(sum(seen[leaf].number is None for leaf in attacker.leaves) <= 3 and seen["0"].number is not None)
    tables = attacker.tables(counts["0"])
    for area in (area for area, count in counts.items() if 0 < count < 6):
        row = attacker.row(area, 0)
        assert len(set(tables @ row)) == attacker.values(row) >= 5


@pytest.mark.slow
def test_the_attacker_finds_what_a_careless_gate_leaves() -> None:
    hits = 0
    for seed in range(20):
        parents, counts = hierarchy(seed)
        seen = {area: Cell(None, "too_few") if 0 < count < 10 else Cell(count) for area, count in counts.items()}
        hits += len(Attacker(parents, [seen], [], 10, "contract").found([counts]))
    assert hits > 10


def test_the_audit_finds_what_is_open() -> None:
    parents = {"0": "", "A": "0", "B": "0"}
    found = as_table(parents, filled(parents, {"A": 3, "B": 40}))
    alone = [PublishedCell(43), protect(found).cells[1], PublishedCell(40)]
    assert [found.areas[cell] for cell in audit(found, alone, 10)] == ["A"]
