"""What holds of every index, whatever its definition: order, units, weight 0, and ranges around the plain rank."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from buurtbalans.figures.balance.definition import Definition, parse_definition
from buurtbalans.figures.balance.index import index_scores
from buurtbalans.figures.balance.outcome import compute_outcome
from buurtbalans.figures.balance.rank_uncertainty import rank_intervals
from buurtbalans.figures.balance.table import Table, read_table

SCALES = ("minmax", "zscore", "percent_rank")
AREAS, PERIODS = 12, (2020, 2021)


def parts(draw: st.DrawFn, combines: tuple[str, ...], scales: tuple[str, ...], weights: st.SearchStrategy[float]):
    """Draw a definition of two layers: groups of some indicators each, and one on top."""
    groups, indicators = [{"code": "top", "combine": draw(st.sampled_from(combines))}], []
    for group in "gh"[: draw(st.integers(1, 2))]:
        how, missing = draw(st.sampled_from(combines)), draw(st.sampled_from(["skip", "any"]))
        groups.append({"code": group, "group": "top", "combine": how, "weight": draw(weights), "missing": missing})
        for number in range(draw(st.integers(1, 3))):
            one = {"code": f"{group}{number}", "group": group, "weight": draw(weights)}
            one["direction"] = draw(st.sampled_from([1, -1]))
            one["scale"] = [{"step": draw(st.sampled_from(scales))}]
            indicators.append(one)
    return {"id": "proef", "indicator": indicators, "group": groups}


@st.composite
def cases(draw, combines=("mean", "sum", "geometric"), scales=SCALES, gaps=True):
    """Draw a definition and figures for it; a geometric mean has nothing below 0, so no distances to the mean."""
    how = draw(st.sampled_from(combines))
    allowed = tuple(scale for scale in scales if how != "geometric" or scale != "zscore")
    said = parts(draw, (how,), allowed, st.sampled_from([0.5, 1, 2]))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    cube = {}
    for one in said["indicator"]:
        values = np.round(chance.normal(size=(len(PERIODS), AREAS)) * 10, draw(st.sampled_from([0, 3])))
        values[chance.random(values.shape) < (0.15 if gaps else 0)] = np.nan
        for row in values:
            assume(np.unique(row[~np.isnan(row)]).size > 1)
        cube[one["code"]] = values
    return said, cube


def table(cube) -> Table:
    """Return figures as a table was read."""
    return Table(tuple(f"{number:02d}" for number in range(AREAS)), PERIODS, cube)


def frames(cube) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the same figures as a wide and as a long table."""
    areas = [f"{number:02d}" for number in range(AREAS)]
    rows = {"area": areas * len(PERIODS), "period": np.repeat(PERIODS, AREAS)}
    wide = pl.DataFrame({**rows, **{code: values.reshape(-1) for code, values in cube.items()}})
    return wide, wide.unpivot(list(cube), index=["area", "period"], variable_name="indicator")


@pytest.mark.slow
@settings(max_examples=12)
@given(cases(), st.integers(0, 2**32))
def test_the_order_of_rows_changes_nothing_at_all(tmp_path_factory, case, seed):
    said, cube = case
    definition, folder = parse_definition(said), tmp_path_factory.mktemp("rows")
    outcomes = []
    for number, frame in enumerate([*frames(cube), *frames(cube)]):
        mixed = frame if number < 2 else frame.sample(fraction=1, shuffle=True, seed=seed)
        mixed.write_parquet(folder / "in.parquet")
        found = compute_outcome(definition, read_table(folder / "in.parquet", definition), draws=40)
        outcomes.append(found.frame(definition))
    assert all(outcomes[0].equals(other) for other in outcomes[1:])


@given(cases(scales=("minmax",)), st.floats(0.01, 1_000), st.floats(-1_000, 1_000))
def test_rescaled_figures_change_nothing_after_minmax(case, factor, shift):
    said, cube = case
    definition = parse_definition(said)
    plain = index_scores(definition, cube, PERIODS)
    first = next(iter(cube))
    other = index_scores(definition, {**cube, first: cube[first] * factor + shift}, PERIODS)
    for code, scored in plain.items():
        assert np.allclose(scored.value, other[code].value, rtol=1e-6, atol=1e-7, equal_nan=True), code


