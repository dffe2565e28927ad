"""The gate: figures reach a page, table, map, export or API only as `Shown`, made here.

The work is done when a release is made (`release.guard`): what a release holds of partners and surveys is what the
public may see, so nothing made of it tells more. This is the second net, for every single figure: what is published
passes as published; a figure of a survey or a partner passes only with its own denominator, when that reaches the
fewest for the public (`policy.fewest`); a partner's count (and the group behind its share) of 1 up to that is withheld,
and a larger one is rounded; restricted indicators never pass; what cannot be checked is withheld.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Final

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue, Indicator, Kind
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.policy import Audience, care
from buurtbalans.figures.protection.rules import Key, Verdict, cells, judge
from buurtbalans.figures.protection.wider import rounded
from buurtbalans.figures.sources.delivery import SourceInfo

_Z90: Final = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that may be shown: a value or a reason, with its source.

    Attributes
    ----------
    low, high : 5 and 95 % of what the value may be, for shares from a sample; else None.
    base : number of people, homes or answers behind the value; None when unknown or withheld.
    step : the value is rounded to a multiple of this, so a page says “about”; 1 when it is not rounded.
    kept : the value is of an earlier release: the new one would tell too much beside it.
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
    """Let the figures of a frame through the gate.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA`. It must hold the denominators too (`Catalogue.with_needs`): a figure of a survey
        or a partner without one is withheld.
    catalogue
        What the indicators mean. Rows of indicators it does not know stay inside: nobody can say what they mean.
    sources
        Where the figures come from, all sources of the release.
    only
        Indicators to return; all of the frame when absent.
    kept
        Which observations are values of an earlier release (`Release.kept`).

    Returns
    -------
    list of Shown
        Sorted by area, division, indicator and period, so the order of the rows changes nothing.

    Raises
    ------
    LookupError
        When a figure has no source: without one it may not be shown.
    ValueError
        When two rows with the same key tell different things.
    """
    found = cells(frame)
    wanted = set(catalogue) if only is None else set(only) & set(catalogue)
    where = _Sources(sources, catalogue)
    return [
        _shown(
            catalogue[key[2]],
            key,
            judge(key, found, catalogue),
            where.of(catalogue[key[2]].source, key[3]),
            _step(catalogue[key[2]], catalogue),
            kept=key in kept,
        )
        for key in sorted(key for key in found if key[2] in wanted)
    ]


def withheld(frame: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Return the frame with the gate's reasons in place of what it withholds, unknown indicators left out.

    For calculations inside that end in something shown, such as a working area made of parts.
    """
    kept = frame.filter(pl.col("indicator").is_in(list(catalogue)))
    found = cells(kept)
    keys = kept.select("area", "division", "indicator", "period").iter_rows()
    verdicts = [judge(key, found, catalogue) for key in keys]
    values = pl.Series("value", [verdict.value for verdict in verdicts], dtype=pl.Float64)
    reasons = pl.Series("absence", [verdict.absence for verdict in verdicts], dtype=kept.schema["absence"])
    return kept.with_columns(values, reasons)


def wilson(share: float, base: float) -> tuple[float, float]:
    """Return the 5 and 95 % limits of a share (0-1) found among `base` answers (Wilson, 1927).

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


def _shown(indicator: Indicator, key: Key, verdict: Verdict, source: SourceInfo, step: int, *, kept: bool) -> Shown:
    low, high = _limits(indicator, verdict)
    value, kept = verdict.value, kept and verdict.value is not None
    if value is None or step == 1:
        step = 1
    else:
        value = float(rounded(int(value), step))
    base, absence = verdict.base, verdict.absence
    return Shown(indicator, key[0], key[1], key[3], value, absence, low, high, source, base, step, kept)


def _step(indicator: Indicator, catalogue: Catalogue) -> int:
    """Return to a multiple of what a figure is rounded for the public: counts of a partner are."""
    return care(catalogue.kind_of(indicator.source), Audience.PUBLIC).step if indicator.kind is Kind.COUNT else 1


def _limits(indicator: Indicator, verdict: Verdict) -> tuple[float | None, float | None]:
    if not indicator.sampled or indicator.kind is not Kind.SHARE or verdict.value is None or not verdict.base:
        return None, None
    low, high = wilson(min(max(verdict.value / indicator.per, 0.0), 1.0), verdict.base)
    return low * indicator.per, high * indicator.per


class _Sources:
    """Finds the source of a figure: of its own year first, then one for all years, then the newest."""

    def __init__(self, sources: Iterable[SourceInfo], catalogue: Catalogue) -> None:
        self._found: dict[tuple[str, int | None], SourceInfo] = {}
        self._newest: dict[str, SourceInfo] = {}
        infos = sources.values() if isinstance(sources, Mapping) else sources
        for info in sorted(infos, key=lambda info: (info.period or 0, info.id)):
            entry = catalogue.sources.get(info.id)
            for name in (info.id, entry.like if entry else None):
                if name:
                    self._found[name, info.period] = info
                    self._newest[name] = info

    def of(self, source: str, period: int) -> SourceInfo:
        """Return where a figure comes from."""
        info = self._found.get((source, period)) or self._found.get((source, None)) or self._newest.get(source)
        if info is None:
            raise LookupError(f"no source ‘{source}’ among the sources of this release")
        return info
