"""Reads of figures: releases on the shelf and what partners delivered; a page gets figures through the gate only."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl
from django.conf import settings
from django.utils import timezone

from buurtbalans.figures.area import AreaLevel
from buurtbalans.figures.findings import Finding, Refused
from buurtbalans.figures.indicator import catalogue
from buurtbalans.figures.intake.counts import Count, Counted, Key, Noticed, compare, count_up
from buurtbalans.figures.intake.matching import Choices, chosen
from buurtbalans.figures.intake.reading import Upload, letter
from buurtbalans.figures.intake.shown import Before, outward
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown, through
from buurtbalans.figures.quality import Doubt
from buurtbalans.figures.release import Manifest, NoSuchRelease, Release, Shelf, State
from buurtbalans.method.people.models import Organisation, Person

from .models import Answer, Draft, Publication, Reply, Shipment, ShipmentCount
from .rules import may_decide

TEMPLATES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@cache
def _shelf(root: Path) -> Shelf:
    return Shelf(root)


def shelf() -> Shelf:
    """Return the shelf of this site; one per process, so that an open release stays in memory."""
    return _shelf(Path(settings.DATA) / "releases")


def current_release() -> Release | None:
    """Return the published release, or None before the first one.

    The pointer is read on every call, so a switch by another process is seen at once; the release stays open.

    Raises
    ------
    Refused
        When the published release is damaged.
    """
    return shelf().current()


def release(id: str) -> Release:
    """Return a release by its id, published or not: a round pins its own.

    Raises
    ------
    NoSuchRelease, Refused
        When there is no such release, or when it is damaged.
    """
    return shelf().get(id)


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
    return through(frame, known, release.manifest.sources, only=wanted)


def releases() -> list[tuple[str, State, Manifest | None]]:
    """Return every release on the shelf with its state, the newest first; a damaged one may have no manifest."""
    manifests = {manifest.id: manifest for manifest in shelf().releases()}
    return [(id, state, manifests.get(id)) for id, state in shelf().states().items()]


def manifest(id: str) -> Manifest | None:
    """Return what a release says about itself, or None when that can no longer be read."""
    return next((manifest for manifest in shelf().releases() if manifest.id == id), None)


def findings_of(id: str) -> list[Finding]:
    """Return what stands out in a release now; kept, because a release and what it is held against do not change.

    Raises
    ------
    NoSuchRelease
        When there is no such release.
    """
    try:
        return shelf().check(id)
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
    return shelf().quality(id)


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


def upload_of(draft: Draft) -> Upload:
    """Return the table of a draft."""
    table = draft.table
    return Upload(draft.file, draft.sha256, table["header"], table["rows"], table["lines"], table["exact"])


def counts_of(shipments: Iterable[Shipment]) -> dict[Key, Count]:
    """Return the real counts of shipments, a later one over an earlier one: for the own organisation only."""
    rows = ShipmentCount.objects.filter(shipment__in=list(shipments)).order_by("shipment_id", "pk")
    return {_key(row): _count(row.value, row.absence) for row in rows}


def delivered_before(organisation: Organisation) -> dict[Key, Count]:
    """Return what an organisation delivered and did not withdraw."""
    return counts_of(Shipment.objects.filter(organisation=organisation).standing())


def shared_before(organisation: Organisation, but: Shipment | None = None) -> Before:
    """Return what an organisation shared ever, withdrawn or not, the oldest first: what others have seen stays seen."""
    rows = ShipmentCount.objects.filter(shipment__organisation=organisation, shipment__uses__isnull=False)
    rows = rows.exclude(shipment=but).distinct().order_by("pk") if but else rows.distinct().order_by("pk")
    order: dict[int, None] = dict.fromkeys(
        Shipment.objects.filter(organisation=organisation, uses__isnull=False)
        .order_by("uses__pk").values_list("pk", flat=True)
    )  # fmt: skip
    real: dict[int, dict[Key, Count]] = {pk: {} for pk in order}
    told: dict[int, dict[Key, Count]] = {pk: {} for pk in order}
    for row in rows:
        real[row.shipment_id][_key(row)] = _count(row.value, row.absence)
        told[row.shipment_id][_key(row)] = _count(row.shown, row.withheld)
    return [(str(pk), real[pk], told[pk]) for pk in order if real[pk]]


def seen_by(viewer: Person, shipment: Shipment) -> dict[Key, Count]:
    """Return what a viewer sees of a shipment: the own organisation its own counts, others what passed the gate."""
    own = may_decide(viewer, shipment)
    return {
        _key(row): _count(row.value, row.absence) if own else _count(row.shown, row.withheld or Absence.NOT_SHARED)
        for row in shipment.counts.all()
    }


def replies_to(release: str) -> list[Reply]:
    """Return which shipments a release will hold and what their suppliers say of it."""
    return list(Reply.objects.filter(release=release).select_related("shipment__organisation", "answered_by"))


def replies_of(organisation: Organisation) -> list[Reply]:
    """Return the releases that wait for an answer of an organisation."""
    replies = Reply.objects.filter(shipment__organisation=organisation, answer=Answer.WAITING)
    return list(replies.select_related("shipment", "asked_by__organisation"))


def overview(viewer: Person, organisation: Organisation) -> dict[str, Any]:
    """Return what an organisation delivered, what others shared with the viewer, and what waits."""
    found = Shipment.objects.visible_to(viewer).select_related("organisation", "circle")
    return {
        "mine": found.filter(organisation=organisation),
        "others": found.exclude(organisation=organisation),
        "drafts": Draft.objects.visible_to(viewer),
        "waiting": replies_of(organisation),
    }


def term(today: date) -> date:
    """Return until when a supplier may answer, unless a data steward says otherwise: two weeks."""
    return today + timedelta(days=14)


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


def _key(row: ShipmentCount) -> Key:
    return Key(row.indicator, row.area, row.division, row.period)


def _count(value: int | None, reason: str) -> Count:
    return Count(value, None if value is not None else Absence(reason or Absence.NOT_SHARED))


@dataclass(frozen=True)
class Strip:
    """A few cells around the one that stands out: text, whether it is that one, and whether it is hidden."""

    line: int
    cells: list[tuple[str, bool, bool]]


@dataclass(frozen=True)
class Remark:
    """Something that stands out, as the page tells it: where in words, its cells, and the fields that answer it."""

    noticed: Noticed
    lines: list[int]
    letter: str
    strip: Strip | None
    why: str
    fixes: list[tuple[int, int]]


@dataclass(frozen=True)
class Glance:
    """All that the page about a draft shows: what counts, what stands out, what changes, and what others would see."""

    upload: Upload
    choices: Choices
    counted: Counted
    looks: list[Remark]
    changes: list[tuple[str, int, list[tuple[str, Key, Count, Count]]]]
    hidden: int | None  # how many counts others would not see; None when sharing is refused
    warnings: list[Finding]


def glance(draft: Draft) -> Glance:
    """Return what a draft says now, with what the organisation delivered before beside it."""
    upload, choices = upload_of(draft), chosen(draft.choices)
    counted = count_up(upload, choices, known_codes())
    looks = [_remark(upload, choices, each) for each in counted.noticed]
    names = {year: names_of_areas(year) for year in {key.division for key in counted.counts}}
    changes = [
        (word, len(found), [(names.get(k.division, {}).get(k.area, k.area), k, old, new) for k, old, new in found[:3]])
        for word, found in compare(counted.counts, delivered_before(draft.organisation)).items()
    ]
    hidden, warnings = outward_of(counted.counts, draft.organisation)
    return Glance(upload, choices, counted, looks, changes, hidden, warnings)


def outward_of(
    counts: dict[Key, Count], organisation: Organisation, but: Shipment | None = None
) -> tuple[int | None, list[Finding]]:
    """Return how many counts others would not see, and what stands out about that; None when it cannot be guarded."""
    try:
        found = outward(counts, shared_before(organisation, but))
    except Refused as refused:
        return None, list(refused.findings)
    had = sum(count.value is None for count in counts.values())
    return found.withheld - had, found.findings


def _remark(upload: Upload, choices: Choices, noticed: Noticed) -> Remark:
    first = noticed.rows[0] if noticed.rows else None
    cells = None if first is None else _strip(upload, choices.signs, first, noticed.column)
    where = "" if noticed.column is None else letter(noticed.column)
    lines = [] if noticed.ask == "hidden" else [upload.lines[row] for row in noticed.rows]
    why = choices.reasons.get(noticed.column) if noticed.column is not None else None
    fixes = [(row, upload.lines[row]) for row in noticed.rows[:10]]
    return Remark(noticed, lines, where, cells, str(why or ""), fixes)


def _strip(upload: Upload, signs: Sequence[str], row: int, column: int | None) -> Strip:
    width = len(upload.header)
    first = max(0, min((column or 0) - 1, width - 3))
    cells = [
        (upload.rows[row][place], place == column, bool(signs[place])) for place in range(first, min(first + 3, width))
    ]
    return Strip(upload.lines[row], cells)


def table_of(viewer: Person, shipment: Shipment) -> list[tuple[str, Key, Count]]:
    """Return the counts of a shipment as the viewer may see them, with the names of the areas."""
    seen = seen_by(viewer, shipment)
    names = {year: names_of_areas(year) for year in {key.division for key in seen}}
    return [(names[key.division].get(key.area, key.area), key, count) for key, count in seen.items()]


def others_see(shipment: Shipment) -> list[tuple[str, Key, Count, Count]]:
    """Return beside each count what others see of it, or would see when it is shared now.

    Raises
    ------
    Refused
        When it cannot be guarded beside what was shared before.
    """
    real = counts_of([shipment])
    if shipment.uses.exists():
        told = {_key(row): _count(row.shown, row.withheld) for row in shipment.counts.all()}
    else:
        told = outward(real, shared_before(shipment.organisation, shipment)).counts
    names = {year: names_of_areas(year) for year in {key.division for key in real}}
    return [(names[key.division].get(key.area, key.area), key, count, told[key]) for key, count in real.items()]


def sides(shipment: Shipment) -> dict[str, list[tuple[str, Key, Count, Count]]]:
    """Return which counts others do not see and which they do, each with what the own organisation sees.

    Raises
    ------
    Refused
        When it cannot be guarded beside what was shared before.
    """
    seen = others_see(shipment)
    return {
        "hidden": [row for row in seen if row[3].value is None],
        "open": [row for row in seen if row[3].value is not None],
    }
