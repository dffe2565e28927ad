"""What people tell and feel: stories with their codebook, feelings on the map, and ratings."""

from buurtbalans.method.stories.models.codebook import Code, Tag
from buurtbalans.method.stories.models.feeling import PLEASANT, UNPLEASANT, DayPart, Feeling, FeelingsShown, Mood
from buurtbalans.method.stories.models.rating import Aspect, Rating, RatingSheet, Side, When
from buurtbalans.method.stories.models.story import Importance, Source, Story, Theme, TimeOfDay, Tone
from buurtbalans.method.stories.models.told import AgeBand, Told, ToldQuerySet, WhoKind

__all__ = [
    "PLEASANT",
    "UNPLEASANT",
    "AgeBand",
    "Aspect",
    "Code",
    "DayPart",
    "Feeling",
    "FeelingsShown",
    "Importance",
    "Mood",
    "Rating",
    "RatingSheet",
    "Side",
    "Source",
    "Story",
    "Tag",
    "Theme",
    "TimeOfDay",
    "Told",
    "ToldQuerySet",
    "Tone",
    "When",
    "WhoKind",
]
