"""Invented lists of homes as a partner keeps them: in a town, with marks that must never reach a server."""

import csv
import io
import json
import random
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from buurtbalans.figures.area.rd import to_degrees
from buurtbalans.figures.counting.local import count

HEADER: Final = ("woning", "bewoner", "adres", "lat", "lng", "soort", "opgeleverd")
Borders = dict[str, Any]
Rows = list[list[str]]


def homes(borders: Borders, many: int, seed: int = 7) -> Rows:
    """Return rows of invented homes in the borders of a town, some outside it and some without a place."""
    chance = random.Random(seed)
    boxes = [_box(area["rings"]) for area in borders["areas"] if area["rings"]]
    rows = []
    for number in range(many):
        west, south, east, north = chance.choice(boxes[: len(boxes) // 2] if number % 3 else boxes)
        lng, lat = chance.uniform(west, east), chance.uniform(south, north)
        place = ["", ""] if number % 997 == 5 else [f"{lat:.7f}", f"{lng + (number % 401 == 7):.7f}"]
        mark = f"VERTROUWELIJK-{number:06d}"
        kind = "sociale huur" if chance.random() < 0.8 else "middenhuur, geliberaliseerd"
        year = str(chance.randint(1950, 2024))
        rows.append([mark, f"Bewoonster É{number:06d}", f"Geheimestraat {number}-{seed}", *place, kind, year])
    return rows


def _box(rings: list[list[float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for ring in rings for x in ring[::2]], [y for ring in rings for y in ring[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def as_csv(rows: Rows, *, mark: str = ";", comma: bool = True, encoding: str = "windows-1252") -> bytes:
    """Return the list as Excel in the Netherlands saves a CSV: semicolons, decimal commas, windows-1252."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in rows:
        writer.writerow([cell.replace(".", ",") if comma and at in (3, 4) else cell for at, cell in enumerate(row)])
    return out.getvalue().encode(encoding)


def as_xlsx(rows: Rows) -> bytes:
    """Return the list as Excel keeps it, coordinates as numbers."""
    frame = pl.DataFrame(rows, schema=list(HEADER), orient="row")
    numbers = [pl.col(name).cast(pl.Float64, strict=False) for name in ("lat", "lng")]
    out = io.BytesIO()
    frame.with_columns(*numbers, pl.col("opgeleverd").cast(pl.Int64)).write_excel(
        out, dtype_formats={pl.Float64: "General"}
    )
    return out.getvalue()


def to_metres(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return longitudes and latitudes in metres of the Dutch grid, by trying until they turn back into themselves."""
    metres = np.tile([155_000.0, 463_000.0], (len(places), 1))
    for _ in range(40):
        metres += (places - to_degrees(metres)) * [68_000, 111_000]
    assert np.abs(to_degrees(metres) - places).max() < 1e-10
    return metres


def in_metres(rows: Rows) -> bytes:
    """Return the places of a list in metres of the Dutch grid, to the millimetre; no place stays no place."""
    metres = iter(to_metres(np.array([[float(row[4]), float(row[3])] for row in rows if row[3]])))
    lines = ["woning;x_rd;y_rd"]
    for row in rows:
        x, y = (f"{each:.3f}".replace(".", ",") for each in next(metres)) if row[3] else ("", "")
        lines.append(f"{row[0]};{x};{y}")
    return "\r\n".join(lines).encode()


def by_the_command(folder: Path, rows: Rows, borders: Borders) -> dict[str, int]:
    """Return how many rows lie in each buurt by the kernel of `buurtbalans count`; buurten without a row too."""
    points, areas = folder / "lijst.csv", folder / "buurten.geojson"
    points.write_bytes(as_csv(rows, mark=",", comma=False, encoding="utf-8"))
    areas.write_text(json.dumps(as_geojson(borders)), encoding="utf-8")
    found = count(points, areas, code="code", minimum=1).table
    return dict(zip(found["area"], found["count"], strict=True))


def as_geojson(borders: Borders) -> Borders:
    """Return the borders as GeoJSON. Every ring becomes a polygon: so an area may have no holes."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": area["code"]},
            "geometry": {"type": "MultiPolygon", "coordinates": [[_pairs(ring)] for ring in area["rings"]]},
        }
        for area in borders["areas"]
        if area["rings"]
    ]
    return {"type": "FeatureCollection", "features": features}


def _pairs(ring: list[float]) -> list[list[float]]:
    return [list(pair) for pair in zip(ring[::2], ring[1::2], strict=True)]
