"""The rules of the gate: whether a single figure may be published, and if not, which of the seven reasons holds."""

from collections.abc import Collection, Mapping
from math import isfinite
from typing import Final, NamedTuple

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue, Indicator, Kind, SourceKind
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rule
from buurtbalans.figures.protection.rule import DisclosureRule

Key = tuple[str, int, str, int]  # area, division, indicator, period
_REASONS: Final = {reason.value: reason for reason in Absence}


class Cell(NamedTuple):
    """A value or the reason why there is none."""

    value: float | None
    absence: Absence | None


class GateVerdict(NamedTuple):
    """The gate's verdict on one figure; `base` is the population behind it, None when that is unknown or withheld."""

    value: float | None
    absence: Absence | None
    base: float | None


def cells_of(frame: pl.DataFrame) -> dict[Key, Cell]:
    """Return the observations of a frame by their key.

    Raises
    ------
    ValueError
        When two rows with the same key differ.
    """
    columns = (frame[name].to_list() for name in ("area", "division", "indicator", "period", "value", "absence"))
    observations: dict[Key, Cell] = {}
    for area, division, indicator, period, value, reason in zip(*columns, strict=True):
        key = (area, division, indicator, period)
        cell = Cell(value, _REASONS[reason]) if reason is not None else Cell(value, None)
        if observations.setdefault(key, cell) != cell:
            raise ValueError(f"two different observations of {indicator} for {area} in {period}")
    return observations


def judge(
    key: Key, observations: Mapping[Key, Cell], catalogue: Catalogue, suppliers: Collection[str] = ()
) -> GateVerdict:
    """Return the verdict on one observation, whose denominator is looked up among the others.

    Parameters
    ----------
    key
        The observation; it must be in `observations` and its indicator in the catalogue.
    observations
        All observations at hand. A denominator that is not among them counts as unknown and withholds.
    catalogue
        What the indicators mean.
    suppliers
        Who delivered it, where that is known; see `disclosure_rule`.
    """
    indicator, cell = catalogue[key[2]], observations[key]
    base = _base(key, indicator, observations)
    kind = catalogue.kind_of(indicator.source)
    reason = _reason_at_source(indicator, cell)
    if reason is None and kind is not SourceKind.PUBLISHED:
        rule = disclosure_rule(kind, Audience.PUBLIC, suppliers).for_indicator(indicator)
        reason = _reason_by_rule(indicator, cell.value, base, rule)
    if reason is not None:
        return GateVerdict(None, reason, None)
    return GateVerdict(cell.value, None, base.value if base and not base.absence else None)


def _base(key: Key, indicator: Indicator, observations: Mapping[Key, Cell]) -> Cell | None:
    if indicator.denominator is None:
        return None
    return observations.get((key[0], key[1], indicator.denominator, key[3]))


def _reason_at_source(indicator: Indicator, cell: Cell) -> Absence | None:
    """Return why a figure cannot be published whatever the rule, or None."""
    if indicator.restricted:
        return Absence.NOT_SHARED
    if cell.absence is not None:
        return cell.absence
    if cell.value is None or not isfinite(cell.value) or (indicator.kind is Kind.COUNT and cell.value < 0):
        return Absence.WITHHELD_AT_SOURCE
    return None


def _reason_by_rule(
    indicator: Indicator, value: float | None, base: Cell | None, rule: DisclosureRule
) -> Absence | None:
    """Return why the disclosure rule withholds a figure that is not public yet, or None."""
    if value is None:
        return Absence.WITHHELD_AT_SOURCE
    if indicator.kind is Kind.COUNT and rule.is_small(value):
        return Absence.TOO_FEW
    if indicator.denominator is None:
        return None if indicator.kind is Kind.COUNT else Absence.WITHHELD_AT_SOURCE
    return _reason_by_base(indicator, value, base or Cell(None, None), rule)


def _reason_by_base(indicator: Indicator, value: float, base: Cell, rule: DisclosureRule) -> Absence | None:
    """Return why a share, rate or mean is withheld because of the population it rests on, or None."""
    if base.absence is not None:
        return base.absence
    if base.value is None:
        return Absence.WITHHELD_AT_SOURCE
    # A base that is not a number compares false, so it withholds too.
    if not base.value >= rule.minimum_population or _discloses_group(indicator, value, base.value, rule):
        return Absence.TOO_FEW
    return None


def _discloses_group(indicator: Indicator, value: float, base: float, rule: DisclosureRule) -> bool:
    """Whether a counted share or rate gives away a small group, or all but a small group."""
    if indicator.sampled or indicator.kind not in (Kind.SHARE, Kind.RATE):
        return False
    group = round(value * base / indicator.per)
    complement = base - group if indicator.kind is Kind.SHARE else 0
    return rule.is_small(group) or rule.is_small(complement)
