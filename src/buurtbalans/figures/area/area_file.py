"""A file of areas, opened: whatever its format, rows with properties and a border, or a refusal that says where."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from buurtbalans.figures.area import topojson
from buurtbalans.figures.area.rd import geometry_to_degrees
from buurtbalans.figures.findings import Refused, refuse, unopened

AGAIN: Final = "Haal het bestand opnieuw op, of vraag de maker om een nieuwe."
POLYGONS: Final = ("Polygon", "MultiPolygon")
DEGREES: Final = ("CRS84", "4326")
csv.field_size_limit(10_000_000)  # one border of a municipality is a long field


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area as the file gives it: `place` counts areas from 1, `line` is set where the file has lines."""

    place: int
    properties: Mapping[str, Any]
    geometry: Geometry | None
    line: int | None = None


def read_content(path: Path) -> Any:
    """Return the parsed JSON of a file, or its text when it is no JSON."""
    text = _text(path)
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _invalid(text, error, path.name) from error
    except RecursionError as error:
        raise refuse("Dit bestand is te diep in elkaar genest.", AGAIN, file=path.name) from error


def area_rows(content: Any, file: str, *, metres: bool = False) -> list[AreaRow]:
    """Return the rows of GeoJSON, TopoJSON or a table with borders as text (WKT), in degrees.

    With `metres` the borders of a file that says that it holds RD stay in RD.
    """
    if isinstance(content, str):
        rows = list(_table(content, file))
    elif isinstance(content, dict) and content.get("type") in ("Topology", "FeatureCollection"):
        rows = (_topology if content["type"] == "Topology" else _collection)(content, file)
    else:
        raise refuse("Dit bestand bevat geen kaart.", "Lever GeoJSON, TopoJSON of een tabel met WKT.", file=file)
    if not rows:
        raise refuse("Dit bestand bevat geen enkel gebied.", AGAIN, file=file)
    in_rd = is_rd(content, file)
    if in_rd and metres:
        return rows
    if in_rd:
        rows = [_in_degrees(row) for row in rows]
    _require_degrees(rows, file)
    return rows


def _in_degrees(row: AreaRow) -> AreaRow:
    return row if row.geometry is None else replace(row, geometry=geometry_to_degrees(row.geometry))


def _text(path: Path) -> str:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise unopened(path, error) from error
    except UnicodeDecodeError as error:
        todo = "Sla het bestand op als UTF-8."
        raise refuse(f"Byte {error.start + 1} is geen UTF-8.", todo, file=path.name) from error
    if not text.strip():
        raise refuse("Dit bestand is leeg.", AGAIN, file=path.name)
    return text


def _invalid(text: str, error: json.JSONDecodeError, file: str) -> Refused:
    before = text[: error.pos + 1].rstrip()
    comma = before if before.endswith(",") else text[: error.pos].rstrip()
    if error.pos < len(text) and comma.endswith(",") and text[len(comma) :].lstrip()[:1] in ("]", "}"):
        line, column = comma.count("\n") + 1, len(comma) - (comma.rfind("\n") + 1)
        what = f"Dit is geen geldige JSON: op regel {line}, teken {column} staat een komma te veel."
        return refuse(what, f"Haal de komma op regel {line} weg.", file=file, row=line, column=str(column))
    line, column = error.lineno, error.colno
    if error.pos >= len(text.rstrip()):
        what = f"Dit bestand houdt halverwege op: regel {line}, teken {column}."
        return refuse(what, AGAIN, file=file, row=line, column=str(column))
    what = f"Dit is geen geldige JSON: het gaat mis op regel {line}, teken {column}."
    return refuse(
        what, f"Verbeter regel {line}. Of: {AGAIN[0].lower()}{AGAIN[1:]}", file=file, row=line, column=str(column)
    )


def _collection(content: Mapping[str, Any], file: str) -> list[AreaRow]:
    rows = []
    features = content.get("features")
    for place, feature in enumerate(features if isinstance(features, list) else [], start=1):
        given = feature.get("properties") or {} if isinstance(feature, dict) else None
        if not isinstance(given, dict):
            raise refuse(f"Gebied {place} is geen gebied.", AGAIN, file=file)
        properties = {"id": feature.get("id"), **given}
        rows.append(AreaRow(place, properties, _border(feature.get("geometry"), place, file)))
    return rows


