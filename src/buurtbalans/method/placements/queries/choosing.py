"""Which other homes a household can be given, the best fit first, and of the rest how many cannot and why."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from buurtbalans.placing.case import NONE
from buurtbalans.placing.pairs import SAID, Reason
from buurtbalans.placing.solve import Advice

from .page import Seen, box, fit_words
from .said import in_words


@dataclass(frozen=True)
class Choosing:
    """The homes that can be chosen for a household instead of the proposal, and how many cannot be, per reason."""

    homes: tuple[tuple[str, str], ...]  # which, and what is told of it
    cannot: tuple[tuple[str, int], ...]

    @property
    def out(self) -> int:
        """Return how many homes cannot be."""
        return sum(number for _why, number in self.cannot)


def choosing(advice: Advice, household: str) -> Choosing:
    """Return which homes can be for a household by the filters and by what lies fast; what was rejected still can."""
    case, seen = advice.case, Seen(advice)
    one, left, cannot = case.households.ids.index(household), np.ones(len(case.homes.ids), dtype=np.bool_), []
    for reason, fails in seen.filters.failing(slice(one, one + 1)).items():
        cannot.append((reason, int(np.count_nonzero(left & fails[0]))))
        left &= ~fails[0]
    fast = [home for who, home in advice.wishes.locks if who != one]
    cannot.append((Reason.LOCKED, int(np.count_nonzero(left[fast]))))
    left[fast] = False
    if (mine := int(advice.outcome.home[one])) != NONE:
        left[mine] = False
    homes, taken = np.flatnonzero(left), set(advice.outcome.home.tolist())
    points = dict(zip(homes.tolist(), seen.fitting.total(np.full(len(homes), one), homes).tolist(), strict=True))
    return Choosing(
        tuple(
            (case.homes.ids[home], _told(seen, home, points[home], home in taken))
            for home in sorted(points, key=lambda home: (-points[home], home in taken, case.homes.ids[home]))
        ),
        tuple((in_words(SAID[reason]), number) for reason, number in cannot if number),
    )


def _told(seen: Seen, home: int, points: int, taken: bool) -> str:
    told, whose = box(seen, home), _("voorgesteld aan een ander") if taken else _("nog vrij")
    return f"{told.area}: {fit_words(points)} · {whose} · {told.facts} ({told.id})"
