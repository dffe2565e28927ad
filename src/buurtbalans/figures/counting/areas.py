"""The map to count in: codes and borders from a file, with what is wrong with them, as a grid that is built once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from buurtbalans.figures.area.area_file import AreaRow, area_rows, is_rd, read_content
from buurtbalans.figures.area.codes import level_of
from buurtbalans.figures.area.coverage import valid_polygon
from buurtbalans.figures.area.layouts import Layout, layout_of
from buurtbalans.figures.counting import cache
from buurtbalans.figures.counting.edges import Shapes
from buurtbalans.figures.counting.grid import Grid, build
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse, unopened


@dataclass(frozen=True, slots=True, eq=False)
class CountMap:
    """A map that points are counted in: area `i` of the grid has `codes[i]`, in order of code.

    `bordered[i]` tells whether the area has a border at all; `metres` whether the plane is RD instead of degrees.
    """

    codes: tuple[str, ...]
    bordered: NDArray[np.bool_]
    grid: Grid
    metres: bool
    findings: tuple[Finding, ...]


def read_map(path: Path, *, code: str | None = None, metres: bool = False, kept: Path | None = None) -> CountMap:
    """Read a map to count in. Counting needs no division year, so the file may lack one.

    Parameters
    ----------
    path : Path
        GeoJSON, TopoJSON or a table with WKT.
    code : str, optional
        The property with the code of an area; without it the one that a known publisher uses.
    metres : bool
        Leave a map in RD as it is. A map in degrees stays in degrees.
    kept : Path, optional
        Folder with grids that were built before.

    Raises
    ------
    Refused
        When the file is damaged, no map, has no codes or has codes twice.
    """
    try:
        name = cache.key(path, code, metres, kept=kept)
    except OSError as error:
        raise unopened(path, error) from None
    if kept and (stored := cache.load(kept, name)):
        return _from_cache(*stored, path.name)
    made = _read(path, code, metres)
    if kept:
        notes = [asdict(finding) for finding in made.findings]
        about = {"codes": made.codes, "bordered": made.bordered.tolist(), "metres": made.metres, "findings": notes}
        cache.save(kept, name, made.grid, about)
    return made


def _from_cache(grid: Grid, about: Mapping[str, Any], file: str) -> CountMap:
    notes = [Finding(**{**note, "weight": Severity(note["weight"]), "file": file}) for note in about["findings"]]
    return CountMap(tuple(about["codes"]), np.array(about["bordered"], bool), grid, bool(about["metres"]), tuple(notes))


def read_parents(path: Path, columns: Sequence[str], *, code: str | None = None) -> dict[str, tuple[str, ...]]:
    """Return the higher areas that a map itself names, in the order of the properties that hold their codes.

    Raises
    ------
    Refused
        When a property is not there, or an area does not have it.
    """
    rows, column = _rows(read_content(path), code, False, path.name)
    higher = [_filled(rows, each, "hoger gebied", path.name) for each in columns]
    return dict(zip(_codes(rows, column, path.name), zip(*higher, strict=True), strict=True))


def _rows(content: Any, code: str | None, metres: bool, file: str) -> tuple[list[AreaRow], str]:
    """Return the areas that did not end, and the property with their codes."""
    rows = list(area_rows(content, file, metres=metres))
    layout = layout_of(rows[0].properties)
    if layout and layout.until and any(not row.properties.get(layout.until) for row in rows):
        rows = [row for row in rows if not row.properties.get(layout.until)]
    return rows, code if code is not None else _column(rows, layout, file)


def _read(path: Path, code: str | None, metres: bool) -> CountMap:
    content = read_content(path)
    rows, column = _rows(content, code, metres, path.name)
    codes = _codes(rows, column, path.name)
    order = sorted(range(len(codes)), key=codes.__getitem__)
    shapes: Shapes = np.empty(len(rows), object)
    shapes[:] = [valid_polygon(rows[at].geometry) for at in order]
    bordered = np.array([shape is not None for shape in shapes])
    if not bordered.any():
        raise refuse("Geen enkel gebied heeft een grens.", "Kies een bestand met grenzen.", file=path.name)
    notes = [Finding(Severity.NOTE, f"De code staat in de eigenschap “{column}”.")] if code is None else []
    notes += _lost(bordered) + overlaps_and_gaps(shapes[bordered])
    notes = [Finding(note.weight, note.what, note.todo, path.name, times=note.times) for note in notes]
    in_metres = metres and is_rd(content, path.name)
    return CountMap(tuple(codes[at] for at in order), bordered, build(shapes), in_metres, tuple(notes))


def _property_names(row: AreaRow) -> list[str]:
    """Return the names of the properties of a row; an `id` that the file leaves out is none."""
    return [name for name, value in row.properties.items() if name != "id" or value is not None]


def _is_distinct(rows: Sequence[AreaRow], name: str) -> bool:
    """Return whether a property has another value in every row, and is empty in none."""
    values = {str(row.properties.get(name) or "") for row in rows}
    return len(values) == len(rows) and "" not in values


def _column(rows: Sequence[AreaRow], layout: Layout | None, file: str) -> str:
    if layout and (layout.code != "id" or level_of(str(rows[0].properties["id"])) is not None):
        return layout.code
    names = _property_names(rows[0])
    distinct = [name for name in names if _is_distinct(rows, name)]
    if len(distinct) == 1:
        return distinct[0]
    known = ", ".join(names) or "geen enkele"
    raise refuse(
        "Het is niet duidelijk welke eigenschap de code van een gebied is.",
        f"Noem die met --code. Dit bestand heeft: {known}.",
        file=file,
    )


def _filled(rows: Sequence[AreaRow], column: str, kind: str, file: str) -> list[str]:
    """Return what every area has in a property that may not be empty."""
    if all(column not in row.properties for row in rows):
        known = ", ".join(rows[0].properties)
        raise refuse(f"De eigenschap “{column}” is er niet.", f"Dit bestand heeft: {known}.", file=file, column=column)
    given = [row.properties.get(column) for row in rows]
    codes = ["" if value is None else str(value).strip() for value in given]
    missing = [row for row, code in zip(rows, codes, strict=True) if not code]
    if missing:
        raise Refused(
            Finding(
                Severity.REFUSE, f"Gebied {row.place} heeft geen {kind}.", "Vul de code in.", file, row.line, column
            )
            for row in missing[:20]
        )
    return codes


def _codes(rows: Sequence[AreaRow], column: str, file: str) -> list[str]:
    codes = _filled(rows, column, "code", file)
    doubled = [code for code, times in Counter(codes).items() if times > 1]
    if doubled:
        which = ", ".join(doubled[:5]) + (f" en {len(doubled) - 5} andere" if len(doubled) > 5 else "")
        what = f"Deze codes staan er meer dan één keer in: {which}."
        raise refuse(what, "Voeg delen van één gebied samen, of noem een andere eigenschap.", file=file, column=column)
    return codes


def _lost(bordered: NDArray[np.bool_]) -> list[Finding]:
    lost = int((~bordered).sum())
    if not lost:
        return []
    what = f"{lost} gebieden hebben geen grens, of zijn te klein voor deze grove kaart."
    return [
        Finding(Severity.WARN, what, "In de uitvoer staan ze als niet gemeten; met --for-protect niet.", times=lost)
    ]


def overlaps_and_gaps(shapes: Shapes) -> list[Finding]:
    """Say where a map holds a place twice or, between its areas, not at all."""
    fits = bool(shapely.coverage_is_valid(shapes))
    findings = []
    if not fits and (times := _overlaps(shapes)):
        what = f"{times} keer ligt een stuk van de kaart in twee gebieden tegelijk."
        todo = "Een punt daar telt bij het gebied waarvan de code het eerst komt."
        findings.append(Finding(Severity.WARN, what, todo, times=times))
    together = shapely.coverage_union_all(shapes) if fits else shapely.union_all(shapes)
    gaps = int(shapely.get_num_interior_rings(shapely.get_parts(together)).sum())
    if gaps:
        what = f"Tussen de gebieden zit {gaps} keer een gat."
        findings.append(Finding(Severity.WARN, what, "Een punt in een gat telt als buiten.", times=gaps))
    return findings


def _overlaps(shapes: Shapes) -> int:
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = one < other
    shared = shapely.area(shapely.intersection(shapes[one[once]], shapes[other[once]]))
    return int((shared > 0).sum())
