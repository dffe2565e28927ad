"""The page that shows how far long work is: for the list that has no advice yet, and for what somebody asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from buurtbalans.method.placements.models import PlacingBatch
from buurtbalans.method.placements.queries import long_work

AGAIN = "3"  # seconds after which a page that waits is asked anew


def waiting(request: HttpRequest, batch: PlacingBatch, *, may: bool) -> HttpResponse:
    """Show how far work is, on a page that asks itself anew until it is done; without JavaScript too.

    Who `may` ask for work comes to the page that leads on when it is done; who only reads stays here.
    """
    progress, first = long_work.progress(batch), not batch.advices.exists()
    context = {"batch": batch, "progress": progress, "first": first, "may": may}
    answer = render(request, "placements/working.html", context)
    if progress is not None and not progress["stopped"]:
        answer["Refresh"] = f"{AGAIN}; url={reverse('placements:work', args=[batch.pk])}" if may else AGAIN
    return answer
