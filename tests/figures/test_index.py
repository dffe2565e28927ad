"""The index: what its definition may say, and what holds for every table."""

import tomllib
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.figures.balance.definition import Aggregation, ScalingStep, parse_definition, read_definition
from buurtbalans.figures.balance.explain import explanation
from buurtbalans.figures.balance.index import aggregate, index_scores
from buurtbalans.figures.balance.rank_uncertainty import rank_intervals
from buurtbalans.figures.balance.ranks import RankTails, rank, rank_rows
from buurtbalans.figures.balance.scale import Unscalable, scale_values
from buurtbalans.figures.balance.table import read_table
from buurtbalans.figures.findings import Refused

SPEC = """
id = "proef"
area = "gebied"
missing = ["", ".", "-999"]

[[indicator]]
code = "rust"
group = "top"
weight = 2
scale = [{ step = "minmax" }]

[[indicator]]
code = "schuld"
group = "top"
direction = -1
scale = [{ step = "minmax" }]

[[group]]
code = "top"
"""
WIDE = "gebied,rust,schuld\n01,1,10\n02,2,-999.0\n03,3,30\n"
LONG = "gebied,indicator,value\n03,rust,3\n01,rust,1\n02,rust,2\n03,schuld,30\n02,schuld,.\n01,schuld,10\n03,ander,x\n"
numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))


def run(folder: Path, spec: str, table: str, *more: str, name: str = "in.csv"):
    """Run the command on texts and return how it ended and what it wrote."""
    (folder / "spec.toml").write_text(spec, encoding="utf-8")
    (folder / name).write_text(table, encoding="utf-8")
    given_ = [str(folder / "spec.toml"), "--figures", str(folder / name), "--out", str(folder / "uit.csv"), *more]
    done = CliRunner().invoke(app, ["index", *given_])
    out = folder / "uit.csv"
    return done, pl.read_csv(out, infer_schema=False) if out.is_file() else None


def test_wide_and_long_give_the_same_and_codes_stay_text(tmp_path):
    done, wide = run(tmp_path, SPEC, WIDE)
    assert done.exit_code == 0, done.output
    _, long = run(tmp_path, SPEC, LONG)
    assert wide.equals(long)
    assert wide["gebied"].to_list() == ["01", "02", "03"]
    assert wide["top"].cast(float).to_list() == [pytest.approx(1 / 3), 0.5, pytest.approx(2 / 3)]
    assert wide["schuld"].to_list() == ["1.0", None, "0.0"]
    assert wide["top_rank"].to_list() == ["3", "2", "1"]


def test_periods_are_measured_by_the_base(tmp_path):
    table = "gebied,period,rust,schuld\n01,2020,1,1\n02,2020,3,2\n01,2021,3,1\n02,2021,5,2\n"
    _, apart = run(tmp_path, SPEC, table)
    assert apart["rust"].to_list() == ["0.0", "0.0", "1.0", "1.0"]
    done, based = run(tmp_path, f"base = 2020\n{SPEC}", table)
    assert done.exit_code == 0, done.output
    assert based["period"].to_list() == ["2020", "2021", "2020", "2021"]
    assert based["rust"].to_list() == ["0.0", "1.0", "1.0", "2.0"]
    done, _ = run(tmp_path, f"base = 2019\n{SPEC}", table)
    assert done.exit_code == 2
    assert "2019" in done.output


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("gebied,rust\n01,1\n", "schuld ontbreekt"),
        ("gebied,rust,schuld\n01,veel,1\n02,2,1\n", "“veel” is geen getal"),
        ("gebied,rust,schuld\n01,1,1\n01,2,2\n", "meer dan één keer"),
        ("gebied,rust,schuld\n", "geen rijen"),
        ("gebied,rust,schuld\n,1,1\n02,2,2\n", "geen gebied"),
        ("gebied,rust,schuld\n01,1,1\n02,1,2\n", "rust is niet te schalen"),
        ("gebied,indicator,value\n01,rust,1\n01,rust,2\n", "meer dan één keer"),
        ("gebied,period,rust,schuld\n01,vorig jaar,1,1\n", "geen jaar"),
        ("", "niet te lezen"),
        ("code,rust,schuld\n01,1,1\n", "gebied ontbreekt"),
        ("gebied,indicator,value\n01,rust,1\n02,rust,2\n", "schuld ontbreekt"),
        ("gebied,indicator,value\n01,ander,1\n", "rust ontbreekt"),
    ],
)
def test_a_table_that_cannot_be_is_refused_in_words(tmp_path, table, says):
    done, out = run(tmp_path, SPEC, table)
    assert done.exit_code == 2, done.output
    assert says in " ".join(done.output.split())
    assert out is None


