"""The figures of the large map: one chosen indicator of the round's release, or one that an organisation shares."""

from collections import Counter
from collections.abc import Mapping, Sequence
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

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
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
    groups = [
        (str(name), tuple((one.id, figure_name(one)) for one in ones)) for name, ones in grouped(offered.values())
    ]
    if partners:
        groups.append(
            (_("Van organisaties, met u gedeeld"), tuple((key, name) for key, (name, *_rest) in partners.items()))
        )
    if asked in partners:
        return FigureChoices(tuple(groups), _of_partner(asked, *partners[asked], ground))
    first = next((name for name in FIRST if name in offered), next(iter(offered), ""))
    indicator = offered.get(asked) or offered.get(first)
    return FigureChoices(tuple(groups), _of_release(here, indicator, ground) if indicator else None)


def _of_release(here: CityRelease, indicator: Indicator, ground: Ground) -> MapFigure | None:
    """Return an indicator in the newest year that has it in these borders; a code of other borders is another area."""
    for period in reversed(figures.periods_of(here.release, indicator.id)):
        comparison = compare_with_city(here, indicator, period, AreaLevel.BUURT)
        of_now = [p for p in comparison.places if p.shown is not None and p.shown.division == here.year]
        if not of_now:
            continue
        classes = {code: each for code, each in comparison.classes().items() if code in ground.areas}
        same = {place.code for place in of_now}
        classes = {
            code: each if code in same or each.absent else MapClass(Absence.NOT_COMPARABLE)
            for code, each in classes.items()
        }
        kind = "k" if comparison.judged else "s"
        words = [(f"{kind}{comparison.colour(at)}", comparison.class_words[at - 1]) for at in (5, 4, 3, 2, 1)]
        first = of_now[0].shown
        source = f"{first.source.title}, {period}" if first else str(period)
        return _map_figure(
            indicator.id, figure_name(indicator), period, source, comparison.judged, classes, words, ground, comparison
        )
    return None


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
    classes = {}
    for code, one, step in zip(codes, known, steps, strict=True):
        if step is None or one is None:
            classes[code] = MapClass(one.absence or Absence.NOT_SHARED if one else Absence.NOT_MEASURED)
        else:
            value = _("ongeveer %(n)s") % {"n": one.value} if one.step > 1 else str(one.value)
            classes[code] = MapClass(f"s{step}", _(AMOUNTS[step - 1]), value)
    words = [(f"s{at}", AMOUNTS[at - 1]) for at in (5, 4, 3, 2, 1)]
    return _map_figure(key, name, period, f"{source}, {period}", False, classes, words, ground)


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
