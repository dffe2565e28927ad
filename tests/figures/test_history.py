"""A neighbourhood beside itself earlier: the same figures in every year, and no year across a new boundary."""

from dataclasses import replace

import pytest

from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.balance.history import NOT_COMPARABLE, DimensionHistory, dimension_history, history_sentences
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.comparison.standing import Certainty
from buurtbalans.figures.comparison.trend import NO_TREND
from buurtbalans.figures.protection.gate import Shown
from tests.figures.balance_parts import CITY, IDS, definition, of_share

UP = IDS[:4]  # more is better in all of them
OWN = definition(*UP)
WIDE = {(id, period): 8.0 for id in UP for period in range(2015, 2030)}
BORDERS = {2025: "one"}


def years(area: str, shares: dict[int, float], base: float = 400, division: int = 2025) -> list[Shown]:
    """Make the same share for all figures, year by year, within the borders of one division."""
    return [
        replace(of_share(share, base, id, area, period), division=division)
        for id in UP
        for period, share in shares.items()
    ]


def of(area: dict[int, float], city: dict[int, float], base: float = 400) -> DimensionHistory:
    found = dimension_history(
        OWN, Dimension.LIVEABILITY, years("BU1", area, base), years(CITY, city, 20_000), WIDE, borders=BORDERS
    )
    assert found is not None
    return found


EVEN = dict.fromkeys(range(2019, 2026), 60.0)


def test_that_everybody_improved_is_seen_on_the_measure_of_the_base_year() -> None:
    rising = {2019 + at: 50.0 + 3 * at for at in range(7)}
    found = of(rising, rising)
    assert found.base == 2019
    assert [then.beside for then in found.years] == [0.0] * 7
    assert found.years[-1].moved == pytest.approx(18 / 8)
    assert found.years[-1].city == pytest.approx(18 / 8)
    assert found.trend.words == "Wordt sterker."
    assert (found.years[0].words, found.years[0].certainty) == ("sterker dan in 2019", Certainty.CERTAIN)
    assert found.years[-1].words == ""
    assert history_sentences(found) == (
        "Leefbaarheid: wordt sterker. Dat blijkt uit ten minste vijf metingen.",
        "Leefbaarheid: nu sterker dan in 2019.",
        "De hele stad is in die tijd sterker geworden.",
    )
    low, high = found.years[-1].beside_ends
    assert low < 0 < high
    assert high - low == pytest.approx(found.years[-1].ends[1] - found.years[-1].ends[0])


def test_a_small_change_is_no_difference_and_no_trend() -> None:
    found = of({2019 + at: 60.0 + at % 2 for at in range(7)}, EVEN)
    assert found.years[0].words == "geen duidelijk verschil met 2019"
    assert found.trend.words == NO_TREND


def test_four_years_give_no_trend_but_a_difference() -> None:
    found = of({2022: 40.0, 2023: 50.0, 2024: 60.0, 2025: 70.0}, EVEN)
    assert (found.trend.words, found.trend.why) == (
        NO_TREND,
        "Er zijn nog maar vier metingen, en voor een trend zijn er vijf nodig.",
    )
    assert found.years[0].words == "sterker dan in 2022"


def test_a_new_boundary_is_not_compared_over_and_starts_the_measure_anew() -> None:
    old = years("BU1", {2018: 20.0, 2019: 20.0}, division=2018)
    new = years("BU1", {2020 + at: 60.0 + at for at in range(6)})
    city = years(CITY, dict.fromkeys(range(2018, 2026), 60.0), 20_000)
    found = dimension_history(OWN, Dimension.LIVEABILITY, [*old, *new], city, WIDE, borders={2018: "old", 2025: "new"})
    assert found is not None
    assert found.base == 2020
    assert [then.words for then in found.years[:2]] == [NOT_COMPARABLE] * 2
    assert found.years[2].words != NOT_COMPARABLE
    assert found.trend.breaks == (2020,)
    assert history_sentences(found)[-1] == "Leefbaarheid: nu geen duidelijk verschil met 2020."
    short = dimension_history(
        OWN, Dimension.LIVEABILITY, [*old, *new[::6]], city, WIDE, borders={2018: "old", 2025: "new"}
    )
    assert short is not None
    assert history_sentences(short) == ("Leefbaarheid: van een eerder jaar met dezelfde grens zijn er geen cijfers.",)


def test_the_same_figures_in_every_year() -> None:
    short = [one for one in years("BU1", EVEN) if one.indicator.id != UP[0] or one.period >= 2024]
    hole = [one for one in short if not (one.indicator.id == UP[1] and one.period == 2021)]
    found = dimension_history(OWN, Dimension.LIVEABILITY, hole, years(CITY, EVEN, 20_000), WIDE, borders=BORDERS)
    assert found is not None
    assert found.indicators == UP[1:]
    assert [then.period for then in found.years] == [2019, 2020, 2022, 2023, 2024, 2025]


def test_fewer_than_three_figures_are_no_history_and_weight_0_leaves_one_out() -> None:
    rows, city = years("BU1", EVEN), years(CITY, EVEN, 20_000)
    two = definition(*UP[:2])
    assert dimension_history(two, Dimension.LIVEABILITY, rows, city, WIDE) is None
    assert dimension_history(OWN, Dimension.FACILITIES, rows, city, WIDE) is None
    assert dimension_history(OWN, Dimension.LIVEABILITY, [], city, WIDE) is None
    chosen = dimension_history(OWN, Dimension.LIVEABILITY, rows, city, WIDE, weights=ChosenWeights({UP[0]: 0.0}))
    assert chosen is not None
    assert chosen.indicators == UP[1:]


def test_without_standard_errors_only_the_distance_is_told() -> None:
    bare = {2023: 50.0, 2024: 59.0, 2025: 60.0}
    rows = [replace(one, low=None, high=None, base=None) for one in years("BU1", bare)]
    found = dimension_history(OWN, Dimension.LIVEABILITY, rows, years(CITY, EVEN, 20_000), WIDE, borders=BORDERS)
    assert found is not None
    assert {then.certainty for then in found.years[:-1]} == {Certainty.DISTANCE_ONLY}
    assert [then.words for then in found.years] == ["duidelijk sterker dan in 2023", "ongeveer als in 2024", ""]
    assert found.years[0].low is None
    assert found.years[0].ends == (found.years[0].moved,) * 2
