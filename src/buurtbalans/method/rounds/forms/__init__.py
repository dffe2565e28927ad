"""Forms of a round: the round itself, its claims, its shared picture."""

from .claims import (
    DATE,
    AnswerForm,
    ClaimForm,
    FigureForm,
    GapForm,
    OpinionForm,
    SearchForm,
    StoryEvidenceForm,
    VerdictForm,
)
from .meetings import MeetingForm, NotesForm
from .onward import CloseForm, FollowUpForm, ParkForm, PointForm
from .picture import (
    AnswerCommentForm,
    ChoiceForm,
    CommentForm,
    CriterionForm,
    EditLineForm,
    LineForm,
    PictureForm,
    VoiceForm,
    WeighForm,
)
from .round import RoundForm, StartForm, StepForm, TeamForm
from .team import FoundForm, HandOverForm, SubTeamForm

__all__ = [
    "DATE",
    "AnswerCommentForm",
    "AnswerForm",
    "ChoiceForm",
    "ClaimForm",
    "CloseForm",
    "CommentForm",
    "CriterionForm",
    "EditLineForm",
    "FigureForm",
    "FollowUpForm",
    "FoundForm",
    "GapForm",
    "HandOverForm",
    "LineForm",
    "MeetingForm",
    "NotesForm",
    "OpinionForm",
    "ParkForm",
    "PictureForm",
    "PointForm",
    "RoundForm",
    "SearchForm",
    "StartForm",
    "StepForm",
    "StoryEvidenceForm",
    "SubTeamForm",
    "TeamForm",
    "VerdictForm",
    "VoiceForm",
    "WeighForm",
]
