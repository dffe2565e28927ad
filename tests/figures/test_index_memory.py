"""Ranges in bounded memory: what has no room at once gets a turn of its own, and nothing else changes."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buurtbalans.figures.balance import rank_uncertainty as drawing
from buurtbalans.figures.balance.definition import Definition, parse_definition
from buurtbalans.figures.balance.index import index_scores
from buurtbalans.figures.balance.rank_uncertainty import rank_intervals
from buurtbalans.figures.balance.ranks import RankTails

MEGABYTE = 1_000_000


def made(areas: int, indicators: int, periods: int, seed: int = 1, base: int | None = None):
    """Return a definition of three groups and one above them, with invented figures that have gaps."""
    chance = np.random.default_rng(seed)
    codes = [f"c{number:02d}" for number in range(indicators)]
    said = {
        "id": "i",
        "indicator": [
            {"code": code, "group": f"g{number % 3}", "scale": [{"step": "minmax"}]}
            for number, code in enumerate(codes)
        ],
        "group": [*({"code": f"g{number}", "group": "top"} for number in range(3)), {"code": "top"}],
    } | ({} if base is None else {"base": base})
    cube = {code: chance.normal(size=(periods, areas)) for code in codes}
    for values in cube.values():
        values[chance.random(values.shape) < 0.05] = np.nan
    return parse_definition(said), cube


def ranges(definition: Definition, cube, draws: int):
    """Return the ranges of every group."""
    periods = tuple(range(2020, 2020 + len(next(iter(cube.values())))))
    ranks = {code: each.ranks for code, each in index_scores(definition, cube, periods).items()}
    return rank_intervals(definition, cube, ranks, draws, 3, periods)


@pytest.mark.slow
@settings(max_examples=8)
@given(st.integers(1, 10), st.integers(1, 30), st.sampled_from([500, 1_000, 2_000]), st.booleans())
def test_with_little_room_the_ranges_are_the_same(areas, draws, room, based):
    definition, cube = made(areas + 2, 6, 2, areas, 2021 if based else None)
    want = ranges(definition, cube, draws)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "ROOM", room)
        found = ranges(definition, cube, draws)
    for code, ends in want.items():
        assert (ends.low == found[code].low).all()
        assert (ends.high == found[code].high).all()


@given(st.integers(1, 400), st.integers(1, 40), st.integers(0, 2**32), st.sampled_from([0.0, 0.05, 0.2, 0.4]))
def test_the_ends_are_the_quantiles_of_all_draws(draws, once, seed, share):
    ranks = np.random.default_rng(seed).integers(1, 30, (draws, 3)).astype(np.int32)
    tails = RankTails(3, draws, share)
    for start in range(0, draws, once):
        tails.add(ranks[start : start + once])
    low, high = tails.ends()
    assert np.allclose(low, np.quantile(ranks, share, axis=0))
    assert np.allclose(high, np.quantile(ranks, 1 - share, axis=0))


def peak(areas: int, indicators: int, periods: int, draws: int) -> float:
    """Return the most megabytes that making the ranges takes beside the figures themselves."""
    definition, cube = made(areas, indicators, periods)
    years = tuple(range(periods))
    ranks = {code: each.ranks for code, each in index_scores(definition, cube, years).items()}
    tracemalloc.start()
    try:
        rank_intervals(definition, cube, ranks, draws, 1, years)
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_more_draws_take_no_more_memory_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(drawing, "ROOM", MEGABYTE // 2)
    monkeypatch.setattr(drawing, "CELLS", 10_000)
    assert 4 * 1_000 * RankTails.size(300) > 2 * MEGABYTE, "all at once would take more"
    few, many = peak(1_000, 6, 1, 40), peak(1_000, 6, 1, 300)
    assert few < 2.5, few
    assert many < few + 0.5, many


@pytest.mark.long
def test_a_hundred_thousand_areas_stay_under_a_gigabyte():
    assert peak(100_000, 40, 1, 1_000) < 1_000
