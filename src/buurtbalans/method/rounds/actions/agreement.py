"""Writes of the sharing agreement: its text, what each organisation promises, signing it, taking that back, the end."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.trash import text_pair
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.models import Agreement, Pledge, Round, Signature
from buurtbalans.method.rounds.queries import agreement as queries
from buurtbalans.method.rounds.rules import (
    require_in,
    require_organisation,
    require_own_delivery,
    require_own_pledge,
    require_plain,
    require_reason,
    require_term,
)
from buurtbalans.method.rounds.sharing import lock_agreement, open_complete_claims, settle_sharing
from buurtbalans.method.rounds.states import AGREEMENT


@action(gettext_lazy("is begonnen aan een afspraak over delen"))
def create_agreement(*, by: Person, round: Round, until: date, **texts: str) -> Agreement:
    """Begin a version of the agreement: the first one, or a new one beside the version that counts."""
    require_in(by, Permission.EDIT_ROUND, round)
    lock_agreement(round)
    require_plain(*texts.values())
    if queries.draft_agreement(round) is not None:
        raise ValidationError(_("Er is al een concept van een nieuwe versie, dus werk daarin verder."), code="twice")
    require_term(until)
    last = round.agreements.first()
    agreement = Agreement.objects.create(
        round=round, number=last.number + 1 if last else 1, until=until, edited_by=by, **texts
    )
    record(by=by, verb="rounds.create_agreement", about=agreement, round=round.pk, number=agreement.number)
    return agreement


@action(gettext_lazy("heeft de afspraak over delen aangepast"))
def edit_agreement(*, by: Person, agreement: Agreement, version: int, until: date, **texts: str) -> Agreement:
    """Change the text of an agreement that nobody signed yet: it was not proposed."""
    require_in(by, AGREEMENT["edit"].permission, agreement.round)
    require_plain(*texts.values())
    _require_state("edit", agreement)
    require_term(until)
    agreement.change(by=by, version=version, until=until, **texts)
    record(by=by, verb="rounds.edit_agreement", about=agreement, version=agreement.version)
    return agreement


@action(gettext_lazy("heeft de afspraak over delen voorgelegd"))
def propose_agreement(*, by: Person, agreement: Agreement, version: int) -> Agreement:
    """Close the text and lay it before the organisations; from now on only this version counts, once signed.

    What organisations promised in the version before goes along, as far as its day has not passed.
    """
    round = agreement.round
    require_in(by, AGREEMENT["propose"].permission, round)
    lock_agreement(round)
    _require_state("propose", agreement)
    require_term(agreement.until)
    before = queries.current(round)
    agreement.change(by=by, version=version, proposed_at=timezone.now())
    if before is not None:
        _carry_pledges(before, agreement)
    settle_sharing(round)
    record(by=by, verb="rounds.propose_agreement", about=agreement, number=agreement.number)
    return agreement


@action(gettext_lazy("heeft de afspraak over delen ondertekend"))
def sign_agreement(*, by: Person, agreement: Agreement, role: str) -> Signature:
    """Sign in the name of one's own organisation, and say in what position."""
    require_in(by, AGREEMENT["sign"].permission, agreement.round)
    lock_agreement(agreement.round)
    organisation = require_organisation(by)
    require_plain(role)
    _require_current(agreement)
    _require_state("sign", agreement)
    if not role.strip():
        raise ValidationError(_("Schrijf op in welke functie u de afspraak ondertekent."), code="role")
    given = {"by": by, "role": role.strip()}
    signature, made = Signature.objects.get_or_create(
        agreement=agreement, organisation=organisation, taken_back_at=None, defaults=given
    )
    if not made:
        raise ValidationError(_("Uw organisatie heeft deze versie al ondertekend."), code="twice")
    settle_sharing(agreement.round)
    open_complete_claims(by, agreement.round)
    record(by=by, verb="rounds.sign_agreement", about=signature, agreement=agreement.pk)
    return signature


@action(gettext_lazy("heeft een handtekening ingetrokken"))
def withdraw_signature(*, by: Person, agreement: Agreement, reason: str) -> Signature:
    """Take the word of one's own organisation back; from now on others do not see what it shared here."""
    require_in(by, AGREEMENT["withdraw_signature"].permission, agreement.round)
    lock_agreement(agreement.round)
    require_plain(reason)
    require_reason(reason)
    signature = agreement.signatures.filter(organisation=require_organisation(by), taken_back_at=None).first()
    if signature is None:
        raise ValidationError(_("Uw organisatie heeft deze versie niet ondertekend."), code="not_signed")
    signature.taken_back_at, signature.taken_back_by, signature.reason = timezone.now(), by, reason.strip()
    signature.save(update_fields=["taken_back_at", "taken_back_by", "reason"])
    settle_sharing(agreement.round)
    record(by=by, verb="rounds.withdraw_signature", about=signature, agreement=agreement.pk)
    return signature


