"""The network of the placing once more, after a little change: only what the change touches is sought anew.

The flow that was the best is near the new best. At the old prices some arcs fall short now: a home that came free, a
household that lost its home, room that an area gained. Those are held back, so that no way round the others gains
anything; then each is let go, and every round that gains through it is gone. What remains is the best.
"""

from itertools import pairwise
from typing import Final

import numpy as np

from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.network import FlowSolution, carried, fixed, loads, short
from buurtbalans.placing.residual import FAR, FlowProblem, Index, Residual

ROUNDS: Final = 60  # that are gone; after that all is solved anew sooner


def rebuild(program: FlowProblem, begun: FlowSolution) -> FlowSolution | None:
    """Return the best flow of a program, from that of one that differs little; None when too much differs."""
    if program.nodes.count != begun.nodes.count:
        return None
    home, price = _below(program, _still(program, begun.home)), begun.prices.middle()
    lacks, (_, used) = short(program, price), program.places(home)
    if (lacks[used] < 0).any() or np.count_nonzero(lacks > 0) > np.count_nonzero(lacks[used] > 0):
        return None  # a pair that was not there, or is worth more than it was
    arcs, flows = fixed(program), carried(program, home)
    less = 2 * arcs.cost + price[arcs.tail] - price[arcs.head]
    held = (flows < arcs.most) & (less < 0), (flows > 0) & (less > 0)
    rounds = 0
    for back, at in [(way, one) for way in (False, True) for one in np.flatnonzero(held[way]).tolist()]:
        tail, head = int(arcs.tail[at]), int(arcs.head[at])
        tail, head, cost = (head, tail, -arcs.cost[at]) if back else (tail, head, arcs.cost[at])
        while flows[at] > 0 if back else flows[at] < arcs.most[at]:
            residual = Residual(program, arcs, flows, home, held)
            far = residual.distances(head)
            if far[tail] >= FAR or far[tail] + cost >= 0:
                break
            rounds += 1
            moved = _moved(program, home, residual.way(head, tail, far))
            if rounds > ROUNDS or (moved == home).all():
                return None
            home, flows = moved, carried(program, moved)
        held[back][at] = False
    residual = Residual(program, arcs, flows, home)
    gained = int(program.gain[program.places(home)[1]].sum() - (flows * arcs.cost).sum())
    return FlowSolution(home, residual.prices(), program.nodes, residual, rounds, gained)


def _still(program: FlowProblem, home: Index) -> Index:
    """Return who can still live where they did."""
    placed, at = program.places(home)
    index = np.full(program.households, NO_INDEX, dtype=np.int64)
    index[placed] = program.home[at]
    return index


def _below(program: FlowProblem, home: Index) -> Index:
    """Return who can stay below the ceilings; where too many live, some have no home until a better way is found."""
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
    """Return the homes after a way through the network is gone."""
    index, nodes = home.copy(), program.nodes
    for tail, head in pairwise(way):
        if nodes.homes <= tail < nodes.groups and 1 <= head < nodes.homes:
            index[head - 1] = NO_INDEX
    for tail, head in pairwise(way):
        if 1 <= tail < nodes.homes and nodes.homes <= head < nodes.groups:
            index[tail - 1] = head - nodes.homes
    return index
