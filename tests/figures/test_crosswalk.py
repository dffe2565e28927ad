"""Figures over a change of boundaries: split, added up, made anew, and how much of it is an estimate."""

import polars as pl
import pytest

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.crosswalk.convert import CARRIED, convert_figures, crosswalk
from buurtbalans.figures.findings import Refused
from tests.figures.crosswalk_parts import buurt, figures, nameless, strip, told, weights

KNOWN = catalogue()
OLD = strip(2020, [0, 1, 2, 4])
MOVED = strip(2021, [0, 1, 2.5, 4])  # a quarter of buurt 3 went to buurt 2
PEOPLE = {1: 100.0, 2: 300.0, 3: 400.0}


def test_a_border_that_stayed_changes_nothing() -> None:
    walk = crosswalk(OLD, strip(2021, [0, 1, 2, 4], first=4))
    assert walk.unchanged == {buurt(4): buurt(1), buurt(5): buurt(2), buurt(6): buurt(3)}
    assert walk.changed == ()
    frame = pl.concat([figures("population", PEOPLE), figures("cbs:own", {1: "too_few", 2: 3.0})])
    new = convert_figures(frame, walk, KNOWN)
    assert new.schema == CARRIED
    assert told(new, "population", 6) == (400.0, None, 0.0)
    assert told(new, "cbs:own", 4) == (None, "too_few", None)
    assert told(new, "cbs:own", 5) == (3.0, None, 0.0)
    assert new["division"].unique().to_list() == [2021]
    assert new["period"].unique().to_list() == [2020]


def test_counts_are_split_by_surface() -> None:
    new = convert_figures(figures("population", PEOPLE), crosswalk(OLD, MOVED), KNOWN)
    assert told(new, "population", 1) == (100.0, None, 0.0)
    assert told(new, "population", 2) == (pytest.approx(400.0), None, pytest.approx(0.25))
    assert told(new, "population", 3) == (pytest.approx(300.0), None, 1.0)


def test_addresses_are_preferred_and_ground_is_still_divided_by_surface() -> None:
    walk = crosswalk(OLD, MOVED, weights=weights([(3, 2, 90), (3, 3, 10)]))
    frame = pl.concat([figures("population", PEOPLE), figures("area_land", {1: 10.0, 2: 10.0, 3: 20.0})])
    new = convert_figures(frame, walk, KNOWN)
    assert told(new, "population", 2) == (pytest.approx(660.0), None, pytest.approx(360 / 660))
    assert told(new, "area_land", 2)[0] == pytest.approx(15.0)


def test_an_area_without_addresses_in_the_table_is_divided_by_surface() -> None:
    walk = crosswalk(OLD, MOVED, weights=weights([(3, 2, 0), (3, 3, 0)]))
    assert walk.pieces.equals(crosswalk(OLD, MOVED).pieces)


def test_a_merger_is_exact() -> None:
    new = convert_figures(figures("population", PEOPLE), crosswalk(OLD, strip(2021, [0, 2, 4])), KNOWN)
    assert told(new, "population", 1) == (pytest.approx(400.0), None, 0.0)


def test_a_strip_narrower_than_the_tolerance_is_the_same_border() -> None:
    metre = 1 / 688  # the strip is some 688 metres for a step
    assert crosswalk(OLD, strip(2021, [0, 1, 2 + 3 * metre, 4])).changed == ()
    assert crosswalk(OLD, strip(2021, [0, 1, 2 + 20 * metre, 4])).changed == (buurt(2), buurt(3))
    assert crosswalk(OLD, strip(2021, [0, 1, 2 + 20 * metre, 4]), tolerance=80).changed == ()


def test_a_narrow_area_is_no_sliver() -> None:
    thin = [0, 1, 1.004, 2, 4]
    walk = crosswalk(strip(2020, thin), strip(2021, thin))
    assert walk.unchanged == {buurt(n): buurt(n) for n in range(1, 5)}


def test_a_share_is_made_anew_from_part_and_denominator() -> None:
    frame = pl.concat(
        [
            figures("population", PEOPLE),
            figures("population_65_plus", {1: 10.0, 2: 30.0, 3: 200.0}),
            figures("share_65_plus", {1: 10.0, 2: 10.0, 3: 50.0}),
        ]
    )
    new = convert_figures(frame, crosswalk(OLD, MOVED), KNOWN)
    assert told(new, "share_65_plus", 2) == (pytest.approx(20.0), None, pytest.approx(0.25))


def test_a_mean_is_weighted_by_its_denominator() -> None:
    frame = pl.concat([figures("dwellings", PEOPLE), figures("home_value", {1: 1.0, 2: 200_000.0, 3: 400_000.0})])
    new = convert_figures(frame, crosswalk(OLD, MOVED), KNOWN)
    assert told(new, "home_value", 2) == (pytest.approx(250_000.0), None, pytest.approx(0.25))
    assert told(new, "home_value", 3) == (pytest.approx(400_000.0), None, 1.0)


@pytest.mark.parametrize("name", ["median_wealth", "electricity_use", "urbanity", "labour_participation"])
def test_what_has_no_denominator_cannot_be_carried_over_a_change(name: str) -> None:
    new = convert_figures(figures(name, {1: 1.0, 2: 2.0, 3: 3.0}), crosswalk(OLD, MOVED), KNOWN)
    assert told(new, name, 1) == (1.0, None, 0.0)
    assert told(new, name, 2) == (None, "not_comparable", None)
    assert told(new, name, 3) == (None, "not_comparable", None)


