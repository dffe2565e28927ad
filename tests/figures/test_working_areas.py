"""Own areas isolate nobody: they are made of what everybody sees, so two of them tell no more than their parts."""

import os
import random
from pathlib import Path

import polars as pl
import pytest

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.derivation.working_area import combine_areas
from buurtbalans.figures.protection.protect import protect
from tests.figures.attacker import Attacker
from tests.figures.guard_parts import delivered, store_with
from tests.figures.hierarchies import as_table, hierarchy, leaves_of
from tests.figures.test_insider import _coded
from tests.figures.test_protect import public

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
PAIRS = 1_000 if WHOLE else 60
SQUARE = "people_on_square"


class Pair(Attacker):
    """Knows besides the published cells also the counts of own areas that were shown."""

    def learn(self, parts: set[str], count: int) -> None:
        """Take in the count of an own area."""
        import numpy as np

        row = sum(self.row(part, 0) for part in sorted(parts))
        self.rows = np.vstack([self.rows, row])
        self.least, self.most = np.append(self.least, count), np.append(self.most, count)


def own_areas(chance: random.Random, leaves: list[str]) -> tuple[set[str], set[str]]:
    """Return two own areas that differ in one or two buurten."""
    one = set(chance.sample(leaves, chance.randint(1, len(leaves))))
    return one, one ^ set(chance.sample(leaves, chance.randint(1, min(2, len(leaves)))))


@pytest.mark.slow
def test_pairs_of_own_areas_isolate_nobody() -> None:
    shown = careless = 0
    for seed in range(PAIRS):
        parents, counts = hierarchy(seed)
        chance = random.Random(seed)
        found = public(protect(as_table(parents, counts)))
        attacker, naive = (Pair(parents, [found], [], 10, "contract") for _ in range(2))
        for parts in own_areas(chance, leaves_of(parents)):
            total = sum(counts[part] for part in parts)
            if parts and all(found[part].number is not None for part in parts):
                shown += 1
                attacker.learn(parts, total)
            if parts and total >= 10:
                naive.learn(parts, total)
        assert attacker.found([counts]) == []
        careless += bool(naive.found([counts]))
    assert shown > PAIRS / 5
    assert careless > PAIRS / 50  # showing every own area with ten people in it does isolate somebody


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100 if WHOLE else 4))
def test_an_own_area_is_made_of_what_everybody_sees(tmp_path: Path, seed: int) -> None:
    parents, counts = _coded(seed)
    store, id = store_with(tmp_path, delivered({SQUARE: counts}))
    release = store.get(id)
    told = {area: value for area, value in release.figures().select("area", "value").iter_rows()}
    for parts in own_areas(random.Random(seed), leaves_of(parents)):
        if len(parts) < 2:
            continue
        made = combine_areas(release.figures(areas=parts), catalogue(), parts=parts)
        values = [told[part] for part in parts]
        expected = None if None in values else sum(value for value in values if value is not None)
        assert made.filter(pl.col("indicator") == SQUARE)["value"].item() == expected
