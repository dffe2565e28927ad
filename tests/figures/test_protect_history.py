"""Several releases of one period keep the promise together, and show what can be shown."""

import os
import random

import pytest

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.history import Earlier
from buurtbalans.figures.protection.protect import protect
from buurtbalans.figures.protection.releases import Published
from tests.figures.attacker import Attacker
from tests.figures.hierarchies import HARD, Counts, Parents, as_table, correction, filled, hard, hierarchy, leaves_of
from tests.figures.test_protect import public

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
TREES = 1_000 if WHOLE else 40
BATCHES = 10


def series(parents: Parents, versions: list[Counts]) -> list[Earlier]:
    """Publish every version after those before it."""
    found: list[Earlier] = []
    for number, counts in enumerate(versions):
        table = as_table(parents, counts)
        found.append(Earlier(f"{number}.csv", table, protect(table, earlier=list(found)).cells))
    return found


def attacked(parents: Parents, versions: list[Counts]) -> list[Earlier]:
    """Publish versions, check what the contract says of single cells, and attack all of them together."""
    releases = series(parents, versions)
    for number, (release, counts) in enumerate(zip(releases, versions, strict=True)):
        for place, cell in enumerate(release.cells):
            count = counts[release.table.areas[place]]
            before = [other.cells[place] for other in releases[:number]]
            if any(other.value is None for other in before) or 0 < count < 10:
                assert cell.value is None
            if cell.as_of:
                assert cell.value == next(x for x in releases if x.name == cell.as_of).cells[place].value
            else:
                assert cell.value in {None, count}
            assert cell.absence is not Absence.TOO_FEW or 0 < count < 10
    seen = [public(protect_of(release)) for release in releases]
    pairs = zip(versions, versions[1:], strict=False)
    changed = [{leaf for leaf in leaves_of(parents) if one[leaf] != other[leaf]} for one, other in pairs]
    for count in range(1, len(versions) + 1):
        attacker = Attacker(parents, seen[:count], changed[: count - 1], 10, "contract")
        assert attacker.found(versions[:count]) == []
    return releases


def protect_of(release: Earlier):
    """Return a release in the shape of what the gate returns."""
    from buurtbalans.figures.protection.protect import Protected

    return Protected(release.table, release.cells)


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_nobody_finds_a_small_count_or_change(batch: int) -> None:
    for seed in range(batch, TREES, BATCHES):
        parents, counts = hierarchy(seed)
        chance = random.Random(seed)
        versions = [counts]
        for _ in range(chance.choice([1, 1, 2])):
            versions.append(correction(chance, parents, versions[-1]))
        attacked(parents, versions)
