"""Which choice matters most in an index: how far areas move when one choice is made otherwise, one at a time."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from buurtbalans.figures.balance.definition import Aggregation, Definition, Node
from buurtbalans.figures.balance.index import Cube, base_position, index_scores
from buurtbalans.figures.balance.rank_uncertainty import AS_IS, alternative_scalings, with_medians, with_scaling
from buurtbalans.figures.balance.ranks import rank
from buurtbalans.figures.balance.scale import Values
from buurtbalans.figures.balance.table import Table
from buurtbalans.figures.findings import Refused

LITTLE: Final = 1.0  # places that areas move on average, below which a choice matters little
_SCALINGS: Final = {
    "minmax": "schalen van laagste tot hoogste",
    "zscore": "schalen met standaardafwijkingen",
    "percent_rank": "schalen met rangen",
}
_STEPS: Final = {"clip": "zonder uitschieters af te kappen", "log": "zonder de logaritme"}


class ChoiceKind(StrEnum):
    """What is done otherwise: an indicator or a group left out, another scaling, equal weights, or gaps filled."""

    INDICATOR = "indicator"
    GROUP = "group"
    SCALING = "scaling"
    WEIGHTS = "weights"
    GAPS = "gaps"


PARTS: Final = (ChoiceKind.INDICATOR, ChoiceKind.GROUP)


@dataclass(frozen=True, slots=True)
class Influence:
    """How far areas move in a top of an index when one choice is made otherwise.

    Attributes
    ----------
    top, choice, code, words : in which top, what is done otherwise, with which node or step, and that in Dutch.
    rank, rank_most, area : places that areas move on average and at most, and the area that moves most.
    score, score_most : the same of the score, in standard deviations between areas.
    areas : that have a score both ways.
    """

    top: str
    choice: ChoiceKind
    code: str
    words: str
    rank: float
    rank_most: int
    area: str
    score: float
    score_most: float
    areas: int


def influences(definition: Definition, table: Table, at: int = -1) -> tuple[Influence, ...]:
    """Return what each choice does in one period, per top; what moves areas most comes first.

    A choice that these figures do not allow is left out; so is an indicator that is alone in its group, since leaving
    it out is leaving out the group.

    Parameters
    ----------
    at : which of the periods of the table; the last when not given.
    """
    cube, periods = _rows(definition, table, at)
    plain = {code: each.value[0] for code, each in index_scores(definition, cube, periods).items()}
    rows = []
    for choice, code, words, other, figures in _choices(definition, cube):
        with suppress(Refused):
            done = index_scores(other, figures, periods)
            rows += [
                _moved(top.code, choice, code, words, plain[top.code], done[top.code].value[0], table.areas)
                for top in definition.groups
                if not top.group and (choice not in PARTS or _under(definition, code, top))
            ]
    order = {top.code: number for number, top in enumerate(definition.groups)}
    return tuple(sorted((row for row in rows if row), key=lambda row: (order[row.top], -row.rank, row.code)))


def definition_without(definition: Definition, code: str) -> Definition:
    """Return the definition without a part that is not alone in its group; a sum keeps the total of its weights."""
    nodes = {node.code: node for node in definition.nodes}
    node, others = nodes[code], _beside(definition, nodes[code])
    left = sum(other.weight for other in others)
    more = 1 + node.weight / left if nodes[node.group].combine is Aggregation.SUM else 1.0
    changed = {other.code: replace(other, weight=other.weight * more) for other in others}
    changed[node.code] = replace(node, weight=0.0)
    return replace(definition, nodes=tuple(changed.get(each.code, each) for each in definition.nodes))


def _beside(definition: Definition, node: Node) -> list[Node]:
    return [child for child in definition.children(node.group) if child.code != node.code and child.weight > 0]


def _rows(definition: Definition, table: Table, at: int) -> tuple[Cube, tuple[int | None, ...]]:
    """Return the figures of one period, with those of the base behind it where every scale is taken from that."""
    base = base_position(definition, table.periods)
    rows = [at % len(table.periods)]
    rows += [base] if base is not None and base != rows[0] else []
    return {code: values[rows] for code, values in table.cube.items()}, tuple(table.periods[row] for row in rows)


def _omissions(definition: Definition, cube: Cube) -> Iterator[tuple[ChoiceKind, str, str, Definition, Cube]]:
    """Yield the definition without each indicator or group that weighs and is not the only part of its group."""
    for node in definition.nodes:
        if node.group and node.weight and _beside(definition, node):
            kind = ChoiceKind.INDICATOR if node.combine is None else ChoiceKind.GROUP
            yield kind, node.code, f"zonder {node.code}", definition_without(definition, node.code), cube


def _choices(definition: Definition, cube: Cube) -> Iterator[tuple[ChoiceKind, str, str, Definition, Cube]]:
    yield from _omissions(definition, cube)
    for name, words, other in _other_scalings(definition):
        if other != definition:
            yield ChoiceKind.SCALING, name, words, other, cube
    if (even := _even(definition)) != definition:
        yield ChoiceKind.WEIGHTS, "equal", "alle gewichten gelijk", even, cube
    if any(np.isnan(values).any() for values in cube.values()):
        yield ChoiceKind.GAPS, "filled", "lege plekken vullen met de middelste waarde", definition, with_medians(cube)


def _other_scalings(definition: Definition) -> Iterator[tuple[str, str, Definition]]:
    for name in alternative_scalings(definition):
        if name != AS_IS:
            yield name, _SCALINGS[name], with_scaling(definition, name)
    for name, words in _STEPS.items():
        yield name, words, _unstepped(definition, name)


def _unstepped(definition: Definition, name: str) -> Definition:
    """Return the definition without a step; bounds that were given belong to the logarithm before them."""
    nodes = (
        replace(node, steps=tuple(step for step in node.steps if step.name != name))
        if name != "log" or not any(step.options.keys() & {"low", "high"} for step in node.steps)
        else node
        for node in definition.nodes
    )
    return replace(definition, nodes=tuple(nodes))


def _even(definition: Definition) -> Definition:
    """Return the definition with equal weights; those of a group together stay as they were."""
    means: dict[str, float] = {}
    for group in definition.groups:
        weights = [child.weight for child in definition.children(group.code) if child.weight > 0]
        means[group.code] = sum(weights) / len(weights) if weights else 0.0
    nodes = (
        replace(node, weight=means[node.group]) if node.group and node.weight > 0 else node for node in definition.nodes
    )
    return replace(definition, nodes=tuple(nodes))


def _under(definition: Definition, code: str, top: Node) -> bool:
    groups: Mapping[str, str] = {node.code: node.group for node in definition.nodes}
    while groups[code]:
        code = groups[code]
    return code == top.code


def _moved(
    top: str, choice: ChoiceKind, code: str, words: str, one: Values, other: Values, areas: tuple[str, ...]
) -> Influence | None:
    """Return how far areas move, in places among those that have a score both ways; None when there are too few."""
    both = np.flatnonzero(~(np.isnan(one) | np.isnan(other)))
    if len(both) < 2:
        return None
    places = np.abs(rank(one[both]).astype(np.int64) - rank(other[both]))
    scores = np.abs(_even_scale(one[both]) - _even_scale(other[both]))
    most = int(places.argmax())
    return Influence(
        top,
        choice,
        code,
        words,
        float(places.mean()),
        int(places[most]),
        areas[both[most]],
        float(scores.mean()),
        float(scores.max()),
        len(both),
    )


def _even_scale(values: Values) -> Values:
    spread = values.std()
    scaled: Values = (values - values.mean()) / spread if spread > 0 else np.zeros(len(values))
    return scaled


def influence_sentences(influences_of_group: tuple[Influence, ...]) -> Iterator[str]:
    """Give for each top which choice matters most, in Dutch."""
    for top in dict.fromkeys(influence.top for influence in influences_of_group):
        of = [influence for influence in influences_of_group if influence.top == top]
        most = of[0]
        if most.rank < LITTLE:
            yield f"Bij {top} maakt geen enkele keuze veel uit: gebieden schuiven gemiddeld minder dan één plaats op."
            continue
        how_far = f"gemiddeld {one_decimal(most.rank)} plaatsen op, van {most.areas}"
        furthest = f"Het verst schuift {most.area}: {most.rank_most} plaatsen."
        yield f"Bij {top} maakt dit het meeste uit: {most.words}. Gebieden schuiven dan {how_far}. {furthest}"
        yield from _parts_or_ways(top, of)


def _parts_or_ways(top: str, influences: Sequence[Influence]) -> Iterator[str]:
    """Say whether what counts or how it is computed moves areas most."""
    part = next((influence for influence in influences if influence.choice in PARTS), None)
    way = next((influence for influence in influences if influence.choice not in PARTS), None)
    if part and way:
        first, second = "wat meetelt", "hoe er gerekend wordt"
        if way.rank > part.rank:
            first, second = second, first
        yield f"Bij {top} doet {first} dus meer dan {second}."


def one_decimal(number: float) -> str:
    """Return a number of places as it is written in Dutch."""
    return f"{number:.1f}".replace(".", ",")
