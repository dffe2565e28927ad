"""The city's list of areas with their parents: names and levels of several divisions, without borders."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..findings import Finding, Weight, refuse
from .codes import NAMES, AreaLevel, cbs_code, municipality_of, parent_of
from .division import Area, Division

# The kinds in the list have a number only; these five follow from the codes they hold.
KINDS: Final = {
    4: AreaLevel.GEMEENTE,
    5: AreaLevel.STADSDEEL,
    6: AreaLevel.WIJK,
    7: AreaLevel.BUURT,
    8: AreaLevel.GEBIED,
}
UNKNOWN: Final = "Onbekend"  # a row for what could not be placed, no area


def is_list(content: Any) -> bool:
    """Return whether parsed JSON is a list of areas with parents."""
    first = content[0] if isinstance(content, list) and content else None
    return isinstance(first, dict) and isinstance(first.get("fields"), dict) and "source_date" in first["fields"]


def divisions_of(content: Sequence[Mapping[str, Any]], file: str) -> tuple[list[Division], list[Finding]]:
    """Return a division per year of the list, and what stood out.

    The parent is a row number. A number that leads to an area of another municipality is not believed: then the parent
    follows from the code (the first letter is the stadsdeel).
    """
    rows = {row["pk"]: row["fields"] for row in content}
    areas: dict[int, dict[str, Area]] = {}
    other = wrong = 0
    for place, fields in enumerate(rows.values(), start=1):
        level = KINDS.get(fields["type"])
        if level is None:
            other += 1
        elif fields["name"] != UNKNOWN:
            area, believed = _area(fields, level, rows, place, file)
            wrong += not believed
            if areas.setdefault(area.division, {}).setdefault(area.code, area) is not area:
                raise refuse(f"De code {area.code} staat er twee keer in.", "Haal één van de twee weg.", file=file)
    return [Division(year, _with_city(found)) for year, found in sorted(areas.items())], _findings(other, wrong, file)


def _area(
    fields: Mapping[str, Any], level: AreaLevel, rows: Mapping[int, Mapping[str, Any]], place: int, file: str
) -> tuple[Area, bool]:
    year, local = int(fields["source_date"][:4]), str(fields["code"])
    code = f"GM{local}" if level is AreaLevel.GEMEENTE else cbs_code(local, year)
    said = rows.get(fields["parent"])
    named = _code_of(said) if said else None
    believed = named is None or municipality_of(named) == municipality_of(code)
    if level in (AreaLevel.GEMEENTE, AreaLevel.STADSDEEL, AreaLevel.BUURT):
        parent = parent_of(code)
    elif named is not None and believed:
        parent = named
    else:
        parent = (
            cbs_code(local[1] if level is AreaLevel.GEBIED else local[0], year)
            if _lettered(local, level)
            else parent_of(code)
        )
    identity = str(fields["source_id"] or "").split(".")[0]
    return Area(code, str(fields["name"]), level, year, parent, local, identity=identity), believed


def _lettered(local: str, level: AreaLevel) -> bool:
    """Return whether the code holds the letter of its stadsdeel; the gebieden of before 2022 (`DX01`) do not."""
    return level is AreaLevel.WIJK or local[:1] == "G"


def _code_of(fields: Mapping[str, Any]) -> str | None:
    level = KINDS.get(fields["type"])
    if level is None or fields["name"] == UNKNOWN:
        return None
    local = str(fields["code"])
    return f"GM{local}" if level is AreaLevel.GEMEENTE else cbs_code(local, int(fields["source_date"][:4]))


def _with_city(found: Mapping[str, Area]) -> list[Area]:
    areas = list(found.values())
    cities = {str(municipality_of(area.code)) for area in areas} - found.keys()
    return areas + [
        Area(city, NAMES.get(city, city), AreaLevel.GEMEENTE, areas[0].division, "NL00") for city in sorted(cities)
    ]


def _findings(other: int, wrong: int, file: str) -> list[Finding]:
    findings = []
    if other:
        what = f"{other} gebieden zijn van een andere soort, zoals winkelgebieden. Die lezen we niet."
        findings.append(Finding(Weight.NOTE, what, file=file, times=other))
    if wrong:
        what = f"Bij {wrong} gebieden wijst het bestand een ouder in een andere gemeente aan."
        findings.append(Finding(Weight.WARN, what, "We namen de ouder uit de code.", file, times=wrong))
    return findings
