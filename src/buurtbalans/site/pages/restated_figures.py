"""Figures from before a new boundary, carried over to the boundaries of now, with how much of each is estimated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import gettext as _

from buurtbalans.figures.crosswalk.convert import Crosswalk, crosswalk
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import figures
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.figure_text import value_text


@dataclass(frozen=True, slots=True)
class FigureOnCurrentBorders:
    """A figure of an earlier year for the boundaries of now; `estimated` is 0 to 1, None when it is absent."""

    shown: Shown
    estimated: float | None

    @property
    def value(self) -> str:
        """Return the figure as text."""
        return value_text(self.shown)

    @property
    def percent(self) -> int:
        """Return how much is estimated in whole percents; a little is not nothing, nearly all is not all."""
        share = self.estimated or 0.0
        return min(max(round(share * 100), int(share > 0)), 100 if share == 1 else 99)


def restated_figures(
    here: CityRelease, codes: Sequence[str], borders: Mapping[int, object]
) -> dict[str, tuple[FigureOnCurrentBorders, ...]]:
    """Return per indicator its figures of the years in which these areas had another border than now.

    Parameters
    ----------
    codes
        One area, or several buurten that are taken together.
    borders
        Per division year something that is equal when the border is the same.
    """
    before = [year for year, mark in borders.items() if year < here.year and mark != borders.get(here.year)]
    by_indicator: dict[str, tuple[FigureOnCurrentBorders, ...]] = {}
    for year in sorted(before):
        for each in _of_year(here, tuple(codes), year):
            name = each.shown.indicator.id
            by_indicator[name] = (*by_indicator.get(name, ()), each)
    return by_indicator


def restatement_note(points: Iterable[FigureOnCurrentBorders]) -> str:
    """Return what the dashed line is, with the most that is estimated in any of its years; empty without points."""
    restatements = list(points)
    if not restatements:
        return ""
    percents = {restatement.percent for restatement in restatements if restatement.shown.value is not None}
    if not percents:
        return _("Deze cijfers zijn niet om te rekenen naar de huidige grenzen.")
    says = {"percent": max(percents)}
    if len(percents) == 1:
        return (
            _("Gestreept zijn cijfers die zijn omgerekend naar de huidige grenzen. Daarvan is %(percent)s %% geschat.")
            % says
        )
    return (
        _(
            "Gestreept zijn cijfers die zijn omgerekend naar de huidige grenzen. Daarvan is hooguit %(percent)s %% geschat."
        )
        % says
    )


def _of_year(here: CityRelease, codes: tuple[str, ...], year: int) -> list[FigureOnCurrentBorders]:
    maps = here.release.manifest.maps
    walk = replace(_walk(here.release, maps[year], maps[here.year], codes), before=year, after=here.year)
    sources = {part.area for target in walk.targets.values() for part in target.parts}
    return [
        FigureOnCurrentBorders(shown, estimated)
        for shown, estimated in figures.shown_carried(here.release, walk, sources)
    ]


@lru_cache(maxsize=128)
def _walk(release: Release, before: int, after: int, codes: tuple[str, ...]) -> Crosswalk:
    """Return how the areas of now are made of those of another map; several areas are taken as one."""
    walk = crosswalk(release.division(before), release.division(after), only=codes)
    return walk.together(codes, "+".join(codes)) if len(codes) > 1 else walk
