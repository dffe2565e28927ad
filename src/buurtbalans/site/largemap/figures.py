"""The figures of the large map: one chosen indicator of the round's release, or one that an organisation shares."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.indicator import Indicator
from buurtbalans.figures.comparison.standing import AMOUNTS, quantile_classes
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.observation import Absence
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.datasets.queries import deliveries, figures, releases
from buurtbalans.method.people.models import Person
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.site.largemap.ground import Ground
from buurtbalans.site.look.absence import PATTERNS
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.pages.city_comparison import CityComparison, compare_with_city
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.map import FIRST, grouped, indicators_of
from buurtbalans.site.templatetags.localised import figure_name

DELIVERED: Final = "levering"
ChoiceGroups = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
Counts = Sequence[tuple[Delivery, Mapping[Key, Count]]]


@dataclass(frozen=True, slots=True)
class LegendClass:
    """One class of the legend: its fill, its words, and how many areas of the neighbourhood it has."""

    fill: str
    css: str
    words: str
    count: int

    @property
    def number(self) -> int:
        """The number of its class, 1 to 5."""
        return int(self.fill[1])


@dataclass(frozen=True, slots=True)
class MapFigure:
    """A figure as the map shows it: what it is, of when and from whom, and what each area in view looks like.

    `key` is how an address calls it; `legend` always holds all five classes, `absent` only the reasons that occur.
    """

    key: str
    name: str
    period: int
    source: str
    judged: bool
    classes: Mapping[str, MapClass]
    legend: tuple[LegendClass, ...]
    absent: tuple[LegendClass, ...]
    comparison: CityComparison | None = None


@dataclass(frozen=True, slots=True)
class FigureChoices:
    """What can be chosen, in groups of (key, name); `shown` is what is chosen, or None when there is nothing."""

    groups: ChoiceGroups = ()
    shown: MapFigure | None = field(default=None)


def figures_for(round: Round, viewer: Viewer, ground: Ground, asked: str) -> FigureChoices:
    """Return the figures that can be chosen for a round, those of partners as the viewer may see them, and the one."""
    place = round.neighbourhood
    if place.municipality not in ground.division:
        return FigureChoices()
    here = CityRelease(
        releases.release(round.release), place.division, ground.division, ground.division[place.municipality]
    )
    offered = {each.id: each for each in indicators_of(here.release)}
    seen = deliveries.seen_about(viewer, list(ground.areas)) if isinstance(viewer, Person) else []
    partners = _partners(seen)
    groups = _choice_groups(offered.values(), partners)
    if asked in partners:
        return FigureChoices(groups, _of_partner(asked, *partners[asked], ground))
    first = next((name for name in FIRST if name in offered), next(iter(offered), ""))
    indicator = offered.get(asked) or offered.get(first)
    return FigureChoices(groups, _of_release(here, indicator, ground) if indicator else None)


def _choice_groups(indicators: Iterable[Indicator], partners: Mapping[str, "Partner"]) -> ChoiceGroups:
    """Return the figures to choose from: those of the release by dimension, then those that organisations share."""
    groups = [(str(name), tuple((one.id, figure_name(one)) for one in ones)) for name, ones in grouped(indicators)]
    if partners:
        shared = tuple((key, name) for key, (name, *_rest) in partners.items())
        groups.append((_("Door organisaties met u gedeeld"), shared))
    return tuple(groups)


def _of_release(here: CityRelease, indicator: Indicator, ground: Ground) -> MapFigure | None:
    """Return an indicator in the newest year that has it in these borders; a code of other borders is another area."""
    for period in reversed(figures.periods_of(here.release, indicator.id)):
        comparison = compare_with_city(here, indicator, period, AreaLevel.BUURT)
        of_now = [p for p in comparison.places if p.shown is not None and p.shown.division == here.year]
        if not of_now:
            continue
        classes = _comparable_classes(comparison, ground, {place.code for place in of_now})
        kind = "k" if comparison.judged else "s"
        words = [(f"{kind}{comparison.colour(at)}", comparison.class_words[at - 1]) for at in (5, 4, 3, 2, 1)]
        first = of_now[0].shown
        source = f"{first.source.title}, {period}" if first else str(period)
        return _map_figure(
            indicator.id, figure_name(indicator), period, source, comparison.judged, classes, words, ground, comparison
        )
    return None


def _comparable_classes(comparison: CityComparison, ground: Ground, same_borders: set[str]) -> dict[str, MapClass]:
    """Return the class of each area in view; one that had other borders then is not comparable."""
    in_view = {code: each for code, each in comparison.classes().items() if code in ground.areas}
    return {
        code: each if code in same_borders or each.absent else MapClass(Absence.NOT_COMPARABLE)
        for code, each in in_view.items()
    }


Partner = tuple[str, int, str, Mapping[str, Count]]


def _partners(seen: Counts) -> dict[str, Partner]:
    """Return the kinds of counts that others share, each with its newest year: name, year, source, count per area."""
    newest: dict[str, Partner] = {}
    for delivery, counts in seen:
        for key, count in counts.items():
            name = f"{DELIVERED}-{delivery.pk}:{key.indicator}"
            had = newest.get(name)
            if had is None or key.period > had[1]:
                source = f"{delivery.organisation.name}, {delivery.title}"
                had = newest[name] = (key.indicator, key.period, source, {})
            if key.period == had[1]:
                had[3][key.area] = count  # type: ignore[index]
    return newest


def _of_partner(
    key: str, name: str, period: int, source: str, counts: Mapping[str, Count], ground: Ground
) -> MapFigure:
    codes = list(ground.areas)
    known = [counts.get(code) for code in codes]
    steps = quantile_classes([one.value if one else None for one in known]).places
    classes = {code: _count_class(one, step) for code, one, step in zip(codes, known, steps, strict=True)}
    words = [(f"s{at}", AMOUNTS[at - 1]) for at in (5, 4, 3, 2, 1)]
    return _map_figure(key, name, period, f"{source}, {period}", False, classes, words, ground)


def _count_class(count: Count | None, step: int | None) -> MapClass:
    """Return the class of a count of a partner, or the reason why it has none; `step` is its class, 1 to 5."""
    if count is None:
        return MapClass(Absence.NOT_MEASURED)
    if step is None:
        return MapClass(count.absence or Absence.NOT_SHARED)
    value = _("ongeveer %(n)s") % {"n": count.value} if count.step > 1 else str(count.value)
    return MapClass(f"s{step}", _(AMOUNTS[step - 1]), value)


def _map_figure(
    key: str,
    name: str,
    period: int,
    source: str,
    judged: bool,
    classes: Mapping[str, MapClass],
    words: Sequence[tuple[str, str]],
    ground: Ground,
    comparison: CityComparison | None = None,
) -> MapFigure:
    counted = Counter(classes[code].fill for code in ground.here if code in classes)
    legend = tuple(LegendClass(fill, MapClass(fill).css, _(said), counted[fill]) for fill, said in words)
    seen = {group_class.fill for group_class in classes.values() if group_class.absent}
    absent = tuple(
        LegendClass(reason.value, "", str(PATTERNS[reason].words), counted[reason.value])
        for reason in Absence
        if reason.value in seen
    )
    return MapFigure(key, name, period, source, judged, classes, legend, absent, comparison)