def test_a_long_table_without_a_year_or_a_number_is_told_with_its_row(tmp_path):
    definition = parse_definition(tomllib.loads(SPEC))
    rows = {"gebied": ["02", "01", "02", "01"], "indicator": ["ander", "rust", "schuld", "schuld"]}
    for years in ([2020, 2020, 2020, None], ["2020", "2020", None, "2020"]):
        pl.DataFrame({**rows, "period": years, "value": [1, 2, 3, 4]}).write_parquet(tmp_path / "in.parquet")
        with pytest.raises(Refused, match="“” is geen jaar"):
            read_table(tmp_path / "in.parquet", definition)
    pl.DataFrame({**rows, "value": ["1", "2", "veel", "4"]}).write_parquet(tmp_path / "in.parquet")
    with pytest.raises(Refused) as told:
        read_table(tmp_path / "in.parquet", definition)
    assert [finding.row for finding in told.value.findings] == [4]


def test_all_that_is_wrong_with_a_definition_is_told_at_once(tmp_path):
    spec = """
    id = ""
    kleur = "rood"
    base = "vroeger"
    [[indicator]]
    code = "a"
    group = "weg"
    weight = -1
    direction = 2
    scale = [{ step = "wortel" }, { step = "minmax", low = 3, high = 2 }, { step = "clip" }, { step = "log", k = 1 }]
    [[indicator]]
    code = "a"
    group = "top"
    [[group]]
    code = "top"
    combine = "product"
    digits = 99
    [[group]]
    code = "leeg"
    """
    (tmp_path / "fout.toml").write_text(spec, encoding="utf-8")
    with pytest.raises(Refused) as told:
        read_definition(tmp_path / "fout.toml")
    words = " ".join(finding.what for finding in told.value.findings)
    parts = ("`id`", "kleur", "vroeger", "-1", "richting", "wortel", "lager dan", "niets", "`k`", "'weg'", "product")
    for part in (*parts, "99", "leeg heeft geen delen", "dezelfde kolom"):
        assert part in words, part


def test_groups_in_a_circle_and_no_toml_and_no_file(tmp_path):
    circle = {
        "id": "i",
        "indicator": [{"code": "a", "group": "g"}],
        "group": [{"code": "g", "group": "h"}, {"code": "h", "group": "g"}],
    }
    with pytest.raises(Refused, match="kring"):
        parse_definition(circle)
    (tmp_path / "geen.toml").write_text("dit is [ geen toml", encoding="utf-8")
    with pytest.raises(Refused, match="geen TOML"):
        read_definition(tmp_path / "geen.toml")
    with pytest.raises(Refused, match="er niet"):
        read_definition(tmp_path / "weg.toml")


def test_what_a_step_does_not_allow_is_told():
    with pytest.raises(Unscalable, match="logaritme"):
        scale_values(np.array([1.0, 0.0]), (ScalingStep("log"),))
    with pytest.raises(Unscalable, match="tot en met 1"):
        scale_values(np.array([1.0, 5.0]), (ScalingStep("exponential"),))
    with pytest.raises(Unscalable, match="onder 0"):
        aggregate([np.array([-1.0])], [1.0], Aggregation.GEOMETRIC)


@pytest.mark.parametrize("name", ["minmax", "zscore", "percent_rank", "from_rank"])
def test_a_year_that_was_not_measured_stays_empty_and_is_no_base(name):
    nothing, values = np.full(3, np.nan), np.array([1.0, 2.0, 3.0])
    assert np.isnan(scale_values(nothing, (ScalingStep(name),))).all()
    assert np.isnan(scale_values(nothing, (ScalingStep(name),), base=values)).all()
    with pytest.raises(Unscalable, match="basisjaar"):
        scale_values(values, (ScalingStep(name),), base=nothing)
    fixed = (ScalingStep("minmax", {"low": 1.0, "high": 3.0}),)
    assert scale_values(values, fixed, base=nothing).tolist() == [0.0, 0.5, 1.0]


