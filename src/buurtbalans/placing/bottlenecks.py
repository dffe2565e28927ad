"""Where an advice pinches: which areas are fullest and what a place there is worth, and what closes homes to whom."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.pairs import Reason
from buurtbalans.placing.report import prices


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """An area with headroom: its load in households, and in points what one place more gives and one less costs."""

    area: int
    load: float
    headroom: float
    ceiling: int
    more: int
    less: int


def bottlenecks_of(advice: Advice) -> list[Bottleneck]:
    """Return the areas of which the last place has a price, the dearest first; those without headroom have none."""
    around, load = advice.room, advice.outcome.load
    more, less = prices(advice)
    bottlenecks = [
        Bottleneck(
            area,
            int(load[area]) / around.scale,
            float(around.headroom[area]),
            int(around.ceiling[area]) // around.scale,
            int(more[area]),
            int(less[area]),
        )
        for area in np.flatnonzero(around.bounded & (np.maximum(more, less) > 0)).tolist()
    ]
    return sorted(bottlenecks, key=lambda bottleneck: (-bottleneck.more, -bottleneck.less, bottleneck.area))


def closed_by(advice: Advice) -> Mapping[Reason, int]:
    """Return for how many households that no home fits one demand alone closes homes, the most first."""
    alone = np.flatnonzero((advice.outcome.home == NO_INDEX) & (np.diff(advice.pairs.start) == 0))
    counts = dict.fromkeys(Reason, 0)
    for household in alone.tolist():
        fails = {reason: flags[0] for reason, flags in advice.filters.failing(slice(household, household + 1)).items()}
        many = np.sum(list(fails.values()), axis=0)
        for reason, flags in fails.items():
            counts[reason] += bool((flags & (many == 1)).any())
    return dict(sorted(((why, many) for why, many in counts.items() if many), key=lambda one: (-one[1], one[0])))
