"""CBS Kerncijfers wijken en buurten: from a sheet in any layout to observations, areas and findings."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.observation import ABSENCES, SCHEMA
from buurtbalans.figures.sources import cbs_odata, cbs_text
from buurtbalans.figures.sources.cells import Figures, figures
from buurtbalans.figures.sources.columns import compact
from buurtbalans.figures.sources.delivery import AREAS, Read, SourceInfo
from buurtbalans.figures.sources.parquet import is_parquet
from buurtbalans.figures.sources.regions import regions
from buurtbalans.figures.sources.sheet import Sheet
from buurtbalans.figures.sources.totals import disagreeing

ID: Final = "cbs-kwb"
# What tells the row apart and is no figure: codes, names, R's row number, OData's row number.
_NO_FIGURES: Final = {"", "id", "codering", "gemeentenaam", "soort regio", "wijken en buurten", "jaar"}
_PAGE: Final = "https://www.cbs.nl/nl-nl/reeksen/publicatie/kerncijfers-wijken-en-buurten"
_YEAR: Final = re.compile(r"(?<!\d)(199\d|20[0-4]\d)(?!\d)")


def sheet_of(path: Path) -> Sheet | None:
    """Return the sheet of a file or folder when its content is Kerncijfers in a layout we know, else None.

    Raises
    ------
    Refused
        When the file is damaged.
    """
    if path.is_dir():
        return cbs_odata.read(cbs_odata.data_file(path))
    return cbs_odata.read(path) if is_parquet(path) else cbs_text.read(path)


def _column_findings(sheet: Sheet, columns: Mapping[str, Figures]) -> list[Finding]:
    """What stands out in the columns: in the cells of each, and between a total and its parts."""
    numbers = {place: column.value for place, column in columns.items() if column.value is not None}
    return [*(finding for column in columns.values() for finding in column.findings), *disagreeing(sheet, numbers)]


def read(sheet: Sheet, period: int | None, names: Mapping[str, str]) -> Read:
    """Return everything a sheet tells.

    Parameters
    ----------
    sheet
        The file as `sheet_of` gave it.
    period
        The year of the figures, where the caller says so.
    names
        Catalogue id per compact column name, as `catalogue_names` gives it.

    Raises
    ------
    Refused
        With every finding at once, when any of them stops the file.
    """
    areas, about_areas = regions(sheet)
    year, about_year = _year(sheet, period)
    columns, about_columns = _indicators(sheet, names)
    whole = areas["level"].is_in(["gemeente", "land"]).any()
    read_columns = {place: figures(sheet, place, known=known, whole=whole) for place, (_, known) in columns.items()}
    findings = [*sheet.findings, *about_year, *about_areas, *about_columns, *_column_findings(sheet, read_columns)]
    if year is None or any(finding.weight is Severity.REFUSE for finding in findings):
        raise Refused(findings)
    observations = _long(areas, year, {columns[place][0]: column for place, column in read_columns.items()})
    table = areas.with_columns(pl.lit(year, pl.Int32).alias("division")).select(AREAS.names())
    title = sheet.title or f"Kerncijfers wijken en buurten {year}"
    source = SourceInfo(ID, "CBS", title, "CC BY 4.0", sheet.url or _PAGE, year, sheet.files)
    return Read(observations, table, source, findings)


def _year(sheet: Sheet, asked: int | None) -> tuple[int | None, list[Finding]]:
    """Return the year that the file tells, else the caller, else the name of the file, and then with a warning."""
    years = _years_in(sheet)
    if len(years) > 1:
        what = f"Het bestand noemt meer dan één jaar: {', '.join(map(str, sorted(years)))}."
        return None, [Finding(Severity.REFUSE, what, "Maak er een bestand per jaar van.", sheet.file)]
    year = next(iter(years), None)
    if asked and year and asked != year:
        what = f"Het bestand gaat over {year}, u vraagt om {asked}."
        return None, [Finding(Severity.REFUSE, what, "Laat --period weg of kies een ander bestand.", sheet.file)]
    if asked or year:
        return asked or year, []
    return _year_of_name(sheet)


def _years_in(sheet: Sheet) -> set[int]:
    """The years that the content of a file names: in its title, and in a column of years."""
    years = {sheet.year} if sheet.year else set()
    if place := sheet.find_column("jaar"):
        years |= {int(year) for year in sheet.frame[place].unique() if year and _YEAR.fullmatch(year.strip())}
    return years


def _year_of_name(sheet: Sheet) -> tuple[int | None, list[Finding]]:
    """The year in the name of a file, with a warning; a refusal when it names none, or more than one."""
    named = set(_YEAR.findall(sheet.file))
    if len(named) == 1:
        year = int(named.pop())
        what = f"Het bestand zelf noemt geen jaar. Wij nemen {year} uit de naam van het bestand."
        return year, [Finding(Severity.WARN, what, "Klopt dat niet? Geef het jaar met --period.", sheet.file)]
    what = "Het bestand noemt geen jaar."
    return None, [Finding(Severity.REFUSE, what, "Geef het jaar met --period, bijvoorbeeld --period 2024.", sheet.file)]


def _unknown_columns(sheet: Sheet, names: Sequence[str]) -> Finding:
    columns = "1 kolom" if len(names) == 1 else f"{len(names)} kolommen"
    what = f"Wij kennen {columns} niet: {', '.join(names)}."
    todo = "Wij bewaren de cijfers onder hun eigen naam. U hoeft niets te doen."
    return Finding(Severity.NOTE, what, todo, sheet.file, None, None, len(names))


def _indicators(sheet: Sheet, names: Mapping[str, str]) -> tuple[dict[str, tuple[str, bool]], list[Finding]]:
    """Return per frame column the indicator and whether the catalogue knows it."""
    indicators: dict[str, tuple[str, bool]] = {}
    first: dict[str, str] = {}
    findings: list[Finding] = []
    unknown: list[str] = []
    for position, column in enumerate(sheet.columns):
        if _NO_FIGURES & set(column.plain):
            continue
        known = next((names[compact(plain)] for plain in column.plain if compact(plain) in names), None)
        indicator = known or f"{ID}:{column.name}"
        if indicator in first:
            what = f"Deze kolom vertelt hetzelfde als “{first[indicator]}”."
            findings.append(
                Finding(Severity.REFUSE, what, "Laat één van de twee staan.", sheet.file, None, column.name)
            )
        first.setdefault(indicator, column.name)
        indicators[str(position)] = (indicator, known is not None)
        if known is None:
            unknown.append(column.name)
    if unknown:
        findings.append(_unknown_columns(sheet, unknown))
    if not indicators:
        findings.append(Finding(Severity.REFUSE, "Het bestand heeft geen kolom met cijfers.", "", sheet.file))
    return indicators, findings


def _long(areas: pl.DataFrame, year: int, columns: Mapping[str, Figures]) -> pl.DataFrame:
    """Lay the columns under each other, one observation a row."""
    key = areas.select(
        "area", "level", pl.lit(year, pl.Int32).alias("division"), pl.lit(year, pl.Int32).alias("period")
    )
    parts = [
        key.with_columns(
            pl.lit(indicator).alias("indicator"),
            column.value.alias("value"),
            column.absence.alias("absence"),
        )
        for indicator, column in columns.items()
        if column.value is not None and column.absence is not None
    ]
    if not parts:
        return SCHEMA.to_frame()
    return pl.concat(parts).with_columns(pl.col("absence").cast(ABSENCES)).select(SCHEMA.names())
