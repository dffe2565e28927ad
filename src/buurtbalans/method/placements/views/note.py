"""The page that tells on one sheet how the advice comes about: for everybody who sees something of a batch."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.placements.queries import case
from buurtbalans.method.placements.queries import method_note as note_queries
from buurtbalans.method.placements.views.batch import find


@read_only
@login_required
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the method in words, with the numbers of this batch; nothing of a household stands in it."""
    batch = find(request, pk)
    return render(
        request, "placements/note.html", {"batch": batch, "told": note_queries.note(case.case_of(batch.files))}
    )
