"""The page that says which headroom a batch counts with and who agreed it, and lets it count with a newer one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.placements.actions import room as room_actions
from buurtbalans.method.placements.queries import case
from buurtbalans.method.placements.queries import renewal as renewal_queries
from buurtbalans.method.placements.queries import room as room_queries
from buurtbalans.method.placements.views.batch import find_placing
from buurtbalans.method.placements.views.decide import told


@read_only
@login_required
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Show per area the headroom that counts, where it comes from, what changed since, and what support falls short."""
    batch = find_placing(request, pk)
    rooms = room_queries.rooms_of(batch, case.case_of(batch.files), request.user)
    agreed = [room for room in rooms if room.source or room.now is not None or room.short]
    context = {
        "batch": batch,
        "rooms": agreed,
        "listed": [room for room in rooms if room not in agreed],
        "agreed": sum(bool(room.source) for room in rooms),
        "may_renew": not batch.closed_at,
        "renewed": [room.area for room in rooms if room.now is not None],
        "renewals": renewal_queries.renewals_of(batch),
    }
    return render(request, "placements/rooms.html", context)


@require_POST
@login_required
def renew_room(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a list count with what was agreed since, and say for whom the proposal changed."""
    batch = find_placing(request, pk)
    before = batch.advices.first()
    try:
        renewal = room_actions.renew_room(by=request.user, batch=batch)
        words = _("De plaatsingsronde gebruikt nu de nieuwe plaatsingsruimte.")
        back = reverse("placements:restore_room", args=[pk, renewal.pk])
        messages.success(request, told(words, batch, before), extra_tags=back)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("placements:room", pk)


@require_POST
@login_required
def restore_room(request: HttpRequest, pk: int, renewal: int) -> HttpResponse:
    """Let a list count again with the room that it had before a renewal."""
    batch = find_placing(request, pk)
    renewed, before = get_object_or_404(batch.renewals, pk=renewal), batch.advices.first()
    try:
        room_actions.restore_room(by=request.user, renewal=renewed)
        messages.success(
            request, told(_("De plaatsingsronde gebruikt weer de eerdere plaatsingsruimte."), batch, before)
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect("placements:room", pk)
