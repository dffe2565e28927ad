"""Beside a neighbourhood: those that share its border and those most like it, each group as one row of a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights, balance_definition
from buurtbalans.figures.balance.neighbours import (
    LocalMoran,
    bordering_areas,
    compare_with_group,
    group_difference_sentence,
    local_moran,
    similar_areas,
)
from buurtbalans.figures.catalogue.indicator import Dimension, Indicator
from buurtbalans.figures.comparison.standing import Certainty, Difference
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.method.datasets.queries import balance, releases
from buurtbalans.site.pages.area_figures import AreaFigures
from buurtbalans.site.pages.city_release import CityRelease

MONEY: Final = "inkomen"  # neighbourhoods are alike in who lives there and how, whatever they have to live on


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """A group of areas beside the subject: its members with a figure, together as one, and how the subject differs."""

    name: str
    members: tuple[Shown, ...]
    together: Shown
    difference: Difference | None
    sentence: str

    @property
    def ends(self) -> tuple[Shown, Shown]:
        """Return the members with the lowest and the highest figure."""
        ordered = sorted(self.members, key=lambda member: (member.value or 0.0, member.area))
        return ordered[0], ordered[-1]


def peer_groups(here: CityRelease, subject: AreaFigures, shown: Shown) -> tuple[PeerGroup, ...]:
    """Return the groups beside a subject for one figure; none for a whole municipality, or where a group has none."""
    if shown.value is None or here.municipality.code in subject.codes:
        return ()
    level = _level(subject)
    beside = {code for each in subject.codes for code in _bordering(here, level).get(each, ())} - set(subject.codes)
    like = _most_similar(here, level, subject.codes[0]) if len(subject.codes) == 1 else ()
    groups = (
        (_("Buurten ernaast (%(n)d)"), gettext_noop("de buurten ernaast"), sorted(beside)),
        (_("Vergelijkbare buurten (%(n)d)"), gettext_noop("vergelijkbare buurten"), like),
    )
    rows = (_group(here, shown, *group) for group in groups)
    return tuple(row for row in rows if row is not None)


def spatial_pattern(here: CityRelease, subject: AreaFigures, shown: Shown) -> LocalMoran | None:
    """Return how an area lies among its neighbours for one figure, None where chance may have put it so."""
    if len(subject.codes) > 1 or here.municipality.code in subject.codes:
        return None
    patterns = _patterns(here, _level(subject), shown.indicator, shown.period).get(subject.codes[0])
    return patterns if patterns and patterns.certainty is not Certainty.NONE else None


def _group(here: CityRelease, shown: Shown, name: str, called: str, codes: Sequence[str]) -> PeerGroup | None:
    each = releases.shown(here.release, areas=codes, indicators=[shown.indicator.id], periods=[shown.period])
    members = tuple(one for one in each if one.value is not None)
    together, difference = compare_with_group(shown, members, called)
    if together is None:
        return None
    return PeerGroup(
        name % {"n": len(members)}, members, together, difference, group_difference_sentence(difference, called)
    )


def _level(subject: AreaFigures) -> AreaLevel:
    return subject.level if subject.level in (AreaLevel.WIJK, AreaLevel.STADSDEEL) else AreaLevel.BUURT


@lru_cache(maxsize=16)
def _bordering(here: CityRelease, level: AreaLevel) -> dict[str, tuple[str, ...]]:
    return bordering_areas(here.areas(level))


@lru_cache(maxsize=512)
def _most_similar(here: CityRelease, level: AreaLevel, code: str) -> tuple[str, ...]:
    """Return the areas most like one in who lives there and in what homes, by the figures that get no judgement."""
    return similar_areas(_composition_features(here, level), code)


def _composition_features(here: CityRelease, level: AreaLevel) -> dict[str, dict[str, float]]:
    """Return the figures of composition that get no judgement, without money: by indicator, then by area."""
    picture = balance.balance(here.release, here.year, here.municipality.code, level, ChosenWeights())
    composition = balance_definition().of(Dimension.COMPOSITION)
    unjudged = {one.indicator.id for one in composition if not one.judged and one.indicator.theme != MONEY}
    codes = {area.code for area in here.areas(level)}
    return {
        one.indicator.id: {
            code: each.value for code, each in one.shown.items() if each.value is not None and code in codes
        }
        for one in picture.measured
        if one.indicator.id in unjudged
    }


@lru_cache(maxsize=128)
def _patterns(here: CityRelease, level: AreaLevel, indicator: Indicator, period: int) -> dict[str, LocalMoran]:
    codes = [area.code for area in here.areas(level)]
    each = releases.shown(here.release, areas=codes, indicators=[indicator.id], periods=[period])
    return local_moran({one.area: one.value for one in each if one.value is not None}, _bordering(here, level))
