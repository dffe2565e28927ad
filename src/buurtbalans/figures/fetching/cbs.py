"""Kerncijfers over OData: the rows of some municipalities, as the files that the readers know."""

import io
import json
import shutil
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import polars as pl

from buurtbalans.figures.fetching.client import Client
from buurtbalans.figures.fetching.pages import V3, V4, Listed, Paging, Say, listed
from buurtbalans.figures.findings import refuse

BASES: Final = {3: "https://opendata.cbs.nl/ODataFeed/odata", 4: "https://datasets.cbs.nl/odata/v1/CBS"}
_TABLES: Final = Path(__file__).with_name("tables.toml")
_REGION: Final = "WijkenEnBuurten"
_KINDS: Final = ("GM", "WK", "BU")


def table_of(period: int | None) -> tuple[int, str]:
    """Return year and table: those of the year that is asked for, else the newest we know.

    Raises
    ------
    Refused
        When we know no table of that year.

    Examples
    --------
    >>> table_of(2020)
    (2020, '84799NED')
    """
    known = {int(year): name for year, name in tomllib.loads(_TABLES.read_text("utf-8"))["cbs-kwb"].items()}
    year = period or max(known)
    if year not in known:
        raise refuse(f"Van {year} kennen wij geen tabel.", f"Geef haar met --table. Wij kennen: {_years(known)}.")
    return year, known[year]


def _years(known: dict[int, str]) -> str:
    return f"{min(known)} tot en met {max(known)}"


def fetched(
    client: Client, base: str, version: int, table: str, cities: Sequence[str], half: Path, say: Say
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the files of a table for some municipalities, and where each came from.

    Raises
    ------
    Refused
        When the server fails, or when what it gives is not what was asked for.
    """
    root = f"{base.rstrip('/')}/{table}"
    return (_v3 if version == 3 else _v4)(client, root, table, cities, half, say)


def _v3(
    client: Client, root: str, table: str, cities: Sequence[str], half: Path, say: Say
) -> tuple[dict[str, bytes], dict[str, Any]]:
    shutil.rmtree(half / "TableInfos", ignore_errors=True)  # it tells the version, so it is always asked anew

    def part(name: str, key: str, where: str = "") -> Listed:
        url = f"{root}/{name}?$format=json{where}"
        return listed(client, url, V3, lambda row: str(row[key]).strip(), half / name, say)

    infos = part("TableInfos", "Identifier")
    same_version(half, str(infos.rows[0].get("Modified")), keep=("TableInfos",))
    properties = part("DataProperties", "ID")
    regions = part(_REGION, "Key", f"&$filter={_filter('Key', cities)}")
    data = part("TypedDataSet", _REGION, f"&$inlinecount=allpages&$filter={_filter(_REGION, cities)}")
    _asked_for(data.rows, cities)
    described = [
        {name: row.get(name) for name in ("Key", "Title", "Unit", "ParentID")}
        for row in properties.rows
        if row.get("Key")
    ]
    named = [{name: str(row.get(name) or "") for name in ("Key", "Title", "Municipality")} for row in regions.rows]
    facts = {name: infos.rows[0].get(name) for name in ("Identifier", "Title", "Modified", "Period")}
    files = {
        f"{table}_TypedDataSet.parquet": _parquet(data.rows),
        f"{table}_DataProperties.parquet": _parquet(described),
        f"{table}_{_REGION}.parquet": _parquet(named),
        f"{table}_Metadata.json": _json({**facts, "RecordCount": len(data.rows)}),
    }
    return files, _origin(infos, properties, regions, data)


def _v4(
    client: Client, root: str, table: str, cities: Sequence[str], half: Path, say: Say
) -> tuple[dict[str, bytes], dict[str, Any]]:
    def part(name: str, key: Sequence[str], where: str = "", paging: Paging = V4) -> Listed:
        url = f"{root}/{name}?$count=true{where}"
        return listed(
            client, url, paging, lambda row: "|".join(str(row[each]).strip() for each in key), half / name, say
        )

    facts, data = client.json(f"{root}/Properties")
    same_version(half, str(facts.get("Modified")))
    measures = part("MeasureCodes", ["Identifier"])
    regions = part(f"{_REGION}Codes", ["Identifier"], f"&$filter={_filter('Identifier', cities)}")
    figures = part("Observations", ["Measure", _REGION], f"&$filter={_filter(_REGION, cities)}")
    _asked_for(figures.rows, cities)
    files = {
        "Properties.json": data,
        "MeasureCodes.json": _json({"value": measures.rows}),
        f"{_REGION}Codes.json": _json({"value": regions.rows}),
        "Observations.json": _json({"value": figures.rows}),
    }
    if str(facts.get("Identifier", "")).upper() != table.upper():
        raise refuse(f"De server geeft een andere tabel dan {table}.", "Kijk het adres na.")
    return files, _origin(measures, regions, figures)


def same_version(half: Path, version: str, keep: Sequence[str] = ()) -> None:
    """Throw half work away when it is of another version of the table than the server has now."""
    told = half / "versie.txt"
    if told.is_file() and told.read_text(encoding="utf-8") == version:
        return
    for each in list(half.iterdir()) if half.is_dir() else []:
        if each.is_dir() and each.name not in keep:
            shutil.rmtree(each, ignore_errors=True)
    half.mkdir(parents=True, exist_ok=True)
    told.write_text(version, encoding="utf-8")


def _filter(field: str, cities: Sequence[str]) -> str:
    """Return the question for municipalities with their wijken and buurten, ready for an address."""
    parts = [f"startswith({field},'{kind}{city[2:]}')" for city in cities for kind in _KINDS]
    return "%20or%20".join(parts)


def _asked_for(rows: list[dict[str, Any]], cities: Sequence[str]) -> None:
    """Refuse rows of municipalities that were not asked for, and municipalities without a row."""
    municipalities = {f"GM{str(row[_REGION])[2:6]}" for row in rows}
    if lacking := sorted(set(cities) - municipalities):
        raise refuse(f"Van {', '.join(lacking)} is er geen enkele rij.", "Bestond die gemeente in dat jaar?")
    if other := sorted(municipalities - set(cities)):
        raise refuse(
            f"De server geeft rijen waar niemand om vroeg: {', '.join(other[:5])}.", "Probeer het later opnieuw."
        )


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    """Return rows as Parquet: a column with words is text, any other is numbers."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {}
    for name in names:
        cells = [row.get(name) for row in rows]
        words = any(isinstance(cell, str) for cell in cells)
        columns[name] = pl.Series(
            [None if cell is None else str(cell) if words else float(cell) for cell in cells],
            dtype=pl.String if words else pl.Float64,
        )
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return out.getvalue()


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _origin(*lists: Listed) -> dict[str, Any]:
    return {"bladzijden": [{"adres": url, "sha256": sha256} for each in lists for url, sha256 in each.pages]}
