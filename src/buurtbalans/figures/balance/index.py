"""The index: figures are scaled, weighted and combined, group by group from the leaves to the top."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.figures.findings import refuse

from .definition import Combine, Definition, Node
from .ranks import ranked_rows
from .scale import Unscalable, Values, scaled

REMEDY: Final = "Kies andere stappen, of haal dit deel uit de definitie."
Cube = Mapping[str, Values]  # by the code of an indicator: shape (periods, areas)


@dataclass(frozen=True)
class Scored:
    """What became of a node: its values before (`raw`) and after its steps, shape (periods, areas); NaN is absent."""

    raw: Values
    value: Values

    @cached_property
    def ranks(self) -> NDArray[np.int32]:
        """The place of each area in each period, 1 = highest, 0 where there is no value."""
        return ranked_rows(self.value)


def indexed(definition: Definition, cube: Cube, periods: tuple[int | None, ...] = (None,)) -> dict[str, Scored]:
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
    at = base_of(definition, periods)
    done: dict[str, Scored] = {}
    for node in definition.nodes:
        raw = cube[node.code] if node.combine is None else _combined(node, definition.children(node.code), done)
        done[node.code] = Scored(raw, _after(node, raw, at))
    return done


def base_of(definition: Definition, periods: tuple[int | None, ...]) -> int | None:
    """Return which of the periods every scale is taken from; None: each from itself."""
    if definition.base is None or periods == (None,):
        return None
    if definition.base not in periods:
        named = ", ".join(str(each) for each in periods)
        raise refuse(f"Het basisjaar {definition.base} staat niet in de tabel.", f"Kies uit {named}.")
    return periods.index(definition.base)


def _after(node: Node, raw: Values, base: int | None) -> Values:
    """Return the values of a node after its steps, period by period."""
    if not node.steps:
        return raw
    found = np.empty_like(raw, dtype=np.float64)
    try:
        for row, after in zip(raw, found, strict=True):
            after[:] = scaled(row, node.steps, node.direction, raw[base] if base is not None else None)
    except Unscalable as error:
        raise refuse(f"{node.code} is niet te schalen: {error}.", REMEDY, column=node.code) from error
    return found


def _combined(node: Node, children: tuple[Node, ...], done: Mapping[str, Scored]) -> Values:
    parts = [done[child.code].value if node.scaled else done[child.code].raw for child in children]
    weights = [child.weight for child in children]
    how = node.combine or Combine.MEAN
    try:  # period by period, so that all of it stays in the cache
        rows = [combined(list(row), weights, how, whole=node.whole) for row in zip(*parts, strict=True)]
    except Unscalable as error:
        raise refuse(f"{node.code} is niet samen te nemen: {error}.", REMEDY, column=node.code) from error
    found = np.stack(rows)
    return found if node.digits is None else np.round(found, node.digits)


def combined(parts: list[Values], weights: list[float], how: Combine, *, whole: bool = False) -> Values:
    """Return the weighted mean, sum or geometric mean of parts of one shape.

    What is absent is skipped and the weights of the others count for more (not in a sum); with `whole` the result is
    absent when a part is. A part of weight 0 changes nothing, also where it is absent.

    Examples
    --------
    >>> combined([np.array([1.0, np.nan]), np.array([3.0, 5.0])], [1.0, 1.0], Combine.MEAN).tolist()
    [2.0, 5.0]
    """
    total, weight, lacks, share = (np.zeros(parts[0].shape) for _ in range(4))
    for part, given in zip(parts, weights, strict=True):
        if given == 0:
            continue
        absent = np.isnan(part)
        np.multiply(_logged(part, ~absent) if how is Combine.GEOMETRIC else part, given, out=share)
        np.copyto(share, 0.0, where=absent)
        total += share
        weight += np.multiply(~absent, given, out=share)
        if whole:
            lacks += absent
    known = (weight > 0) & ((lacks == 0) | (not whole))
    with np.errstate(invalid="ignore", divide="ignore"):
        found = total if how is Combine.SUM else total / weight
        found = np.exp(found) if how is Combine.GEOMETRIC else found
    return np.where(known, found, np.nan)


def _logged(part: Values, there: NDArray[np.bool_]) -> Values:
    if (part[there] < 0).any():
        raise Unscalable("een meetkundig gemiddelde bestaat niet onder 0")
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(part), dtype=np.float64)
