"""Which other homes a household can be given, the best fit first, and of the rest how many cannot and why."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from buurtbalans.method.placements.queries.engine_texts import in_words
from buurtbalans.method.placements.queries.proposals import AdviceView, box, fit_words
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.load import chains, weights
from buurtbalans.placing.pairs import SAID, Reason


@dataclass(frozen=True)
class Choosing:
    """The homes that can be chosen for a household instead of the proposal, and how many cannot be, per reason."""

    homes: tuple[tuple[str, str], ...]  # which, and what is told of it
    cannot: tuple[tuple[str, int], ...]
    moving: bool  # one of them is proposed to another, or in an area that is at its ceiling

    @property
    def out(self) -> int:
        """Return how many homes cannot be."""
        return sum(number for _why, number in self.cannot)


def choosing(advice: Advice, household: str) -> Choosing:
    """Return which homes can be for a household by the filters and the locks; what was rejected still can."""
    case, seen = advice.case, AdviceView(advice)
    one, left, cannot = case.households.ids.index(household), np.ones(len(case.homes.ids), dtype=np.bool_), []
    for reason, fails in seen.filters.failing(slice(one, one + 1)).items():
        cannot.append((reason, int(np.count_nonzero(left & fails[0]))))
        left &= ~fails[0]
    locked = [home for who, home in advice.wishes.locks if who != one]
    cannot.append((Reason.LOCKED, int(np.count_nonzero(left[locked]))))
    left[locked] = False
    if (mine := int(advice.outcome.home[one])) != NO_INDEX:
        left[mine] = False
    homes, taken, full = np.flatnonzero(left), set(advice.outcome.home.tolist()), _full(advice, one)
    areas = case.homes.area.tolist()
    points = dict(zip(homes.tolist(), seen.fitting.total(np.full(len(homes), one), homes).tolist(), strict=True))
    return Choosing(
        tuple(
            (case.homes.ids[home], _told(seen, home, points[home], home in taken, areas[home] in full))
            for home in sorted(points, key=lambda home: (-points[home], home in taken, case.homes.ids[home]))
        ),
        tuple((in_words(SAID[reason]), number) for reason, number in cannot if number),
        any(home in taken or areas[home] in full for home in points),
    )


def _full(advice: Advice, one: int) -> set[int]:
    """Return which areas a household brings above their ceiling, or above that of one around them."""
    areas, homes, around, load = advice.case.areas, advice.case.homes, advice.room, advice.outcome.load.copy()
    more, chain = int(weights(advice.case)[one]), chains(areas)
    if (mine := int(advice.outcome.home[one])) != NO_INDEX:
        load[list(chain[int(homes.area[mine])])] -= more
    tight = around.bounded & (load + more > around.ceiling)
    return {area for area, above in enumerate(chain) if tight[list(above)].any()}


def _told(seen: AdviceView, home: int, points: int, taken: bool, full: bool) -> str:
    free = _("nog vrij, maar het gebied heeft geen plaatsingsruimte meer") if full else _("nog vrij")
    told, whose = box(seen, home), _("voorgesteld aan een ander huishouden") if taken else free
    return f"{told.area}: {fit_words(points)} · {whose} · {told.facts} ({told.id})"
