"""What the network of the placing is asked, and what could still change around a flow through it, at which price."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from buurtbalans.placing.case import NO_INDEX

OUTSIDE: Final = 0  # where flow begins and ends; the first node
FAR: Final = np.int64(1) << 61  # nothing leads there
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Arcs(NamedTuple):
    """Arcs beside the pairs: of groups, of homes in areas, of areas in areas; each with what it may and does carry."""

    tail: Index
    head: Index
    most: Index
    cost: Index


@dataclass(frozen=True)
class FlowProblem:
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

    @cached_property
    def rows(self) -> NDArray[np.int32]:
        """Return the household of every pair."""
        return np.repeat(np.arange(self.households, dtype=np.int32), np.diff(self.start))

    @cached_property
    def nodes(self) -> "Nodes":
        """Return how the nodes are numbered."""
        return Nodes(self)

    @cached_property
    def layers(self) -> "tuple[_Layer, _Layer]":
        """Return the pairs as arcs, by household and by home."""
        nodes, (order, start) = self.nodes, by_home(self)
        starts = np.concatenate([np.zeros(nodes.homes, dtype=np.int64), start])
        ends = np.full(nodes.count + 1 - len(starts), start[-1])
        return (
            _Layer(_padded(self.start, nodes.count), nodes.homes + self.home, -self.gain),
            _Layer(np.concatenate([starts, ends]), 1 + self.rows[order], -self.gain[order]),
        )

    def places(self, home: Index) -> tuple[Index, Index]:
        """Return which households live in a home that they may, and where those pairs stand."""
        placed = np.flatnonzero(home != NO_INDEX)
        at = found_in(self.start, self.home, placed, home[placed])
        return placed[at != NO_INDEX], at[at != NO_INDEX]


class Nodes:
    """Numbers the nodes of a program: outside, households, homes, groups, areas."""

    def __init__(self, program: FlowProblem) -> None:
        self.homes = 1 + program.households
        self.groups = self.homes + len(program.area)
        many = int(program.group.max(initial=NO_INDEX)) + 1
        many = max(many, *(len(most) for most, _ in program.group_steps)) if program.group_steps else many
        self.areas = self.groups + many
        self.count = self.areas + len(program.parent)


@dataclass(frozen=True)
class Prices:
    """How far every node lies from outside and back, along what could still change; the cheapest way, exactly."""

    there: Index
    back: Index

    def middle(self) -> Index:
        """Return twice the price between the lowest and the highest; FAR where nothing leads.

        Where only one way leads, the price lies so low, or so high, that no arc to or from there falls short.
        """
        one_way, other = self.there < FAR, self.back < FAR
        widest = (self.there + self.back)[one_way & other].max(initial=0)
        twice = np.where(one_way, self.there, -self.back) + np.where(other, -self.back, self.there)
        twice += widest * (other.astype(np.int64) - one_way)
        return np.where(one_way | other, twice, FAR)


class Residual:
    """What could still change around a flow, to find the cheapest way from any node to any other.

    What is held, of arcs forward and of arcs back, does not change.
    """

    def __init__(
        self, program: FlowProblem, arcs: Arcs, flows: Index, home: Index, held: tuple[Flags, Flags] | None = None
    ) -> None:
        nodes = program.nodes
        placed, at = program.places(home)
        more, some = flows < arcs.most, flows > 0
        if held is not None:
            more, some = more & ~held[0], some & ~held[1]
        self.tail = np.concatenate([arcs.tail[more], arcs.head[some], nodes.homes + home[placed]])
        self.head = np.concatenate([arcs.head[more], arcs.tail[some], 1 + placed])
        self.cost = np.concatenate([arcs.cost[more], -arcs.cost[some], program.gain[at]])
        self.program, self.nodes = program, nodes
        self._out = _layer(self.tail, self.head, self.cost, nodes.count)
        self._in = _layer(self.head, self.tail, self.cost, nodes.count)
        self._pairs_out, self._pairs_in = program.layers

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
            if far[source] < 0:
                break
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
        numbers = [source]
        while numbers[-1] != target:
            numbers.append(after[numbers[-1]])
        return numbers

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


def found_in(start: Index, home: NDArray[np.int32], households: Index, homes: Index) -> Index:
    """Return where the pairs of households and homes stand, or NONE; those of a household are sorted by home."""
    low, high = start[households], start[households + 1]
    end = high
    while (between := low < high).any():
        middle = (low + high) // 2
        further = np.zeros(len(low), dtype=np.bool_)
        further[between] = home[middle[between]] < homes[between]
        low, high = np.where(further, middle + 1, low), np.where(between & ~further, middle, high)
    inside = np.flatnonzero(low < end)
    inside = inside[home[low[inside]] == homes[inside]]
    index = np.full(len(low), NO_INDEX, dtype=np.int64)
    index[inside] = low[inside]
    return index


def _padded(start: Index, count: int) -> Index:
    """Return where the pairs of every node begin: households have them, other nodes have none."""
    return np.concatenate([[0], start, np.full(count - len(start), start[-1])])


def by_home(program: FlowProblem) -> tuple[Index, Index]:
    """Return the pairs in the order of their homes, and where those of each home begin."""
    shape = (program.households, len(program.area))
    turned = csr_matrix((np.arange(len(program.home)), program.home, program.start), shape=shape).tocsc()
    return turned.data, turned.indptr.astype(np.int64)
