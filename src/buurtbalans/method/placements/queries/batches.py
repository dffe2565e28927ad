"""Reads of what was decided: the switch of an organisation, and the decisions of a batch as they hold now."""

from collections.abc import Iterable

from django.db.models import QuerySet

from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.models import (
    LOCKING_CHOICES,
    REJECTING_CHOICES,
    PlacingBatch,
    PlacingDecision,
    PlacingSwitch,
)


def switches(organisation: Organisation) -> "QuerySet[PlacingSwitch]":
    """Return every turn of the switch of an organisation, the last one first."""
    return PlacingSwitch.objects.filter(organisation=organisation).select_related("by")


def turned_off(organisation: Organisation) -> list[PlacingSwitch]:
    """Return the turns that put placing off for batches of an organisation, or in which its homes are offered."""
    batches = PlacingBatch.objects.with_part(organisation.pk, (False,)).filter(erased_at=None)
    owners = Organisation.objects.filter(pk__in=batches.values("organisation"))
    return [turn for owner in owners if (turn := switches(owner).first()) is not None]


def officers(organisation: Organisation) -> "QuerySet[Person]":
    """Return the data-protection officers of an organisation."""
    return Person.objects.filter(
        memberships__role=Role.PRIVACY_OFFICER, memberships__circle=organisation.circle, is_active=True
    ).distinct()


def decisions_of(batch: PlacingBatch) -> list[PlacingDecision]:
    """Return all decisions of a batch, in the order in which they were taken."""
    return list(batch.decisions.select_related("by", "reviewed_by", "undone_by"))


def standing(decisions: Iterable[PlacingDecision]) -> dict[str, PlacingDecision]:
    """Return per household the last decision that holds or waits; what was declined or undone is not there."""
    return {decision.household: decision for decision in decisions if decision.counts or decision.waits}


def undecided(batch: PlacingBatch) -> list[str]:
    """Return the households with a proposal about whom nobody decided yet, or a second person still looks."""
    advice, now = batch.advices.first(), standing(decisions_of(batch))
    proposed = [household for household, _home in advice.proposals] if advice else []
    return [one for one in proposed if one not in now or not now[one].settles]


def pending(decisions: Iterable[PlacingDecision]) -> list[PlacingDecision]:
    """Return the decisions that hold now and wait for a second person."""
    return [one for one in standing(decisions).values() if one.waits]


def wishes(decisions: Iterable[PlacingDecision]) -> tuple[list[str], list[str]]:
    """Return the locked pairs and the rejected pairs, as `H:J`."""
    pending = list(decisions)
    last = {one.household: one for one in pending if one.counts}
    locked = {f"{one.household}:{one.home}" for one in last.values() if one.choice in LOCKING_CHOICES}
    away = {f"{one.household}:{one.home}" for one in pending if one.choice in REJECTING_CHOICES and one.counts}
    return sorted(locked), sorted(away - locked)


def still_followed(batch: PlacingBatch, step: int = 0) -> list[PlacingDecision]:
    """Return what still stands of what was decided in one step with a week, of the last such step without one."""
    decisions = decisions_of(batch)
    now = standing(decisions)
    left = [decision for decision in decisions if decision.along_id and now.get(decision.household) == decision]
    step = step or max((one.along_id or 0 for one in left), default=0)
    return [one for one in left if one.along_id == step]
