"""Weights that a group changes in a meeting: what counts more or less, and what that does to the bubbles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights, WeightedIndicator
from buurtbalans.figures.balance.picture import Bubble, DimensionPicture, IndicatorPart
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.observation import Absence
from buurtbalans.site.look.scales import Style
from buurtbalans.site.pages.area_context import AreaContext, area_place, neighbourhood_place
from buurtbalans.site.pages.balance import absence_reason, balance_of, city_balance, style_of
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.custom_weights import (
    STEPS,
    WeightHistory,
    choosable,
    step_words,
    weight_history,
    weights_query,
    with_form_choices,
)
from buurtbalans.site.pages.dimensions import DIMENSIONS


@dataclass(frozen=True, slots=True)
class WeightChoice:
    """One indicator that may count: its steps, the one it is at, and what its figure says here."""

    counted: WeightedIndicator
    weight: float
    style: Style | None
    absence: Absence | None

    @property
    def steps(self) -> list[tuple[str, str | Promise, bool]]:
        """Return (value in the form, words, whether it is so now); an odd weight from an address is one more step."""
        known = dict(STEPS) | ({} if self.weight in STEPS else {self.weight: step_words(self.weight)})
        return [(f"{heavy:g}".replace(".", "_"), words, heavy == self.weight) for heavy, words in sorted(known.items())]

    @property
    def changed(self) -> bool:
        """Say whether the group chose another weight than the definition gives."""
        return self.weight != self.counted.weight


@dataclass(frozen=True, slots=True)
class DimensionChange:
    """One dimension before and after: its bubbles, or of a whole city how many areas changed, and its choices."""

    dimension: Dimension
    before: Bubble | None
    now: Bubble | None
    choices: Sequence[WeightChoice]
    why: str = ""
    moved: Sequence[tuple[str, str, str]] = ()

    @property
    def name(self) -> str:
        """Return the name of the dimension."""
        return str(DIMENSIONS[self.dimension])

    @property
    def label(self) -> str:
        """Return what the drawing says to who cannot see it."""
        return f"{self.name}: {_(self.now.words if self.now else self.why)}"

    @property
    def was(self) -> tuple[float, float] | None:
        """Return where the bubble was, when the group changed it."""
        changed = any(choice.changed for choice in self.choices)
        return (self.before.low, self.before.high) if changed and self.before else None


@require_safe
def weigh_area(request: HttpRequest, division: int, code: str) -> HttpResponse:
    """Let a group change what counts for an area, or for a whole municipality."""
    return _weigh(request, area_place(request, division, code))


@require_safe
def weigh_neighbourhood(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a group change what counts for a working area."""
    return _weigh(request, neighbourhood_place(request, slug))


def _weigh(request: HttpRequest, place: AreaContext) -> HttpResponse:
    so_far = weight_history(request.GET)
    asked = with_form_choices(request.GET, so_far)
    if set(request.GET) & {one.indicator.id for one in choosable()}:
        return redirect(f"{request.path}?{asked.query}" if asked.query else request.path)
    return render(request, "site/weigh.html", _context(request, place, so_far))


def _context(request: HttpRequest, place: AreaContext, so_far: WeightHistory) -> dict[str, Any]:
    weights = so_far.weights
    whole = place.here.municipality.code in place.subject.codes
    parts = _of_city(place.here, weights) if whole else _of_place(place, weights)
    if not any(part.choices for part in parts):
        raise Http404("hier is geen balans")
    onward = weights_query(weights)
    return {
        "place": place,
        "subject": place.subject,
        "chosen": so_far,
        "weights": weights,
        "parts": parts,
        "whole": whole,
        "undo": _address(request, so_far.before),
        "redo": _address(request, so_far.again),
        "onward": onward,
        "share": request.build_absolute_uri(f"{request.path}{onward}"),
    }


def _address(request: HttpRequest, to: WeightHistory | None) -> str:
    return "" if to is None else f"{request.path}?{to.query}"


def _of_place(place: AreaContext, weights: ChosenWeights) -> list[DimensionChange]:
    now = balance_of(place.here, place.subject, weights)
    before = balance_of(place.here, place.subject, ChosenWeights())
    return [
        DimensionChange(new.dimension, old.bubble, new.bubble, _choices(new, weights), new.why)
        for old, new in zip(before, now, strict=True)
    ]


def _choices(each: DimensionPicture | Dimension, weights: ChosenWeights) -> list[WeightChoice]:
    dimension = each if isinstance(each, Dimension) else each.dimension
    parts = () if isinstance(each, Dimension) else (*each.parts, *each.neutral, *each.unknown)
    known = {part.indicator.id: part for part in parts}
    of_dimension = [one for one in choosable() if one.indicator.dimension is dimension]
    return [
        _choice(one, known.get(one.indicator.id), weights)
        for one in of_dimension
        if not known or one.indicator.id in known
    ]


def _choice(counted: WeightedIndicator, part: IndicatorPart | None, weights: ChosenWeights) -> WeightChoice:
    """Return the choice of one indicator; of a whole city it has no figure, and so no part."""
    weight = weights.of(counted.indicator.id, counted.weight)
    if part is None:
        return WeightChoice(counted, weight, None, None)
    absent = absence_reason(part.shown) if part.shown is None or part.shown.value is None else None
    return WeightChoice(counted, weight, style_of(part.standing) if part.standing else None, absent)


def _of_city(here: CityRelease, weights: ChosenWeights) -> list[DimensionChange]:
    """Return per dimension which areas get other words by the choices of the group."""
    names = {area.code: area.name for area in here.areas(AreaLevel.BUURT)}
    before, now = (city_balance(here, AreaLevel.BUURT, each) for each in (ChosenWeights(), weights))
    weighed = []
    for dimension in Dimension:
        old, new = before.dimension(dimension), now.dimension(dimension)
        moved = [
            (name, one.words, other.words)
            for code, name in sorted(names.items(), key=lambda pair: pair[1])
            if (one := old.get(code)) and (other := new.get(code)) and one.words != other.words
        ]
        weighed.append(DimensionChange(dimension, None, None, _choices(dimension, weights), moved=moved))
    return weighed
