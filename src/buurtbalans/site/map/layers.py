"""What lies over or under the areas of a map: water, parks, railway, stations, names of water."""

from dataclasses import dataclass

import shapely
from django.utils.html import escape
from shapely import Geometry, LineString, MultiPolygon, Point

from buurtbalans.site.map.projection import Projection
from buurtbalans.site.map.svg_path import UNIT, path

NOTHING = MultiPolygon()


@dataclass(frozen=True, eq=False)
class Layers:
    """Background shapes in longitude and latitude: water, parks, railways, stations, names. Water is drawn over the areas."""

    water: Geometry = NOTHING
    parks: Geometry = NOTHING
    rail: tuple[LineString, ...] = ()
    stations: tuple[tuple[str, Point], ...] = ()
    names: tuple[tuple[str, LineString], ...] = ()

    def shapes(self, projection: Projection, rail: str = "spoor", parks: bool = False) -> str:
        """Return water and railway as SVG, in units of a path; parks would hide the class of the area below them."""
        parts = []
        for name, geometry in (("park", self.parks if parks else NOTHING), ("water", self.water)):
            if not geometry.is_empty:
                parts.append(f'<path class="{name}" d="{path(projection.drawn(geometry))}"/>')
        tracks = "".join(path(projection.drawn(line)) for line in self.rail) if rail else ""
        if tracks:
            parts.append(f'<path class="{rail}" d="{tracks}"/><path class="{rail} {rail}-dwars" d="{tracks}"/>')
        return "".join(parts)

    def busy(self, projection: Projection) -> Geometry:
        """Return where water and railway leave no quiet ground for a name, in pixels."""
        return shapely.union_all(
            [projection.drawn(self.water), *(projection.drawn(line).buffer(3) for line in self.rail)]
        )

    def written(self, projection: Projection, identity: str) -> str:
        """Return the names of water along its course, and the stations, as SVG in pixels."""
        parts = []
        for place, (name, line) in enumerate(self.names, start=1):
            course = path(projection.drawn(line))
            course_id = f"{identity}-water-{place}"
            parts.append(
                f'<path id="{course_id}" d="{course}" fill="none" transform="scale({1 / UNIT})"/>'
                f'<text class="waternaam"><textPath href="#{course_id}" startOffset="50%">{escape(name)}</textPath>'
                "</text>"
            )
        for _name, point in self.stations:
            x, y = projection.drawn(point).coords[0]
            parts.append(f'<rect class="station" x="{x - 5:.0f}" y="{y - 5:.0f}" width="10" height="10" rx="2"/>')
        return "".join(parts)
