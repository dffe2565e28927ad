"""Published indices come out of `buurtbalans index` as they were published, from definitions alone."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from tests.shared import shared_data

DEFINITIONS = Path(__file__).parent / "definitions"
ABSENT = ["", "NA", "nan"]


def outcome(tmp_path: Path, name: str, table: str, *more: str) -> tuple[pl.DataFrame, Path]:
    """Run the command on published figures and return what it wrote, beside where they lie."""
    folder = shared_data() / "reproduction"
    out = tmp_path / "uit.csv"
    spec = str(DEFINITIONS / f"{name}.toml")
    done = CliRunner().invoke(app, ["index", spec, "--figures", str(folder / table), "--out", str(out), *more])
    assert done.exit_code == 0, done.output
    return pl.read_csv(out), folder


def test_wales_every_score_and_every_rank(tmp_path):
    found, folder = outcome(tmp_path, "wimd-2019", "wimd-2019-wales.csv")
    told = pl.read_csv(folder / "wimd-2019-wales.csv").sort("lsoa11_code")
    assert found.height == 1909
    assert np.abs(found["index"] - told["IMD_score"]).max() < 1.1e-8
    assert (found["index_rank"] == told["IMD_rank"].cast(pl.Int64)).all()
    for part in ("Income", "Health", "Crime"):
        assert np.abs(found[f"{part}_rank"] - told[f"{part}_score"]).max() < 1e-7


def test_human_development_of_every_country(tmp_path):
    found, folder = outcome(tmp_path, "hdi-2021", "hdi-2021.csv")
    told = pl.read_csv(folder / "hdi-2021.csv", null_values=ABSENT).sort("iso3")
    assert found["hdi"].is_null().sum() == told["hdi_2021"].is_null().sum() == 4
    assert (found["hdi"].round(3) - told["hdi_2021"]).abs().max() < 1e-9


def test_asem_at_every_level(tmp_path):
    found, folder = outcome(tmp_path, "asem-2018", "asem-treated.csv")
    told = pl.read_csv(folder / "asem-aggregated.csv", null_values=ABSENT).sort("UnitCode")
    codes = [code for code in found.columns if f"{code}_rank" in found.columns]
    assert len(codes) == 49 + 8 + 2 + 1
    for code in codes:
        theirs = told[code].cast(pl.Float64)
        assert (found[code].is_null() == theirs.is_null()).all(), code
        assert (found[code] - theirs).abs().max() == pytest.approx(0, abs=1e-12), code


def test_a_range_holds_the_plain_rank_and_the_same_seed_gives_the_same(tmp_path):
    found, _ = outcome(tmp_path, "asem-2018", "asem-treated.csv", "--uncertainty", "300")
    again, _ = outcome(tmp_path, "asem-2018", "asem-treated.csv", "--uncertainty", "300")
    other, _ = outcome(tmp_path, "asem-2018", "asem-treated.csv", "--uncertainty", "300", "--seed", "2")
    assert found.equals(again)
    assert not found.equals(other)
    assert (found["Index_rank_low"] <= found["Index_rank"]).all()
    assert (found["Index_rank"] <= found["Index_rank_high"]).all()
    assert (found["Index_rank_high"] - found["Index_rank_low"]).max() > 3
