"""Reads of field notes: whether a phone sent one before."""

from uuid import UUID

from buurtbalans.method.people.models import Person
from buurtbalans.method.stories.models import Story


def sent(by: Person, sent_as: UUID) -> Story | None:
    """Return the story that a note of this person became when it was sent before, also when it was withdrawn since."""
    story: Story | None = Story.objects.filter(author=by, sent_as=sent_as).first()
    return story
