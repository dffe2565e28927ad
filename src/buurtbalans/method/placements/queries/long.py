"""What takes too long for a page, and is worked out beside it."""

from typing import Final

from buurtbalans.method.placements.models import BEST, PlacingBatch, WorkKind
from buurtbalans.method.placements.queries.case import case_of
from buurtbalans.placing.agreements import is_core

ALONE: Final = 1_500_000  # households times homes, from which the first advice does not fit in a page
COMPARED: Final = 20_000  # such as 150 by 130: the same for plans beside each other
WOVEN: Final = 2_500  # the same where agreements cut across, so that each advice is a search,
WOVEN_COMPARED: Final = 600  # and for plans there, which are many searches


def takes_long(batch: PlacingBatch, kind: str, plan: str = BEST) -> bool:
    """Return whether something is worked out beside the page: a list is large, or its agreements cut across."""
    many, woven = batch.households * batch.homes, not is_core(case_of(batch.files))
    if kind == WorkKind.PLANS or plan != BEST:
        return many > (WOVEN_COMPARED if woven else COMPARED)
    if woven:
        return many > WOVEN
    first = kind == WorkKind.AGAIN or (kind == WorkKind.ADVICE and not batch.advices.exists())
    return first and many > ALONE
