"""Where the stories of a round are told and to whom, and with whose eyes one can look at one before it is shared."""

from collections.abc import Mapping
from functools import partial

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.people.models import Circle, Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.actions import gaps as gaps_actions
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries import claims
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.method.rounds.views.round import step_crumb
from buurtbalans.method.stories.forms.interview import Question
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.rules import may_write_for
from buurtbalans.method.stories.views.context import ContributionContext, ReaderPerspective


def build_contribution_context(request: HttpRequest, slug: str) -> ContributionContext:
    """Return where stories of a round are told, and to whom: the own organisation first, then core group and ring."""
    round = get_object_or_404(round_queries.rounds_of(request.user), slug=slug)
    mine = Circle.objects.with_member(request.user, Permission.TELL_STORY).filter(kind=Audience.ORGANISATION)
    circles = [*mine, *(c for c in round.circles if may_write_for(request.user, Permission.TELL_STORY, c))]
    crumbs = [
        (round.neighbourhood.name, reverse("rounds:round", args=[slug])),
        (_("Delen"), reverse("rounds:step", args=[slug, 2])),
        (_("Verhalen"), reverse("stories:list", args=[slug])),
    ]
    return ContributionContext(
        slug,
        round.neighbourhood,
        circles,
        crumbs,
        round.core,
        partial(eyes_of, round, request.user),
        questions=partial(open_interview_questions, round, request.user),
        answer_questions=partial(answer_gaps_with_stories, round),
    )


def open_interview_questions(round: Round, viewer: round_queries.Viewer) -> list[Question]:
    """Return the questions of a round without an answer, to ask in an interview; for who works in the core group."""
    if not may_in(viewer, Permission.CLAIM, round):
        return []
    return [Question(str(gap.pk), gap.what, gap.whom) for gap in claims.gaps_of(round, viewer).filter(answer="")]


def answer_gaps_with_stories(round: Round, *, by: Person, stories: Mapping[str, Story]) -> str:
    """Lay stories of an interview beside the questions that they answer; return where these wait for an answer."""
    gaps = {str(gap.pk): gap for gap in claims.gaps_of(round, by)}
    for key, story in stories.items():
        gaps_actions.answer_gap_with_story(by=by, gap=gaps[key], story=story)
    return f"{step_crumb(round, 3)[1]}#vragen" if stories else ""


def eyes_of(round: Round, viewer: round_queries.Viewer) -> tuple[ReaderPerspective, ...]:
    """Return with whose eyes one can look at a story: others of the round per organisation, one's own, and outside."""
    perspectives = []
    for circle, words in ((round.core, _("in de kerngroep")), (round.ring, _("bij de betrokkenen"))):
        inside = Organisation.objects.filter(people__memberships__circle=circle).select_related("circle").distinct()
        for each in sorted(inside, key=lambda each: each.pk == getattr(viewer, "organisation_id", None)):
            mine = each.pk == getattr(viewer, "organisation_id", None)
            name = _("mijn organisatie") if mine else each.name
            perspectives.append(
                ReaderPerspective(f"{each.slug}-{circle.kind}", f"{name}, {words}", (each.circle, circle))
            )
    perspectives.append(ReaderPerspective("kring", _("iemand zonder organisatie, bij de betrokkenen"), (round.ring,)))
    return (*perspectives, ReaderPerspective("buiten", _("iemand buiten de ronde")))
