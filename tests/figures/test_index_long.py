"""A long table is read in batches and in runs; however its rows lie, the figures are the same."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbalans.figures.balance import table as reading
from buurtbalans.figures.balance.definition import parse_definition
from buurtbalans.figures.balance.table import read_table
from buurtbalans.figures.findings import Refused

SPEC = {
    "id": "i",
    "missing": ["", "-999"],
    "indicator": [{"code": code, "group": "top"} for code in ("rust", "schuld", "groen")],
    "group": [{"code": "top"}],
}
CODES = ("rust", "schuld", "groen", "ander")
ORDERS = (["indicator", "period", "area"], ["area", "indicator", "period"], ["period", "area", "indicator"], [])


def long_table(areas: int, left: float, seed: int) -> pl.DataFrame:
    """Return invented figures of four indicators, three areas by three years at least, some rows left out."""
    chance = np.random.default_rng(seed)
    frame = pl.DataFrame(
        {
            "area": [f"BU{area:04d}" for area in range(areas) for _ in range(12)],
            "indicator": [code for _ in range(areas) for code in CODES for _ in range(3)],
            "period": [year for _ in range(areas * 4) for year in (2020, 2021, 2023)],
            "value": np.round(chance.normal(size=areas * 12), 3),
        }
    )
    odd = pl.Series(chance.choice([0.0, 1.0, 2.0, 3.0, 4.0], areas * 12, p=[0.6, 0.1, 0.1, 0.1, 0.1]))
    value = (
        pl.when(odd == 1)
        .then(None)
        .when(odd == 2)
        .then(float("nan"))
        .when(odd == 3)
        .then(float("inf"))
        .when(odd == 4)
        .then(-999.0)
        .otherwise(pl.col("value"))
        .alias("value")
    )
    return frame.with_columns(value).filter(pl.Series(chance.random(areas * 12) >= left))


def plainly(frame: pl.DataFrame) -> dict[tuple[str, int, str], float]:
    """Read the same row by row; what is no figure is NaN."""
    found = {}
    for area, code, period, value in frame.iter_rows():
        if code != "ander":
            absent = value is None or not np.isfinite(value) or value == -999
            found[code, period, area] = np.nan if absent else value
    return found


@pytest.mark.slow
@settings(max_examples=40)
@given(
    st.integers(1, 12),
    st.sampled_from([0, 0.3]),
    st.sampled_from(ORDERS),
    st.integers(0, 2**32),
    st.sampled_from([1, 7, 50, 1_000]),
    st.sampled_from([1, 2, 8]),
    st.sampled_from([2, 5, 1_000]),
)
def test_however_the_rows_lie_the_figures_are_the_same(tmp_path_factory, areas, left, order, seed, batch, longer, few):
    frame = long_table(areas, left, seed)
    frame = frame.sort(order) if order else frame.sample(fraction=1, shuffle=True, seed=seed)
    want = plainly(frame)
    if {code for code, _, _ in want} != {"rust", "schuld", "groen"}:
        return
    file = tmp_path_factory.mktemp("long") / "in.parquet"
    frame.write_parquet(file)
    with pytest.MonkeyPatch.context() as patch:
        for name, number in (("BATCH", batch), ("LONGER", longer), ("FEW", few)):
            patch.setattr(reading, name, number)
        found = read_table(file, parse_definition(SPEC))
    assert found.areas == tuple(sorted({area for _, _, area in want}))
    assert found.periods == tuple(sorted({period for _, period, _ in want}))
    for code, values in found.cube.items():
        for at, period in enumerate(found.periods):
            for place, area in enumerate(found.areas):
                value = want.get((code, period, area), np.nan)
                assert np.array_equal(values[at, place], value, equal_nan=True), (code, period, area)


@pytest.mark.parametrize("batch", [5, 36, 1_000])
@pytest.mark.parametrize("order", ORDERS)
def test_a_row_that_stands_twice_is_refused_wherever_it_stands(tmp_path, monkeypatch, batch, order):
    frame = long_table(6, 0, 1)
    twice = pl.concat([frame, frame[[13]]])
    (twice.sort(order) if order else twice).write_parquet(tmp_path / "in.parquet")
    for name, number in (("BATCH", batch), ("LONGER", 2), ("FEW", 2)):
        monkeypatch.setattr(reading, name, number)
    with pytest.raises(Refused, match="meer dan één keer"):
        read_table(tmp_path / "in.parquet", parse_definition(SPEC))


def test_a_number_that_is_none_is_told_with_its_row_in_every_batch(tmp_path, monkeypatch):
    frame = long_table(6, 0, 1).with_columns(pl.col("value").cast(pl.String)).sort("indicator", "area")
    at = 60
    rows = frame.with_columns(pl.Series("value", [*frame["value"][:at], "veel", *frame["value"][at + 1 :]]))
    rows.write_parquet(tmp_path / "in.parquet")
    monkeypatch.setattr(reading, "BATCH", 11)
    with pytest.raises(Refused) as told:
        read_table(tmp_path / "in.parquet", parse_definition({**SPEC, "missing": ["", "-999.0", "NaN", "inf"]}))
    assert [finding.row for finding in told.value.findings] == [at + 2]
