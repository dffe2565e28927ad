"""The page of the plan, and what all pages of a plan share."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.base.panels import PanelMaker, gather
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans import rules
from buurtbalans.method.plans.interventions import intervention_catalogue
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.plans.queries import plan as plan_queries
from buurtbalans.method.plans.queries import progress, trace, versions
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.queries.evidence import borders_of
from buurtbalans.method.rounds.rules import may_in, require_in
from buurtbalans.method.rounds.views.round import button_view, enter, step_crumb, trail


@read_only
@login_required
def plan(
    request: HttpRequest, slug: str, panels: Sequence[PanelMaker] = (), below: Sequence[PanelMaker] = ()
) -> HttpResponse:
    """Show the results with their baseline, target, evaluation plan and efforts, and the claims under every line."""
    round = enter(request, slug)
    results = list(plan_queries.results_of(round, request.user))
    traces, reports = trace.traces_of(round, request.user), progress.progress_reports(round, request.user)
    rows = [
        {
            "result": result,
            "line": plan_queries.result_chart(result, request.user),
            "grounds": plan_queries.grounds_of(result, request.user),
            "efforts": [effort_row(request, effort, traces, reports) for effort in result.efforts.all()],
            "panels": gather(request, result, list(panels)),
        }
        for result in results
    ]
    context = {
        "round": round,
        "rows": rows,
        "counts": plan_queries.plan_counts(results),
        "crumbs": trail(round),
        "conditions": [
            (condition, [traces[claim.pk] for claim in condition.claims.all() if claim.pk in traces])
            for condition in plan_queries.conditions_of(round, request.user)
        ],
        "declined": plan_queries.declined_efforts(round, request.user),
        "withdrawn": plan_queries.withdrawn_lines(round, request.user),
        "versions": versions.versions_of(round, request.user),
        "today": timezone.localdate(),
        "may": may_in(request.user, Permission.AGREE_EFFORT, round),
        "guides": may_in(request.user, Permission.EDIT_ROUND, round),
        "reads": may_in(request.user, Permission.READ, round),
        "below": gather(request, round, list(below)),
    }
    return render(request, "plans/plan.html", context)


def effort_row(
    request: HttpRequest,
    effort: Effort,
    traces: dict[int, trace.Trace],
    reports: dict[int, list[progress.ProgressReport]],
) -> dict[str, Any]:
    """Return one effort with what the visitor can do with it, its claims and its progress reports."""
    today = timezone.localdate()
    return {
        "effort": effort,
        "can_edit": rules.may_write(request.user, effort),
        "can_withdraw": rules.may_withdraw(request.user, effort),
        "can_answer": effort.is_proposal and rules.may_accept(request.user, effort),
        "traces": [traces[claim.pk] for claim in effort.claims.all() if claim.pk in traces],
        "reports": reports.get(effort.pk, []),
        "intervention": intervention_catalogue().interventions.get(effort.intervention),
        "needs_confirmation": not effort.is_proposal
        and effort.state != "klaar"
        and rules.needs_confirmation(effort.confirmed_on, today),
        "is_renewal_due": rules.is_renewal_due(effort.renew_by, today) and effort.state != "klaar",
    }


def enter_plan(request: HttpRequest, slug: str) -> Round:
    """Return a round if the visitor may write in its plan, or refuse."""
    round = enter(request, slug)
    require_in(request.user, Permission.AGREE_EFFORT, round)
    return round


def form_context(round: Round, title: str, button: str, intro: str = "", text: Any = None) -> dict[str, Any]:
    """Return the context of a form page of the plan; `text` is the text whose versions the page links to."""
    crumbs = trail(round, step_crumb(round, 5), (_("Het plan"), plan_queries.plan_url(round)))
    return {"title": title, "button": button, "intro": intro, "crumbs": crumbs, "text": text}


def claim_choices(request: HttpRequest, round: Round) -> Any:
    """Return the claims of a round that a line of its plan can rest on."""
    return Claim.objects.visible_to(request.user).filter(round=round, withdrawn_at__isnull=True)


def area_choices(round: Round) -> list[tuple[str, str]]:
    """Return the choices of an area: the whole neighbourhood, or one of its buurten if it has several."""
    division, codes = borders_of(round), round.neighbourhood.codes
    choices = [("", _("de hele buurt"))]
    if len(codes) > 1:
        choices += [(code, division[code].name if division and code in division else code) for code in codes]
    return choices


plan_button = partial(
    button_view,
    entry=enter_plan,
    refused_to=plan_queries.plan_url,
    conflict=gettext_lazy("Iemand anders heeft dit net gewijzigd. Bekijk eerst hoe het er nu staat."),
)


def finder_of(model: Any, through: str = "round") -> Callable[[HttpRequest, Round, int], Any]:
    """Return a function that gets a line of the plan of a round, active or withdrawn, or raises 404."""

    def find(request: HttpRequest, round: Round, pk: int) -> Any:
        return get_object_or_404(model.objects.with_withdrawn().visible_to(request.user), **{"pk": pk, through: round})

    return find


def require_own(request: HttpRequest, effort: Effort) -> None:
    """Refuse a visitor who may not update the effort."""
    if not rules.may_write(request.user, effort):
        raise PermissionDenied("u kunt alleen voor uw eigen organisatie spreken")
