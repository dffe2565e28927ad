"""Where the advice on a batch pinches: what was agreed and not met, where a place is worth most, what closes homes."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.functional import Promise

from buurtbalans.method.placements.queries.engine_texts import in_words
from buurtbalans.method.placements.queries.fit_words import gain
from buurtbalans.method.placements.queries.proposals import names_of
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.bottlenecks import Bottleneck, bottlenecks_of, closed_by
from buurtbalans.placing.case import NO_INDEX, UNBOUNDED
from buurtbalans.placing.explain import HELPED, group_prices
from buurtbalans.placing.explainer import Explainer

SHOWN: Final = 8  # areas before one asks for all
WIDE: Final = 200  # of a bar, up to the ceiling


@dataclass(frozen=True)
class BottleneckLine:
    """An area on the page: how full, to its ceiling, and what a place more there is worth."""

    code: str
    name: str
    load: float
    headroom: float
    ceiling: int
    full: int  # of WIDE
    mark: int  # where its headroom ends
    more: str | Promise
    points: tuple[int, int]  # what one place more gives, and what one place less costs


@dataclass(frozen=True)
class GroupLine:
    """A group with an agreement: how many of it are placed, between which numbers, and what one more is worth."""

    code: str
    placed: int
    minimum: int
    maximum: int | None
    more: str | Promise  # nothing when nobody more of it can be placed
    points: tuple[int | None, int | None]


def pinching(advice: Advice, *, every: bool = False) -> dict[str, Any]:
    """Return what stands on the page of an advice that pinches."""
    saying, bottlenecks = Explainer(advice, names_of(advice.case)), bottlenecks_of(advice)
    left = np.flatnonzero(advice.outcome.home == NO_INDEX).tolist()
    return {
        "slacks": [in_words(slack) for slack in saying.slacks()],
        "areas": [_line(advice, bottleneck) for bottleneck in (bottlenecks if every else bottlenecks[:SHOWN])],
        "more_areas": 0 if every else len(bottlenecks[SHOWN:]),
        "groups": [group for group in _groups(advice) if group.minimum or group.maximum is not None],
        "without": len(left),
        "why": Counter(saying.why_none(one).code for one in left),
        "closed": [(in_words(HELPED[reason]), many) for reason, many in closed_by(advice).items()],
    }


def _line(advice: Advice, one: Bottleneck) -> BottleneckLine:
    case, most = advice.case, max(float(one.ceiling), one.load, 1.0)
    return BottleneckLine(
        case.areas.codes[one.area],
        names_of(case)[case.areas.codes[one.area]],
        one.load,
        one.headroom,
        one.ceiling,
        round(WIDE * one.load / most),
        round(WIDE * min(1.0, one.headroom / most)),
        gain(one.more, case),
        (one.more, one.less),
    )


def _groups(advice: Advice) -> list[GroupLine]:
    groups, placed = advice.case.groups, advice.outcome.group
    return [
        GroupLine(
            code,
            int(placed[at]),
            int(groups.minimum[at]),
            int(groups.maximum[at]) if groups.maximum[at] < UNBOUNDED else None,
            "" if high is None else gain(max(0, high), advice.case),
            (low, high),
        )
        for at, (code, low, high) in enumerate(group_prices(advice))
    ]
