"""The page of a neighbourhood: a sentence per dimension, its figures, how it changes, and beside others."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area
from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.balance.picture import DimensionPicture
from buurtbalans.figures.balance.picture_words import missing_sentence
from buurtbalans.figures.catalogue.indicator import Dimension, Indicator, Kind
from buurtbalans.figures.comparison.standing import Certainty, Standing
from buurtbalans.figures.sentence import comparison_sentences, indicator_name, missing_figures_sentence
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may_anywhere
from buurtbalans.method.rounds.models import Round
from buurtbalans.site.exports.download_response import download_links
from buurtbalans.site.map.small_maps import draw_locator
from buurtbalans.site.pages.area_context import AreaContext, area_place, neighbourhood_place
from buurtbalans.site.pages.area_figures import AreaFigures, FigureLine, missing_figures
from buurtbalans.site.pages.balance import balance_of, balance_on
from buurtbalans.site.pages.balance_history import dimension_timelines
from buurtbalans.site.pages.city_release import CityRelease, requested_city_release, years_with_a_map
from buurtbalans.site.pages.custom_weights import weight_history
from buurtbalans.site.pages.dimensions import DIMENSIONS
from buurtbalans.site.pages.figure_comparison import figure_comparison

CHARTS = 3
SURE = (Certainty.CERTAIN, Certainty.DISTANCE_ONLY)
NEUTRAL = 3  # the valence of a figure that is neither a strength nor a concern
ENOUGH = 3  # measurements before a line is worth a look


def figures(subject: AreaFigures) -> list[tuple[str, list[FigureLine]]]:
    """Return the figures of a subject by the name of their dimension."""
    known = [(str(words), subject.of(dimension)) for dimension, words in DIMENSIONS.items()]
    return [(name, [line for line in lines if line.shown.value is not None]) for name, lines in known]


def intro(subject: AreaFigures, pictures: Sequence[DimensionPicture] = (), city: str = "") -> list[str]:
    """Return the neighbourhood in a few sentences: what differs from the city, strengths first, and what is missed most.

    What is missed is of the balance in `pictures`, where there is one, else of any figure. What is about too few people for
    a bubble is no strength or concern of a neighbourhood either.
    """
    lines = _lines_about_enough_people(subject, pictures)
    strengths, concerns = _strengths_and_concerns(lines)
    says = comparison_sentences(_standings(strengths), _standings(concerns), city)
    if not says:
        says = [_("We zien bij geen enkel cijfer een duidelijk verschil met de stad.")]
    missed = missing_sentence(pictures) if pictures else next(map(_missing_figure_sentence, missing_figures(lines)), "")
    return [*says, missed] if missed else says


def _strengths_and_concerns(lines: Sequence[FigureLine]) -> tuple[list[FigureLine], list[FigureLine]]:
    """Return at most two of each; where nothing is either, two figures that differ count as the first."""
    strengths = [line for line in lines if _certain_valence(line) > NEUTRAL][:2]
    concerns = [line for line in lines if _certain_valence(line) < NEUTRAL][:2]
    if strengths or concerns:
        return strengths, concerns
    return [line for line in lines if _differs(line)][:2], []


def _standings(lines: Sequence[FigureLine]) -> list[tuple[Indicator, Standing]]:
    """Return the figures of lines with where they stand."""
    return [(line.indicator, line.standing) for line in lines if line.standing]


def _lines_about_enough_people(subject: AreaFigures, pictures: Sequence[DimensionPicture]) -> list[FigureLine]:
    """Return the figures that are not about too few people for a bubble, what tells most first."""
    few = {part.indicator.id for picture in pictures for part in picture.neutral if part.counted.judged}
    return sorted((line for line in subject.lines if line.indicator.id not in few), key=lambda line: line.tells)


def _certain_valence(line: FigureLine) -> int:
    """Return the valence of a difference that is certain enough to name, else neutral."""
    at = line.standing
    return at.valence if at and at.valence and at.certainty in SURE else NEUTRAL


def _missing_figure_sentence(line: FigureLine) -> str:
    return missing_figures_sentence(indicator_name(line.indicator))


def _differs(line: FigureLine) -> bool:
    """Return whether a figure differs from the city, with or without a judgement."""
    return line.standing is not None and line.standing.class_number != 3 and line.standing.certainty in SURE


def charts(subject: AreaFigures) -> list[FigureLine]:
    """Return the lines worth drawing: a named change first, then what people feel, then what differs most.

    The second line of a theme comes after the first of the others, so that money is not drawn twice.
    """
    drawn = [
        line
        for line in subject.lines
        if line.indicator.kind is not Kind.COUNT and sum(one.value is not None for one in line.series) >= ENOUGH
    ]

    def key(line: FigureLine) -> tuple[bool, bool, Any]:
        return line.trend.direction is None, line.indicator.dimension is not Dimension.LIVEABILITY, line.tells

    turns: Counter[tuple[bool, str]] = Counter()
    ordered = []
    for line in sorted(drawn, key=key):
        named = line.trend.direction is None, line.indicator.theme
        ordered.append((named[0], turns[named], line))
        turns[named] += 1
    return [line for _named, _turn, line in sorted(ordered, key=lambda each: each[:2])][:CHARTS]


@require_safe
def show_area(request: HttpRequest, division: int, code: str) -> HttpResponse:
    """Show what is known of one area."""
    if requested_city_release(request) is None:
        return render(request, "site/no_figures.html")
    place = area_place(request, division, code)
    here, area = place.here, place.here.division[code]
    above = [ancestor for ancestor in reversed(here.division.ancestors(code)) if ancestor.level is not AreaLevel.LAND]
    crumbs = [(each.name, _address(here, each)) for each in above]
    known = [year for year in years_with_a_map(here.release) if code in here.release.division(year)]
    below = here.division.children(code) if area.level is not AreaLevel.BUURT else []
    more = {"area": area, "years": known, "below": below} | _download_links(request, "area", division, code)
    return _page(request, place, crumbs, more)


@require_safe
def show_neighbourhood(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is known of a working area: several buurten taken together."""
    if requested_city_release(request) is None:
        return render(request, "site/no_figures.html")
    place = neighbourhood_place(request, slug)
    here = place.here
    crumbs = [(here.municipality.name, _address(here, here.municipality))]
    members = [here.division[code] for code in place.subject.codes if code in here.division]
    more = {"neighbourhood": place.neighbourhood, "below": members} | _download_links(request, "neighbourhood", slug)
    return _page(request, place, crumbs, more)


