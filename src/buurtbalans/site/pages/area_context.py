"""What a page of an area or of a working area is about: where it lies, its figures, its addresses, the way to it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.site.pages.area_figures import AreaFigures, of_area, of_areas
from buurtbalans.site.pages.city_release import CityRelease, requested_city_release


@dataclass(frozen=True, slots=True)
class AreaContext:
    """An area with the year of its borders, or a working area; `name` and `args` make the addresses of its pages."""

    here: CityRelease
    subject: AreaFigures
    page: str
    args: tuple[int | str, ...]
    neighbourhood: Neighbourhood | None = None

    def address(self, part: str = "") -> str:
        """Return the address of this place, or of a page below it."""
        return reverse(f"{self.page}_{part}" if part else self.page, args=self.args)


def area_place(request: HttpRequest, division: int, code: str) -> AreaContext:
    """Return the area of an address, or a page that does not exist."""
    here = _require_figures(requested_city_release(request, division, within=code))
    if code not in here.division or here.division[code].level is AreaLevel.LAND:
        raise Http404("deze buurt is er niet in dit jaar")
    return AreaContext(here, of_area(here, code), "area", (division, code))


def neighbourhood_place(request: HttpRequest, slug: str) -> AreaContext:
    """Return the working area of an address, or a page that does not exist."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    here = _require_figures(requested_city_release(request, neighbourhood.division, within=neighbourhood.municipality))
    codes = tuple(sorted(part.code for part in neighbourhood.parts.all()))
    return AreaContext(here, of_areas(here, neighbourhood.name, codes), "neighbourhood", (slug,), neighbourhood)


def _require_figures(here: CityRelease | None) -> CityRelease:
    if here is None:
        raise Http404("nog geen cijfers")
    return here
