"""Fetching: open figures and borders of municipalities from their publishers, whole or not at all."""

import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.fetching import areas, cbs
from buurtbalans.figures.fetching.client import Client
from buurtbalans.figures.fetching.keeping import half_of, kept
from buurtbalans.figures.fetching.pages import Say
from buurtbalans.figures.findings import refuse
from buurtbalans.figures.sources import read_files

KWB: Final = "cbs-kwb"
BUURTEN: Final = "pdok-buurten"
SOURCES: Final = (KWB, BUURTEN)
_DAY: Final = 24 * 3600
_CITY: Final = re.compile(r"GM\d{4}")


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """What to fetch: the source, the municipalities, the year, and where the service is if not at its own address."""

    source: str
    cities: tuple[str, ...]
    period: int | None = None
    table: str | None = None
    version: int = 3
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where the files are, and whether they are other than what was there."""

    folder: Path
    new: bool


def fetch(
    request: FetchRequest, to: Path, *, client: Client | None = None, say: Say = lambda url, rows, count: None
) -> Fetched:
    """Fetch a source into a new folder below `to`; nothing that is there changes, and half work is gone on with.

    Parameters
    ----------
    request
        What to fetch.
    to
        Where it comes: `SOURCE-YEAR-GM…-1`, `…-2` and so on.
    client
        How to ask; replaced in tests.
    say
        Told after each page: its address, the rows so far, and the rows in all.

    Raises
    ------
    Refused
        When the call is wrong, the server fails, or the reader refuses what came. Nothing is kept then, apart from
        whole pages of a half download.
    """
    year, table = _checked(request)
    cities: Sequence[str] = sorted(set(request.cities))
    name = f"{request.source}-{year}-{'-'.join(cities)}" if len(cities) < 6 else f"{request.source}-{year}"
    half = half_of(to, f"{name}-v{request.version}")
    _forget_old(half)
    client = client or Client()
    if request.source == KWB:
        base = request.base or cbs.BASES[request.version]
        files, origin = cbs.fetched(client, base, request.version, table, cities, half, say)
    else:
        files, origin = areas.fetched(client, request.base or areas.BASE, year, cities, half, say)
    try:
        folder, new = kept(to, name, files, origin, lambda aside: _prove(request, aside, year))
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return Fetched(folder, new)


def _checked(request: FetchRequest) -> tuple[int, str]:
    if request.source not in SOURCES:
        raise refuse(f"De bron “{request.source}” halen wij niet op.", f"Kies uit: {', '.join(SOURCES)}.")
    wrong = [city for city in request.cities if not _CITY.fullmatch(city)]
    if wrong or not request.cities:
        what = f"“{wrong[0]}” is geen code van een gemeente." if wrong else "Er is geen gemeente genoemd."
        raise refuse(what, "Een code is GM en vier cijfers: --municipality GM0363.")
    if request.table and request.period:
        return request.period, request.table
    if request.table:
        raise refuse("Van welk jaar is deze tabel?", "Geef ook het jaar met --period.")
    return cbs.table_of(request.period)


def _forget_old(half: Path) -> None:
    """Throw away half work of more than a day: the source may have changed."""
    if half.is_dir() and time.time() - half.stat().st_mtime > _DAY:
        shutil.rmtree(half, ignore_errors=True)


def _prove(request: FetchRequest, folder: Path, year: int) -> None:
    """Read what came as a user would."""
    if request.source == KWB:
        read_files([folder], period=year)
    else:
        read_areas(next(folder.glob("*.geojson")), year=year)
