"""Rules about plans: what a line must rest on, who agrees it for whom, when it is old, and which numbers are small."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from buurtbalans.figures.area.inside import lies_in
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.plans.works import works
from buurtbalans.method.rounds.queries.evidence import borders_of
from buurtbalans.method.rounds.queries.partner import STILL_TRUE
from buurtbalans.method.rounds.queries.round import organisations_of
from buurtbalans.method.rounds.rules import may_in, require_in, speaks_for

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Organisation, Person
    from buurtbalans.method.plans.models import Effort
    from buurtbalans.method.rounds.models import Claim, Round

RENEW_SOON: Final = timedelta(days=30)
FEW_PEOPLE: Final = 10  # fewer people reached are counted exactly only for the organisation that reached them


def require_rests_on_claim(claims: Collection["Claim"]) -> None:
    """Refuse a plan line that rests on nothing: each one leads back to a claim, and so to a figure or a story."""
    if not claims:
        raise ValidationError(_("Kies op welke uitspraak dit rust."), code="rests_on_nothing")


def require_target(low: float, high: float) -> None:
    """Refuse a target that is no range."""
    if low > high:
        raise ValidationError(_("Het doel loopt van laag naar hoog. Draai de getallen om."), code="target")


def require_state_reason(state: str, reason: str) -> None:
    """Refuse a standstill without a reason."""
    if state == "staat_stil" and not reason.strip():
        raise ValidationError(_("Schrijf op waarom het stilstaat."), code="no_reason")


def require_in_order(start: date | None, end: date | None) -> None:
    """Refuse an end before its start."""
    if start and end and end < start:
        raise ValidationError(_("Het einde ligt vóór het begin. Draai de datums om."), code="order")


def require_owner(owner: "Person | None", organisation: "Organisation") -> None:
    """Refuse an owner who works elsewhere: who promises something for an organisation works there."""
    if owner is not None and owner.organisation_id != organisation.pk:
        raise ValidationError(_("Kies iemand van de organisatie die dit doet."), code="owner")


def require_inside(round: "Round", area: str, place: "tuple[float | None, float | None]") -> None:
    """Refuse a place outside the working area, or outside the buurt of it that was chosen.

    The borders are those of the map that one chooses on: of the round's pinned release, in the year of the
    neighbourhood. Where that has no map or no border, and for the streets within a buurt, nobody can tell: then any
    place will do, with any area of the working area by its code.
    """
    longitude, latitude = place
    borders = borders_of(round)
    if longitude is None or latitude is None or borders is None:
        return
    if lies_in(borders, [area] if area else round.neighbourhood.codes, (longitude, latitude)) is False:
        words = _("Deze plek ligt buiten de gekozen buurt.") if area else _("Deze plek ligt buiten het werkgebied.")
        refused = f"{words} {_('Kies een plek binnen de lijn op de kaart.')}"
        raise ValidationError({"place": ValidationError(refused, code="outside")})


def require_at_the_table(organisation: "Organisation", round: "Round", by: "Person") -> None:
    """Refuse an effort for an organisation that is not in this round; the guide may write one for who is around it."""
    if may_in(by, Permission.EDIT_ROUND, round) or organisation.pk == by.organisation_id:
        return
    if organisation.pk not in {one.pk for one in organisations_of(round)}:
        raise ValidationError(_("Deze organisatie doet niet mee in deze ronde."), code="elsewhere")


def may_accept(person: "Person | AnonymousUser", effort: "Effort") -> bool:
    """Return whether a person may say yes or no to what is asked of an organisation.

    That is who agrees efforts for it; the guide writes the answer down for organisations without anybody in the core
    group, such as residents.
    """
    round = effort.result.round
    if not may_in(person, Permission.AGREE_EFFORT, round) or not person.is_authenticated:
        return False
    if person.organisation_id == effort.organisation_id:
        return True
    seated = {one.pk for one in organisations_of(round)}
    return effort.organisation_id not in seated and may_in(person, Permission.EDIT_ROUND, round)


def require_may_accept(person: "Person", effort: "Effort") -> None:
    """Refuse unless the person may answer for the organisation; only what is still a proposal can be answered."""
    require_in(person, Permission.AGREE_EFFORT, effort.result.round)
    if not may_accept(person, effort):
        raise PermissionDenied("alleen de organisatie zelf zegt ja of nee")
    if not effort.is_proposal or effort.withdrawn_at is not None:
        raise ValidationError(_("Hierover is al besloten."), code="answered")


def may_write(person: "Person | AnonymousUser", effort: "Effort") -> bool:
    """Return whether a person may report on an effort or change it: for the own organisation, or as guide."""
    round = effort.result.round
    return may_in(person, Permission.AGREE_EFFORT, round) and speaks_for(person, effort.organisation, round)


def require_standing(line: Any) -> None:
    """Refuse to write on a line that was taken away."""
    if line.withdrawn_at is not None:
        raise ValidationError(_("Dit is weggehaald. Zet het eerst terug."), code="withdrawn")


def require_withdrawn(line: Any) -> None:
    """Refuse to bring back what stands already."""
    if line.withdrawn_at is None:
        raise ValidationError(_("Dit staat er al."), code="standing")


def require_known_work(code: str, evidence: str) -> None:
    """Refuse an effort from the list that is not in it, and one that claims to be known better than the list says."""
    if not code:
        if evidence != "eigen_idee":
            raise ValidationError(
                _("Kies een inzet uit de lijst, of noem het een eigen idee dat nog niet getest is."), code="untested"
            )
        return
    if code not in works().efforts:
        raise ValidationError(_("Deze inzet staat niet in de lijst van wat werkt."), code="works")
    if works().efforts[code].evidence != evidence:
        raise ValidationError(_("In de lijst staat het anders: neem over hoe zeker dit is."), code="evidence")


def is_old(true_on: date | None, today: date) -> bool:
    """Return whether nobody said for half a year that a line still holds."""
    return true_on is None or today - true_on > STILL_TRUE


def renews_soon(renew_by: date | None, today: date) -> bool:
    """Return whether an effort must be decided on again within a month, or should have been."""
    return renew_by is not None and renew_by - today <= RENEW_SOON


def counts_exactly(viewer: "Person | AnonymousUser", effort: "Effort") -> bool:
    """Return whether a viewer sees small numbers of people: only who works at the organisation that reached them."""
    return viewer.is_authenticated and viewer.organisation_id == effort.organisation_id


def require_plan(content: Mapping[str, Any], before: Mapping[str, Any] | None) -> None:
    """Refuse to agree a plan without a result, or one that is as it was agreed last."""
    if not content["results"]:
        raise ValidationError(_("Er is nog geen resultaat om af te spreken."), code="empty")
    if before is not None and before == content:
        raise ValidationError(_("Er is niets veranderd sinds de vorige keer."), code="same")
