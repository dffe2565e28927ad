"""Reading, writing and reading again gives the same figures, for every published file and every format."""

import os
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtbalans.figures import output
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.observation import ABSENCES, LEVELS, SCHEMA, Absence
from buurtbalans.figures.sources import read_files
from tests.shared import shared_data

READABLE = (
    "bbga/bbga_tableau.csv",
    "cbs/84799NED-kwb-2020-odata3",
    "cbs/kwb-2016-rotterdam-old-statline-layout.csv",
    "cbs/kwb-2018-rotterdam-old-statline-layout.csv",
    "cbs/kwb-2019-amsterdam-rewritten-by-r.csv",
    "cbs/kwb-2024-statline-export.csv",
    "cbs/ses-woa-2019-amsterdam.csv",
)
WHOLE = os.environ.get("BUURTBALANS_FAULTS") == "1"
ROWS = 60_000 if WHOLE else 1_500
ENDINGS = (".csv", ".json", ".parquet", ".xlsx")


@cache
def observations(name: str) -> pl.DataFrame:
    return read_files([shared_data() / name]).observations


def again(frame: pl.DataFrame, path: Path) -> pl.DataFrame:
    output.write_table(frame, path)
    return read_files([path]).observations


def test_every_file_that_can_be_read_is_in_the_list() -> None:
    root = shared_data()
    found = set()
    for path in sorted([*root.rglob("*.csv"), *root.rglob("*.json")]):
        try:
            read_files([path])
        except Refused:
            continue
        found.add(str(path.relative_to(root)))
    assert found == {name for name in READABLE if name.endswith(".csv")}


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", READABLE)
def test_a_published_file(name: str, ending: str, tmp_path: Path) -> None:
    frame = observations(name)
    frame = frame.sample(min(ROWS, frame.height), seed=5)
    assert again(frame, tmp_path / f"tabel{ending}").equals(frame)


@pytest.mark.slow
def test_the_whole_country_in_parquet(tmp_path: Path) -> None:
    frame = observations("cbs/84799NED-kwb-2020-odata3")
    frame = frame if WHOLE else frame.head(200_000)
    assert again(frame, tmp_path / "tabel.parquet").equals(frame)


FIGURE = st.one_of(
    st.tuples(st.floats(-1e12, 1e12, allow_subnormal=False), st.none()),
    st.tuples(st.none(), st.sampled_from([reason.value for reason in Absence])),
)
ROWS_OF = st.dictionaries(
    st.tuples(
        st.sampled_from(["NL00", "GM0363", "WK0363AA", "BU0363AA01", "SD0363A", "GB0363DX01"]),
        st.integers(1995, 2045),
        st.sampled_from(["population", "cbs-kwb:Iets (aantal)", "table:a;b", 'bbga:"x"', "bbga:=1+1"]),
        st.integers(1995, 2045),
    ),
    FIGURE,
    min_size=1,
    max_size=8,
)
LEVEL = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt", "SD": "stadsdeel", "GB": "gebied"}


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS_OF, ending=st.sampled_from([".csv", ".json"]))
def test_any_figures(
    rows: dict[tuple[str, int, str, int], tuple[float | None, str | None]], ending: str, tmp_path: Path
) -> None:
    told = [
        (area, LEVEL[area[:2]], division, indicator, period, value, reason)
        for (area, division, indicator, period), (value, reason) in rows.items()
    ]
    schema = {**SCHEMA, "level": LEVELS, "absence": ABSENCES}
    frame = pl.DataFrame(told, schema=schema, orient="row")
    assert again(frame, tmp_path / f"tabel{ending}").equals(frame)
