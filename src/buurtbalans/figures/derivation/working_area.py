"""A working area: several buurten taken together, computed from counts, absent where a part is absent."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue, Indicator, Kind
from buurtbalans.figures.observation import SCHEMA, Absence
from buurtbalans.figures.protection.gate import withheld
from buurtbalans.figures.protection.rules import Cell

# When parts are absent for different reasons, the first of these is told: protection before ignorance.
REASONS: Final = (
    Absence.NOT_SHARED,
    Absence.TOO_FEW,
    Absence.PROTECTS_ANOTHER,
    Absence.WITHHELD_AT_SOURCE,
    Absence.NOT_MEASURED,
    Absence.NOT_COMPARABLE,
    Absence.NOT_APPLICABLE,
)
_NOT_MEASURED: Final = Cell(None, Absence.NOT_MEASURED)
_Parts = Mapping[tuple[str, str], Cell]  # indicator, area -> cell


def combine_areas(
    frame: pl.DataFrame,
    catalogue: Catalogue,
    *,
    area: str | None = None,
    parts: Collection[str] | None = None,
) -> pl.DataFrame:
    """Return one observation per indicator, division and period for the area that the parts form together.

    Counts add up. A share, rate or mean is made anew from its part and denominator, or else weighted by its
    denominator. What a part may not show is not in the whole either: the gate's rules come first, so nobody can
    subtract. One part alone keeps its figures as they are.

    Parameters
    ----------
    frame
        Rows of `observation.SCHEMA` of the parts, denominators included.
    catalogue
        Says how each indicator behaves. Indicators it does not know are left out.
    area
        Code of the result; the codes of the parts joined by `+` when absent.
    parts
        Codes that must all be there. When absent: the areas of the frame, per division.

    Returns
    -------
    polars.DataFrame
        `observation.SCHEMA`, sorted; absent with `not_comparable` where an indicator cannot be combined
        (a median, a figure without a denominator).
    """
    safe = withheld(frame, catalogue)
    rows: list[tuple[object, ...]] = []
    for (division, period), group in safe.group_by(["division", "period"]):
        codes = sorted(set(group["area"]) if parts is None else parts)
        columns = {
            (indicator, code): Cell(value, Absence(reason) if reason else None)
            for indicator, code, value, reason in group.select("indicator", "area", "value", "absence").iter_rows()
        }
        level = group["level"][0] if len(codes) == 1 else "gebied"
        name = area or "+".join(codes)
        for indicator in dict.fromkeys(group["indicator"]):
            value, absence = combined_cell(catalogue[indicator], codes, columns)
            rows.append((name, level, division, indicator, period, value, absence))
    return pl.DataFrame(rows, SCHEMA, orient="row").sort("division", "period", "indicator")


def combined_cell(indicator: Indicator, codes: Sequence[str], parts: _Parts) -> Cell:
    """Return one indicator of the area that the parts form together.

    Parameters
    ----------
    indicator
        What to make.
    codes
        The areas that are the parts; one alone keeps its figure as it is.
    parts
        (indicator, part) to its cell, with those it is made from or judged by; what is not there was not measured.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> parts = {("population", "BU1"): Cell(100.0, None), ("population", "BU2"): Cell(50.0, None)}
    >>> combined_cell(catalogue()["population"], ["BU1", "BU2"], parts).value
    150.0
    """
    cells = [parts.get((indicator.id, code), _NOT_MEASURED) for code in codes]
    if len(cells) == 1:
        return cells[0]
    if indicator.kind is Kind.COUNT:
        return _sum(cells)
    if indicator.part and any((indicator.part, code) in parts for code in codes):
        return _ratio(indicator, codes, parts)
    if indicator.denominator:
        return _weighted(cells, _column(indicator.denominator, codes, parts))
    return _not_combinable(cells)


def _not_combinable(cells: Sequence[Cell]) -> Cell:
    """Return the cell of a figure that cannot be combined: not comparable, or the reason when all parts are absent."""
    reason = _reason(cells)
    return Cell(None, reason if reason and all(cell.absence for cell in cells) else Absence.NOT_COMPARABLE)


def _column(indicator: str, codes: Sequence[str], parts: _Parts) -> list[Cell]:
    return [parts.get((indicator, code), _NOT_MEASURED) for code in codes]


def _sum(cells: Sequence[Cell]) -> Cell:
    reason = _reason(cells)
    return Cell(None, reason) if reason else Cell(sum(cell.value or 0 for cell in cells), None)


def _ratio(indicator: Indicator, codes: Sequence[str], parts: _Parts) -> Cell:
    own = [cell for cell in _column(indicator.id, codes, parts) if cell.absence is Absence.NOT_SHARED]
    part = _sum(_column(indicator.part or "", codes, parts))
    whole = _sum(_column(indicator.denominator or "", codes, parts))
    reason = _reason([*own, part, whole])
    if reason:
        return Cell(None, reason)
    if not whole.value or part.value is None:
        return Cell(None, Absence.NOT_APPLICABLE)
    return Cell(part.value / whole.value * indicator.per, None)


def _weighted(cells: Sequence[Cell], weights: Sequence[Cell]) -> Cell:
    """Return the mean weighted by the denominators; a part without anybody, where it cannot occur, does not count."""
    pairs = [pair for pair in zip(cells, weights, strict=True) if not _is_empty_part(*pair)]
    reason = _reason([cell for pair in pairs for cell in pair])
    return Cell(None, reason) if reason else _weighted_mean(pairs)


def _weighted_mean(pairs: Sequence[tuple[Cell, Cell]]) -> Cell:
    numbers = [(cell.value or 0, weight.value or 0) for cell, weight in pairs]
    total = sum(weight for _, weight in numbers)
    if not total:
        return Cell(None, Absence.NOT_APPLICABLE)
    return Cell(sum(value * weight for value, weight in numbers) / total, None)


def _is_empty_part(cell: Cell, weight: Cell) -> bool:
    return weight.value == 0 and cell.absence is Absence.NOT_APPLICABLE


def _reason(cells: Sequence[Cell]) -> Absence | None:
    """Return the reason to tell, None when no cell is absent."""
    reasons = {cell.absence for cell in cells}
    return next((reason for reason in REASONS if reason in reasons), None)
