"""Waterdam, the invented town: divisions of eight years, its water and railway, and the streets of one quarter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString, MultiPolygon, Point, Polygon

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.site.demo import plan
from buurtbalans.site.demo.ground import Wobble, divided, smooth, stream
from buurtbalans.site.demo.quarter import quarter
from buurtbalans.site.map.layers import Layers
from buurtbalans.site.map.street_map import Streets
from buurtbalans.site.map.topography import Topography

SEED = 1275
YEARS = range(2018, 2026)
MIDDLE = (5.2, 52.2)  # degrees; the town lies on a map of its own
PAPER_MIDDLE = (614.0, 450.0)
METRES = 5.4  # of ground per unit of the plan
DEGREE = 111_320.0


@dataclass(frozen=True, eq=False)
class Town:
    """Everything about the town that can be drawn; borders and layers in degrees."""

    name: str
    code: str
    divisions: Mapping[int, Division]
    layers: Layers
    streets: Streets

    @property
    def now(self) -> Division:
        """The division of the last year."""
        return self.divisions[max(self.divisions)]

    def code_of(self, name: str) -> str:
        """Return the code of a buurt by its name."""
        return next(area.code for area in self.now.of_level(AreaLevel.BUURT) if area.name == name)


@lru_cache(maxsize=2)
def town(seed: int = SEED) -> Town:
    """Return Waterdam; the same seed gives the same town, point by point."""
    water = _water()
    wobble = Wobble(seed)
    land = shapely.difference(Polygon(smooth(plan.OUTLINE, closed=True)), water)
    land = MultiPolygon([part for part in shapely.get_parts(land) if part.area > 400])
    seeds = {name: place for wijk in plan.PLAN.values() for name, place in wijk.items()}
    cut = wobble(LineString(plan.OLD_BORDER))
    faces = divided(land, seeds, wobble, [(plan.MOVED_TO, cut)])
    before, after = _before(faces, cut), faces
    divisions = {year: _division(year, before if year < plan.CHANGED else after) for year in YEARS}
    mine = shapely.union_all(after[plan.QUARTER])
    around = shapely.union_all(
        [face for name, street_faces in after.items() if name != plan.QUARTER for face in street_faces]
    )
    around = around.intersection(mine.buffer(75))
    streets = quarter(mine, plan.QUARTER_PARTS, "Lindeplein", around, seed)
    return Town(plan.TOWN, plan.TOWN_CODE, divisions, _layers(water), _in_degrees(streets))


def topography() -> Topography:
    """Return the topography of Waterdam in its last year, with the streets of one quarter."""
    place = town()
    return Topography(place.now, place.layers, {plan.QUARTER: place.streets})


def degrees(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn places on the plan into longitude and latitude, to a centimetre."""
    x = MIDDLE[0] + (xy[:, 0] - PAPER_MIDDLE[0]) * METRES / (DEGREE * np.cos(np.radians(MIDDLE[1])))
    y = MIDDLE[1] - (xy[:, 1] - PAPER_MIDDLE[1]) * METRES / DEGREE
    return np.round(np.column_stack([x, y]), 7)


def on_earth(geometry: Geometry) -> Geometry:
    """Turn a drawing on the plan into degrees."""
    return shapely.transform(geometry, degrees)


def _water() -> Geometry:
    basins = [Point(place).buffer(radius) for place, radius in plan.HARBOUR]
    river = stream(plan.RIVER_COURSE, plan.RIVER_WIDTH)
    arm = stream(plan.SIDE_ARM, plan.SIDE_ARM_WIDTH)
    return shapely.union_all([river, arm, *basins]).buffer(6, join_style="mitre").buffer(-6, join_style="mitre")


def _layers(water: Geometry) -> Layers:
    parks = [shapely.affinity.scale(Point(place).buffer(1), wide, high) for place, wide, high in plan.PARKS]
    return Layers(
        water=on_earth(water),
        parks=on_earth(MultiPolygon(parks)),
        rail=(on_earth(LineString(smooth(plan.RAILWAY))),),
        stations=((plan.TOWN, on_earth(Point(plan.STATION))),),
        names=((plan.RIVER, on_earth(LineString(smooth(plan.RIVER_NAME)))),),
    )


def _before(faces: Mapping[str, list[Polygon]], cut: LineString) -> dict[str, list[Polygon]]:
    """Return the faces as they belonged before the border moved: what lies left of it was the neighbour's."""
    west = cut.bounds[0] + (cut.bounds[2] - cut.bounds[0]) / 2
    moved = [face for face in faces[plan.MOVED_TO] if face.centroid.x < west]
    kept = [face for face in faces[plan.MOVED_TO] if face.centroid.x >= west]
    return {**faces, plan.MOVED_TO: kept, plan.MOVED_FROM: [*faces[plan.MOVED_FROM], *moved]}


def _division(year: int, faces: Mapping[str, list[Polygon]]) -> Division:
    areas = [Area(plan.TOWN_CODE, plan.TOWN, AreaLevel.GEMEENTE, year, None, "", _whole(chain(*faces.values())))]
    for number, (wijk, buurten) in enumerate(plan.PLAN.items(), start=1):
        code = f"WK{plan.TOWN_CODE[2:]}{number:02d}"
        together = _whole(chain(*(faces[name] for name in buurten)))
        areas.append(Area(code, wijk, AreaLevel.WIJK, year, plan.TOWN_CODE, f"{number:02d}", together))
        for place, name in enumerate(buurten, start=1):
            own = f"BU{code[2:]}{place:02d}"
            areas.append(Area(own, name, AreaLevel.BUURT, year, code, f"{number:02d}{place:02d}", _whole(faces[name])))
    return Division(year, areas)


def _whole(faces: Iterable[Polygon]) -> Geometry:
    return on_earth(shapely.coverage_union_all(list(faces))).normalize()


def _in_degrees(streets: Streets) -> Streets:
    return Streets(
        {name: on_earth(part) for name, part in streets.parts.items()},
        {name: tuple(on_earth(block) for block in blocks) for name, blocks in streets.blocks.items()},
        on_earth(streets.square),
        tuple(on_earth(block) for block in streets.around),
    )
