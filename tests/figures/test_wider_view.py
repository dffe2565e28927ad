"""A wider audience sees a part of what a narrower one sees, and finds no small count by its own, larger minimum."""

import itertools
import os
import random

import pytest

from buurtbalans.figures.protection.history import Earlier
from buurtbalans.figures.protection.protect import Protected, protect
from buurtbalans.figures.protection.wider_view import wider_view
from tests.figures.attacker import Attacker
from tests.figures.hierarchies import HARD, Counts, Parents, as_table, correction, hard, hierarchy, leaves_of
from tests.figures.test_protect import public

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
TREES = 2_000 if WHOLE else 100
SERIES = 200 if WHOLE else 12
NARROW, WIDE = 10, 20


def attacked(parents: Parents, counts: Counts) -> tuple[int, int]:
    """Attack what the public sees of a tree; return how many counts are withheld, and how many are small."""
    made = as_table(parents, counts)
    core = protect(made, minimum=NARROW)
    found = wider_view(made, core.cells, (NARROW, WIDE))
    for narrow, wide in zip(core.cells, found.cells, strict=True):
        assert wide.value is None or wide == narrow
        assert narrow.absence is None or wide.absence in (narrow.absence, "protects_another")
    seen = public(found)
    hits = Attacker(parents, [seen], [], WIDE, "contract").found([counts])
    tight = {area for lead in found.tight for area in _below(found.table.areas[lead], parents)}
    assert {hit.split()[0] for hit in hits} <= tight
    return sum(cell.number is None for cell in seen.values()), sum(0 < count < WIDE for count in counts.values())


def _below(lead: str, parents: Parents) -> list[str]:
    return [lead, *(each for area, above in parents.items() if above == lead for each in _below(area, parents))]


@pytest.mark.slow
def test_the_public_finds_no_small_count() -> None:
    cells = [attacked(*hierarchy(seed)) for seed in range(TREES)]
    assert sum(withheld for withheld, _ in cells) <= 1.6 * sum(small for _, small in cells)


@pytest.mark.parametrize("number", range(len(HARD)))
def test_hard_shapes(number: int) -> None:
    attacked(*hard(number, number % 3))


@pytest.mark.slow
def test_corrections_isolate_nobody_and_what_is_gone_stays_gone() -> None:
    wide_hits = 0
    for seed in range(SERIES):
        parents, counts = hierarchy(seed)
        chance, versions = random.Random(seed), [counts]
        for _ in range(2):
            versions.append(correction(chance, parents, versions[-1]))
        core: list[Earlier] = []
        told: list[Protected] = []
        gone = [False] * len(counts)
        for number, each in enumerate(versions):
            made = as_table(parents, each)
            core.append(Earlier(f"{number}", made, protect(made, earlier=list(core)).cells))
            told.append(wider_view(made, core[-1].cells, (NARROW, WIDE), gone))
            assert all(cell.value is None for cell, old in zip(told[-1].cells, gone, strict=True) if old)
            gone = [cell.value is None for cell in told[-1].cells]
        pairs = itertools.pairwise(versions)
        changed = [{leaf for leaf in leaves_of(parents) if one[leaf] != other[leaf]} for one, other in pairs]
        seen = [public(each) for each in told]
        attacker = Attacker(parents, seen, changed, WIDE, "contract")
        wide_hits += len(attacker.found(versions)) if WHOLE else 0
        attacker.minimum = NARROW  # it goes on reading `too_few` as 1-19, and looks for counts and changes of 1-9
        assert attacker.found(versions) == []
    assert wide_hits <= 3 * SERIES  # not promised: counts and changes of 10-19 over several releases, before rounding
