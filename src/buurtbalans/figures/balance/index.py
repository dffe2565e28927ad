"""The index: figures are scaled, weighted and combined, group by group from the leaves to the top."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.figures.balance.definition import Aggregation, Definition, Node
from buurtbalans.figures.balance.ranks import rank_rows
from buurtbalans.figures.balance.scale import Unscalable, Values, scale_values
from buurtbalans.figures.findings import refuse

REMEDY: Final = "Kies andere stappen, of haal dit deel uit de definitie."
Cube = Mapping[str, Values]  # by the code of an indicator: shape (periods, areas)


@dataclass(frozen=True)
class NodeScores:
    """What became of a node: its values before (`raw`) and after its steps, shape (periods, areas); NaN is absent."""

    raw: Values
    value: Values

    @cached_property
    def ranks(self) -> NDArray[np.int32]:
        """The place of each area in each period, 1 = highest, 0 where there is no value."""
        return rank_rows(self.value)


def index_scores(
    definition: Definition, cube: Cube, periods: tuple[int | None, ...] = (None,)
) -> dict[str, NodeScores]:
    """Return every node of the index, the leaves first.

    Parameters
    ----------
    cube : of each indicator the values as measured, shape (periods, areas); NaN is absent.
    periods : what the rows are of; with `definition.base` every scale is taken from that one.

    Raises
    ------
    Refused
        When the base is not among the periods, or a step does not allow the values.
    """
    at = base_position(definition, periods)
    done: dict[str, NodeScores] = {}
    shape = next(iter(cube.values())).shape if cube else (0, 0)
    room = iter(np.empty((sum(bool(node.steps) for node in definition.nodes), *shape)))  # one piece is had sooner
    for node in definition.nodes:
        raw = cube[node.code] if node.combine is None else _combined(node, definition.children(node.code), done)
        done[node.code] = NodeScores(raw, _after(node, raw, at, next(room)) if node.steps else raw)
    return done


def base_position(definition: Definition, periods: tuple[int | None, ...]) -> int | None:
    """Return which of the periods every scale is taken from; None: each from itself."""
    if definition.base is None or periods == (None,):
        return None
    if definition.base not in periods:
        named = ", ".join(str(period) for period in periods)
        raise refuse(f"Het basisjaar {definition.base} staat niet in de tabel.", f"Kies uit {named}.")
    return periods.index(definition.base)


def _after(node: Node, raw: Values, base: int | None, values: Values) -> Values:
    """Return the values of a node after its steps, period by period, in the room for it."""
    try:
        for row, after in zip(raw, values, strict=True):
            after[:] = scale_values(row, node.steps, node.direction, raw[base] if base is not None else None)
    except Unscalable as error:
        raise refuse(f"{node.code} is niet te schalen: {error}.", REMEDY, column=node.code) from error
    return values


def _combined(node: Node, children: tuple[Node, ...], done: Mapping[str, NodeScores]) -> Values:
    parts = [done[child.code].value if node.scaled else done[child.code].raw for child in children]
    weights = [child.weight for child in children]
    how = node.combine or Aggregation.MEAN
    try:  # period by period, so that all of it stays in the cache
        rows = [aggregate(list(row), weights, how, whole=node.whole) for row in zip(*parts, strict=True)]
    except Unscalable as error:
        raise refuse(f"{node.code} is niet samen te nemen: {error}.", REMEDY, column=node.code) from error
    stacked = np.stack(rows)
    return stacked if node.digits is None else np.round(stacked, node.digits)


def aggregate(parts: list[Values], weights: list[float], how: Aggregation, *, whole: bool = False) -> Values:
    """Return the weighted mean, sum or geometric mean of parts of one shape.

    What is absent is skipped and the weights of the others count for more (not in a sum); with `whole` the result is
    absent when a part is. A part of weight 0 changes nothing, also where it is absent.

    Examples
    --------
    >>> aggregate([np.array([1.0, np.nan]), np.array([3.0, 5.0])], [1.0, 1.0], Aggregation.MEAN).tolist()
    [2.0, 5.0]
    """
    used = [(part.ravel(), given) for part, given in zip(parts, weights, strict=True) if given != 0]
    totals = np.full(parts[0].size, np.nan)
    if used:
        totals = _summed(used, how)
        gaps = np.flatnonzero(np.isnan(totals))  # few: all that is there elsewhere needs no second look
        if len(gaps) and not whole:
            totals[gaps] = _summed_there([(part[gaps], given) for part, given in used], how)
    totals = np.exp(totals) if how is Aggregation.GEOMETRIC else totals
    return totals.reshape(parts[0].shape)


def _summed(used: list[tuple[Values, float]], how: Aggregation) -> Values:
    """Return the weighted sum or mean, for a geometric mean of logarithms; absent where a part is."""
    total, share, weight = np.zeros(used[0][0].shape), np.empty(used[0][0].shape), 0.0
    for part, given in used:
        total += np.multiply(_logged(part) if how is Aggregation.GEOMETRIC else part, given, out=share)
        weight += given  # in this order, as below, so that areas with and without gaps are rounded alike
    return total if how is Aggregation.SUM else np.divide(total, weight, out=total)


def _summed_there(used: list[tuple[Values, float]], how: Aggregation) -> Values:
    """Return the same over the parts that are there, absent where none is."""
    total, weight = (np.zeros(used[0][0].shape) for _ in range(2))
    for part, given in used:
        there = ~np.isnan(part)
        total += np.where(there, (_logged(part) if how is Aggregation.GEOMETRIC else part) * given, 0.0)
        weight += there * given
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(weight > 0, total if how is Aggregation.SUM else total / weight, np.nan)


def _logged(part: Values) -> Values:
    if (part < 0).any():
        raise Unscalable("een meetkundig gemiddelde bestaat niet onder 0")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(part), dtype=np.float64)
