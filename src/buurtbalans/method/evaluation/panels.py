"""What the evaluation shows elsewhere: how many results were looked back on, and what waits for a person."""

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
from buurtbalans.method.rounds.rules import may_in


def looked_back(request: HttpRequest, round: Round) -> Panel | None:
    """Return the results of a round with what became of them, once something did."""
    rows = queries.rows_of(round, request.user)
    return (
        Panel("evaluation/looked_back.html", {"round": round, "rows": rows}) if any(line for _, line in rows) else None
    )


def to_look_back(request: HttpRequest, round: Round) -> Panel | None:
    """Return the evaluation for its step, also when nobody looked back yet; nothing for who does not read it."""
    if not may_in(request.user, Permission.READ, round):
        return None
    return Panel("evaluation/looked_back.html", {"round": round, "rows": queries.rows_of(round, request.user)})


def outcome(request: HttpRequest, result: Result) -> Panel | None:
    """Return what became of one result, under it in the plan: the way forward from what was agreed."""
    line = queries.lines_of(result.round, request.user).filter(result=result).first()
    return Panel("evaluation/outcome.html", {"result": result, "line": line})


def tasks(viewer: Person) -> list[Task]:
    """Return the results that wait for an evaluation in rounds that are evaluating."""
    waiting = (
        Result.objects.visible_to(viewer)
        .active()
        .filter(evaluation__isnull=True, round__steps__number=6, round__steps__state=StepState.NOW)
    )
    return [
        Task(
            icon="bevestigd",
            title=_("Kijk of een resultaat is bereikt"),
            button=_("Kijk terug"),
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
    ),
)