def _page(
    request: HttpRequest, place: AreaContext, crumbs: list[tuple[str, str]], more: dict[str, Any]
) -> HttpResponse:
    here, subject = place.here, place.subject
    codes = set(subject.codes)
    rounds = [
        each
        for each in Round.objects.visible_to(request.user).select_related("neighbourhood")
        if codes & {part.code for part in each.neighbourhood.parts.all()}
    ]
    context = {
        "here": here,
        "intro": intro(subject, balance_of(here, subject, ChosenWeights()), here.municipality.name),
        "subject": subject,
        "axis": {"low": -subject.axis, "high": subject.axis},
        "crumbs": crumbs,
        "balance": balance_on(request, place),
        "figures": figures(subject),
        "charts": charts(subject),
        "beside": figure_comparison(request, here, subject),
        "earlier": dimension_timelines(here, subject, weight_history(request.GET).weights),
        "rounds": rounds,
        "may_draw": may_anywhere(request.user, Permission.START_ROUND),
        "locator": draw_locator(here.division, here.municipality.code, subject.codes, layers=here.layers)
        if any(code in here.division for code in codes)
        else "",
    }
    return render(request, "site/area.html", context | more)


def _download_links(request: HttpRequest, page: str, *args: object) -> dict[str, Any]:
    """Return the addresses that save the figures of a page and its comparison."""
    chosen = [(name, value) for name in ("cijfer", "naast") for value in request.GET.getlist(name) if value]
    return {
        "save": download_links(f"{page}_file", *args),
        "save_beside": download_links(f"{page}_beside_file", *args, query=urlencode(chosen)),
    }


def _address(here: CityRelease, area: Area) -> str:
    return reverse("area", args=[here.year, area.code])
