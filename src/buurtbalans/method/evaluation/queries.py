"""Reads of the evaluation: each result with its outcome, and the whole chain of a round."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from buurtbalans.method.evaluation.models import EvaluationLine
from buurtbalans.method.plans.models import Effort, Result
from buurtbalans.method.plans.queries.plan import plan_chain, result_chart
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries import evidence
from buurtbalans.method.rounds.queries.chain import chain as round_chain
from buurtbalans.method.rounds.queries.claims import Pill
from buurtbalans.method.rounds.queries.evidence import line_of, range_of, told
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.method.stories.models import Story


def lines_of(round: Round, viewer: Viewer) -> "QuerySet[EvaluationLine]":
    """Return the evaluation lines of a round that the viewer may see."""
    lines: QuerySet[EvaluationLine] = EvaluationLine.objects.visible_to(viewer).filter(result__round=round)
    lines = lines.filter(result__withdrawn_at__isnull=True)
    return lines.select_related("result", "result__round", "voice", "voice__heard_by", "author")


def rows_of(round: Round, viewer: Viewer) -> list[tuple[Result, EvaluationLine | None]]:
    """Return each result of a round with its evaluation, or None where there is none yet."""
    lines = {line.result_id: line for line in lines_of(round, viewer)}
    readable = set(Story.objects.visible_to(viewer).active().values_list("pk", flat=True))
    for line in lines.values():
        line.voice = line.voice if line.voice_id in readable else None
    efforts = Prefetch("efforts", Effort.objects.active().select_related("organisation"))
    results = Result.objects.visible_to(viewer).active().filter(round=round).prefetch_related(efforts)
    return [(result, lines.get(result.pk)) for result in results]


UNCHANGED_FIGURE: Final = "zoals-het-was"  # form value: keep the figure as it was frozen


def later_figures(round: Round, result: Result, now: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """Return the figures of later years with the indicator of the baseline, as choices for a form.

    The frozen figure `now` comes first, if there is one.
    """
    later = evidence.later(round, result.baseline)
    figures: list[tuple[str, Mapping[str, Any]]] = [
        (key, figure) for key, figure in later if figure["value"] is not None
    ]
    if now:
        figures = [(UNCHANGED_FIGURE, now), *((key, figure) for key, figure in figures if figure != now)]
    return [(key, f"{figure['period']}: {figure['sentence'] or figure['name']}") for key, figure in figures]


def evaluation_chart(result: Result, line: EvaluationLine | None, viewer: Viewer) -> dict[str, Any]:
    """Return the chart of a result: the baseline hollow, the target dashed, and the current figure filled.

    A figure that the viewer may not see is left out.
    """
    chart = result_chart(result, viewer)
    pills = [replace(pill, below="", above="" if pill.style == "stippel" else pill.above) for pill in chart["pills"]]
    now = told(line.now, viewer) if line and line.now else None
    chart |= {"pills": pills, "now": now}
    if not now or now["value"] is None:
        return chart
    ends = range_of(now)
    first = now if chart["begin"]["value"] is None else chart["begin"]
    scale = line_of(first | {"city": None}, also=(*ends, result.target_low, result.target_high))
    pills.append(Pill(*ends, "vol", below=str(now["period"])))
    return chart | {"van": scale["van"], "tot": scale["tot"]} if scale else chart


def method_chain(round: Round, viewer: Viewer) -> dict[str, Any]:
    """Return the whole chain of a round, from question to evaluation: every item with its id and the ids it rests on."""
    evaluation = [
        {
            "id": f"evaluation:{line.pk}",
            "outcome": line.outcome,
            "now": told(line.now, viewer) if line.now else None,
            "reason": line.reason,
            "next": line.next,
            "next_text": line.next_text,
            "voice": f"story:{line.voice_id}" if line.voice_id else None,
            "rests_on": [f"result:{line.result_id}"],
        }
        for line in lines_of(round, viewer)
    ]
    return round_chain(round, viewer) | plan_chain(round, viewer) | {"evaluation": evaluation}
