"""Pages of the large map: the map itself with its list, the data of it, and what is known of one mark."""

import re
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.rules import allowed
from buurtbalans.method.rounds.views.round import enter, trail
from buurtbalans.method.stories.models import DayPart
from buurtbalans.site.largemap import mark_list
from buurtbalans.site.largemap.browser_data import as_data
from buurtbalans.site.largemap.draw import draw
from buurtbalans.site.largemap.large_map import LargeMap, read_large_map
from buurtbalans.site.largemap.layers import kinds, layers
from buurtbalans.site.largemap.print_poster import map_poster
from buurtbalans.site.largemap.query import MapLayer, MapQuery
from buurtbalans.site.largemap.selection import AreaDetails, MarkDetails, StackDetails, selection
from buurtbalans.site.papers.pdf import as_pdf
from buurtbalans.site.papers.poster import SHEETS

private = cache_control(private=True, no_store=True)
SHARED: Final = "eigen=nee"  # in the address of a print without what is for one's own organisation alone
ONE: Final = re.compile(r"(verhaal|gevoel|werk|voorziening|inzet)-[0-9]{1,18}")  # the key of a mark, and of no stack


def _requested_map(request: HttpRequest, round: Round, key: str = "") -> LargeMap | None:
    asked = MapQuery.read(round.slug, request.GET)
    only = key if ONE.fullmatch(key) else ""
    return read_large_map(round, request.user, asked.picking(key) if key else asked, only)


@require_safe
@private
@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the large map: layers and classes, what is chosen, the kinds of marks, and the same as a list."""
    round = enter(request, slug)
    whole = _requested_map(request, round)
    if whole is None:
        return render(request, "site/largemap/no_map.html", {"round": round, "crumbs": trail(round)})
    may = allowed(request.user, round)
    asked, here = whole.asked, selection(whole, request.user, may[Permission.CLAIM])
    context = {
        "round": round,
        "asked": asked,
        "whole": whole,
        "drawing": draw(whole),
        "layers": layers(whole, may),
        "figures": whole.figures,
        "shown": whole.figures.shown if asked.shows(MapLayer.FIGURES) else None,
        "kinds": kinds(whole),
        "chosen": here,
        "chosen_part": template_of(here),
        "may": may,
        "day": asked.to(part=DayPart.DAY),
        "evening": asked.to(part=DayPart.EVENING),
        "bare": asked.to(pick="", area=""),
        "hall": asked.to(hall=True),
        "leave": asked.to(hall=False),
        "groups": [] if asked.hall else mark_list.mark_groups(whole),
        "signs": mark_list.signs(),
        "papers": papers(whole),
        "areas": [] if asked.hall else mark_list.areas(whole),
        "kept": hidden_fields(asked),
    }
    return render(request, "site/largemap/map.html", context)


def papers(whole: LargeMap) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each size of paper with its address: what is printed is what is chosen.

    Where something is for one's own organisation alone there is also a print without it, that more people may see.
    """
    address = whole.asked.to("large_map:paper")
    first = f"{address}{'&' if '?' in address else '?'}"
    sizes = [(sheet.name, f"{first}maat={size}") for size, sheet in SHEETS.items()]
    if not any(mark.home for mark in whole.listed):
        return [("", sizes)]
    shared = [(name, f"{url}&{SHARED}") for name, url in sizes]
    return [("", sizes), (_("Zonder gegevens die alleen mijn organisatie ziet"), shared)]


def template_of(here: MarkDetails | StackDetails | AreaDetails | None) -> str:
    """Return the template of what is chosen."""
    parts = {MarkDetails: "mark", StackDetails: "stack", AreaDetails: "area"}
    return f"site/largemap/{parts[type(here)]}.html" if here is not None else ""


def hidden_fields(asked: MapQuery) -> list[tuple[str, str]]:
    """Return what a form with the figures has to send along, so that all else stays as it is."""
    return [(name, value) for name, value in asked.parts.items() if name != "cijfer"]


@require_safe
@private
@login_required
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer what the map shows, as GeoJSON."""
    whole = _requested_map(request, enter(request, slug))
    if whole is None:
        raise Http404("geen kaart")
    return JsonResponse(as_data(whole))


@require_safe
@private
@login_required
def mark(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer what is known of one mark, of a stack, or of an area, as a part of a page."""
    round = enter(request, slug)
    whole = _requested_map(request, round, key)
    here = selection(whole, request.user, allowed(request.user, round)[Permission.CLAIM]) if whole else None
    if whole is None or here is None:
        raise Http404("dit staat niet op de kaart")
    context = {"chosen": here, "bare": whole.asked.to(pick="", area=""), "asked": whole.asked, "whole": whole}
    return render(request, template_of(here), context | {"shown": whole.figures.shown})


@require_safe
@private
@login_required
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Save what the map shows as PDF, at a size of paper that the address names; without one at A4."""
    round = enter(request, slug)
    whole = _requested_map(request, round)
    size = request.GET.get("maat", "a4")
    if whole is None or size not in SHEETS:
        raise Http404("geen kaart, of geen maat van papier")
    if request.GET.get("eigen") == "nee":
        whole = whole.shared
    answer = HttpResponse(as_pdf(map_poster(whole, SHEETS[size])), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="grote-kaart-{round.slug}-{size}.pdf"'
    return answer
