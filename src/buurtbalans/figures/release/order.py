"""The order of a release: several columns packed into one whole number, so that sorting and comparing stay light."""

from collections.abc import Sequence

import polars as pl


def packed(columns: Sequence[pl.Series]) -> pl.Series:
    """Return one whole number per row that sorts, and equals, as the given columns do together.

    Parameters
    ----------
    columns
        Text, whole numbers or enums, the most important first.

    Returns
    -------
    Series of UInt64

    Raises
    ------
    OverflowError
        When the columns have more combinations than fit in 64 bits.

    Examples
    --------
    >>> packed([pl.Series(["b", "a", "b"]), pl.Series([2024, 2024, 2023])]).to_list()
    [3, 1, 2]
    """
    key = pl.zeros(len(columns[0]), dtype=pl.UInt64, eager=True)
    combinations = 1
    for column in columns:
        codes, size = _codes(column)
        combinations *= size
        if combinations >= 2**64:
            raise OverflowError("too many combinations to pack")
        key = key * size + codes
    return key


def arranged(frame: pl.DataFrame) -> pl.DataFrame:
    """Return observations in the order in which a release keeps them: level, municipality, indicator, period, area.

    So all figures of one area lie in one or two row groups, as do those of one indicator for one city.
    """
    municipality = frame["area"].str.slice(2, 4)
    keys = [frame["level"], municipality, *(frame[name] for name in ("indicator", "period", "area", "division"))]
    return frame[packed(keys).arg_sort()] if len(frame) else frame


def _codes(column: pl.Series) -> tuple[pl.Series, int]:
    """Return the place of each value among the sorted values, from 0, and how many there are."""
    if isinstance(column.dtype, pl.Enum):
        return column.to_physical().cast(pl.UInt64), len(column.dtype.categories)
    values = column.unique().sort().cast(pl.String)
    return column.cast(pl.String).cast(pl.Enum(values)).to_physical().cast(pl.UInt64), len(values)