@action(gettext_lazy("heeft de afspraak over delen beëindigd"))
def end_agreement(*, by: Person, agreement: Agreement, version: int, reason: str) -> Agreement:
    """Stop an agreement before its day, with the reason; a new version can follow."""
    require_in(by, AGREEMENT["end"].permission, agreement.round)
    lock_agreement(agreement.round)
    require_plain(reason)
    require_reason(reason)
    _require_current(agreement)
    _require_state("end", agreement)
    agreement.change(by=by, version=version, ended_at=timezone.now(), end_reason=reason.strip())
    settle_sharing(agreement.round)
    record(by=by, verb="rounds.end_agreement", about=agreement, version=agreement.version)
    return agreement


@action(gettext_lazy("heeft toegezegd wat de organisatie deelt"))
def pledge(
    *, by: Person, round: Round, what: str, audience: str, until: date, delivery: Delivery | None = None
) -> Pledge:
    """Promise what one's own organisation shares, with which circle, until when; nobody promises for another.

    A line binds only who wrote it, so it can also be added after signing.
    """
    require_in(by, Permission.GIVE_OPINION, round)
    lock_agreement(round)
    organisation = require_organisation(by)
    agreement = queries.bearer(round)
    if agreement is None:
        text = _("Er is geen afspraak over delen die nu geldt, dus maak die eerst samen in stap 1.")
        raise ValidationError(text, code="no_agreement")
    _require_line(by, agreement, what, audience, until, delivery)
    made = Pledge.objects.create(
        agreement=agreement,
        organisation=organisation,
        what=what.strip(),
        audience=audience,
        until=until,
        delivery=delivery,
        edited_by=by,
    )
    settle_sharing(round)
    record(by=by, verb="rounds.pledge", about=made, agreement=agreement.pk, delivery=delivery.pk if delivery else None)
    return made


@action(gettext_lazy("heeft een toezegging aangepast"))
def edit_pledge(
    *, by: Person, pledge: Pledge, version: int, what: str, audience: str, until: date, delivery: Delivery | None = None
) -> Pledge:
    """Change a line of one's own organisation."""
    round = pledge.agreement.round
    require_own_pledge(by, pledge)
    lock_agreement(round)
    _require_bearer(pledge)
    _require_line(by, pledge.agreement, what, audience, until, delivery)
    pledge.change(by=by, version=version, what=what.strip(), audience=audience, until=until, delivery=delivery)
    settle_sharing(round)
    record(by=by, verb="rounds.edit_pledge", about=pledge, version=pledge.version)
    return pledge


def _require_may_withdraw_pledge(by: Person, pledge: Pledge) -> None:
    require_own_pledge(by, pledge)
    lock_agreement(pledge.agreement.round)
    _require_bearer(pledge)


withdraw_pledge, restore_pledge = text_pair(
    Pledge,
    "pledge",
    require=_require_may_withdraw_pledge,
    withdrawn=gettext_lazy("heeft een toezegging ingetrokken"),
    restored=gettext_lazy("heeft een toezegging hersteld"),
    settle=lambda by, pledge: settle_sharing(pledge.agreement.round),
    facts=lambda pledge: {"version": pledge.version},
)


def _require_state(action: str, agreement: Agreement) -> None:
    """Refuse an action that the table of states does not allow today, as it is in the database now."""
    agreement.refresh_from_db()
    AGREEMENT.require(action, agreement.state(timezone.localdate()))


def _require_current(agreement: Agreement) -> None:
    """Refuse what is said about a version that is not the one that counts any more."""
    if queries.current(agreement.round) != agreement:
        raise ValidationError(_("Er is inmiddels een andere versie, dus lees die eerst."), code="other_version")


def _require_bearer(pledge: Pledge) -> None:
    """Refuse to change a line of a version that is behind us: it stays as it was signed."""
    if queries.bearer(pledge.agreement.round) != pledge.agreement:
        raise ValidationError(_("Deze regel hoort bij een versie die niet meer geldt."), code="other_version")


def _require_line(
    by: Person, agreement: Agreement, what: str, audience: str, until: date, delivery: Delivery | None
) -> None:
    require_plain(what)
    if not what.strip():
        raise ValidationError(_("Schrijf op welke gegevens uw organisatie deelt."), code="what")
    if audience not in Audience.of_round():
        raise ValidationError(_("Kies tussen de kerngroep en de betrokkenen."), code="audience")
    require_term(until)
    if until > agreement.until:
        text = _("De afspraak zelf loopt tot en met %(day)s, dus kies een datum die niet later is.")
        raise ValidationError(text, code="too_long", params={"day": f"{agreement.until:%d-%m-%Y}"})
    if delivery is not None:
        require_own_delivery(by, delivery)


def _carry_pledges(before: Agreement, agreement: Agreement) -> None:
    """Let the lines that still count go along into a new version, except those that stand there already."""
    there = {
        (pledge.organisation_id, pledge.what, pledge.delivery_id, pledge.audience) for pledge in agreement.pledges.all()
    }
    standing = before.pledges.filter(withdrawn_at=None, until__gte=timezone.localdate())
    Pledge.objects.bulk_create(
        Pledge(
            agreement=agreement,
            organisation_id=one.organisation_id,
            what=one.what,
            delivery_id=one.delivery_id,
            audience=one.audience,
            until=min(one.until, agreement.until),
            edited_by_id=one.edited_by_id,
        )
        for one in standing
        if (one.organisation_id, one.what, one.delivery_id, one.audience) not in there
    )
