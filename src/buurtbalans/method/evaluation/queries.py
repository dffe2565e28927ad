"""Reads of the evaluation: each result with its outcome, and the whole chain of a round, link by link."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import Result
from buurtbalans.method.plans.queries import chain as plan_chain
from buurtbalans.method.rounds.models import Round, StepState
from buurtbalans.method.rounds.queries import Task, Viewer
from buurtbalans.method.rounds.queries import chain as round_chain
from buurtbalans.method.rounds.rules import may_in
from buurtbalans.method.stories.models import Story

from .models import EvaluationLine


def lines_of(round: Round, viewer: Viewer) -> "QuerySet[EvaluationLine]":
    """Return the evaluation lines of a round that the viewer may see."""
    lines: QuerySet[EvaluationLine] = EvaluationLine.objects.visible_to(viewer).filter(result__round=round)
    return lines.select_related("result", "result__round", "voice", "voice__heard_by", "author")


def rows_of(round: Round, viewer: Viewer) -> list[tuple[Result, EvaluationLine | None]]:
    """Return each result of a round with its evaluation, if there is one."""
    lines = {line.result_id: line for line in lines_of(round, viewer)}
    readable = set(Story.objects.visible_to(viewer).standing().values_list("pk", flat=True))
    for line in lines.values():
        line.voice = line.voice if line.voice_id in readable else None
    results = Result.objects.visible_to(viewer).filter(round=round).prefetch_related("efforts__organisation")
    return [(result, lines.get(result.pk)) for result in results]


def tasks(viewer: Person) -> list[Task]:
    """Return the results that wait for an evaluation in rounds that are evaluating."""
    waiting = Result.objects.visible_to(viewer).filter(
        evaluation__isnull=True, round__steps__number=6, round__steps__state=StepState.NOW
    )
    return [
        Task(
            icon="bereikt", title=_("Kijk of een resultaat is bereikt"), button=_("Kijk terug"), text=result.title,
            where=result.round.neighbourhood.name,
            url=reverse("evaluation:new", args=[result.round.slug, result.pk]),
        )
        for result in waiting.select_related("round__neighbourhood", "round__core")
        if may_in(viewer, Permission.EVALUATE, result.round)
    ]  # fmt: skip


def chain(round: Round, viewer: Viewer) -> dict[str, Any]:
    """Return the whole chain of a round, from question to evaluation: every item with its id and what it rests on."""
    evaluation = [
        {"id": f"evaluation:{line.pk}", "outcome": line.outcome, "now": line.now, "reason": line.reason,
         "next": line.next, "next_text": line.next_text, "voice": f"story:{line.voice_id}" if line.voice_id else None,
         "rests_on": [f"result:{line.result_id}"]}
        for line in lines_of(round, viewer)
    ]  # fmt: skip
    return round_chain(round, viewer) | plan_chain(round, viewer) | {"evaluation": evaluation}
