"""Places: which area each row of a table speaks of, whatever way its publisher writes codes."""

import re
from typing import Final

import polars as pl

from buurtbalans.figures.area.codes import AMSTERDAM, cbs_code, level_of, municipality_of
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.observation import LEVELS
from buurtbalans.figures.sources.grid import Grid
from buurtbalans.figures.sources.mapping import Mapping
from buurtbalans.figures.sources.sheet import per_row

_CITY: Final = ("STAD", "Amsterdam")
_NOWHERE: Final = re.compile(r"Z{1,3}[a-z]?|Z\d\d[a-z]?")  # the city's code for people who live at no known address
_DIGITS: Final = {"BU": 8, "WK": 6, "GM": 4}
_ADVICE: Final = "Een code begint met BU, WK, GM of NL. Kijk de regel na of haal het bestand opnieuw op."


def places(grid: Grid, mapping: Mapping, division: int) -> tuple[pl.DataFrame, list[Finding]]:
    """Return a frame `line, area, name, level, municipality` with a row per row of the grid, and findings.

    Rows of people without a known address have no area; they are said in a note. `division` tells how the city's
    own codes are read.

    Examples
    --------
    >>> frame = pl.DataFrame({"0": ["STAD", "A00a", "DX01"]})
    >>> grid = Grid("x.csv", ["code"], frame, [2, 3, 4], False, ())
    >>> places(grid, Mapping("x", "code", codes="amsterdam"), 2015)[0]["area"].to_list()
    ['GM0363', 'BU03630000', 'GB0363DX01']
    """
    place = grid.find_column(mapping.area)
    if place is None:
        raise Refused([_lacking(grid, mapping.area)])
    written = grid.column(place)
    codes = {each: _code(each, mapping, division) for each in written.unique().to_list()}
    area = written.replace_strict(codes, return_dtype=pl.String)
    frame = pl.DataFrame({"line": pl.Series(grid.lines, dtype=pl.Int64), "area": area, "written": written})
    named = grid.find_column(mapping.name) if mapping.name else None
    name = grid.column(named).replace("", None) if named else pl.repeat(None, len(area), dtype=pl.String, eager=True)
    known = {code: (level_of(code), municipality_of(code)) for code in codes.values() if code}
    frame = frame.with_columns(
        pl.coalesce(name.alias("name"), pl.col("area")).alias("name"),
        area.replace_strict({code: str(level) for code, (level, _) in known.items()}, default=None)
        .cast(LEVELS)
        .alias("level"),
        area.replace_strict(
            {code: city for code, (_, city) in known.items()}, default=None, return_dtype=pl.String
        ).alias("municipality"),
    )
    return frame.drop("written"), _unknown(grid, mapping, frame)


def _code(written: str, mapping: Mapping, division: int) -> str | None:
    """Return the national code, or None when what is written is none."""
    if mapping.codes == "amsterdam":
        if written in _CITY:
            return f"GM{AMSTERDAM}"
        try:
            return None if _NOWHERE.fullmatch(written) else cbs_code(written, division)
        except Refused:
            return None
    if mapping.prefix and written.isdecimal():
        written = mapping.prefix + written.zfill(_DIGITS[mapping.prefix])
    return written if level_of(written) else None


def _unknown(grid: Grid, mapping: Mapping, frame: pl.DataFrame) -> list[Finding]:
    findings: list[Finding] = []
    nowhere = 0
    strange = frame.filter(pl.col("area").is_null())
    for (code,), group in strange.group_by("written", maintain_order=True):
        if mapping.codes == "amsterdam" and _NOWHERE.fullmatch(str(code)):
            nowhere += len(group)
            continue
        what = f"“{str(code)[:40]}” is geen code van een gebied." if code else "De code van het gebied ontbreekt."
        findings += per_row(what, _ADVICE, file=grid.file, lines=group["line"], column=mapping.area)
    if nowhere:
        what = f"{nowhere} regels gaan over mensen zonder bekend adres (code Z). Die horen bij geen gebied."
        findings.append(Finding(Severity.NOTE, what, "", grid.file, None, mapping.area, nowhere))
    return findings


def _lacking(grid: Grid, column: str) -> Finding:
    todo = f"Het bestand heeft: {', '.join(name for name in grid.header if name)[:300]}."
    return Finding(Severity.REFUSE, f"De kolom “{column}” ontbreekt.", todo, grid.file, 1)
