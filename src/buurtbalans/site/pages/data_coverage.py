"""What is known of a neighbourhood before a round starts: per theme and source the years, and what is missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area
from buurtbalans.figures.catalogue.indicator import Indicator, SourceKind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.sources.delivery import SourceInfo
from buurtbalans.method.datasets.queries import releases
from buurtbalans.site.pages.area_figures import by_indicator, own_figures
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.holdings import holdings, only_counts_answers, theme_order
from buurtbalans.site.pages.sources import infos_of

WIDE: Final = 26  # the inside of a swatch of 28


@dataclass(frozen=True, slots=True)
class YearCoverage:
    """One year of one theme of one source: how many kinds of figures there are, of how many something is said."""

    year: int
    values: int
    said: int
    reasons: tuple[tuple[Absence, int], ...] = ()

    @property
    def filled(self) -> int:
        """Return how far the swatch is filled: never quite empty with a figure, never quite full when one is absent."""
        if not self.said or not self.values:
            return 0
        share = round(WIDE * self.values / self.said)
        return WIDE if self.values == self.said else min(max(share, 3), WIDE - 3)

    @property
    def why(self) -> Absence | None:
        """Return why there is nothing, when there is nothing: the reason that counts most."""
        return self.reasons[0][0] if self.reasons and not self.values else None


@dataclass(frozen=True, slots=True)
class ThemeCoverage:
    """One theme of one source: how many kinds of figures, how fine they are, and each year."""

    theme: str
    source: str
    name: str
    publisher: str
    invented: bool
    kinds: int
    known: int
    finest: AreaLevel | None
    newest: int | None
    cells: Mapping[int, YearCoverage]


@dataclass(frozen=True, slots=True)
class MissingFigures:
    """Figures of a source that are absent for the same reason, by theme, and the nearest wider area that has them."""

    source: str
    name: str
    publisher: str
    kind: SourceKind
    reason: Absence
    themes: tuple[tuple[str, tuple[Indicator, ...]], ...]
    wider: Area | None

    @property
    def count(self) -> int:
        """Return how many kinds of figures are absent."""
        return sum(len(members) for _theme, members in self.themes)


@dataclass(frozen=True, slots=True)
class DataCoverage:
    """All that an overview shows of the figures that everybody may see."""

    years: tuple[int, ...]
    rows: tuple[ThemeCoverage, ...]
    missing: tuple[MissingFigures, ...]

    @property
    def kinds(self) -> int:
        """Return how many kinds of figures there are in this release."""
        return sum(row.kinds for row in self.rows)

    @property
    def have(self) -> int:
        """Return how many kinds have a figure here in at least one year."""
        return sum(row.known for row in self.rows)

    @property
    def lacks(self) -> int:
        """Return how many kinds lack a figure now."""
        return sum(group.count for group in self.missing)

    @property
    def sources(self) -> int:
        """Return how many sources have a figure here."""
        return len({row.source for row in self.rows if row.known})

    @property
    def newest(self) -> int | None:
        """Return the last year with a figure."""
        return max((row.newest for row in self.rows if row.newest), default=None)


@lru_cache(maxsize=128)
def data_coverage(here: CityRelease, codes: tuple[str, ...], together: bool) -> DataCoverage:
    """Return what is known of an area or of several together; kept, because nothing here depends on who looks."""
    series = by_indicator(own_figures(here.release, codes, together=together))
    offered = [
        one
        for one in catalogue().values()
        if one.id in here.release.manifest.indicators and not one.restricted and not only_counts_answers(one)
    ]
    rows = tuple(_rows(here, codes, offered, series))
    years = sorted({year for row in rows for year in row.cells})
    return DataCoverage(tuple(years), rows, tuple(_missing(here, codes, offered, series)))


def _info(here: CityRelease, one: Indicator, series: Sequence[Shown]) -> SourceInfo:
    return series[-1].source if series else infos_of(here.release, one.source)[-1]


def source_name(info: SourceInfo) -> str:
    """Return what a source is called, without a year."""
    entry = catalogue().sources.get(info.id)
    return info.title if info.invented or not (entry and entry.name) else entry.name


def _rows(
    here: CityRelease, codes: Sequence[str], offered: Iterable[Indicator], series: dict[str, list[Shown]]
) -> Iterable[ThemeCoverage]:
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for one in offered:
        groups.setdefault((one.theme, _info(here, one, series.get(one.id, ())).id), []).append(one)
    spoken = {shown.period for shown in chain.from_iterable(series.values())}
    for (theme, source), members in sorted(groups.items(), key=lambda group: theme_order(group[0][0])):
        mine = [shown for member in members for shown in series.get(member.id, ())]
        info = _info(here, members[0], series.get(members[0].id, ()))
        told = [shown for shown in mine if shown.value is not None]
        yield ThemeCoverage(
            theme,
            source,
            source_name(info),
            info.publisher,
            info.invented,
            len(members),
            len({shown.indicator.id for shown in told}),
            _finest(here, members),
            max((shown.period for shown in told), default=None),
            _cells(mine, _elsewhere(here, codes, members, mine), spoken),
        )


def _cells(mine: Sequence[Shown], elsewhere: Counter[int], spoken: set[int]) -> dict[int, YearCoverage]:
    """Return the years: what is said here, and what is only said of other areas, with why it is not said here."""
    cells = {}
    for year in sorted({shown.period for shown in mine} | set(elsewhere)):
        here = [shown for shown in mine if shown.period == year]
        reasons = Counter(one.absence for one in here if one.absence is not None)
        if elsewhere[year]:
            reasons[Absence.NOT_MEASURED if year in spoken else Absence.NOT_COMPARABLE] += elsewhere[year]
        values = sum(one.value is not None for one in here)
        cells[year] = YearCoverage(year, values, len(here) + elsewhere[year], tuple(reasons.most_common()))
    return cells


def _elsewhere(
    here: CityRelease, codes: Sequence[str], members: Iterable[Indicator], mine: Iterable[Shown]
) -> Counter[int]:
    """Return per year how many of these figures other areas of the same level have and this one says nothing of."""
    held, level = holdings(here.release, here.municipality.code), _level(here, codes)
    said = {(shown.indicator.id, shown.period) for shown in mine}
    return Counter(year for member in members for year in held.has(member.id, level) if (member.id, year) not in said)


def _finest(here: CityRelease, members: Iterable[Indicator]) -> AreaLevel | None:
    """Return the finest level at which the municipality has any of these figures."""
    held = holdings(here.release, here.municipality.code)
    levels = {level for member in members for level in held.levels(member.id)}
    return next((level for level in reversed(AreaLevel) if level in levels), None)


def _missing(
    here: CityRelease, codes: Sequence[str], offered: Iterable[Indicator], series: dict[str, list[Shown]]
) -> list[MissingFigures]:
    around = _wider_areas(here, codes)
    groups: dict[tuple[str, Absence, Area | None], dict[str, list[Indicator]]] = {}
    infos: dict[str, SourceInfo] = {}
    for one in offered:
        mine = series.get(one.id, [])
        reason = mine[-1].absence if mine else _absence_reason(here, one, codes)
        if reason is None or reason is Absence.NOT_APPLICABLE:
            continue
        info = _info(here, one, mine)
        infos[info.id] = info
        wider = next((area for area, have in around if one.id in have), None)
        groups.setdefault((info.id, reason, wider), {}).setdefault(one.theme, []).append(one)
    missing = [
        MissingFigures(
            source,
            source_name(infos[source]),
            infos[source].publisher,
            catalogue().kind_of(source),
            reason,
            tuple((theme, tuple(themes[theme])) for theme in sorted(themes, key=theme_order)),
            wider,
        )
        for (source, reason, wider), themes in groups.items()
    ]
    return sorted(missing, key=lambda group: (-group.count, group.source, group.reason.value))


def _wider_areas(here: CityRelease, codes: Sequence[str]) -> list[tuple[Area, set[str]]]:
    """Return the areas around these, the nearest first, each with the indicators that it has a figure of now."""
    if codes[0] not in here.division:
        return []
    above = [area for area in here.division.ancestors(codes[0]) if area.level is not AreaLevel.LAND]
    above = [area for area in above if all(_within(here, code, area) for code in codes)]
    newest = _newest_figures(here, above)
    return [
        (area, {name for name, shown in newest.get(area.code, {}).items() if shown.value is not None}) for area in above
    ]


def _newest_figures(here: CityRelease, areas: Sequence[Area]) -> dict[str, dict[str, Shown]]:
    """Return the newest figure of each indicator, by the code of its area."""
    newest: dict[str, dict[str, Shown]] = {}
    for shown in releases.shown(here.release, areas=[area.code for area in areas]):
        of_area = newest.setdefault(shown.area, {})
        if shown.indicator.id not in of_area or of_area[shown.indicator.id].period < shown.period:
            of_area[shown.indicator.id] = shown
    return newest


def _within(here: CityRelease, code: str, area: Area) -> bool:
    return code in here.division and area in here.division.ancestors(code)


def _level(here: CityRelease, codes: Sequence[str]) -> AreaLevel:
    return here.division[codes[0]].level if len(codes) == 1 and codes[0] in here.division else AreaLevel.BUURT


def _absence_reason(here: CityRelease, one: Indicator, codes: Sequence[str]) -> Absence:
    """Return why nothing at all is said of an area: other borders than its own, or never at this level."""
    levels = holdings(here.release, here.municipality.code).levels(one.id)
    return Absence.NOT_COMPARABLE if _level(here, codes) in levels else Absence.NOT_MEASURED
