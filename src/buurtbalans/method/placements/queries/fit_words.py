"""Points in words: nobody who decides has to know what a point is."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from buurtbalans.placing.case import Case

LITTLE: Final = 50  # points below which it says almost nothing
LESS: Final = 1_000  # below which it is about how well homes fit
NEVER: Final = 3  # the grade of what costs somebody a home
GAINS: Final = (
    gettext_lazy("maakt bijna niets uit"),
    gettext_lazy("past samen iets beter"),
    gettext_lazy("past samen veel beter"),
    gettext_lazy("één huishouden meer met een woning"),
)


def grade(points: int, case: Case) -> int:
    """Return how much points are: 0 almost nothing, 1 some, 2 much, 3 as much as a household with a home or without."""
    return int(points > LITTLE) + int(points > LESS) + int(points >= case.settings.worth["place"] // 2)


def gain(points: int, case: Case) -> str | Promise:
    """Return in words what it gives."""
    return GAINS[grade(points, case)]