@given(cases(scales=("minmax",)), st.floats(0.01, 1_000))
def test_less_is_more_is_the_same_as_the_figure_upside_down(case, factor):
    said, cube = case
    plain = index_scores(parse_definition(said), cube, PERIODS)
    first = said["indicator"][0]
    turned = {**said, "indicator": [{**first, "direction": -first["direction"]}, *said["indicator"][1:]]}
    other = index_scores(parse_definition(turned), {**cube, first["code"]: -factor * cube[first["code"]]}, PERIODS)
    assert np.allclose(plain["top"].value, other["top"].value, rtol=1e-9, atol=1e-9, equal_nan=True)


@settings(max_examples=15)
@given(cases(), st.booleans())
def test_a_part_of_weight_0_changes_neither_the_index_nor_its_ranges(case, as_group):
    said, cube = case
    idle = {
        "code": "idle",
        "group": "i" if as_group else "g",
        "weight": 1 if as_group else 0,
        "scale": [{"step": "minmax"}],
    }
    group = {"code": "i", "group": "top", "weight": 0, "combine": "mean"}
    more = {**said, "indicator": [*said["indicator"], idle], "group": [*said["group"], *([group] if as_group else [])]}
    values = np.arange(2.0 * AREAS).reshape(2, AREAS) ** 2
    values[:, ::5] = np.nan
    definition, larger = parse_definition(said), parse_definition(more)
    plain = compute_outcome(definition, table(cube), draws=20)
    with_it = compute_outcome(larger, table({**cube, "idle": values}), draws=20)
    for node in definition.nodes:
        assert np.array_equal(plain.scored[node.code].value, with_it.scored[node.code].value, equal_nan=True)
        assert (plain.scored[node.code].ranks == with_it.scored[node.code].ranks).all()
    for code, ends in plain.ends.items():
        assert (ends.low == with_it.ends[code].low).all()
        assert (ends.high == with_it.ends[code].high).all()


@settings(max_examples=15)
@given(cases(), st.integers(1, 80), st.integers(0, 2**32))
def test_every_range_holds_the_plain_rank_and_ends_in_the_table(case, draws, seed):
    said, cube = case
    definition = parse_definition(said)
    found = compute_outcome(definition, table(cube), draws=draws, seed=seed)
    for code, ends in found.ends.items():
        ranks = found.scored[code].ranks
        there = ranks > 0
        assert (ends.low <= ranks).all()
        assert (ranks <= ends.high).all()
        assert (ends.low[there] >= 1).all()
        assert (ends.high <= there.sum(axis=1, keepdims=True)).all()
        assert (ends.high[~there] == 0).all()


def widths(definition: Definition, cube, draws: int, seed: int) -> np.ndarray:
    """Return both ends of the ranges of the top, beside each other."""
    ranks = {code: each.ranks for code, each in index_scores(definition, cube, PERIODS).items()}
    ends = rank_intervals(definition, cube, ranks, draws, seed, PERIODS)["top"]
    return np.concatenate([ends.low, ends.high]).astype(float)


@pytest.mark.slow
def test_ranges_settle_the_more_draws_there_are():
    chance = np.random.default_rng(2)
    codes = "abcdef"
    said = {
        "id": "i",
        "group": [{"code": "top"}],
        "indicator": [{"code": code, "group": "top", "scale": [{"step": "minmax"}]} for code in codes],
    }
    cube = {code: chance.normal(size=(2, 80)) for code in codes}
    settled = widths(parse_definition(said), cube, 8_000, 1)
    off = [
        np.mean([np.abs(widths(parse_definition(said), cube, draws, seed) - settled).mean() for seed in (5, 6, 7)])
        for draws in (30, 200, 1_500)
    ]
    assert off[0] > 1.5 * off[1] > 2 * off[2], off
    assert off[2] < 0.5


def test_a_folder_of_periods_and_areas_is_read_in_order(tmp_path: Path):
    cube = {"g0": np.arange(24.0).reshape(2, 12)}
    said = {"id": "i", "indicator": [{"code": "g0", "group": "top"}], "group": [{"code": "top"}]}
    frames(cube)[1].reverse().write_parquet(tmp_path / "in.parquet")
    found = read_table(tmp_path / "in.parquet", parse_definition(said))
    assert (found.areas, found.periods) == (table(cube).areas, PERIODS)
    assert found.cube["g0"].tolist() == cube["g0"].tolist()
