"""A working area: counted from its parts, absent where a part is absent, and no way round the gate."""

import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.catalogue.indicator import Kind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.derivation.computed import with_computed_indicators
from buurtbalans.figures.derivation.working_area import combine_areas
from buurtbalans.figures.observation import KEY, SCHEMA, Absence
from buurtbalans.figures.protection.gate import through, withheld
from buurtbalans.figures.sources import read_files
from tests.figures.catalogue_parts import SOURCES, frame
from tests.shared import shared_data


def whole(rows: pl.DataFrame, **how: object) -> dict[str, float | str | None]:
    made = combine_areas(rows, catalogue(), **how)  # type: ignore[arg-type]
    assert made.schema == SCHEMA
    return {row["indicator"]: row["absence"] or row["value"] for row in made.iter_rows(named=True)}


def test_counts_add_up_and_shares_are_made_anew() -> None:
    rows = with_computed_indicators(
        frame(
            ("BU1", "population", 100.0),
            ("BU2", "population", 300.0),
            ("BU1", "population_65_plus", 50.0),
            ("BU2", "population_65_plus", 30.0),
        ),
        catalogue(),
    )
    made = combine_areas(rows, catalogue(), area="weverij")
    assert set(made["area"]) == {"weverij"}
    assert set(made["level"]) == {"gebied"}
    assert whole(rows) == {"population": 400.0, "population_65_plus": 80.0, "share_65_plus": 20.0}


def test_published_shares_and_means_are_weighted_by_their_denominator() -> None:
    rows = frame(
        ("BU1", "share_corporation", 30.0),
        ("BU2", "share_corporation", 70.0),
        ("BU1", "home_value", 200.0),
        ("BU2", "home_value", 400.0),
        ("BU1", "dwellings", 300.0),
        ("BU2", "dwellings", 100.0),
    )
    assert whole(rows) == {"share_corporation": 40.0, "home_value": 250.0, "dwellings": 400.0}


def test_a_missing_part_makes_the_whole_absent_with_its_reason() -> None:
    rows = frame(
        ("BU1", "population", 100.0),
        ("BU2", "population", "withheld_at_source"),
        ("BU1", "women", "not_measured"),
        ("BU2", "women", "withheld_at_source"),
        ("BU1", "men", 50.0),
        ("BU1", "distance_gp", 0.5),
        ("BU2", "distance_gp", 0.7),
    )
    assert whole(rows) == {
        "population": "withheld_at_source",
        "women": "withheld_at_source",
        "men": "not_measured",
        "distance_gp": "withheld_at_source",
    }
    assert whole(frame(("BU1", "population", 100.0)), parts=["BU1", "BU3"]) == {"population": "not_measured"}


def test_a_part_where_nobody_lives_does_not_count_in_a_mean() -> None:
    rows = frame(
        ("BU1", "distance_gp", 0.5),
        ("BU2", "distance_gp", "not_applicable"),
        ("BU1", "population", 100.0),
        ("BU2", "population", 0.0),
    )
    assert whole(rows) == {"distance_gp": 0.5, "population": 100.0}
    empty = frame(*((area, "population", 0.0) for area in ("BU1", "BU2")), ("BU1", "distance_gp", "not_applicable"))
    assert whole(empty)["distance_gp"] == "not_measured"
    both = frame(*((area, name, 0.0) for area in ("BU1", "BU2") for name in ("births", "births_rate", "population")))
    assert whole(both)["births_rate"] == "not_applicable"


def test_a_median_cannot_be_combined() -> None:
    rows = frame(("BU1", "median_wealth", 50.0), ("BU2", "median_wealth", 70.0))
    assert whole(rows) == {"median_wealth": "not_comparable"}
    gone = frame(("BU1", "median_wealth", "not_measured"), ("BU2", "median_wealth", "not_measured"))
    assert whole(gone) == {"median_wealth": "not_measured"}


