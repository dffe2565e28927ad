"""The page that tells on one sheet how the advice comes about: for everybody who sees something of a batch."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buurtbalans.method.stories.views import page

from .. import queries
from .batch import find


@page
@login_required
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the method in words, with the numbers of this batch; nothing of a household stands in it."""
    found = find(request, pk)
    return render(request, "placements/note.html", {"batch": found, "told": queries.note(queries.case_of(found.files))})
