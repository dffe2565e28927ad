"""Tables are written whole or not at all, in the format of their ending, and no cell becomes a formula."""

import json
import zipfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtbalans.figures import output
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.observation import SCHEMA, Absence

FIGURES = pl.DataFrame(
    [
        ("BU99010000", "buurt", 2018, "population", 2018, 95.0, None),
        ("BU99010001", "buurt", 2018, "population", 2018, None, "withheld_at_source"),
    ],
    schema=SCHEMA,
    orient="row",
)
rows = st.tuples(
    st.from_regex(r"\A(BU[0-9]{8}|WK[0-9]{6}|GM[0-9]{4}|NL00)\Z"),
    st.sampled_from(["land", "gemeente", "wijk", "buurt"]),
    st.integers(1995, 2049),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1).map(lambda name: f"cbs-kwb:{name}"),
    st.integers(1995, 2049),
    st.one_of(
        st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.none()),
        st.tuples(st.none(), st.sampled_from([reason.value for reason in Absence])),
    ),
).map(lambda row: (*row[:5], *row[5]))


def read_back(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.read_parquet(path)
    if path.suffix == ".csv":
        return pl.read_csv(path, schema=SCHEMA)
    return pl.DataFrame(json.loads(path.read_text()), schema=SCHEMA)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.lists(rows, min_size=1), ending=st.sampled_from([".csv", ".parquet", ".json"]))
def test_what_is_written_is_read_back(table: list[tuple[object, ...]], ending: str, tmp_path: Path) -> None:
    frame = pl.DataFrame(table, schema=SCHEMA, orient="row")
    out = tmp_path / f"out{ending}"
    output.write_table(frame, out)
    assert read_back(out).equals(frame)


def test_excel_holds_numbers_as_numbers_and_words_as_words(tmp_path: Path) -> None:
    output.write_table(FIGURES, tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>95</v>" in sheet
    assert "withheld_at_source" in sheet
    assert sheet.count("<row ") == 3


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_becomes_a_formula(start: str, ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"out{ending}"
    output.write_table(pl.DataFrame({"area": [f"{start}1+1"]}), out)
    if ending == ".csv":
        assert out.read_text().splitlines()[1].lstrip('"').startswith("'")
    else:
        with zipfile.ZipFile(out) as book:
            assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("name", ["out.txt", "out", "out.csv.gz"])
def test_an_unknown_ending_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="geen bekende uitgang"):
        output.write_table(FIGURES, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="bestaat niet"):
        output.write_table(FIGURES, tmp_path / "weg" / "out.csv")


def test_more_rows_than_excel_takes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "XLSX_ROWS", 1)
    with pytest.raises(Refused, match="Excel kan er 1 aan"):
        output.write_table(FIGURES, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_leaves_the_older_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.csv"
    output.write_table(FIGURES, out)
    before = out.read_bytes()

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output, "_settle", full)
    with pytest.raises(Refused, match="niet te schrijven"):
        output.write_table(FIGURES.head(1), out)
    assert out.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
