"""A plain second reading of published files, written apart from the readers: what do these bytes say?"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import shapely

from buurtbalans.figures.area.rd import geometry_to_degrees
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.findings import Finding
from buurtbalans.figures.sources import bbga, read_files
from buurtbalans.figures.sources.grid import grid_of

csv.field_size_limit(10_000_000)
EMPTY = ("", ".", "NA")


def table(data: bytes, mark: str) -> list[list[str]]:
    """Return all rows of a text, as the standard library sees them without being strict."""
    text = data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


def number(cell: str) -> float | None:
    cell = cell.strip(" \t\xa0")
    return None if cell in EMPTY else float(cell.replace(",", "."))


@dataclass(frozen=True)
class Wide:
    """A file with a row per area: which column has the code, which has the name, and where the rows begin."""

    name: str
    mark: str
    code: int
    first: int
    no_figures: frozenset[int]

    def silent(self, path: Path) -> list[str]:
        """Read a file; return what was read otherwise than it is written and not reported."""
        found = read_files([path])
        rows = table(path.read_bytes(), self.mark)
        header, body = rows[self.first - self.heads], [row for row in rows[self.first :] if any(row)]
        wrong = [f"row {at} has {len(row)} cells" for at, row in enumerate(body) if len(row) != len(header)]
        if wrong:
            return wrong
        codes = [row[self.code].strip(" \t\xa0") for row in body]
        if found.areas["area"].to_list() != codes:
            wrong.append(f"{found.areas.height} areas for {len(codes)} rows")
        delivered = [
            (str(key[0]), frame) for key, frame in found.observations.group_by("indicator", maintain_order=True)
        ]
        for place in [place for place in range(len(header)) if place not in self.no_figures]:
            if delivered and _equal(delivered[0][1], codes, [row[place] for row in body]):
                delivered.pop(0)
            elif not _said(header[place], found.findings):
                wrong.append(f"column {place} ({header[place]})")
        return wrong + [f"{name} is in no column" for name, _ in delivered]

    @property
    def heads(self) -> int:
        """Return how many rows above the first row of figures have the names of columns."""
        return 2 if "old" in self.name else 1


def _equal(frame: pl.DataFrame, codes: Sequence[str], cells: Sequence[str]) -> bool:
    try:
        values = [number(cell) for cell in cells]
    except ValueError:
        return False
    return frame["value"].to_list() == values and frame["area"].to_list() == list(codes)


def _said(name: str, findings: Sequence[Finding]) -> bool:
    bare = name.strip("| \xa0")
    return any(bare in (finding.column or "") or bare in finding.what for finding in findings)


@dataclass(frozen=True)
class Long:
    """The city's base file: a row per figure, all about the city in the sample."""

    name: str

    def silent(self, path: Path) -> list[str]:
        found = read_files([path]).observations
        header, *body = [row for row in table(path.read_bytes(), ";") if any(row)]
        places = [header.index(name) for name in ("jaar", "variabele", "waarde")]
        told = [(int(row[places[0]]), row[places[1]], number(row[places[2]])) for row in body]
        known = {"BEVTOTAAL": "bbga_population"}
        for ages in ("0_3", "0_17", "0_18"):
            known |= {f"BEV{ages}": f"bbga_population_{ages}", f"BEV{ages}_P": f"bbga_share_{ages}"}
        expected = [(year, known.get(word, f"bbga:{word}"), value) for year, word, value in told]
        read = found.select("period", "indicator", "value").rows()
        cities = set(found["area"]) | {"GM0363"}
        return [] if read == expected and cities == {"GM0363"} else [f"{len(read)} figures for {len(expected)} rows"]


@dataclass(frozen=True)
class Variables:
    """The city's list of variables, with fields of several lines."""

    name: str

    def silent(self, path: Path) -> list[str]:
        grid = grid_of(path)
        if grid is None or grid.findings or not bbga.is_list(grid.header):
            return []
        read = {word: (told.name, told.definition) for word, told in bbga.variables(grid).items()}
        rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        told = {row["Variabele"].strip(): (row["Label"].strip(), row["Definitie"].strip(" \t\xa0")) for row in rows}
        read = {word: (name.strip(), definition) for word, (name, definition) in read.items()}
        return [] if read == told else ["the list is not what it says"]


@dataclass(frozen=True)
class Register:
    """An answer of the register of areas."""

    name: str

    def silent(self, path: Path) -> list[str]:
        [division], findings = read_areas(path, year=2015)
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
        listed: list[dict[str, Any]] = content.get("results") or [content]
        local = {area.local: area for area in division if area.local}
        wrong = []
        for given in listed:
            code = str(given.get("volledige_code") or given.get("vollcode") or given.get("code")).strip()
            area = local.get(code)
            if area is None or area.name != str(given["naam"]).strip():
                wrong.append(f"area {code}")
            elif given.get("geometrie") and not _same_border(area.geometry, given["geometrie"]):
                wrong.append(f"border of {code}")
            elif "results" not in content and area.geometry is None and not findings:
                wrong.append(f"no border of {code}")
        if len(listed) != content.get("count", len(listed)) and not findings:
            wrong.append("half a list")
        return wrong


def _same_border(read: Any, given: dict[str, Any]) -> bool:
    border = geometry_to_degrees(shapely.geometry.shape(given))
    border = border if border.is_valid else shapely.make_valid(border, method="structure", keep_collapsed=False)
    return read is not None and abs(read.area - border.area) <= 1e-9 * border.area


SOURCES: tuple[Wide | Long | Variables | Register, ...] = (
    Wide("cbs/kwb-2016-rotterdam-old-statline-layout.csv", ";", 3, 5, frozenset({0, 1, 2, 3, 4})),
    Wide("cbs/kwb-2018-rotterdam-old-statline-layout.csv", ";", 3, 5, frozenset({0, 1, 2, 3, 4})),
    Wide("cbs/kwb-2019-amsterdam-rewritten-by-r.csv", ",", 4, 1, frozenset({0, 1, 2, 3, 4})),
    Wide("cbs/kwb-2024-statline-export.csv", ";", 3, 1, frozenset({0, 1, 2, 3})),
    Wide("cbs/ses-woa-2019-amsterdam.csv", ";", 2, 1, frozenset({0, 1, 2})),
    Long("bbga/bbga_tableau.csv"),
    Variables("bbga/metadata_utf8.csv"),
    Register("amsterdam-api/data-verkenner/buurtcombinatie.json"),
    Register("amsterdam-api/data-verkenner/buurtcombinatie-list.json"),
    Register("amsterdam-api/data-verkenner/stadsdeel-list.json"),
    Register("amsterdam-api/signals/centrum.json"),
)
