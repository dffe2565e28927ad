"""Forms of a round: the round itself, its claims, its shared picture."""

from .claims import DATE, AnswerForm, ClaimForm, FigureForm, GapForm, OpinionForm, StoryEvidenceForm, VerdictForm
from .picture import EditLineForm, LineForm, PictureForm
from .round import RoundForm, StartForm, StepForm, TeamForm

__all__ = [
    "DATE",
    "AnswerForm",
    "ClaimForm",
    "EditLineForm",
    "FigureForm",
    "GapForm",
    "LineForm",
    "OpinionForm",
    "PictureForm",
    "RoundForm",
    "StartForm",
    "StepForm",
    "StoryEvidenceForm",
    "TeamForm",
    "VerdictForm",
]
