"""Small areas are drawn towards their municipality: closer to the truth, never past it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.balance.shrink import shrink

errors_of = st.lists(st.floats(0.01, 50), min_size=3, max_size=40)


def simulated(seed: int, areas: int, apart: float, uneven: float, times: int = 20):
    """Give true figures around 20, what was measured of them, and the errors of the measuring, several times."""
    chance = np.random.default_rng(seed)
    for _ in range(times):
        errors = np.exp(chance.normal(scale=uneven, size=areas))
        truth = 20 + apart * chance.normal(size=areas)
        yield truth, truth + errors * chance.normal(size=areas), errors


def gains(seed: int, areas: int, apart: float, uneven: float, times: int) -> np.ndarray:
    """Return how much nearer to the truth all areas came together, in squares, each time."""
    return np.array(
        [
            ((measured - truth) ** 2).sum() - ((shrink(measured, errors, 20.0).values - truth) ** 2).sum()
            for truth, measured, errors in simulated(seed, areas, apart, uneven, times)
        ]
    )


@given(st.integers(0, 2**32), st.integers(4, 200), st.floats(0, 4), st.floats(0, 1))
def test_it_is_not_further_from_the_truth_than_chance_explains(seed, areas, apart, uneven):
    found = gains(seed, areas, apart, uneven, times=20)
    assert found.mean() > -4 * found.std() / np.sqrt(len(found))


@pytest.mark.slow
@pytest.mark.parametrize(("areas", "apart"), [(4, 0.5), (4, 2), (5, 2), (20, 0.5), (20, 4), (200, 4)])
def test_on_average_it_is_closer_to_the_truth_than_what_was_measured(areas, apart):
    assert gains(1, areas, apart, 0.5, times=400).mean() > 0


@pytest.mark.parametrize("apart", [0.1, 0.3, 1.0, 3.0])
def test_the_errors_after_it_and_the_spread_are_those_of_the_truth(apart):
    within, spread = [], []
    for truth, measured, errors in simulated(7, 200, apart, 0.5, times=60):
        found = shrink(measured, errors, 20.0)
        within.append(np.abs(found.values - truth) < 1.645 * found.errors)
        spread.append(found.spread)
    assert np.mean(within) > 0.88
    assert apart < 1 or np.mean(within) == pytest.approx(0.9, abs=0.015)
    assert np.mean(spread) == pytest.approx(apart, abs=0.15)


@given(errors_of, st.data(), st.floats(-100, 100))
def test_no_figure_goes_past_the_centre_and_more_noise_keeps_less(errors, data, centre):
    values = np.array(data.draw(st.lists(st.floats(-1e3, 1e3), min_size=len(errors), max_size=len(errors))))
    found = shrink(values, np.array(errors), centre)
    gap, left = values - centre, found.values - centre
    assert (gap * left >= 0).all()
    assert (np.abs(left) <= np.abs(gap) * (1 + 1e-9) + 1e-9).all()
    assert ((found.factor > 0) & (found.factor <= 1)).all()
    assert np.allclose(left, found.factor * gap, atol=1e-9)
    order = np.argsort(errors)
    assert (np.diff(found.factor[order]) <= 1e-12).all(), "the more noise, the less a figure keeps"


@given(errors_of, st.integers(0, 2**32))
def test_an_area_without_an_error_stays_and_says_nothing_of_the_others(errors, seed):
    chance = np.random.default_rng(seed)
    values = chance.normal(size=len(errors) + 2) * 10
    values[-1] = np.nan
    known, all_errors = np.array(errors), np.array([*errors, np.nan, 3.0])
    found, alone = shrink(values, all_errors, 1.0), shrink(values[:-2], known, 1.0)
    assert found.values[-2] == values[-2]
    assert found.factor[-2] == 1
    assert np.isnan(found.errors[-2])
    assert np.isnan(found.values[-1])
    assert np.array_equal(found.values[:-2], alone.values)
    assert np.array_equal(found.errors[:-2], alone.errors)


def test_a_large_area_hardly_moves_and_one_that_is_counted_in_full_stays():
    found = shrink(np.array([10.0, 20.0, 31.0, 39.0, 45.0]), np.array([0.1, 6.0, 0.0, 0.1, 30.0]), 25.0)
    assert found.values[[0, 3]] == pytest.approx([10, 39], abs=0.01)
    assert (found.values[2], found.errors[2], found.factor[2]) == (31, 0, 1)
    assert 20 < found.values[1] < 22
    assert 25 < found.values[4] < 36


def test_other_units_and_another_order_change_nothing():
    chance = np.random.default_rng(3)
    values, errors = chance.normal(5, 3, 30), chance.uniform(0.5, 4, 30)
    plain = shrink(values, errors, 5.0)
    other = shrink(values * 100 - 7, errors * 100, 493.0)
    assert other.factor == pytest.approx(plain.factor, rel=1e-9)
    assert other.values == pytest.approx(plain.values * 100 - 7, rel=1e-9)
    order = chance.permutation(30)
    assert shrink(values[order], errors[order], 5.0).values == pytest.approx(plain.values[order], rel=1e-12)


def test_noise_alone_leaves_hardly_a_spread_and_too_few_areas_tell_nothing():
    noise = shrink(np.random.default_rng(2).normal(size=400), np.ones(400), 0.0)
    assert noise.spread < 0.3
    assert np.abs(noise.values).max() < 0.4
    same = shrink(np.full(3, 2.0), np.zeros(3), 2.0)
    assert same.values.tolist() == [2, 2, 2]
    assert same.errors.tolist() == [0, 0, 0]
    few = shrink(np.array([1.0, 9.0, 4.0]), np.array([5.0, 5.0, np.nan]), 0.0)
    assert few.values.tolist() == [1, 9, 4]
    assert few.factor.tolist() == [1, 1, 1]
    assert np.isnan(few.spread)
    for wrong in (-1.0, np.inf):
        with pytest.raises(ValueError, match="standard error"):
            shrink(np.ones(4), np.array([1, 1, 1, wrong]), 0.0)
