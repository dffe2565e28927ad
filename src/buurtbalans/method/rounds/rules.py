"""Rules about rounds: who works in one, what a verdict and a figure must have, and what may count as evidence."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans.method.datasets.models import Shipment, ShipmentState
from buurtbalans.method.datasets.rules import may_decide
from buurtbalans.method.people.models import CircleKind
from buurtbalans.method.people.permissions import Permission, roles_with
from buurtbalans.method.people.rules import may, require
from buurtbalans.method.stories.rules import require_no_traces

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Organisation, Person
    from buurtbalans.method.stories.models import Story

    from .models import Claim, LineKind, Pledge, Round

FIGURE: Final = frozenset(
    {"release", "area", "area_name", "division", "indicator", "name", "period", "value", "low", "high", "absence"}
    | {"city", "sentence", "source_line", "source", "direction", "per"}
)
RESTS_ON_CLAIMS: Final = frozenset({"kracht", "kans", "zorg"})


def may_in(person: "Person | AnonymousUser", permission: Permission, round: "Round") -> bool:
    """Return whether a person may do something in the core group of a round."""
    return may(person, permission, round.core)


def allowed(person: "Person | AnonymousUser", round: "Round") -> dict[str, bool]:
    """Return for every permission whether the person has it in the core group, asked at once for a whole page."""
    mine = (
        person.memberships.filter(circle=round.core_id).values_list("role", flat=True)
        if person.is_authenticated
        else []
    )
    held = set(mine)
    return {permission.value: bool(held & set(roles_with(permission))) for permission in Permission}


def require_in(person: "Person | AnonymousUser", permission: Permission, round: "Round") -> None:
    """Refuse unless the person may do this in the core group of the round."""
    require(person, permission, round.core)


def require_may_start(person: "Person") -> None:
    """Refuse unless the person may start a round for the organisation they work for."""
    require(person, Permission.START_ROUND, require_employed(person).circle)


def require_employed(person: "Person") -> "Organisation":
    """Return the organisation in whose name a person writes, or refuse who works for none."""
    if person.organisation is None:
        raise PermissionDenied("alleen wie bij een organisatie werkt spreekt in haar naam")
    return person.organisation


def speaks_for(person: "Person | AnonymousUser", organisation: "Organisation", round: "Round") -> bool:
    """Return whether a person may write in the name of an organisation: their own, or any as guide of the round."""
    own = person.is_authenticated and person.organisation_id == organisation.pk
    return own or may_in(person, Permission.EDIT_ROUND, round)


def require_speaks_for(person: "Person", organisation: "Organisation", round: "Round") -> None:
    """Refuse unless the person may write in the name of this organisation."""
    if not speaks_for(person, organisation, round):
        raise PermissionDenied("u kunt alleen voor uw eigen organisatie spreken")


def require_figure(figure: Mapping[str, Any]) -> None:
    """Refuse a figure that is not frozen whole: every fact of it, and exactly one of value and absence."""
    if missing := sorted(FIGURE - set(figure)):
        raise ValidationError(
            _("Dit cijfer is niet heel: %(keys)s."), code="figure", params={"keys": ", ".join(missing)}
        )
    if (figure["value"] is None) is (figure["absence"] is None):
        raise ValidationError(_("Een cijfer heeft een waarde of een reden waarom die er niet is."), code="figure")


def require_offered(figure: Mapping[str, Any], round: "Round") -> Shipment | None:
    """Return the shipment that a figure is from, if any; refuse one that is not shared with this core group now."""
    number = figure.get("shipment")
    if number is None:
        return None
    found = Shipment.objects.shared_with([round.core_id, round.ring_id]).filter(pk=number).first()
    if found is None:
        raise ValidationError(_("Dit cijfer is niet meer met u gedeeld."), code="not_shared")
    return found


def require_shared(story: "Story", round: "Round") -> None:
    """Refuse a story as evidence that not everybody in the core group can read, or of another neighbourhood."""
    if story.neighbourhood_id != round.neighbourhood_id:
        raise ValidationError(_("Dit verhaal gaat over een andere buurt."), code="elsewhere")
    if story.withdrawn_at is not None:
        raise ValidationError(_("Dit verhaal is teruggetrokken."), code="withdrawn")
    if story.circle_id not in (round.core_id, round.ring_id) and story.circle.kind != CircleKind.PUBLIC:
        raise ValidationError(_("Deel dit verhaal eerst met de kerngroep."), code="not_shared")


def require_judgeable(claim: "Claim", verdict: str, reason: str, verdicts: Collection[str]) -> None:
    """Refuse a verdict before any evidence, without a reason, or of another kind than the four."""
    if verdict not in verdicts:
        raise ValidationError(_("Kies een oordeel."), code="verdict")
    if not claim.evidence.exists():
        raise ValidationError(_("Leg eerst een cijfer of een verhaal bij deze uitspraak."), code="no_evidence")
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom. Een oordeel zonder reden helpt niemand verder."), code="no_reason")


def require_of_round(claims: Iterable["Claim"], round: "Round") -> None:
    """Refuse claims of another round."""
    if any(claim.round_id != round.pk for claim in claims):
        raise ValidationError(_("Deze uitspraak hoort bij een andere ronde."), code="elsewhere")


def require_rests(kind: "LineKind | str", claims: Collection["Claim"]) -> None:
    """Refuse a strength, chance or concern that rests on nothing; a cause is a supposition and may stand alone."""
    if kind in RESTS_ON_CLAIMS and not claims:
        raise ValidationError(_("Kies op welke uitspraak dit rust."), code="rests_on_nothing")


def require_plain(*texts: str) -> None:
    """Refuse what leads to one person in the texts of an agreement: many read them, also on paper."""
    require_no_traces(" ".join(texts))


def require_reason(reason: str) -> None:
    """Refuse to stop or take back without saying why."""
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom. De anderen lezen dat."), code="no_reason")


def require_term(until: date) -> None:
    """Refuse a last day that has passed."""
    if until < timezone.localdate():
        raise ValidationError(_("Deze dag is voorbij. Kies een dag die nog komt."), code="past")


def require_own_pledge(person: "Person", pledge: "Pledge") -> None:
    """Refuse to change what another organisation promised, also for the guide: nobody promises for another."""
    require_in(person, Permission.GIVE_OPINION, pledge.agreement.round)
    if person.organisation_id != pledge.organisation_id:
        raise PermissionDenied("een organisatie belooft alleen voor zichzelf")


def require_own_shipment(person: "Person", shipment: Shipment) -> None:
    """Refuse to promise a shipment of another organisation, or one that was withdrawn."""
    if person.organisation_id != shipment.organisation_id or not may_decide(person, shipment):
        raise PermissionDenied("een organisatie belooft alleen haar eigen levering")
    if shipment.state == ShipmentState.WITHDRAWN:
        raise ValidationError(_("Deze levering is ingetrokken. Zet haar eerst terug."), code="withdrawn")
