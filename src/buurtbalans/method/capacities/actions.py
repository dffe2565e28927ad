"""Writes of what an area can carry and of the support it needs: proposed, answered, agreed, looked at again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.capacities import rules
from buurtbalans.method.capacities.models import Capacity, CapacityVoice, Support, SupportKind
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.plans.rules import require_active, require_rests_on_claim
from buurtbalans.method.rounds.models import Claim, Round, Stance
from buurtbalans.method.rounds.rules import require_claims_of_round, require_in, require_organisation


@action(gettext_lazy("heeft plaatsingsruimte voor een gebied voorgesteld"))
def propose_capacity(
    *,
    by: Person,
    round: Round,
    area: str,
    low: int,
    high: int,
    load: str,
    reason: str,
    review_on: date,
    claims: Sequence[Claim],
    efforts: Sequence[Effort] = (),
    room_low: int | None = None,
    room_high: int | None = None,
) -> Capacity:
    """Propose for the own organisation what an area can carry; it holds once another organisation agrees.

    What was agreed for the area before stays until then, and is named as what this one takes the place of.
    """
    require_in(by, Permission.AGREE_EFFORT, round)
    rules.require_area(area, round)
    room = _checked(round, low, high, load, room_low, room_high, reason, review_on, claims, efforts)
    before = Capacity.objects.agreed().filter(round=round, area=area).first()
    made = Capacity.objects.create(
        round=round,
        area=area,
        low=low,
        high=high,
        load=load,
        room_low=room.low,
        room_high=room.high,
        reason=reason.strip(),
        review_on=review_on,
        organisation=require_organisation(by),
        author=by,
        edited_by=by,
        supersedes=before,
    )
    made.claims.set(claims)
    made.efforts.set(efforts)
    record(
        by=by,
        verb="capacities.propose_capacity",
        about=made,
        area=area,
        claims=[claim.pk for claim in claims],
        efforts=[effort.pk for effort in efforts],
        supersedes=before.pk if before else None,
    )
    return made


def _checked(
    round: Round,
    low: int,
    high: int,
    load: str,
    room_low: int | None,
    room_high: int | None,
    reason: str,
    review_on: date,
    claims: Sequence[Claim],
    efforts: Sequence[Effort],
) -> rules.RoomRange:
    """Return the room of a proposal, or refuse what it says."""
    rules.require_reason(reason)
    rules.require_review(review_on)
    require_claims_of_round(claims, round)
    require_rests_on_claim(claims)
    rules.require_efforts_of(efforts, round)
    return rules.room_of(low, high, load, room_low, room_high)


@action(gettext_lazy("heeft een voorstel voor plaatsingsruimte aangepast"))
def edit_capacity(
    *,
    by: Person,
    capacity: Capacity,
    version: int,
    claims: Sequence[Claim] | None = None,
    efforts: Sequence[Effort] | None = None,
    **fields: Any,
) -> Capacity:
    """Change a proposal that nobody agreed yet; a voice about it says then that it was about an earlier text."""
    rules.require_may_write(by, capacity)
    require_active(capacity)
    rules.require_proposed(capacity)
    names = ("low", "high", "load", "room_low", "room_high", "reason", "review_on")
    now = {name: fields.get(name, getattr(capacity, name)) for name in names}
    laid = list(capacity.claims.all()) if claims is None else claims
    first = capacity.needed if efforts is None else efforts
    room = _checked(capacity.round, claims=laid, efforts=first, **now)
    now |= {"room_low": room.low, "room_high": room.high, "reason": now["reason"].strip()}
    capacity.change(by=by, version=version, **now)
    capacity.claims.set(laid)
    capacity.efforts.set(first)
    record(by=by, verb="capacities.edit_capacity", about=capacity, version=capacity.version, fields=sorted(fields))
    return capacity


@action(gettext_lazy("heeft de mening van een organisatie over de plaatsingsruimte gegeven"))
def answer_capacity(*, by: Person, capacity: Capacity, stance: str, words: str = "", version: int = 0) -> CapacityVoice:
    """Say for the own organisation what it thinks of a proposal; the first that agrees makes it hold.

    `version` 0 is a first answer.
    """
    require_in(by, Permission.AGREE_EFFORT, capacity.round)
    capacity = Capacity.objects.with_withdrawn().select_for_update().get(pk=capacity.pk)
    require_active(capacity)
    if not rules.may_answer(by, capacity):
        raise PermissionDenied("een andere organisatie dan die het voorstelde zegt er iets van")
    if stance not in Stance.values:
        raise ValidationError(_("Kies welke mening uw organisatie hierover heeft."), code="stance")
    if stance != Stance.AGREE and not words.strip():
        raise ValidationError(_("Leg in eigen woorden uit wat u anders ziet."), code="no_words")
    require_no_traces(words)
    fields = {"stance": stance, "words": words.strip(), "about_version": capacity.version, "given_by": by}
    voice, made = CapacityVoice.objects.get_or_create(
        capacity=capacity, organisation=require_organisation(by), defaults=fields | {"edited_by": by}
    )
    if not made:
        voice.change(by=by, version=version, **fields)
    agreed = stance != Stance.DISAGREE and capacity.agreed_at is None
    if agreed:
        _hold(by, capacity)
    record(by=by, verb="capacities.answer_capacity", about=voice, stance=stance, agreed=agreed)
    return voice


def _hold(by: Person, capacity: Capacity) -> None:
    """Let a proposal hold from now, in the place of what holds for its area at this moment."""
    now = Capacity.objects.agreed().filter(round=capacity.round, area=capacity.area).first()
    capacity.change(by=by, version=capacity.version, agreed_at=timezone.now(), supersedes=now)


@action(gettext_lazy("heeft de plaatsingsruimte opnieuw bekeken"))
def review_capacity(*, by: Person, capacity: Capacity, version: int, review_on: date) -> Capacity:
    """Say that what was agreed still holds, until another day of looking again."""
    require_in(by, Permission.AGREE_EFFORT, capacity.round)
    require_active(capacity)
    rules.require_agreed(capacity)
    rules.require_review(review_on)
    capacity.change(by=by, version=version, review_on=review_on)
    record(by=by, verb="capacities.review_capacity", about=capacity, review_on=review_on.isoformat())
    return capacity


withdraw_capacity, restore_capacity = text_pair(
    Capacity,
    "capacity",
    require=rules.require_may_write,
    withdrawn=gettext_lazy("heeft plaatsingsruimte verwijderd"),
    restored=gettext_lazy("heeft plaatsingsruimte hersteld"),
    require_active=require_active,
    already=gettext_lazy("Dit is al eerder toegevoegd, dus het hoeft niet nog een keer."),
    facts=lambda capacity: {"area": capacity.area},
)


@action(gettext_lazy("heeft benodigde ondersteuning toegevoegd"))
def set_support(
    *,
    by: Person,
    round: Round,
    kind: str,
    what: str,
    unit: str,
    need_low: float,
    need_high: float,
    have: float,
    reason: str,
    review_on: date,
    claims: Sequence[Claim],
    who: str = "",
    area: str = "",
) -> Support:
    """Write down which guidance or facility is needed and what there is; it rests on at least one claim."""
    require_in(by, Permission.AGREE_EFFORT, round)
    _require_support(round, area, kind, need_low, need_high, have, reason)
    rules.require_review(review_on)
    require_no_traces(" ".join((what, who, unit)))
    require_claims_of_round(claims, round)
    require_rests_on_claim(claims)
    made = Support.objects.create(
        round=round,
        area=area,
        kind=kind,
        what=what,
        who=who,
        unit=unit,
        need_low=need_low,
        need_high=need_high,
        have=have,
        reason=reason.strip(),
        review_on=review_on,
        author=by,
        edited_by=by,
    )
    made.claims.set(claims)
    record(by=by, verb="capacities.set_support", about=made, area=area, claims=[claim.pk for claim in claims])
    return made


def _require_support(round: Round, area: str, kind: str, low: float, high: float, have: float, reason: str) -> None:
    if area:
        rules.require_area(area, round)
    if kind not in SupportKind.values:
        raise ValidationError(_("Kies of het om begeleiding of om voorzieningen gaat."), code="kind")
    rules.require_need(low, high, have)
    rules.require_reason(reason)


@action(gettext_lazy("heeft benodigde ondersteuning aangepast"))
def edit_support(*, by: Person, support: Support, version: int, **fields: Any) -> Support:
    """Change what is needed, what there is, or when to look again."""
    require_in(by, Permission.AGREE_EFFORT, support.round)
    require_active(support)
    now = {name: fields.get(name, getattr(support, name)) for name in ("area", "kind", "need_low", "need_high", "have")}
    reason = fields.get("reason", support.reason)
    _require_support(support.round, now["area"], now["kind"], now["need_low"], now["need_high"], now["have"], reason)
    if "review_on" in fields and fields["review_on"] != support.review_on:
        rules.require_review(fields["review_on"])
    require_no_traces(" ".join(str(fields.get(name, "")) for name in ("what", "who", "unit")))
    support.change(by=by, version=version, **fields)
    record(by=by, verb="capacities.edit_support", about=support, version=support.version, fields=sorted(fields))
    return support


withdraw_support, restore_support = text_pair(
    Support,
    "support",
    require=lambda by, support: require_in(by, Permission.AGREE_EFFORT, support.round),
    withdrawn=gettext_lazy("heeft benodigde ondersteuning verwijderd"),
    restored=gettext_lazy("heeft benodigde ondersteuning hersteld"),
    require_active=require_active,
    already=gettext_lazy("Dit is al eerder toegevoegd, dus het hoeft niet nog een keer."),
)
