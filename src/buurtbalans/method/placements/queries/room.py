"""Where the headroom of a batch comes from: what people agreed in a round goes before what a sheet says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from buurtbalans.figures.area.division import Division
from buurtbalans.method.capacities.queries import Held, held_for, short_for
from buurtbalans.method.datasets.queries.releases import current_release
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.placements.models import PlacingBatch, PlacingRoom
from buurtbalans.method.placements.queries.proposals import names_of
from buurtbalans.method.placements.queries.references import plain
from buurtbalans.method.placements.rules import Viewer
from buurtbalans.placing.case import Case
from buurtbalans.placing.columns import AREAS, MANY, Unread, value
from buurtbalans.placing.people import CODE

Table = Sequence[tuple[int, list[str]]]
Used = dict[str, tuple[Held, str]]  # per area what was agreed, and what the sheet says instead
SHEET: Final = "areas"
HEAD: Final = [column.name for column in AREAS]
IN_CELLS: Final = {
    "homes": ("area",),
    "expected_homes": ("area",),
    "households": ("avoid", "near"),
    "expected_households": ("avoid", "near"),
    "providers": ("area",),
}


@dataclass(frozen=True)
class RoomLine:
    """One area of a batch: the headroom it counts with, where that comes from, and what is otherwise by now."""

    area: str
    headroom: float | None
    source: str
    sent: float | None = None
    now: int | None = None
    short: tuple[str, ...] = ()


def with_room(tables: Mapping[str, Table], organisation: Organisation) -> tuple[dict[str, Table], Used]:
    """Return the tables that somebody sent with the headroom that was agreed, and which of it they use.

    Without a sheet of areas, or with nothing below its head, there is one now: of every area that the other sheets
    name, and those above it.
    """
    held, sheets = held_for(organisation), {plain(name): name for name in tables}
    sent = tables[sheets[SHEET]] if SHEET in sheets else ()
    filled = any(cell.strip() for _line, cells in sent[1:] for cell in cells)
    rows, used = _filled(sent if filled else _areas(tables, sheets), held)
    return {**tables, sheets.get(SHEET, SHEET): rows}, used


def _filled(sent: Table, held: Mapping[str, Held]) -> tuple[Table, Used]:
    """Return the rows of areas with what was agreed in their headroom, and what stood there."""
    if not sent:
        return sent, {}
    head = [name.strip().lower() for name in sent[0][1]]
    if "code" not in head or "headroom" not in head:
        return sent, {}
    code, room, used, rows = head.index("code"), head.index("headroom"), Used(), [sent[0]]
    for line, cells in sent[1:]:
        row = [*cells, *[""] * (len(head) - len(cells))]
        agreed, said = held.get(row[code].strip()), row[room].strip()
        if agreed and (not said or room_in(said) is not None):  # what is no room is refused, and kept nowhere
            used[row[code].strip()] = agreed, said
            row[room] = str(agreed.headroom)
        rows.append((line, row))
    return rows, used


def room_in(cell: str) -> float | None:
    """Return how much headroom a cell says; None when it says none."""
    try:
        return float(value(AREAS[2], cell)) if cell else None
    except Unread:
        return None


def _areas(tables: Mapping[str, Table], sheets: Mapping[str, str]) -> Table:
    """Return rows for every area that the sheets name, and for those above it by the newest boundaries."""
    release = current_release()
    division = release.division(max(release.divisions)) if release else None
    parents: dict[str, str] = {}
    for code in sorted(_named(tables, sheets)):
        for below, above in _chain(code, division):
            parents[below] = above
    return list(enumerate([HEAD, *([code, parents[code], ""] for code in sorted(parents))], start=1))


def _chain(code: str, division: Division | None) -> Iterable[tuple[str, str]]:
    """Yield an area and each above it with what lies directly above; nothing is known of a code out of the division."""
    line = [code, *(up.code for up in division.ancestors(code))] if division and code in division else [code]
    return zip(line, [*line[1:], ""], strict=True)


def _named(tables: Mapping[str, Table], sheets: Mapping[str, str]) -> set[str]:
    """Return every code of an area that stands in the other sheets; a text that is no code is reported elsewhere."""
    return {
        code.strip()
        for sheet, columns in IN_CELLS.items()
        if sheet in sheets
        for cell in _cells_of(tables[sheets[sheet]], columns)
        for code in cell.split(MANY)
        if CODE.fullmatch(code.strip())
    }


def _cells_of(rows: Table, columns: Iterable[str]) -> Iterator[str]:
    """Yield the cells of a table below these columns, as far as it has them."""
    head = [name.strip().lower() for name in rows[0][1]] if rows else []
    places = [head.index(column) for column in columns if column in head]
    for _line, cells in rows[1:]:
        yield from (cells[place] for place in places if place < len(cells))


def kept(batch: PlacingBatch, used: Used) -> list[PlacingRoom]:
    """Return what a batch keeps of the agreements that it counts with."""
    return [
        PlacingRoom(
            batch=batch,
            area=code,
            headroom=one.headroom,
            low=one.low,
            high=one.high,
            why=one.why,
            round=one.round,
            review_on=one.review_on,
            capacity_id=one.capacity,
            sent=sent[:20],
        )
        for code, (one, sent) in used.items()
    ]


def rooms_now(batch: PlacingBatch) -> dict[str, PlacingRoom]:
    """Return per area the agreement that a batch counts with now: of the last renewal that stands, else as read."""
    standing = Q(renewal__isnull=True) | Q(renewal__undone_at__isnull=True)
    return {room.area: room for room in batch.rooms.filter(standing).order_by("pk")}


def newer(batch: PlacingBatch, case: Case) -> dict[str, Held]:
    """Return per area of a batch what was agreed otherwise than what it counts with."""
    now, held = rooms_now(batch), held_for(batch.organisation)
    newer_areas = {code: held[code] for code in case.areas.codes if code in held}
    return {code: one for code, one in newer_areas.items() if code not in now or now[code].headroom != one.headroom}


def rooms_of(batch: PlacingBatch, case: Case, viewer: Viewer) -> list[RoomLine]:
    """Return every area of a batch that has headroom or gets some, by name: agreed ones first."""
    names, later = names_of(case), newer(batch, case)
    agreed, short = rooms_now(batch), short_for(batch.organisation, viewer)
    room_lines = []
    for code, room in zip(case.areas.codes, case.areas.headroom.tolist(), strict=True):
        one = agreed.get(code)
        unbounded = room != room  # nothing was agreed: not a number
        if unbounded and code not in later:
            continue
        changed = later[code].headroom if code in later else None
        said = room_in(one.sent) if one else None
        other = said if one and said != one.headroom else None
        counts = None if unbounded else max(1.0, room)
        room_lines.append(RoomLine(names[code], counts, _source(one), other, changed, tuple(short.get(code, ()))))
    return sorted(room_lines, key=lambda line: (not line.source, line.area))


def where_from(batch: PlacingBatch, case: Case) -> dict[str, Any]:
    """Return of how many areas with headroom people agreed it, and for which something else was agreed since."""
    names, bounded = names_of(case), sum(room == room for room in case.areas.headroom.tolist())
    renewed = sorted(names[code] for code in newer(batch, case))
    return {"areas": bounded, "agreed": len(rooms_now(batch)), "renewed": renewed}


def _source(one: PlacingRoom | None) -> str:
    """Return where headroom comes from; nothing when it stood in the sheet."""
    return _("%(round)s: %(why)s") % {"round": one.round, "why": one.why} if one else ""
