"""Figures of a dimension beside the city: per indicator the distance of every area, its noise, its other scales."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from buurtbalans.figures.balance.balance_definition import WeightedIndicator
from buurtbalans.figures.balance.shrink import ShrunkenEstimates, shrink
from buurtbalans.figures.catalogue.indicator import Direction, Indicator, Kind
from buurtbalans.figures.comparison.standing import WIDTH, rounding_margin, standard_error
from buurtbalans.figures.protection.gate import Shown

Values = NDArray[np.float64]
Series = Mapping[str, Mapping[int, Mapping[str, Shown]]]  # indicator, period, area

FEWEST: Final = 100  # people or homes behind a figure without an error: with fewer it tells of them, not of an area
FILLED: Final = 0.5  # a year counts as the newest when at least this part of the fullest year has figures


@dataclass(frozen=True, slots=True)
class IndicatorMeasurements:
    """One indicator over all areas, + is stronger; NaN where absent, or about too few people to say it of an area.

    Attributes
    ----------
    shown : by area, of the newest period with figures.
    distance : to the city as measured, in standard deviations between areas: what is tested.
    drawn : the same after small areas were drawn to the city: what the bubble lies on.
    error, left : the standard error of both; NaN where nothing tells it.
    factor : how much of its distance each area keeps.
    blur : how far the source's rounding may have moved an area.
    wide : from the lowest to the highest area, for scaling by that.
    ordered : distance in the order of areas, for scaling by that.
    """

    counted: WeightedIndicator
    period: int
    city: Shown
    sd: float
    shown: Mapping[str, Shown]
    distance: Values
    drawn: Values
    error: Values
    left: Values
    factor: Values
    blur: Values
    wide: float
    ordered: Values

    @property
    def indicator(self) -> Indicator:
        """Return what is measured."""
        return self.counted.indicator


def series_of(shown: Sequence[Shown]) -> Series:
    """Return figures by indicator, period and area."""
    figures: dict[str, dict[int, dict[str, Shown]]] = {}
    for one in shown:
        figures.setdefault(one.indicator.id, {}).setdefault(one.period, {})[one.area] = one
    return figures


def newest_period(series: Mapping[int, Mapping[str, Shown]], areas: Sequence[str]) -> int | None:
    """Return the newest period with figures for at least half as many areas as the fullest one has; None without."""
    filled = Counter(
        {
            period: sum(area in each and each[area].value is not None for area in areas)
            for period, each in series.items()
        }
    )
    most = max(filled.values(), default=0)
    return max((period for period, many in filled.items() if many and many >= FILLED * most), default=None)


def measure_indicator(
    counted: WeightedIndicator, series: Series, city: Series, areas: Sequence[str], also: Sequence[str]
) -> IndicatorMeasurements | None:
    """Return an indicator for the areas and, behind them, for what is laid beside them; None where none can count.

    The areas alone set the scale: an area made of some of them would count twice.
    """
    own = series.get(counted.indicator.id, {})
    period = newest_period(own, areas)
    towns = city.get(counted.indicator.id, {}).get(period or 0, {})
    town = next(iter(towns.values()), None)
    if period is None or town is None or town.value is None:
        return None
    each = own[period]
    rows = [each.get(code) for code in (*areas, *also)]
    errors = _errors(rows, town)
    values = _values(rows, errors)
    if np.isnan(values[: len(areas)]).all():
        return None
    turn = -1.0 if counted.indicator.direction is Direction.DOWN else 1.0
    sd = _spread(rows[: len(areas)], values[: len(areas)])
    unit = sd or 1.0
    after = _after(values, errors, town.value, len(areas))
    kept = after.values
    rounded = _blurs(rows) / unit
    many = len(areas)
    known = kept[:many][~np.isnan(kept[:many])]
    return IndicatorMeasurements(
        counted,
        period,
        town,
        sd,
        each,
        turn * (values - town.value) / unit,
        turn * (kept - town.value) / unit,
        errors / unit,
        after.errors / unit,
        after.factor,
        rounded,
        float(np.ptp(known)) / unit,
        turn * _ordered(kept, known, town.value),
    )


def _values(rows: Sequence[Shown | None], errors: Values) -> Values:
    """Return the figures; NaN where absent, and where too few people or homes lie behind one without an error."""
    values = np.array([row.value if row else None for row in rows], dtype=float)
    values[np.isnan(errors) & [bool(row and row.base and row.base < FEWEST) for row in rows]] = np.nan
    return values


def _blurs(rows: Sequence[Shown | None]) -> Values:
    """Return how far the source's rounding may have moved each figure; 0 where there is none."""
    return np.array([0.0 if row is None or row.value is None else _blur(row) for row in rows])


