"""Reads about stories: those of a neighbourhood that someone may see, and where two texts differ."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser

from buurtbalans.clues import Clue, Known, find
from buurtbalans.method.datasets import queries as datasets
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.places.models import Neighbourhood

from .models import Story, ToldQuerySet
from .rules import may_review


def stories_of(neighbourhood: Neighbourhood, viewer: "Person | AnonymousUser") -> ToldQuerySet:
    """Return the standing stories of a neighbourhood that the viewer may read, newest first."""
    stories: ToldQuerySet = Story.objects.visible_to(viewer).standing().filter(neighbourhood=neighbourhood)
    return stories.select_related("heard_by", "author", "circle")


def to_review(viewer: "Person | AnonymousUser") -> ToldQuerySet:
    """Return the stories of colleagues that wait for a look before they leave the organisation, the oldest first."""
    waiting: ToldQuerySet = Story.objects.visible_to(viewer).standing().filter(asked__isnull=False)
    waiting = waiting.select_related("author", "circle", "asked", "heard_by", "neighbourhood").order_by(
        "edited_at", "pk"
    )
    return waiting.filter(pk__in=[story.pk for story in waiting if may_review(viewer, story)])


def known() -> Known:
    """Return the names that are no persons: of areas, of working areas, and of the organisations that join in."""
    places = Neighbourhood.objects.values_list("name", flat=True)
    here = frozenset([*places, *Organisation.objects.values_list("name", flat=True)])
    return _known(datasets.area_names(), here)


@lru_cache(maxsize=4)
def _known(areas: frozenset[str], here: frozenset[str]) -> Known:
    return Known(areas | here)


def marked(text: str, clues: Sequence[Clue] | None = None) -> list[tuple[str, str]]:
    """Return a text as pieces, each with the kind of clue that it is, or nothing."""
    pieces: list[tuple[str, str]] = []
    at = 0
    for clue in sorted(find(text, known()) if clues is None else clues, key=lambda clue: clue.start):
        pieces += [(text[at : clue.start], ""), (text[clue.start : clue.end], clue.kind.value)]
        at = clue.end
    return [*pieces, (text[at:], "")]


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
