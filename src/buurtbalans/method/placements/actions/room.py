"""Writes of the headroom that a batch counts with: it takes what was agreed since, or goes back to what it had."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.people.models import Person
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.actions.advice import advise
from buurtbalans.method.placements.models import PlacingAdvice, PlacingBatch, PlacingRenewal, PlacingRoom
from buurtbalans.method.placements.queries import advice, batches, case
from buurtbalans.method.placements.queries import headroom as headroom_queries
from buurtbalans.method.placements.queries import renewal as renewal_queries


@action(gettext_lazy("heeft een nieuwe plaatsingsruimte gebruikt in een plaatsingsronde"))
def renew_room(*, by: Person, batch: PlacingBatch) -> PlacingRenewal:
    """Let a batch count with the headroom that was agreed since; a new advice follows, and what was shown counts."""
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    renewal = PlacingRenewal.objects.create(batch=batch, by=by)
    taken = PlacingRoom.objects.bulk_create(renewal_queries.renewed(renewal))
    if not taken:
        raise ValidationError(
            _("Deze plaatsingsronde gebruikt al de plaatsingsruimte die is afgesproken."), code="same"
        )
    _count(batch, {one.area: str(one.headroom) for one in taken})
    record(by=by, verb="placements.renew_room", about=batch, rooms=len(taken))
    advise(by=by, batch=batch)
    return renewal


@action(gettext_lazy("heeft in een plaatsingsronde de eerdere plaatsingsruimte hersteld"))
def restore_room(*, by: Person, renewal: PlacingRenewal) -> PlacingRenewal:
    """Let a batch count again with what it had before its last renewal; the advice becomes as it was."""
    rules.require_may_place(by, renewal.batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=renewal.batch_id)
    rules.require_open(batch)
    if batch.renewals.filter(undone_at=None).last() != renewal:
        raise ValidationError(
            _("De plaatsingsruimte is intussen opnieuw gewijzigd. Bekijk de nieuwe cijfers voordat u verdergaat."),
            code="changed",
        )
    renewal.undone_by, renewal.undone_at = by, timezone.now()
    renewal.save(update_fields=["undone_by", "undone_at"])
    rooms = list(renewal.rooms.all())
    _count(batch, {room.area: room.was for room in rooms})
    record(by=by, verb="placements.restore_room", about=batch, rooms=len(rooms))
    asked = batches.wishes(batches.decisions_of(batch))
    advise(by=by, batch=batch, shown=advice.shown_again(batch.advices.filter(at__lt=renewal.at).first(), *asked))
    return renewal


def _count(batch: PlacingBatch, headroom: Mapping[str, str]) -> None:
    """Let a batch count with other headroom from now on; its advices keep what they counted with."""
    cells, advices = headroom_queries.cells_of(batch.files), list(batch.advices.all())
    for row in advices:
        row.room = {code: cells[code] for code in headroom} | row.room
    PlacingAdvice.objects.bulk_update(advices, ["room"])
    batch.files = headroom_queries.recounted(batch.files, headroom)
    batch.hashes = dict(case.case_of(batch.files).hashes)
    batch.save(update_fields=["files", "hashes"])
