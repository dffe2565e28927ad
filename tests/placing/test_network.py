"""The network on cases so small that every way of placing can be tried: the best flow and its prices are the best."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.network import solve
from buurtbalans.placing.residual import FAR, FlowProblem

BELOW, ABOVE = 50, 40
COSTS = (0, 7, 30)


@st.composite
def programs(draw: st.DrawFn) -> tuple[FlowProblem, list[int], list[int]]:
    """Draw a program of at most four households and four homes, with the minimum and maximum of its two groups."""
    households, homes = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    gains = draw(st.lists(st.integers(-20, 120) | st.none(), min_size=households * homes, max_size=households * homes))
    rows = np.array([0 if gain is None else 1 for gain in gains]).reshape(households, homes)
    kept = [at for at, gain in enumerate(gains) if gain is not None]
    group = draw(st.lists(st.integers(NO_INDEX, 1), min_size=households, max_size=households))
    low = draw(st.lists(st.integers(0, 2), min_size=2, max_size=2))
    high = [max(least, draw(st.integers(0, 3))) for least in low]
    room = draw(st.lists(st.integers(0, 1), min_size=9, max_size=9))  # three segments of two buurten and their wijk
    steps = [(np.array(room[at::3]), np.full(3, cost)) for at, cost in enumerate(COSTS)]
    lows, highs = np.array(low), np.array(high)
    made = FlowProblem(
        np.concatenate([[0], np.cumsum(rows.sum(axis=1))]),
        np.array([at % homes for at in kept], dtype=np.int32),
        np.array([gains[at] for at in kept], dtype=np.int64),
        np.array(group),
        [(lows, np.full(2, -BELOW)), (highs - lows, np.zeros(2, dtype=np.int64)), (np.full(2, 9), np.full(2, ABOVE))],
        np.array(draw(st.lists(st.integers(0, 1), min_size=homes, max_size=homes))),
        np.array([2, 2, NO_INDEX]),
        steps,
    )
    return made, low, high


def worth(program: FlowProblem, low: list[int], high: list[int], home: tuple[int, ...]) -> float:
    """Return what a way of placing gains, or minus infinity where it cannot be."""
    used = [one for one in home if one != NO_INDEX]
    load = np.array([sum(program.area[one] == area for one in used) for area in (0, 1)] + [len(used)])
    total: float = 0 if len(used) == len(set(used)) else -np.inf
    for household, one in enumerate(home):
        own = slice(program.start[household], program.start[household + 1])
        gains = dict(zip(program.home[own].tolist(), program.gain[own].tolist(), strict=True))
        total += 0 if one == NO_INDEX else gains.get(one, -np.inf)
    for most, cost in program.area_steps:
        total -= float((np.minimum(load, most) * cost).sum())
        load = np.maximum(load - most, 0)
    for place in (0, 1):
        placed = sum(one != NO_INDEX and program.group[household] == place for household, one in enumerate(home))
        total -= BELOW * (max(0, low[place] - placed) - low[place]) + ABOVE * max(0, placed - high[place])
    return -np.inf if load.any() else total


@pytest.mark.slow
@given(programs())
def test_no_other_way_of_placing_gains_more_and_each_price_is_what_a_forced_home_costs(
    drawn: tuple[FlowProblem, list[int], list[int]],
) -> None:
    program, low, high = drawn
    ways = list(product(range(NO_INDEX, len(program.area)), repeat=program.households))
    gains = {way: worth(program, low, high, way) for way in ways}
    solved = solve(program)
    assert solved.gained == max(gains.values()) == gains[tuple(solved.home.tolist())]
    rows = np.repeat(np.arange(program.households), np.diff(program.start))
    for household, home, gain in zip(rows.tolist(), program.home.tolist(), program.gain.tolist(), strict=True):
        if solved.home[household] != home:
            forced = max(found for way, found in gains.items() if way[household] == home)
            far = solved.residual.distances(solved.nodes.homes + home)[1 + household]
            assert (far >= FAR) if forced == -np.inf else (far - gain == solved.gained - forced)
