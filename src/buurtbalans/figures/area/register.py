"""Answers of Amsterdam's register of areas: lists that come in pages, and single areas with a border in RD."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeGuard

import shapely
from shapely import Geometry

from buurtbalans.figures.area.area_file import AGAIN, AreaRow, read_content
from buurtbalans.figures.area.layouts import Layout
from buurtbalans.figures.area.rd import geometry_to_degrees
from buurtbalans.figures.findings import Finding, Severity, refuse

LAYOUT: Final = Layout("Gemeente Amsterdam, register", None, "code", "naam", stadsdeel="stadsdeel", identity="nummer")
# Where the Dutch grid lies, in metres; the register answers in it and does not say so.
RD: Final = (7_000, 289_000, 300_000, 629_000)
_CODES: Final = ("volledige_code", "vollcode", "code")
_FILES: Final = 500


def is_register_answer(content: Any) -> bool:
    """Return whether parsed JSON is a page of areas, or one area.

    Examples
    --------
    >>> is_register_answer({"_links": {}, "naam": "Centrum", "code": "A", "geometrie": None})
    True
    """
    if not isinstance(content, dict) or not isinstance(content.get("_links"), dict):
        return False
    rows = content.get("results")
    first = rows[0] if isinstance(rows, list) and rows else content
    return isinstance(first, dict) and "naam" in first and any(name in first for name in _CODES)


def register_answers(path: Path) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the answers in a folder, or the one in a file; other files in a folder are passed over.

    Raises
    ------
    Refused
        When a file is damaged, or a folder holds no answer at all.
    """
    paths = sorted(path.glob("*.json"))[:_FILES] if path.is_dir() else [path]
    pairs = [(each.name, content) for each in paths if is_register_answer(content := read_content(each))]
    if not pairs:
        raise refuse("In deze map staat geen antwoord van het register van gebieden.", AGAIN, file=path.name)
    return pairs


def register_rows(answers: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[list[AreaRow], list[Finding]]:
    """Return the areas in answers, each once, and a warning for every list of which pages are lacking.

    A single area tells more than its line in a list, so it goes before it.

    Raises
    ------
    Refused
        When an area has no code, when its border is none, or when two answers name one area differently.
    """
    area_rows: dict[str, AreaRow] = {}
    lists: dict[str, tuple[int, set[str]]] = {}
    findings: list[Finding] = []
    for file, content in answers:
        is_list = isinstance(content.get("results"), list)
        for place, area in enumerate(content["results"] if is_list else [content], start=1):
            row = _row(area, place, file)
            code = str(row.properties["code"])
            if is_list:
                lists.setdefault(_kind(content), (_count(content, file), set()))[1].add(code)
            elif row.geometry is None:
                what = f"Het antwoord over {row.properties['naam']} heeft geen grens."
                findings.append(Finding(Severity.WARN, what, AGAIN, file))
            area_rows[code] = _same(area_rows[code], row, file) if code in area_rows else row
    findings.extend(_missing_pages(lists))
    return [replace(row, place=place) for place, row in enumerate(area_rows.values(), start=1)], findings


def _missing_pages(lists: Mapping[str, tuple[int, set[str]]]) -> Iterator[Finding]:
    """Yield a warning for each list with another number of areas than it says it has."""
    for kind, (count, codes) in lists.items():
        if len(codes) != count:
            what = f"De lijst ‘{kind}’ heeft {len(codes)} van de {count} gebieden. Er ontbreken bladzijden."
            yield Finding(Severity.WARN, what, "Haal ook de andere bladzijden op.", times=abs(count - len(codes)))


def division_year(answers: Sequence[tuple[str, Mapping[str, Any]]]) -> int | None:
    """Return the youngest year in which an area of the answers began, or None when no answer says it.

    Examples
    --------
    >>> division_year([("a.json", {"begin_geldigheid": "2006-06-12"}), ("b.json", {"begin_geldigheid": "2015-01-01"})])
    2015
    """
    starts = [str(content.get("begin_geldigheid") or "")[:4] for _, content in answers]
    return max((int(start) for start in starts if start.isdecimal()), default=None)


def _row(given: Any, place: int, file: str) -> AreaRow:
    code = next((given[name] for name in _CODES if given.get(name)), None) if isinstance(given, dict) else None
    if not _is_text(code):
        raise refuse(f"Gebied {place} heeft geen code.", AGAIN, file=file)
    if not _is_text(given.get("naam")):
        raise refuse(f"Gebied {place} heeft geen naam.", AGAIN, file=file)
    properties = {
        "code": code.strip(),
        "naam": given["naam"],
        "stadsdeel": _stadsdeel(given, code),
        "nummer": _number(given),
    }
    return AreaRow(place, properties, _border(given.get("geometrie"), place, file))


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())


def _stadsdeel(given: Mapping[str, Any], code: str) -> str:
    """The letter of the stadsdeel, as the answer names it or as the code of a wijk begins with it; else empty."""
    named = given.get("stadsdeel")
    letter = str(named.get("code") or "") if isinstance(named, dict) else ""
    return letter or (code[0] if code[1:2].isdecimal() else "")


def _number(given: Mapping[str, Any]) -> str:
    """Return the number of an area in the register: it is the last part of its own address."""
    links = given.get("_links")
    href = str((links.get("self") or {}).get("href") or "") if isinstance(links, dict) else ""
    return href.split("?")[0].rstrip("/").rpartition("/")[2]


def _kind(content: Mapping[str, Any]) -> str:
    href = str((content["_links"].get("self") or {}).get("href") or "")
    return href.split("?")[0].rstrip("/").rpartition("/")[2]


def _count(content: Mapping[str, Any], file: str) -> int:
    count = content.get("count")
    if not isinstance(count, int) or isinstance(count, bool):
        raise refuse("De lijst zegt niet hoeveel gebieden er zijn.", AGAIN, file=file)
    return count


def _border(given: Any, place: int, file: str) -> Geometry | None:
    if given is None:
        return None
    try:
        border = shapely.geometry.shape(given)
        west, south, east, north = border.bounds
    except (TypeError, ValueError, IndexError, KeyError, AttributeError, shapely.errors.ShapelyError):
        raise refuse(f"De grens van gebied {place} is niet te lezen.", AGAIN, file=file) from None
    if border.geom_type not in ("Polygon", "MultiPolygon"):
        raise refuse(f"Gebied {place} is geen vlak, maar: {border.geom_type}.", AGAIN, file=file)
    if not (RD[0] <= west <= east <= RD[2] and RD[1] <= south <= north <= RD[3]):
        raise refuse(f"De grens van gebied {place} ligt niet in Nederland (RD, EPSG:28992).", AGAIN, file=file)
    return geometry_to_degrees(border)


def _same(one: AreaRow, other: AreaRow, file: str) -> AreaRow:
    """Return the answer that tells most of one area."""
    if one.properties["naam"] != other.properties["naam"]:
        names = f"‘{one.properties['naam']}’ en ‘{other.properties['naam']}’"
        raise refuse(f"Gebied {one.properties['code']} heeft twee namen: {names}.", AGAIN, file=file)
    return other if one.geometry is None else one
