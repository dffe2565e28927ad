"""Other files: what somebody gives to the reader of figures that is none, and where it does belong."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.findings import Refused, refuse
from buurtbalans.figures.sources import text
from buurtbalans.figures.sources.columns import normal
from buurtbalans.figures.sources.records import parsed

_POINTS: Final = ("lng", "lon", "lat", "longitude", "latitude", "lengtegraad", "breedtegraad", "x rd", "y rd")
_BORDERS: Final = ("wkt", "wkt lng lat", "geometry", "geometrie")
_MAPPING: Final = "Zeg met een koppeling (--mapping) wat de kolommen zijn: gebied, jaar en cijfers."


def no_figures(path: Path, header: Sequence[str]) -> Refused:
    """Return why a file is no file of figures, and what to do with it.

    Parameters
    ----------
    path
        A text that no reader recognises.
    header
        The names of its columns, where it is a table.
    """
    content = text.decode(path.read_bytes(), path.name)
    if content.lstrip()[:1] in ("{", "["):
        return _json(parsed(content, path.name), path.name)
    plain = {normal(name) for name in header}
    if plain & set(_BORDERS):
        return _map(path.name)
    if len(plain & set(_POINTS)) > 1:
        what = "Dit is een lijst van punten, geen tabel met cijfers per gebied."
        return refuse(what, "Tel de punten eerst: buurtbalans count.", file=path.name, row=1)
    if header and len(header) > 1:
        what = "In dit bestand staat geen kolom met codes van gebieden. Wij herkennen dit bestand niet."
        return refuse(what, _MAPPING, file=path.name, row=1)
    what = "Wij herkennen dit bestand niet. De regel met namen van kolommen ontbreekt of is anders."
    return refuse(what, "Haal het bestand op bij de bron, zonder het te bewerken.", file=path.name, row=1)


def _json(content: Any, file: str) -> Refused:
    document = content if isinstance(content, dict) else {}
    first = content[0] if isinstance(content, list) and content else document
    if document.get("type") in ("FeatureCollection", "Topology") or _is_area(first):
        return _map(file)
    if {"Identifier", "Title"} <= set(document):
        what = f"Dit beschrijft een tabel van CBS ({document['Identifier']}). De cijfers staan in een ander bestand."
        ours = "kerncijfers wijken en buurten" in normal(str(document["Title"]))
        todo = "Geef de map met de hele tabel."
        return refuse(what, f"{todo} Ophalen kan met: buurtbalans fetch cbs-kwb." if ours else todo, file=file)
    if isinstance(document.get("response"), dict) and "docs" in document["response"]:
        what = "Dit is een antwoord van de PDOK Locatieserver: adressen, geen cijfers."
        return refuse(what, "Zoek een adres op de kaart op, of tel punten met: buurtbalans count.", file=file)
    what = "Wij herkennen dit bestand niet: het is JSON zonder tabel met cijfers."
    return refuse(what, _MAPPING, file=file)


def _is_area(feature: Any) -> bool:
    """Tell whether an object is an area or a page of areas, as the city's register answers."""
    if not isinstance(feature, dict):
        return False
    listed = isinstance(feature.get("results"), list) and "_links" in feature
    return listed or "geometrie" in feature or "source_date" in (feature.get("fields") or {}) or "panelType" in feature


def _map(file: str) -> Refused:
    what = "Dit bestand bevat gebieden, geen cijfers."
    return refuse(what, "Geef het als kaart: buurtbalans release import … --areas BESTAND.", file=file)
