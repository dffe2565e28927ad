"""A batch that takes the headroom which was agreed since it was read: what it takes, and each time that it did."""

from operator import itemgetter

from buurtbalans.method.placements.models import PlacingBatch, PlacingRenewal, PlacingRoom
from buurtbalans.method.placements.queries.case import case_of
from buurtbalans.method.placements.queries.headroom import cells_of
from buurtbalans.method.placements.queries.proposals import names_of
from buurtbalans.method.placements.queries.room import kept, newer, room_in, rooms_now


def renewed(renewal: PlacingRenewal) -> list[PlacingRoom]:
    """Return what a batch takes at a renewal: per area the newest agreement, with what it counted with and was sent."""
    batch = renewal.batch
    now, cells, later = rooms_now(batch), cells_of(batch.files), newer(batch, case_of(batch.files))
    used = {code: (one, now[code].sent if code in now else cells[code]) for code, one in later.items()}
    taken = kept(batch, used)
    for one in taken:
        one.renewal, one.was = renewal, cells[one.area]
    return taken


def renewals_of(batch: PlacingBatch) -> list[tuple[PlacingRenewal, list[tuple[str, float | None, int]], bool]]:
    """Return each renewal in order: its areas with headroom before and after, and whether it is the last standing."""
    renewals = list(batch.renewals.select_related("by", "undone_by").prefetch_related("rooms"))
    names = names_of(case_of(batch.files)) if renewals else {}
    last = next((renewal for renewal in reversed(renewals) if renewal.undone_at is None), None)
    told = [
        [(names[room.area], room_in(room.was), room.headroom) for room in renewal.rooms.all()] for renewal in renewals
    ]
    return [
        (renewal, sorted(areas, key=itemgetter(0)), renewal == last)
        for renewal, areas in zip(renewals, told, strict=True)
    ]
