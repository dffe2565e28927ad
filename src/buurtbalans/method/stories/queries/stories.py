"""Reads of stories: those of a neighbourhood that someone may see, and those that wait for a colleague."""

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Coalesce

from buurtbalans.method.people.models import Person
from buurtbalans.method.places.models import Neighbourhood

from ..models import Story, ToldQuerySet
from ..rules import may_review


def stories_of(neighbourhood: Neighbourhood, viewer: "Person | AnonymousUser") -> ToldQuerySet:
    """Return the standing stories of a neighbourhood that the viewer may read, newest first; a note by its own hour."""
    stories: ToldQuerySet = Story.objects.visible_to(viewer).standing().filter(neighbourhood=neighbourhood)
    newest = Coalesce("noted_at", "created_at").desc()
    return stories.select_related("heard_by", "author", "circle").order_by(newest, "-pk")


def to_review(viewer: "Person | AnonymousUser") -> ToldQuerySet:
    """Return the stories of colleagues that wait for a look before they leave the organisation, the oldest first."""
    waiting: ToldQuerySet = Story.objects.visible_to(viewer).standing().filter(asked__isnull=False)
    waiting = waiting.select_related("author", "circle", "asked", "heard_by", "neighbourhood").order_by(
        "edited_at", "pk"
    )
    return waiting.filter(pk__in=[story.pk for story in waiting if may_review(viewer, story)])
