"""What would become of the proposals of a batch if an area had more or less room: worked out, and kept nowhere."""

from dataclasses import replace
from typing import Any, Final

import numpy as np

from buurtbalans.method.placements.models import BEST, PlacingAdvice, PlacingBatch
from buurtbalans.method.placements.queries.advice import advised, pairs_of
from buurtbalans.method.placements.queries.batches import decisions_of, wishes
from buurtbalans.method.placements.queries.proposals import names_of
from buurtbalans.placing.case import NO_INDEX, Case
from buurtbalans.placing.pairs import Wishes
from buurtbalans.placing.solve import advise

MORE: Final = (*range(-5, 0), *range(1, 11))  # households that an area may carry more
NAMED: Final = 20  # households that are named
LEAST: Final = 1.0  # headroom: no area is closed


def may_ask(batch: PlacingBatch, advice: PlacingAdvice) -> bool:
    """Return whether a page can work out other room: when one network holds all, and the best plan is followed."""
    return advice.plan == BEST and not advised(batch, advice).full


def roomy(case: Case) -> list[tuple[str, str]]:
    """Return the areas that have headroom, by name."""
    names = names_of(case)
    some = [code for code, room in zip(case.areas.codes, case.areas.headroom, strict=True) if not np.isnan(room)]
    return sorted(((code, names[code]) for code in some), key=lambda one: (one[1], one[0]))


def if_room(batch: PlacingBatch, advice: PlacingAdvice, area: str, more: int) -> dict[str, Any]:
    """Return who would get another proposal if an area could carry more households, or fewer; nothing is kept."""
    now, names = advised(batch, advice), names_of(advised(batch, advice).case)
    case, at = now.case, now.case.areas.codes.index(area)
    headroom = case.areas.headroom.copy()
    headroom[at] = max(LEAST, headroom[at] + more)
    locks, rejections = wishes(decisions_of(batch))
    other = advise(
        replace(case, areas=replace(case.areas, headroom=headroom)),
        Wishes(*(pairs_of(case, said) for said in (locks, rejections, advice.shown))),
        begun=now,
    )
    before, after = now.outcome.home, other.outcome.home
    moves = [
        (case.households.ids[one], *(_area(case, names, int(home[one])) for home in (before, after)))
        for one in np.flatnonzero(before != after).tolist()
    ]
    return {
        "area": names[area],
        "code": area,
        "room": int(headroom[at]),
        "more": more,
        "many": abs(more),
        "least": headroom[at] != case.areas.headroom[at] + more,
        "placed": (now.outcome.placed, other.outcome.placed),
        "moves": moves[:NAMED],
        "others": len(moves[NAMED:]),
        "here": tuple(round(int(one.outcome.load[at]) / one.room.scale) for one in (now, other)),
    }


def _area(case: Case, names: dict[str, str], home: int) -> str:
    return names[case.areas.codes[int(case.homes.area[home])]] if home != NO_INDEX else ""
