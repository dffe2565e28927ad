"""The balance picture: where an area lies beside its city in each dimension, as a range, with words chance allows.

The three dimensions are never made into one number, and no list of areas is made. How it is reckoned and what is
assumed stands in `docs/decisions/0014-the-balance-picture.md`; the arithmetic is in `measure_indicator` and `bubbles`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from buurtbalans.figures.balance.balance_definition import BalanceDefinition, ChosenWeights, WeightedIndicator
from buurtbalans.figures.balance.bubbles import LEAST, Bubble, DimensionBubbles, dimension_bubbles
from buurtbalans.figures.balance.measurements import (
    IndicatorMeasurements,
    Series,
    measure_indicator,
    newest_period,
    series_of,
)
from buurtbalans.figures.catalogue.indicator import Dimension, Indicator
from buurtbalans.figures.comparison.standing import Standing, standing_of
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.text import gettext_noop

__all__ = ["Bubble", "ChosenWeights", "CityBalance", "DimensionPicture", "IndicatorPart", "balance_picture"]

KEEPS: Final = 0.9  # of an area that keeps less of its distance than this the page says that it is drawn to the city
DRAWS: Final = 400


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """One indicator of one area in the picture.

    Attributes
    ----------
    weight : how much it counts, as chosen; 0 for one that is shown only.
    standing : where its figure stands beside the city; None without a figure, or without one of the city.
    points : its share in the middle of the bubble, in standard deviations; together they are the middle.
    kept : how much of its distance to the city counts: a small area is drawn towards the city. 1 is all of it.
    """

    counted: WeightedIndicator
    weight: float
    standing: Standing | None
    shown: Shown | None
    city: Shown | None = None
    points: float = 0.0
    kept: float = 1.0

    @property
    def indicator(self) -> Indicator:
        """Return what is measured."""
        return self.counted.indicator


@dataclass(frozen=True, slots=True)
class DimensionPicture:
    """One dimension of one area: its bubble, or in `why` the reason that there is none.

    Attributes
    ----------
    parts : what counts, the largest share in the bubble first.
    neutral : what is shown and does not count: without a judgement, of weight 0, or about too few people.
    unknown : what would count, or stand beside it, and has no figure here; what counts also where no area has one.
    """

    dimension: Dimension
    bubble: Bubble | None
    parts: tuple[IndicatorPart, ...]
    neutral: tuple[IndicatorPart, ...]
    unknown: tuple[IndicatorPart, ...]
    why: str = ""

    @property
    def drawn(self) -> bool:
        """Return whether small numbers brought an indicator clearly closer to the city's value, by a tenth of its distance or more."""
        return any(part.kept < KEEPS for part in self.parts)


@dataclass(frozen=True)
class MeasuredLevel:
    """What a picture stands on whatever the weights: the figures of a level, measured and laid beside the city."""

    definition: BalanceDefinition
    areas: tuple[str, ...]
    at: Mapping[str, int]
    measured: Mapping[str, IndicatorMeasurements]
    series: Series
    draws: int
    seed: int

    def laid(self, dimension: Dimension, weights: ChosenWeights) -> DimensionBubbles:
        """Return the bubbles of a dimension for some weights."""
        heavy = [(counted.indicator.id, _weight(counted, weights)) for counted in self.definition.of(dimension)]
        parts = [(self.measured[id], weight) for id, weight in heavy if weight and id in self.measured]
        seed, many = (self.seed, list(Dimension).index(dimension)), len(self.areas)
        each, sizes = [part for part, _weight in parts], [weight for _part, weight in parts]
        return dimension_bubbles(each, sizes, many, len(self.at) - many, self.draws, seed)


