"""The page where who places asks what would change if an area could carry more or fewer households."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from buurtbalans.method.base.pages import read_only
from buurtbalans.method.capacities.queries import where_to_propose
from buurtbalans.method.placements.queries import case
from buurtbalans.method.placements.queries import what_if as what_if_queries
from buurtbalans.method.placements.views.batch import find_placing

FIRST = 3  # households more, before anybody chose


@read_only
@login_required
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who would get another proposal; nothing changes until people agree the room in a round."""
    batch = find_placing(request, pk)
    advice = batch.advices.first()
    may_ask = what_if_queries.may_ask(batch, advice)
    areas = what_if_queries.roomy(case.case_of(batch.files))
    area, more = request.GET.get("gebied", ""), request.GET.get("meer", "")
    if (area and area not in dict(areas)) or (more and more not in map(str, what_if_queries.MORE)):
        raise Http404
    number = int(more or FIRST)
    told = what_if_queries.if_room(batch, advice, area, number) if area and may_ask else None
    context = {
        "batch": batch,
        "areas": areas,
        "numbers": [(one, abs(one)) for one in what_if_queries.MORE],
        "area": area,
        "more": number,
        "may_ask": may_ask,
        "told": told,
        "rounds": where_to_propose(request.user, area) if told else [],
    }
    return render(request, "placements/what_if.html", context)
