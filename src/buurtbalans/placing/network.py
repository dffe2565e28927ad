"""The network of the placing: households within groups, homes within areas; one min-cost flow gives the best spread.

A unit of flow is one household: from outside to its group, to itself, to a home, through the areas around that home,
and outside again. Costs rise along the groups and areas, so the best flow is whole by itself. Most pairs can never be
in it: the flow sees a short list, and prices of households and homes tell which other pairs could still matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.residual import FAR, OUTSIDE, Arcs, Flags, FlowProblem, Index, Nodes, Prices, Residual, by_home

BEST: Final = 12  # pairs of every household and of every home that the first flow sees: those that gain most,
ANY: Final = 20  # and some from all over the town, because the best homes may lie where everybody wants to live
ADDED: Final = 32  # pairs that a household may add in one round
SCATTER: Final = 2_654_435_761  # puts pairs in an order that has nothing to do with them


@dataclass(frozen=True)
class FlowSolution:
    """The best flow: the home of every household, or NONE; its prices, and how the network looked."""

    home: Index
    prices: Prices
    nodes: Nodes
    residual: Residual
    rounds: int
    gained: int  # by the best flow, in its own units

    def is_only(self) -> bool:
        """Return whether no other flow is as good: no round through the network costs nothing.

        An arc that is used in part leads both ways. Those arcs hold nodes together, and may not go round themselves;
        between what they hold together no free way leads round either.
        """
        nodes, residual, program = self.nodes, self.residual, self.residual.program
        price = self.prices.middle()
        rows = program.rows
        free = 2 * program.gain == price[1 + rows] - price[nodes.homes + program.home]
        free &= self.home[rows] != program.home
        at = np.flatnonzero(2 * residual.cost + price[residual.tail] - price[residual.head] == 0)
        tail = np.concatenate([residual.tail[at], 1 + rows[free]])
        head = np.concatenate([residual.head[at], nodes.homes + program.home[free]])
        both = np.isin(tail * nodes.count + head, head * nodes.count + tail)
        held = both & (tail < head)
        parts, part = _parts(tail[held], head[held], nodes.count, "weak")
        tail, head = part[tail[~both]], part[head[~both]]
        rings = _parts(tail, head, parts, "strong")[0]
        return bool(held.sum() == nodes.count - parts and rings == parts and (tail != head).all())


def fixed(program: FlowProblem) -> Arcs:
    """Return all arcs but the pairs, cheap segments before dear ones."""
    nodes = program.nodes
    made: list[tuple[Index, ...]] = []

    def add(*parts: Index | int) -> None:
        made.append(tuple(np.asarray(part, dtype=np.int64) for part in np.broadcast_arrays(*parts)))

    households = np.arange(program.households)
    free = program.group == NO_INDEX
    for most, cost in program.group_steps:
        add(OUTSIDE, nodes.groups + np.arange(len(most)), most, cost)
    add(np.where(free, OUTSIDE, nodes.groups + program.group), 1 + households, 1, 0)
    add(nodes.homes + np.arange(len(program.area)), nodes.areas + program.area, 1, 0)
    above = np.where(program.parent == NO_INDEX, OUTSIDE, nodes.areas + program.parent)
    for most, cost in program.area_steps:
        add(nodes.areas + np.arange(len(program.parent)), above, most, cost)
    return Arcs(*(np.concatenate(parts) for parts in zip(*made, strict=True)))


def _parts(tail: Index, head: Index, count: int, how: str) -> tuple[int, Index]:
    """Return how many parts hang together along arcs, and the part of every node."""
    arcs = csr_matrix((np.ones(len(tail), dtype=np.int8), (tail, head)), shape=(count, count))
    parts, part = connected_components(arcs, directed=True, connection=how)
    return int(parts), part.astype(np.int64)


def solve(program: FlowProblem) -> FlowSolution:
    """Return the best flow of a program, proved by prices over all pairs."""
    arcs, seen = fixed(program), _short(program)
    for rounds in range(1, len(seen) + 2):
        home, flows, gained = _flow(program, arcs, seen)
        known = Residual(_only(program, seen), arcs, flows, home).prices()
        lacking = _lacking(program, known, seen)
        if not len(lacking):
            residual = Residual(program, arcs, flows, home)
            return FlowSolution(home, residual.prices(known), program.nodes, residual, rounds, gained)
        seen[lacking] = True
    raise ArithmeticError("pairs go on being added")


def proved(program: FlowProblem, home: Index) -> FlowSolution:
    """Return the flow that places households in homes, with its prices; refuse one that is not the best.

    Raises
    ------
    ArithmeticError
        When the flow cannot be, or another is better.
    """
    arcs = fixed(program)
    flows, (placed, at) = carried(program, home), program.places(home)
    if (flows > arcs.most).any() or len(placed) < np.count_nonzero(home != NO_INDEX):
        raise ArithmeticError("a flow that cannot be")
    residual = Residual(program, arcs, flows, home)
    gained = int(program.gain[at].sum() - (flows * arcs.cost).sum())
    return FlowSolution(home, residual.prices(), program.nodes, residual, 0, gained)


def carried(program: FlowProblem, home: Index) -> Index:
    """Return what the arcs beside the pairs carry when households live in homes, cheap segments first."""
    placed, nodes = home != NO_INDEX, program.nodes
    inside = program.group[placed]
    groups = np.bincount(inside[inside != NO_INDEX], minlength=nodes.areas - nodes.groups)
    homes, load = np.bincount(home[placed], minlength=len(program.area)), loads(program, home)
    parts = [*_filled(groups, program.group_steps), placed, homes, *_filled(load, program.area_steps)]
    return np.concatenate(parts).astype(np.int64)


def loads(program: FlowProblem, home: Index) -> Index:
    """Return how many households live in every area, those below it included."""
    chain, load = program.area[home[home != NO_INDEX]], np.zeros(len(program.parent), dtype=np.int64)
    while len(chain):
        load += np.bincount(chain, minlength=len(load))
        chain = program.parent[chain]
        chain = chain[chain != NO_INDEX]
    return load


def _filled(count: Index, steps: Sequence[tuple[Index, Index]]) -> list[Index]:
    """Return what each segment carries of a count, the cheap ones first; the last takes all that is left."""
    filled, left = [], count
    for most, _ in steps[:-1]:
        filled.append(np.minimum(left, most))
        left = left - filled[-1]
    return [*filled, left] if steps else []


def _short(program: FlowProblem) -> Flags:
    """Return which pairs the first flow sees."""
    seen = np.zeros(len(program.home), dtype=np.bool_)
    anyhow = (np.arange(len(seen)) * SCATTER >> 16) & 0xFFFF
    order, start = by_home(program)
    for where, starts in ((np.arange(len(seen)), program.start), (order, start)):
        for key, many in ((-program.gain[where], BEST), (anyhow[where], ANY)):
            for low, high in pairwise(starts.tolist()):
                if high - low > many:
                    seen[where[low + np.argpartition(key[low:high], many)[:many]]] = True
                else:
                    seen[where[low:high]] = True
    return seen


def _only(program: FlowProblem, seen: Flags) -> FlowProblem:
    start = np.concatenate([[0], np.cumsum(np.bincount(program.rows[seen], minlength=program.households))])
    return FlowProblem(
        start,
        program.home[seen],
        program.gain[seen],
        program.group,
        program.group_steps,
        program.area,
        program.parent,
        program.area_steps,
        program.near,
    )


def _flow(program: FlowProblem, arcs: Arcs, seen: Flags) -> tuple[Index, Index, int]:
    """Return the home of every household in the best flow over what it sees, what other arcs carry, and the gain."""
    flow = min_cost_flow.SimpleMinCostFlow()
    chosen, rows, nodes = np.flatnonzero(seen), program.rows, program.nodes
    sink = nodes.count  # outside, once more: a flow has a beginning and an end
    tail = np.concatenate([1 + rows[chosen], arcs.tail, [OUTSIDE]])
    head = np.concatenate([nodes.homes + program.home[chosen], np.where(arcs.head == OUTSIDE, sink, arcs.head), [sink]])
    most = np.concatenate([np.ones(len(chosen), dtype=np.int64), arcs.most, [program.households]])
    cost = np.concatenate([-program.gain[chosen], arcs.cost, [0]])
    flow.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32), most, cost)
    flow.set_node_supply(OUTSIDE, program.households)
    flow.set_node_supply(sink, -program.households)
    if (status := flow.solve()) != flow.OPTIMAL:
        raise ArithmeticError(f"the flow ended as {status}")
    carried = flow.flows(np.arange(len(tail)))
    home = np.full(program.households, NO_INDEX, dtype=np.int64)
    used = chosen[carried[: len(chosen)] > 0]
    home[rows[used]] = program.home[used]
    return home, carried[len(chosen) : -1], -flow.optimal_cost()


def short(program: FlowProblem, price: Index) -> Index:
    """Return twice how much every pair gains more than it costs, at twice the price of every node."""
    index: Index = 2 * program.gain - price[1 + program.rows] + price[program.nodes.homes + program.home]
    return index


def _lacking(program: FlowProblem, known: Prices, seen: Flags) -> Index:
    """Return the unseen pairs that could still make the flow better."""
    rows, less = program.rows, short(program, known.middle())
    less[seen] = -FAR
    if not (less > 0).any():
        return np.zeros(0, dtype=np.int64)
    lacking = np.flatnonzero(less > -2 * program.near)
    order = np.lexsort((-less[lacking], rows[lacking]))
    lacking = lacking[order]
    first = np.concatenate([[0], np.cumsum(np.bincount(rows[lacking], minlength=program.households))])
    least: Index = lacking[np.arange(len(lacking)) - first[rows[lacking]] < ADDED]
    return least