def test_what_a_part_may_not_show_is_not_in_the_whole() -> None:
    rows = frame(
        ("BU1", "debt_help", 12.0),
        ("BU2", "debt_help", 4.0),
        ("BU1", "households", 400.0),
        ("BU2", "households", 400.0),
        ("BU1", "feels_at_home", 60.0),
        ("BU2", "feels_at_home", 60.0),
        ("BU1", "survey_respondents", 140.0),
        ("BU2", "survey_respondents", 49.0),
        ("BU1", "origin_turkey", 45.0),
        ("BU2", "origin_turkey", 45.0),
    )
    made = whole(rows)
    assert made["debt_help"] == "too_few"
    assert made["feels_at_home"] == "too_few"
    assert made["origin_turkey"] == "not_shared"
    assert made["households"] == 800.0


def test_survey_shares_are_weighted_by_answers_and_pass_the_gate_again() -> None:
    rows = frame(
        ("BU1", "feels_at_home", 50.0),
        ("BU2", "feels_at_home", 70.0),
        ("BU1", "survey_respondents", 100.0),
        ("BU2", "survey_respondents", 300.0),
    )
    [shown] = through(combine_areas(rows, catalogue()), catalogue(), SOURCES, only=["feels_at_home"])
    assert (shown.area, shown.value, shown.base) == ("BU1+BU2", 65.0, 400.0)


def test_years_and_divisions_stay_apart() -> None:
    rows = pl.concat(
        [
            frame(("A", "population", 10.0), ("B", "population", 20.0), period=2021, division=2019),
            frame(("C", "population", 40.0), ("D", "population", 5.0), period=2025, division=2022),
        ]
    )
    made = combine_areas(rows, catalogue())
    assert made.select("area", "division", "value").rows() == [("A+B", 2019, 30.0), ("C+D", 2022, 45.0)]


CELL = st.one_of(
    st.integers(0, 5_000).map(float), st.floats(0, 100), st.sampled_from([reason.value for reason in Absence])
)
NAMES = ["population", "women", "share_women", "households", "household_size", "dwellings", "share_corporation"]
NAMES += ["births", "births_rate", "median_wealth", "feels_at_home", "survey_respondents", "origin_turkey", "debt_help"]


@pytest.mark.slow
@given(st.dictionaries(st.sampled_from(NAMES), CELL, min_size=1))
def test_one_area_is_itself(cells: dict[str, float | str]) -> None:
    rows = frame(*(("BU1", name, value) for name, value in cells.items()))
    made = combine_areas(rows, catalogue())
    assert made.sort(KEY).equals(withheld(rows, catalogue()).sort(KEY))


@pytest.mark.slow
@given(
    st.dictionaries(st.tuples(st.sampled_from(["BU1", "BU2", "BU3"]), st.sampled_from(NAMES)), CELL, min_size=1),
    st.integers(),
)
def test_sums_hold_and_the_order_of_rows_changes_nothing(cells: dict[tuple[str, str], float | str], seed: int) -> None:
    rows = [(area, name, value) for (area, name), value in cells.items()]
    made = combine_areas(frame(*rows), catalogue())
    assert (made["value"].is_null() != made["absence"].is_null()).all()
    areas = {area for area, _, _ in rows}
    for row in made.iter_rows(named=True):
        indicator = catalogue()[row["indicator"]]
        if row["value"] is None:
            continue
        parts = [cells.get((area, indicator.id)) for area in areas]
        if indicator.kind is Kind.COUNT:
            assert all(isinstance(part, float) for part in parts)
            assert row["value"] == pytest.approx(sum(parts))  # type: ignore[arg-type]
        elif not indicator.part and len(areas) > 1:
            known = [part for part in parts if isinstance(part, float)]
            assert min(known) - 1e-9 <= row["value"] <= max(known) + 1e-9
    random.Random(seed).shuffle(rows)
    assert combine_areas(frame(*rows), catalogue()).equals(made)


@pytest.mark.slow
def test_buurten_of_a_real_wijk_come_close_to_the_wijk() -> None:
    read = read_files([shared_data() / "cbs" / "kwb-2018-rotterdam-old-statline-layout.csv"]).observations
    parts = read.filter(pl.col("area").str.starts_with("BU059903"))
    made = whole(with_computed_indicators(parts, catalogue()))
    wijk = {row["indicator"]: row["value"] for row in read.filter(area="WK059903").iter_rows(named=True)}
    assert made["population"] == pytest.approx(wijk["population"], rel=0.001)
    assert made["share_corporation"] == pytest.approx(wijk["share_corporation"], abs=1)
    assert made["population_density"] == pytest.approx(wijk["population_density"], rel=0.02)
