"""What lies near a neighbourhood: those that share a border, those like it, and whether high lies beside high."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from buurtbalans.figures.area.division import Area
from buurtbalans.figures.catalogue.indicator import Kind
from buurtbalans.figures.comparison.standing import CERTAIN_P, MAYBE_P, Certainty, Difference, difference_between
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop

Values = NDArray[np.float64]

GAP: Final = 2e-5  # degrees, about two metres: borders of two areas are rarely drawn on the very same points
SHARED: Final = 2e-4  # degrees, about twenty metres: corners that only touch are no border
SIMILAR_AREAS: Final = 6
FEWEST: Final = 8  # areas with a figure; fewer make no pattern
PERMUTATIONS: Final = 1_999


def bordering_areas(areas: Iterable[Area]) -> dict[str, tuple[str, ...]]:
    """Return for each area with a border the codes of those that share a stretch of it, in order of code.

    Examples
    --------
    >>> from buurtbalans.figures.area.codes import AreaLevel
    >>> row = [Area(f"BU{n}", "", AreaLevel.BUURT, 2025, geometry=shapely.box(n, 0, n + 1, 1)) for n in range(3)]
    >>> bordering_areas(row)["BU1"]
    ('BU0', 'BU2')
    """
    drawn = sorted((area for area in areas if area.geometry is not None), key=lambda area: area.code)
    shapes = np.array([area.geometry for area in drawn], dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=GAP)
    one, other = one[one < other], other[one < other]
    stretch = shapely.intersection(shapely.buffer(shapes, GAP, quad_segs=2)[one], shapely.boundary(shapes)[other])
    share = shapely.length(stretch) >= SHARED
    borders: dict[str, set[str]] = {area.code: set() for area in drawn}
    for first, second in zip(one[share], other[share], strict=True):
        borders[drawn[first].code].add(drawn[second].code)
        borders[drawn[second].code].add(drawn[first].code)
    return {code: tuple(sorted(each)) for code, each in borders.items()}


def similar_areas(
    features: Mapping[str, Mapping[str, float]], area: str, *, many: int = SIMILAR_AREAS, without: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the areas most like one, the nearest first; none when a feature of it is not known.

    Parameters
    ----------
    features : by indicator the value of each area. They count the same, in standard deviations between areas.
    without : areas that may not be chosen, such as those where the same effort is made.
    """
    codes = sorted(set.intersection(*(set(feature) for feature in features.values()))) if features else []
    if area not in codes:
        return ()
    table = np.array([[feature[code] for code in codes] for feature in features.values()])
    wide = table.std(axis=1, keepdims=True)
    scaled = np.divide(table, wide, out=np.zeros_like(table), where=wide > 0)
    far = ((scaled - scaled[:, [codes.index(area)]]) ** 2).sum(axis=0)
    barred = {area, *without}
    near = sorted((float(distance), code) for distance, code in zip(far, codes, strict=True) if code not in barred)
    return tuple(code for _distance, code in near[:many])


def pooled_figure(figures: Sequence[Shown], name: str) -> Shown | None:
    """Return the figures of several areas as one, each as large as its base; None where one of them has no value.

    Only what may be shown goes in, so nothing more comes out. Counts are added; without bases all count the same.
    """
    if not figures or any(figure.value is None for figure in figures):
        return None
    bases = [figure.base for figure in figures]
    heavy = np.array(bases if all(bases) else np.ones(len(figures)), dtype=float)
    values = np.array([figure.value for figure in figures], dtype=float)
    counted = figures[0].indicator.kind is Kind.COUNT
    value = float(values.sum() if counted else heavy @ values / heavy.sum())
    base = float(heavy.sum()) if all(bases) else None
    return replace(figures[0], area=name, value=value, base=base, low=None, high=None, kept=False)


def compare_with_group(one: Shown, others: Sequence[Shown], name: str) -> tuple[Shown | None, Difference | None]:
    """Return a group of areas as one figure, and how an area outside it differs from that, as far as a test allows."""
    group = pooled_figure([other for other in others if other.area != one.area and other.value is not None], name)
    return group, difference_between(one, group) if group else None


def group_difference_sentence(difference: Difference | None, group: str) -> str:
    """Return how an area differs from a group beside it, as sentences that say whether that was tested.

    Examples
    --------
    >>> group_difference_sentence(Difference(-1, "minder", Certainty.CERTAIN), "de buurten ernaast")
    'Dat is minder dan het gemiddelde van de buurten ernaast.'
    >>> group_difference_sentence(Difference(0, "geen duidelijk verschil", Certainty.NONE), "buurten die erop lijken")
    'Met buurten die erop lijken is er geen duidelijk verschil.'
    """
    if difference is None:
        return ""
    facts = {"difference": _(difference.words), "group": _(group)}
    if not difference.sign:
        return _("Met %(group)s is er %(difference)s.") % facts
    if difference.certainty is Certainty.DISTANCE_ONLY:
        return _("Dat is %(difference)s dan het gemiddelde van %(group)s, maar het verschil is niet getoetst.") % facts
    return _("Dat is %(difference)s dan het gemiddelde van %(group)s.") % facts


