"""Reading areas: from a publisher's file to divisions with codes, names, parents and borders, or a refusal."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from buurtbalans.figures.area import city_list, register
from buurtbalans.figures.area.area_file import AreaRow, area_rows, read_content
from buurtbalans.figures.area.codes import NAMES, AreaLevel, cbs_code, level_of, parent_of
from buurtbalans.figures.area.coverage import overlap_findings, valid_polygon, with_borders_of_parts
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.area.layouts import LAYOUTS, Layout, layout_of
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse


def read_areas(
    path: Path | str, *, year: int | None = None, level: AreaLevel | None = None
) -> tuple[list[Division], list[Finding]]:
    """Read areas from GeoJSON, TopoJSON, a table with WKT, or Amsterdam's list or register of areas.

    Parameters
    ----------
    path : Path or str
        The file, or a folder with answers of the register. What it holds is seen from its content, not from its name.
    year : int, optional
        The year of the division, needed where the file does not say it. Where it does, `year` wins and a finding
        says so.
    level : AreaLevel, optional
        Read the areas of this level; without it the finest level in the file.

    Returns
    -------
    divisions : list of Division
        One, or one per year for a list of several years. Areas above those in the file are added: from their codes,
        with the borders of their parts together.
    findings : list of Finding
        What stood out and did not stop the reading.

    Raises
    ------
    Refused
        When the file is empty, damaged, no map, has no codes, has codes twice or has borders that are no surfaces.
    """
    path = Path(path)
    content: Any = None if path.is_dir() else read_content(path)
    if path.is_dir() or register.is_register_answer(content):
        return _of_register(path, year, level)
    if city_list.is_city_list(content):
        return city_list.divisions_of_city_list(content, path.name, year)
    rows = area_rows(content, path.name)
    layout = _layout(rows, level, path.name)
    rows, findings = _current(rows, layout, path.name)
    division, more = _year(rows, layout, year, path.name)
    areas = _areas(rows, layout, division, level, path.name)
    for note in (*_lost(rows, areas), *overlap_findings(areas)):
        more.append(Finding(note.weight, note.what, note.todo, path.name, times=note.times))
    return [with_borders_of_parts(Division(division, _completed(areas, rows, layout)))], findings + more


def _of_register(path: Path, year: int | None, level: AreaLevel | None) -> tuple[list[Division], list[Finding]]:
    """Read answers of the register; an area keeps the border it was given, because the answers may be a selection."""
    answers = register.register_answers(path)
    rows, findings = register.register_rows(answers)
    began = register.division_year(answers)
    division, more = _year(rows, register.LAYOUT, year or began, path.name)
    if year is None:
        what = f"De jongste begindatum van een gebied is van {began}. Wij lezen dit als de indeling van dat jaar."
        findings.append(Finding(Severity.WARN, what, "Klopt dat niet? Geef het jaar van de indeling op.", path.name))
    areas = _areas(rows, register.LAYOUT, division, level, path.name)
    kept = {area.identity for area in areas}
    rows = [row for row in rows if str(row.properties["nummer"] or "") in kept]
    findings = [replace(finding, file=finding.file or path.name) for finding in [*findings, *more]]
    return [Division(division, _completed(areas, rows, register.LAYOUT))], findings


def _layout(rows: Sequence[AreaRow], level: AreaLevel | None, file: str) -> Layout:
    layout = _layout_at_level(rows[0].properties.keys(), level)
    if layout is None or (layout.code == "id" and level_of(str(rows[0].properties["id"])) is None):
        raise _no_layout(level, file)
    return layout


def _layout_at_level(columns: Collection[str], level: AreaLevel | None) -> Layout | None:
    """Return the layout of a file with these columns, of the given level where it holds several; None when unknown."""
    layout = layout_of(columns)
    if layout is None or level is None or layout.level in (level, None):
        return layout
    at_level = (layout for layout in LAYOUTS if layout.level in (level, None))
    return next((layout for layout in at_level if layout.code in columns), None)


def _no_layout(level: AreaLevel | None, file: str) -> Refused:
    if level is not None:
        return refuse(f"Dit bestand heeft geen gebieden van het niveau {level}.", "Kies een ander niveau.", file=file)
    known = ", ".join(sorted({layout.code for layout in LAYOUTS} - {"id"}))
    return refuse("Dit bestand heeft geen kolom met gebiedscodes.", f"We kennen: {known}.", file=file)


def _current(rows: Sequence[AreaRow], layout: Layout, file: str) -> tuple[list[AreaRow], list[Finding]]:
    """Leave out areas that have ended, where a newer version of them is in the file too."""
    current = [row for row in rows if not (layout.until and row.properties.get(layout.until))]
    if not current or len(current) == len(rows):
        return list(rows), []
    gone = len(rows) - len(current)
    return current, [
        Finding(Severity.NOTE, f"{gone} gebieden gelden niet meer. Die lezen we niet.", file=file, times=gone)
    ]


def _year(rows: Sequence[AreaRow], layout: Layout, year: int | None, file: str) -> tuple[int, list[Finding]]:
    starts = [str(row.properties.get(layout.since) or "")[:4] for row in rows]
    years = Counter(int(start) for start in starts if start.isdigit())
    if not years:
        return _chosen_year(year, file), []
    file_year, findings = years.most_common(1)[0][0], []
    if others := sum(years.values()) - years[file_year]:
        what = f"{others} gebieden hebben een andere begindatum dan {file_year}. Ze tellen mee in deze indeling."
        findings.append(Finding(Severity.NOTE, what, file=file, times=others))
    if year is not None and year != file_year:
        what = f"Het bestand zegt dat de grenzen van {file_year} zijn. U leest ze als {year}."
        findings.append(Finding(Severity.WARN, what, "Kijk na of er tussendoor niets is veranderd.", file))
    return year or file_year, findings


def _chosen_year(year: int | None, file: str) -> int:
    """The year that the caller chose for a file that names none; refused when they chose none either."""
    if year is not None:
        return year
    hint = re.search(r"(19|20)\d\d", file)
    todo = "Geef het jaar van de indeling op." + (f" De naam van het bestand noemt {hint[0]}." if hint else "")
    raise refuse("Dit bestand zegt niet van welk jaar de grenzen zijn.", todo, file=file)


def _areas(rows: Sequence[AreaRow], layout: Layout, year: int, level: AreaLevel | None, file: str) -> list[Area]:
    areas, faults = [], []
    for row in rows:
        try:
            areas.append(_area(row, layout, year))
        except Refused as refusal:
            (finding,) = refusal.findings
            at = f"rij {row.line}" if row.line else f"gebied {row.place}"
            what = f"In {at}: {finding.what}"
            faults.append(Finding(Severity.REFUSE, what, finding.todo, file, row.line, layout.code))
    if faults:
        raise Refused(faults)
    if level is not None:
        areas = [area for area in areas if area.level == level]
    if not areas:
        raise refuse(
            f"In dit bestand staat geen enkel gebied van het niveau {level}.", "Kies een ander niveau.", file=file
        )
    _refuse_doubles(areas, layout, file)
    return areas


def _area(row: AreaRow, layout: Layout, year: int) -> Area:
    def text(column: str) -> str:
        return str(row.properties.get(column) or "")

    given = text(layout.code).strip()
    if not given:
        raise refuse("de gebiedscode ontbreekt.", "Vul de code in.")
    code = cbs_code(given, year)
    level = level_of(code)
    if level is None or layout.level not in (level, None):
        raise refuse(f"de code ‘{given}’ is geen code van een {layout.level or 'gebied'}.", "Kijk de code na.")
    local_without_column = "" if given == code else given
    gebied = text(layout.gebied)
    return Area(
        code,
        text(layout.name).strip() or code,
        level,
        year,
        parent_of(code),
        text(layout.local) if layout.local else local_without_column,
        valid_polygon(row.geometry),
        also=(f"GB{gebied}",) if gebied else (),
        identity=text(layout.identity),
    )


def _refuse_doubles(areas: Sequence[Area], layout: Layout, file: str) -> None:
    doubled = [code for code, times in Counter(area.code for area in areas).items() if times > 1]
    if doubled:
        which = ", ".join(doubled[:5]) + (f" en {len(doubled) - 5} andere" if len(doubled) > 5 else "")
        what = f"Deze codes staan er meer dan één keer in: {which}."
        raise refuse(what, "Voeg de delen van één gebied samen, of haal de dubbele weg.", file=file, column=layout.code)


def _lost(rows: Sequence[AreaRow], areas: Sequence[Area]) -> list[Finding]:
    empty = sum(row.geometry is None for row in rows)
    lost = sum(area.geometry is None for area in areas)
    if not lost:
        return []
    what = f"{lost} gebieden hebben geen grens, of zijn te klein voor deze grove kaart."
    todo = "Hun cijfers blijven staan in de tabel. Neem voor de kaart een fijner bestand."
    return [Finding(Severity.WARN if empty == lost else Severity.NOTE, what, todo, times=lost)]


def _completed(areas: Sequence[Area], rows: Sequence[AreaRow], layout: Layout) -> list[Area]:
    """Add the areas that the codes and columns of a file name above its own."""
    by_code = {area.code: area for area in areas}
    year = areas[0].division
    stadsdelen = _stadsdelen(areas, rows, layout)
    names = _city_names(areas, rows, layout)
    waiting = [*by_code, *(code for area in areas for code in area.also), *stadsdelen.values()]
    while waiting:
        code = waiting.pop()
        if code not in by_code:
            by_code[code] = _above(code, year, names.get(code))
        parent = by_code[code].parent
        if parent and parent not in by_code:
            waiting.append(parent)
    for code, stadsdeel in stadsdelen.items():
        by_code[code] = replace(by_code[code], parent=stadsdeel)
    return list(by_code.values())


def _city_names(areas: Sequence[Area], rows: Sequence[AreaRow], layout: Layout) -> dict[str, str]:
    if not layout.municipality:
        return {}
    pairs = zip(areas, rows, strict=True)
    return {f"GM{area.code[2:6]}": str(row.properties.get(layout.municipality) or "") for area, row in pairs}


def _above(code: str, year: int, name: str | None) -> Area:
    level = AreaLevel.GEBIED if code.startswith("GB") else level_of(code)
    assert level is not None
    local = code[6:] if level in (AreaLevel.WIJK, AreaLevel.STADSDEEL) else ""
    identity = code[2:] if level is AreaLevel.GEBIED else ""
    name = name or NAMES.get(code) or local or identity or code
    return Area(code, name, level, year, parent_of(code), local, identity=identity)


def _stadsdelen(areas: Sequence[Area], rows: Sequence[AreaRow], layout: Layout) -> dict[str, str]:
    """Return the stadsdeel of each wijk, where a column names it and all parts of the wijk agree."""
    if not layout.stadsdeel:
        return {}
    said: dict[str, set[str]] = {}
    for area, row in zip(areas, rows, strict=True):
        wijk = area.code if area.level is AreaLevel.WIJK else area.parent
        if letter := row.properties.get(layout.stadsdeel):
            said.setdefault(str(wijk), set()).add(cbs_code(str(letter), area.division))
    return {wijk: letters.pop() for wijk, letters in said.items() if len(letters) == 1}
