"""Writes about stories: telling one, changing it, sharing it wider, taking it back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.places.models import Neighbourhood

from .models import Story
from .rules import may_withdraw, require_may_change, require_may_tell, require_no_traces, wider_circles


@action
def tell(*, by: Person, neighbourhood: Neighbourhood, circle: Circle, text: str, source: str, **about: Any) -> Story:
    """Write a story down for a circle; `about` holds its other fields: tone, theme, place, who and so on."""
    require_may_tell(by, circle)
    require_no_traces(text)
    if not text.strip():
        raise ValidationError(_("Schrijf op wat er verteld is."), code="empty")
    about.setdefault("heard_by", by.organisation)
    story = Story.objects.create(
        neighbourhood=neighbourhood, circle=circle, text=text.strip(), source=source, author=by, edited_by=by, **about
    )
    record(by=by, verb="stories.tell", about=story, circle=circle.pk)
    return story


@action
def edit(*, by: Person, story: Story, version: int, text: str, **about: Any) -> Story:
    """Change the text of a story."""
    require_may_change(by, story)
    require_no_traces(text)
    if not text.strip():
        raise ValidationError(_("Schrijf op wat er verteld is."), code="empty")
    story.change(by=by, version=version, text=text.strip(), **about)
    record(by=by, verb="stories.edit", about=story, version=story.version)
    return story


@action
def share(*, by: Person, story: Story, circle: Circle) -> Story:
    """Share a story with a wider circle; back to a narrower one is not possible, since it has been read."""
    require_may_change(by, story)
    if circle not in wider_circles(by, story, Circle.objects.filter(pk=circle.pk)):
        raise ValidationError(_("Deel met een grotere kring waar u zelf bij hoort."), code="not_wider")
    story.change(by=by, version=story.version, circle=circle)
    record(by=by, verb="stories.share", about=story, circle=circle.pk)
    return story


@action
def withdraw(*, by: Person, story: Story) -> Story:
    """Take a story away from everybody's screen; its author can restore it."""
    if not may_withdraw(by, story):
        raise PermissionDenied("dit verhaal is niet van u")
    story.withdraw(by=by)
    record(by=by, verb="stories.withdraw", about=story)
    return story


@action
def restore(*, by: Person, story: Story) -> Story:
    """Bring a withdrawn story back."""
    if not may_withdraw(by, story):
        raise PermissionDenied("dit verhaal is niet van u")
    story.restore()
    record(by=by, verb="stories.restore", about=story)
    return story
