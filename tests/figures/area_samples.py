"""Small maps for tests: files as a publisher would make them, and a grid of squares that share their borders."""

import json
from pathlib import Path
from typing import Any

import shapely
from shapely import Geometry

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division

SQUARE = [[[5.0, 52.0], [5.0, 52.1], [5.1, 52.1], [5.1, 52.0], [5.0, 52.0]]]


def feature(properties: dict[str, Any], geometry: Any = "square") -> dict[str, Any]:
    """Return one GeoJSON feature, a square unless another geometry (or None) is given."""
    shape = {"type": "Polygon", "coordinates": SQUARE} if geometry == "square" else geometry
    return {"type": "Feature", "properties": properties, "geometry": shape}


def collection(path: Path, features: list[dict[str, Any]], **more: Any) -> Path:
    """Write a GeoJSON file and return its path."""
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), "utf-8")
    return path


def grid(columns: int, rows: int, corner: dict[tuple[int, int], tuple[float, float]] | None = None) -> Division:
    """Return columns × rows buurten in two wijken; each border has a point half way, and points may be shifted."""
    shift = corner or {}

    def point(x: int, y: int) -> tuple[float, float]:
        dx, dy = shift.get((x, y), (0.0, 0.0))
        return 5.0 + x * 0.005 + dx * 0.001, 52.0 + y * 0.005 + dy * 0.001

    areas = [Area("GM9999", "Proefstad", AreaLevel.GEMEENTE, 2025)]
    areas += [Area(f"WK9999{wijk:02d}", f"Wijk {wijk}", AreaLevel.WIJK, 2025, "GM9999") for wijk in (0, 1)]
    for column in range(columns):
        for row in range(rows):
            x, y = 2 * column, 2 * row
            around = [
                (x, y),
                (x + 1, y),
                (x + 2, y),
                (x + 2, y + 1),
                (x + 2, y + 2),
                (x + 1, y + 2),
                (x, y + 2),
                (x, y + 1),
            ]
            wijk = f"WK9999{int(column >= columns / 2):02d}"
            code = f"BU{wijk[2:]}{column:01d}{row:01d}"
            border = shapely.Polygon([point(*place) for place in around])
            areas.append(Area(code, f"Buurt {column}{row}", AreaLevel.BUURT, 2025, wijk, geometry=border))
    return Division(2025, areas)


def borders(division: Division, level: AreaLevel = AreaLevel.BUURT) -> list[Geometry]:
    """Return the borders of a level."""
    return [area.geometry for area in division.of_level(level) if area.geometry is not None]
