"""Reads of releases: those in the store, what stands out in them, and figures as they may be shown, by the gate."""

import io
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import polars as pl
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Finding, Refused
from buurtbalans.figures.protection.gate import Shown, through
from buurtbalans.figures.quality.doubt import Doubt
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.release.manifest import Manifest
from buurtbalans.figures.release.store import NoSuchRelease, ReleaseStore, State
from buurtbalans.method.datasets.models import Publication

TEMPLATES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@cache
def _store(root: Path) -> ReleaseStore:
    return ReleaseStore(root)


def store() -> ReleaseStore:
    """Return the store of this site; one per process, so that an open release stays in memory."""
    return _store(Path(settings.DATA) / "releases")


def current_release() -> Release | None:
    """Return the published release, or None before the first one.

    Which release is current is read on every call, so a switch by another process is seen at once; the release stays open.

    Raises
    ------
    Refused
        When the published release is damaged.
    """
    return store().current()


def release_words(id: str) -> str:
    """Return a release as people call it: "uitgave van 27 november 2026", a later one of that day with its number."""
    day, _dash, number = id.rpartition("-")
    try:
        said = date_format(date.fromisoformat(day), "j F Y")
    except ValueError:
        return _("cijferset %(id)s") % {"id": id}
    if number == "1":
        return _("cijferset van %(day)s") % {"day": said}
    return _("cijferset %(number)s van %(day)s") % {"number": number, "day": said}


def release(id: str) -> Release:
    """Return a release by its id, published or not: a round pins its own.

    Raises
    ------
    NoSuchRelease, Refused
        When there is no such release, or when it is damaged.
    """
    return store().get(id)


def shown(
    release: Release,
    areas: Iterable[str] | None = None,
    indicators: Iterable[str] | None = None,
    periods: Iterable[int] | None = None,
    level: str | None = None,
) -> list[Shown]:
    """Return figures as they may be shown: through the gate, with the denominators it asks for beside them."""
    known = catalogue()
    wanted = None if indicators is None else list(indicators)
    needed = None if wanted is None else known.with_needs(wanted)
    frame = release.figures(areas=areas, indicators=needed, periods=periods, level=level)
    return through(frame, known, release.manifest.sources, only=wanted, kept=release.kept)


def releases() -> list[tuple[str, State, Manifest | None]]:
    """Return every release in the store with its state, the newest first; a damaged one may have no manifest."""
    manifests = {manifest.id: manifest for manifest in store().releases()}
    return [(id, state, manifests.get(id)) for id, state in store().states().items()]


def manifest(id: str) -> Manifest | None:
    """Return what a release says about itself, or None when that can no longer be read."""
    return next((manifest for manifest in store().releases() if manifest.id == id), None)


def seals_of(id: str) -> set[str]:
    """Return the seals (sha256) of the files that a release was made of; none when there is no such release."""
    about = manifest(id)
    return {seal for source in about.sources for _name, seal in source.files} if about else set()


def findings_of(id: str) -> list[Finding]:
    """Return what stands out in a release now; kept, because a release and what it is held against do not change.

    Raises
    ------
    NoSuchRelease
        When there is no such release.
    """
    try:
        return store().check(id)
    except NoSuchRelease:
        raise
    except Refused as refused:
        return list(refused.findings)


def doubts_of(id: str) -> list[Doubt]:
    """Return what in the figures of a release asks for a second look; kept, like its findings.

    Raises
    ------
    NoSuchRelease, Refused
        When there is no such release, or when it is damaged.
    """
    return store().quality(id)


def names_of(id: str, areas: Iterable[str]) -> dict[tuple[str, int], str]:
    """Return what the sources of a release call these areas, by code and division year."""
    known = release(id).areas.filter(pl.col("area").is_in(list(set(areas))))
    return {(code, year): name for code, year, name in known.select("area", "division", "name").iter_rows()}


def publications() -> list[Publication]:
    """Return every publication and undoing, the newest first."""
    return list(Publication.objects.select_related("by"))


def known_codes() -> dict[int, frozenset[str]]:
    """Return per year of the borders the codes of the published release; empty before the first one."""
    try:
        release = current_release()
    except Refused:
        return {}
    if release is None:
        return {}
    return {year: frozenset(area.code for area in release.division(year)) for year in release.divisions}


def names_of_areas(division: int) -> dict[str, str]:
    """Return the names of the areas of a year, as far as the published release knows them."""
    try:
        release = current_release()
    except Refused:
        return {}
    if release is None or division not in release.divisions:
        return {}
    return {area.code: area.name for area in release.division(division)}


def area_names() -> frozenset[str]:
    """Return what the areas of the published release are called, in whatever year; kept as long as it is open."""
    try:
        release = current_release()
    except Refused:
        return frozenset()
    return _area_names(release) if release else frozenset()


@lru_cache(maxsize=2)
def _area_names(release: Release) -> frozenset[str]:
    return frozenset(area.name for year in release.divisions for area in release.division(year))


def template(kind: str) -> bytes:
    """Return an empty table to fill in, as Excel or CSV, with a row per buurt of the published release."""
    release = current_release()
    year = max(release.divisions) if release and release.divisions else timezone.localdate().year
    buurten = release.division(year).of_level(AreaLevel.BUURT) if release and release.divisions else []
    codes = [area.code for area in buurten[:2_000]]
    columns = {"buurtcode": codes, "buurtnaam": [area.name for area in buurten[:2_000]]}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    frame = frame.with_columns(pl.lit(year).alias("jaar"), pl.lit(None, pl.Int64).alias("aantal"))
    out = io.BytesIO()
    if kind == "csv":
        frame.write_csv(out, separator=";", include_bom=True, line_terminator="\r\n")
    else:
        frame.write_excel(out, "aantallen", dtype_formats={pl.Int32: "0"})
    return out.getvalue()
