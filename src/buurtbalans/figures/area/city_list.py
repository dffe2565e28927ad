"""The city's list of areas with their parents: names and levels of several divisions, without borders."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from buurtbalans.figures.area.area_file import AGAIN
from buurtbalans.figures.area.codes import NAMES, AreaLevel, cbs_code, municipality_of, parent_of
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse

# The kinds in the list have a number only; these five follow from the codes they hold.
KINDS: Final = {
    4: AreaLevel.GEMEENTE,
    5: AreaLevel.STADSDEEL,
    6: AreaLevel.WIJK,
    7: AreaLevel.BUURT,
    8: AreaLevel.GEBIED,
}
FIELDS: Final = ("name", "code", "type", "source_id", "source_date", "parent")
UNKNOWN: Final = "Onbekend"  # a row for what could not be placed, no area


def is_city_list(content: Any) -> bool:
    """Return whether parsed JSON is a list of areas with parents."""
    first = content[0] if isinstance(content, list) and content else None
    return isinstance(first, dict) and isinstance(first.get("fields"), dict) and "source_date" in first["fields"]


def divisions_of_city_list(
    content: Sequence[Mapping[str, Any]], file: str, year: int | None = None
) -> tuple[list[Division], list[Finding]]:
    """Return a division per year of the list, or only that of `year`, and what stood out.

    The parent is a row number. A number that leads to an area of another municipality is not believed: then the parent
    follows from the code (its first letter is the stadsdeel).
    """
    areas: dict[int, dict[str, Area]] = {}
    other = wrong = 0
    rows = _rows(content, file)
    for fields in rows.values():
        level = KINDS.get(fields["type"])
        if level is None:
            other += 1
        elif fields["name"] != UNKNOWN:
            area, believed = _area(fields, level, rows, file)
            wrong += not believed
            if areas.setdefault(area.division, {}).setdefault(area.code, area) is not area:
                raise refuse(f"De code {area.code} staat er twee keer in.", "Haal één van de twee weg.", file=file)
    years = [start for start in sorted(areas) if year in (None, start)]
    if not years:
        known = ", ".join(map(str, sorted(areas)))
        raise refuse(f"Dit bestand heeft geen indeling van {year}.", f"Kies uit: {known}.", file=file)
    return [Division(start, _with_city(areas[start])) for start in years], _findings(other, wrong, file)


def _rows(content: Sequence[Mapping[str, Any]], file: str) -> dict[int, Mapping[str, Any]]:
    rows: dict[int, Mapping[str, Any]] = {}
    for place, row in enumerate(content, start=1):
        try:
            rows[row["pk"]] = {name: row["fields"][name] for name in FIELDS}
        except (KeyError, TypeError) as error:
            raise refuse(f"Gebied {place} mist een veld: {error}.", AGAIN, file=file) from error
    return rows


def _area(
    fields: Mapping[str, Any], level: AreaLevel, rows: Mapping[int, Mapping[str, Any]], file: str
) -> tuple[Area, bool]:
    year, local = int(str(fields["source_date"])[:4]), str(fields["code"])
    try:
        code = _code_of(fields, level)
        said = rows.get(fields["parent"], {})
        named = _code_of(said, KINDS[said["type"]]) if said.get("type") in KINDS and said["name"] != UNKNOWN else None
    except Refused as refusal:
        raise refuse(refusal.findings[0].what, refusal.findings[0].todo, file=file, column="code") from refusal
    believed = named is None or municipality_of(named) == municipality_of(code)
    parent = parent_of(code)
    if level in (AreaLevel.WIJK, AreaLevel.GEBIED):
        parent = named if named and believed else _by_letter(local, level, year) or parent
    identity = str(fields["source_id"] or "").split(".")[0]
    return Area(code, str(fields["name"]), level, year, parent, local, identity=identity), believed


def _by_letter(local: str, level: AreaLevel, year: int) -> str | None:
    """Return the stadsdeel whose letter is in the code; the gebieden of before 2022 (`DX01`) do not hold one."""
    if level is AreaLevel.WIJK:
        return cbs_code(local[0], year)
    return cbs_code(local[1], year) if local.startswith("G") else None


def _code_of(fields: Mapping[str, Any], level: AreaLevel) -> str:
    local = str(fields["code"])
    return f"GM{local}" if level is AreaLevel.GEMEENTE else cbs_code(local, int(str(fields["source_date"])[:4]))


def _with_city(districts: Mapping[str, Area]) -> list[Area]:
    areas = list(districts.values())
    cities = {str(municipality_of(area.code)) for area in areas} - districts.keys()
    return areas + [
        Area(city, NAMES.get(city, city), AreaLevel.GEMEENTE, areas[0].division, "NL00") for city in sorted(cities)
    ]


def _findings(other: int, wrong: int, file: str) -> list[Finding]:
    findings = []
    if other:
        what = f"{other} gebieden zijn van een andere soort, zoals winkelgebieden. Die lezen we niet."
        findings.append(Finding(Severity.NOTE, what, file=file, times=other))
    if wrong:
        what = f"Bij {wrong} gebieden wijst het bestand een ouder in een andere gemeente aan."
        findings.append(Finding(Severity.WARN, what, "We namen de ouder uit de code.", file, times=wrong))
    return findings
