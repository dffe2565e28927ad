"""Pages that lay other plans beside the advice, and where people choose the one that it follows."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.base.pages import form_page, handle_form, posted, read_only
from buurtbalans.method.placements.actions import advice as advice_actions
from buurtbalans.method.placements.forms import PlanForm
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import long_work
from buurtbalans.method.placements.queries import plans as plans_queries
from buurtbalans.method.placements.views.batch import find_placing


@read_only
@login_required
def plans(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the plans beside each other: what each gives people and areas, and how many proposals become others."""
    batch = find_placing(request, pk)
    advice = batch.advices.first()
    made = advice_queries.advised(batch, advice)
    context = {
        "batch": batch,
        "advice": advice,
        "may_choose": not batch.closed_at,
        "households": batch.households,
        "chosen": plans_queries.chosen_plan(batch),
        "progress": long_work.progress(batch),
        "plans": plans_queries.compared(made, advice_queries.plans_of(batch, advice)),
    }
    return render(request, "placements/plans.html", context)


@form_page
@login_required
def choose_plan(request: HttpRequest, pk: int, plan: str) -> HttpResponse:
    """Choose the plan that the advice follows, with the reason."""
    batch = find_placing(request, pk)
    if plan not in plans_queries.PLANS:
        raise Http404
    title, words = plans_queries.PLANS[plan]

    def write(given: dict[str, Any]) -> Any:
        return advice_actions.choose_plan(by=request.user, batch=batch, plan=plan, reason=given["reason"])

    context = {
        "title": _("Variant gebruiken: %(title)s") % {"title": title},
        "intro": words,
        "button": _("Variant gebruiken"),
        "crumbs": [
            (_("Plaatsen"), reverse("placements:list")),
            (batch.title, reverse("placements:batch", args=[pk])),
            (_("Varianten"), reverse("placements:compare", args=[pk])),
        ],
    }
    return handle_form(
        request,
        PlanForm(posted(request)),
        write,
        "rounds/fill_in.html",
        context,
        to=lambda made: reverse("placements:batch", args=[pk]),
        done=lambda made: _("Het advies volgt nu deze variant. De besluiten die u al hebt genomen, blijven staan."),
    )
