"""What asks for a second look: between figures of one area, between levels, and beyond what is plausible."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from buurtbalans.figures.area.codes import AreaLevel, parent_of
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.catalogue.indicator import Catalogue
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Refused, Severity
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.quality.checks import find_doubts, require_confirmed, to_confirm
from buurtbalans.figures.quality.doubt import Concern, Doubt
from buurtbalans.figures.quality.ranges import plausible

KNOWN = catalogue()
BUURT = "BU99990101"
Row = tuple[Any, ...]


def one(area: str = BUURT, /, **values: float) -> list[Row]:
    """Return figures of one area by indicator."""
    level = {"BU": "buurt", "WK": "wijk", "GM": "gemeente"}[area[:2]]
    return [(area, level, 2024, name, 2024, value, None) for name, value in values.items()]


def doubts(rows: list[Row], *years: Division) -> list[Doubt]:
    return find_doubts(pl.DataFrame(rows, SCHEMA, orient="row"), {each.year: each for each in years}, KNOWN)


def told(rows: list[Row], *years: Division) -> list[tuple[Concern, str, float, float]]:
    return [(each.concern, each.indicator, each.value, each.other) for each in doubts(rows, *years)]


SOUND = one(
    population=400,
    men=200,
    women=205,
    households=180,
    single_households=90,
    households_without_children=40,
    households_with_children=50,
    share_rented=60,
    share_owner_occupied=38,
    share_owner_unknown=2,
    household_size=2.2,
)


def test_figures_that_fit_ask_for_nothing() -> None:
    assert doubts(SOUND) == []


def test_parts_that_do_not_add_up_are_told_with_both_values() -> None:
    [doubt] = doubts(one(population=400, men=200, women=300))
    assert (doubt.concern, doubt.area, doubt.division, doubt.period) == (Concern.INDICATORS, BUURT, 2024, 2024)
    assert (doubt.indicator, doubt.value, doubt.other) == ("population", 400, 500)
    assert doubt.words == "Mannen en vrouwen zijn samen niet gelijk aan het aantal inwoners."


def test_rounding_is_no_doubt_and_a_missing_part_is_no_sum() -> None:
    assert doubts(one(population=400, men=200, women=215)) == []  # three figures rounded to 5
    assert told(one(population=400, men=200, women=220)) == [(Concern.INDICATORS, "population", 400, 420)]
    assert doubts(one(population=400, men=200)) == []


def test_shares_of_a_whole_are_a_hundred() -> None:
    assert told(one(share_rented=60, share_owner_occupied=30, share_owner_unknown=2)) == [
        (Concern.INDICATORS, "share_owner_occupied", 92, 100)
    ]
    assert doubts(one(share_occupied=0, share_unoccupied=0)) == []  # where no home stands


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"households": 120, "population": 100}, "Er zijn meer huishoudens dan inwoners."),
        ({"population_65_plus": 120, "population": 100}, "Er zijn er meer bij ‘65-plussers’ dan bij ‘inwoners’."),
    ],
)
def test_a_part_is_never_more_than_its_whole(rows: dict[str, float], words: str) -> None:
    found = doubts(one(**rows))
    assert [(each.value, each.other) for each in found] == [(120, 100)]
    assert found[0].words.startswith(words.split(" ‘")[0])


def test_parts_of_one_area_are_not_mixed_with_those_of_another() -> None:
    assert doubts(one(population=400, men=200) + one("BU99990102", women=900)) == []


def town(*codes: str) -> Division:
    levels = {"BU": AreaLevel.BUURT, "WK": AreaLevel.WIJK}
    return Division(2024, [Area(code, code, levels[code[:2]], 2024, parent_of(code)) for code in codes])


def test_areas_within_are_held_against_the_whole() -> None:
    wijk, second = "WK999901", "BU99990102"
    more = one(wijk, population=100) + one(population=80) + one(second, population=80)
    assert told(more) == [(Concern.LEVELS, "population", 100, 160)]
    less = one(wijk, population=100) + one(population=30) + one(second, population=30)
    assert told(less) == []  # without a map nobody knows whether these are all the parts
    assert told(less, town(wijk, BUURT, second)) == [(Concern.LEVELS, "population", 100, 60)]
    assert told(less, town(wijk, BUURT, second, "BU99990103")) == []
    near = one(wijk, population=100) + one(population=55) + one(second, population=60)
    assert told(near, town(wijk, BUURT, second)) == []


def test_what_is_beyond_the_plausible_is_told_with_the_limit() -> None:
    assert told(one(household_size=9, distance_gp=75, urbanity=0)) == [
        (Concern.RANGE, "urbanity", 0, 1),
        (Concern.RANGE, "distance_gp", 75, 60),
        (Concern.RANGE, "household_size", 9, 8),
    ]
    assert doubts(one(median_wealth=-50, household_size=8)) == []


def test_every_indicator_has_a_range() -> None:
    assert all(low < high for low, high in map(plausible, KNOWN.values()))


def test_restricted_and_withheld_figures_are_in_no_doubt() -> None:
    hidden = replace(KNOWN["household_size"], restricted=True)
    known = Catalogue([hidden, KNOWN["households"]], KNOWN.sources.values())
    frame = pl.DataFrame(one(household_size=90), SCHEMA, orient="row")
    assert len(find_doubts(frame, {}, KNOWN)) == 1
    assert find_doubts(frame, {}, known) == []
    arrears = one(rent_arrears=300.0)
    assert doubts(arrears) == []  # without its denominator the gate withholds it
    assert told(arrears + one(corporation_tenants=1000)) == [(Concern.RANGE, "rent_arrears", 300, 100)]


def test_absent_and_unknown_figures_are_left_out() -> None:
    rows = [(BUURT, "buurt", 2024, "household_size", 2024, None, "too_few"), *one(**{"cbs:own column": -5.0})]
    assert doubts(rows) == []
    assert doubts([]) == []


def changed(times: int) -> list[Doubt]:
    doubt = Doubt(Concern.YEARS, BUURT, 2024, "population", 2024, 900.5, 300.0, "Dit verandert veel.", 4.0)
    return [doubt] * times


def test_only_large_changes_ask_for_a_confirmation() -> None:
    other = replace(changed(1)[0], concern=Concern.RANGE)
    assert to_confirm([*changed(2), other]) == changed(2)
    require_confirmed([other], seen=False)
    require_confirmed(changed(3), seen=True)
    with pytest.raises(Refused) as refused:
        require_confirmed([*changed(1), other], seen=False)
    first, second = refused.value.findings
    assert (first.weight, first.what) == (Severity.REFUSE, "Eén verandering is veel groter dan elders.")
    assert "--confirm" in first.todo
    assert second.what == f"population van {BUURT} over 2024: 900,5, eerst 300."
    with pytest.raises(Refused, match="30 veranderingen zijn") as refused:
        require_confirmed(changed(30), seen=False)
    assert len(refused.value.findings) == 21