@dataclass(frozen=True)
class CityBalance:
    """The picture of all areas of one level of a municipality, made from one release."""

    ground: MeasuredLevel = field(repr=False)
    weights: ChosenWeights

    @cached_property
    def _laid(self) -> Mapping[Dimension, DimensionBubbles]:
        return {dimension: self.ground.laid(dimension, self.weights) for dimension in self.definition.asks}

    @property
    def definition(self) -> BalanceDefinition:
        """Return what counts, and why."""
        return self.ground.definition

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas of the level, in order of code."""
        return self.ground.areas

    def weighed(self, weights: ChosenWeights) -> "CityBalance":
        """Return the picture with other weights; what they do not touch is not reckoned again."""
        return replace(self, weights=weights)

    def of(self, area: str) -> tuple[DimensionPicture, ...]:
        """Return the dimensions of one area, in the order of the definition.

        Raises
        ------
        KeyError
            When the area is not in the picture.
        """
        at = self.ground.at[area]
        return tuple(self._dimensioned(dimension, area, at) for dimension in self.definition.asks)

    def dimension(self, dimension: Dimension) -> Mapping[str, Bubble | None]:
        """Return the bubble of every area of the level, None where too little is known."""
        bubbles = self._laid[dimension]
        return {area: bubbles.bubble(self.ground.at[area]) for area in self.areas}

    @cached_property
    def periods(self) -> tuple[int, ...]:
        """Return the years of the figures, the oldest first."""
        return tuple(sorted({one.period for one in self.ground.measured.values()}))

    @property
    def measured(self) -> tuple[IndicatorMeasurements, ...]:
        """Return the indicators with figures, in the order of the definition."""
        return tuple(self.ground.measured.values())

    def _dimensioned(self, dimension: Dimension, area: str, at: int) -> DimensionPicture:
        bubbles = self._laid[dimension]
        parts: list[IndicatorPart] = []
        neutral: list[IndicatorPart] = []
        unknown: list[IndicatorPart] = []
        for counted in self.definition.of(dimension):
            part = self._part(counted, area, at, bubbles)
            if part is None:
                continue
            if part.shown is None or part.shown.value is None:
                if part.shown is None or part.shown.absence is not Absence.NOT_APPLICABLE:
                    unknown.append(part)
            else:
                (parts if part.weight else neutral).append(part)
        parts.sort(key=lambda part: (-abs(part.points), part.indicator.id))
        bubble = bubbles.bubble(at)
        why = "" if bubble else self._why(dimension, at)
        return DimensionPicture(dimension, bubble, tuple(parts), tuple(neutral), tuple(unknown), why)

    def _part(self, counted: WeightedIndicator, area: str, at: int, bubbles: DimensionBubbles) -> IndicatorPart | None:
        """Return an indicator of an area, None when the release does not speak of it and it would not count."""
        id, weight = counted.indicator.id, _weight(counted, self.weights)
        one = self.ground.measured.get(id)
        if one is None:
            return self._unmeasured_part(counted, area, weight)
        shown = one.shown.get(area)
        if shown is None or shown.value is None:
            return IndicatorPart(counted, weight, None, shown, one.city)
        at_city = standing_of(shown, one.city, one.sd)
        if not weight or np.isnan(one.drawn[at]):
            return IndicatorPart(counted, 0.0, at_city, shown, one.city)
        points = weight * one.drawn[at] / (bubbles.known[at] * bubbles.weight)
        return IndicatorPart(counted, weight, at_city, shown, one.city, float(points), float(one.factor[at]))

    def _unmeasured_part(self, counted: WeightedIndicator, area: str, weight: float) -> IndicatorPart | None:
        """An indicator that could be measured in no area of the level: the newest figure of this one, if any."""
        years = self.ground.series.get(counted.indicator.id)
        if not years:
            return IndicatorPart(counted, weight, None, None) if weight else None
        shown = years[newest_period(years, self.areas) or max(years)].get(area)
        return IndicatorPart(counted, 0.0 if shown and shown.value is not None else weight, None, shown)

    def _why(self, dimension: Dimension, at: int) -> str:
        """Return why there is no score, as a text to translate."""
        bubbles = self._laid[dimension]
        judged = [one for one in self.definition.of(dimension) if one.judged]
        if judged and not any(_weight(one, self.weights) for one in judged):
            return gettext_noop("Er is geen uitkomst, want er telt nu geen enkel cijfer mee.")
        if self._few(dimension, at):
            return gettext_noop("Er is geen uitkomst, want hier wonen te weinig mensen.")
        many = int(bubbles.many[at])
        if not many:
            return gettext_noop("Er is geen uitkomst, want hierover zijn geen cijfers.")
        if many < LEAST:
            return gettext_noop("Er is geen uitkomst, want daarvoor zijn ten minste drie cijfers nodig.")
        return gettext_noop("Er is geen uitkomst, want minder dan de helft van de gegevens is bekend.")

    def _few(self, dimension: Dimension, at: int) -> bool:
        """Say whether figures do not count here because they are about too few people."""
        area = next(area for area, place in self.ground.at.items() if place == at)
        judged = [self.ground.measured.get(one.indicator.id) for one in self.definition.of(dimension) if one.judged]
        return any(
            np.isnan(one.drawn[at]) and area in one.shown and one.shown[area].value is not None for one in judged if one
        )


def balance_picture(
    definition: BalanceDefinition,
    shown: Sequence[Shown],
    city: Sequence[Shown],
    areas: Sequence[str],
    weights: ChosenWeights | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    *,
    also: Sequence[str] = (),
) -> CityBalance:
    """Return the balance picture of all areas of a level.

    Parameters
    ----------
    shown, city : the figures of the areas and of their municipality, as the gate lets them through, of all years.
    areas : the codes of the level; they set the scale and the ranks, in any order.
    weights : what a group chose instead of the weights of the definition.
    draws : how often the picture is made again to see how wide a bubble is.
    also : what lies beside the areas, such as a working area of several buurten; it moves no other area.
    """
    rows = (*sorted(set(areas)), *sorted(set(also) - set(areas)))
    own, town = series_of(shown), series_of(city)
    level, beside = rows[: len(set(areas))], rows[len(set(areas)) :]
    bubbles = {
        one.counted.indicator.id: one
        for counted in definition.indicators
        if (one := measure_indicator(counted, own, town, level, beside))
    }
    ground = MeasuredLevel(definition, level, {code: at for at, code in enumerate(rows)}, bubbles, own, draws, seed)
    return CityBalance(ground, weights or ChosenWeights())


def _weight(counted: WeightedIndicator, chosen: ChosenWeights) -> float:
    return chosen.of(counted.indicator.id, counted.weight) if counted.judged else 0.0
