"""The gate: figures reach a page, table, map, export or API only as `Shown`, which is made in this module.

Most of the work is done when a release is made (`release.guard`): a release holds the figures of partners and surveys
as the public may see them, so nothing derived from it discloses more. This module is the second safeguard, for every
single figure. Published figures pass as published. A figure of a survey or a partner passes only with its own
denominator, when that reaches the minimum population of the disclosure rule (`policy`). A partner's small count, or
share of a small group, is withheld; larger counts are rounded. Restricted indicators never pass, and what cannot be
checked is withheld.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue, Indicator, Kind
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rule
from buurtbalans.figures.protection.rule import DisclosureRule
from buurtbalans.figures.protection.rules import GateVerdict, Key, cells_of, judge
from buurtbalans.figures.sources.delivery import SourceInfo

_Z90: Final = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that passed the gate: a value or the reason why there is none, with its source.

    Attributes
    ----------
    low, high : 5 and 95 % of what the value may be, for shares from a sample; else None.
    base : number of people, homes or answers behind the value; None when unknown or withheld.
    step : the rounding base, so that a page can say “about”; 1 when the value is not rounded.
    kept : whether the value is of an earlier release, because the new one beside it would disclose too much.
    """

    indicator: Indicator
    area: str
    division: int
    period: int
    value: float | None
    absence: Absence | None
    low: float | None
    high: float | None
    source: SourceInfo
    base: float | None = None
    step: int = 1
    kept: bool = False


def through(
    frame: pl.DataFrame,
    catalogue: Catalogue,
    sources: Iterable[SourceInfo],
    *,
    only: Iterable[str] | None = None,
    kept: Collection[Key] = (),
) -> list[Shown]:
    """Return the figures of a frame that pass the gate, each as it may be published.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA`. It must hold the denominators too (`Catalogue.with_needs`): a figure of a survey
        or a partner without one is withheld.
    catalogue
        What the indicators mean. Rows of unknown indicators never pass: nobody can say what they mean.
    sources
        Where the figures come from, all sources of the release.
    only
        Indicators to return; all of the frame when absent.
    kept
        Which observations are values of an earlier release (`Release.kept`).

    Returns
    -------
    list of Shown
        Sorted by area, division, indicator and period, so that the order of the rows does not matter.

    Raises
    ------
    LookupError
        When a figure has no source: without one it may not be shown.
    ValueError
        When two rows with the same key differ.
    """
    observations = cells_of(frame)
    indicators = set(catalogue) if only is None else set(only) & set(catalogue)
    source_index = _SourceIndex(sources, catalogue)
    figures = []
    for key in sorted(key for key in observations if key[2] in indicators):
        indicator = catalogue[key[2]]
        source = source_index.find(indicator.source, key[3])
        verdict = judge(key, observations, catalogue, [source.publisher])
        rule = disclosure_rule(catalogue.kind_of(indicator.source), Audience.PUBLIC, [source.publisher])
        figures.append(_shown(indicator, key, verdict, source, rule, kept=key in kept))
    return figures


def withheld(frame: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Return the frame with reasons in place of the values that the gate withholds, without unknown indicators.

    For intermediate calculations whose result is published, such as a working area made of parts. Suppliers are not
    known there, so the rule of the kind of source holds.
    """
    known = frame.filter(pl.col("indicator").is_in(list(catalogue)))
    observations = cells_of(known)
    keys = known.select("area", "division", "indicator", "period").iter_rows()
    verdicts = [judge(key, observations, catalogue) for key in keys]
    values = pl.Series("value", [verdict.value for verdict in verdicts], dtype=pl.Float64)
    reasons = pl.Series("absence", [verdict.absence for verdict in verdicts], dtype=known.schema["absence"])
    return known.with_columns(values, reasons)


def wilson(share: float, base: float) -> tuple[float, float]:
    """Return the 5 and 95 % limits of a share (0-1) observed in `base` answers (Wilson, 1927).

    Examples
    --------
    >>> [round(limit, 3) for limit in wilson(0.59, 142)]
    [0.521, 0.656]
    >>> wilson(0.0, 20)[0]
    0.0
    """
    square = _Z90**2 / base
    middle = (share + square / 2) / (1 + square)
    half = _Z90 * sqrt(share * (1 - share) / base + square / (4 * base)) / (1 + square)
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def _shown(
    indicator: Indicator, key: Key, verdict: GateVerdict, source: SourceInfo, rule: DisclosureRule, *, kept: bool
) -> Shown:
    low, high = _limits(indicator, verdict)
    value, step = verdict.value, 1
    if value is not None and indicator.kind is Kind.COUNT and rule.rounding_base > 1:
        value, step = float(rule.round_count(int(value))), rule.rounding_base
    kept = kept and value is not None
    return Shown(indicator, key[0], key[1], key[3], value, verdict.absence, low, high, source, verdict.base, step, kept)


def _limits(indicator: Indicator, verdict: GateVerdict) -> tuple[float | None, float | None]:
    if not indicator.sampled or indicator.kind is not Kind.SHARE or verdict.value is None or not verdict.base:
        return None, None
    low, high = wilson(min(max(verdict.value / indicator.per, 0.0), 1.0), verdict.base)
    return low * indicator.per, high * indicator.per


class _SourceIndex:
    """The sources of a release: for a period its own, else one for all periods, else the newest."""

    def __init__(self, sources: Iterable[SourceInfo], catalogue: Catalogue) -> None:
        self._by_period: dict[tuple[str, int | None], SourceInfo] = {}
        self._newest: dict[str, SourceInfo] = {}
        infos = sources.values() if isinstance(sources, Mapping) else sources
        for info in sorted(infos, key=lambda info: (info.period or 0, info.id)):
            entry = catalogue.sources.get(info.id)
            for name in (info.id, entry.like if entry else None):
                if name:
                    self._by_period[name, info.period] = info
                    self._newest[name] = info

    def find(self, source: str, period: int) -> SourceInfo:
        """Return where a figure comes from.

        Raises
        ------
        LookupError
            When the release has no such source.
        """
        info = self._by_period.get((source, period)) or self._by_period.get((source, None)) or self._newest.get(source)
        if info is None:
            raise LookupError(f"no source ‘{source}’ among the sources of this release")
        return info
