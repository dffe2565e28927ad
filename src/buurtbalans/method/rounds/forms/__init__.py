"""Forms of a round: the round itself, its agreement and partners, its claims, its shared picture."""

from .agreement import AgreementForm, PledgeForm, ReasonForm, SignForm
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
from .partner import ProfileForm
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
    "AgreementForm",
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
    "PledgeForm",
    "PointForm",
    "ProfileForm",
    "ReasonForm",
    "RoundForm",
    "SearchForm",
    "SignForm",
    "StartForm",
    "StepForm",
    "StoryEvidenceForm",
    "SubTeamForm",
    "TeamForm",
    "VerdictForm",
    "VoiceForm",
    "WeighForm",
]
