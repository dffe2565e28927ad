"""Pages where a list of the placing ends: it is closed, opened again, or taken away because it was a mistake."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import form_page, handle_form, posted
from buurtbalans.method.placements.actions import batches
from buurtbalans.method.placements.forms import CloseForm, RemoveForm
from buurtbalans.method.placements.models import PlacingBatch
from buurtbalans.method.placements.queries import batches as batches_queries
from buurtbalans.method.placements.views.batch import find_placing


@form_page
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a batch, so that its term begins; with proposals about which nobody decided it asks first."""
    batch = find_placing(request, pk)
    left = 0 if batch.closed_at else len(batches_queries.undecided(batch))
    if request.method == "POST" and str(left) == request.POST.get("left", "0"):
        return _closed(request, batch)
    if request.method == "POST":
        return redirect("placements:close", pk)
    intro = ngettext(
        "Over 1 huishouden met een voorstel is nog geen besluit genomen.",
        "Over %(left)s huishoudens met een voorstel is nog geen besluit genomen.",
        left,
    )
    context = {
        "form": CloseForm(initial={"left": left}),
        "title": _("Plaatsingsronde afronden?"),
        "intro": intro % {"left": left}
        + " "
        + _("Daarna kan niemand meer beslissen, tenzij u de plaatsingsronde heropent."),
        "button": _("Plaatsingsronde afronden"),
        "crumbs": _crumbs(batch),
    }
    return render(request, "rounds/fill_in.html", context)


def _closed(request: HttpRequest, batch: PlacingBatch) -> HttpResponse:
    try:
        closed = batches.close(by=request.user, batch=batch)
        words = _("De plaatsingsronde is afgerond. Op %(day)s wissen wij alle gegevens over huishoudens.")
        words %= {"day": date_format(closed.erased_on, "j F Y")}
        messages.success(request, words, extra_tags=reverse("placements:reopen", args=[batch.pk]))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("placements:batch", batch.pk)


@require_POST
@login_required
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a batch again that was closed."""
    try:
        batches.reopen(by=request.user, batch=find_placing(request, pk))
        messages.success(
            request,
            _("De plaatsingsronde is heropend, dus u kunt weer beslissen."),
            extra_tags=reverse("placements:close", args=[pk]),
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("placements:batch", pk)


@form_page
@login_required
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a list that was read in by mistake, with a reason; with decisions in it only when that is confirmed."""
    batch = find_placing(request, pk)
    decided = batch.decisions.count()
    intro = ngettext(
        "In deze plaatsingsronde is 1 besluit genomen. Dat besluit wordt ook gewist.",
        "In deze plaatsingsronde zijn %(decided)s besluiten genomen. Die besluiten worden ook gewist.",
        decided,
    )
    intro = intro % {"decided": decided} if decided else _("In deze plaatsingsronde zijn nog geen besluiten genomen.")
    context = {
        "title": _("Plaatsingsronde verwijderen"),
        "button": _("Verwijderen"),
        "crumbs": _crumbs(batch),
        "intro": intro
        + " "
        + _("Wij wissen meteen alle gegevens over huishoudens en woningen. U kunt dat niet ongedaan maken."),
    }

    def write(given: dict[str, Any]) -> PlacingBatch:
        seen = given["decided"]
        return batches.remove_batch(by=request.user, batch=batch, reason=given["reason"], decided=seen)

    return handle_form(
        request,
        RemoveForm(posted(request), initial={"decided": decided}, sure=bool(decided)),
        write,
        "rounds/fill_in.html",
        context,
        to=lambda removed: reverse("placements:list"),
        done=_("De plaatsingsronde is verwijderd. In het logboek blijft staan dat de plaatsingsronde heeft bestaan."),
    )


def _crumbs(batch: PlacingBatch) -> list[tuple[str, str]]:
    return [
        (_("Plaatsen"), reverse("placements:list")),
        (batch.title, reverse("placements:batch", args=[batch.pk])),
    ]
