"""The outcome of an index as one table: of every node its value, what it was before its steps, its rank and range."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from buurtbalans.figures.balance.definition import Definition
from buurtbalans.figures.balance.index import NodeScores, index_scores
from buurtbalans.figures.balance.rank_uncertainty import RankInterval, rank_intervals
from buurtbalans.figures.balance.table import PERIOD_COLUMN, Table


@dataclass(frozen=True)
class IndexOutcome:
    """The nodes of an index for a table, and how far each rank goes where that was asked."""

    table: Table
    scored: Mapping[str, NodeScores]
    ends: Mapping[str, RankInterval] = field(default_factory=dict)

    def frame(self, definition: Definition) -> pl.DataFrame:
        """Return a row per area (and period, where there are several), in order of code; absent is empty."""
        areas, periods = self.table.areas, self.table.periods
        columns: dict[str, pl.Series] = {definition.area: pl.Series(list(areas) * len(periods))}
        if len(periods) > 1:
            columns[PERIOD_COLUMN] = pl.Series([period for period in periods for _area in areas])
        for node in definition.nodes:
            code, scored = node.code, self.scored[node.code]
            ranks = scored.ranks
            columns[code] = pl.Series(scored.value.reshape(-1)).fill_nan(None)
            columns[f"{code}_raw"] = pl.Series(scored.raw.reshape(-1)).fill_nan(None)
            columns[f"{code}_rank"] = _whole(ranks)
            if self.ends:
                ends = self.ends.get(code, RankInterval(ranks, ranks))  # what is measured is the same in every draw
                columns[f"{code}_rank_low"], columns[f"{code}_rank_high"] = _whole(ends.low), _whole(ends.high)
        frame = pl.DataFrame(columns)
        return frame.sort(definition.area, PERIOD_COLUMN) if len(periods) > 1 else frame


def compute_outcome(definition: Definition, table: Table, *, draws: int = 0, seed: int = 1) -> IndexOutcome:
    """Return the index of a table, with the range of every rank over `draws` draws where there are any.

    Raises
    ------
    Refused
        When the base is not among the periods, or a step does not allow the values.
    """
    scored = index_scores(definition, table.cube, table.periods)
    if not draws:
        return IndexOutcome(table, scored)
    ranks = {group.code: scored[group.code].ranks for group in definition.groups}
    return IndexOutcome(table, scored, rank_intervals(definition, table.cube, ranks, draws, seed, table.periods))


def _whole(ranks: NDArray[np.int32]) -> pl.Series:
    flat = pl.Series(ranks.reshape(-1))
    return flat.set(flat == 0, None)
