"""Writes about how a round goes on: advice scores, what waits for another time, the end, and the round after it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.rounds.actions.round import start_round
from buurtbalans.method.rounds.actions.team import add_to_team
from buurtbalans.method.rounds.models import Claim, Gap, Parked, Round, Score
from buurtbalans.method.rounds.rules import (
    require_in,
    require_may_withdraw,
    require_organisation,
    require_point,
    require_same_round,
)


@action(gettext_lazy("heeft genoteerd hoe ver de groep is"))
def score(*, by: Person, round: Round, point: str, level: int, note: str = "", version: int = 0) -> Score:
    """Write down how far the group is on one point, with the reason; it is advice and locks nothing."""
    require_in(by, Permission.EDIT_ROUND, round)
    require_point(point, level)
    require_no_traces(note)
    had = Score.objects.filter(round=round, point=point).first()
    if had is None:
        had = Score.objects.create(round=round, point=point, level=level, note=note, author=by, edited_by=by)
    else:
        had.change(by=by, version=version, level=level, note=note)
    record(by=by, verb="rounds.score", about=had, point=point, level=level)
    return had


@action(gettext_lazy("heeft een punt op de lijst voor later gezet"))
def park(
    *, by: Person, round: Round, text: str, why: str = "", claim: Claim | None = None, gap: Gap | None = None
) -> Parked:
    """Put something on the list for another time: a thought, a claim or an open question, with why."""
    require_in(by, Permission.CLAIM, round)
    require_no_traces(f"{text} {why}")
    require_same_round(round, claim, gap)
    waits = Parked.objects.filter(round=round, taken_up=None)
    if (claim and waits.filter(claim=claim).exists()) or (gap and waits.filter(gap=gap).exists()):
        raise ValidationError(_("Dit punt staat al op de lijst."), code="twice")
    parked = Parked.objects.create(
        round=round,
        text=text,
        why=why,
        claim=claim,
        gap=gap,
        organisation=require_organisation(by),
        author=by,
        edited_by=by,
    )
    record(by=by, verb="rounds.park", about=parked, round=round.pk)
    return parked


withdraw_parked, restore_parked = text_pair(
    Parked,
    "parked",
    require=require_may_withdraw,
    withdrawn=gettext_lazy("heeft iets verwijderd"),
    restored=gettext_lazy("heeft iets hersteld"),
)


@action(gettext_lazy("heeft een ronde afgerond"))
def close_round(*, by: Person, round: Round, version: int, reached: str, onward: str = "") -> Round:
    """End a round with what was reached and how it goes on; it stays readable, and can be opened again."""
    require_in(by, Permission.EDIT_ROUND, round)
    require_no_traces(f"{reached} {onward}")
    closed = round.closed_on or timezone.localdate()
    round.change(by=by, version=version, closed_on=closed, reached=reached, onward=onward)
    record(by=by, verb="rounds.close_round", about=round, version=round.version)
    return round


@action(gettext_lazy("heeft een ronde heropend"))
def reopen_round(*, by: Person, round: Round) -> Round:
    """Open a closed round again; what was written at its end stays."""
    require_in(by, Permission.EDIT_ROUND, round)
    if round.closed_on is None:
        raise ValidationError(_("Deze ronde is op dit moment niet afgerond."), code="open")
    round.change(by=by, version=round.version, closed_on=None)
    record(by=by, verb="rounds.reopen_round", about=round, version=round.version)
    return round


@action(gettext_lazy("is een vervolgronde begonnen"))
def start_follow_up(
    *,
    by: Person,
    before: Round,
    release: str,
    parked: Sequence[Parked] = (),
    core: Sequence[Person] = (),
    ring: Sequence[Person] = (),
    **about: Any,
) -> Round:
    """Start the next round from this one: the same neighbourhood, who joins again, and what waited for it."""
    require_in(by, Permission.EDIT_ROUND, before)
    if any(item.round_id != before.pk or item.withdrawn_at or item.taken_up_id for item in parked):
        raise ValidationError(_("Kies alleen punten die op de lijst van deze ronde staan."), code="elsewhere")
    round = start_round(by=by, neighbourhood=before.neighbourhood, release=release, follows=before, **about)
    for role, people in ((Role.CORE_MEMBER, core), (Role.RING_MEMBER, ring)):
        for person in people:
            add_to_team(by=by, round=round, person=person, role=role)
    for item in parked:
        item.change(by=by, version=item.version, taken_up=round)
    record(by=by, verb="rounds.start_follow_up", about=round, before=before.pk, parked=[item.pk for item in parked])
    return round
