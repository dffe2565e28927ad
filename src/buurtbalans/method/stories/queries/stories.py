"""Reads of stories: those of a neighbourhood that someone may see, and those that wait for a colleague."""

from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Coalesce

from buurtbalans.method.people.models import Person
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.stories.models import Contribution, ContributionQuerySet, Feeling, Story
from buurtbalans.method.stories.rules import may_review


def stories_of(neighbourhood: Neighbourhood, viewer: "Person | AnonymousUser") -> ContributionQuerySet:
    """Return the standing stories of a neighbourhood that the viewer may read, newest first; a note by its own hour."""
    stories: ContributionQuerySet = Story.objects.visible_to(viewer).active().filter(neighbourhood=neighbourhood)
    newest = Coalesce("noted_at", "created_at").desc()
    return stories.select_related("heard_by", "author", "circle").order_by(newest, "-pk")


def returned_to(writer: Person) -> list[Contribution]:
    """Return what somebody told that a colleague sent back, as long as its writer did nothing with it."""
    contributions: list[Contribution] = []
    for model in (Story, Feeling):
        back = model.objects.visible_to(writer).active().filter(author=writer).exclude(returned="")
        contributions += back.select_related("author", "neighbourhood")
    return contributions


def contributions_to_review(viewer: "Person | AnonymousUser") -> list[Contribution]:
    """Return what colleagues told and waits for a look before it leaves the organisation, the oldest first."""
    contributions: list[Contribution] = []
    for model in (Story, Feeling):
        waiting = model.objects.visible_to(viewer).active().filter(asked__isnull=False).exclude(author_id=viewer.pk)
        contributions += waiting.select_related("author", "circle", "asked", "heard_by", "neighbourhood")
    of = {told.circle_id: told for told in contributions}  # whether one looks at what others told hangs on its circle
    looks = {circle for circle, told in of.items() if may_review(viewer, told)}
    return sorted(
        (told for told in contributions if told.circle_id in looks), key=lambda told: (told.edited_at, told.pk)
    )