def test_a_percent_rank_is_turned_after_rounding():
    values = np.array([1.0, 2.0, 2.0, 4.0])
    up = scale_values(values, (ScalingStep("percent_rank", {"digits": 1}),))
    down = scale_values(values, (ScalingStep("percent_rank", {"digits": 1}),), -1)
    assert up.tolist() == [0.0, 0.3, 0.3, 1.0]
    assert down.tolist() == [1.0, 0.7, 0.7, 0.0]


def test_children_may_be_combined_before_their_steps_and_a_lack_may_count():
    spec = {
        "id": "i",
        "indicator": [
            {"code": "a", "group": "g", "scale": [{"step": "zscore"}]},
            {"code": "b", "group": "g", "scale": [{"step": "zscore"}]},
        ],
        "group": [{"code": "g", "of": "raw", "missing": "any", "combine": "sum"}],
    }
    cube = {"a": np.array([[1.0, 2.0, 3.0]]), "b": np.array([[4.0, np.nan, 6.0]])}
    found = index_scores(parse_definition(spec), cube)["g"].value[0]
    assert found[[0, 2]].tolist() == [5.0, 9.0]
    assert np.isnan(found[1])


@given(st.lists(numbers, min_size=3, max_size=30, unique=True), st.floats(0.01, 1000), numbers, st.randoms())
def test_other_units_and_another_order_change_nothing(values, factor, shift, random):
    plain = np.array(values)
    one = scale_values(plain, (ScalingStep("minmax"),))
    assert np.allclose(one, scale_values(plain * factor + shift, (ScalingStep("minmax"),)), atol=1e-6)
    order = list(range(len(values)))
    random.shuffle(order)
    for step in ("minmax", "zscore", "percent_rank"):
        assert (
            scale_values(plain[order], (ScalingStep(step),)) == scale_values(plain, (ScalingStep(step),))[order]
        ).all()


@given(st.lists(st.lists(st.one_of(numbers, st.just(float("nan"))), min_size=4, max_size=4), min_size=2, max_size=5))
def test_a_part_of_weight_0_changes_nothing(parts):
    arrays = [np.array(part) for part in parts]
    for how in (Aggregation.MEAN, Aggregation.SUM):
        for whole in (False, True):
            with_it = aggregate(arrays, [1.0] * (len(arrays) - 1) + [0.0], how, whole=whole)
            without = aggregate(arrays[:-1], [1.0] * (len(arrays) - 1), how, whole=whole)
            assert np.array_equal(with_it, without, equal_nan=True)


