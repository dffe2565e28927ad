"""Reads about stories: those of a neighbourhood that someone may see, and where two texts differ."""

import re
from difflib import SequenceMatcher

from django.contrib.auth.models import AnonymousUser

from buurtbalans.method.people.models import Person
from buurtbalans.method.places.models import Neighbourhood

from .models import Story, StoryQuerySet


def stories_of(neighbourhood: Neighbourhood, viewer: "Person | AnonymousUser") -> StoryQuerySet:
    """Return the standing stories of a neighbourhood that the viewer may read, newest first."""
    stories: StoryQuerySet = Story.objects.visible_to(viewer).standing().filter(neighbourhood=neighbourhood)
    return stories.select_related("heard_by", "author", "circle")


def differences(mine: str, theirs: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts as pieces, each with whether it stands only in that text."""
    left, right = (re.findall(r"\S+\s*", text) for text in (mine, theirs))
    here: list[tuple[str, bool]] = []
    there: list[tuple[str, bool]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        differs = kind != "equal"
        here += [("".join(left[a:b]), differs)] if a < b else []
        there += [("".join(right[c:d]), differs)] if c < d else []
    return here, there
