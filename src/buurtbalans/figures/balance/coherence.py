"""How well the parts of an index hang together: correlations, Cronbach's alpha, and what weighs more than was said.

The handbook on composite indicators (OECD and JRC, 2008) asks for this before an index is believed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import atanh, isnan, nan, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.figures.balance.definition import Definition, Node
from buurtbalans.figures.balance.index import NodeScores
from buurtbalans.figures.balance.scale import Values

ENOUGH: Final = 10  # areas with every part; from fewer nothing is said
TOGETHER: Final = (0.7, 0.5)  # alpha from which parts hang together well, and somewhat
SAME: Final = 0.92  # a correlation above which two parts count the same thing twice (JRC)
AGAINST: Final = -0.1
CHANCE: Final = 1.96
HEAVIER: Final = 1.5  # times its weight, and at least
MARGIN: Final = 0.1  # this much more of the whole


@dataclass(frozen=True, slots=True)
class PartCoherence:
    """How a part fits in its group.

    Attributes
    ----------
    weight : its share of the weights, 0 to 1.
    influence : its share of the squared correlations with the group; beside the weight it says what counts in truth
        (Paruolo, Saisana and Saltelli, 2013, "Ratings and rankings: voodoo or science?", with straight lines).
    group, others : its correlation with the group, and with the weighted mean of the other parts; NaN where unknown.
    nearer : another group with which it correlates more than with its own; empty where there is none.
    against : it points the other way than the others, more than chance explains.
    """

    code: str
    weight: float
    influence: float
    group: float
    others: float
    nearer: str = ""
    against: bool = False

    @property
    def heavier(self) -> bool:
        """Whether it decides much more of its group than its weight says."""
        return self.influence > HEAVIER * self.weight and self.influence - self.weight > MARGIN

    @property
    def lighter(self) -> bool:
        """Whether it decides much less of its group than its weight says."""
        return self.influence * HEAVIER < self.weight and self.weight - self.influence > MARGIN


@dataclass(frozen=True)
class GroupCoherence:
    """A group: Cronbach's alpha over the areas with all of its parts, how each part fits, and their correlations."""

    code: str
    alpha: float
    areas: int
    parts: tuple[PartCoherence, ...]
    correlations: Values

    def same(self) -> Iterator[tuple[str, str, float]]:
        """Give the pairs of parts that say nearly the same."""
        for one in range(len(self.parts)):
            for other in range(one + 1, len(self.parts)):
                if (correlation := float(self.correlations[one, other])) > SAME:
                    yield self.parts[one].code, self.parts[other].code, correlation


def coherence(definition: Definition, scored: Mapping[str, NodeScores], at: int = -1) -> tuple[GroupCoherence, ...]:
    """Return how the parts of every group hang together in one period, the top first.

    Parameters
    ----------
    scored : the nodes of the index, as `index.indexed` gives them.
    at : which of the periods; the last when not given.
    """
    tops = [group for group in definition.groups if not group.group]
    return tuple(_coherent(definition, group, scored, at) for top in tops for group in _downward(definition, top))


def cronbach_alpha(parts: Values) -> float:
    """Return Cronbach's alpha of parts, shape (parts, areas), without gaps; NaN for one part or when nothing differs.

    Examples
    --------
    >>> cronbach_alpha(np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]])).__round__(3)
    0.889
    """
    many = len(parts)
    if many < 2 or parts.shape[1] < 2 or not (whole := float(parts.sum(axis=0).var(ddof=1))):
        return nan
    return many / (many - 1) * (1 - float(parts.var(axis=1, ddof=1).sum()) / whole)


def _downward(definition: Definition, group: Node) -> Iterator[Node]:
    yield group
    for child in definition.children(group.code):
        if child.combine is not None:
            yield from _downward(definition, child)


def _coherent(definition: Definition, group: Node, scored: Mapping[str, NodeScores], at: int) -> GroupCoherence:
    children = [child for child in definition.children(group.code) if child.weight]
    parts = np.array([_used(group, scored[child.code])[at] for child in children])
    weights = np.array([child.weight for child in children])
    whole, full = scored[group.code].raw[at], parts[:, ~np.isnan(parts).any(axis=0)]
    with_group = [_correlation(part, whole)[0] for part in parts]
    squares = np.nansum(np.square(with_group))
    beside = _sibling_groups(definition, group)
    fits = []
    for number, child in enumerate(children):
        others, areas = _correlation(parts[number], _rest(group, parts, weights, number))
        fits.append(
            PartCoherence(
                child.code,
                float(weights[number] / weights.sum()),
                float(np.square(with_group[number]) / squares) if squares else nan,
                with_group[number],
                others,
                _nearer(parts[number], others, beside, scored, at),
                _is_against(others, areas),
            )
        )
    table = np.array([[_correlation(one, other)[0] for other in parts] for one in parts])
    return GroupCoherence(group.code, cronbach_alpha(full), full.shape[1], tuple(fits), table)


