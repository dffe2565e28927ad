"""Forms of what people tell, and the base of all forms of the method."""

from .codebook import CodeForm, FilterForm, NewCodeForm
from .feelings import EditFeelingForm, FeelingForm, FeelingsChosen, NewFeelingForm, ShowForm, Voice
from .interview import InterviewForm, Question
from .notes import NOTED, NoteForm
from .ratings import RatingForm, begun
from .sheet import Sheet, VersionedSheet
from .stories import AUDIENCE, AudienceField, NewStoryForm, ReviewForm, SharedSheet, ShareForm, StoryForm

__all__ = [
    "AUDIENCE",
    "NOTED",
    "AudienceField",
    "CodeForm",
    "EditFeelingForm",
    "FeelingForm",
    "FeelingsChosen",
    "FilterForm",
    "InterviewForm",
    "NewCodeForm",
    "NewFeelingForm",
    "NewStoryForm",
    "NoteForm",
    "Question",
    "RatingForm",
    "ReviewForm",
    "ShareForm",
    "SharedSheet",
    "Sheet",
    "ShowForm",
    "StoryForm",
    "VersionedSheet",
    "Voice",
    "begun",
]
