"""What other pages show of the evaluation: on a round, under a result, and the tasks of a person."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from buurtbalans.method.base.panels import Panel, Task
from buurtbalans.method.base.versions import Edit, TextKind
from buurtbalans.method.evaluation import actions, queries
from buurtbalans.method.evaluation.models import EvaluationLine
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import Result
from buurtbalans.method.rounds.models import Round, StepState
from buurtbalans.method.rounds.panels import CHANGED, by_action
from buurtbalans.method.rounds.rules import core_reads, may_in


def evaluation_summary_panel(request: HttpRequest, round: Round) -> Panel | None:
    """Return the panel with the results of a round and their outcomes, or None when none is evaluated."""
    rows = queries.rows_of(round, request.user)
    if not any(line for _result, line in rows):
        return None
    return Panel("evaluation/looked_back.html", {"round": round, "rows": rows})


def evaluation_step_panel(request: HttpRequest, round: Round) -> Panel | None:
    """Return the panel of the sixth step, also when nothing is evaluated; None for a viewer who may not read it."""
    if not may_in(request.user, Permission.READ, round):
        return None
    return Panel("evaluation/looked_back.html", {"round": round, "rows": queries.rows_of(round, request.user)})


def outcome_panel(request: HttpRequest, result: Result) -> Panel | None:
    """Return the panel with the outcome of a result, below it in the plan."""
    line = queries.lines_of(result.round, request.user).filter(result=result).first()
    return Panel("evaluation/outcome.html", {"result": result, "line": line})


def tasks(viewer: Person) -> list[Task]:
    """Return a task for each result without an evaluation in the rounds that are evaluating."""
    waiting = (
        Result.objects.visible_to(viewer)
        .active()
        .filter(evaluation__isnull=True, round__steps__number=6, round__steps__state=StepState.NOW)
    )
    return [
        Task(
            icon="bevestigd",
            title=_("Doel evalueren"),
            button=_("Evaluatie invullen"),
            text=result.title,
            where=result.round.neighbourhood.name,
            url=reverse("evaluation:new", args=[result.round.slug, result.pk]),
        )
        for result in waiting.select_related("round__neighbourhood", "round__core")
        if may_in(viewer, Permission.EVALUATE, result.round)
    ]


TEXTS = (
    TextKind(
        EvaluationLine,
        lambda line: reverse("evaluation:lines", args=[line.result.round.slug]),
        lambda person, line: may_in(person, Permission.EVALUATE, line.result.round),
        (Edit(("outcome", "now", "reason", "next", "next_text", "voice"), by_action(actions.edit_evaluation, "line")),),
        round_path="result__round",
        stays=CHANGED,
        names=core_reads("result.round"),
    ),
)
