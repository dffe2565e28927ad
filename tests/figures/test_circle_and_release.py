"""Who sees what was shared with a circle and the release too, finds no small count and no small change of it."""

import itertools
import os
import random
from collections.abc import Mapping

import polars as pl
import pytest

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.intake.audience_view import view_for_audience
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.release.confidential import Records, records_of
from buurtbalans.figures.release.guard import Guarded, guard
from tests.figures.attacker import Attacker, Cell, Public
from tests.figures.guard_parts import delivered
from tests.figures.hierarchies import Counts, Parents, correction, leaves_of
from tests.figures.test_insider import _coded

WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
TOWNS = 500 if WHOLE else 30
SQUARE = "people_on_square"
Seen = list[tuple[dict[str, Cell], Counts]]  # what stood there, and what was true


class Viewer(Attacker):
    """Knows that before everybody a count is small below twenty."""

    def says(self, public: Public, area: str, place: int) -> tuple[int, int]:
        if public[area].reason == "few_of_all":
            return 1, 19
        return super().says(public, area, place)


def key(area: str) -> Key:
    return Key(SQUARE, area, 2024, 2024)


def release(
    counts: Counts, who: Mapping[str, str], earlier: list[tuple[str, Records]], saw: dict[Key, Count]
) -> Guarded:
    """Make a release of what suppliers counted, and take it for published."""
    frame = delivered({SQUARE: counts}).observations
    suppliers = {SQUARE: {(area, 2024, 2024): who[area] for area in counts}}
    made = guard(frame, catalogue(), suppliers, earlier, {key: (count, None) for key, count in saw.items()})
    earlier.append((str(len(earlier)), records_of(made.confidential)))
    return made


def cells_of(inside: pl.DataFrame, parents: Parents) -> dict[str, Cell]:
    """Return what a release tells; the exact value behind the rounding is taken to be known."""
    found = {area: Cell(None) for area in parents}
    for line in inside.iter_rows(named=True):
        shown = None if line["public"] is None else int(line["core"])
        reason = {"too_few": "few_of_all"}.get(line["public_absence"], line["public_absence"])
        found[line["area"]] = Cell(shown, reason or "", bool(line["core_kept"]))
    return found


def shared(saw: Mapping[Key, Count], parents: Parents) -> dict[str, Cell]:
    """Return what a core group sees."""
    found = {area: Cell(None) for area in parents}
    return found | {key.area: Cell(count.value, str(count.absence or ""), count.kept) for key, count in saw.items()}


def attack(parents: Parents, seen: Seen) -> list[str]:
    changes = [
        {leaf for leaf in leaves_of(parents) if one[leaf] != other[leaf]}
        for (_, one), (_, other) in itertools.pairwise(seen)
    ]
    return Viewer(parents, [cells for cells, _ in seen], changes, 10, "contract").found([true for _, true in seen])


def one_supplier(seed: int, *, careful: bool) -> tuple[Parents, Seen, int]:
    """Share corrected counts with a circle, and make releases of some of them, also late."""
    chance = random.Random(seed)
    parents, counts = _coded(seed)
    told = set(parents) if chance.random() < 0.6 else set(leaves_of(parents))
    who = dict.fromkeys(parents, "A")
    before: list[tuple[str, dict[Key, Count], dict[Key, Count]]] = []
    earlier: list[tuple[str, Records]] = []
    seen: Seen = []
    shown = 0
    for number in range(3):
        real = {key(area): Count(counts[area]) for area in sorted(told)}
        saw = view_for_audience(real, before).core
        before.append((str(number), real, saw))
        seen.append((shared(saw, parents), counts))
        if chance.random() < 0.7:
            made = release({area: counts[area] for area in told}, who, earlier, saw if careful else {})
            seen.append((cells_of(made.confidential, parents), counts))
            shown += made.confidential["public"].count()
        counts = correction(chance, parents, counts)
    return parents, seen, shown


@pytest.mark.slow
def test_a_circle_learns_nothing_from_the_release_of_what_it_saw() -> None:
    careless = shown = 0
    for seed in range(TOWNS):
        parents, seen, more = one_supplier(seed, careful=True)
        assert attack(parents, seen) == [], seed
        shown += more
        if seed < 60:
            careless += bool(attack(parents, one_supplier(seed, careful=False)[1]))
    assert careless  # a release that does not know what was shared does give somebody away
    assert shown > 5 * TOWNS


@pytest.mark.slow
def test_a_circle_learns_nothing_from_a_release_with_others_in_it() -> None:
    shown = 0
    for seed in range(TOWNS):
        chance = random.Random(seed)
        parents, counts = _coded(seed)
        leaves = leaves_of(parents)
        who = {leaf: chance.choice("AB") for leaf in leaves}
        saw: dict[Key, Count] = {}
        for name in "AB":
            real = {key(leaf): Count(counts[leaf]) for leaf in leaves if who[leaf] == name}
            saw |= view_for_audience(real).core if real else {}
        own = {area: count for area, count in saw.items() if who[area.area] == "A"}
        circle = (shared(own, parents), counts)
        told = {leaf: counts[leaf] for leaf in leaves}
        made = release(told, who, [], saw)
        assert attack(parents, [circle, (cells_of(made.confidential, parents), counts)]) == [], seed
        shown += made.confidential["public"].count()
    assert shown > 2 * TOWNS


def test_a_release_shows_no_more_than_everybody_saw_when_it_was_shared_with_all() -> None:
    areas = [f"BU999901{number:02d}" for number in range(5)]
    counts = dict(zip(areas, [3, 41, 102, 60, 55], strict=True))
    core = view_for_audience({key(area): Count(counts[area]) for area in areas}).core
    everybody = core | {key(areas[3]): Count(None, Absence.PROTECTS_ANOTHER)}
    saw = {each: (core[each], everybody[each]) for each in core}
    frame = delivered({SQUARE: counts}).observations
    made = guard(frame, catalogue(), {SQUARE: {(area, 2024, 2024): "A" for area in areas}}, [], saw)
    told = {line["area"]: line["public"] for line in made.confidential.iter_rows(named=True)}
    assert [told[area] for area in areas] == [None, None, 100, None, 55]


def test_a_supplier_that_shared_only_some_of_its_counts_waits() -> None:
    areas = [f"BU999901{number:02d}" for number in range(5)]
    counts = dict(zip(areas, [3, 41, 102, 60, 55], strict=True))
    saw = view_for_audience({key(area): Count(counts[area]) for area in areas[:4]}).core
    other = saw | {key(areas[4]): Count(56)}
    for told in (saw, other):
        made = release(counts, dict.fromkeys(areas, "A"), [], told)
        assert made.confidential["public"].count() == 0
        assert any("deel van deze aantallen" in finding.what for finding in made.findings)
