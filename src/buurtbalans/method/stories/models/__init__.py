"""What people tell and feel: stories with their codebook, feelings on the map, and ratings."""

from buurtbalans.method.stories.models.codebook import Code, Tag
from buurtbalans.method.stories.models.contribution import AgeBand, Contribution, ContributionQuerySet, TellerKind
from buurtbalans.method.stories.models.feeling import PLEASANT, UNPLEASANT, DayPart, Feeling, Mood, PublishedFeelings
from buurtbalans.method.stories.models.rating import Aspect, Rating, RatingSheet, Side, When
from buurtbalans.method.stories.models.story import Importance, Source, Story, Theme, TimeOfDay, Tone

__all__ = [
    "PLEASANT",
    "UNPLEASANT",
    "AgeBand",
    "Aspect",
    "Code",
    "Contribution",
    "ContributionQuerySet",
    "DayPart",
    "Feeling",
    "Importance",
    "Mood",
    "PublishedFeelings",
    "Rating",
    "RatingSheet",
    "Side",
    "Source",
    "Story",
    "Tag",
    "TellerKind",
    "Theme",
    "TimeOfDay",
    "Tone",
    "When",
]
