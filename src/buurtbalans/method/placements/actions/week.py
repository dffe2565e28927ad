"""Follows the advice of a week in one step, and back: proposals that it confirms are locked, the rest is held."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.people.models import Person
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.actions.advice import advise
from buurtbalans.method.placements.models import (
    FITS_AHEAD,
    WAITS_AHEAD,
    PlacingAdvice,
    PlacingBatch,
    PlacingChoice,
    PlacingDecision,
)
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import batches, case
from buurtbalans.method.placements.queries import week as week_queries


@action(gettext_lazy("heeft het advies voor een week overgenomen"))
def follow_week(*, by: Person, batch: PlacingBatch, seen: str) -> PlacingDecision:
    """Lock the proposals that this week's plan confirms, hold those that had better wait, and return the first decision.

    Only what a person can decide about each household alone: another home than the proposal stays for a person, and a
    second one. `seen` is the seal of what the person saw: when it is otherwise by now, nothing is decided.
    """
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    if not case.looks_ahead(batch.files) or week_queries.long_week(batch):
        raise ValidationError(_("Deze plaatsingsronde kan hier niet vooruitkijken."), code="week")
    advice = batch.advices.latest("number")
    week = week_queries.this_week(batch, advice)
    if week.seal != seen:
        raise ValidationError(
            _("Het weekadvies is intussen gewijzigd. Bekijk het advies opnieuw voordat u beslist."), code="changed"
        )
    decisions = _week_decisions(by, batch, advice, week)
    if not decisions:
        raise ValidationError(_("Er zijn geen voorstellen die u kunt overnemen."), code="none")
    for decision in decisions:
        decision.along = decisions[0]
    PlacingDecision.objects.bulk_update(decisions, ["along"])
    record(by=by, verb="placements.follow_week", about=batch, locked=len(week.locks), held=len(week.holds))
    if week.locks:
        advise(by=by, batch=batch)
    return decisions[0]


def _week_decisions(
    by: Person, batch: PlacingBatch, advice: PlacingAdvice, week: week_queries.ThisWeek
) -> list[PlacingDecision]:
    """Write the locks and holds of a week, and return them in that order."""
    proposals = dict(advice.proposals)
    locks = [_decided(by, batch, household, home, PlacingChoice.LOCK, FITS_AHEAD) for household, home in week.locks]
    holds = [
        _decided(
            by,
            batch,
            wait.household,
            proposals[wait.household],
            PlacingChoice.HOLD,
            WAITS_AHEAD % {"area": wait.home.area},
        )
        for wait in week.wait
        if wait.may_hold and wait.home
    ]
    return [*locks, *holds]


def _decided(
    by: Person, batch: PlacingBatch, household: str, home: str, choice: PlacingChoice, reason: str
) -> PlacingDecision:
    return PlacingDecision.objects.create(
        batch=batch, household=household, home=home, proposed=home, choice=choice, reason=reason, by=by
    )


@action(gettext_lazy("heeft het overnemen van een weekadvies ongedaan gemaakt"))
def reconsider_week(*, by: Person, decision: PlacingDecision) -> Sequence[PlacingDecision]:
    """Take back what was decided in one step with a week; where somebody decided otherwise meanwhile, that stays."""
    rules.require_may_place(by, decision.batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=decision.batch_id)
    rules.require_open(batch)
    back = batches.still_followed(batch, decision.along_id or -1)
    if not back:
        raise ValidationError(
            _("Een ander heeft intussen een besluit genomen. Bekijk de stand opnieuw voordat u beslist."),
            code="changed",
        )
    for one in back:
        one.undone_by, one.undone_at = by, timezone.now()
    PlacingDecision.objects.bulk_update(back, ["undone_by", "undone_at"])
    locked = sum(one.choice == PlacingChoice.LOCK for one in back)
    record(by=by, verb="placements.reconsider_week", about=batch, locked=locked, held=len(back) - locked)
    if locked:
        asked = batches.wishes(batches.decisions_of(batch))
        advise(
            by=by,
            batch=batch,
            shown=advice_queries.shown_again(batch.advices.filter(at__lt=back[0].at).first(), *asked),
        )
    return back
