"""Reads of what asks for a talk: a claim of which figures say one thing and people another, or organisations differ.

Figures and stories are counted apart and never added up: what this yields is words for an agenda, not a verdict.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.panels import Words
from buurtbalans.method.rounds.models import Answer, Claim, Evidence, Meeting, Opinion, Round, Says, Stance
from buurtbalans.method.rounds.queries.claims import claims_of
from buurtbalans.method.rounds.queries.round import Viewer


class Contrast(StrEnum):
    """How the sides of a claim differ."""

    FIGURES_YES = "figures_yes"
    FIGURES_NO = "figures_no"
    ORGANISATIONS = "organisations"

    @property
    def words(self) -> Words:
        """Return the difference in one sentence."""
        return _WORDS[self]


_WORDS = {
    Contrast.FIGURES_YES: _("De meeste cijfers steunen de stelling, maar de meeste verhalen spreken deze tegen."),
    Contrast.FIGURES_NO: _("De meeste cijfers spreken de stelling tegen, maar de meeste verhalen steunen deze."),
    Contrast.ORGANISATIONS: _("De organisaties zijn het niet eens over de conclusie."),
}


@dataclass(frozen=True)
class Side:
    """How often one kind of evidence says yes, no, and both."""

    yes: int
    no: int
    both: int

    @property
    def leans(self) -> Says:
        """Return what this side says most; as often yes as no is both, nothing at all is nothing."""
        if self.yes == self.no:
            return Says.BOTH if self.yes or self.both else Says.NOTHING
        return Says.YES if self.yes > self.no else Says.NO


@dataclass(frozen=True)
class Talk:
    """A claim to talk about: how its sides differ, how often each says what, and who is for and against."""

    claim: Claim
    kinds: list[Contrast]
    figures: Side
    stories: Side
    agree: list[str]
    against: list[str]


def discussion_of(claim: Claim) -> Talk | None:
    """Return why a claim, fetched with `claims_of`, asks for a talk; None when its sides do not differ."""
    figures = _side([e for e in claim.laid if e.figure is not None])
    stories = _side([e for e in claim.laid if e.figure is None])
    agree, against = _positions(claim)
    kinds = _contrasts(figures, stories, organisations_differ=bool(agree and against))
    return Talk(claim, kinds, figures, stories, agree, against) if kinds else None


def _positions(claim: Claim) -> tuple[list[str], list[str]]:
    """Return the organisations that agree with the verdict on a claim as it is now, and those that disagree."""
    agree: list[str] = []
    against: list[str] = []
    if claim.verdict:
        for opinion in claim.opinions.all():
            if (side := _side_of(opinion, claim.verdict)) is not None:
                (agree if side else against).append(opinion.organisation.name)
    return agree, against


def _side_of(opinion: Opinion, verdict: str) -> bool | None:
    """Return whether an organisation agrees with a verdict, as it said or else as it answered before; None unknown."""
    if opinion.stance:
        return opinion.stance != Stance.DISAGREE if opinion.about_verdict == verdict else None
    return None if opinion.answer in ("", Answer.UNKNOWN) else opinion.answer == verdict


def _contrasts(figures: Side, stories: Side, *, organisations_differ: bool) -> list[Contrast]:
    """Return the ways in which the sides of a claim differ."""
    contrasts = {
        Contrast.FIGURES_YES: (figures.leans, stories.leans) == (Says.YES, Says.NO),
        Contrast.FIGURES_NO: (figures.leans, stories.leans) == (Says.NO, Says.YES),
        Contrast.ORGANISATIONS: organisations_differ,
    }
    return [contrast for contrast, holds in contrasts.items() if holds]


def _side(laid: list[Evidence]) -> Side:
    said = [evidence.says for evidence in laid]
    return Side(said.count(Says.YES), said.count(Says.NO), said.count(Says.BOTH))


def discussions_of(round: Round, viewer: Viewer) -> list[Talk]:
    """Return the claims of a round that ask for a talk, as far as the viewer may see."""
    discussions = [
        discussion_of(claim) for claim in claims_of(round, viewer).select_related("talk_at", "organisation", "round")
    ]
    return [talk for talk in discussions if talk is not None]


def coming_meetings(round: Round, viewer: Viewer) -> "QuerySet[Meeting]":
    """Return the meetings of a round that are still to come, the nearest first; a day may still be to be found."""
    meetings: QuerySet[Meeting] = Meeting.objects.visible_to(viewer).filter(round=round, withdrawn_at=None)
    return meetings.filter(Q(at__gte=timezone.now()) | Q(at=None))
