"""How sure an order is: ranks over many draws of what one could also have chosen (weights, scaling, filling gaps)."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.figures.balance.definition import Aggregation, Definition, Node, ScalingStep
from buurtbalans.figures.balance.index import REMEDY, Cube, NodeScores, base_position, index_scores
from buurtbalans.figures.balance.ranks import RankTails, rank_rows
from buurtbalans.figures.balance.scale import TURNING, Unscalable, Values, scale_values
from buurtbalans.figures.findings import Refused, refuse

Periods = tuple[int | None, ...]
Part = Values  # shape (draws, areas), or (1, areas) where every draw has the same

AROUND: Final = (0.5, 1.5)  # a weight may be half as large to half as large again
SCALINGS: Final = ("minmax", "zscore", "percent_rank")
AS_IS: Final = "given"
BATCH: Final = 64  # draws at once, and fewer where there are many areas:
CELLS: Final = 1_000_000  # scores of a group that are in memory at once
ROOM: Final = 400_000_000  # bytes for the ranks that are kept; what has no room there gets a turn of its own
LOWEST: Final = -1e300


@dataclass(frozen=True)
class RankInterval:
    """The 5 and 95 % of the rank of each area over the draws, and the plain rank within them; 0 where absent."""

    low: NDArray[np.int32]
    high: NDArray[np.int32]


def alternative_scalings(definition: Definition) -> tuple[str, ...]:
    """Return the ways of scaling that can be drawn: three where they may be exchanged, else only the given one.

    They may be where every indicator ends with one of the three with its bounds from the data, and nothing is combined
    by a geometric mean or before scaling.
    """
    given = all(
        node.steps and node.steps[-1].name in TURNING and "low" not in node.steps[-1].options
        for node in definition.indicators
    )
    plain = all(group.combine is not Aggregation.GEOMETRIC and group.scaled for group in definition.groups)
    return SCALINGS if given and plain else (AS_IS,)


def with_scaling(definition: Definition, name: str) -> Definition:
    """Return the definition with the last step of every indicator exchanged for another way of scaling."""
    if name == AS_IS:
        return definition
    nodes = (
        replace(node, steps=(*node.steps[:-1], ScalingStep(name))) if node.combine is None else node
        for node in definition.nodes
    )
    return replace(definition, nodes=tuple(nodes))


def with_medians(cube: Cube) -> Cube:
    """Return the figures with the middle value of the period where one is absent."""
    with np.errstate(all="ignore"):
        middles = {code: _middle(values) for code, values in cube.items()}
    return {code: np.where(np.isnan(values), middles[code], values) for code, values in cube.items()}


def _middle(values: Values) -> Values:
    rows = [row[~np.isnan(row)] for row in values]
    return np.array([[np.median(row)] if row.size else [np.nan] for row in rows])


def rank_intervals(
    definition: Definition,
    cube: Cube,
    ranks: Mapping[str, NDArray[np.int32]],
    draws: int,
    seed: int,
    periods: Periods = (None,),
) -> dict[str, RankInterval]:
    """Return for every group how far the rank of each area goes over draws of weights, scaling and imputation.

    Parameters
    ----------
    ranks : the plain ranks by node, shape (periods, areas); a range always holds the plain rank.
    draws : how many; every way of scaling and filling gets an equal part of them.
    seed : the same seed gives the same ranges, whatever the order of rows.
    """
    ways = [way for way in _ways(definition, cube) if _allowed(way, cube, periods)]
    ends = {group.code: _empty(ranks[group.code]) for group in definition.groups}
    base = base_position(definition, periods)
    for at in range(len(periods)):
        rows = [at] if base is None else [at, base]
        there = {group.code: np.flatnonzero(ranks[group.code][at] > 0) for group in definition.groups}
        for gathered in _turns(there, draws):
            # Each group draws for itself, so that one that weighs nothing changes no other.
            chance = {code: np.random.default_rng([seed, at, *code.encode()]) for code in there}
            scores = _scores_of_ways(ways, cube, periods, rows, chance, draws)
            _rank_turn(ends, at, scores, {code: values[at] for code, values in ranks.items()}, there, gathered, draws)
    return ends


def _rank_turn(
    ends: Mapping[str, RankInterval],
    at: int,
    scores: Iterable[tuple[str, Part]],
    plain: Mapping[str, NDArray[np.int32]],
    there: Mapping[str, NDArray[np.int64]],
    gathered: Mapping[str, slice],
    draws: int,
) -> None:
    """Rank every draw over all areas of its group, and set the intervals of the areas gathered in this turn.

    The tails live only as long as the turn: two turns at once would take twice the memory.
    """
    tails = {code: RankTails(places.stop - places.start, draws) for code, places in gathered.items()}
    for code, part in scores:
        if code in tails:
            tails[code].add(rank_rows(_placed(part, there[code]))[:, gathered[code]])
    for code, places in gathered.items():
        areas = there[code][places]
        _set(ends[code], at, areas, tails[code], plain[code][areas])


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to make the index: with which scaling, and whether gaps are filled."""

    definition: Definition
    fills: bool