class SpatialPattern(StrEnum):
    """How an area lies among its neighbours: high among high, low among low, or apart from them."""

    HIGH = "high"
    LOW = "low"
    ABOVE = "above"
    BELOW = "below"


WORDS: Final = {
    SpatialPattern.HIGH: gettext_noop("hoog, net als de buurten ernaast"),
    SpatialPattern.LOW: gettext_noop("laag, net als de buurten ernaast"),
    SpatialPattern.ABOVE: gettext_noop("hoger dan de buurten ernaast"),
    SpatialPattern.BELOW: gettext_noop("lager dan de buurten ernaast"),
}
NO_PATTERN: Final = gettext_noop("geen patroon met de buurten ernaast")


@dataclass(frozen=True, slots=True)
class LocalMoran:
    """Whether an area lies among its neighbours as chance would not put it (local Moran, Anselin 1995).

    Attributes
    ----------
    moran : the statistic; above 0 among its like, below 0 apart.
    chance : how often areas drawn at random for neighbours give as much, on either side.
    """

    moran: float
    chance: float
    pattern: SpatialPattern

    @property
    def certainty(self) -> Certainty:
        """Return how far the words may go."""
        if self.chance <= CERTAIN_P:
            return Certainty.CERTAIN
        return Certainty.MAYBE if self.chance <= MAYBE_P else Certainty.NONE

    @property
    def words(self) -> str:
        """Return the pattern, as far as chance is ruled out."""
        if self.certainty is Certainty.NONE:
            return _(NO_PATTERN)
        pattern = _(WORDS[self.pattern])
        return f"{_('misschien')} {pattern}" if self.certainty is Certainty.MAYBE else pattern


def local_moran(
    values: Mapping[str, float],
    neighbours: Mapping[str, Sequence[str]],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> dict[str, LocalMoran]:
    """Return for each area whether it lies among its neighbours as chance would not put it.

    The value of an area stays where it is and others are drawn for its neighbours, without putting back (conditional
    permutation); the chance is two-sided. An area without a figure is no neighbour, and an area without neighbours is
    left out. With fewer than eight areas, or all alike, nothing is said.
    """
    codes = sorted(code for code, value in values.items() if isfinite(value))
    beside = _neighbour_numbers(codes, neighbours)
    figures = np.array([values[code] for code in codes], dtype=float)
    deviation = figures.std() if len(codes) >= FEWEST else 0.0
    if deviation == 0:
        return {}
    z: Values = (figures - figures.mean()) / deviation
    most = max(len(each) for each in beside)
    random = np.random.default_rng(seed)
    # The same draws serve every area: each row holds places among the others, those after the area one further.
    places = np.stack([random.permutation(len(codes) - 1)[:most] for _ in range(permutations)])
    return {
        code: _local_moran(z, number, beside[number], places)
        for number, code in enumerate(codes)
        if beside[number].size
    }


def _neighbour_numbers(codes: Sequence[str], neighbours: Mapping[str, Sequence[str]]) -> list[NDArray[np.int_]]:
    """Return for each area where its neighbours stand among the areas; a neighbour that is not one of them is left out."""
    numbers = {code: number for number, code in enumerate(codes)}
    return [
        np.array([numbers[other] for other in neighbours.get(code, ()) if other in numbers], dtype=int)
        for code in codes
    ]


def _local_moran(z: Values, number: int, beside: NDArray[np.int_], places: NDArray[np.int_]) -> LocalMoran:
    """Local Moran of one area; `places` holds per permutation places among the other areas, shape (permutations, n)."""
    drawn = places[:, : beside.size]
    lags = z[drawn + (drawn >= number)].mean(axis=1)
    value, lag = float(z[number]), float(z[beside].mean())
    above = int((lags >= lag).sum())
    tail = min(above, len(places) - above)
    chance = min(1.0, 2 * (tail + 1) / (len(places) + 1))
    return LocalMoran((len(z) - 1) / len(z) * value * lag, chance, _pattern(value, lag))


def _pattern(own: float, lag: float) -> SpatialPattern:
    if own >= 0:
        return SpatialPattern.HIGH if lag >= 0 else SpatialPattern.ABOVE
    return SpatialPattern.LOW if lag < 0 else SpatialPattern.BELOW