@pytest.mark.parametrize("reason", ["too_few", "withheld_at_source", "not_measured", "protects_another"])
def test_an_absent_part_makes_the_whole_absent_with_its_reason(reason: str) -> None:
    new = convert_figures(figures("population", {1: 100.0, 2: 300.0, 3: reason}), crosswalk(OLD, MOVED), KNOWN)
    assert told(new, "population", 2) == (None, reason, None)
    assert told(new, "population", 3) == (None, reason, None)
    assert told(new, "population", 1) == (100.0, None, 0.0)


def test_a_part_without_a_row_was_not_measured() -> None:
    new = convert_figures(figures("population", {1: 100.0, 2: 300.0}), crosswalk(OLD, MOVED), KNOWN)
    assert told(new, "population", 2) == (None, "not_measured", None)


def test_what_the_gate_withholds_of_a_part_is_not_in_the_whole() -> None:
    frame = pl.concat(
        [figures("households", {1: 50.0, 2: 60.0, 3: 70.0}), figures("debt_help", {1: 20.0, 2: 30.0, 3: 4.0})]
    )
    new = convert_figures(frame, crosswalk(OLD, MOVED), KNOWN)
    assert told(new, "debt_help", 2) == (None, "too_few", None)


def test_restricted_figures_are_not_shared_where_the_border_moved() -> None:
    name = next(one.id for one in KNOWN.values() if one.restricted)
    new = convert_figures(figures(name, PEOPLE), crosswalk(OLD, MOVED), KNOWN)
    assert told(new, name, 2) == (None, "not_shared", None)


def test_zero_is_known_exactly_also_in_a_part() -> None:
    new = convert_figures(figures("population", {1: 1.0, 2: 0.0, 3: 0.0}), crosswalk(OLD, MOVED), KNOWN)
    assert told(new, "population", 3) == (0.0, None, 0.0)


def test_ground_that_lay_outside_the_old_division_is_not_comparable() -> None:
    walk = crosswalk(strip(2020, [0, 1, 2]), strip(2021, [0, 1, 3, 4]))
    new = convert_figures(figures("population", {1: 100.0, 2: 200.0}), walk, KNOWN)
    assert told(new, "population", 1) == (100.0, None, 0.0)
    assert told(new, "population", 2) == (None, "not_comparable", None)
    assert told(new, "population", 3) == (None, "not_comparable", None)


def test_what_lies_outside_the_new_division_leaves() -> None:
    walk = crosswalk(strip(2020, [0, 1, 3]), strip(2021, [0, 1, 2]))
    assert walk.pieces.filter(area_from=buurt(2))["weight"].to_list() == [pytest.approx(0.5)]
    new = convert_figures(figures("population", {1: 100.0, 2: 200.0}), walk, KNOWN)
    assert told(new, "population", 2) == (pytest.approx(100.0), None, 1.0)


def test_figures_of_another_division_stay_where_they_are() -> None:
    frame = pl.concat([figures("population", PEOPLE), figures("population", PEOPLE, year=2018)])
    new = convert_figures(frame, crosswalk(OLD, MOVED), KNOWN)
    assert new["period"].unique().to_list() == [2020]


def test_several_years_of_one_division_are_carried_apart() -> None:
    later = figures("population", {1: 100.0, 2: 300.0, 3: 800.0}, period=2021)
    new = convert_figures(pl.concat([figures("population", PEOPLE), later]), crosswalk(OLD, MOVED), KNOWN)
    values = new.filter(area=buurt(2)).sort("period")["value"].to_list()
    assert values == [pytest.approx(400.0), pytest.approx(500.0)]


def test_a_border_that_moved_inside_a_working_area_changes_nothing() -> None:
    walk = crosswalk(OLD, MOVED).together([buurt(2), buurt(3)], "kern")
    new = convert_figures(figures("population", PEOPLE), walk, KNOWN)
    row = new.row(0, named=True)
    assert (row["area"], row["level"], row["value"], row["estimated"]) == ("kern", "gebied", pytest.approx(700.0), 0.0)
    outside = crosswalk(OLD, MOVED).together([buurt(2), "BU99990199"], "kern")
    assert convert_figures(figures("population", PEOPLE), outside, KNOWN)["absence"].to_list() == ["not_comparable"]


def test_only_some_areas_can_be_asked_for() -> None:
    some = crosswalk(OLD, MOVED, only=[buurt(2)])
    assert some.targets == {buurt(2): crosswalk(OLD, MOVED).targets[buurt(2)]}
    assert crosswalk(OLD, MOVED, only=["BU99990199"]).targets == {}
    assert convert_figures(figures("population", PEOPLE), crosswalk(OLD, MOVED, only=[]), KNOWN).is_empty()


def test_areas_without_borders_and_weights_are_left_out() -> None:
    assert crosswalk(nameless(2020, 2), nameless(2021, 2)).targets == {}


def test_wrong_weights_are_refused_all_at_once() -> None:
    rows = weights([(1, 1, -1), (2, 1, float("nan")), (77, 1, 5), (3, 3, 1)])
    with pytest.raises(Refused) as refused:
        crosswalk(OLD, MOVED, weights=rows)
    words = [finding.what for finding in refused.value.findings]
    assert words == [
        "Deze gewichten zijn geen getal van 0 of meer: BU99990101 → BU99990101 en BU99990102 → BU99990101.",
        "Deze codes zijn er niet in de twee indelingen: BU99990177.",
    ]
    with pytest.raises(Refused, match="mist weight"):
        crosswalk(OLD, MOVED, weights=rows.drop("weight"))
