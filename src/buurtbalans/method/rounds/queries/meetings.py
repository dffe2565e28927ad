"""Reads of meetings: what comes, what was, and the agenda of one, made of what is open in its steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans.method.base.panels import Words
from buurtbalans.method.rounds.models import Claim, Gap, Meeting, Round
from buurtbalans.method.rounds.queries.agreement import bearer
from buurtbalans.method.rounds.queries.claims import claim_url, claims_of, gaps_of, silent_on
from buurtbalans.method.rounds.queries.contrast import discussions_of
from buurtbalans.method.rounds.queries.round import Viewer, organisations_of
from buurtbalans.method.rounds.steps import step
from buurtbalans.method.stories.queries.stories import stories_of

MOST: Final = 8  # points per step; what is left is said in one line


@dataclass(frozen=True)
class Point:
    """One thing to talk about in a meeting, and where it stands."""

    icon: str
    text: Words
    why: Words
    url: str


@dataclass(frozen=True)
class AgendaPart:
    """What is open in one step of a meeting; `more` points did not fit."""

    number: int
    title: Words
    points: list[Point]
    more: int = 0


AgendaMaker = Callable[[Round, Viewer], list[tuple[int, Point]]]  # of higher apps: the step, and what is open in it


def meetings_of(round: Round, viewer: Viewer) -> tuple[list[Meeting], list[Meeting]]:
    """Return the meetings that are still to come, and those that were, the last first: when, where and what."""
    now = timezone.now()
    meetings = list(Meeting.objects.announced_to(viewer).filter(round=round))
    ahead = [meeting for meeting in meetings if meeting.ends is None or meeting.ends > now]
    return ahead, [meeting for meeting in reversed(meetings) if meeting not in ahead]


def meeting_url(meeting: Meeting) -> str:
    """Return the address of a meeting."""
    return reverse("rounds:meeting", args=[meeting.round.slug, meeting.pk])


def steps_in_words(meeting: Meeting) -> str:
    """Return the names of the steps that a meeting is about."""
    return ", ".join(str(step(number).title) for number in meeting.steps)


def agenda_of(meeting: Meeting, viewer: Viewer, more: Sequence[AgendaMaker] = ()) -> list[AgendaPart]:
    """Return what is open in the steps of a meeting, after the claims that were put on its agenda by hand."""
    round = meeting.round
    claims = list(claims_of(round, viewer))
    chosen = [claim for claim in claims if claim.talk_at_id == meeting.pk]
    open_to = {1: _begin, 2: _shared, 3: _tested, 4: _meant}
    parts = [_part(0, _("Eerst bespreken"), [_talk(claim) for claim in chosen])] if chosen else []
    extra = _points_by_step(round, viewer, more)
    left = [claim for claim in claims if claim not in chosen and claim.pk not in _parked(round, "claim_id")]
    for number in meeting.steps:
        points = open_to[number](round, viewer, left) if number in open_to else []
        parts.append(_part(number, step(number).title, [*points, *extra.get(number, [])]))
    return parts


def _points_by_step(round: Round, viewer: Viewer, makers: Sequence[AgendaMaker]) -> dict[int, list[Point]]:
    """Return the points of higher apps by the number of their step."""
    by_step: dict[int, list[Point]] = {}
    for make in makers:
        for number, point in make(round, viewer):
            by_step.setdefault(number, []).append(point)
    return by_step


def _part(number: int, title: Words, points: list[Point]) -> AgendaPart:
    return AgendaPart(number, title, points[:MOST], max(0, len(points) - MOST))


def _parked(round: Round, what: str) -> set[int]:
    """Return the claims or open questions that wait for another time."""
    return set(round.parked.exclude(**{what: None}).values_list(what, flat=True))


def _talk(claim: Claim) -> Point:
    return Point("genuanceerd", f"‘{claim.text}’", _("op de agenda gezet"), claim_url(claim))


def _begin(round: Round, viewer: Viewer, claims: list[Claim]) -> list[Point]:
    """Return what is open at the start: the agreement, and the points of the readiness check that lag."""
    points = []
    agreement = bearer(round)
    if agreement is None or not agreement.holds(timezone.localdate()):
        url = reverse("rounds:step", args=[round.slug, 1])
        points.append(Point("slot", _("De afspraak over delen"), _("niet geldig op dit moment"), url))
    low = round.scores.filter(point__startswith="begin-", level__lte=1).count()
    if low or not round.scores.filter(point__startswith="begin-").exists():
        why = _("%(number)s punten zijn nog niet op orde") % {"number": low} if low else _("nog niet bekeken")
        points.append(Point("vink", _("Kan de ronde beginnen?"), why, reverse("rounds:points", args=[round.slug, 0])))
    return points


def _shared(round: Round, viewer: Viewer, claims: list[Claim]) -> list[Point]:
    number = stories_of(round.neighbourhood, viewer).count()
    why = _("%(number)s verhalen verzameld") % {"number": number} if number else _("nog niets verzameld")
    return [Point("verhaal", _("Verhalen en cijfers bespreken"), why, reverse("rounds:step", args=[round.slug, 2]))]


def _tested(round: Round, viewer: Viewer, claims: list[Claim]) -> list[Point]:
    """Return the claims without a verdict and the questions without an answer, those that are late first."""
    untested = [
        Point("leeg-rondje", f"‘{claim.text}’", _untested(claim, viewer), claim_url(claim))
        for claim in claims
        if not claim.verdict
    ]
    gaps = [gap for gap in open_gaps(round, viewer) if gap.pk not in _parked(round, "gap_id")]
    return untested + [
        Point("vraag", gap.what, _late(gap), reverse("rounds:step", args=[round.slug, 3]) + "#vragen") for gap in gaps
    ]


def _untested(claim: Claim, viewer: Viewer) -> str:
    """Return what a claim without a verdict waits for: opinions, or the verdict itself."""
    if claim.opened_at is not None:
        return _("de meningen zijn geopend, nog geen conclusie")
    silent = ", ".join(organisation.name for organisation in silent_on(claim, viewer))
    return _("nog geen mening van %(who)s") % {"who": silent} if silent else _("meningen nog niet geopend")


def _late(gap: Gap) -> str:
    whom = {"whom": gap.whom}
    if gap.before and gap.before < timezone.localdate():
        return _("te laat, nog te vragen aan %(whom)s") % whom
    return _("te vragen aan %(whom)s") % whom


def _meant(round: Round, viewer: Viewer, claims: list[Claim]) -> list[Point]:
    """Return where figures and people differ, the opinions that are missing, and a picture that is still empty."""
    differ = [
        Point("genuanceerd", f"‘{talk.claim.text}’", talk.kinds[0].words, claim_url(talk.claim))
        for talk in discussions_of(round, viewer)
        if talk.claim.talk_at_id is None
    ]
    waiting = [(claim, missing) for claim in claims if (missing := missing_opinions(claim))]
    silent = [
        Point(
            "persoon", f"‘{claim.text}’", _("geen mening gedeeld: %(who)s") % {"who": ", ".join(who)}, claim_url(claim)
        )
        for claim, who in waiting
    ]
    if not round.picture.exists():
        url = reverse("rounds:picture", args=[round.slug])
        silent.append(Point("bestand", _("Het gedeelde beeld"), _("nog leeg"), url))
    return differ + silent


def missing_opinions(claim: Claim) -> list[str]:
    """Return the organisations of the core group that did not say yet whether they agree with a verdict.

    An organisation that answered the same before the verdict is not asked again.
    """
    if not claim.verdict:
        return []
    given = {opinion.organisation_id for opinion in claim.opinions.all() if opinion.stands_by_verdict}
    return [organisation.name for organisation in organisations_of(claim.round) if organisation.pk not in given]


def open_gaps(round: Round, viewer: Viewer) -> "QuerySet[Gap]":
    """Return the questions without an answer, the earliest date first."""
    return gaps_of(round, viewer).filter(answer="").order_by("before", "pk")


def overdue(round: Round, viewer: Viewer, today: date) -> int:
    """Return how many questions should have had an answer."""
    return open_gaps(round, viewer).filter(before__lt=today).count()
