"""Writes about meetings: several short ones, each about one or more steps, and what came out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Meeting, Round
from buurtbalans.method.rounds.rules import require_in, require_may_withdraw, require_meeting


@action(gettext_lazy("heeft een bijeenkomst gepland"))
def plan_meeting(
    *,
    by: Person,
    round: Round,
    what: str,
    steps: Sequence[int],
    at: datetime | None = None,
    minutes: int = 90,
    where: str = "",
) -> Meeting:
    """Plan a meeting about one or more steps; its day may still be to be found."""
    require_in(by, Permission.EDIT_ROUND, round)
    numbers = require_meeting(what, steps, minutes)
    meeting = Meeting.objects.create(
        round=round, what=what, steps=numbers, at=at, minutes=minutes, where=where, edited_by=by
    )
    record(by=by, verb="rounds.plan_meeting", about=meeting, round=round.pk, steps=numbers)
    return meeting


@action(gettext_lazy("heeft een bijeenkomst aangepast"))
def edit_meeting(*, by: Person, meeting: Meeting, version: int, **fields: Any) -> Meeting:
    """Change a meeting: move it, lengthen it, give it other steps."""
    require_in(by, Permission.EDIT_ROUND, meeting.round)
    fields["steps"] = require_meeting(fields["what"], fields["steps"], fields["minutes"])
    meeting.change(by=by, version=version, **fields)
    record(by=by, verb="rounds.edit_meeting", about=meeting, version=meeting.version)
    return meeting


@action(gettext_lazy("heeft de opbrengst van een bijeenkomst genoteerd"))
def record_meeting_notes(*, by: Person, meeting: Meeting, version: int, notes: str) -> Meeting:
    """Write down what came out of a meeting; anybody of the core group may."""
    require_in(by, Permission.CLAIM, meeting.round)
    require_no_traces(notes)
    meeting.change(by=by, version=version, notes=notes)
    record(by=by, verb="rounds.record_meeting_notes", about=meeting, version=meeting.version)
    return meeting


withdraw_meeting, restore_meeting = text_pair(
    Meeting,
    "meeting",
    require=require_may_withdraw,
    withdrawn=gettext_lazy("heeft iets verwijderd"),
    restored=gettext_lazy("heeft iets hersteld"),
)
