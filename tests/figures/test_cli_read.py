"""`buurtbalans read`: a table out, findings on standard error, exit 2 and nothing written when the data are refused."""

import io
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.cli.findings import terminal_table
from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.observation import SCHEMA
from tests.figures import kwb_samples as kwb

runner = CliRunner()


@pytest.mark.parametrize("layout", ["new", "old", "r", pytest.param("odata", marks=pytest.mark.slow)])
def test_every_layout_becomes_the_one_table(layout: str, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    path = kwb.written(layout, kwb.Sample(), tmp_path)
    result = runner.invoke(app, ["read", str(path), "--period", "2018", "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert pl.read_parquet(out).schema == SCHEMA
    assert "4 gebieden, 8 kolommen, 32 cijfers in out.parquet." in result.stderr


def test_a_csv_has_the_columns_of_the_contract(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    path = kwb.written("old", kwb.Sample(), tmp_path)
    assert runner.invoke(app, ["read", str(path), "--out", str(out)]).exit_code == 0
    lines = out.read_text().splitlines()
    assert lines[0] == "area,level,division,indicator,period,value,absence"
    assert lines[3] == "BU99010000,buurt,2018,population,2018,95.0,"


def test_a_refusal_writes_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("van vorig jaar")
    path = tmp_path / "old.csv"
    path.write_bytes(kwb.old(kwb.Sample()).encode()[:-5])
    result = runner.invoke(app, ["read", str(path), "--out", str(out)])
    assert result.exit_code == 2
    assert out.read_text() == "van vorig jaar"
    line = next(line for line in result.stderr.splitlines() if "afgebroken" in line)
    assert line.split()[:3] == ["geweigerd", "old.csv", "9"]
    assert "Traceback" not in result.stderr


def test_an_ending_nobody_knows_is_refused_before_reading(tmp_path: Path) -> None:
    result = runner.invoke(app, ["read", str(tmp_path / "weg.csv"), "--out", str(tmp_path / "out.doc")])
    assert result.exit_code == 2
    assert "geen bekende uitgang" in result.stderr


def test_the_input_is_never_written_over(tmp_path: Path) -> None:
    path = kwb.written("old", kwb.Sample(), tmp_path)
    before = path.read_bytes()
    result = runner.invoke(app, ["read", str(path), "--out", str(path)])
    assert result.exit_code == 2
    assert path.read_bytes() == before


def test_control_characters_of_a_file_do_not_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text(kwb.old(kwb.Sample()).replace("BU99010000", "\x1b[2J[red]BU"))
    result = runner.invoke(app, ["read", str(path), "--out", str(tmp_path / "out.csv")])
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert "[red]BU" in result.stderr


def test_a_terminal_shows_the_place_and_what_to_do() -> None:
    screen = Console(width=80, record=True, file=io.StringIO())
    screen.print(terminal_table([Finding(Severity.REFUSE, "Dit klopt niet.", "Kijk na.", "a.csv", 7, "k", 3)]))
    shown = screen.export_text()
    for part in ("geweigerd", "a.csv", "regel 7", "Dit klopt niet. (3 keer)", "Kijk na."):
        assert part in shown


@pytest.mark.slow
def test_a_damaged_typed_data_set_is_exit_3_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "kwb-2020.parquet"
    path.write_bytes(b"PAR1 and nothing more")
    result = runner.invoke(app, ["read", str(path), "--out", str(tmp_path / "out.csv")])
    assert result.exit_code == 2
    assert "niet te lezen als Parquet" in result.stderr
    assert not (tmp_path / "out.csv").exists()
