"""What people tell and feel: stories with their codebook, feelings on the map, and ratings."""

from .codebook import Code, Tag
from .feeling import PLEASANT, UNPLEASANT, DayPart, Feeling, FeelingsShown, Mood
from .rating import Aspect, Rating, RatingSheet, Side, When
from .story import Importance, Source, Story, Theme, TimeOfDay, Tone
from .told import AgeBand, Told, ToldQuerySet, WhoKind

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
