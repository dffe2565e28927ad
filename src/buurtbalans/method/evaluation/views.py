"""Pages of the evaluation: what we wanted, what it is now, in ranges and in words, and what happens next."""

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
    """Show for each result where we began, where we wanted to go and where we are, and what we do now."""
    round = enter(request, slug)
    found = queries.rows_of(round, request.user)
    rows = [(result, line, queries.draw(result, line, request.user)) for result, line in found]
    context = {
        "round": round,
        "rows": rows,
        "crumbs": trail(round),
        "done": [line for _result, line, _drawn in rows if line],
        "may": may_in(request.user, Permission.EVALUATE, round),
        "reads": may_in(request.user, Permission.READ, round),
    }
    return render(request, "evaluation/lines.html", context)


def readable(request: HttpRequest, round: Round) -> Any:
    """Return the stories that the whole core group can read."""
    shared = [round.core_id, round.ring_id]
    return Story.objects.filter(
        pk__in=stories_of(round.neighbourhood, request.user).filter(circle__in=shared).values("pk")
    )


def answer(request: HttpRequest, round: Round, result: Result, line: EvaluationLine | None) -> HttpResponse:
    """Answer the form page of one result, for a first evaluation or to change it."""
    require_in(request.user, Permission.EVALUATE, round)
    keys = queries.later_figures(round, result, evidence.told(line.now, request.user) if line and line.now else None)
    first: dict[str, Any] = {}
    if line:
        first = {name: getattr(line, name) for name in EvaluationForm.base_fields if name != "figure"}
        first["figure"] = queries.KEPT if line.now else ""
    form = EvaluationForm(posted(request), initial=first, figures=keys, stories=readable(request, round))
    if line is None:
        del form.fields["version"]

    def write(given: dict[str, Any]) -> EvaluationLine:
        key = given.pop("figure")
        now = line.now if line and key == queries.KEPT else evidence.freeze(round, key) if key else None
        if line:
            return actions.edit_evaluation(by=request.user, line=line, now=now, **given)
        return actions.evaluate(by=request.user, result=result, now=now, **given)

    crumbs = trail(round, step_crumb(round, 6), (_("Evaluatie"), reverse("evaluation:lines", args=[round.slug])))
    begin = evidence.told(result.baseline, request.user)
    said = begin["sentence"] or begin["name"]
    intro = format_html('{} <span lang="nl">{}</span>', _("Bij het begin:"), said)
    return handle_form(
        request,
        form,
        write,
        "rounds/fill_in.html",
        {"title": result.title, "button": _("Leg vast"), "intro": intro, "crumbs": crumbs, "text": line},
        to=lambda line: reverse("evaluation:lines", args=[round.slug]),
        done=_("De evaluatie staat erbij."),
    )


@form_page
@login_required
def new(request: HttpRequest, slug: str, result: int) -> HttpResponse:
    """Look back on a result for the first time."""
    round = enter(request, slug)
    return answer(
        request, round, get_object_or_404(Result.objects.visible_to(request.user), pk=result, round=round), None
    )


@form_page
@login_required
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what was written down about a result."""
    round = enter(request, slug)
    line = get_object_or_404(queries.lines_of(round, request.user), pk=pk)
    return answer(request, round, line.result, line)
