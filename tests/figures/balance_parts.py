"""Small towns for the tests of the balance picture: figures as they come through the gate."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from buurtbalans.figures.balance.balance_definition import BalanceDefinition, WeightedIndicator
from buurtbalans.figures.catalogue.indicator import Dimension, Indicator
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.protection.gate import Shown
from tests.figures.catalogue_parts import SOURCES, shown

IDS = ("feels_at_home", "neighbours_help", "trusts_neighbours", "safe_in_evening", "street_nuisance")
CITY = "GM1"


def definition(*ids: str, weights: Mapping[str, float] | None = None) -> BalanceDefinition:
    """Make a definition of some indicators of the catalogue; each counts once where not said otherwise."""
    heavy = weights or {}
    counted = tuple(WeightedIndicator(catalogue()[id], heavy.get(id, 1.0), "Omdat.", "Bron") for id in ids)
    return BalanceDefinition("Proef", (), dict.fromkeys(Dimension, ""), counted)


def codes(many: int) -> list[str]:
    """Return the codes of so many areas."""
    return [f"BU{number:05d}" for number in range(many)]


def of_share(share: float, base: float, id: str = "feels_at_home", area: str = CITY, period: int = 2025) -> Shown:
    """Make a figure of so many of each 100 people, found among so many answers."""
    return shown(id, share, base, area=area, period=period)


def town(
    ids: Sequence[str], areas: Sequence[str], *, seed: int = 1, apart: float = 8.0, base: int = 200
) -> list[Shown]:
    """Make survey figures for areas that lie `apart` (a standard deviation, in percentage points)."""
    random = np.random.default_rng(seed)
    found = []
    for id in ids:
        true = np.clip(60 + apart * random.standard_normal(len(areas)), 5, 95)
        seen = random.binomial(base, true / 100) / base * 100
        found += [of_share(float(value), base, id, area) for area, value in zip(areas, seen, strict=True)]
    return found


def city(ids: Sequence[str], share: float = 60.0, base: float = 20_000) -> list[Shown]:
    """Make the figures of the municipality."""
    return [of_share(share, base, id) for id in ids]


def copies(many: int, *, one_source: bool = True) -> tuple[list[Indicator], BalanceDefinition]:
    """Make so many indicators like one of the survey, over the three dimensions, and the definition of them."""
    like = catalogue()["feels_at_home"]
    sources = [like.source if one_source else f"s{at}" for at in range(many)]
    dimensions = [list(Dimension)[at % 3] for at in range(many)]
    each = [replace(like, id=f"i{at}", dimension=dimensions[at], source=sources[at]) for at in range(many)]
    counted = tuple(WeightedIndicator(one, 1.0, "Omdat.", "Bron") for one in each)
    return each, BalanceDefinition("Proef", (), dict.fromkeys(Dimension, ""), counted)


def figure_of(one: Indicator, area: str, value: float, base: float) -> Shown:
    """Make a figure of an indicator that is not in the catalogue, with no range of its own."""
    return Shown(one, area, 2025, 2025, value, None, None, None, SOURCES[1], base)
