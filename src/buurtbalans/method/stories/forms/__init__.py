"""Forms of what people tell, and the base of all forms of the method."""

from .codebook import CodeForm, FilterForm, NewCodeForm
from .interview import InterviewForm, Question
from .notes import NOTED, NoteForm
from .sheet import Sheet, VersionedSheet
from .stories import AUDIENCE, AudienceField, NewStoryForm, ReviewForm, SharedSheet, ShareForm, StoryForm

__all__ = [
    "AUDIENCE",
    "NOTED",
    "AudienceField",
    "CodeForm",
    "FilterForm",
    "InterviewForm",
    "NewCodeForm",
    "NewStoryForm",
    "NoteForm",
    "Question",
    "ReviewForm",
    "ShareForm",
    "SharedSheet",
    "Sheet",
    "StoryForm",
    "VersionedSheet",
]
