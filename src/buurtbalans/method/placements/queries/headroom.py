"""The headroom in the files of a batch: what it says, other headroom, and what an earlier advice counted with."""

import csv
import io
from collections.abc import Mapping
from typing import Final

from buurtbalans.method.placements.models import PlacingAdvice, PlacingBatch
from buurtbalans.method.placements.queries.case import Files

AREAS: Final = "areas.csv"


def cells_of(files: Files) -> dict[str, str]:
    """Return per area what the files of a batch say of its headroom."""
    head, *rows = csv.reader(io.StringIO(files[AREAS]))
    code, room = _places(head)
    return {row[code]: row[room] for row in rows}


def recounted(files: Files, headroom: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a batch with other headroom in some areas, as if it had been read so."""
    head, *rows = csv.reader(io.StringIO(files[AREAS]))
    code, room, said = *_places(head), io.StringIO()
    changed = [[headroom.get(row[code], cell) if at == room else cell for at, cell in enumerate(row)] for row in rows]
    csv.writer(said, lineterminator="\n").writerows([head, *sorted(changed)])
    return {**files, AREAS: said.getvalue()}


def files_by(batch: PlacingBatch, advice: PlacingAdvice) -> Files:
    """Return the files of a batch with which an advice was made: later it may count with other headroom."""
    return recounted(batch.files, advice.room) if advice.room else batch.files


def _places(head: list[str]) -> tuple[int, int]:
    names = [name.strip().lower() for name in head]
    return names.index("code"), names.index("headroom")
