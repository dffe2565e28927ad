"""A change of more than three standard deviations of the changes of all areas is told with both values."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbalans.figures.area.division import Division
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.quality.checks import find_doubts
from buurtbalans.figures.quality.doubt import Concern, Doubt
from tests.figures.crosswalk_parts import buurt, strip

KNOWN = catalogue()
COUNT = 40
PEOPLE = {number: 1000.0 + 10 * (number % 5) for number in range(1, COUNT + 1)}


def year(
    period: int, values: Mapping[int, float], indicator: str = "population", division: int | None = None
) -> pl.DataFrame:
    rows: list[tuple[Any, ...]] = [
        (buurt(number), "buurt", division or period, indicator, period, value, None) for number, value in values.items()
    ]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def later(changes: Mapping[int, float] | None = None) -> dict[int, float]:
    """Return the people of a year later: a little up here and down there, and these changes."""
    drift = {number: PEOPLE[number] + (15 if number % 2 else -15) for number in PEOPLE}
    return drift | {number: PEOPLE[number] + change for number, change in (changes or {}).items()}


def doubts(frames: Iterable[pl.DataFrame], *maps: Division, before: pl.DataFrame | None = None) -> list[Doubt]:
    return find_doubts(pl.concat(list(frames)), {each.year: each for each in maps}, KNOWN, before)


def test_ordinary_changes_ask_for_nothing() -> None:
    assert doubts([year(2023, PEOPLE), year(2024, later())]) == []


def test_a_large_change_is_told_with_both_values() -> None:
    [doubt] = doubts([year(2023, PEOPLE), year(2024, later({7: 600}))])
    assert (doubt.concern, doubt.area, doubt.indicator, doubt.period) == (Concern.YEARS, buurt(7), "population", 2024)
    assert (doubt.value, doubt.other) == (PEOPLE[7] + 600, PEOPLE[7])
    assert doubt.words == "Dit verandert veel meer dan elders sinds 2023."
    assert doubt.strength > 3


def test_the_earlier_year_may_be_in_the_release_that_is_published() -> None:
    [doubt] = doubts([year(2024, later({7: 600}))], before=year(2023, PEOPLE))
    assert doubt.other == PEOPLE[7]
    wrong = year(2023, dict.fromkeys(PEOPLE, 1.0))
    assert len(doubts([year(2023, PEOPLE), year(2024, later({7: 600}))], before=wrong)) == 1
    assert doubts([year(2023, PEOPLE)], before=year(2024, later({7: 600}))) == []


def test_a_step_that_everybody_makes_is_no_doubt() -> None:
    everybody = {number: value + 500 for number, value in later().items()}
    assert doubts([year(2023, PEOPLE), year(2024, everybody)]) == []


def test_among_few_areas_nothing_is_far() -> None:
    few = {number: PEOPLE[number] for number in range(1, 15)}
    grown = {number: later({7: 600})[number] for number in few}
    assert doubts([year(2023, few), year(2024, grown)]) == []


def test_one_or_two_roundings_are_no_change() -> None:
    same = dict(PEOPLE)
    assert doubts([year(2023, PEOPLE), year(2024, same | {7: PEOPLE[7] + 10})]) == []
    assert len(doubts([year(2023, PEOPLE), year(2024, same | {7: PEOPLE[7] + 15})])) == 1


def test_a_large_area_may_change_more_in_number() -> None:
    large = PEOPLE | {7: 100_000.0}
    assert doubts([year(2023, large), year(2024, later() | {7: 100_120.0})]) == []
    assert len(doubts([year(2023, PEOPLE), year(2024, later({7: 120.0}))])) == 1


def test_a_share_of_few_people_may_change_more() -> None:
    homes = dict.fromkeys(PEOPLE, 1000.0) | {7: 10.0}
    shares = dict.fromkeys(PEOPLE, 50.0)
    grown = {number: 50.0 + (2 if number % 2 else -2) for number in PEOPLE} | {7: 62.0}
    frames = [year(at, homes, "dwellings") for at in (2023, 2024)]
    frames += [year(2023, shares, "share_corporation"), year(2024, grown, "share_corporation")]
    assert doubts(frames) == []
    frames[0] = year(2023, dict.fromkeys(PEOPLE, 1000.0), "dwellings")
    frames[1] = year(2024, dict.fromkeys(PEOPLE, 1000.0), "dwellings")
    [doubt] = doubts(frames)
    assert (doubt.area, doubt.indicator) == (buurt(7), "share_corporation")


def test_a_change_of_the_border_is_no_change_of_the_people() -> None:
    borders = [float(number) for number in range(COUNT + 1)]
    moved = [*borders[:7], 7.5, *borders[8:]]  # the border between 7 and 8
    frames = [year(2023, PEOPLE), year(2024, later({7: 600, 8: -600, 20: 600}))]
    assert len(doubts(frames, strip(2023, borders), strip(2024, borders))) >= 1
    found = doubts(frames, strip(2023, borders), strip(2024, moved))
    assert {doubt.area for doubt in found} == {buurt(20)}


def test_new_codes_for_the_same_ground_are_the_same_area() -> None:
    borders = [float(number) for number in range(COUNT + 1)]
    grown = {number + 40: value for number, value in later({7: 600}).items()}
    [doubt] = doubts([year(2023, PEOPLE), year(2024, grown)], strip(2023, borders), strip(2024, borders, first=41))
    assert (doubt.area, doubt.other) == (buurt(47), PEOPLE[7])


@pytest.mark.slow
@settings(max_examples=10)
@given(st.lists(st.integers(-300, 300), min_size=COUNT, max_size=COUNT), st.randoms())
def test_never_more_than_a_ninth_and_whatever_the_order_of_rows(changes: list[int], chance: Any) -> None:
    grown = {number: PEOPLE[number] + change for number, change in zip(PEOPLE, changes, strict=True)}
    frame = pl.concat([year(2023, PEOPLE), year(2024, grown)])
    found = doubts([frame])
    assert len(found) <= COUNT / 9  # Chebyshev
    assert doubts([frame.sample(fraction=1, shuffle=True, seed=chance.randint(0, 99))]) == found
