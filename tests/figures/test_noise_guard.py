"""The noise guard over a whole city: of areas that are truly equal hardly any is called different from it."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from buurtbalans.figures.catalogue.indicator import Indicator
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison.standing import (
    Certainty,
    Standing,
    difference_between,
    standard_deviation,
    standing_of,
)
from buurtbalans.figures.protection.gate import Shown
from tests.figures.catalogue_parts import shown

AREAS, INDICATORS = 500, 60
MOST = 0.004  # of what is truly equal may be called different
# A figure of shares and one of rates, as found: rounding by a source can only make the guard say less.
SHARE = replace(catalogue()["feels_at_home"], step=0)
RATE = replace(catalogue()["crime_violence"], step=0)


@dataclass
class City:
    """An indicator of a city: what was counted in its areas, the city itself, and how far the areas lie apart."""

    areas: list[Shown]
    whole: Shown
    sd: float

    def standings(self) -> list[Standing]:
        """Return where each area stands beside the city."""
        return [found for area in self.areas if (found := standing_of(area, self.whole, self.sd)) is not None]


def city(indicator: Indicator, chance: np.random.Generator, sizes: np.ndarray, truth: np.ndarray | float) -> City:
    """Count in each area what chance makes of the true part of its people."""
    counts = chance.binomial(sizes, truth) if indicator is SHARE else chance.poisson(sizes * truth)
    pattern = replace(shown(indicator.id, 0.0, 1.0), indicator=indicator, low=None, high=None)

    def one(count: float, size: float) -> Shown:
        return replace(pattern, value=float(count / size * indicator.per), base=float(size))

    areas = [one(count, size) for count, size in zip(counts, sizes, strict=True)]
    sd = standard_deviation([area.value for area in areas], [area.base for area in areas])
    return City(areas, one(counts.sum(), sizes.sum()), sd)


def equal_cities(indicator: Indicator, seed: int):
    """Give a city of truly equal areas, from very small to large, for indicators from rare to common."""
    chance = np.random.default_rng(seed)
    sizes = np.round(np.exp(chance.normal(6.2, 1.1, AREAS))).clip(10, 8_000).astype(int)
    for _ in range(INDICATORS):
        yield city(indicator, chance, sizes, float(np.exp(chance.uniform(np.log(0.005), np.log(0.6)))))


def called(indicator: Indicator, seed: int) -> tuple[float, float, float]:
    """Return which part of equal areas is surely, maybe, and by distance alone told from the city."""
    found = [each for made in equal_cities(indicator, seed) for each in made.standings()]
    assert len(found) == AREAS * INDICATORS
    sure = np.mean([each.certainty is Certainty.CERTAIN for each in found])
    maybe = np.mean([each.certainty is Certainty.MAYBE for each in found])
    assert all(each.class_number == 3 for each in found if each.certainty is not Certainty.CERTAIN)
    return float(sure), float(maybe), float(np.mean([abs(each.distance) >= 0.5 for each in found]))


@pytest.mark.slow
@pytest.mark.parametrize("indicator", [SHARE, RATE], ids=["shares", "rates"])
def test_of_500_equal_areas_and_60_indicators_hardly_any_is_called_different(indicator):
    sure, maybe, by_distance = called(indicator, 11)
    assert sure <= MOST
    assert maybe <= 0.06
    assert by_distance > 0.4, "half a deviation alone would call many of them different"


@pytest.mark.long
@pytest.mark.parametrize("indicator", [SHARE, RATE], ids=["shares", "rates"])
def test_so_it_is_in_every_city(indicator):
    found = [called(indicator, seed) for seed in range(40)]
    assert max(sure for sure, _, _ in found) <= MOST
    assert np.mean([sure for sure, _, _ in found]) <= 0.002


@pytest.mark.parametrize("indicator", [SHARE, RATE], ids=["shares", "rates"])
def test_areas_that_do_differ_are_found_where_enough_people_live(indicator):
    chance = np.random.default_rng(4)
    truth = np.where(np.arange(200) % 2, 0.3, 0.1)
    large = city(indicator, chance, np.full(200, 2_000), truth).standings()
    assert all(each.certainty is Certainty.CERTAIN for each in large)
    assert [each.class_number > 3 for each in large] == [bool(number % 2) for number in range(200)]
    small = city(indicator, chance, np.full(200, 12), truth).standings()
    assert np.mean([each.certainty is Certainty.CERTAIN for each in small]) < 0.2


@pytest.mark.slow
def test_two_equal_areas_are_hardly_ever_said_to_differ():
    """Shares near their middle: the standard errors of `difference_between` are those of a normal curve."""
    chance = np.random.default_rng(8)
    apart, pairs = 0, 0
    for truth in (0.2, 0.35, 0.5, 0.65, 0.8):
        areas = city(SHARE, chance, chance.integers(60, 3_000, 2_000), truth).areas
        for one, other in zip(areas[::2], areas[1::2], strict=True):
            found = difference_between(one, other)
            assert found is not None
            apart, pairs = apart + (found.certainty is Certainty.CERTAIN), pairs + 1
    assert apart / pairs <= MOST
