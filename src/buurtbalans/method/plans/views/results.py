"""Pages of results and of conditions for placing: agree, edit, withdraw and restore."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.pages import form_page, handle_form, posted
from buurtbalans.method.plans.actions import conditions, results
from buurtbalans.method.plans.forms import results as results_forms
from buurtbalans.method.plans.models import Condition, Result
from buurtbalans.method.plans.queries import plan
from buurtbalans.method.plans.views.plan import (
    area_choices,
    claim_choices,
    enter_plan,
    finder_of,
    form_context,
    plan_button,
)
from buurtbalans.method.rounds.queries import evidence


def result_url(result: Result) -> str:
    """Return the address of a result in the plan."""
    return f"{plan.plan_url(result.round)}#resultaat-{result.pk}"


def condition_url(condition: Condition) -> str:
    """Return the address of the conditions in the plan."""
    return f"{plan.plan_url(condition.round)}#voorwaarden"


@form_page
@login_required
def new_result(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree a result: its figure, its baseline and target, and how it will be evaluated."""
    round = enter_plan(request, slug)
    _years, year = evidence.years_of(round, "")
    figures = [
        (name, [figure for figure in group if figure["value"] is not None])
        for name, group in evidence.figure_choices(round, year)
    ]
    claims = claim_choices(request, round)
    form = results_forms.ResultForm(
        posted(request),
        figures=plan.evidence_figures_first(figures, claims, request.user),
        claims=claims,
        organisations=plan.eligible_organisations(round),
    )

    def write(values: dict[str, Any]) -> Result:
        baseline = evidence.freeze(round, values.pop("figure"))
        return results.agree_result(by=request.user, round=round, baseline=baseline, **values)

    return handle_form(
        request,
        form,
        write,
        "rounds/fill_in.html",
        form_context(round, _("Doel toevoegen"), _("Toevoegen")),
        to=result_url,
        done=_("Het doel is toegevoegd en staat in het plan."),
        undo=lambda saved: reverse("plans:withdraw_result", args=[slug, saved.pk]),
    )


@form_page
@login_required
def edit_result(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Edit the words, the target or the evaluation plan of a result."""
    round = enter_plan(request, slug)
    result = get_object_or_404(Result.objects.visible_to(request.user).active(), pk=pk, round=round)
    initial = {name: getattr(result, name) for name in results_forms.EditResultForm.base_fields}
    form = results_forms.EditResultForm(
        posted(request), initial=initial, organisations=plan.eligible_organisations(round)
    )
    return handle_form(
        request,
        form,
        lambda values: results.edit_result(by=request.user, result=result, **values),
        "rounds/fill_in.html",
        form_context(round, _("Doel aanpassen"), _("Opslaan"), text=result),
        to=result_url,
        done=_("De wijzigingen in het doel zijn opgeslagen."),
    )


@form_page
@login_required
def new_condition(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree a condition for placing or support."""
    round = enter_plan(request, slug)
    form = results_forms.ConditionForm(posted(request), claims=claim_choices(request, round), areas=area_choices(round))
    return handle_form(
        request,
        form,
        lambda values: conditions.set_condition(by=request.user, round=round, **values),
        "rounds/fill_in.html",
        form_context(round, _("Voorwaarde toevoegen voor plaatsen of begeleiden"), _("Toevoegen")),
        to=condition_url,
        done=_("De voorwaarde is toegevoegd en staat in het plan."),
        undo=lambda saved: reverse("plans:withdraw_condition", args=[slug, saved.pk]),
    )


@form_page
@login_required
def edit_condition(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Edit a condition."""
    round = enter_plan(request, slug)
    condition = get_object_or_404(Condition.objects.visible_to(request.user).active(), pk=pk, round=round)
    initial = {name: getattr(condition, name) for name in results_forms.EditConditionForm.base_fields}
    return handle_form(
        request,
        results_forms.EditConditionForm(posted(request), initial=initial, areas=area_choices(round)),
        lambda values: conditions.edit_condition(by=request.user, condition=condition, **values),
        "rounds/fill_in.html",
        form_context(round, _("Voorwaarde aanpassen"), _("Opslaan"), text=condition),
        to=condition_url,
        done=_("De wijzigingen in de voorwaarde zijn opgeslagen."),
    )


withdraw_result = plan_button(
    results.withdraw_result,
    "result",
    find=finder_of(Result),
    to=lambda result: plan.plan_url(result.round),
    done=gettext_lazy("Het doel is verwijderd, samen met de acties die erbij horen."),
    undo="plans:restore_result",
)
restore_result = plan_button(
    results.restore_result,
    "result",
    find=finder_of(Result),
    to=result_url,
    done=gettext_lazy("Het doel is hersteld, samen met de acties die erbij horen."),
)
withdraw_condition = plan_button(
    conditions.withdraw_condition,
    "condition",
    find=finder_of(Condition),
    to=condition_url,
    done=gettext_lazy("De voorwaarde is verwijderd uit het plan."),
    undo="plans:restore_condition",
)
restore_condition = plan_button(
    conditions.restore_condition,
    "condition",
    find=finder_of(Condition),
    to=condition_url,
    done=gettext_lazy("De voorwaarde is hersteld en staat weer in het plan."),
)