def _after(values: Values, errors: Values, town: float, many: int) -> ShrunkenEstimates:
    """Return the figures with small areas drawn to the city; what lies beside the areas moves none of them."""
    alone = shrink(values[:many], errors[:many], town)
    if many == len(values):
        return alone
    together = shrink(values, errors, town)

    def both(name: str) -> Values:
        return np.concatenate([getattr(alone, name), getattr(together, name)[many:]])

    return ShrunkenEstimates(both("values"), both("errors"), both("factor"), alone.spread)


def _spread(rows: Sequence[Shown | None], values: Values) -> float:
    """Return what `compare.spread` says of the areas that count, larger ones counting more where sizes are known."""
    known = ~np.isnan(values)
    base = np.array([(row and row.base) or None for row in rows], dtype=float)[known]
    weights = base if not np.isnan(base).any() else None
    mean = np.average(values[known], weights=weights)
    return float(np.sqrt(np.average((values[known] - mean) ** 2, weights=weights)))


def standard_errors(indicator: Indicator, rows: Sequence[Shown | None]) -> Values:
    """Return what `compare.standard_error` says of each figure of an indicator, all at once; NaN where it says none."""
    ends = np.array([(row.low, row.high) if row else (None, None) for row in rows], dtype=float)
    wide: Values = (ends[:, 1] - ends[:, 0]) / WIDTH
    if indicator.kind not in (Kind.SHARE, Kind.RATE):
        return wide
    value = np.array([row.value if row else None for row in rows], dtype=float)
    base = np.array([(row and row.base) or None for row in rows], dtype=float)
    share = np.maximum(value, 0.0) / indicator.per
    if indicator.kind is Kind.RATE:
        errors = np.sqrt(np.maximum(share, 1 / base) / base)
    else:
        share, square = np.minimum(share, 1.0), (WIDTH / 2) ** 2 / base
        middle = (share + square / 2) / (1 + square)
        half = WIDTH / 2 * np.sqrt(share * (1 - share) / base + square / (4 * base)) / (1 + square)
        high = np.maximum(share, np.minimum(1.0, middle + half))
        errors = (high - np.minimum(share, np.maximum(0.0, middle - half))) / WIDTH
    return np.where(np.isnan(wide), indicator.per * errors, wide)


def _errors(rows: Sequence[Shown | None], town: Shown) -> Values:
    """Return the standard errors of the difference with the city: the larger of its own and that of a like area.

    An area with hardly any events has a small error of its own, and would be called different by that alone.
    """
    own = standard_errors(town.indicator, rows)
    base = np.array([(row and row.base) or np.inf for row in rows])
    share = max(town.value or 0.0, 0.0) / town.indicator.per
    variance = {Kind.RATE: share, Kind.SHARE: max(0.0, share * (1 - share))}.get(town.indicator.kind, 0.0)
    like = town.indicator.per * np.sqrt(variance / base)
    values: Values = np.hypot(np.maximum(own, like), standard_error(town) or 0.0)
    return values


def _blur(row: Shown) -> float:
    """Return how far rounding may have moved a figure; a distance is exact but for the decimals it is given in."""
    written = 10.0**-row.indicator.decimals / 2 if row.indicator.kind is Kind.DISTANCE else 0.0
    return max(rounding_margin(row), written)


def _ordered(values: Values, known: Values, town: float) -> Values:
    """Return how many areas lie between each value and the city, in standard deviations of an even order."""
    order = np.sort(known)

    def place(each: Values) -> Values:
        ranks: Values = (np.searchsorted(order, each, "left") + np.searchsorted(order, each, "right")) / 2 / len(order)
        return ranks

    deviation = float(np.std(place(known)))
    gap: Values = (place(values) - place(np.array([town]))) / deviation if deviation else np.zeros(len(values))
    gap[np.isnan(values)] = np.nan
    return gap
