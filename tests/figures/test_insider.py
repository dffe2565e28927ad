"""Who knows a part of the counts, finds nobody else: partners, and who subtracts one figure from another."""

import os
import random

import pytest

from buurtbalans.figures.protection.insider import all_safe, exposed, insiders, others
from buurtbalans.figures.protection.population_rule import suppressed_by_population
from buurtbalans.figures.protection.table import table
from tests.figures.attacker import Attacker, Cell
from tests.figures.hierarchies import Counts, Parents, filled, hierarchy, leaves_of

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
TREES = 2_000 if WHOLE else 60
MINIMUM = 10


def seen_by_insider(parents: Parents, counts: Counts, own: Counts, withheld: dict[str, bool]) -> Attacker:
    """Return an attacker who takes off its own counts from all that is published, and attacks what is left."""
    mine = filled(parents, {leaf: own.get(leaf, 0) for leaf in leaves_of(parents)})
    cells = {
        area: Cell(None, "protects_another") if withheld[area] else Cell(counts[area] - mine[area]) for area in parents
    }
    return Attacker(parents, [cells], [], MINIMUM, "contract")


def dealt(chance: random.Random, parents: Parents, counts: Counts, *, leaves: bool) -> dict[str, Counts]:
    """Deal the counts over three suppliers: whole leaves, or a part of each."""
    found: dict[str, Counts] = {"A": {}, "B": {}, "C": {}}
    for leaf in leaves_of(parents):
        left = counts[leaf]
        for name in chance.sample("ABC", 1 if leaves else 2):
            part = left if leaves else chance.randint(0, left)
            found[name][leaf] = part
            left -= part
        found["A"][leaf] = found["A"].get(leaf, 0) + left
    return found


@pytest.mark.slow
@pytest.mark.parametrize("leaves", [True, False])
def test_a_partner_who_knows_its_own_counts_finds_no_small_one_of_others(leaves: bool) -> None:
    withheld_cells = small_cells = helpless = 0
    for seed in range(TREES):
        parents, counts = hierarchy(seed)
        suppliers = dealt(random.Random(seed), parents, counts, leaves=leaves)
        made = table(parents, counts)
        tables = [made, *insiders(made, suppliers)]
        found = all_safe(tables, MINIMUM, [False] * len(made.areas))
        withheld = dict(zip(made.areas, found, strict=True))
        for own in suppliers.values():
            left = others(made, own)
            truth = dict(zip(left.areas, left.counts, strict=True))
            hits = seen_by_insider(parents, counts, own, withheld).found([truth])
            if hits:  # only where all is withheld already, and the total is known to the partner itself
                assert all(found)
                helpless += 1
        withheld_cells += sum(found)
        small_cells += sum(any(0 < each.counts[cell] < MINIMUM for each in tables) for cell in range(len(found)))
    assert withheld_cells <= 1.6 * small_cells
    assert helpless == 0


def test_without_the_insider_a_careless_gate_tells() -> None:
    parents = {"0": "", "A": "0", "B": "0", "C": "0"}
    counts = filled(parents, {"A": 4, "B": 41, "C": 90})
    made = table(parents, counts)
    careless = all_safe([made], MINIMUM, [False] * 4)
    assert [area for area, kept in zip(made.areas, careless, strict=True) if kept] == ["A", "B"]
    assert exposed(others(made, {"B": 41}), careless, MINIMUM) == [1]
    careful = all_safe([made, *insiders(made, {"x": {"B": 41}, "y": {"A": 4, "C": 90}})], MINIMUM, [False] * 4)
    assert [area for area, kept in zip(made.areas, careful, strict=True) if kept] == ["A", "B", "C"]


@pytest.mark.slow
def test_no_difference_of_shown_means_rests_on_too_few() -> None:
    for seed in range(TREES):
        parents, counts = _coded(seed)
        withheld = suppressed_by_population(counts, 20)
        assert all(area in withheld for area, count in counts.items() if count < 20)
        for lead in counts:
            if lead in withheld:
                continue
            ends = _missing(lead, parents, withheld)
            together = sum(counts[end] for end in ends)
            assert not together or (together >= 20 and len(ends) > 1), (seed, lead)


def _coded(seed: int) -> tuple[Parents, Counts]:
    """Return a town with codes of areas."""
    chance = random.Random(seed)
    parents = {"GM9999": ""}
    for wijk in range(chance.randint(1, 4)):
        parents[f"WK9999{wijk:02d}"] = "GM9999"
        for buurt in range(chance.randint(1, 6)):
            parents[f"BU9999{wijk:02d}{buurt:02d}"] = f"WK9999{wijk:02d}"
    leaves = {area: int(chance.expovariate(1 / 50)) for area in leaves_of(parents)}
    return parents, filled(parents, leaves)


def _missing(lead: str, parents: Parents, withheld: set[str]) -> list[str]:
    found = []
    for child in [area for area, above in parents.items() if above == lead and area in withheld]:
        below = _missing(child, parents, withheld)
        found += below if child in parents.values() else [child]
    return found
