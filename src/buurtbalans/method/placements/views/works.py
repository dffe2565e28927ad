"""The page that waits for long work: what is worked out, how far it is, and a start anew where it stopped."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from buurtbalans.method.base.pages import form_page
from buurtbalans.method.placements.actions import advice as advice_actions
from buurtbalans.method.placements.models import PlacingBatch, PlacingWork, WorkKind
from buurtbalans.method.placements.queries import batches, work_answers
from buurtbalans.method.placements.queries import case as case_queries
from buurtbalans.method.placements.views.batch import find, find_placing
from buurtbalans.method.placements.views.waiting import waiting


def once_advised(show: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Return a page about an advice that leads to the list until its first advice is there."""

    @wraps(show)
    def led(request: HttpRequest, pk: int, **given: Any) -> HttpResponse:
        if request.user.is_authenticated and not find(request, pk).advices.exists():
            return redirect("placements:batch", pk)
        return show(request, pk=pk, **given)

    return led


@form_page
@login_required
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far work on a list is, and lead on when it is done; who places asks for it here, or starts it anew."""
    batch = find_placing(request, pk)
    if request.method == "POST":
        return _asked(request, batch)
    if work_answers.open_work(batch) is not None:
        return waiting(request, batch, may=True)
    done = batch.works.exclude(done_at=None).order_by("done_at").last()
    return _led(request, batch, done) if done is not None else redirect("placements:batch", pk)


def _asked(request: HttpRequest, batch: PlacingBatch) -> HttpResponse:
    """Ask for what a button asks, or start anew what stopped."""
    work = work_answers.open_work(batch)
    try:
        if request.POST.get("anew") and work is not None:
            advice_actions.start_again(by=request.user, work=work)
        else:
            asked = _question(request, batch)
            advice_actions.ask_work(by=request.user, batch=batch, kind=request.POST["kind"], asked=asked)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("placements:work", batch.pk)


def _question(request: HttpRequest, batch: PlacingBatch) -> dict[str, Any]:
    """Return the arguments of the work on the last advice that a button asks for, or answer 404."""
    kind, advice = request.POST.get("kind", ""), batch.advices.first()
    if advice is None or kind not in (WorkKind.PLANS, WorkKind.AGAIN, WorkKind.WHY):
        raise Http404
    if kind == WorkKind.PLANS:
        return {}
    if kind == WorkKind.AGAIN:
        return {"advice": advice.number}
    return {"advice": advice.number, **_why_question(request, batch)}


def _why_question(request: HttpRequest, batch: PlacingBatch) -> dict[str, Any]:
    """Return the decision that waits for a second person, or the household and home, that a button asks about."""
    if decision := request.POST.get("decision", ""):
        waits = {str(waiting.pk): waiting.pk for waiting in batches.pending(batches.decisions_of(batch))}
        if decision not in waits:
            raise Http404
        return {"decision": waits[decision]}
    case = case_queries.case_of(batch.files)
    household, home = (request.POST.get(name, "") for name in ("household", "home"))
    if household not in case.households.ids or home not in case.homes.ids:
        raise Http404
    return {"household": household, "home": home}


def _led(request: HttpRequest, batch: PlacingBatch, done: PlacingWork) -> HttpResponse:
    """Lead to what was worked out."""
    if done.kind == WorkKind.PLANS:
        return redirect("placements:compare", batch.pk)
    if done.kind == WorkKind.AGAIN:
        return redirect("placements:replay", batch.pk)
    if done.kind == WorkKind.WHY and "decision" in done.asked:
        return redirect("placements:review", batch.pk, done.asked["decision"])
    page = reverse("placements:batch", args=[batch.pk])
    if done.kind == WorkKind.WHY:
        return redirect(f"{page}?huishouden={done.asked['household']}&waarom={done.asked['home']}#voorstel")
    first = _("De plaatsingsronde is ingelezen en dit is het eerste advies.")
    messages.success(
        request, _("Het nieuwe advies is klaar en u ziet het hieronder.") if batch.advices.count() > 1 else first
    )
    return redirect(page)