def _sibling_groups(definition: Definition, group: Node) -> list[Node]:
    return [other for other in definition.groups if other.group == group.group and other.code != group.code]


def _is_against(correlation: float, areas: int) -> bool:
    """Whether a correlation is clearly negative, also by Fisher's test for this number of areas."""
    return correlation < AGAINST and atanh(max(correlation, -0.9999)) * sqrt(max(areas - 3, 0)) < -CHANCE


def _used(group: Node, scored: NodeScores) -> Values:
    return scored.value if group.scaled else scored.raw


def _rest(group: Node, parts: Values, weights: Values, number: int) -> Values:
    """Return the weighted mean of the other parts, of what is there."""
    rest, heavy = np.delete(parts, number, axis=0), np.delete(weights, number)[:, None]
    there = ~np.isnan(rest)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean: Values = (np.where(there, rest, 0.0) * heavy).sum(axis=0) / (there * heavy).sum(axis=0)
    return mean


def _nearer(part: Values, own: float, beside: list[Node], scored: Mapping[str, NodeScores], at: int) -> str:
    """Return the group beside its own that a part goes with more, if that is clear."""
    correlations = {each.code: _correlation(part, scored[each.code].value[at])[0] for each in beside}
    best = max(correlations, key=lambda code: -1.0 if isnan(correlations[code]) else correlations[code], default="")
    return best if best and not isnan(own) and correlations[best] - max(own, 0.0) > MARGIN else ""


def _correlation(one: Values, other: Values) -> tuple[float, int]:
    """Return Pearson's correlation over the areas that have both, and how many those are; NaN when nothing differs."""
    both: NDArray[np.bool_] = ~(np.isnan(one) | np.isnan(other))
    many = int(both.sum())
    if many < 3:
        return nan, many
    left, right = one[both] - one[both].mean(), other[both] - other[both].mean()
    size = float(np.sqrt((left @ left) * (right @ right)))
    return (float(left @ right) / size if size > 0 else nan), many


def coherence_sentences(groups: tuple[GroupCoherence, ...]) -> Iterator[str]:
    """Give what stands out, in Dutch, a sentence or two for each."""
    for group in groups:
        if len(group.parts) < 2:
            continue
        yield _together(group)
        if group.areas < ENOUGH:
            continue
        for part in group.parts:
            yield from _of_part(part, group.code)
        for one, other, how in group.same():
            yield f"{one} en {other} zeggen bijna hetzelfde ({correlation_text(how)}). Samen tellen ze dubbel."


def _of_part(part: PartCoherence, group: str) -> Iterator[str]:
    if part.against:
        what = f"{part.code} wijst in {group} de andere kant op: waar de rest hoog is, is dit vaak laag."
        yield f"{what} Kijk na of de richting klopt."
    elif part.nearer:
        yield f"{part.code} gaat meer gelijk op met {part.nearer} dan met de rest van {group}."
    if part.heavier or part.lighter:
        how = "bepaalt meer" if part.heavier else "bepaalt minder"
        shares = f"het gewicht is {percentage_text(part.weight)}, de invloed {percentage_text(part.influence)}"
        yield f"{part.code} {how} van {group} dan bedoeld: {shares}."


def _together(group: GroupCoherence) -> str:
    if group.areas < ENOUGH or isnan(group.alpha):
        return f"Of de delen van {group.code} samenhangen is niet te zien: te weinig gebieden hebben ze allemaal."
    well, somewhat = TOGETHER
    how = "goed" if group.alpha >= well else "een beetje" if group.alpha >= somewhat else "niet goed"
    more = " Eén getal voor de groep verbergt dan verschillen." if group.alpha < somewhat else ""
    return f"De delen van {group.code} hangen {how} samen (alfa {correlation_text(group.alpha)}).{more}"


def correlation_text(number: float) -> str:
    """Return a correlation as it is written in Dutch; a dash where there is none.

    Examples
    --------
    >>> correlation_text(-0.294), correlation_text(float("nan"))
    ('−0,29', '–')
    """
    return "–" if isnan(number) else f"{number:.2f}".replace(".", ",").replace("-", "−")


def percentage_text(share: float) -> str:
    """Return a share as a percentage in Dutch; a dash where there is none."""
    return "–" if isnan(share) else f"{100 * share:.0f} %"
