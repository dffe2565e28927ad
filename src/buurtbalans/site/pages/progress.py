"""What the plan and the evaluation tell a round: numbers for its advice, and points for the agenda of a meeting."""

from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.evaluation.queries import rows_of
from buurtbalans.method.plans.models import EffortState
from buurtbalans.method.plans.queries.plan import results_of
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.meetings import Point
from buurtbalans.method.rounds.queries.round import Viewer


def numbers(round: Round, viewer: Viewer) -> dict[str, int]:
    """Return how many results and efforts there are, how many stand still, and how many were looked back on."""
    results = list(results_of(round, viewer))
    efforts = [effort for result in results for effort in result.efforts.all()]
    return {
        "results": len(results),
        "efforts": len(efforts),
        "stuck": sum(effort.state == EffortState.STUCK for effort in efforts),
        "evaluated": sum(line is not None for _result, line in rows_of(round, viewer)),
    }


def agenda(round: Round, viewer: Viewer) -> list[tuple[int, Point]]:
    """Return what is open in the fifth and sixth step: results nobody works on, what stands still, what to look at."""
    plan, points = reverse("plans:plan", args=[round.slug]), []
    for result in results_of(round, viewer):
        efforts = list(result.efforts.all())
        if not efforts:
            points.append((5, Point("plus", result.title, _("nog geen acties"), plan)))
        points += [
            (5, Point("pauze", effort.what, _("actie ligt stil: %(why)s") % {"why": effort.state_reason}, plan))
            for effort in efforts
            if effort.state == EffortState.STUCK
        ]
    if not points and not results_of(round, viewer).exists():
        points.append((5, Point("plus", _("Wat willen we bereiken?"), _("nog geen resultaten"), plan)))
    back = reverse("evaluation:lines", args=[round.slug])
    return points + [
        (6, Point("vraag", result.title, _("nog niet geëvalueerd"), back))
        for result, line in rows_of(round, viewer)
        if line is None
    ]
