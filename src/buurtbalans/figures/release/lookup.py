"""The observations of one release in memory, with two quick ways in: by area and by indicator."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from buurtbalans.figures.observation import SCHEMA

Span: TypeAlias = tuple[int, int]
Rows: TypeAlias = npt.NDArray[np.uint32]


class Lookup:
    """Observations, held once, found by area or by indicator, period and level.

    Parameters
    ----------
    file
        A Parquet file with the columns of `SCHEMA`.

    Notes
    -----
    Area and indicator are held as small numbers (two million rows take about 60 MB); each way in is an ordering of
    row numbers and the span of every key in it. Answers keep the order of the file.
    """

    def __init__(self, file: Path) -> None:
        frame = pl.read_parquet(file, columns=list(SCHEMA))
        self._areas = frame["area"].unique().sort()
        self._indicators = frame["indicator"].unique().sort()
        self._frame = frame.with_columns(
            pl.col("area").cast(pl.Enum(self._areas)), pl.col("indicator").cast(pl.Enum(self._indicators))
        ).rechunk()
        self._by_area, self._area_spans = _order(self._frame, ["area"])
        self._by_indicator, self._indicator_spans = _order(self._frame, ["indicator", "period", "level"])

    def find(
        self,
        areas: Iterable[str] | None,
        indicators: Iterable[str] | None,
        periods: Iterable[int] | None,
        level: str | None,
    ) -> pl.DataFrame:
        """Return the observations that answer every given condition; `None` is no condition.

        Returns
        -------
        DataFrame[SCHEMA]
        """
        asked = None if areas is None else set(areas)
        wanted = None if indicators is None else set(indicators)
        years = None if periods is None else set(periods)
        ways = []
        if asked is not None:
            ways.append((self._by_area, [span for key in asked if (span := self._area_spans.get((key,)))]))
        if wanted is not None:
            ways.append((self._by_indicator, self._indicator_span(wanted, years, level)))
        rows = self._take(*min(ways, key=lambda way: _size(way[1]))) if ways else self._frame
        return _filtered(rows, asked, wanted, years, level).cast(SCHEMA)

    def _indicator_span(self, wanted: set[str], years: set[int] | None, level: str | None) -> list[Span]:
        return [
            span
            for (indicator, period, at), span in self._indicator_spans.items()
            if indicator in wanted and (years is None or period in years) and (level is None or at == level)
        ]

    def _take(self, order: Rows, spans: list[Span]) -> pl.DataFrame:
        if not spans:
            return self._frame.clear()
        rows = np.concatenate([order[start:stop] for start, stop in spans])
        rows.sort()
        return self._frame[rows]


def _order(frame: pl.DataFrame, keys: list[str]) -> tuple[Rows, dict[tuple[Any, ...], Span]]:
    """Return the row numbers by key, and where each key lies in them."""
    groups = frame.select(keys).with_row_index("row").group_by(keys, maintain_order=True).agg("row")
    stops = groups["row"].list.len().cum_sum().to_list()
    spans = zip([0, *stops], stops, strict=False)
    return groups["row"].explode().to_numpy(), dict(zip(groups.select(keys).rows(), spans, strict=True))


def _size(spans: list[Span]) -> int:
    return sum(stop - start for start, stop in spans)


def _filtered(
    rows: pl.DataFrame, areas: set[str] | None, indicators: set[str] | None, periods: set[int] | None, level: str | None
) -> pl.DataFrame:
    conditions = [
        pl.col(name).cast(SCHEMA[name]).is_in(list(allowed))
        for name, allowed in (("area", areas), ("indicator", indicators), ("period", periods))
        if allowed is not None
    ]
    if level is not None:
        conditions.append(pl.col("level") == level)
    return rows.filter(*conditions) if conditions else rows
