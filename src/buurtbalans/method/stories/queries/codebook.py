"""Reads of the codebook of a round: its words, on which stories they hang, and how often."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from buurtbalans.method.people.models import Circle, Person
from buurtbalans.method.stories.models import Code, ContributionQuerySet, Story, Tag, Tone

Viewer = Person | AnonymousUser


@dataclass(frozen=True)
class Counted:
    """A word of the codebook with on how many stories it hangs, in all and per tone, and which part that is."""

    code: Code
    number: int
    tones: list[tuple[Tone, int]]
    most: int

    @property
    def bars(self) -> list[tuple[Tone, int, float, float]]:
        """The tones that occur, each with its number, where its bar begins and how long it is, of a hundred."""
        drawn, at = [], 0.0
        for tone, number in self.tones:
            long = 100 * number / self.most if self.most else 0.0
            drawn += [(tone, number, round(at, 2), round(long, 2))] if number else []
            at += long
        return drawn


def codes_of(circle: Circle, viewer: Viewer) -> "QuerySet[Code]":
    """Return the words of the codebook of a core group, for who reads there."""
    codes: QuerySet[Code] = Code.objects.visible_to(viewer).filter(circle=circle, withdrawn_at__isnull=True)
    return codes


def counted(circle: Circle, viewer: Viewer, stories: ContributionQuerySet) -> list[Counted]:
    """Return how often each word hangs on the stories, which are those that the viewer may read."""
    codes = list(codes_of(circle, viewer))
    tags = Tag.objects.filter(code__in=codes, story__in=stories.values("pk")).values_list("code", "story__tone")
    number = Counter(tags)
    whole = {code.pk: sum(number[code.pk, tone] for tone in Tone) for code in codes}
    most = max(whole.values(), default=0)
    return [
        Counted(code, whole[code.pk], [(tone, number[code.pk, tone]) for tone in Tone], most)
        for code in sorted(codes, key=lambda code: (-whole[code.pk], code.name.lower()))
    ]


def hung(circle: Circle, viewer: Viewer, stories: Collection[Story]) -> dict[int, list[Code]]:
    """Return per story the words that hang on it, for who reads the codebook."""
    tags = Tag.objects.filter(code__in=codes_of(circle, viewer).values("pk"), story__in=[story.pk for story in stories])
    codes: dict[int, list[Code]] = {}
    for tag in tags.select_related("code"):
        codes.setdefault(tag.story_id, []).append(tag.code)
    return codes
