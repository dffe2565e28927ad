"""Rebuilds the best flow after a small change, solving again only what the change touches.

The previous best flow is close to the new one. At the previous prices some arcs now violate optimality: a home that
came free, a household that lost its home, headroom that an area gained. These arcs are held back first, so that no
cycle of negative cost remains among the others; then each is released in turn and the negative cycles through it are
cancelled. The flow that remains is the best.
"""

from itertools import pairwise
from typing import Final

import numpy as np

from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.network import FlowSolution, carried, fixed, loads, short
from buurtbalans.placing.residual import FAR, Arcs, Flags, FlowProblem, Index, Residual

MAX_ROUNDS: Final = 60  # cycles cancelled; beyond this, solving from scratch is faster


def rebuild(program: FlowProblem, begun: FlowSolution) -> FlowSolution | None:
    """The best flow of a program, built from that of a program that differs little; None when too much differs."""
    if program.nodes.count != begun.nodes.count:
        return None
    home, price = _below(program, _still(program, begun.home)), begun.prices.middle()
    if not _has_optimal_pairs(program, home, price):
        return None
    arcs, flows = fixed(program), carried(program, home)
    less = 2 * arcs.cost + price[arcs.tail] - price[arcs.head]
    held = (flows < arcs.most) & (less < 0), (flows > 0) & (less > 0)
    rounds = 0
    for reverse in (False, True):
        for at in np.flatnonzero(held[reverse]).tolist():
            while (moved := _cancelled_cycle(program, arcs, flows, home, held, at, reverse)) is not None:
                rounds += 1
                if rounds > MAX_ROUNDS or (moved == home).all():
                    return None
                home, flows = moved, carried(program, moved)
            held[reverse][at] = False
    residual = Residual(program, arcs, flows, home)
    gained = int(program.gain[program.places(home)[1]].sum() - (flows * arcs.cost).sum())
    return FlowSolution(home, residual.prices(), program.nodes, residual, rounds, gained)


def _has_optimal_pairs(program: FlowProblem, home: Index, price: Index) -> bool:
    """Whether at these prices every used pair pays for itself and no unused pair would gain anything."""
    gains, (_, used) = short(program, price), program.places(home)
    return bool((gains[used] >= 0).all() and np.count_nonzero(gains > 0) <= np.count_nonzero(gains[used] > 0))


def _cancelled_cycle(
    program: FlowProblem, arcs: Arcs, flows: Index, home: Index, held: tuple[Flags, Flags], at: int, reverse: bool
) -> Index | None:
    """The homes after cancelling the cheapest cycle of negative cost through one held arc; None when there is none."""
    tail, head, cost = int(arcs.tail[at]), int(arcs.head[at]), arcs.cost[at]
    has_capacity = flows[at] < arcs.most[at]
    if reverse:
        tail, head, cost, has_capacity = head, tail, -cost, flows[at] > 0
    if not has_capacity:
        return None
    residual = Residual(program, arcs, flows, home, held)
    distances = residual.distances(head)
    if distances[tail] >= FAR or distances[tail] + cost >= 0:
        return None
    return _moved(program, home, residual.way(head, tail, distances))


def _still(program: FlowProblem, home: Index) -> Index:
    """The home of every household that can keep it; NO_INDEX for the others."""
    placed, at = program.places(home)
    index = np.full(program.households, NO_INDEX, dtype=np.int64)
    index[placed] = program.home[at]
    return index


def _below(program: FlowProblem, home: Index) -> Index:
    """The homes with every load within the ceilings: where an area is over, some households lose theirs for now."""
    most, index = np.sum([one for one, _ in program.area_steps], axis=0), home.copy()
    while (over := loads(program, index) - most).max(initial=0) > 0:
        area, chain = int(over.argmax()), program.area[np.where(index == NO_INDEX, 0, index)]
        inside = np.zeros(len(index), dtype=np.bool_)
        while (chain != NO_INDEX).any():
            inside |= chain == area
            chain = np.where(chain == NO_INDEX, NO_INDEX, program.parent[chain])
        index[np.flatnonzero(inside & (index != NO_INDEX))[: over[area]]] = NO_INDEX
    return index


def _moved(program: FlowProblem, home: Index, way: list[int]) -> Index:
    """The homes after one unit of flow is sent along a path of nodes."""
    index, nodes = home.copy(), program.nodes
    for tail, head in pairwise(way):
        if nodes.homes <= tail < nodes.groups and 1 <= head < nodes.homes:
            index[head - 1] = NO_INDEX
    for tail, head in pairwise(way):
        if 1 <= tail < nodes.homes and nodes.homes <= head < nodes.groups:
            index[tail - 1] = head - nodes.homes
    return index
