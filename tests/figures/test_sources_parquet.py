"""Damaged Parquet and folders that are no table: refused in words, even when the damage ends the process that reads."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sources import parquet, read_files
from tests.figures import kwb_samples as kwb

pytestmark = pytest.mark.slow  # every table is read in a process of its own


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_cut_parquet(keep: float, tmp_path: Path) -> None:
    path = kwb.written("odata", kwb.Sample(), tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(Refused, match="beschadigd of afgebroken"):
        read_files([path])


def test_rows_lacking_from_a_typed_data_set(tmp_path: Path) -> None:
    path = kwb.written("odata", kwb.Sample(), tmp_path)
    pl.read_parquet(path).head(2).write_parquet(path)
    with pytest.raises(Refused, match=r"heeft 2 regels\. De beschrijving belooft er 4"):
        read_files([path])


def test_two_columns_of_codes_that_contradict(tmp_path: Path) -> None:
    path = kwb.written("odata", kwb.Sample(), tmp_path)
    table = pl.read_parquet(path)
    table.with_columns(pl.col("Codering_3").reverse()).write_parquet(path)
    with pytest.raises(Refused, match="spreken elkaar tegen"):
        read_files([path])


def test_a_description_is_no_data(tmp_path: Path) -> None:
    folder = kwb.written("odata", kwb.Sample(), tmp_path).parent
    with pytest.raises(Refused, match="beschrijft de tabel"):
        read_files([folder / "99999NED_DataProperties.parquet"])


def test_a_folder_without_a_table(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="geen tabel"):
        read_files([tmp_path])


def dying(folder: Path, first: str) -> Path:
    """Return a reader that writes something and then ends as a crash does."""
    child = folder / "child.py"
    child.write_text(f"import os, sys\nopen(sys.argv[2], 'w').write({first!r})\nos.abort()\n")
    return child


def test_a_reader_that_crashes_is_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kwb.written("odata", kwb.Sample(), tmp_path)
    monkeypatch.setattr(parquet, "_CHILD", dying(tmp_path, "half a table"))
    with pytest.raises(Refused, match="beschadigd of afgebroken"):
        read_files([path])


def test_a_reader_that_crashes_on_one_file_goes_on_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "_CHILD", dying(tmp_path, '["Key"]\n'))
    paths = [tmp_path / name for name in ("a", "b", "c")]
    assert parquet.columns(paths) == {paths[0]: {"Key"}, paths[1]: set(), paths[2]: {"Key"}}


def test_a_reader_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kwb.written("odata", kwb.Sample(), tmp_path)
    child = tmp_path / "child.py"
    child.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(parquet, "_CHILD", child)
    monkeypatch.setattr(parquet, "_SECONDS", 0.1)
    with pytest.raises(Refused, match="beschadigd of afgebroken"):
        read_files([path])


def height(path: Path) -> int | None:
    """Return how many regions were read, or None after a refusal; any other error is a crash and comes through."""
    try:
        return read_files([path], period=2018).areas.height
    except Refused:
        return None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(data=st.data())
def test_a_changed_byte_in_parquet_is_read_whole_or_refused(data: st.DataObject, tmp_path: Path) -> None:
    path = kwb.written("odata", kwb.Sample(), tmp_path).rename(tmp_path / "alone.parquet")
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert height(path) in {None, len(kwb.AREAS)}
