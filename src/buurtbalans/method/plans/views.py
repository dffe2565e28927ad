"""Pages of a plan: what we want to reach, who does what, how it stands and what it rests on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.people.models import Organisation
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds import queries as rounds
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.rules import may_in, require_in, require_speaks_for, speaks_for
from buurtbalans.method.rounds.views.round import enter, step_crumb, trail
from buurtbalans.method.stories.views import fill_in, form_page, page, posted

from . import actions, forms, queries
from .models import Effort, Result


def plan_url(round: Round) -> str:
    """Return the address of the plan of a round."""
    return reverse("plans:plan", args=[round.slug])


@page
@login_required
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the results with baseline and target, and the efforts of each; every line says what it rests on."""
    round = enter(request, slug)
    results = list(queries.results_of(round, request.user))
    rows = [
        {
            "result": result,
            "line": queries.draw(result),
            "grounds": queries.grounds_of(result, request.user),
            "efforts": [
                (effort, speaks_for(request.user, effort.organisation, round)) for effort in result.efforts.all()
            ],
        }
        for result in results
    ]
    context = {
        "round": round, "rows": rows, "counts": queries.counts(results), "crumbs": trail(round),
        "may": may_in(request.user, Permission.AGREE_EFFORT, round),
        "reads": may_in(request.user, Permission.READ, round),
    }  # fmt: skip
    return render(request, "plans/plan.html", context)


def enter_plan(request: HttpRequest, slug: str) -> Round:
    """Return a round whose plan the visitor may write, else refuse."""
    round = enter(request, slug)
    require_in(request.user, Permission.AGREE_EFFORT, round)
    return round


def frame(round: Round, title: str, button: str, intro: str = "") -> dict[str, Any]:
    """Return what a form page of the plan shows around its form."""
    crumbs = trail(round, step_crumb(round, 5), (_("Het plan"), plan_url(round)))
    return {"title": title, "button": button, "intro": intro, "crumbs": crumbs}


@form_page
@login_required
def new_result(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree a result: what must be different, measured with which figure, from where to where."""
    round = enter_plan(request, slug)
    _years, year = rounds.years_of(round, "")
    figures = [
        (name, [(rounds.key_of(f), f["choice"]) for f in group if f["value"] is not None])
        for name, group in rounds.figure_choices(round, year)
    ]
    form = forms.ResultForm(posted(request), figures=figures, claims=claims_of(request, round))

    def write(given: dict[str, Any]) -> Result:
        baseline = rounds.freeze(round, given.pop("figure"))
        return actions.agree_result(by=request.user, round=round, baseline=baseline, **given)

    return fill_in(
        request, form, write, "rounds/fill_in.html", frame(round, _("Wat willen we bereiken?"), _("Spreek dit af")),
        to=lambda result: f"{plan_url(round)}#resultaat-{result.pk}", done=_("Het resultaat staat in het plan."),
    )  # fmt: skip


def claims_of(request: HttpRequest, round: Round) -> Any:
    """Return the claims that a line of the plan can rest on."""
    return Claim.objects.visible_to(request.user).filter(round=round)


@form_page
@login_required
def edit_result(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change the words or the target of a result."""
    round = enter_plan(request, slug)
    result = get_object_or_404(Result.objects.visible_to(request.user), pk=pk, round=round)
    first = {name: getattr(result, name) for name in forms.ChangeResultForm.base_fields}
    return fill_in(
        request, forms.ChangeResultForm(posted(request), initial=first),
        lambda given: actions.edit_result(by=request.user, result=result, **given),
        "rounds/fill_in.html", frame(round, _("Pas het resultaat aan"), _("Bewaar")),
        to=lambda result: f"{plan_url(round)}#resultaat-{result.pk}", done=_("Het resultaat is aangepast."),
    )  # fmt: skip


@form_page
@login_required
def new_effort(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Agree what an organisation does for a result."""
    round = enter_plan(request, slug)
    result = get_object_or_404(Result.objects.visible_to(request.user), pk=pk, round=round)
    mine = [one.pk for one in rounds.organisations_of(round) if speaks_for(request.user, one, round)]
    form = forms.EffortForm(
        posted(request), organisations=Organisation.objects.filter(pk__in=mine), claims=claims_of(request, round),
        initial={"organisation": request.user.organisation_id, "claims": [c.pk for c in result.claims.all()]},
    )  # fmt: skip
    return fill_in(
        request, form, lambda given: actions.agree_effort(by=request.user, result=result, **given),
        "rounds/fill_in.html", frame(round, _("Voeg een afspraak toe"), _("Spreek dit af"), result.title),
        to=lambda effort: f"{plan_url(round)}#resultaat-{result.pk}", done=_("De afspraak staat in het plan."),
    )  # fmt: skip


@form_page
@login_required
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say how an effort stands."""
    round = enter_plan(request, slug)
    effort = get_object_or_404(Effort.objects.visible_to(request.user), pk=pk, result__round=round)
    require_speaks_for(request.user, effort.organisation, round)
    first = {name: getattr(effort, name) for name in forms.ReportForm.base_fields}
    return fill_in(
        request, forms.ReportForm(posted(request), initial=first),
        lambda given: actions.report_effort(by=request.user, effort=effort, **given),
        "rounds/fill_in.html", frame(round, _("Hoe staat het ermee?"), _("Bewaar de stand"), effort.what),
        to=lambda effort: f"{plan_url(round)}#resultaat-{effort.result_id}", done=_("De stand is bijgewerkt."),
    )  # fmt: skip
