"""The page that says which of the homes to come to ask for: two maps, what changes, and what to ask whom."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import home_requests as asking_queries
from buurtbalans.method.placements.views.batch import Draw, banded, find_placing


@read_only
@login_required
def asking(request: HttpRequest, pk: int, draw: Draw) -> HttpResponse:
    """Show what to ask for beside taking what comes; without homes to come, or with too many, why not."""
    batch = find_placing(request, pk)
    advice = batch.advices.first()
    large = asking_queries.too_large(batch)
    told = None if large else asking_queries.to_ask(batch, advice)
    context: dict[str, Any] = {"batch": batch, "told": told, "large": large}
    if told is not None:
        made = advice_queries.advised(batch, advice)
        taken, asked = _("Zonder keuze vooraf"), _("Met deze aanvraag")
        context |= {
            "bands": [(taken, banded(made, told.taken)), (asked, banded(made, told.asked))],
            "legend": sorted({*told.taken.values(), *told.asked.values()}, key=lambda one: one[0] or 9),
            "before": draw(request, told.taken, {}, title=taken, identity="komt"),
            "after": draw(request, told.asked, told.counted, title=asked, identity="vraagt"),
        }
    return render(request, "placements/asking.html", context)
