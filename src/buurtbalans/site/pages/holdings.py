"""What a municipality has: per indicator, year and level how many areas have a figure, and why others have none.

Counted after the gate, so it tells nobody more than the pages with the figures themselves do; the same for everybody.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import polars as pl

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.indicator import Indicator, Kind, SourceKind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import figures

THEMES: Final = (  # in the order in which people get to know a neighbourhood; others come behind
    "mensen",
    "huishoudens",
    "wonen",
    "inkomen",
    "uitkeringen",
    "werk",
    "opleiding",
    "zorg",
    "samenleven",
    "veiligheid",
    "openbare ruimte",
    "voorzieningen",
    "bedrijven",
    "vervoer",
    "ruimte",
    "energie",
)
FINEST_FIRST: Final = tuple(reversed(AreaLevel))
ENOUGH: Final = 10  # fewer areas have no typical range
LOW, HIGH = 0.1, 0.9  # between these lie the middle eighty of a hundred areas


@dataclass(frozen=True, slots=True)
class LevelCoverage:
    """One indicator in one year at one level: of how many areas something is said, and of how many a figure.

    `low` and `high` hold the middle eighty of a hundred areas; None where that says too little.
    """

    indicator: str
    period: int
    level: AreaLevel
    areas: int
    values: int
    absences: Mapping[Absence, int]
    low: float | None = None
    high: float | None = None

    @property
    def reasons(self) -> list[tuple[Absence, int]]:
        """Return why figures are absent and how often, the most frequent first."""
        return sorted(self.absences.items(), key=lambda pair: (-pair[1], pair[0].value))


class Holdings:
    """All that a municipality has in one release."""

    def __init__(self, held: Iterable[LevelCoverage]) -> None:
        self._held: dict[str, list[LevelCoverage]] = {}
        for one in held:
            self._held.setdefault(one.indicator, []).append(one)

    def of(self, indicator: str) -> list[LevelCoverage]:
        """Return what there is of an indicator, by level from fine to coarse and the newest year first."""
        held = self._held.get(indicator, [])
        return sorted(held, key=lambda one: (FINEST_FIRST.index(one.level), -one.period))

    def periods(self, indicator: str) -> list[int]:
        """Return the years of which at least one area has a figure."""
        return sorted({one.period for one in self._held.get(indicator, []) if one.values})

    def levels(self, indicator: str) -> list[AreaLevel]:
        """Return the levels at which at least one area has a figure, the finest first."""
        have = {one.level for one in self._held.get(indicator, []) if one.values}
        return [level for level in FINEST_FIRST if level in have]

    def has(self, indicator: str, level: AreaLevel) -> set[int]:
        """Return the years of which some area of a level has a figure."""
        return {one.period for one in self._held.get(indicator, []) if one.level is level and one.values}

    def newest(self, indicator: str) -> list[LevelCoverage]:
        """Return per level the newest year with a figure, or its last year without; the finest level first."""
        newest: dict[AreaLevel, LevelCoverage] = {}
        for one in self.of(indicator):
            known = newest.get(one.level)
            if known is None or (one.values and not known.values):
                newest[one.level] = one
        return list(newest.values())


@lru_cache(maxsize=8)
def holdings(release: Release, municipality: str) -> Holdings:
    """Return what a municipality has in a release; kept, because a release does not change."""
    mine = (pl.col("municipality") == municipality) | (pl.col("area") == municipality)
    codes = release.areas.filter(mine)["area"].unique().to_list()
    return Holdings(_counted(figures.passed(release, codes, figures.offered(release))))


def _counted(frame: pl.DataFrame) -> Iterator[LevelCoverage]:
    keys = ["indicator", "period", "level"]
    reasons: dict[tuple[Any, ...], dict[Absence, int]] = {}
    absent = frame.filter(pl.col("value").is_null()).group_by([*keys, "absence"]).len()
    for *key, reason, times in absent.iter_rows():
        reasons.setdefault(tuple(key), {})[Absence(reason)] = times
    counted = frame.group_by(keys).agg(
        pl.len(),
        pl.col("value").count().alias("values"),
        pl.col("value").quantile(LOW, "nearest").alias("low"),
        pl.col("value").quantile(HIGH, "nearest").alias("high"),
    )
    for name, period, level, areas, values, low, high in counted.iter_rows():
        wide = values >= ENOUGH
        limits = (low, high) if wide else (None, None)
        yield LevelCoverage(
            name, period, AreaLevel(level), areas, values, reasons.get((name, period, level), {}), *limits
        )


def only_counts_answers(indicator: Indicator) -> bool:
    """Return whether an indicator serves others only: how many people answered a survey."""
    return indicator.kind is Kind.COUNT and catalogue().kind_of(indicator.source) is SourceKind.SURVEY


def theme_order(theme: str) -> tuple[int, str]:
    """Return where a theme stands in a list.

    >>> sorted(["energie", "zorg", "mensen", "iets nieuws"], key=theme_order)
    ['mensen', 'zorg', 'energie', 'iets nieuws']
    """
    return (THEMES.index(theme) if theme in THEMES else len(THEMES)), theme
