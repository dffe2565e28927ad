"""Borders of buurten from PDOK: a page at a time over OGC API Features, as one GeoJSON."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.fetching.client import Client
from buurtbalans.figures.fetching.pages import OGC, Say, listed
from buurtbalans.figures.findings import refuse

BASE: Final = "https://api.pdok.nl/cbs/wijken-en-buurten-{year}/ogc/v1"


def fetched(
    client: Client, base: str, year: int, cities: Sequence[str], half: Path, say: Say
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the map of the buurten of some municipalities, and where it came from.

    Raises
    ------
    Refused
        When the server fails, or gives buurten of another municipality.
    """
    features: list[dict[str, Any]] = []
    pages: list[tuple[str, str]] = []
    root = base.replace("{year}", str(year)).rstrip("/")
    for city in cities:
        url = f"{root}/collections/buurten/items?f=json&limit=500&gemeentecode={city}"
        listing = listed(client, url, OGC, lambda row: str(row["properties"]["buurtcode"]), half / city, say)
        other = {str(row["properties"]["buurtcode"])[2:6] for row in listing.rows} - {city[2:]}
        if other:
            raise refuse(f"De server geeft buurten van een andere gemeente dan {city}.", "Probeer het later opnieuw.")
        features += listing.rows
        pages += listing.pages
    content = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
    origin = {"bladzijden": [{"adres": url, "sha256": sha256} for url, sha256 in pages]}
    return {f"buurten-{year}.geojson": content}, origin
