"""What a page of figures is about: which release, whose map, which municipality."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.queries import releases
from buurtbalans.site.map.layers import Layers
from buurtbalans.site.map.topography import layers_of


@dataclass(frozen=True, slots=True)
class CityRelease:
    """A release seen from one municipality; `year` is the division year of the figures, `division` its map."""

    release: Release
    year: int
    division: Division
    municipality: Area

    def areas(self, level: AreaLevel) -> list[Area]:
        """Return the areas of a level in the municipality that have a border."""
        return [a for a in self.division.of_level(level, self.municipality.code) if a.geometry is not None]

    @property
    def levels(self) -> list[AreaLevel]:
        """Return the levels that have figures and can be drawn, the finest first."""
        counted = [
            level for level in (AreaLevel.BUURT, AreaLevel.WIJK, AreaLevel.STADSDEEL) if self._has_figures(level)
        ]
        return [level for level in counted if len(self.areas(level)) > 1]

    def _has_figures(self, level: AreaLevel) -> bool:
        return bool(self.release.manifest.regions.get(level.value))

    @property
    def layers(self) -> Layers | None:
        """Return water, parks and railway, where the topography of the municipality is known."""
        return layers_of(self.municipality.code)


def years_with_a_map(release: Release) -> list[int]:
    """Return the years of figures for which the release has a map, the oldest first."""
    return sorted(release.manifest.maps)


def requested_city_release(request: HttpRequest, year: int | None = None, within: str = "") -> CityRelease | None:
    """Return the scene of a request, or None when no release with a map is published yet.

    The municipality is that of the area `within`, else the one asked for (`?gemeente=`), else the site's own, else the
    one with the most buurten on the map. An unknown year is a page that does not exist.
    """
    release = releases.current_release()
    years = years_with_a_map(release) if release else []
    if release is None or not years:
        return None
    chosen = years[-1] if year is None else year
    if chosen not in years:
        raise Http404(f"geen kaart van {chosen}")
    asked = _town_of(release.division(chosen), within) or request.GET.get("gemeente", "")
    return _of_year(release, chosen, asked)


def newest_city_release(release: Release, municipality: str) -> CityRelease | None:
    """Return the scene of a release in its newest year with a map, or None when it has none."""
    years = years_with_a_map(release)
    return _of_year(release, years[-1], municipality) if years else None


def _of_year(release: Release, year: int, municipality: str) -> CityRelease:
    division = release.division(year)
    return CityRelease(release, year, division, _municipality(division, municipality or settings.MUNICIPALITY))


def _town_of(division: Division, code: str) -> str:
    if code not in division:
        return ""
    above = [division[code], *division.ancestors(code)]
    return next((area.code for area in above if area.level == AreaLevel.GEMEENTE), "")


def _municipality(division: Division, asked: str) -> Area:
    if asked in division and division[asked].level == AreaLevel.GEMEENTE:
        return division[asked]
    return _largest_town(division)


@lru_cache(maxsize=8)
def _largest_town(division: Division) -> Area:
    def mapped(town: Area) -> int:
        return sum(area.geometry is not None for area in division.children(town.code, AreaLevel.BUURT))

    return max(division.of_level(AreaLevel.GEMEENTE), key=mapped)


def point_in_area(here: CityRelease, code: str) -> tuple[float, float] | None:
    """Return a point in an area, for a map that comes closer to it; None when it is not on the map."""
    border = here.division[code].geometry if code in here.division else None
    if border is None:
        return None
    point = border.representative_point()
    return float(point.x), float(point.y)
