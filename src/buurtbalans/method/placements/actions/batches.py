"""Writes of the switch and of batches: read in, closed, opened again, taken away, and erased after the term."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.actions.advice import advise
from buurtbalans.method.placements.models import PlacingBatch, PlacingPlan, PlacingRoom, PlacingSwitch
from buurtbalans.method.placements.queries import cache, references, room
from buurtbalans.method.placements.queries import case as case_queries


@action(gettext_lazy("heeft plaatsen in- of uitgeschakeld"))
def switch(*, by: Person, on: bool, reason: str) -> PlacingSwitch:
    """Switch placing on or off for the own organisation, with the reason that others read."""
    organisation = rules.require_may_switch(by)
    rules.require_other(organisation, on)
    require_no_traces(reason)
    turned = PlacingSwitch.objects.create(organisation=organisation, on=on, reason=reason.strip(), by=by)
    record(by=by, verb="placements.switch", about=turned, organisation=organisation.pk, on=on)
    return turned


@action(gettext_lazy("heeft een plaatsingsronde ingelezen"))
def import_batch(*, by: Person, title: str, tables: Mapping[str, Sequence[tuple[int, list[str]]]]) -> PlacingBatch:
    """Keep a case as somebody sent it, checked whole, and make the first advice on it.

    Raises
    ------
    Refused
        With everything that is wrong in the tables; then nothing is kept.
    """
    organisation = rules.require_may_place(by)
    require_no_traces(title)
    named, strange = references.with_corporations(tables)
    sent, used = room.with_room(named, organisation)
    files, case, looks = case_queries.files_of(sent)
    batch = PlacingBatch.objects.create(
        organisation=organisation,
        title=title.strip(),
        files=files,
        hashes=dict(case.hashes),
        households=len(case.households.ids),
        homes=len(case.homes.ids),
        by=by,
        warnings=[asdict(one) for one in references.told_once((*strange, *references.strange_areas(sent), *looks))],
    )
    batch.corporations.set(Organisation.objects.filter(slug__in={*case.homes.corporation}))
    record(
        by=by,
        verb="placements.import_batch",
        about=batch,
        households=batch.households,
        homes=batch.homes,
        rooms=len(used),
    )
    PlacingRoom.objects.bulk_create(room.kept(batch, used))
    advise(by=by, batch=batch)
    return batch


@action(gettext_lazy("heeft een plaatsingsronde afgerond"))
def close(*, by: Person, batch: PlacingBatch) -> PlacingBatch:
    """Close a batch: from now the term of appeal runs, and after it everything about a household is erased."""
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    batch.closed_at = timezone.now()
    batch.save(update_fields=["closed_at"])
    record(by=by, verb="placements.close", about=batch)
    return batch


@action(gettext_lazy("heeft een plaatsingsronde heropend"))
def reopen(*, by: Person, batch: PlacingBatch) -> PlacingBatch:
    """Open a batch again that was closed, as long as nothing of it is erased."""
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_closed(batch)
    batch.closed_at = None
    batch.save(update_fields=["closed_at"])
    record(by=by, verb="placements.reopen", about=batch)
    return batch


@action(gettext_lazy("heeft een plaatsingsronde verwijderd"))
def remove_batch(*, by: Person, batch: PlacingBatch, reason: str, decided: int = 0) -> PlacingBatch:
    """Take away a batch that was read in by mistake: all about a household goes at once, and others see it no more.

    `decided` is how many decisions the person saw that go along: when there are more by now, nothing goes.
    """
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_kept(batch)
    require_no_traces(reason)
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom u deze plaatsingsronde verwijdert."), code="no_reason")
    if batch.decisions.count() != decided:
        raise ValidationError(
            _("Er is intussen een besluit genomen. Bekijk de plaatsingsronde opnieuw voordat u verdergaat."),
            code="changed",
        )
    batch.removed_by, batch.removed_reason = by, reason.strip()
    batch.save(update_fields=["removed_by", "removed_reason"])
    batch.corporations.clear()
    _erase(batch)
    cache.forget()
    record(by=by, verb="placements.remove_batch", about=batch, households=batch.households, homes=batch.homes)
    return batch


def _erase(batch: PlacingBatch) -> None:
    """Erase of a batch all that is about a household or a home."""
    batch.advices.update(locks=[], rejections=[], shown=[], proposals=[], reason="")
    batch.decisions.all().delete()
    batch.works.all().delete()
    PlacingPlan.objects.filter(advice__batch=batch).delete()
    batch.files, batch.warnings, batch.erased_at = {}, [], timezone.now()
    batch.save(update_fields=["files", "warnings", "erased_at"])


@action(gettext_lazy("heeft plaatsingsronden gewist waarvan de bewaartermijn voorbij is"))
def erase_batches(*, by: Person | None, now: datetime | None = None) -> dict[str, Any]:
    """Erase of every batch whose term has passed all that is about a household or a home; numbers and hashes stay."""
    today, erased = timezone.localdate(now), 0
    for batch in PlacingBatch.objects.filter(erased_at=None):
        if batch.erased_on <= today:
            _erase(batch)
            erased += 1
    cache.forget()
    record(by=by, verb="placements.erase_batches", batches=erased)
    return {"batches": erased}
