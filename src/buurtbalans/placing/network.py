"""The network of the placing: households within groups, homes within areas; one min-cost flow gives the best spread.

A unit of flow is one household: from outside to its group, to itself, to a home, through the areas around that home,
and outside again. Costs rise along the groups and areas, so the best flow is whole by itself. Most pairs can never be
in it: the flow sees a short list, and prices of households and homes tell which other pairs could still matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from .case import NONE

OUTSIDE: Final = 0  # where flow begins and ends; the first node
BEST: Final = 12  # pairs of every household and of every home that the first flow sees: those that gain most,
ANY: Final = 20  # and some from all over the town, because the best homes may lie where everybody wants to live
ADDED: Final = 32  # pairs that a household may add in one round
SCATTER: Final = 2_654_435_761  # puts pairs in an order that has nothing to do with them
FAR: Final = np.int64(1) << 61  # nothing leads there
Index = NDArray[np.int64]


class Arcs(NamedTuple):
    """Arcs beside the pairs: of groups, of homes in areas, of areas in areas; each with what it may and does carry."""

    tail: Index
    head: Index
    most: Index
    cost: Index


@dataclass(frozen=True)
class Program:
    """What the network is asked: who may live where, for what gain, within which groups and areas.

    `gain` is in the units of the flow, ties already broken. `steps` holds, for groups and for areas, the room and cost
    of each segment, from cheap to dear.
    """

    start: Index  # per household where its pairs begin
    home: NDArray[np.int32]
    gain: Index
    group: Index
    group_steps: Sequence[tuple[Index, Index]]
    area: Index  # of every home
    parent: Index
    area_steps: Sequence[tuple[Index, Index]]
    near: int = 0  # a pair that falls short of a better flow by less is seen in time

    @property
    def households(self) -> int:
        """Return how many households there are."""
        return len(self.start) - 1


@dataclass(frozen=True)
class Prices:
    """How far every node lies from outside and back, along what could still change; the cheapest way, exactly."""

    there: Index
    back: Index

    def middle(self) -> Index:
        """Return twice the price between the lowest and the highest; FAR where nothing leads."""
        one_way, other = self.there < FAR, self.back < FAR
        twice = np.where(one_way, self.there, -self.back) + np.where(other, -self.back, self.there)
        return np.where(one_way | other, twice, FAR)


@dataclass(frozen=True)
class Solved:
    """The best flow: the home of every household, or NONE; its prices, and how the network looked."""

    home: Index
    prices: Prices
    nodes: "Nodes"
    residual: "Residual"
    rounds: int
    gained: int  # by the best flow, in its own units


class Nodes:
    """Numbers the nodes of a program: outside, households, homes, groups, areas."""

    def __init__(self, program: Program) -> None:
        self.homes = 1 + program.households
        self.groups = self.homes + len(program.area)
        many = int(program.group.max(initial=NONE)) + 1
        many = max(many, *(len(most) for most, _ in program.group_steps)) if program.group_steps else many
        self.areas = self.groups + many
        self.count = self.areas + len(program.parent)


def _fixed(program: Program, nodes: Nodes) -> Arcs:
    """Return all arcs but the pairs, cheap segments before dear ones."""
    made: list[tuple[NDArray[np.int64], ...]] = []

    def add(*parts: NDArray[np.int64] | int) -> None:
        made.append(tuple(np.asarray(part, dtype=np.int64) for part in np.broadcast_arrays(*parts)))

    households = np.arange(program.households)
    free = program.group == NONE
    for most, cost in program.group_steps:
        add(OUTSIDE, nodes.groups + np.arange(len(most)), most, cost)
    add(np.where(free, OUTSIDE, nodes.groups + program.group), 1 + households, 1, 0)
    add(nodes.homes + np.arange(len(program.area)), nodes.areas + program.area, 1, 0)
    above = np.where(program.parent == NONE, OUTSIDE, nodes.areas + program.parent)
    for most, cost in program.area_steps:
        add(nodes.areas + np.arange(len(program.parent)), above, most, cost)
    return Arcs(*(np.concatenate(parts) for parts in zip(*made, strict=True)))


class Residual:
    """What could still change around a flow, to find the cheapest way from any node to any other."""

    def __init__(self, program: Program, nodes: Nodes, arcs: Arcs, flows: Index, home: Index) -> None:
        placed = np.flatnonzero(home != NONE)
        rows = np.repeat(np.arange(program.households), np.diff(program.start))
        used = np.zeros(program.households, dtype=np.int64)
        hit = np.flatnonzero(program.home == home[rows])
        used[rows[hit]] = program.gain[hit]
        more, some = flows < arcs.most, flows > 0
        self.tail = np.concatenate([arcs.tail[more], arcs.head[some], nodes.homes + home[placed]])
        self.head = np.concatenate([arcs.head[more], arcs.tail[some], 1 + placed])
        self.cost = np.concatenate([arcs.cost[more], -arcs.cost[some], used[placed]])
        self.program, self.nodes = program, nodes
        self._out = _layer(self.tail, self.head, self.cost, nodes.count)
        self._in = _layer(self.head, self.tail, self.cost, nodes.count)
        self._pairs_out = _Layer(_padded(program.start, nodes.count), nodes.homes + program.home, -program.gain)
        order, start = by_home(program)
        starts = np.concatenate([np.zeros(nodes.homes, dtype=np.int64), start])
        ends = np.full(nodes.count + 1 - len(starts), start[-1])
        self._pairs_in = _Layer(np.concatenate([starts, ends]), 1 + rows[order], -program.gain[order])

    def distances(self, source: int, *, back: bool = False, known: Index | None = None) -> Index:
        """Return how far all nodes lie from a source, or the source from them; `known` is a limit from above."""
        layers = (self._in, self._pairs_in) if back else (self._out, self._pairs_out)
        far = np.full(self.nodes.count, FAR) if known is None else known.copy()
        far[source] = 0
        changed = np.flatnonzero(far < FAR)
        for _ in range(self.nodes.count):
            before = far.copy()
            for layer in layers:
                layer.spread(changed, before, far)
            changed = np.flatnonzero(far < before)
            if not len(changed):
                return far
        raise ArithmeticError("a flow that is not the best")

    def way(self, source: int, target: int, far: Index) -> list[int]:
        """Return the nodes of a cheapest way, when the distances of its source are known."""
        after, waiting = {target: target}, [target]
        while source not in after:
            node = waiting.pop(0)
            for layer in (self._in, self._pairs_in):
                arcs = slice(int(layer.start[node]), int(layer.start[node + 1]))
                tails = layer.head[arcs]
                for tail in tails[far[tails] + layer.cost[arcs] == far[node]].tolist():
                    if tail not in after:
                        after[tail] = node
                        waiting.append(tail)
        found = [source]
        while found[-1] != target:
            found.append(after[found[-1]])
        return found

    def prices(self, known: Prices | None = None) -> Prices:
        """Return the distances of all nodes from outside and back."""
        there = self.distances(OUTSIDE, known=known.there if known else None)
        return Prices(there, self.distances(OUTSIDE, back=True, known=known.back if known else None))


class _Layer(NamedTuple):
    """Arcs sorted by their tail."""

    start: Index
    head: NDArray[np.int64] | NDArray[np.int32]
    cost: Index

    def spread(self, changed: Index, before: Index, far: Index) -> None:
        """Bring the heads of changed nodes nearer."""
        many = self.start[changed + 1] - self.start[changed]
        if total := int(many.sum()):
            ends = np.cumsum(many)
            arcs = np.arange(total) + np.repeat(self.start[changed] - (ends - many), many)
            np.minimum.at(far, self.head[arcs], np.repeat(before[changed], many) + self.cost[arcs])


def _layer(tail: Index, head: Index, cost: Index, count: int) -> _Layer:
    order = np.argsort(tail, kind="stable")
    start = np.zeros(count + 1, dtype=np.int64)
    np.cumsum(np.bincount(tail, minlength=count), out=start[1:])
    return _Layer(start, head[order], cost[order])


def _padded(start: Index, count: int) -> Index:
    """Return where the pairs of every node begin: households have them, other nodes have none."""
    return np.concatenate([[0], start, np.full(count - len(start), start[-1])])


def solve(program: Program) -> Solved:
    """Return the best flow of a program, proved by prices over all pairs."""
    nodes = Nodes(program)
    arcs, rows = _fixed(program, nodes), np.repeat(np.arange(program.households), np.diff(program.start))
    seen = _short(program)
    known: Prices | None = None
    for rounds in range(1, len(seen) + 2):
        home, flows, gained = _flow(program, nodes, arcs, rows, seen)
        part = _only(program, rows, seen)
        residual = Residual(part, nodes, arcs, flows, home)
        known = residual.prices()
        lacking = _lacking(program, nodes, rows, known, seen)
        if not len(lacking):
            residual = Residual(program, nodes, arcs, flows, home)
            return Solved(home, residual.prices(known), nodes, residual, rounds, gained)
        seen[lacking] = True
    raise ArithmeticError("pairs go on being added")


def _short(program: Program) -> NDArray[np.bool_]:
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


def by_home(program: Program) -> tuple[Index, Index]:
    """Return the pairs in the order of their homes, and where those of each home begin."""
    shape = (program.households, len(program.area))
    turned = csr_matrix((np.arange(len(program.home)), program.home, program.start), shape=shape).tocsc()
    return turned.data, turned.indptr.astype(np.int64)


def _only(program: Program, rows: Index, seen: NDArray[np.bool_]) -> Program:
    start = np.concatenate([[0], np.cumsum(np.bincount(rows[seen], minlength=program.households))])
    return Program(
        start, program.home[seen], program.gain[seen], program.group, program.group_steps, program.area,
        program.parent, program.area_steps, program.near,
    )  # fmt: skip


def _flow(program: Program, nodes: Nodes, arcs: Arcs, rows: Index, seen: NDArray[np.bool_]) -> tuple[Index, Index, int]:
    """Return the home of every household in the best flow over what it sees, what other arcs carry, and the gain."""
    flow = min_cost_flow.SimpleMinCostFlow()
    chosen = np.flatnonzero(seen)
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
    home = np.full(program.households, NONE, dtype=np.int64)
    used = chosen[carried[: len(chosen)] > 0]
    home[rows[used]] = program.home[used]
    return home, carried[len(chosen) : -1], -flow.optimal_cost()


def _lacking(program: Program, nodes: Nodes, rows: Index, known: Prices, seen: NDArray[np.bool_]) -> Index:
    """Return the unseen pairs that could still make the flow better, at prices between the lowest and the highest."""
    price = known.middle()
    left = 2 * program.gain - price[1 + rows] + price[nodes.homes + program.home]
    left[seen] = -FAR
    if not (left > 0).any():
        return np.zeros(0, dtype=np.int64)
    found = np.flatnonzero(left > -2 * program.near)
    order = np.lexsort((-left[found], rows[found]))
    found = found[order]
    first = np.concatenate([[0], np.cumsum(np.bincount(rows[found], minlength=program.households))])
    least: Index = found[np.arange(len(found)) - first[rows[found]] < ADDED]
    return least
