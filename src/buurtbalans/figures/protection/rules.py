"""The rules of the gate: may this one figure be shown, and if not, which of the seven reasons holds."""

from collections.abc import Mapping
from math import isfinite
from typing import Final, NamedTuple

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue, Indicator, Kind, SourceKind
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.policy import fewest

Key = tuple[str, int, str, int]  # area, division, indicator, period
_REASONS: Final = {reason.value: reason for reason in Absence}


class Cell(NamedTuple):
    """A value or the reason why there is none."""

    value: float | None
    absence: Absence | None


class Verdict(NamedTuple):
    """What the gate says of one figure; `base` is what it was counted over, known only when it may be known."""

    value: float | None
    absence: Absence | None
    base: float | None


def cells(frame: pl.DataFrame) -> dict[Key, Cell]:
    """Return the frame's observations by key.

    Raises
    ------
    ValueError
        When two rows with the same key tell different things.
    """
    columns = (frame[name].to_list() for name in ("area", "division", "indicator", "period", "value", "absence"))
    found: dict[Key, Cell] = {}
    for area, division, indicator, period, value, reason in zip(*columns, strict=True):
        key = (area, division, indicator, period)
        cell = Cell(value, _REASONS[reason]) if reason is not None else Cell(value, None)
        if found.setdefault(key, cell) != cell:
            raise ValueError(f"two different observations of {indicator} for {area} in {period}")
    return found


def judge(key: Key, found: Mapping[Key, Cell], catalogue: Catalogue) -> Verdict:
    """Return the verdict on one observation, whose denominator is looked up among the others.

    Parameters
    ----------
    key
        The observation; it must be in `found` and its indicator in the catalogue.
    found
        All observations at hand. A denominator that is not among them counts as unknown and withholds.
    """
    indicator, cell = catalogue[key[2]], found[key]
    base = _base(key, indicator, found)
    kind = catalogue.kind_of(indicator.source)
    reason = _reason(indicator, cell)
    if reason is None and kind is not SourceKind.PUBLISHED:
        reason = _guard(indicator, cell.value, base, fewest(indicator, kind))
    if reason is not None:
        return Verdict(None, reason, None)
    return Verdict(cell.value, None, base.value if base and not base.absence else None)


def _base(key: Key, indicator: Indicator, found: Mapping[Key, Cell]) -> Cell | None:
    if indicator.denominator is None:
        return None
    return found.get((key[0], key[1], indicator.denominator, key[3]))


def _reason(indicator: Indicator, cell: Cell) -> Absence | None:
    if indicator.restricted:
        return Absence.NOT_SHARED
    if cell.absence is not None:
        return cell.absence
    if cell.value is None or not isfinite(cell.value) or (indicator.kind is Kind.COUNT and cell.value < 0):
        return Absence.WITHHELD_AT_SOURCE
    return None


def _guard(indicator: Indicator, value: float | None, base: Cell | None, least: int) -> Absence | None:
    """Apply what is asked of figures that are not public yet: enough people behind them, no small counts."""
    if value is None:
        return Absence.WITHHELD_AT_SOURCE
    if indicator.kind is Kind.COUNT and 0 < value < least:
        return Absence.TOO_FEW
    if indicator.denominator is None:
        return None if indicator.kind is Kind.COUNT else Absence.WITHHELD_AT_SOURCE
    if base is None or (base.value is None and base.absence is None):
        return Absence.WITHHELD_AT_SOURCE
    if base.absence is not None or base.value is None:
        return base.absence
    if not base.value >= least:
        return Absence.TOO_FEW
    if not indicator.sampled and _small_group(indicator, value, base.value, least):
        return Absence.TOO_FEW
    return None


def _small_group(indicator: Indicator, value: float, base: float, least: int) -> bool:
    """Say whether a share or rate gives away a group smaller than the fewest, or all but such a group."""
    if indicator.kind not in (Kind.SHARE, Kind.RATE):
        return False
    group = round(value * base / indicator.per)
    rest = base - group if indicator.kind is Kind.SHARE else 0
    return 0 < group < least or 0 < rest < least
