"""The page of this week with what is to come: what to give now, what to keep, who had better wait; and following it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.placements.actions import week as week_actions
from buurtbalans.method.placements.models import BEST, PlacingBatch, PlacingChoice
from buurtbalans.method.placements.queries import batches, case, plans
from buurtbalans.method.placements.queries import changed_proposals as changed_queries
from buurtbalans.method.placements.queries import week as week_queries
from buurtbalans.method.placements.views.batch import find_placing, gap_words


@read_only
@login_required
def week(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what to give now and what to keep; of a list that does not say what is to come, what to add."""
    batch = find_placing(request, pk)
    advice = batch.advices.first()
    ahead = case.looks_ahead(batch.files)
    large = week_queries.long_week(batch) if ahead else ()
    told = week_queries.this_week(batch, advice) if ahead and not large else None
    followed = batches.still_followed(batch)
    context: dict[str, Any] = {
        "batch": batch,
        "told": told,
        "large": large,
        "lacking": case.lacking(batch.files),
        "followed": followed[0] if followed else None,
        "may_follow": not batch.closed_at,
        "plan_title": plans.PLANS[advice.plan][0] if advice.plan != BEST else "",
        "gap": gap_words(told.gap) if told and told.gap > 0 else "",
    }
    return render(request, "placements/week.html", context)


@require_POST
@login_required
def follow_week(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock the proposals that this week's plan confirms and hold those that had better wait; it can be undone."""
    batch = find_placing(request, pk)
    before = batch.advices.first()
    try:
        made = week_actions.follow_week(by=request.user, batch=batch, seen=request.POST.get("seen", ""))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("placements:week", pk)
    undo = reverse("placements:reconsider_week", args=[pk, made.pk])
    parts = [
        _("U hebt het advies voor deze week overgenomen."),
        _followed(batch),
        changed_queries.changed(batch, before),
    ]
    words = " ".join(str(part) for part in parts).strip()
    messages.success(request, words, extra_tags=undo)
    return redirect("placements:batch", pk)


def _followed(batch: PlacingBatch) -> str:
    """Return what was decided in the last step, in words."""
    made = batches.still_followed(batch)
    locked = sum(one.choice == PlacingChoice.LOCK for one in made)
    held = len(made) - locked
    said = [
        ngettext("%(number)s voorstel is vastgezet.", "%(number)s voorstellen zijn vastgezet.", locked)
        % {"number": locked},
        ngettext("%(number)s huishouden staat in de wacht.", "%(number)s huishoudens staan in de wacht.", held)
        % {"number": held},
    ]
    return " ".join(words for words, many in zip(said, (locked, held), strict=True) if many)


@require_POST
@login_required
def reconsider_week(request: HttpRequest, pk: int, decision: int) -> HttpResponse:
    """Take back all that was decided in one step with a week."""
    batch = find_placing(request, pk)
    first, before = get_object_or_404(batch.decisions, pk=decision), batch.advices.first()
    try:
        back = week_actions.reconsider_week(by=request.user, decision=first)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        gone = ngettext(
            "%(number)s besluit is ongedaan gemaakt.", "%(number)s besluiten zijn ongedaan gemaakt.", len(back)
        )
        changed = changed_queries.changed(batch, before)
        messages.success(request, f"{gone % {'number': len(back)}} {changed}".strip())
    return redirect("placements:week", pk)
