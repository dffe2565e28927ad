"""What is in the Weverskwartier and what comes, for its large map: eight facilities and a new quay wall."""

from typing import Any, Final

import shapely
from shapely.geometry import mapping

from buurtbalans.method.places.actions import add_landmark
from buurtbalans.method.places.models import Landmark, LandmarkKind
from buurtbalans.site.demo.table import Table, day
from buurtbalans.site.demo.town import town

QUAY: Final = 0.00035  # degrees: how far from the water the works reach

# part of the quarter, how far east and north of its middle in metres, kind, name, what one must know
FACILITIES: Final = (
    ("Spoorstrook", -40, 10, LandmarkKind.SCHOOL, "Basisschool Het Getouw", "Het plein is na school open."),
    ("Garenmarkt", -30, 24, LandmarkKind.CARE, "Huisartsen Garenmarkt", "Geen plek voor nieuwe mensen."),
    ("Lindeplein", 64, -52, LandmarkKind.MEETING, "Buurthuis De Spoel", "Open tot vijf uur."),
    ("Lindeplein", -72, 40, LandmarkKind.SPORT, "Speeltuin aan het Lindeplein", ""),
    ("Garenmarkt", 44, -34, LandmarkKind.SHOP, "Supermarkt aan de Garenmarkt", "Open tot acht uur."),
    ("Weverhof", 10, 30, LandmarkKind.WORSHIP, "De Weverskerk", "Ook eetclub op woensdag."),
    ("Zuidrand", 30, -30, LandmarkKind.TRAVEL, "Halte Zuidrand", "Bus naar het station, tot elf uur."),
    ("Spoelhof", -10, -24, LandmarkKind.SPORT, "Trapveld Spoelhof", ""),
)


def place_in(part: str, east: float = 0, north: float = 0) -> dict[str, Any]:
    """Return a place so many metres from the middle of a part of the quarter."""
    middle = town().streets.parts[part].centroid
    return {"longitude": round(middle.x + east / 68_000, 6), "latitude": round(middle.y + north / 111_000, 6)}


def weavers_map(table: Table) -> None:
    """Put the facilities and the works of the quarter on its map."""
    by, neighbourhood = table.guide, table.round.neighbourhood
    if Landmark.objects.filter(neighbourhood=neighbourhood).exists():
        return
    for part, east, north, kind, name, about in FACILITIES:
        at = place_in(part, east, north)
        point = {"type": "Point", "coordinates": [at["longitude"], at["latitude"]]}
        add_landmark(
            by=by, neighbourhood=neighbourhood, kind=kind, name=name, about=about, source="eigen kennis", shape=point
        )
    add_landmark(
        by=by,
        neighbourhood=neighbourhood,
        kind=LandmarkKind.WORKS,
        name="Nieuwe kademuur",
        about="De kade is dan dicht voor auto’s. Lopen kan via de Kadestraat.",
        source="planning van de stad",
        shape=_quay(),
        starts_on=day(110),
        ends_on=day(250),
    )


def _quay() -> dict[str, Any]:
    """Return the strip along the water, from the Garenmarkt to the Kadestraat."""
    parts = town().streets.parts
    ground = shapely.union_all(list(parts.values()))
    strip = ground.intersection(town().layers.water.buffer(QUAY))
    west, _south, east, north = ground.bounds
    strip = strip.intersection(shapely.box(west, parts["Kadestraat"].centroid.y - 0.0006, east, north - 0.001))
    longest = max(shapely.get_parts(strip), key=lambda piece: piece.area)
    drawn: dict[str, Any] = mapping(shapely.set_precision(longest.simplify(0.00002), 0.000001))
    return {"type": drawn["type"], "coordinates": [[list(at) for at in ring] for ring in drawn["coordinates"]]}