@given(st.integers(1, 40), st.integers(0, 2**32), st.sampled_from([0, 1, 3, 15]))
def test_an_order_is_exact_also_where_scores_differ_in_their_last_bit(areas, seed, digits):
    generator = np.random.default_rng(seed)
    scores = np.round(generator.normal(size=(4, areas)), digits)
    scores[1] = 1 + generator.integers(-3, 3, areas) * np.finfo(float).eps
    scores[2] = -0.0
    scores[2, : areas // 2] = 0.0
    scores[3] = -np.inf
    scores[generator.random(scores.shape) < 0.2] = np.nan
    scores[0, :1] = -np.array(np.nan)
    want = np.nan_to_num(np.stack([rankdata(-row, method="min", nan_policy="omit") for row in scores]))
    assert (rank_rows(scores) == want).all()
    assert (np.stack([rank(row) for row in scores]) == want).all()


@pytest.mark.parametrize("draws", [1, 2, 19, 200])
def test_the_ends_are_those_of_all_draws_though_few_are_kept(draws):
    ranks = np.random.default_rng(3).integers(1, 60, (draws, 7)).astype(np.int32)
    tails = RankTails(7, draws)
    for start in range(0, draws, 13):
        tails.add(ranks[start : start + 13])
    low, high = tails.ends()
    assert np.allclose(low, np.quantile(ranks, 0.05, axis=0))
    assert np.allclose(high, np.quantile(ranks, 0.95, axis=0))


def test_ranges_hold_the_plain_rank_and_settle():
    generator = np.random.default_rng(5)
    spec = {
        "id": "i",
        "group": [{"code": "g"}],
        "indicator": [{"code": code, "group": "g", "scale": [{"step": "minmax"}]} for code in "abcd"],
    }
    definition = parse_definition(spec)
    cube = {code: generator.normal(size=(1, 50)) for code in "abcd"}
    cube["a"][0, :5] = np.nan
    ranks = {code: each.ranks for code, each in index_scores(definition, cube).items()}
    width = []
    for draws, seed in ((2_000, 1), (2_000, 2), (50, 3)):
        ends = rank_intervals(definition, cube, ranks, draws, seed)["g"]
        assert (ends.low <= ranks["g"]).all()
        assert (ranks["g"] <= ends.high).all()
        width.append(ends)
    assert np.abs(width[0].low - width[1].low).max() <= 2
    assert np.abs(width[0].high - width[1].high).max() <= 2


RAW = {
    "id": "i",
    "group": [{"code": "g", "of": "raw"}],
    "indicator": [{"code": code, "group": "g", "scale": [{"step": "zscore"}]} for code in "ab"],
}
IDLE = {
    "id": "i",
    "group": [{"code": "g", "combine": "geometric"}],
    "indicator": [{"code": "a", "group": "g"}, {"code": "b", "group": "g", "weight": 0}],
}

BASED = {
    "id": "i",
    "base": 2020,
    "indicator": [{"code": "a", "group": "g"}, {"code": "b", "group": "h"}],
    "group": [*({"code": code, "group": "top", "scale": [{"step": "minmax"}]} for code in "gh"), {"code": "top"}],
}


@pytest.mark.parametrize(
    ("spec", "cube"),
    [
        pytest.param(RAW, {"a": [[1, 2, 3]], "b": [[600, 400, 500]]}, id="children before their steps"),
        pytest.param(IDLE, {"a": [[1, 2, 3]], "b": [[1, 1, 0]]}, id="the logarithm of 0 at weight 0"),
        pytest.param(BASED, {"a": [[0, 1, 2], [0, 10, 20]], "b": [[3, 2, 1], [3, 1, 2]]}, id="groups by their base"),
    ],
)
def test_draws_of_the_weights_as_given_give_the_plain_rank(monkeypatch, spec, cube):
    monkeypatch.setattr("buurtbalans.figures.balance.rank_uncertainty.AROUND", (1.0, 1.0))
    figures = {code: np.array(rows, dtype=float) for code, rows in cube.items()}
    definition, periods = parse_definition(spec), tuple(range(2020, 2020 + len(cube["a"])))
    ranks = {code: each.ranks for code, each in index_scores(definition, figures, periods).items()}
    for code, ends in rank_intervals(definition, figures, ranks, 8, 1, periods).items():
        assert (ends.low == ranks[code]).all(), code
        assert (ends.high == ranks[code]).all(), code


def test_draws_keep_the_total_of_a_sum_and_tell_what_they_do_not_allow():
    spec = {
        "id": "i",
        "indicator": [{"code": code, "group": "g", "weight": 0.5} for code in "ab"],
        "group": [{"code": "g", "combine": "sum", "scale": [{"step": "exponential"}]}],
    }
    cube = {"a": np.array([[1.0, 0.5, 0.3]]), "b": np.array([[1.0, 0.2, 0.0]])}
    ranks = {code: each.ranks for code, each in index_scores(parse_definition(spec), cube).items()}
    assert rank_intervals(parse_definition(spec), cube, ranks, 200, 1)["g"].high.tolist() == [[1, 2, 3]]
    spec["group"][0]["scale"] = [{"step": "log"}]
    cube["b"] = np.array([[-0.9, -0.4, -0.2]])
    ranks = {code: each.ranks for code, each in index_scores(parse_definition(spec), cube).items()}
    with pytest.raises(Refused, match="g is met andere gewichten niet te schalen"):
        rank_intervals(parse_definition(spec), cube, ranks, 200, 1)


def test_a_definition_is_told_in_dutch(tmp_path):
    (tmp_path / "spec.toml").write_text(SPEC, encoding="utf-8")
    done = CliRunner().invoke(app, ["index", str(tmp_path / "spec.toml"), "--explain"])
    assert done.exit_code == 0
    words = explanation(read_definition(tmp_path / "spec.toml"))
    assert words.splitlines()[0] in " ".join(done.output.split("\n"))
    for part in ("2 cijfers in 1 groep", "rust (gewicht 2)", "Minder is meer", "geen percentage", "reeks van rangen"):
        assert part in words
    done = CliRunner().invoke(app, ["index", str(tmp_path / "spec.toml")])
    assert done.exit_code == 2
