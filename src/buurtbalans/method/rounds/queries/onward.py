"""Reads of how a round goes on: its numbers, the advice on them, its points, what waits, and the rounds around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.people.models import Membership
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.rounds.advice import ADVICE, FOR_RING, Advice, RoundState, advise
from buurtbalans.method.rounds.models import Agreement, Parked, PictureLine, Round, Score
from buurtbalans.method.rounds.queries.agreement import bearer, missing_signatures, own_agreement_to_sign
from buurtbalans.method.rounds.queries.claims import claims_of
from buurtbalans.method.rounds.queries.contrast import discussion_of
from buurtbalans.method.rounds.queries.meetings import missing_opinions, open_gaps, overdue
from buurtbalans.method.rounds.queries.round import Viewer, current_step, organisations_of, rounds_of, steps_of, team_of
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.method.rounds.steps import Benchmark, points_of
from buurtbalans.method.stories.queries.stories import stories_of

MoreNumbers = Callable[[Round, Viewer], dict[str, int]]  # of higher apps: the plan and the evaluation


@dataclass(frozen=True)
class PointRow:
    """One point of a step or of the readiness check, with how far the group says it is."""

    point: Benchmark
    score: Score | None
    url: str

    @property
    def meaning(self) -> Any:
        """What the level means in words; nothing when nobody looked at it yet."""
        return self.point.levels[self.score.level] if self.score else ""

    @property
    def further(self) -> bool:
        """Whether there is something to gain."""
        return self.score is not None and self.score.level < len(self.point.levels) - 1


def points(round: Round, number: int) -> list[PointRow]:
    """Return the points of a step, or with nought those of the readiness check, in their order."""
    had = {score.point: score for score in Score.objects.filter(round=round)}
    return [
        PointRow(point, had.get(point.slug), reverse("rounds:point", args=[round.slug, number, point.slug]))
        for point in points_of(number)
    ]


def weakest(rows: Sequence[PointRow]) -> PointRow | None:
    """Return the point where most is to gain; nothing when nobody looked, or when all is well."""
    lagging = [row for row in rows if row.further]
    return min(lagging, key=lambda row: row.score.level if row.score else 0, default=None)


def state_of(round: Round, viewer: Viewer, more: Sequence[MoreNumbers] = ()) -> RoundState:
    """Return where a round stands, in numbers, as far as the viewer may see."""
    today, claims = timezone.localdate(), list(claims_of(round, viewer))
    agreement = bearer(round)
    facts = {
        "step": current_step(steps_of(round, viewer)).number,
        "alone": not Membership.objects.filter(circle__in=(round.core, round.ring)).exclude(person=viewer.pk).exists(),
        "organisations": len(organisations_of(round)),
        "ring": len(team_of(round, Role.RING_MEMBER)),
        "agreed": bool(agreement and agreement.holds(today)),
        "scored": round.scores.count(),
        "unsigned": missing_signatures(round),
        "own_unsigned": own_agreement_to_sign(round, viewer) is not None,
        "meetings": round.next_meeting is not None,
        "stories": stories_of(round.neighbourhood, viewer).count(),
        "claims": len(claims),
        "tested": sum(bool(claim.verdict) for claim in claims),
        "differ": sum(discussion_of(claim) is not None and claim.talk_at_id is None for claim in claims),
        "missing": sum(len(missing_opinions(claim)) for claim in claims),
        "gaps": open_gaps(round, viewer).count(),
        "overdue": overdue(round, viewer, today),
        "lines": PictureLine.objects.visible_to(viewer).filter(round=round).count(),
        "shared": round.picture.filter(circle=round.ring).count(),
        "parked": parked_items(round, viewer).count(),
        "closed": round.closed_on is not None,
        "followed": Round.objects.filter(follows=round).exists(),
    }
    for numbers in more:
        facts |= numbers(round, viewer)
    return RoundState(**{name: int(number) for name, number in facts.items()})


@dataclass(frozen=True)
class Recommendation:
    """Advice for one round, with its address."""

    advice: Advice
    url: str


def recommendations(round: Round, viewer: Viewer, more: Sequence[MoreNumbers] = ()) -> list[Recommendation]:
    """Return the one or two most sensible next things for this viewer; the ring is asked other things."""
    reads = may_in(viewer, Permission.READ, round)
    advice = advise(state_of(round, viewer, more), ADVICE if reads else FOR_RING)
    return [
        Recommendation(
            each, reverse(each.to, args=[round.slug, *each.args]) + (f"#{each.anchor}" if each.anchor else "")
        )
        for each in advice
    ]


def agreement_in_force(round: Round, viewer: Viewer) -> Agreement | None:
    """Return the agreement on sharing that holds today, for who reads along in the core group."""
    agreement = bearer(round)
    if agreement is None or not agreement.holds(timezone.localdate()) or not may_in(viewer, Permission.READ, round):
        return None
    return agreement


def parked_items(round: Round, viewer: Viewer) -> Any:
    """Return what waits for another time, and was not taken up in a next round."""
    waiting = Parked.objects.visible_to(viewer).filter(round=round, taken_up=None)
    return waiting.select_related("organisation", "round")


def items_taken_over(round: Round, viewer: Viewer) -> list[Parked]:
    """Return what this round took over from the one before; its core group reads it, as its guide chose."""
    if not may_in(viewer, Permission.READ, round):
        return []
    return list(Parked.objects.filter(taken_up=round).select_related("organisation"))


def previous_and_next_rounds(round: Round, viewer: Viewer) -> tuple[Round | None, list[Round]]:
    """Return the round before this one and those after it, as far as the viewer is part of them."""
    mine = rounds_of(viewer)
    return mine.filter(pk=round.follows_id).first() if round.follows_id else None, list(mine.filter(follows=round))
