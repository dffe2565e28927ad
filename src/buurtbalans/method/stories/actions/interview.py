"""Writes about an interview: what one person answered becomes stories, in one act and with one way back."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.actions.stories import create_story, restore_story, withdraw_story
from buurtbalans.method.stories.models import Source, Story


@action(gettext_lazy("heeft een interview opgeschreven"))
def create_interview(
    *,
    by: Person,
    neighbourhood: Neighbourhood,
    circle: Circle,
    answers: Sequence[dict[str, Any]],
    seen: bool = False,
    **about: Any,
) -> list[Story]:
    """Write down every answer of one person as a story of its own; `answers` hold the text and tone of each.

    All or none: when one answer is refused nothing is written.
    """
    if not answers:
        raise ValidationError(_("Vul bij minstens één vraag een antwoord in."), code="empty")
    told = [
        create_story(
            by=by, neighbourhood=neighbourhood, circle=circle, seen=seen, source=Source.INTERVIEW, **about | answer
        )
        for answer in answers
    ]
    record(by=by, verb="stories.create_interview", about=told[0], number=len(told))
    return told


@action(gettext_lazy("heeft de verhalen van een interview ingetrokken"))
def withdraw_interview(*, by: Person, stories: Sequence[Story]) -> None:
    """Withdraw all stories of an interview at once."""
    for story in stories:
        withdraw_story(by=by, story=story)
    record(by=by, verb="stories.withdraw_interview", about=stories[0], number=len(stories))


@action(gettext_lazy("heeft de verhalen van een interview hersteld"))
def restore_interview(*, by: Person, stories: Sequence[Story]) -> None:
    """Restore all stories of an interview at once."""
    for story in stories:
        restore_story(by=by, story=story)
    record(by=by, verb="stories.restore_interview", about=stories[0], number=len(stories))