def _ways(definition: Definition, cube: Cube) -> Iterator[_Way]:
    gaps = any(np.isnan(cube[node.code]).any() for node in definition.counting)
    for name, fills in itertools.product(alternative_scalings(definition), (False, True) if gaps else (False,)):
        yield _Way(with_scaling(definition, name), fills)


def _allowed(way: _Way, cube: Cube, periods: Periods) -> bool:
    """Say whether these figures allow a way to make the index."""
    with suppress(Refused):
        index_scores(way.definition, with_medians(cube) if way.fills else cube, periods)
        return True
    return False


def _rows(way: _Way, cube: Cube, periods: Periods, rows: list[int]) -> dict[str, NodeScores]:
    """Return the nodes of one period, with those of the base behind it; only these are in memory at once."""
    figures = {code: values[rows] for code, values in cube.items()}
    base = way.definition.base
    years = tuple(periods[row] for row in rows) if base is not None else (None,)
    return index_scores(way.definition, with_medians(figures) if way.fills else figures, years)


def _turns(there: Mapping[str, NDArray[np.int64]], draws: int) -> Iterator[dict[str, slice]]:
    """Give what is gathered at a time, of each group some areas: as much as there is room for in memory."""
    most = max(1, ROOM // RankTails.size(draws))
    left, taken = most, dict[str, slice]()
    for code, areas in there.items():
        start = 0
        while start < len(areas):
            end = min(len(areas), start + left)
            taken[code], left, start = slice(start, end), left - (end - start), end
            if not left:
                yield taken
                left, taken = most, {}
    if taken:
        yield taken


def _scores_of_ways(
    ways: Sequence[_Way],
    cube: Cube,
    periods: Periods,
    rows: list[int],
    chance: Mapping[str, np.random.Generator],
    draws: int,
) -> Iterator[tuple[str, Part]]:
    """Yield the scores of every group over all draws, divided evenly over the ways to make the index."""
    each, remainder = divmod(draws, len(ways))
    for number, way in enumerate(ways):
        yield from _scores(way, _rows(way, cube, periods, rows), chance, each + (number < remainder))


def _scores(
    way: _Way, leaves: Mapping[str, NodeScores], chance: Mapping[str, np.random.Generator], many: int
) -> Iterator[tuple[str, Part]]:
    """Give the scores of every group for so many draws of the weights, some at a time; their total stays as given.

    The leaves are of a period; scales are taken from the same draw of its base, which lies behind it where it is
    another.
    """
    indicators = way.definition.indicators
    areas = leaves[indicators[0].code].raw.shape[1]
    size = max(1, min(BATCH, CELLS // areas))
    for start in range(0, many, size):
        draws = min(size, many - start)
        raw: dict[str, Part] = {node.code: leaves[node.code].raw.reshape(1, -1) for node in indicators}
        done: dict[str, Part] = {node.code: leaves[node.code].value.reshape(1, -1) for node in indicators}
        for group in way.definition.groups:
            children = _children_that_count(way.definition, group)
            weights = _draw_weights(np.array([child.weight for child in children]), chance[group.code], draws)
            parts = [(done if group.scaled else raw)[child.code] for child in children]
            raw[group.code] = _mixed(group, parts, weights)
            done[group.code] = _after(group, raw[group.code], areas)
            yield group.code, done[group.code][:, :areas]


def _children_that_count(definition: Definition, group: Node) -> Sequence[Node]:
    """The children with a weight; the first when all weigh nothing. A weight of 0 changes nothing."""
    children = definition.children(group.code)
    return [child for child in children if child.weight] or children[:1]


def _draw_weights(weights: Values, random: np.random.Generator, draws: int) -> Values:
    """Weights around those of the definition, shape (draws, children), each row with the same total."""
    drawn: Values = weights * random.uniform(*AROUND, (draws, len(weights)))
    drawn *= weights.sum() / np.maximum(drawn.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    return drawn


def _mixed(group: Node, parts: list[Part], weights: Values) -> Part:
    """Return the weighted mean, sum or geometric mean of parts, draw by draw; leaves go as one product of matrices."""
    logged = group.combine is Aggregation.GEOMETRIC
    sums = _WeightedSums((len(weights), parts[0].shape[1]), logged)
    fixed = [number for number, part in enumerate(parts) if len(part) == 1]
    if fixed:
        sums.add_fixed(np.concatenate([parts[number] for number in fixed]), weights[:, fixed])
    for number, part in enumerate(parts):
        if len(part) > 1:
            sums.add_drawn(part, weights[:, [number]])
    with np.errstate(invalid="ignore", divide="ignore"):
        mixed = sums.total if group.combine is Aggregation.SUM else sums.total / sums.weight
        mixed = np.exp(mixed) if logged else mixed
    known: Part = np.where((sums.weight > 0) & ((sums.absent == 0) | (not group.whole)), mixed, np.nan)
    return known if group.digits is None else np.round(known, group.digits)


class _WeightedSums:
    """Sums over the parts of a group, each of shape (draws, areas).

    Attributes
    ----------
    total : weight times value, or times the logarithm of the value.
    weight : the weights of the parts that are present.
    absent : how many parts with a weight are absent.
    """

    def __init__(self, shape: tuple[int, int], logged: bool) -> None:
        self.logged = logged
        self.total = self.weight = self.absent = np.zeros(shape)

    def add_fixed(self, block: Part, weights: Values) -> None:
        """Add parts that are the same in every draw, shape (parts, areas), with weights of shape (draws, parts)."""
        present = ~np.isnan(block)
        self.total = self.total + weights @ self._terms(block, present)
        if present.all():
            self.weight = self.weight + weights.sum(axis=1, keepdims=True)
        else:
            self.weight = self.weight + weights @ present.astype(float)
            self.absent = self.absent + (weights > 0).astype(float) @ ~present

    def add_drawn(self, part: Part, weights: Values) -> None:
        """Add a part that differs per draw, shape (draws, areas), with weights of shape (draws, 1)."""
        present = ~np.isnan(part)
        self.total = self.total + weights * self._terms(part, present)
        self.weight = self.weight + weights * present
        self.absent = self.absent + (weights > 0) * ~present

    def _terms(self, part: Part, present: NDArray[np.bool_]) -> Part:
        return np.where(present, _logged(part) if self.logged else part, 0.0)


def _logged(part: Part) -> Part:
    """Return the logarithm; of 0 a number so low that every mean with it is 0, since products of infinity are none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.maximum(np.log(part), LOWEST)


def _after(group: Node, mixed: Part, areas: int) -> Part:
    """Return the values after the steps of a group; the base is the last so many of each row."""
    if not group.steps:
        return mixed
    try:
        return np.stack([scale_values(row, group.steps, group.direction, row[-areas:]) for row in mixed])
    except Unscalable as error:
        what = f"{group.code} is met andere gewichten niet te schalen: {error}."
        raise refuse(what, f"{REMEDY} Of laat --uncertainty weg.", column=group.code) from error


def _placed(part: Part, areas: NDArray[np.int64]) -> Values:
    """Return the scores of the areas that have a plain rank; what a draw makes absent stands last."""
    scores = part[:, areas]
    return np.where(np.isnan(scores), -np.inf, scores)


def _empty(ranks: NDArray[np.int32]) -> RankInterval:
    return RankInterval(np.zeros_like(ranks), np.zeros_like(ranks))


def _set(ends: RankInterval, at: int, areas: NDArray[np.int64], tails: RankTails, plain: NDArray[np.int32]) -> None:
    low, high = tails.ends()
    ends.low[at, areas] = np.minimum(np.floor(low), plain)
    ends.high[at, areas] = np.maximum(np.ceil(high), plain)
