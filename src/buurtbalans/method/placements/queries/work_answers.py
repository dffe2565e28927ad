"""What long work on a batch answered, as it is kept, and the work that is still open."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from buurtbalans.method.placements.models import PlacingBatch, PlacingWork
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.case import NO_INDEX
from buurtbalans.placing.explain import Move, WhyNot

KEPT: Final = 50  # answers that are looked at


def open_work(batch: PlacingBatch) -> PlacingWork | None:
    """Return the work on a batch that is not done, and does not wait for other work."""
    work: PlacingWork | None = batch.works.filter(done_at=None, queued=False).first()
    return work


def queue_of(batch: PlacingBatch) -> Sequence[PlacingWork]:
    """Return what comes after the open work on a batch, first what was asked first."""
    return list(batch.works.filter(queued=True).order_by("at", "pk"))


def answer_of(batch: PlacingBatch, kind: str, asked: Mapping[str, Any]) -> Any:
    """Return what was worked out before when the same was asked; None when it was not."""
    done = batch.works.filter(kind=kind, done_at__isnull=False, answer__isnull=False)[:KEPT]
    return next((work.answer for work in done if work.asked == asked), None)


def why_kept(made: Advice, household: int, home: int, answer: Mapping[str, Any]) -> WhyNot:
    """Return why a household is not advised a home, from what was kept."""
    given = {**answer, "moves": tuple(Move(**move) for move in answer["moves"]), "reasons": ()}
    parts = tuple(made.fitting.explained(household, home)) if home != NO_INDEX else ()
    return WhyNot(**given | {"parts": parts})
