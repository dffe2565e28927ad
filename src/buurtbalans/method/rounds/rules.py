"""Rules about rounds: who works in one, what a verdict and a figure must have, and what may count as evidence."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.datasets.models import Delivery, DeliveryState
from buurtbalans.method.datasets.rules import may_decide
from buurtbalans.method.people.permissions import Permission, Role, roles_with
from buurtbalans.method.people.queries import guides_of
from buurtbalans.method.people.rules import Refusal, may, require
from buurtbalans.method.rounds.steps import POINTS
from buurtbalans.method.stories.rules import may_write_for

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Membership, Organisation, Person
    from buurtbalans.method.rounds.models import (
        Claim,
        Evidence,
        Gap,
        LineKind,
        Meeting,
        Parked,
        PictureVersion,
        Pledge,
        Round,
        SubTeam,
    )
    from buurtbalans.method.stories.models import Story

FIGURE: Final = frozenset(
    {"release", "area", "area_name", "division", "indicator", "name", "period", "value", "low", "high", "absence"}
    | {"city", "sentence", "source_line", "source", "direction", "per"}
)
TEAM: Final = frozenset({Role.CORE_MEMBER, Role.RING_MEMBER, Role.AMBASSADOR})  # how somebody can be let in
SHORTEST: Final = 15  # minutes of a meeting
LONGEST: Final = 8 * 60
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
    require(person, Permission.START_ROUND, require_organisation(person).circle)


def require_organisation(person: "Person") -> "Organisation":
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
            _("Dit cijfer is niet compleet, want er ontbreekt: %(keys)s."),
            code="figure",
            params={"keys": ", ".join(missing)},
        )
    if (figure["value"] is None) is (figure["absence"] is None):
        raise ValidationError(
            _("Een cijfer heeft een waarde, of anders een reden waarom de waarde ontbreekt."), code="figure"
        )


def require_shared_delivery(figure: Mapping[str, Any], round: "Round") -> Delivery | None:
    """Return the delivery that a figure is from, if any; refuse one that is not shared with this core group now."""
    number = figure.get("delivery")
    if number is None:
        return None
    delivery = Delivery.objects.shared_with(round.circles.values_list("pk", flat=True)).filter(pk=number).first()
    if delivery is None:
        raise ValidationError(_("Dit cijfer wordt niet meer met u gedeeld."), code="not_shared")
    return delivery


def require_shared(story: "Story", round: "Round") -> None:
    """Refuse a story as evidence that not everybody in the core group can read, or of another neighbourhood."""
    if story.neighbourhood_id != round.neighbourhood_id:
        raise ValidationError(_("Dit verhaal gaat over een andere buurt dan deze ronde."), code="elsewhere")
    if story.withdrawn_at is not None:
        raise ValidationError(
            _("Dit verhaal is ingetrokken en kan daarom geen onderbouwing meer zijn."), code="withdrawn"
        )
    if not story.circle.audience.is_public and not round.circles.filter(pk=story.circle_id).exists():
        raise ValidationError(
            _("Deel dit verhaal eerst met de kerngroep, zodat iedereen de onderbouwing kan lezen."), code="not_shared"
        )


def require_valid_verdict(claim: "Claim", verdict: str, reason: str, verdicts: Collection[str]) -> None:
    """Refuse a verdict before any evidence, without a reason, or of a kind that there is not."""
    if verdict not in verdicts:
        raise ValidationError(_("Kies welke conclusie bij deze stelling past."), code="verdict")
    if not claim.evidence.active().exists():
        raise ValidationError(
            _("Voeg eerst een cijfer of een verhaal toe als onderbouwing van deze stelling."), code="no_evidence"
        )
    if not reason.strip():
        raise ValidationError(
            _("Leg uit waarom, want zonder reden helpt een conclusie niemand verder."), code="no_reason"
        )


def require_opened(claim: "Claim") -> None:
    """Refuse a verdict as long as the opinions of the organisations on the claim are closed."""
    if claim.opened_at is None:
        raise ValidationError(
            _("Geef eerst allemaal uw mening en open de meningen, want daarna trekt de groep een conclusie."),
            code="closed",
        )


def require_may_withdraw_evidence(person: "Person", evidence: "Evidence") -> None:
    """Refuse unless the person laid this evidence beside the claim, or guides the round."""
    require_in(person, Permission.CLAIM, evidence.claim.round)
    if evidence.added_by_id != person.pk:
        require_in(person, Permission.EDIT_ROUND, evidence.claim.round)


def require_owner(owner: "Person | None", organisation: "Organisation", round: "Round") -> None:
    """Refuse an owner of a task who does not work at the organisation that asks, or is not in the core group."""
    if owner is not None and (owner.organisation_id != organisation.pk or not may_in(owner, Permission.CLAIM, round)):
        raise ValidationError(_("Kies iemand die werkt bij de organisatie die het antwoord ophaalt."), code="owner")


def require_claims_of_round(claims: Iterable["Claim"], round: "Round") -> None:
    """Refuse claims of another round."""
    if any(claim.round_id != round.pk for claim in claims):
        raise ValidationError(_("Deze stelling hoort bij een andere ronde."), code="elsewhere")


def require_claims_for_kind(kind: "LineKind | str", claims: Collection["Claim"]) -> None:
    """Refuse a strength, chance or concern that rests on nothing; a cause is a supposition and may stand alone."""
    if kind in RESTS_ON_CLAIMS and not claims:
        raise ValidationError(_("Kies de stelling waarop u dit baseert."), code="rests_on_nothing")


def require_plain(*texts: str) -> None:
    """Refuse what leads to one person in the texts of an agreement: many read them, also on paper."""
    require_no_traces(" ".join(texts))


def require_reason(reason: str) -> None:
    """Refuse to stop or take back without saying why."""
    if not reason.strip():
        raise ValidationError(_("Leg uit waarom, want de anderen in de ronde lezen uw reden."), code="no_reason")


def require_term(until: date) -> None:
    """Refuse a last day that has passed."""
    if until < timezone.localdate():
        raise ValidationError(_("Deze datum is al voorbij, dus kies een datum vanaf vandaag."), code="past")


def require_own_pledge(person: "Person", pledge: "Pledge") -> None:
    """Refuse to change what another organisation promised, also for the guide: nobody promises for another."""
    require_in(person, Permission.GIVE_OPINION, pledge.agreement.round)
    if person.organisation_id != pledge.organisation_id:
        raise PermissionDenied("een organisatie belooft alleen voor zichzelf")


def require_own_delivery(person: "Person", delivery: Delivery) -> None:
    """Refuse to promise a delivery of another organisation, or one that was withdrawn."""
    if person.organisation_id != delivery.organisation_id or not may_decide(person, delivery):
        raise PermissionDenied("een organisatie belooft alleen haar eigen levering")
    if delivery.state == DeliveryState.WITHDRAWN:
        raise ValidationError(_("Deze levering is ingetrokken, dus herstel de levering eerst."), code="withdrawn")


def require_can_leave(held: Collection["Membership"]) -> None:
    """Refuse to take somebody out who is not in, or who leads the round: first another one takes that over."""
    if not held:
        raise ValidationError(_("Deze persoon doet niet mee aan deze ronde."), code="outside")
    if any(membership.role == Role.PROCESS_GUIDE for membership in held):
        raise ValidationError(
            _("Een ronde heeft altijd een procesbegeleider, dus draag deze rol eerst over aan iemand anders."),
            code="guide",
        )


def may_hand_over(person: "Person | AnonymousUser", round: "Round") -> bool:
    """Return whether a person may say who leads: the guide, or anybody of the core group when nobody leads."""
    if may_in(person, Permission.EDIT_ROUND, round):
        return True
    return not guides_of(round.core) and may_in(person, Permission.CLAIM, round)


def require_may_hand_over(by: "Person", person: "Person", round: "Round") -> None:
    """Refuse unless `by` may say who leads, and the other is of the core group and can sign in."""
    if not may_hand_over(by, round):
        raise Refusal(Permission.EDIT_ROUND, round.core)
    if not person.is_active or not person.memberships.filter(circle=round.core, role=Role.CORE_MEMBER).exists():
        raise ValidationError(_("Kies iemand die lid is van de kerngroep."), code="outside")


def may_record_findings(person: "Person | AnonymousUser", subteam: "SubTeam") -> bool:
    """Return whether a person may write down what a sub-team found: one of its own people, or the guide."""
    if may_in(person, Permission.EDIT_ROUND, subteam.round):
        return True
    return may_in(person, Permission.CLAIM, subteam.round) and subteam.people.filter(pk=person.pk).exists()


def require_may_record_findings(person: "Person", subteam: "SubTeam") -> None:
    """Refuse who is not in the sub-team and does not lead the round."""
    if not may_record_findings(person, subteam):
        raise Refusal(Permission.EDIT_ROUND, subteam.round.core)


def require_meeting(what: str, steps: Iterable[Any], minutes: int) -> list[int]:
    """Return the steps of a meeting as numbers; refuse one without a purpose, without steps, or longer than a day."""
    numbers = sorted({int(step) for step in steps})
    if not what.strip():
        raise ValidationError(_("Schrijf op wat u tijdens de bijeenkomst gaat doen."), code="what")
    if not numbers or not set(numbers) <= set(range(1, 7)):
        raise ValidationError(_("Kies minstens één stap waar de bijeenkomst over gaat."), code="steps")
    if not SHORTEST <= minutes <= LONGEST:
        raise ValidationError(_("Een bijeenkomst duurt minimaal een kwartier en maximaal acht uur."), code="minutes")
    return numbers


def require_point(point: str, level: int) -> None:
    """Refuse a point that is not declared, or a level outside nought to four."""
    if point not in POINTS:
        raise ValidationError(_("Dit punt bestaat niet, dus kies een punt uit de lijst."), code="point")
    if level not in range(5):
        raise ValidationError(_("Kies hoe ver u met dit punt bent."), code="level")


def require_same_round(round: "Round", *items: "Claim | Gap | None") -> None:
    """Refuse a claim or an open question of another round."""
    if any(item is not None and item.round_id != round.pk for item in items):
        raise ValidationError(_("Dit onderdeel hoort bij een andere ronde."), code="elsewhere")


def may_withdraw(person: "Person | AnonymousUser", item: "Meeting | SubTeam | Parked") -> bool:
    """Return whether a person may take this away and put it back: the guide, or whoever parked it."""
    return may_in(person, Permission.EDIT_ROUND, item.round) or (
        getattr(item, "author_id", 0) == person.pk and may_in(person, Permission.CLAIM, item.round)
    )


def require_may_withdraw(person: "Person", item: "Meeting | SubTeam | Parked") -> None:
    """Refuse who does not lead the round and did not park this."""
    if not may_withdraw(person, item):
        raise Refusal(Permission.EDIT_ROUND, item.round.core)


def require_newest(picture: "PictureVersion", newest: "PictureVersion | None") -> None:
    """Refuse a word about a version that a newer one replaced."""
    if newest is None or newest.pk != picture.pk:
        raise ValidationError(_("Er is een nieuwere versie, dus geef uw mening over die versie."), code="older")


def may_comment(person: "Person | AnonymousUser", picture: "PictureVersion") -> bool:
    """Return whether a person may write down what a resident says of a version: of the ring or the core group."""
    shared = picture.circle_id != picture.round.core_id
    return shared and may_write_for(person, Permission.TELL_STORY, picture.round.ring)


def require_may_comment(person: "Person", picture: "PictureVersion") -> None:
    """Refuse a comment on a version that was not shared wider, or by somebody who does not join in this round."""
    if picture.circle_id == picture.round.core_id:
        raise ValidationError(
            _("Deel deze versie eerst met de betrokkenen, want pas daarna kunt u reacties noteren."), code="not_shared"
        )
    if not may_comment(person, picture):
        raise Refusal(Permission.TELL_STORY, picture.round.ring)


def require_weight(weight: int) -> None:
    """Refuse a weight other than 1, 2 or 3."""
    if weight not in (1, 2, 3):
        raise ValidationError(_("Kies 1, 2 of 3 als gewicht van het criterium."), code="weight")


def require_points(points: int) -> None:
    """Refuse points other than 0 to 3."""
    if points not in (0, 1, 2, 3):
        raise ValidationError(_("Geef elk onderdeel 0, 1, 2 of 3 punten."), code="points")


def core_reads(path: str = "round") -> Callable[[Any, Any], bool]:
    """Return whether somebody is in the core group of the round of a text: who works in it reads who wrote it."""
    round_of = attrgetter(path) if path else lambda text: text
    return lambda viewer, text: may_in(viewer, Permission.READ, round_of(text))
