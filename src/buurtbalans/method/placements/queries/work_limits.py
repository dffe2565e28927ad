"""What takes too long for a page, and is worked out beside it."""

from typing import Final

from buurtbalans.method.placements.models import BEST, PlacingBatch, WorkKind
from buurtbalans.method.placements.queries.case import case_of
from buurtbalans.placing.agreements import is_core

ADVICE_LIMIT: Final = 1_500_000  # households times homes, from which the first advice does not fit in a page
PLANS_LIMIT: Final = 20_000  # such as 150 by 130: the same for plans beside each other
COUPLED_LIMIT: Final = 2_500  # the same where agreements cut across, so that each advice is a search,
COUPLED_PLANS_LIMIT: Final = 600  # and for plans there, which are many searches


def takes_long(batch: PlacingBatch, kind: str, plan: str = BEST) -> bool:
    """Return whether something is worked out beside the page: a list is large, or its agreements cut across."""
    many, has_cross_constraints = batch.households * batch.homes, not is_core(case_of(batch.files))
    if kind == WorkKind.PLANS or plan != BEST:
        return many > (COUPLED_PLANS_LIMIT if has_cross_constraints else PLANS_LIMIT)
    if has_cross_constraints:
        return many > COUPLED_LIMIT
    first = kind == WorkKind.AGAIN or (kind == WorkKind.ADVICE and not batch.advices.exists())
    return first and many > ADVICE_LIMIT
