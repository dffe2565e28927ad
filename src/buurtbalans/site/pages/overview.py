"""The start overview of a neighbourhood: what exists, from whom, how recent, how fine, and what is missing and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.observation import Absence
from buurtbalans.method.base.panels import Panel
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may_anywhere
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.method.rounds.models import Round
from buurtbalans.site.pages.city_release import CityRelease, requested_city_release, years_with_a_map
from buurtbalans.site.pages.data_coverage import DataCoverage, YearCoverage, data_coverage
from buurtbalans.site.pages.partner_figures import PartnerDelivery, PartnerYear, partner_figures_about
from buurtbalans.site.pages.sources import elsewhere

YEARS: Final = 5  # columns that fit on a phone and on paper


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """One row of the picture: what it is about, from whom, and each year; `cells` holds None where nothing is said.

    A line of a partner has the key of its delivery and the day it was sent.
    """

    title: str
    source: str
    name: str
    publisher: str
    kinds: int
    finest: str
    cells: tuple[YearCoverage | None, ...]
    pk: int | None = None
    on: date | None = None


def lines(known_cells: DataCoverage, sent: Sequence[PartnerDelivery]) -> tuple[list[int], int, list[OverviewLine]]:
    """Return the years of the picture, how many years before them there are, and its rows: figures, then partners'."""
    every = sorted({*known_cells.years, *(year for each in sent for year in each.years)})
    years = every[-YEARS:]
    rows = [
        OverviewLine(
            row.theme,
            row.source,
            row.name,
            row.publisher,
            row.kinds,
            row.finest.value if row.finest else "",
            tuple(row.cells.get(year) for year in years),
        )
        for row in known_cells.rows
    ]
    rows += [
        OverviewLine(
            name,
            "",
            each.title,
            each.supplier,
            1,
            AreaLevel.BUURT.value,
            tuple(_of_partner(year, count.get(year)) for year in years),
            each.pk,
            each.on,
        )
        for each in sent
        for name, count in each.counts.items()
    ]
    return years, len(every) - len(years), rows


def _of_partner(year: int, told: PartnerYear | None) -> YearCoverage | None:
    if told is None:
        return None
    return YearCoverage(year, told.values, told.areas, tuple(sorted(told.absences.items(), key=lambda pair: -pair[1])))


@require_safe
def area_overview(request: HttpRequest, division: int, code: str) -> HttpResponse:
    """Show what is known of one area."""
    here = requested_city_release(request, division, within=code)
    if here is None:
        return render(request, "site/no_figures.html")
    if code not in here.division or here.division[code].level is AreaLevel.LAND:
        raise Http404("deze buurt is er niet in dit jaar")
    return _page(request, here, here.division[code].name, (code,), reverse("area", args=[here.year, code]))


@require_safe
def neighbourhood_overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is known of a working area: several buurten taken together."""
    place = get_object_or_404(Neighbourhood.objects.prefetch_related("parts"), slug=slug)
    here = requested_city_release(request, place.division, within=place.municipality)
    if here is None:
        return render(request, "site/no_figures.html")
    return _page(request, here, place.name, codes_of(place), reverse("neighbourhood", args=[slug]), together=True)


def codes_of(place: Neighbourhood) -> tuple[str, ...]:
    """Return the areas of a working area in the order that its own page uses."""
    return tuple(sorted(part.code for part in place.parts.all()))


def _page(
    request: HttpRequest, here: CityRelease, name: str, codes: Sequence[str], link: str, *, together: bool = False
) -> HttpResponse:
    known_cells, sent = data_coverage(here, tuple(codes), together), partner_figures_about(request.user, codes)
    years, earlier, rows = lines(known_cells, sent)
    shown = [cell for row in rows for cell in row.cells if cell]
    context: dict[str, Any] = {
        "here": here,
        "name": name,
        "link": link,
        "known": known_cells,
        "sent": sent,
        "years": years,
        "earlier": earlier,
        "rows": rows,
        "reasons": [reason for reason in Absence if any(cell.why is reason for cell in shown)],
        "areas": len(codes),
        "elsewhere": elsewhere(here.release),
        "code": codes[0],
        "may_draw": may_anywhere(request.user, Permission.START_ROUND),
    }
    return render(request, "site/overview.html", context)


def start_overview(request: HttpRequest, round: Round) -> Panel | None:
    """Return in a few words what is known of the neighbourhood of a round, and the way to the whole overview."""
    place = round.neighbourhood
    here = requested_city_release(request, within=place.municipality)
    if here is None or place.division not in years_with_a_map(here.release):
        return None
    here = requested_city_release(request, place.division, within=place.municipality)
    if here is None:
        return None
    known_cells = data_coverage(here, codes_of(place), together=True)
    sent = partner_figures_about(request.user, codes_of(place))
    return Panel("site/overview_panel.html", {"place": place, "known": known_cells, "sent": sent})
