"""Computed figures: shares and sums, with reasons carried over."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.derivation.computed import with_computed_indicators
from buurtbalans.figures.observation import KEY, SCHEMA, Absence
from buurtbalans.figures.sources import read_files
from tests.figures.catalogue_parts import frame
from tests.shared import shared_data


def found(rows: pl.DataFrame, indicator: str) -> dict[str, float | str | None]:
    made = with_computed_indicators(rows, catalogue()).filter(indicator=indicator)
    return {row["area"]: row["absence"] or row["value"] for row in made.iter_rows(named=True)}


def test_a_share_is_its_part_over_its_denominator() -> None:
    rows = frame(("BU1", "population", 400.0), ("BU1", "population_65_plus", 60.0), ("BU1", "businesses", 20.0))
    assert found(rows, "share_65_plus") == {"BU1": 15.0}
    assert found(rows, "businesses_rate") == {"BU1": 50.0}
    assert found(rows, "share_welfare") == {}


def test_reasons_are_carried_over() -> None:
    rows = frame(
        ("BU1", "population", "withheld_at_source"),
        ("BU1", "population_65_plus", 60.0),
        ("BU2", "population", "withheld_at_source"),
        ("BU2", "population_65_plus", "not_measured"),
        ("BU3", "population", 0.0),
        ("BU3", "population_65_plus", 0.0),
        ("BU4", "population", 10.0),
        ("BU5", "population_65_plus", 10.0),
    )
    assert found(rows, "share_65_plus") == {
        "BU1": "withheld_at_source",
        "BU2": "not_measured",
        "BU3": "not_applicable",
        "BU4": "not_measured",
        "BU5": "not_measured",
    }


def test_a_sum_needs_all_its_parts_and_shares_rest_on_it() -> None:
    low, middle, high = "education_low", "education_middle", "education_high"
    rows = frame(
        *(("BU1", name, 100.0) for name in (low, middle)),
        ("BU1", high, 200.0),
        ("BU2", low, 100.0),
        ("BU2", middle, "withheld_at_source"),
        ("BU2", high, 10.0),
        ("BU3", low, 10.0),
    )
    assert found(rows, "education_known") == {"BU1": 400.0, "BU2": "withheld_at_source", "BU3": "not_measured"}
    assert found(rows, "share_education_high") == {"BU1": 50.0, "BU2": "withheld_at_source", "BU3": "not_measured"}


def test_years_and_divisions_are_kept_apart() -> None:
    rows = pl.concat(
        [
            frame(("BU1", "population", 400.0), period=2024),
            frame(("BU1", "population_65_plus", 60.0), period=2025),
        ]
    )
    assert with_computed_indicators(rows, catalogue()).height == 2


CELL = st.one_of(st.integers(0, 500).map(float), st.sampled_from([reason.value for reason in Absence]))
NAMES = st.sampled_from(["population", "men", "women", "births", "deaths", "households", "single_households"])


@pytest.mark.slow
@given(st.dictionaries(st.tuples(st.sampled_from(["BU1", "BU2", "BU3"]), NAMES), CELL))
def test_every_row_has_a_value_or_a_reason_and_doing_it_twice_changes_nothing(
    cells: dict[tuple[str, str], float | str],
) -> None:
    rows = frame(*((area, name, value) for (area, name), value in cells.items()))
    once = with_computed_indicators(rows, catalogue())
    assert once.schema == SCHEMA
    assert (once["value"].is_null() != once["absence"].is_null()).all()
    assert once.select(KEY).is_unique().all()
    assert once.sort(KEY).equals(with_computed_indicators(once, catalogue()).sort(KEY))
    assert once.sort(KEY).equals(with_computed_indicators(rows.reverse(), catalogue()).sort(KEY))


@pytest.mark.slow
def test_shares_of_real_figures_agree_with_the_file() -> None:
    folder = shared_data() / "cbs"
    read = read_files([folder / "kwb-2018-rotterdam-old-statline-layout.csv"]).observations
    made = with_computed_indicators(read, catalogue()).filter(area="GM0599")
    values = {row["indicator"]: row["value"] for row in made.iter_rows(named=True)}
    assert values["share_65_plus"] == 97147 / 638712 * 100
    assert values["share_single_households"] == 154323 / 321691 * 100
