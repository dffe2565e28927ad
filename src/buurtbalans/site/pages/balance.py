"""The balance of a neighbourhood as its page shows it: a bubble per dimension, ranges under it, what is not known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.balance.picture import Bubble, CityBalance, DimensionPicture, IndicatorPart
from buurtbalans.figures.balance.picture_words import (
    CHANCE,
    EVEN,
    MONEY,
    UNTESTED,
    contrast_sentences,
    dimension_sentences,
)
from buurtbalans.figures.catalogue.indicator import Dimension, Direction, Indicator
from buurtbalans.figures.comparison.standing import Standing
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.method.datasets.queries import balance
from buurtbalans.site.exports.balance import AreaBalance
from buurtbalans.site.exports.download_response import download_links
from buurtbalans.site.look.scales import Bar, Style
from buurtbalans.site.pages.area_context import AreaContext
from buurtbalans.site.pages.area_figures import AreaFigures, FigureLine
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.custom_weights import weight_history, weights_query
from buurtbalans.site.pages.dimensions import DIMENSIONS
from buurtbalans.site.templatetags.localised import figure_name

JUDGED: Final = 4  # bars under a bubble, those that carry it furthest
GENERAL: Final = (MONEY, EVEN, CHANCE, UNTESTED)  # what may stand beside a bubble of what it is and how sure
NEUTRAL: Final = 1  # bars without a judgement beside them


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """One dimension on the page: where its bubble lies and what that says, its bars, what is not known, its figures."""

    dimension: Dimension
    name: str
    bubble: Bubble | None
    verdict: str
    says: str
    bars: Sequence[Bar]
    unknown: Sequence["UnknownIndicator"]
    lines: Sequence[FigureLine]

    @property
    def label(self) -> str:
        """Return what the drawing says to who cannot see it."""
        return f"{self.name}: {self.verdict}"


@dataclass(frozen=True, slots=True)
class UnknownIndicator:
    """An indicator that would count and has no figure here, with the reason."""

    indicator: Indicator
    reason: Absence


def city_balance(
    here: CityRelease, level: AreaLevel, weights: ChosenWeights, together: tuple[str, ...] = ()
) -> CityBalance:
    """Return the balance of all areas of a level beside the municipality of a scene."""
    return balance.balance(here.release, here.year, here.municipality.code, level, weights, together)


def area_balances(here: CityRelease, level: AreaLevel, weights: ChosenWeights) -> list[AreaBalance]:
    """Return the areas of a level with their dimensions, as files and the API give them."""
    city = city_balance(here, level, weights)
    return [AreaBalance(area.code, area.name, level.value, here.year, city.of(area.code)) for area in here.areas(level)]


def balance_of(here: CityRelease, subject: AreaFigures, weights: ChosenWeights) -> tuple[DimensionPicture, ...]:
    """Return the three dimensions of a subject; nothing where there is nothing to lie among, as of a municipality."""
    codes = subject.codes
    level = here.division[codes[0]].level if codes[0] in here.division else AreaLevel.BUURT
    if level in (AreaLevel.GEMEENTE, AreaLevel.LAND):
        return ()
    if len(codes) > 1:
        return city_balance(here, AreaLevel.BUURT, weights, codes).of("+".join(codes))
    city = city_balance(here, level, weights)
    return city.of(codes[0]) if codes[0] in city.areas else ()


def dimension_rows(subject: AreaFigures, pictures: Iterable[DimensionPicture]) -> list[DimensionRow]:
    """Return the dimensions as the page shows them, with all figures of the subject to fold out."""
    return [_row(subject, picture) for picture in pictures]


def _row(subject: AreaFigures, each: DimensionPicture) -> DimensionRow:
    lines = [line for line in subject.of(each.dimension) if line.shown.value is not None]
    return DimensionRow(
        each.dimension,
        str(DIMENSIONS[each.dimension]),
        each.bubble,
        verdict(each),
        _says(each),
        bars(each),
        [UnknownIndicator(part.indicator, absence_reason(part.shown)) for part in each.unknown],
        lines,
    )


def _says(each: DimensionPicture) -> str:
    """Return what stands beside the verdict: what it is about, a strength and a strain; else why there is no bubble."""
    if each.bubble is None:
        return _(each.why)
    spoken_general = {_(sentence) for sentence in GENERAL}
    general = [sentence for sentence in dimension_sentences(each) if sentence in spoken_general]
    return " ".join([*general, *contrast_sentences(each.parts, 1)])


def verdict(each: DimensionPicture) -> str:
    """Return the words beside a bubble as a sentence."""
    words = _(each.bubble.words) if each.bubble else _("te weinig gegevens")
    return f"{words[:1].upper()}{words[1:]}."


def absence_reason(shown: Shown | None) -> Absence:
    """Return why a figure is absent; one of which nothing is said was not measured."""
    return shown.absence if shown is not None and shown.absence else Absence.NOT_MEASURED


def bars(each: DimensionPicture) -> list[Bar]:
    """Return the ranges under a bubble: what carries it furthest, and what differs most without a judgement."""
    judged = sorted((part for part in each.parts if part.standing), key=lambda part: -abs(part.points))[:JUDGED]
    unjudged = (part for part in each.neutral if _differs(part) and not (part.counted.judged and part.counted.weight))
    plain = sorted(unjudged, key=lambda part: -abs(_distance(part)))[:NEUTRAL]
    return [_bar(part, part.standing) for part in (*judged, *plain) if part.standing]


def _bar(part: IndicatorPart, at: Standing) -> Bar:
    """Return a range in standard deviations, stronger to the right; coloured only where the words judge."""
    low, high = oriented_range(part.indicator, at)
    return Bar(figure_name(part.indicator), low, high, style_of(at), _(at.words))


def oriented_range(indicator: Indicator, at: Standing) -> tuple[float, float]:
    """Return the range of a standing, in standard deviations, with stronger to the right."""
    low, high = (at.distance if limit is None else limit for limit in (at.low, at.high))
    return (-high, -low) if indicator.direction is Direction.DOWN else (low, high)


def style_of(at: Standing) -> Style:
    """Return how a range is coloured: no colour where no difference was found or none is judged."""
    return "stil" if at.valence in (None, 3) else "kracht" if at.valence and at.valence > 3 else "belasting"


def _differs(part: IndicatorPart) -> bool:
    return part.standing is not None and part.standing.class_number != 3


def _distance(part: IndicatorPart) -> float:
    return part.standing.distance if part.standing else 0.0


def indicator_count_text(pictures: Sequence[DimensionPicture]) -> str:
    """Return how many indicators from how many sources lie under the bubbles: "31 indicatoren uit 9 bronnen"."""
    shown = _present_figures(pictures)
    many, sources = len(shown), len({one.source.title for one in shown})
    left = ngettext("één indicator", "%(n)d indicatoren", many) % {"n": many}
    right = ngettext("één bron", "%(n)d bronnen", sources) % {"n": sources}
    return _("%(indicators)s uit %(sources)s") % {"indicators": left, "sources": right}


def years_text(pictures: Sequence[DimensionPicture]) -> str:
    """Return the years of the figures under the bubbles: "2023 tot 2025"."""
    each = sorted({one.period for one in _present_figures(pictures)})
    if not each:
        return ""
    return str(each[0]) if len(each) == 1 else _("%(first)d tot %(last)d") % {"first": each[0], "last": each[-1]}


def _present_figures(pictures: Sequence[DimensionPicture]) -> list[Shown]:
    parts = [part for picture in pictures for part in (*picture.parts, *picture.neutral)]
    return [part.shown for part in parts if part.shown is not None and part.shown.value is not None]


@dataclass(frozen=True, slots=True)
class BalanceSummary:
    """The balance of a subject on its page: its rows, what they rest on, and the ways to why and to the weights."""

    rows: list[DimensionRow]
    counted: str
    years: str
    weights: ChosenWeights
    why: str
    weigh: str
    plain: str
    save: list[tuple[str, str]]


def balance_on(request: HttpRequest, place: AreaContext) -> BalanceSummary:
    """Return the balance of a place with the weights of the address; without rows for a whole municipality."""
    weights = weight_history(request.GET).weights
    onward = weights_query(weights)
    picture = balance_of(place.here, place.subject, weights)
    save = download_links(f"{place.page}_balance_file", *place.args, query=onward.removeprefix("?"))
    return BalanceSummary(
        dimension_rows(place.subject, picture),
        indicator_count_text(picture),
        years_text(picture),
        weights,
        place.address("why") + onward,
        place.address("weigh") + onward,
        place.address(),
        save,
    )
