"""Pages of the evaluation: per result the baseline, the target, the current figure, and what happens next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from buurtbalans.method.base.pages import form_page, handle_form, posted, read_only
from buurtbalans.method.evaluation import actions, queries
from buurtbalans.method.evaluation.forms import EvaluationForm
from buurtbalans.method.evaluation.models import EvaluationLine
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import Result
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries import evidence
from buurtbalans.method.rounds.rules import may_in, require_in
from buurtbalans.method.rounds.views.round import enter, step_crumb, trail
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries.stories import stories_of


@read_only
@login_required
def lines(request: HttpRequest, slug: str) -> HttpResponse:
    """Show for each result the baseline, the target and the current figure, and what happens next."""
    round = enter(request, slug)
    rows = [
        (result, line, queries.evaluation_chart(result, line, request.user))
        for result, line in queries.rows_of(round, request.user)
    ]
    context = {
        "round": round,
        "rows": rows,
        "crumbs": trail(round),
        "done": [line for _result, line, _chart in rows if line],
        "may": may_in(request.user, Permission.EVALUATE, round),
        "reads": may_in(request.user, Permission.READ, round),
    }
    return render(request, "evaluation/lines.html", context)


def shared_stories(request: HttpRequest, round: Round) -> Any:
    """Return the stories that the whole core group can read."""
    shared = stories_of(round.neighbourhood, request.user).filter(circle__in=round.circles)
    return Story.objects.filter(pk__in=shared.values("pk"))


def _evaluation_form(request: HttpRequest, round: Round, result: Result, line: EvaluationLine | None) -> HttpResponse:
    """Show and handle the form of one result, for a first evaluation or to edit it."""
    require_in(request.user, Permission.EVALUATE, round)
    figures = queries.later_figures(round, result, evidence.told(line.now, request.user) if line and line.now else None)
    initial: dict[str, Any] = {}
    if line:
        initial = {name: getattr(line, name) for name in EvaluationForm.base_fields if name != "figure"}
        initial["figure"] = queries.UNCHANGED_FIGURE if line.now else ""
    form = EvaluationForm(posted(request), initial=initial, figures=figures, stories=shared_stories(request, round))
    if line is None:
        del form.fields["version"]

    def write(values: dict[str, Any]) -> EvaluationLine:
        key = values.pop("figure")
        now = line.now if line and key == queries.UNCHANGED_FIGURE else evidence.freeze(round, key) if key else None
        if line:
            return actions.edit_evaluation(by=request.user, line=line, now=now, **values)
        return actions.evaluate(by=request.user, result=result, now=now, **values)

    crumbs = trail(round, step_crumb(round, 6), (_("Evaluatie"), reverse("evaluation:lines", args=[round.slug])))
    baseline = evidence.told(result.baseline, request.user)
    figure_text = baseline["sentence"] or baseline["name"]
    intro = format_html('{} <span lang="nl">{}</span>', _("Nulmeting:"), figure_text)
    return handle_form(
        request,
        form,
        write,
        "rounds/fill_in.html",
        {"title": result.title, "button": _("Vastleggen"), "intro": intro, "crumbs": crumbs, "text": line},
        to=lambda line: reverse("evaluation:lines", args=[round.slug]),
        done=_("De evaluatie is opgeslagen en staat nu bij het doel."),
    )


@form_page
@login_required
def new(request: HttpRequest, slug: str, result: int) -> HttpResponse:
    """Evaluate a result for the first time."""
    round = enter(request, slug)
    return _evaluation_form(
        request, round, get_object_or_404(Result.objects.visible_to(request.user), pk=result, round=round), None
    )


@form_page
@login_required
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Edit the evaluation of a result."""
    round = enter(request, slug)
    line = get_object_or_404(queries.lines_of(round, request.user), pk=pk)
    return _evaluation_form(request, round, line.result, line)
