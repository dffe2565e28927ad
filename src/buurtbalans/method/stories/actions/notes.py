"""Writes about field notes: a phone sends what was noted in a walk, perhaps twice, and it becomes one story."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.people.models import Person
from buurtbalans.method.stories.actions.stories import create_story
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries.notes import sent
from buurtbalans.method.stories.rules import require_recent_note


@action(gettext_lazy("heeft een veldnotitie vanaf een telefoon verstuurd"))
def submit_note(*, by: Person, sent_as: UUID, noted_at: datetime, **told: Any) -> Story:
    """Tell what was noted on a phone, once; `told` is what a story holds. What was sent before stays as it is."""
    story = sent(by, sent_as)
    if story is None:
        require_recent_note(noted_at)
        story = _tell_once(by=by, sent_as=sent_as, noted_at=noted_at, **told)
    record(by=by, verb="stories.submit_note", about=story)
    return story


def _tell_once(*, by: Person, sent_as: UUID, **told: Any) -> Story:
    """Tell it, unless another request with the same note was just quicker."""
    try:
        with transaction.atomic():
            told_now: Story = create_story(by=by, sent_as=sent_as, **told)
            return told_now
    except IntegrityError:
        story = sent(by, sent_as)
        if story is None:
            raise ValidationError(
                _("Deze notitie kan niet worden verstuurd, dus schrijf de notitie opnieuw."), code="taken"
            ) from None
        return story
