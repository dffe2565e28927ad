"""Writes of an effort: agree or propose it, accept or decline it, update, withdraw and restore it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.interventions.evidence import EvidenceClass
from buurtbalans.method.plans.models import PROMISED_FIELDS, Effort, EffortState, Result
from buurtbalans.method.plans.rules import (
    may_accept,
    require_active,
    require_catalogue_evidence,
    require_in_order,
    require_may_accept,
    require_may_withdraw,
    require_owner,
    require_participant,
    require_place_in_area,
    require_rests_on_claim,
    require_state_reason,
    require_withdrawn,
)
from buurtbalans.method.rounds.models import Claim
from buurtbalans.method.rounds.rules import require_claims_of_round, require_in, require_speaks_for


@action(gettext_lazy("heeft een actie toegevoegd"))
def agree_effort(
    *,
    by: Person,
    result: Result,
    organisation: Organisation,
    what: str,
    first_sign: str,
    since: date,
    evidence_class: str,
    claims: Sequence[Claim],
    state: str = EffortState.STARTS,
    state_reason: str = "",
    together_with: str = "",
    intervention: str = "",
    **about: Any,
) -> Effort:
    """Agree an effort of the own organisation for a result, or propose one to another organisation until it accepts.

    `about` may hold owner, starts_on, ends_on, quick_win, renew_by, where, area, longitude and latitude.
    """
    require_in(by, Permission.AGREE_EFFORT, result.round)
    require_active(result)
    require_participant(organisation, result.round, by)
    require_claims_of_round(claims, result.round)
    require_rests_on_claim(claims)
    require_state_reason(state, state_reason)
    require_catalogue_evidence(intervention, evidence_class)
    require_owner(about.get("owner"), organisation)
    require_in_order(about.get("starts_on"), about.get("ends_on"))
    require_place_in_area(result.round, about.get("area", ""), (about.get("longitude"), about.get("latitude")))
    own = by.organisation_id == organisation.pk
    effort = Effort.objects.create(
        result=result,
        organisation=organisation,
        what=what,
        first_sign=first_sign,
        since=since,
        evidence_class=EvidenceClass(evidence_class),
        state=EffortState(state),
        state_reason=state_reason,
        together_with=together_with,
        intervention=intervention,
        author=by,
        edited_by=by,
        accepted_at=timezone.now() if own else None,
        accepted_by=by if own else None,
        confirmed_on=timezone.localdate() if own else None,
        **about,
    )
    effort.claims.set(claims)
    record(
        by=by,
        verb="plans.agree_effort" if own else "plans.propose_effort",
        about=effort,
        claims=[claim.pk for claim in claims],
    )
    return effort


@action(gettext_lazy("heeft een actie toegezegd"))
def accept_effort(*, by: Person, effort: Effort, owner: Person | None = None) -> Effort:
    """Accept a proposed effort for its organisation; the person who accepts owns it unless there is another owner."""
    require_may_accept(by, effort)
    require_owner(owner, effort.organisation)
    mine = by if by.organisation_id == effort.organisation_id else None
    effort.change(
        by=by,
        version=effort.version,
        accepted_at=timezone.now(),
        accepted_by=by,
        confirmed_on=timezone.localdate(),
        owner=owner or effort.owner or mine,
    )
    record(by=by, verb="plans.accept_effort", about=effort)
    return effort


@action(gettext_lazy("heeft een actie afgewezen, met een reden"))
def decline_effort(*, by: Person, effort: Effort, reason: str) -> Effort:
    """Say no with a reason; the line leaves the plan, its reason stays to be read."""
    require_may_accept(by, effort)
    if not reason.strip():
        raise ValidationError(
            _("Vul in waarom uw organisatie dit niet doet, zodat de groep een andere oplossing kan zoeken."),
            code="no_reason",
        )
    effort.change(by=by, version=effort.version, state_reason=reason.strip())
    effort.withdraw(by=by)
    record(by=by, verb="plans.decline_effort", about=effort)
    return effort


@action(gettext_lazy("heeft een actie aangepast"))
def edit_effort(*, by: Person, effort: Effort, version: int, **fields: Any) -> Effort:
    """Change what was agreed: the words, the owner, the dates, the place; what it rests on stays.

    What an organisation accepted becomes a proposal again when somebody changes it who may not accept for it.
    """
    _require_may_write(by, effort)
    require_owner(fields.get("owner"), effort.organisation)
    require_in_order(fields.get("starts_on"), fields.get("ends_on"))
    place = (fields.get("longitude", effort.longitude), fields.get("latitude", effort.latitude))
    require_place_in_area(effort.result.round, fields.get("area", effort.area), place)
    effort.change(by=by, version=version, **fields, **_asks_again(by, effort, fields))
    record(by=by, verb="plans.edit_effort", about=effort, version=effort.version, fields=sorted(fields))
    return effort


@action(gettext_lazy("heeft de stand van een actie bijgewerkt"))
def report_effort(
    *, by: Person, effort: Effort, version: int, state: str, since: date, first_sign: str, state_reason: str = ""
) -> Effort:
    """Update the state of an effort: starts, runs, done, or stuck with a reason."""
    _require_may_write(by, effort)
    if state not in EffortState.values:
        raise ValidationError(_("Kies de stand van zaken van deze actie."), code="state")
    require_state_reason(state, state_reason)
    effort.change(
        by=by,
        version=version,
        state=state,
        since=since,
        first_sign=first_sign,
        state_reason=state_reason.strip(),
        confirmed_on=timezone.localdate(),
        **_asks_again(by, effort, {"first_sign": first_sign}),
    )
    record(by=by, verb="plans.report_effort", about=effort, state=state)
    return effort


@action(gettext_lazy("heeft bevestigd dat een actie nog klopt"))
def confirm_effort(*, by: Person, effort: Effort) -> Effort:
    """Confirm that an effort is still true as it is written."""
    _require_may_write(by, effort)
    effort.change(by=by, version=effort.version, confirmed_on=timezone.localdate())
    record(by=by, verb="plans.confirm_effort", about=effort)
    return effort


@action(gettext_lazy("heeft opnieuw besloten over een actie"))
def renew_effort(*, by: Person, effort: Effort, version: int, renew_by: date, ends_on: date | None = None) -> Effort:
    """Continue an effort until the next date on which the group decides."""
    _require_may_write(by, effort)
    if renew_by <= timezone.localdate():
        raise ValidationError(_("Deze datum is al geweest. Kies een dag in de toekomst."), code="past")
    require_in_order(effort.starts_on, ends_on)
    dates = {"renew_by": renew_by, "ends_on": ends_on}
    again = _asks_again(by, effort, dates)
    effort.change(by=by, version=version, **dates, confirmed_on=timezone.localdate(), **again)
    record(by=by, verb="plans.renew_effort", about=effort)
    return effort


withdraw_effort, restore_effort = text_pair(
    Effort,
    "effort",
    require=require_may_withdraw,
    withdrawn=gettext_lazy("heeft een actie verwijderd"),
    restored=gettext_lazy("heeft een actie hersteld"),
    require_active=require_active,
    require_restorable=require_withdrawn,
    settle=lambda by, effort: _forget_refusal(by, effort),
)


def _forget_refusal(by: Person, effort: Effort) -> None:
    """Turn a declined effort that was restored into a proposal again."""
    if effort.withdrawn_at is None and effort.accepted_at is None and effort.state_reason:
        effort.change(by=by, version=effort.version, state_reason="")


def _asks_again(by: Person, effort: Effort, fields: dict[str, Any]) -> dict[str, None]:
    """Return the fields that turn an accepted effort into a proposal, when another changes what was promised."""
    rewritten = any(name in fields and fields[name] != getattr(effort, name) for name in PROMISED_FIELDS)
    if effort.is_proposal or not rewritten or may_accept(by, effort):
        return {}
    return {"accepted_at": None, "accepted_by": None}


def _require_may_write(by: Person, effort: Effort) -> None:
    require_in(by, Permission.AGREE_EFFORT, effort.result.round)
    require_speaks_for(by, effort.organisation, effort.result.round)
    require_active(effort)
