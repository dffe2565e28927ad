"""Small catalogues, frames and shown figures for the tests of meaning."""

from pathlib import Path

import polars as pl

from buurtbalans.figures.catalogue.indicator import Catalogue
from buurtbalans.figures.catalogue.reader import catalogue, read_catalogue
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.protection.gate import Shown, wilson
from buurtbalans.figures.sources.delivery import SourceInfo

SOURCES = [
    SourceInfo(id, "Uitgever", f"Titel {id}", "CC BY 4.0", "", None, (), True)
    for id in (
        "cbs-kwb",
        "waterdam-bewonersonderzoek",
        "waterdam-buurtteams",
        "waterdam-corporaties",
        "waterdam-telling",
    )
]
GOOD = {
    "id": "one",
    "name": "naam",
    "name_en": "name",
    "unit": "mensen",
    "dimension": "composition",
    "kind": "count",
    "definition": "Wat het is.",
    "caveat": "Let op.",
    "source": "s",
    "theme": "mensen",
    "question": "Hoeveel",
    "phrase": "Er zijn {value}.",
    "relative": "Er zijn {meer|minder}",
}


def write_catalogue(folder: Path, *tables: dict[str, object], source: str = 'id = "s"\nkind = "partner"') -> Catalogue:
    """Write indicator tables to a folder and read them as a catalogue."""
    (folder / "sources.toml").write_text(f"[[source]]\n{source}\n", encoding="utf-8")
    lines = []
    for table in tables:
        lines.append("[[indicator]]")
        lines += [f"{key} = {_toml(value)}" for key, value in table.items()]
    (folder / "some.toml").write_text("\n".join(lines), encoding="utf-8")
    return read_catalogue(folder)


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def frame(*rows: tuple[str, str, float | str | None], division: int = 2025, period: int = 2025) -> pl.DataFrame:
    """Make observations from (area, indicator, value or reason)."""
    made = [
        (area, "buurt", division, indicator, period, *((None, value) if isinstance(value, str) else (value, None)))
        for area, indicator, value in rows
    ]
    return pl.DataFrame(made, SCHEMA, orient="row")


def shown(
    indicator: str = "feels_at_home",
    value: float | None = 60.0,
    base: float | None = 200,
    *,
    area: str = "BU1",
    period: int = 2025,
    division: int = 2025,
    absence: object = None,
) -> Shown:
    """Make a figure as if it came through the gate."""
    one = catalogue()[indicator]
    low = high = None
    if one.sampled and value is not None and base:
        low, high = (limit * one.per for limit in wilson(value / one.per, base))
    return Shown(one, area, division, period, value, absence, low, high, SOURCES[1], base)  # type: ignore[arg-type]
