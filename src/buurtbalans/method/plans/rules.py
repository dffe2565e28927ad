"""Rules of plans: what a line rests on, who agrees it for whom, when it needs confirmation, and small numbers."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.figures.area.inside import lies_in
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.interventions import intervention_catalogue
from buurtbalans.method.plans.states import PlanState
from buurtbalans.method.rounds.queries.evidence import borders_of
from buurtbalans.method.rounds.queries.partner import STILL_TRUE
from buurtbalans.method.rounds.queries.round import organisations_of
from buurtbalans.method.rounds.rules import may_in, require_in, speaks_for

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Organisation, Person
    from buurtbalans.method.plans.models import Effort
    from buurtbalans.method.rounds.models import Claim, Round

RENEW_SOON: Final = timedelta(days=30)
MIN_EXACT_REACH: Final = 10  # people; only the organisation itself sees a smaller number


def require_rests_on_claim(claims: Collection["Claim"]) -> None:
    """Refuse a plan line without a claim: each line leads back to a claim, and so to a figure or a story."""
    if not claims:
        raise ValidationError(_("Kies de stelling waarop u dit baseert."), code="rests_on_nothing")


def require_target(low: float, high: float) -> None:
    """Refuse a target range whose lowest value is above its highest."""
    if low > high:
        raise ValidationError(_("De laagste waarde komt eerst, dus wissel de twee getallen om."), code="target")


def require_state_reason(state: str, reason: str) -> None:
    """Refuse a stuck effort without a reason."""
    if state == "staat_stil" and not reason.strip():
        raise ValidationError(_("Vul in waarom de actie stilligt, zodat de groep kan meedenken."), code="no_reason")


def require_in_order(start: date | None, end: date | None) -> None:
    """Refuse an end before the start."""
    if start and end and end < start:
        raise ValidationError(_("De einddatum is eerder dan de begindatum, dus wissel de datums om."), code="order")


def require_owner(owner: "Person | None", organisation: "Organisation") -> None:
    """Refuse an owner who does not work at the organisation."""
    if owner is not None and owner.organisation_id != organisation.pk:
        raise ValidationError(_("Kies iemand van de organisatie die de actie uitvoert."), code="owner")


def require_place_in_area(round: "Round", area: str, place: "tuple[float | None, float | None]") -> None:
    """Refuse a place outside the working area, or outside the chosen buurt in it.

    The borders are those of the map on the form: of the round's pinned release, in the year of the neighbourhood.
    Any place is accepted when that release has no map or no border of the area, and for streets within a buurt.
    """
    longitude, latitude = place
    borders = borders_of(round)
    if longitude is None or latitude is None or borders is None:
        return
    if lies_in(borders, [area] if area else round.neighbourhood.codes, (longitude, latitude)) is False:
        if area:
            message = _("Deze plek is buiten de gekozen buurt, dus kies een plek binnen de grens op de kaart.")
        else:
            message = _("Deze plek is buiten het werkgebied, dus kies een plek binnen de grens op de kaart.")
        raise ValidationError({"place": ValidationError(message, code="outside")})


def require_participant(organisation: "Organisation", round: "Round", by: "Person") -> None:
    """Refuse an effort for an organisation outside the round; the guide may write one for an organisation around it."""
    if may_in(by, Permission.EDIT_ROUND, round) or organisation.pk == by.organisation_id:
        return
    if organisation.pk not in _participant_ids(round):
        raise ValidationError(_("Deze organisatie doet niet mee aan deze ronde."), code="elsewhere")


def may_accept(person: "Person | AnonymousUser", effort: "Effort") -> bool:
    """Return whether a person may accept or decline an effort for its organisation.

    The guide answers for an organisation without anybody in the core group, such as residents.
    """
    round = effort.result.round
    if not may_in(person, Permission.AGREE_EFFORT, round) or not person.is_authenticated:
        return False
    if person.organisation_id == effort.organisation_id:
        return True
    return effort.organisation_id not in _participant_ids(round) and may_in(person, Permission.EDIT_ROUND, round)


def _participant_ids(round: "Round") -> set[int]:
    return {organisation.pk for organisation in organisations_of(round)}


def require_may_accept(person: "Person", effort: "Effort") -> None:
    """Refuse a person who may not answer for the organisation, and an effort that is answered already."""
    require_in(person, Permission.AGREE_EFFORT, effort.result.round)
    if not may_accept(person, effort):
        raise PermissionDenied("alleen de organisatie zelf zegt ja of nee")
    if not effort.is_proposal or effort.withdrawn_at is not None:
        raise ValidationError(_("De organisatie heeft hierover al een besluit genomen."), code="answered")


def may_write(person: "Person | AnonymousUser", effort: "Effort") -> bool:
    """Return whether a person may update an effort: for the own organisation, or as guide."""
    round = effort.result.round
    return may_in(person, Permission.AGREE_EFFORT, round) and speaks_for(person, effort.organisation, round)


def may_withdraw(person: "Person | AnonymousUser", effort: "Effort") -> bool:
    """Return whether a person may take an effort away and put it back: what was promised, only for who promised it."""
    return may_write(person, effort) if effort.is_proposal else may_accept(person, effort)


def require_may_withdraw(person: "Person", effort: "Effort") -> None:
    """Refuse a person who may not take this effort away, or put it back."""
    require_in(person, Permission.AGREE_EFFORT, effort.result.round)
    if not may_withdraw(person, effort):
        raise PermissionDenied("alleen de organisatie die een actie heeft toegezegd, verwijdert of herstelt die")


def require_active(line: Any) -> None:
    """Refuse a change to a withdrawn line."""
    if line.withdrawn_at is not None:
        raise ValidationError(_("Dit is verwijderd. Herstel het eerst voordat u het wijzigt."), code="withdrawn")


def require_withdrawn(line: Any) -> None:
    """Refuse to restore a line that is not withdrawn."""
    if line.withdrawn_at is None:
        raise ValidationError(_("Dit is al eerder toegevoegd, dus het hoeft niet nog een keer."), code="standing")


def require_catalogue_evidence(code: str, evidence: str) -> None:
    """Refuse an unknown intervention, and a class of evidence other than the one in the catalogue."""
    if not code:
        if evidence != "eigen_idee":
            raise ValidationError(
                _("Kies een maatregel uit het overzicht, of noem het een eigen idee dat nog niet is getest."),
                code="untested",
            )
        return
    intervention = intervention_catalogue().interventions.get(code)
    if intervention is None:
        raise ValidationError(_("Deze maatregel staat niet in het overzicht ‘Wat werkt’."), code="intervention")
    if intervention.evidence != evidence:
        raise ValidationError(
            _("Het overzicht ‘Wat werkt’ noemt een andere mate van bewijs, dus neem die over."), code="evidence"
        )


def needs_confirmation(confirmed_on: date | None, today: date) -> bool:
    """Return whether a line was not confirmed in the last half year."""
    return confirmed_on is None or today - confirmed_on > STILL_TRUE


def is_renewal_due(renew_by: date | None, today: date) -> bool:
    """Return whether the group must decide on an effort again within a month, or is late already."""
    return renew_by is not None and renew_by - today <= RENEW_SOON


def sees_exact_reach(viewer: "Person | AnonymousUser", effort: "Effort") -> bool:
    """Return whether a viewer sees small numbers of people reached: only at the organisation that reached them."""
    return viewer.is_authenticated and viewer.organisation_id == effort.organisation_id


def plan_state(content: Mapping[str, Any], before: Mapping[str, Any] | None) -> PlanState:
    """Return where a plan stands beside the content of its last agreed version."""
    if not content["results"]:
        return PlanState.EMPTY
    return PlanState.AGREED if before == content else PlanState.DRAFT
