"""Reads of carrying capacity and support: per area what holds, what is proposed and what came before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from buurtbalans.method.capacities import rules
from buurtbalans.method.capacities.models import Capacity, CapacityVoice, Support
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Permission, roles_with
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.rounds.models import Claim, Round
from buurtbalans.method.rounds.queries.evidence import range_words
from buurtbalans.method.rounds.queries.round import Viewer
from buurtbalans.method.rounds.rules import may_in

SOON: Final = timedelta(days=30)


@dataclass
class AreaLine:
    """What a round says of one area: what holds, what is proposed, and what held before."""

    code: str
    name: str
    held: Capacity | None = None
    proposed: list[Capacity] = field(default_factory=list)
    earlier: list[Capacity] = field(default_factory=list)


@dataclass(frozen=True)
class Held:
    """What a batch of placing may count with in one area: how much, why, and the agreement that says so."""

    capacity: int
    headroom: int
    low: int
    high: int
    why: str
    round: str
    review_on: date


def capacity_url(round: Round) -> str:
    """Return the address of what a round agreed on carrying and support."""
    return reverse("capacities:capacity", args=[round.slug])


def capacities_of(round: Round, viewer: Viewer) -> "QuerySet[Capacity]":
    """Return the standing capacities of a round with what they rest on and what organisations think of them."""
    voices = CapacityVoice.objects.select_related("organisation", "capacity")
    efforts = Effort.objects.with_withdrawn().select_related("organisation", "result__round")
    rows: QuerySet[Capacity] = Capacity.objects.visible_to(viewer).filter(round=round)
    return rows.select_related("organisation", "author", "round").prefetch_related(
        Prefetch("claims", Claim.objects.visible_to(viewer)),
        Prefetch("voices", voices),
        Prefetch("efforts", efforts, to_attr="laid"),
    )


def lines_of(round: Round, viewer: Viewer) -> list[AreaLine]:
    """Return every area that a round speaks for or spoke of, with what it says of it."""
    names = rules.areas_of(round)
    lines = {code: AreaLine(code, name) for code, name in names.items()}
    held = set(Capacity.objects.agreed().filter(round=round).values_list("pk", flat=True))
    for capacity in capacities_of(round, viewer):
        line = lines.setdefault(capacity.area, AreaLine(capacity.area, capacity.area))
        if capacity.pk in held:
            line.held = capacity
        elif capacity.agreed_at is None:
            line.proposed.append(capacity)
        else:
            line.earlier.append(capacity)
    return list(lines.values())


def supports_of(round: Round, viewer: Viewer) -> "QuerySet[Support]":
    """Return the standing lines about support of a round."""
    rows: QuerySet[Support] = Support.objects.visible_to(viewer).filter(round=round)
    return rows.select_related("round").prefetch_related(Prefetch("claims", Claim.objects.visible_to(viewer)))


def withdrawn_of(round: Round, viewer: Viewer) -> list[Any]:
    """Return what was taken away, the last one first; each can come back."""
    items = [
        line
        for model in (Capacity, Support)
        for line in model.objects.with_withdrawn().visible_to(viewer).filter(round=round, withdrawn_at__isnull=False)
    ]
    return sorted(items, key=lambda line: line.withdrawn_at, reverse=True)


def short_words(support: Support) -> str:
    """Return what falls short in words."""
    low, high = support.short
    if high == 0:
        return _("Daarmee is er genoeg ondersteuning voor dit gebied.")
    if low == 0:
        return _("Dat kan te weinig zijn: het tekort loopt op tot %(high)s %(unit)s.") % {
            "high": range_words(high, high),
            "unit": support.unit,
        }
    return _("Er is %(short)s %(unit)s te weinig beschikbaar.") % {
        "short": range_words(low, high),
        "unit": support.unit,
    }


def why_headroom(capacity: Capacity, today: date) -> str:
    """Return why an advice counts with this headroom, in a sentence."""
    room = range_words(*capacity.room)
    if capacity.review_on < today:
        return _("het laagste van %(room)s, want de plaatsingsruimte is niet op %(day)s opnieuw bekeken") % {
            "room": room,
            "day": date_format(capacity.review_on),
        }
    if capacity.waiting_for:  # which one stays in the core group: who places reads this too
        return _("het laagste van %(room)s, want een actie die eerst nodig is, loopt nog niet") % {"room": room}
    return _("het midden van %(room)s") % {"room": room}


def held_for(organisation: Organisation) -> dict[str, Held]:
    """Return per area what was agreed in the rounds where an organisation sits at the table; the last one counts."""
    today = timezone.localdate()
    mine = Capacity.objects.agreed().filter(_seated(organisation)).select_related("round__neighbourhood").distinct()
    efforts = Prefetch("efforts", Effort.objects.with_withdrawn(), to_attr="laid")
    return {
        one.area: Held(
            one.pk,
            one.headroom(today),
            one.room_low,
            one.room_high,
            why_headroom(one, today),
            one.round.neighbourhood.name,
            one.review_on,
        )
        for one in mine.prefetch_related(efforts).order_by("agreed_at")
    }


def short_for(organisation: Organisation, viewer: Viewer) -> dict[str, list[str]]:
    """Return per area which support falls short, in the rounds where an organisation sits at the table.

    Who is not in the core group of the round reads which kind falls short, and not what its people wrote.
    """
    names: dict[str, list[str]] = {}
    lines = Support.objects.filter(_seated(organisation), round__withdrawn_at__isnull=True).distinct()
    readable = set(Support.objects.visible_to(viewer).values_list("pk", flat=True))
    for line in lines.select_related("round__neighbourhood").prefetch_related("round__neighbourhood__parts"):
        if line.short[1]:
            words = f"{line.what}. {short_words(line)}" if line.pk in readable else _short_kind(line)
            for code in [line.area] if line.area else line.round.neighbourhood.codes:
                names.setdefault(code, []).append(words)
    return {code: list(dict.fromkeys(words)) for code, words in names.items()}


def _short_kind(one: Support) -> str:
    words = (
        _("In dit gebied is een tekort aan %(kind)s.")
        if one.short[0]
        else _("In dit gebied is misschien een tekort aan %(kind)s.")
    )
    return (words % {"kind": one.get_kind_display()}).capitalize()


def _seated(organisation: Organisation, round: str = "round__") -> Q:
    """Return what finds what belongs to a round where somebody of an organisation gives its opinion, or that round."""
    core = f"{round}core__memberships__"
    return Q(
        **{
            f"{core}person__organisation": organisation,
            f"{core}person__is_active": True,
            f"{core}role__in": roles_with(Permission.GIVE_OPINION),
        }
    )


def where_to_propose(viewer: Person, area: str) -> list[tuple[Round, bool]]:
    """Return the open rounds that speak for an area where a person's organisation sits, and whether that person may."""
    if viewer.organisation is None:
        return []
    seated = Round.objects.filter(_seated(viewer.organisation, ""), closed_on=None).distinct()
    rounds = [one for one in seated.select_related("neighbourhood", "core") if area in rules.areas_of(one)]
    return [(one, may_in(viewer, Permission.AGREE_EFFORT, one)) for one in rounds]


