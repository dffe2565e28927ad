"""Writes about who looks before others read what is told: a colleague lets it go or sends it back."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission

from ..models import Story
from ..rules import may_from, require_may_review, require_no_traces


@action
def review(*, by: Person, story: Story, version: int) -> Story:
    """Say that nobody can be recognised in a colleague's story, so that it goes to the circle that was asked for."""
    require_may_review(by, story)
    circle = story.asked
    if circle is None or not may_from(story.author, Permission.TELL_STORY, circle):
        raise ValidationError(
            _("De schrijver hoort niet meer bij deze kring. Stuur het verhaal terug."), code="outside"
        )
    story.let_go(by=by, version=version, circle=circle)
    record(by=by, verb="stories.review", about=story, circle=circle.pk)
    return story


@action
def send_back(*, by: Person, story: Story, version: int, why: str) -> Story:
    """Leave a colleague's story in the organisation, and say to its author why."""
    require_may_review(by, story)
    if not why.strip():
        raise ValidationError(_("Schrijf op wat er weg moet."), code="no_reason")
    require_no_traces(why)
    story.settle(version=version, returned=why.strip())
    record(by=by, verb="stories.send_back", about=story)
    return story


@action
def look(*, by: Person, about: models.Model | None, kinds: Iterable[str]) -> None:
    """Keep that somebody saw what may lead to a person in a text, and said that it does not; never the words."""
    record(by=by, verb="stories.look", about=about, kinds=sorted(set(kinds)))
