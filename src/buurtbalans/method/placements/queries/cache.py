"""What is at hand of batches, in memory, to save time; all of it goes when a batch is erased."""

from buurtbalans.method.placements.queries.advice import forget_advices
from buurtbalans.method.placements.queries.home_requests import forget_asked
from buurtbalans.method.placements.queries.week import forget_weeks


def forget() -> None:
    """Let go of all that was worked out of any batch."""
    forget_advices()
    forget_asked()
    forget_weeks()
