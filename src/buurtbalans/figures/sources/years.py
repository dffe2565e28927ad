"""Years: of which year each row of a table is, and of which year its borders are."""

import re
from typing import Final

import polars as pl

from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.sources.grid import Grid
from buurtbalans.figures.sources.mapping import Mapping
from buurtbalans.figures.sources.sheet import per_row

_YEAR: Final = re.compile(r"(?<!\d)(199\d|20[0-4]\d)(?!\d)")
_WRITTEN: Final = r"^(19[5-9]\d|20\d\d)(JJ00)?$"
_ASK: Final = "Geef het jaar met --period, bijvoorbeeld --period 2024."


def _other_years(grid: Grid, mapping: Mapping, years: pl.Series, asked: int | None) -> list[Finding]:
    """Refuse a column of years that holds others than the one that the caller gave."""
    other = sorted(set(years.unique().drop_nulls()) - {asked}) if asked else []
    if not other:
        return []
    what = f"Het bestand gaat ook over {', '.join(map(str, other[:5]))}. U vraagt om {asked}."
    return [Finding(Severity.REFUSE, what, "Laat --period weg.", grid.file, None, mapping.period)]


def periods(grid: Grid, mapping: Mapping, asked: int | None) -> tuple[pl.Series | None, list[Finding]]:
    """Return the year of each row: from its column, the mapping, the caller, or with a warning the name of the file.

    A year that the caller gives must be the only one in the file.
    """
    place = grid.find_column(mapping.period) if mapping.period else None
    if mapping.period and place is None:
        what = f"De kolom “{mapping.period}” ontbreekt."
        return None, [Finding(Severity.REFUSE, what, "Kijk de koppeling na.", grid.file, 1)]
    if place is not None:
        years, findings = years_in(grid, place)
        return years, findings + _other_years(grid, mapping, years, asked)
    if asked and mapping.year and asked != mapping.year:
        what = f"De koppeling zegt {mapping.year}, u vraagt om {asked}."
        return None, [Finding(Severity.REFUSE, what, "Laat --period weg of verander de koppeling.", grid.file)]
    year, about = _one(grid, asked or mapping.year)
    return (None if year is None else pl.repeat(year, len(grid.lines), dtype=pl.Int32, eager=True)), about


def years_in(grid: Grid, place: str) -> tuple[pl.Series, list[Finding]]:
    """Return a column of years, and a refusal for each cell that is none."""
    cells = grid.column(place)
    right = cells.str.contains(_WRITTEN).fill_null(False)
    years = cells.set(~right, None).str.slice(0, 4).cast(pl.Int32)
    findings: list[Finding] = []
    wrong = pl.DataFrame({"cell": cells, "line": grid.lines}).filter(~right)
    for (cell,), group in wrong.group_by("cell", maintain_order=True):
        what = f"“{str(cell)[:40]}” is geen jaar." if cell else "Het jaar ontbreekt."
        column = grid.header[int(place)]
        findings += per_row(what, "Zet hier een jaar, zoals 2024.", file=grid.file, lines=group["line"], column=column)
    return years, findings


def _one(grid: Grid, year: int | None) -> tuple[int | None, list[Finding]]:
    if year:
        return year, []
    named = set(_YEAR.findall(grid.file))
    if len(named) != 1:
        return None, [Finding(Severity.REFUSE, "Het bestand noemt geen jaar.", _ASK, grid.file)]
    year = int(named.pop())
    what = f"Het bestand zelf noemt geen jaar. Wij nemen {year} uit de naam van het bestand."
    return year, [Finding(Severity.WARN, what, "Klopt dat niet? Geef het jaar met --period.", grid.file)]


def divisions(grid: Grid, mapping: Mapping, years: pl.Series) -> tuple[pl.Series, list[Finding]]:
    """Return the year of the borders of each row: as the mapping says, else the year of the figures.

    A table of several years is drawn up on one set of borders; which one is not said, so the newest year is taken.
    """
    rows = len(grid.lines)
    if isinstance(mapping.division, int):
        return pl.repeat(mapping.division, rows, dtype=pl.Int32, eager=True), []
    if mapping.division and (place := grid.find_column(mapping.division)):
        return years_in(grid, place)
    if mapping.division:
        what = f"De kolom “{mapping.division}” ontbreekt."
        return years, [Finding(Severity.REFUSE, what, "Kijk de koppeling na.", grid.file, 1)]
    told = years.unique().drop_nulls().sort()
    if len(told) < 2:
        return years, []
    what = f"Het bestand heeft cijfers van {told[0]} tot {told[-1]} en zegt niet van welk jaar de grenzen zijn."
    todo = f"Wij nemen {told[-1]}. Klopt dat niet? Zet “division” in een koppeling."
    newest = pl.repeat(told[-1], rows, dtype=pl.Int32, eager=True)
    return newest, [Finding(Severity.WARN, what, todo, grid.file)]
