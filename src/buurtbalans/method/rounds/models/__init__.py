"""Rounds: the run through the six steps, the claims and their evidence, the shared picture, the sharing agreement."""

from .agreement import Agreement, OfAgreementQuerySet, Pledge, Signature
from .claims import Claim, Evidence, EvidenceQuerySet, Gap, OfClaimQuerySet, Opinion, Says, Stance, Verdict, veiled
from .picture import Comment, Criterion, LineKind, PictureLine, PictureVersion, PictureVoice, Priority, Weighing
from .round import CoreQuerySet, Meeting, Parked, Round, RoundQuerySet, RoundStep, Scope, Score, StepState, SubTeam

__all__ = [
    "Agreement",
    "Claim",
    "Comment",
    "CoreQuerySet",
    "Criterion",
    "Evidence",
    "EvidenceQuerySet",
    "Gap",
    "LineKind",
    "Meeting",
    "OfAgreementQuerySet",
    "OfClaimQuerySet",
    "Opinion",
    "Parked",
    "PictureLine",
    "PictureVersion",
    "PictureVoice",
    "Pledge",
    "Priority",
    "Round",
    "RoundQuerySet",
    "RoundStep",
    "Says",
    "Scope",
    "Score",
    "Signature",
    "Stance",
    "StepState",
    "SubTeam",
    "Verdict",
    "Weighing",
    "veiled",
]
