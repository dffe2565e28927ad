"""Several releases of one period keep the promise together, and show what can be shown."""

import itertools
import os
import random

import pytest

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.history import Earlier
from buurtbalans.figures.protection.protect import Protected, protect
from buurtbalans.figures.protection.releases import PublishedCell
from tests.figures.attacker import Attacker
from tests.figures.hierarchies import (
    HARD,
    Counts,
    Parents,
    as_table,
    correction,
    filled,
    hard,
    hierarchy,
    leaves_of,
)
from tests.figures.test_protect import public

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
TREES = 1_000 if WHOLE else 60
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
    seen = [public(Protected(release.table, release.cells)) for release in releases]
    pairs = itertools.pairwise(versions)
    changed = [{leaf for leaf in leaves_of(parents) if one[leaf] != other[leaf]} for one, other in pairs]
    assert Attacker(parents, seen, changed, 10, "contract").found(versions) == []
    return releases


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


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(HARD)))
def test_hard_shapes_that_are_corrected(number: int) -> None:
    parents, counts = hard(number, 2)
    chance = random.Random(number)
    attacked(parents, [counts, correction(chance, parents, counts), correction(chance, parents, counts)])


PARENTS = {"0": "", "A": "0", "B": "0", "C": "0", "D": "0"}
FIRST = filled(PARENTS, {"A": 3, "B": 40, "C": 100, "D": 200})


def shown(releases: list[Earlier], area: str) -> PublishedCell:
    """Return what the last release shows of an area."""
    return releases[-1].cells[releases[-1].table.areas.index(area)]


def test_a_large_correction_is_shown() -> None:
    releases = attacked(PARENTS, [FIRST, filled(PARENTS, {"A": 3, "B": 40, "C": 160, "D": 250})])
    assert [shown(releases, area).value for area in "0CD"] == [453, 160, 250]
    assert not any(cell.as_of for cell in releases[-1].cells)


def test_a_correction_with_nothing_small_near_is_shown() -> None:
    plenty = {"A": 30, "B": 40, "C": 100, "D": 200}
    releases = attacked(PARENTS, [filled(PARENTS, plenty), filled(PARENTS, plenty | {"C": 150, "D": 230})])
    assert [cell.value for cell in releases[-1].cells] == [450, 30, 40, 150, 230]


def test_a_small_correction_keeps_the_earlier_value() -> None:
    releases = attacked(PARENTS, [FIRST, filled(PARENTS, {"A": 3, "B": 40, "C": 104, "D": 200})])
    assert shown(releases, "C") == PublishedCell(100, None, "0.csv")
    assert shown(releases, "0") == PublishedCell(343, None, "0.csv")
    assert shown(releases, "D") == PublishedCell(200)


def test_a_kept_value_keeps_the_name_of_its_release() -> None:
    later = filled(PARENTS, {"A": 3, "B": 40, "C": 104, "D": 200})
    releases = attacked(PARENTS, [FIRST, later, later])
    assert shown(releases, "C") == PublishedCell(100, None, "0.csv")


TOWN = {"GM": "", "WK1": "GM", "WK2": "GM", **dict.fromkeys(["B1", "B2", "B3", "B4"], "WK1")} | dict.fromkeys(
    ["B5", "B6", "B7"], "WK2"
)


def town(*leaves: int) -> Counts:
    """Return the counts of a small town by those of its buurten."""
    found = dict(zip(["B1", "B2", "B3", "B4", "B5", "B6", "B7"], leaves, strict=True))
    found |= {"WK1": sum(leaves[:4]), "WK2": sum(leaves[4:])}
    return found | {"GM": sum(leaves)}


@pytest.mark.slow
def test_a_long_row_of_corrections_never_stops_the_next() -> None:
    """A release that only keeps earlier values stops no later one, and neither does a value that came back."""
    versions = [
        town(*leaves)
        for leaves in [
            (3, 41, 102, 60, 33, 57, 88),
            (3, 41, 102, 63, 34, 57, 88),
            (3, 42, 162, 63, 34, 57, 88),
            (2, 42, 162, 63, 34, 57, 96),
            (2, 42, 162, 63, 34, 58, 104),
            (2, 42, 162, 63, 42, 58, 107),
            (2, 12, 162, 63, 38, 58, 107),
            (2, 72, 162, 63, 38, 58, 103),
            (2, 72, 162, 63, 37, 61, 103),
            (3, 72, 162, 63, 25, 61, 103),
            (18, 72, 162, 123, 25, 61, 103),
            (18, 72, 162, 123, 33, 57, 103),
            (18, 72, 162, 123, 3, 57, 106),
            (18, 72, 165, 93, 3, 57, 106),
            (21, 72, 165, 63, 3, 57, 106),
            (21, 72, 165, 51, 3, 57, 105),
            (21, 132, 165, 51, 2, 57, 105),
            (9, 132, 166, 51, 2, 57, 105),
            (9, 132, 226, 51, 2, 57, 104),
        ]
    ]
    attacked(TOWN, versions)


@pytest.mark.slow
def test_what_a_silent_release_was_is_not_told_by_a_later_one() -> None:
    """The seventh shows nothing new; the eighth shows a town of which all but WK2 is as it was then."""
    versions = [
        town(*leaves)
        for leaves in [
            (3, 41, 102, 60, 33, 57, 88),
            (3, 29, 102, 60, 34, 57, 88),
            (18, 29, 102, 75, 34, 57, 88),
            (18, 29, 102, 63, 34, 56, 88),
            (26, 29, 102, 71, 34, 56, 88),
            (27, 29, 102, 71, 49, 56, 88),
            (27, 32, 102, 71, 49, 44, 88),
            (0, 32, 102, 71, 49, 44, 148),
        ]
    ]
    attacked(TOWN, versions)


def test_what_became_small_is_withheld_and_its_total_kept() -> None:
    releases = attacked(PARENTS, [FIRST, filled(PARENTS, {"A": 3, "B": 40, "C": 100, "D": 4})])
    assert shown(releases, "D").value is None
    releases = attacked(PARENTS, [FIRST, filled(PARENTS, {"A": 3, "B": 40, "C": 7, "D": 200})])
    assert shown(releases, "C").value is None


def test_what_is_withheld_stays_withheld_when_it_grew() -> None:
    releases = attacked(PARENTS, [FIRST, filled(PARENTS, {"A": 60, "B": 90, "C": 100, "D": 200})])
    assert shown(releases, "A") == shown(releases, "B") == PublishedCell(None, Absence.PROTECTS_ANOTHER)


def test_an_unsafe_earlier_release_is_refused_by_name() -> None:
    table = as_table(PARENTS, FIRST)
    open_cells = [PublishedCell(count) for count in table.counts]
    open_cells[table.areas.index("A")] = PublishedCell(None, Absence.TOO_FEW)
    with pytest.raises(Refused) as refused:
        protect(table, earlier=[Earlier("open.csv", table, open_cells)])
    [finding] = refused.value.findings
    assert (finding.file, "van A " in finding.what) == ("open.csv", True)


def test_two_releases_that_tell_a_change_together_are_refused() -> None:
    one, other = as_table(PARENTS, FIRST), as_table(PARENTS, filled(PARENTS, {"A": 3, "B": 40, "C": 104, "D": 200}))
    careless = list(protect(other).cells)
    releases = [Earlier("1.csv", one, protect(one).cells), Earlier("2.csv", other, careless)]
    with pytest.raises(Refused) as refused:
        protect(other, earlier=releases)
    assert {finding.file for finding in refused.value.findings} == {"2.csv"}
    assert all("“1.csv”" in finding.what for finding in refused.value.findings)
