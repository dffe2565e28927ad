"""Why a neighbourhood stands where it does: what carries each bubble, down to the figure, and where it is without."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.balance.picture import Bubble, DimensionPicture, IndicatorPart
from buurtbalans.figures.balance.picture_words import (
    area_sentences,
    contribution_sentence,
    dimension_sentences,
    rank_sentence,
)
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.sentence import figure_sentence
from buurtbalans.site.pages.area_context import AreaContext, area_place, neighbourhood_place
from buurtbalans.site.pages.balance import (
    UnknownIndicator,
    absence_reason,
    balance_of,
    balance_on,
    oriented_range,
    style_of,
    verdict,
)
from buurtbalans.site.pages.custom_weights import step_words, weight_history, weights_query
from buurtbalans.site.pages.dimensions import DIMENSIONS

LEVELS: Final = {AreaLevel.WIJK: "wijken", AreaLevel.STADSDEEL: "stadsdelen"}
DROPPED: Final = 3  # parts of a dimension of which the page says what the bubble does without them


@dataclass(frozen=True, slots=True)
class Carrier:
    """One indicator in a bubble: what it says, how far it moves the bubble, and where that lies without it."""

    part: IndicatorPart
    sentence: str
    pull: str
    step: str
    low: float
    high: float
    style: str
    without: Bubble | None


@dataclass(frozen=True, slots=True)
class DimensionExplanation:
    """One dimension: its bubble, what carries it in order of its share, and what does not count.

    That is what nobody judges (`neutral`), what a group left out, and what is about too few people.
    """

    dimension: Dimension
    bubble: Bubble | None
    verdict: str
    why: str
    carriers: Sequence[Carrier]
    neutral: Sequence[IndicatorPart]
    left_out: Sequence[IndicatorPart]
    few: Sequence[IndicatorPart]
    unknown: Sequence[UnknownIndicator]

    @property
    def name(self) -> str:
        """Return the name of the dimension."""
        return str(DIMENSIONS[self.dimension])

    @property
    def label(self) -> str:
        """Return what the drawing says to who cannot see it."""
        return f"{self.name}: {self.verdict}"

    @property
    def start(self) -> float:
        """Return where the scale of the shares starts: as far below zero as it reaches above."""
        return -self.reach

    @property
    def reach(self) -> float:
        """Return the largest share of a part, for the scale of the shares."""
        return max([abs(carrier.part.points) for carrier in self.carriers], default=0.0) or 1.0


@require_safe
def why_area(request: HttpRequest, division: int, code: str) -> HttpResponse:
    """Say why an area stands where it does."""
    return _why(request, area_place(request, division, code))


@require_safe
def why_neighbourhood(request: HttpRequest, slug: str) -> HttpResponse:
    """Say why a working area stands where it does."""
    return _why(request, neighbourhood_place(request, slug))


def _why(request: HttpRequest, place: AreaContext) -> HttpResponse:
    weights = weight_history(request.GET).weights
    picture = balance_of(place.here, place.subject, weights)
    if not picture:
        raise Http404("hier is geen balans")
    context: dict[str, Any] = {
        "place": place,
        "subject": place.subject,
        "onward": weights_query(weights),
        "balance": balance_on(request, place),
        "parts": [dimension_explanation(place, each, weights) for each in picture],
        "whole": " ".join(area_sentences(picture)),
    }
    return render(request, "site/why.html", context)


def dimension_explanation(place: AreaContext, each: DimensionPicture, weights: ChosenWeights) -> DimensionExplanation:
    """Return a dimension with its parts in order of their share in the bubble."""
    ordered = sorted((part for part in each.parts if part.weight), key=lambda part: -abs(part.points))
    carriers = [_carrier(place, each.dimension, part, weights, drop=at < DROPPED) for at, part in enumerate(ordered)]
    without_weight, without_people = _uncounted_parts(each, weights)
    return DimensionExplanation(
        each.dimension,
        each.bubble,
        verdict(each),
        _reasons(place, each),
        carriers,
        [part for part in each.neutral if part not in (*without_weight, *without_people)],
        without_weight,
        without_people,
        [UnknownIndicator(part.indicator, absence_reason(part.shown)) for part in each.unknown],
    )


def _reasons(place: AreaContext, each: DimensionPicture) -> str:
    """Return the sentences that explain a dimension, with its rank where it has a bubble."""
    says = list(dimension_sentences(each)[bool(each.bubble) :])
    if each.bubble:
        says.append(rank_sentence(each.bubble, LEVELS.get(place.subject.level, "buurten")))
    return " ".join(says)


def _uncounted_parts(each: DimensionPicture, weights: ChosenWeights) -> tuple[list[IndicatorPart], list[IndicatorPart]]:
    """Return the judged parts that do not count: those that a group left out, and those about too few people."""
    judged = [part for part in each.neutral if part.counted.judged and part.counted.weight]
    left_out = [part for part in judged if not weights.of(part.indicator.id, part.counted.weight)]
    return left_out, [part for part in judged if part not in left_out]


def _carrier(
    place: AreaContext, dimension: Dimension, part: IndicatorPart, weights: ChosenWeights, *, drop: bool
) -> Carrier:
    at = part.standing
    low, high = oriented_range(part.indicator, at) if at else (0.0, 0.0)
    without = None
    if drop:
        others = balance_of(place.here, place.subject, weights.but(part.indicator.id, 0))
        without = next(each.bubble for each in others if each.dimension is dimension)
    sentence = figure_sentence(part.shown, part.city) if part.shown else ""
    step = str(step_words(part.weight))
    return Carrier(
        part, sentence, contribution_sentence(part), step, low, high, style_of(at) if at else "stil", without
    )
