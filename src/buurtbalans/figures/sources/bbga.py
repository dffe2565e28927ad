"""Basisbestand Gebieden Amsterdam: a row per area, year and variable, with the city's list of variables beside it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse
from buurtbalans.figures.sources import table, text
from buurtbalans.figures.sources.delivery import Described, Read
from buurtbalans.figures.sources.grid import Grid, grid_of, header_of
from buurtbalans.figures.sources.mapping import Mapping

ID: Final = "bbga"
_CODE: Final = re.compile(r"gebiedcode(\d\d)")
_LIST: Final = {"Variabele", "Label", "Definitie"}
_SIBLINGS: Final = 50
_WITH: Final = "Geef het bestand met cijfers (jaar, gebiedcode, variabele, waarde). De lijst mag ernaast staan."


def mapping_of(header: Sequence[str]) -> Mapping | None:
    """Return how to read the long format, or None when this header is something else.

    The column with the code says of which division it is: `gebiedcode15` are the codes of 2015.

    Examples
    --------
    >>> mapping_of(["jaar", "gebiedcode15", "variabele", "waarde"]).division
    2015
    """
    code = next((name for name in header if _CODE.fullmatch(name)), None)
    if code is None or not {"jaar", "variabele", "waarde"} <= set(header):
        return None
    return Mapping(
        ID,
        code,
        publisher="Gemeente Amsterdam, Onderzoek en Statistiek",
        title="Basisbestand Gebieden Amsterdam",
        licence="Open data",
        url="https://data.amsterdam.nl",
        codes="amsterdam",
        period="jaar",
        division=2000 + int(code[-2:]),
        indicator="variabele",
        value="waarde",
        decimal=".",
        tried=True,
    )


def is_list(header: Sequence[str]) -> bool:
    """Tell whether a header is that of the list of variables."""
    return set(header) >= _LIST


def read(grid: Grid, period: int | None, beside: Sequence[Path]) -> Read:
    """Return the figures of the long format, with what the list of variables says where it lies beside.

    Raises
    ------
    Refused
        When the file is damaged, or when it is the list itself.
    """
    if is_list(grid.header):
        what = "Dit bestand beschrijft de variabelen. De cijfers staan in een ander bestand."
        raise refuse(what, _WITH, file=grid.file)
    mapping = mapping_of(grid.header)
    assert mapping is not None
    words, files, findings = _list(beside)
    result = table.read(grid, mapping, period, words)
    source = result.source
    return replace(
        result, source=replace(source, files=(*source.files, *files)), findings=[*result.findings, *findings]
    )


def variables(grid: Grid) -> dict[str, Described]:
    """Return name, unit and definition per variable, from the city's list."""
    columns = {
        name: grid.column(place) for name in (*_LIST, "Symbool") if (place := grid.find_column(name)) is not None
    }
    unit = columns.get("Symbool")
    rows = zip(columns["Variabele"], columns["Label"], columns["Definitie"], strict=True)
    return {
        word: Described(name, "" if unit is None else str(unit[at] or ""), definition)
        for at, (word, name, definition) in enumerate(rows)
    }


def _list(beside: Sequence[Path]) -> tuple[dict[str, Described], tuple[tuple[str, str], ...], list[Finding]]:
    """Find the list by what is in it; one that is damaged is said and not used."""
    for path in [each for each in beside if each.suffix.lower() == ".csv"][:_SIBLINGS]:
        with path.open("rb") as file:
            start = file.read(4_000).decode("utf-8-sig", errors="replace")
        if not is_list(header_of(start)):
            continue
        try:
            grid = grid_of(path)
        except Refused as refused:
            what = f"De lijst met variabelen is beschadigd: {refused.findings[0].what}"
            return {}, (), [Finding(Severity.WARN, what, text.FETCH, path.name, refused.findings[0].row)]
        if grid is None or grid.findings:
            what = "De lijst met variabelen is beschadigd. Wij tonen de codes."
            return {}, (), [Finding(Severity.WARN, what, text.FETCH, path.name)]
        return variables(grid), grid.files, []
    what = "De lijst met variabelen ligt er niet naast. Wij tonen de codes."
    return {}, (), [Finding(Severity.NOTE, what, "Zet metadata_utf8.csv in dezelfde map.")]
