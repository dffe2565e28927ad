"""Rules about carrying capacity: which areas a round speaks for, what a range may be, and who agrees with whom."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.capacities.models import LEAST, Load, RoomRange, room_between
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.rounds.queries.evidence import borders_of
from buurtbalans.method.rounds.rules import may_in, require_in, speaks_for

if TYPE_CHECKING:
    from buurtbalans.method.capacities.models import Capacity
    from buurtbalans.method.people.models import Person
    from buurtbalans.method.plans.models import Effort
    from buurtbalans.method.rounds.models import Round

LONGEST: Final = timedelta(days=731)  # an agreement that nobody looks at again for more than two years is none
ABOVE: Final = (AreaLevel.WIJK, AreaLevel.GEBIED, AreaLevel.STADSDEEL)


def areas_of(round: "Round") -> dict[str, str]:
    """Return the code and name of every area that a round speaks for.

    Those are its own, and each wijk, gebied or stadsdeel that lies in them whole.
    """
    division, codes = borders_of(round), round.neighbourhood.codes
    if division is None:
        return {code: code for code in codes}
    every = [*codes, *sorted(_larger_areas_within(division, codes))]
    return {code: division[code].name if code in division else code for code in every}


def _larger_areas_within(division: Division, codes: Iterable[str]) -> list[str]:
    """Return the codes of the wijken, gebieden and stadsdelen of which every buurt is among these codes."""
    mine = set(codes)
    above = {up.code for code in mine if code in division for up in division.ancestors(code) if up.level in ABOVE}
    return [code for code in above if {buurt.code for buurt in division.of_level(AreaLevel.BUURT, within=code)} <= mine]


def require_area(area: str, round: "Round") -> None:
    """Refuse an area that the round does not speak for."""
    if area not in areas_of(round):
        raise ValidationError(_("Kies een gebied dat bij deze ronde hoort."), code="elsewhere")


def require_reason(reason: str) -> None:
    """Refuse what has no reason, or words that lead to one person."""
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom, zodat anderen uw keuze kunnen volgen."), code="no_reason")
    require_no_traces(reason)


def require_review(day: date) -> None:
    """Refuse a day of looking again that is past, or too far away."""
    today = timezone.localdate()
    if not today < day <= today + LONGEST:
        raise ValidationError(_("Kies een datum na vandaag en binnen twee jaar."), code="review")


def room_of(low: int, high: int, load: str, room_low: int | None, room_high: int | None) -> RoomRange:
    """Return the room that somebody gave, or else the widest; refuse one that capacity and load do not leave."""
    if load not in Load.values:
        raise ValidationError(_("Kies hoeveel geplaatste huishoudens hier nu wonen."), code="load")
    if not LEAST <= low <= high:
        raise ValidationError(_("Het minimum is 1 of meer en mag niet hoger zijn dan het maximum."), code="range")
    widest = room_between(low, high, load)
    room = RoomRange(widest.low if room_low is None else room_low, widest.high if room_high is None else room_high)
    if room.low < LEAST:
        raise ValidationError(_("De plaatsingsruimte is minstens 1, want we sluiten geen enkele buurt."), code="closed")
    if not widest.low <= room.low <= room.high <= widest.high:
        raise ValidationError(
            _(
                "De huishoudens die er al wonen tellen mee, dus er is nog ruimte voor %(low)s tot %(high)s. Kies daarom een plaatsingsruimte binnen deze grenzen."
            ),
            code="room",
            params={"low": widest.low, "high": widest.high},
        )
    return room


def require_efforts_of(efforts: "Iterable[Effort]", round: "Round") -> None:
    """Refuse efforts of another round."""
    if any(effort.result.round_id != round.pk for effort in efforts):
        raise ValidationError(
            _("Deze actie hoort bij een andere ronde, dus kies een actie van deze ronde."), code="elsewhere"
        )


def may_write(person: "Person | AnonymousUser", capacity: "Capacity") -> bool:
    """Return whether a person may change a proposal or take it away: for the organisation that made it, or as guide."""
    round = capacity.round
    return may_in(person, Permission.AGREE_EFFORT, round) and speaks_for(person, capacity.organisation, round)


def may_answer(person: "Person | AnonymousUser", capacity: "Capacity") -> bool:
    """Return whether a person may say what the own organisation thinks: another one than that proposed it."""
    if not person.is_authenticated or not may_in(person, Permission.AGREE_EFFORT, capacity.round):
        return False
    return person.organisation_id not in (None, capacity.organisation_id)


def require_may_write(person: "Person", capacity: "Capacity") -> None:
    """Refuse unless the person may change or take away this capacity."""
    require_in(person, Permission.AGREE_EFFORT, capacity.round)
    if not may_write(person, capacity):
        raise PermissionDenied("u kunt alleen voor uw eigen organisatie spreken")


def require_proposed(capacity: "Capacity") -> None:
    """Refuse to change what was agreed: that takes a new proposal, which all can see."""
    if capacity.agreed_at is not None:
        raise ValidationError(_("Deze plaatsingsruimte is al afgesproken, dus doe een nieuw voorstel."), code="agreed")


def require_agreed(capacity: "Capacity") -> None:
    """Refuse to look again at what holds not: it is only proposed, or something else took its place."""
    if not type(capacity).objects.agreed().filter(pk=capacity.pk).exists():
        raise ValidationError(
            _("Deze plaatsingsruimte geldt nu niet, want er is een ander voorstel of een latere plaatsingsruimte."),
            code="not_held",
        )


def require_need(low: float, high: float, have: float) -> None:
    """Refuse a need that is no range, or less than nothing."""
    if not 0 <= low <= high or have < 0:
        raise ValidationError(_("Het minimum is 0 of meer en mag niet hoger zijn dan het maximum."), code="range")
