"""The page that says where the advice pinches: what was not met, where a place is worth most, and for whom."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import bottlenecks as pinch_queries
from buurtbalans.method.placements.queries import what_if
from buurtbalans.method.placements.views.batch import find_placing


@read_only
@login_required
def pinch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what holds the advice back, and what one place or one household more would be worth."""
    batch = find_placing(request, pk)
    advice = batch.advices.first()
    told = pinch_queries.pinching(advice_queries.advised(batch, advice), every=bool(request.GET.get("alle")))
    context = {"batch": batch, "told": told, "may_ask": what_if.may_ask(batch, advice)}
    return render(request, "placements/pinch.html", context)
