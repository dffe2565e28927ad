"""The page that says which headroom a batch counts with, and who agreed it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buurtbalans.method.stories.views import page

from .. import queries
from .batch import find_placing


@page
@login_required
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Show per area the headroom that counts, where it comes from, what changed since, and what support falls short."""
    found = find_placing(request, pk)
    rooms = queries.rooms_of(found, queries.case_of(found.files), request.user)
    context = {"batch": found, "rooms": rooms, "agreed": sum(bool(one.source) for one in rooms)}
    return render(request, "placements/rooms.html", context)