def is_rd(content: Any, file: str) -> bool:
    """Return whether the file says that its coordinates are RD."""
    if not isinstance(content, dict):
        return False
    try:
        name = str(content["crs"]["properties"]["name"]) if content.get("crs") else "CRS84"
    except (KeyError, TypeError) as error:
        raise refuse("Het bestand zegt niet duidelijk welke coördinaten het heeft.", AGAIN, file=file) from error
    if "28992" in name:
        return True
    if not name.endswith(DEGREES):
        raise refuse(f"De coördinaten zijn van een soort die we niet lezen: {name}.", "Lever WGS84 of RD.", file=file)
    return False


def _border(given: Any, place: int, file: str) -> Geometry | None:
    if given is None:
        return None
    kind = given.get("type") if isinstance(given, dict) else None
    if kind not in POLYGONS:
        todo = "Lever vlakken: Polygon of MultiPolygon."
        raise refuse(f"Gebied {place} is geen vlak, maar: {kind}.", todo, file=file)
    try:
        return shapely.geometry.shape(given)
    except (TypeError, ValueError, IndexError, KeyError, AttributeError, shapely.errors.ShapelyError) as error:
        raise refuse(f"De grens van gebied {place} is niet te lezen.", AGAIN, file=file) from error


def _topology(content: Mapping[str, Any], file: str) -> list[AreaRow]:
    try:
        features = topojson.features(content)
    except ValueError as error:
        what = f"Dit bestand bevat iets dat geen vlak is: {error}."
        raise refuse(what, "Lever vlakken: Polygon of MultiPolygon.", file=file) from error
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise refuse("De grenzen in dit bestand passen niet bij elkaar.", AGAIN, file=file) from error
    return [AreaRow(place, properties, border) for place, (properties, border) in enumerate(features, start=1)]


def _table(text: str, file: str) -> Iterator[AreaRow]:
    header = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=header.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    columns = next(reader)
    wkt = next((name for name in ("WKT_LNG_LAT", "WKT", "wkt", "geometry", "geometrie") if name in columns), None)
    if wkt is None:
        raise refuse("In deze tabel staat geen kolom met grenzen.", "Lever een kolom WKT.", file=file, row=1)
    for place, cells in enumerate(reader, start=1):
        if not cells:
            continue
        if len(cells) != len(columns):
            what = f"Rij {reader.line_num} heeft {len(cells)} kolommen, de kop heeft er {len(columns)}."
            raise refuse(what, AGAIN, file=file, row=reader.line_num)
        properties = dict(zip(columns, cells, strict=True))
        yield AreaRow(place, properties, _from_wkt(properties[wkt], reader.line_num, wkt, file), reader.line_num)


def _from_wkt(text: str, line: int, column: str, file: str) -> Geometry | None:
    if not text.strip():
        return None
    try:
        border = shapely.from_wkt(text)
    except shapely.errors.ShapelyError as error:
        raise refuse(f"De grens in rij {line} is niet te lezen.", AGAIN, file=file, row=line, column=column) from error
    if border.geom_type not in POLYGONS:
        what = f"De grens in rij {line} is geen vlak, maar: {border.geom_type}."
        raise refuse(what, "Lever POLYGON of MULTIPOLYGON.", file=file, row=line, column=column)
    return border


def _require_degrees(rows: list[AreaRow], file: str) -> None:
    borders = [row.geometry for row in rows if row.geometry is not None and not row.geometry.is_empty]
    if not borders:
        return
    bounds = shapely.total_bounds(borders)
    if not _fits_on_globe(bounds):
        what = "De coördinaten zijn geen graden, en het bestand zegt niet welke het wel zijn."
        raise refuse(what, "Zet in het bestand dat het RD is (EPSG:28992), of lever WGS84.", file=file)
    if _is_netherlands_swapped(bounds):
        raise refuse("Lengte en breedte zijn omgewisseld.", "Zet eerst de lengte, dan de breedte.", file=file)


def _fits_on_globe(bounds: NDArray[np.float64]) -> bool:
    """Return whether bounds (west, south, east, north) can be degrees."""
    west, south, east, north = bounds
    return bool(np.isfinite(bounds).all() and max(-south, north) <= 90 and max(-west, east) <= 180)


def _is_netherlands_swapped(bounds: NDArray[np.float64]) -> bool:
    """Return whether bounds (west, south, east, north) lie in the Netherlands once longitude and latitude change places."""
    west, south, east, north = bounds
    return bool(west >= 50 and east <= 54 and south >= 3 and north <= 8)
