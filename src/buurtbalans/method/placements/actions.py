"""Writes of the placing: every one by somebody, with an audit row that holds counts and numbers, never a household."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans import __version__
from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.stories.rules import require_no_traces
from buurtbalans.placing.case import NONE

from . import queries, rules
from .models import BEST, PlacingAdvice, PlacingBatch, PlacingChoice, PlacingDecision, PlacingRoom, PlacingSwitch

AGAIN = (PlacingChoice.REFUSED, PlacingChoice.PICK, PlacingChoice.LOCK, PlacingChoice.REJECT)


@action
def switch(*, by: Person, on: bool, reason: str) -> PlacingSwitch:
    """Switch placing on or off for the own organisation, with the reason that others read."""
    organisation = rules.require_may_switch(by)
    rules.require_other(organisation, on)
    require_no_traces(reason)
    turned = PlacingSwitch.objects.create(organisation=organisation, on=on, reason=reason.strip(), by=by)
    record(by=by, verb="placements.switch", about=turned, organisation=organisation.pk, on=on)
    return turned


@action
def import_batch(*, by: Person, title: str, tables: Mapping[str, Sequence[tuple[int, list[str]]]]) -> PlacingBatch:
    """Keep a case as somebody sent it, checked whole, and make the first advice on it.

    Raises
    ------
    Refused
        With everything that is wrong in the tables; then nothing is kept.
    """
    organisation = rules.require_may_place(by)
    require_no_traces(title)
    named, strange = queries.with_corporations(tables)
    sent, used = queries.with_room(named, organisation)
    files, case, looks = queries.files_of(sent)
    batch = PlacingBatch.objects.create(
        organisation=organisation, title=title.strip(), files=files, hashes=dict(case.hashes),
        households=len(case.households.ids), homes=len(case.homes.ids), by=by,
        warnings=[asdict(one) for one in (*strange, *queries.strange_areas(sent), *looks)],
    )  # fmt: skip
    batch.corporations.set(Organisation.objects.filter(slug__in={*case.homes.corporation}))
    record(by=by, verb="placements.import_batch", about=batch, households=batch.households, homes=batch.homes,
           rooms=len(used))  # fmt: skip
    PlacingRoom.objects.bulk_create(queries.kept(batch, used))
    _advise(by, batch)
    return batch


def _advise(
    by: Person, batch: PlacingBatch, *, plan: str = "", reason: str = "", shown: list[str] | None = None
) -> PlacingAdvice:
    """Make the next advice on a batch with what people decided; a proposal that was shown is kept where it can.

    Those are the ones of the last advice, or what was `shown` before it when that is taken back or another plan taken.
    """
    last = batch.advices.first()
    plan, reason = (plan, reason) if plan else (last.plan, last.reason) if last else (BEST, "")
    locks, rejections = queries.wishes(queries.decisions_of(batch))
    shown = _shown(last) if shown is None else shown
    made = queries.solved(batch, locks, rejections, shown, plan)
    ids, homes = made.case.households.ids, made.case.homes.ids
    proposals = [[ids[at], homes[home]] for at, home in enumerate(made.outcome.home.tolist()) if home != NONE]
    advice = PlacingAdvice.objects.create(
        batch=batch, number=last.number + 1 if last else 1, locks=locks, rejections=rejections, shown=shown,
        proposals=proposals, placed=len(proposals), proof=made.proof, seal=queries.seal_of(made),
        made_with=__version__, by=by, plan=plan, reason=reason,
    )  # fmt: skip
    record(by=by, verb="placements.advise", about=batch, number=advice.number, placed=advice.placed)
    return advice


def _shown(advice: PlacingAdvice | None) -> list[str]:
    return [f"{household}:{home}" for household, home in advice.proposals] if advice else []


@action
def choose_plan(*, by: Person, batch: PlacingBatch, plan: str, reason: str) -> PlacingAdvice:
    """Choose which plan the advice follows from now on, with the reason; what was decided stays."""
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    require_no_traces(reason)
    last = batch.advices.latest("number")
    if plan == last.plan:
        raise ValidationError(_("Dit plan geldt al."), code="same")
    if plan not in [one.name for one in queries.plans_of(batch, last)]:
        raise ValidationError(_("Dit plan is er nu niet."), code="plan")
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom u dit plan kiest."), code="no_reason")
    made = _advise(by, batch, plan=plan, reason=reason.strip(), shown=last.shown)
    record(by=by, verb="placements.choose_plan", about=batch, number=made.number, plan=plan)
    return made


@action
def decide(
    *, by: Person, batch: PlacingBatch, household: str, choice: str, proposed: str, home: str = "", reason: str = ""
) -> PlacingDecision:
    """Decide about one household: take over, another home, hold, or away with this home.

    A home that is offered beside the proposal the household may choose itself, without a second person: nobody moves.

    `proposed` is the home that the person saw: when the advice changed meanwhile, nothing is decided.
    """
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    require_no_traces(reason)
    now = dict(batch.advices.get(number=batch.advices.count()).proposals)
    if now.get(household, "") != proposed:
        raise ValidationError(_("Het voorstel is intussen anders. Kijk opnieuw."), code="changed")
    if choice not in (PlacingChoice.CHOOSE, PlacingChoice.REFUSED):  # a household may always refuse
        rules.require_not_by_two(queries.held(queries.decisions_of(batch), household))
    other = choice in (PlacingChoice.CHOOSE, PlacingChoice.PICK)
    _require_can(batch, household, home if other else proposed, choice, reason)
    made = PlacingDecision.objects.create(
        batch=batch, household=household, home=home if other else proposed, proposed=proposed, choice=choice,
        reason=reason.strip(), by=by,
    )  # fmt: skip
    record(by=by, verb="placements.decide", about=made, choice=choice)
    if choice in AGAIN:
        _advise(by, batch)
    return made


def _require_can(batch: PlacingBatch, household: str, home: str, choice: str, reason: str) -> None:
    """Refuse a decision about a home that there is not, that cannot be, or without the reason that it asks."""
    if not home and choice != PlacingChoice.HOLD:
        raise ValidationError(_("Voor dit huishouden is er geen voorstel."), code="none")
    if choice == PlacingChoice.PICK:
        offered = queries.offers(queries.advised(batch, batch.advices.latest("number")), household)
        if home not in [one.id for one in offered]:
            raise ValidationError(_("Deze woning is er niet meer bij. Kijk opnieuw."), code="offer")
    if choice == PlacingChoice.CHOOSE:
        _require_other(batch, household, home, reason)


def _require_other(batch: PlacingBatch, household: str, home: str, reason: str) -> None:
    """Refuse another home that is none, or cannot be, or has no reason."""
    if home == dict(batch.advices.latest("number").proposals).get(household):
        raise ValidationError(_("Dit is al het voorstel. Neem het over."), code="same")
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom u een andere woning kiest."), code="no_reason")
    advice = queries.advised(batch, batch.advices.latest("number"))
    if home not in advice.case.homes.ids:
        raise ValidationError(_("Deze woning is er niet."), code="home")
    if against := queries.reasons_against(advice, household, home):
        raise ValidationError(_("Dat kan niet: %(why)s."), code="filtered", params={"why": "; ".join(against)})


@action
def review(*, by: Person, decision: PlacingDecision, agreed: bool, review: str) -> PlacingDecision:
    """Agree or disagree, as a second person, with another home than was proposed; agreed, a new advice follows."""
    rules.require_may_place(by, decision.batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=decision.batch_id)
    decision.refresh_from_db()
    rules.require_open(batch)
    rules.require_other_person(by, decision)
    require_no_traces(review)
    if agreed:
        advice = queries.advised(batch, batch.advices.latest("number"))
        if against := queries.reasons_against(advice, decision.household, decision.home):
            raise ValidationError(_("Dat kan niet: %(why)s."), code="filtered", params={"why": "; ".join(against)})
    decision.agreed, decision.review, decision.reviewed_by = agreed, review.strip(), by
    decision.reviewed_at = timezone.now()
    decision.save(update_fields=["agreed", "review", "reviewed_by", "reviewed_at"])
    record(by=by, verb="placements.review", about=decision, agreed=agreed)
    if agreed:
        _advise(by, batch)
    return decision


@action
def reconsider(*, by: Person, decision: PlacingDecision) -> PlacingDecision:
    """Take a decision back, so that one decides anew; what it changed in the advice becomes as it was."""
    rules.require_may_place(by, decision.batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=decision.batch_id)
    decision.refresh_from_db()
    rules.require_open(batch)
    now = queries.standing(queries.decisions_of(batch)).get(decision.household)
    if now != decision:
        raise ValidationError(_("Er is intussen anders besloten. Kijk opnieuw."), code="changed")
    rules.require_not_by_two(decision)
    changed = decision.reviewed_at or (decision.at if decision.choice in AGAIN else None)
    decision.undone_by, decision.undone_at = by, timezone.now()
    decision.save(update_fields=["undone_by", "undone_at"])
    record(by=by, verb="placements.reconsider", about=decision, choice=decision.choice)
    if changed is not None:
        _advise(by, batch, shown=_shown(batch.advices.filter(at__lt=changed).first()))
    return decision


@action
def close(*, by: Person, batch: PlacingBatch) -> PlacingBatch:
    """Close a batch: from now the term of appeal runs, and after it everything about a household is erased."""
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    batch.closed_at = timezone.now()
    batch.save(update_fields=["closed_at"])
    record(by=by, verb="placements.close", about=batch)
    return batch


@action
def reopen(*, by: Person, batch: PlacingBatch) -> PlacingBatch:
    """Open a batch again that was closed, as long as nothing of it is erased."""
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_closed(batch)
    batch.closed_at = None
    batch.save(update_fields=["closed_at"])
    record(by=by, verb="placements.reopen", about=batch)
    return batch


@action
def remove_batch(*, by: Person, batch: PlacingBatch, reason: str, decided: int = 0) -> PlacingBatch:
    """Take away a batch that was read in by mistake: all about a household goes at once, and others see it no more.

    `decided` is how many decisions the person saw that go along: when there are more by now, nothing goes.
    """
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    require_no_traces(reason)
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom deze lijst weg moet."), code="no_reason")
    if batch.decisions.count() != decided:
        raise ValidationError(_("Er is intussen iets besloten. Kijk opnieuw."), code="changed")
    batch.removed_by, batch.removed_reason = by, reason.strip()
    batch.save(update_fields=["removed_by", "removed_reason"])
    batch.corporations.clear()
    _erase(batch)
    queries.forget()
    record(by=by, verb="placements.remove_batch", about=batch, households=batch.households, homes=batch.homes)
    return batch


def _erase(batch: PlacingBatch) -> None:
    """Erase of a batch all that is about a household or a home."""
    batch.advices.update(locks=[], rejections=[], shown=[], proposals=[], reason="")
    batch.decisions.all().delete()
    batch.files, batch.warnings, batch.erased_at = {}, [], timezone.now()
    batch.save(update_fields=["files", "warnings", "erased_at"])


@action
def erase_batches(*, by: Person | None, now: datetime | None = None) -> dict[str, Any]:
    """Erase of every batch whose term has passed all that is about a household or a home; numbers and hashes stay."""
    today, erased = timezone.localdate(now), 0
    for batch in PlacingBatch.objects.filter(erased_at=None):
        if batch.erased_on <= today:
            _erase(batch)
            erased += 1
    queries.forget()
    record(by=by, verb="placements.erase_batches", batches=erased)
    return {"batches": erased}
