"""Trends: named with five measurements, no break, a lasting sign and more than chance."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.comparison import trend as module
from buurtbalans.figures.comparison.trend import NO_TREND, trend
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from tests.figures.catalogue_parts import shown


def years(
    values: Sequence[float | None], indicator: str = "feels_at_home", base: float | None = 2_000, divisions: str = ""
) -> list[Shown]:
    """One figure a year from 2018; `divisions` gives the division of each as a letter."""
    return [
        shown(
            indicator,
            value,
            base if value is not None else None,
            period=2018 + at,
            division=ord(divisions[at]) if divisions else 2018,
            absence=None if value is not None else Absence.NOT_MEASURED,
        )
        for at, value in enumerate(values)
    ]


def test_five_rising_measurements_are_a_trend() -> None:
    found = trend(years([50.0, 54.0, 57.0, 61.0, 66.0]))
    assert (found.words, found.direction, found.breaks) == ("Stijgt.", 1, ())
    assert found.why == "Dat blijkt uit ten minste vijf metingen."
    assert trend(years([66.0, 61.0, 57.0, 54.0, 50.0])).words == "Daalt."


def test_heights_become_higher_or_lower() -> None:
    assert trend(years([1.0, 1.1, 1.2, 1.3, 1.4, 1.5], "distance_gp", None)).words == "Stijgt."


@pytest.mark.parametrize(
    ("count", "why"),
    [(0, "Er zijn nog geen metingen."), (1, "Er is nog maar één meting, en voor een trend zijn er vijf nodig.")],
)
def test_fewer_than_five_is_no_trend(count: int, why: str) -> None:
    found = trend(years([50.0, 54.0, 57.0, 61.0][:count]))
    assert (found.words, found.why, found.direction) == (NO_TREND, why, None)


def test_a_year_without_a_measurement_is_not_nought() -> None:
    found = trend(years([50.0, None, 57.0, 61.0, 66.0]))
    assert (found.words, found.why) == (
        NO_TREND,
        "Er zijn nog maar vier metingen, en voor een trend zijn er vijf nodig.",
    )
    assert trend(years([50.0, None, 57.0, 61.0, 66.0, 70.0])).words == "Stijgt."


def test_only_measurements_since_the_last_new_border_count() -> None:
    found = trend(years([50.0, 54.0, 57.0, 61.0, 66.0], divisions="aaabb"))
    assert (found.words, found.why, found.breaks) == (
        NO_TREND,
        "Sinds de nieuwe grens zijn er nog maar twee metingen, en voor een trend zijn er vijf nodig.",
        (2021,),
    )
    late = trend(years([90.0, 50.0, 54.0, 57.0, 61.0, 66.0], divisions="abbbbb"))
    assert (late.words, late.why) == ("Stijgt.", "Dat blijkt uit ten minste vijf metingen sinds de nieuwe grens.")


def test_a_new_division_with_the_same_border_is_no_break() -> None:
    rows = years([50.0, 54.0, 57.0, 61.0, 66.0], divisions="abcde")
    assert trend(rows).direction is None
    assert trend(rows, borders=dict.fromkeys(map(ord, "abcde"), "same")).direction == 1


def test_a_sign_that_hangs_on_one_measurement_is_no_trend() -> None:
    found = trend(years([50.0, 49.0, 48.0, 47.0, 70.0]))
    assert (found.words, found.why) == (NO_TREND, "De cijfers gaan op en neer, dus er is geen richting te zien.")
    assert trend(years([50.0] * 6)).words == NO_TREND


def test_change_within_our_doubt_is_no_trend_or_a_maybe() -> None:
    small = trend(years([50.0, 51.0, 52.0, 53.0, 54.0], base=60))
    assert (small.words, small.why) == (
        NO_TREND,
        "Het verschil is kleiner dan de onzekerheidsmarge, dus het kan toeval zijn.",
    )
    maybe = trend(years([50.0, 53.0, 56.0, 59.0, 62.0], base=150))
    assert (maybe.words, maybe.direction) == ("Stijgt misschien.", None)
    assert maybe.why == "Dat blijkt uit ten minste vijf metingen, maar het is minder zeker."


def test_rolling_years_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    rows = [
        replace(point, indicator=replace(point.indicator, rolling=True)) for point in years([1.0, 2.0, 3.0, 4.0, 5.0])
    ]
    assert "overlappen" in module.trend(rows).why


def test_a_trend_is_about_one_figure_a_year() -> None:
    with pytest.raises(ValueError, match="one indicator"):
        trend([*years([1.0, 2.0]), *years([1.0], "green_near")])
    with pytest.raises(ValueError, match="one figure for each period"):
        trend(years([1.0]) * 2)


PUBLISHED = st.floats(0, 100).map(lambda value: round(value, 6))  # 100 less a millionth of a millionth is 100


@given(st.lists(PUBLISHED, min_size=5, max_size=9))
def test_turning_the_figures_round_turns_the_trend_and_order_does_not_matter(values: list[float]) -> None:
    found = trend(years(values, "distance_gp", None))
    turned = trend(years([100 - value for value in values], "distance_gp", None))
    assert {found.direction, turned.direction} in ({None}, {1, -1})
    assert trend(years(values, "distance_gp", None)[::-1]) == found
    steps = list(itertools.pairwise(values))
    if all(after - before > 1e-3 for before, after in steps):
        assert found.direction == 1
