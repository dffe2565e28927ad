"""Lists of landmarks: facilities and works in CSV or GeoJSON, read whole or refused with all that is wrong at once."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import shapely
from shapely import Geometry
from shapely.errors import ShapelyError

from buurtbalans.figures.area.rd import to_degrees
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.figures.sources.text import decode, fitting, rows

BYTES: Final = 256 * 1024
PLACES: Final = 500
CORNERS: Final = 500  # of one line or surface
LONGEST: Final = {"name": 80, "about": 200}
SHAPES: Final = ("Point", "LineString", "Polygon")
HEADS: Final[Mapping[str, tuple[str, ...]]] = {  # how a column, or a property, may be called
    "name": ("name", "naam"),
    "kind": ("kind", "soort"),
    "east": ("lon", "lng", "longitude", "lengtegraad"),
    "north": ("lat", "latitude", "breedtegraad"),
    "x": ("x", "rd_x"),
    "y": ("y", "rd_y"),
    "starts_on": ("from", "van", "begin"),
    "ends_on": ("until", "tot", "eind"),
    "about": ("about", "over", "uitleg"),
}
DATES: Final = ("%Y-%m-%d", "%d-%m-%Y")


@dataclass(frozen=True, slots=True)
class ReadLandmark:
    """One place of a file: the row or feature it stands in, what it is, its shape in degrees, from when until when."""

    row: int
    kind: str
    name: str
    shape: Mapping[str, Any]
    about: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


def read_landmarks(data: bytes, file: str, kinds: Mapping[str, str]) -> list[ReadLandmark]:
    """Return the places of a file; `kinds` gives the kind by each word that may stand for it, in small letters.

    Raises
    ------
    Refused
        When anything in the file is wrong, with every finding.
    """
    if len(data) > BYTES:
        raise refuse(f"Dit bestand is te groot: hoogstens {BYTES // 1024} kB.", "Deel het op.", file=file)
    text = decode(data, file)
    candidates = list(_features(text, file) if text.lstrip().startswith("{") else _lines(text, file))
    if len(candidates) > PLACES:
        raise refuse(f"Hier staan {len(candidates)} plekken in; hoogstens {PLACES}.", "Deel het bestand op.", file=file)
    if not candidates:
        raise refuse("In dit bestand staat geen enkele plek.", "Kijk of u het goede bestand koos.", file=file)
    reading = _Reading(file, kinds)
    places = [reading.place(row, given, shape) for row, given, shape in candidates]
    if reading.findings:
        raise Refused(reading.findings)
    return [place for place in places if place is not None]


Found = tuple[int, Mapping[str, str], Any]


def _lines(text: str, file: str) -> Iterator[Found]:
    """Yield each row of a CSV file; its point follows from two of its columns."""
    head = text.splitlines()[0]
    mark = max(";,\t", key=head.count)
    lines, findings = rows(text if text.endswith("\n") else f"{text}\n", mark, file)
    fit, wrong = fitting(lines[1:], lines[0].cells, file)
    if findings or wrong:
        raise Refused([*findings, *wrong])
    names = _named(lines[0].cells)
    if missing := _missing(names):
        raise refuse(
            f"De kolom {missing} ontbreekt.", "Zet in de eerste regel: naam, soort, lon, lat.", file=file, row=1
        )
    for row in fit:
        given = {name: row.cells[at].strip() for name, at in names.items()}
        yield row.line, given, None


def _named(cells: Sequence[str]) -> dict[str, int]:
    heads = [cell.strip().casefold() for cell in cells]
    return {name: heads.index(word) for name, words in HEADS.items() for word in words if word in heads}


def _missing(names: Iterable[str]) -> str:
    """Return what a table of places cannot do without and does not have."""
    had = set(names)
    for name, words in (("name", "naam"), ("kind", "soort")):
        if name not in had:
            return words
    return "" if {"east", "north"} <= had or {"x", "y"} <= had else "lon en lat (of x en y)"


def _features(text: str, file: str) -> Iterator[Found]:
    """Yield each feature of a GeoJSON file, counted from 1."""
    try:
        content = json.loads(text)
        features = content["features"]
        metres = "28992" in json.dumps(content.get("crs", ""))
        for number, feature in enumerate(features, start=1):
            given = {
                str(key).casefold(): str(value).strip()
                for key, value in (feature["properties"] or {}).items()
                if value is not None
            }
            named = {name: given[word] for name, words in HEADS.items() for word in words if word in given}
            yield number, named, (feature["geometry"], metres)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise refuse(
            "Dit is geen GeoJSON met plekken.", "Lever een FeatureCollection, of een CSV-bestand.", file=file
        ) from None


class _Reading:
    """Reads rows one by one and keeps all that is wrong."""

    def __init__(self, file: str, kinds: Mapping[str, str]) -> None:
        self.file, self.kinds = file, kinds
        self.findings: list[Finding] = []

    def place(self, row: int, given: Mapping[str, str], shape: Any) -> ReadLandmark | None:
        name = self._words(row, given, "name")
        if not name:
            self._wrong(row, "naam", "Hier ontbreekt de naam.", "Zeg hoe het heet.")
        kind = self.kinds.get(given.get("kind", "").casefold(), "")
        if not kind:
            known = ", ".join(dict.fromkeys(self.kinds.values()))
            self._wrong(row, "soort", f"‘{given.get('kind', '')}’ is geen soort die wij kennen.", f"Kies uit: {known}.")
        start, end = self._date(row, given, "starts_on"), self._date(row, given, "ends_on")
        if start and end and end < start:
            self._wrong(row, "tot", "De einddatum mag niet vóór de begindatum vallen.", "Kijk de datums na.")
        drawn = self._point(row, given) if shape is None else self._shape(row, *shape)
        about = self._words(row, given, "about")
        if drawn is None:
            return None
        return ReadLandmark(row, kind, name, drawn, about, start, end)

    def _wrong(self, row: int, column: str, what: str, todo: str) -> None:
        self.findings.append(Finding(Severity.REFUSE, what, todo, self.file, row, column))

    def _words(self, row: int, given: Mapping[str, str], name: str) -> str:
        text = given.get(name, "")
        if len(text) > LONGEST[name]:
            self._wrong(
                row, HEADS[name][1], f"Deze tekst is te lang: hoogstens {LONGEST[name]} letters.", "Maak hem korter."
            )
        return text

    def _date(self, row: int, given: Mapping[str, str], name: str) -> date | None:
        text = given.get(name, "")
        for layout in DATES if text else ():
            try:
                return datetime.strptime(text, layout).date()
            except ValueError:
                continue
        if text:
            self._wrong(row, HEADS[name][1], f"‘{text[:20]}’ is geen datum.", "Schrijf bijvoorbeeld 2027-03-01.")
        return None

    def _point(self, row: int, given: Mapping[str, str]) -> Mapping[str, Any] | None:
        metres = "east" not in given or not given.get("east")
        texts = [given.get(name, "") for name in (("x", "y") if metres else ("east", "north"))]
        try:
            x, y = (float(text.replace(",", ".")) for text in texts)
        except ValueError:
            self._wrong(row, "lon", "Hier staan geen twee getallen voor de plek.", "Vul lon en lat in, of x en y.")
            return None
        return self._checked(row, shapely.Point(x, y) if math.isfinite(x + y) else None, metres)

    def _shape(self, row: int, given: Any, metres: bool) -> Mapping[str, Any] | None:
        try:
            drawn = shapely.from_geojson(json.dumps(given))
        except (ShapelyError, ValueError, RecursionError):
            drawn = None
        return self._checked(row, drawn, metres)

    def _checked(self, row: int, drawn: Geometry | None, metres: bool) -> Mapping[str, Any] | None:
        """Return a shape in degrees as GeoJSON, or say why it is none."""
        if drawn is None or drawn.is_empty or drawn.geom_type not in SHAPES or not drawn.is_valid:
            self._wrong(row, "plek", "Deze plek is geen punt, lijn of vlak.", "Teken hem opnieuw.")
            return None
        if shapely.get_num_coordinates(drawn) > CORNERS:
            self._wrong(row, "plek", f"Deze vorm heeft meer dan {CORNERS} hoeken.", "Maak hem eenvoudiger.")
            return None
        flat = shapely.force_2d(drawn)
        turned = shapely.transform(flat, to_degrees) if metres else flat
        west, south, east, north = turned.bounds
        if not (3 <= west <= east <= 8 and 50 <= south <= north <= 54):
            self._wrong(row, "plek", "Deze plek ligt niet in Nederland.", "Staan lengte en breedte in de goede kolom?")
            return None
        rounded = shapely.transform(turned, lambda xy: np.round(xy, 6))
        written: Mapping[str, Any] = json.loads(shapely.to_geojson(rounded))
        return written