def to_answer(viewer: Person) -> Iterable[Capacity]:
    """Return the proposals of others that a person's organisation has said nothing of."""
    asked = Capacity.objects.visible_to(viewer).filter(agreed_at__isnull=True)
    asked = asked.exclude(voices__organisation=viewer.organisation_id).select_related("organisation", "round__core")
    return [one for one in asked.select_related("round__neighbourhood") if rules.may_answer(viewer, one)]


def to_review(viewer: Person) -> Iterable[Capacity]:
    """Return what the own organisation proposed, was agreed, and must be looked at again within a month."""
    soon = (
        Capacity.objects.visible_to(viewer)
        .agreed()
        .filter(organisation=viewer.organisation_id, review_on__lte=timezone.localdate() + SOON)
    )
    return [one for one in soon.select_related("round__neighbourhood", "round__core") if rules.may_write(viewer, one)]


def chain(round: Round, viewer: Viewer) -> dict[str, Any]:
    """Return what a round agreed on carrying and support, each with its id and the ids that it rests on."""
    held = set(Capacity.objects.agreed().filter(round=round).values_list("pk", flat=True))
    return {
        "capacities": [_capacity_item(capacity, held) for capacity in capacities_of(round, viewer).order_by("pk")],
        "supports": [_support_item(support) for support in supports_of(round, viewer).order_by("pk")],
    }


def _capacity_item(one: Capacity, held: Collection[int]) -> dict[str, Any]:
    return {
        "id": f"capacity:{one.pk}",
        "area": one.area,
        "carries": [one.low, one.high],
        "load": one.load,
        "room": list(one.room),
        "reason": one.reason,
        "review_on": one.review_on.isoformat(),
        "proposed_by": one.organisation.name,
        "agreed_at": one.agreed_at.isoformat() if one.agreed_at else None,
        "holds": one.pk in held,
        "voices": [
            {"organisation": voice.organisation.name, "stance": voice.stance, "words": voice.words}
            for voice in one.voices.all()
        ],
        "rests_on": [
            *(f"claim:{claim.pk}" for claim in one.claims.all()),
            *(f"effort:{effort.pk}" for effort in one.needed),
        ],
    }


def _support_item(one: Support) -> dict[str, Any]:
    return {
        "id": f"support:{one.pk}",
        "area": one.area or None,
        "kind": one.kind,
        "what": one.what,
        "who": one.who,
        "unit": one.unit,
        "needed": [one.need_low, one.need_high],
        "available": one.have,
        "short": list(one.short),
        "reason": one.reason,
        "review_on": one.review_on.isoformat(),
        "rests_on": [f"claim:{claim.pk}" for claim in one.claims.all()],
    }
