"""A batch that takes the headroom which was agreed since it was read: what it takes, its files then, and each time."""

import csv
import io
from collections.abc import Mapping
from operator import itemgetter
from typing import Final

from ..models import PlacingBatch, PlacingRenewal, PlacingRoom
from .case import Files, case_of
from .page import names_of
from .room import kept, newer, room_in, rooms_now

AREAS: Final = "areas.csv"


def renewed(renewal: PlacingRenewal) -> list[PlacingRoom]:
    """Return what a batch takes at a renewal: per area the newest agreement, with what it counted with and was sent."""
    batch = renewal.batch
    now, cells, later = rooms_now(batch), _cells(batch.files[AREAS]), newer(batch, case_of(batch.files))
    used = {code: (one, now[code].sent if code in now else cells[code]) for code, one in later.items()}
    taken = kept(batch, used)
    for one in taken:
        one.renewal, one.was = renewal, cells[one.area]
    return taken


def recounted(files: Files, headroom: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a batch with other headroom in some areas, as if it had been read so."""
    head, *rows = csv.reader(io.StringIO(files[AREAS]))
    code, room, said = *_places(head), io.StringIO()
    changed = [[headroom.get(row[code], cell) if at == room else cell for at, cell in enumerate(row)] for row in rows]
    csv.writer(said, lineterminator="\n").writerows([head, *sorted(changed)])
    return {**files, AREAS: said.getvalue()}


def renewals_of(batch: PlacingBatch) -> list[tuple[PlacingRenewal, list[tuple[str, float | None, int]], bool]]:
    """Return each renewal in order: its areas with headroom before and after, and whether it is the last standing."""
    found = list(batch.renewals.select_related("by", "undone_by").prefetch_related("rooms"))
    names = names_of(case_of(batch.files)) if found else {}
    last = next((one for one in reversed(found) if one.undone_at is None), None)
    told = [[(names[room.area], room_in(room.was), room.headroom) for room in one.rooms.all()] for one in found]
    return [(one, sorted(areas, key=itemgetter(0)), one == last) for one, areas in zip(found, told, strict=True)]


def _cells(text: str) -> dict[str, str]:
    head, *rows = csv.reader(io.StringIO(text))
    code, room = _places(head)
    return {row[code]: row[room] for row in rows}


def _places(head: list[str]) -> tuple[int, int]:
    names = [name.strip().lower() for name in head]
    return names.index("code"), names.index("headroom")
