"""Reads of shipments: who sees what of them, what each circle would see, and what their suppliers say of a release."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise

from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Finding, Refused
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.intake.outgoing import known_as, outgoing
from buurtbalans.figures.intake.shown import Before, Outward, for_ring, outward
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.policy import Audience, care
from buurtbalans.figures.sources.delivery import Delivery, SourceInfo
from buurtbalans.method.datasets.models import (
    Answer,
    Draft,
    Publication,
    Reply,
    Shipment,
    ShipmentCount,
    ShownCount,
    UseAnswers,
)
from buurtbalans.method.datasets.queries.releases import names_of_areas
from buurtbalans.method.datasets.rules import may_decide
from buurtbalans.method.people.models import Circle, Organisation, Person

OUTWARD: Final = (Audience.CORE, Audience.RING, Audience.PUBLIC)  # from narrow to wide
Named = tuple[str, Key, Count]


def counts_of(shipments: Iterable[Shipment]) -> dict[Key, Count]:
    """Return the real counts of shipments, a later one over an earlier one: for the own organisation only."""
    rows = ShipmentCount.objects.filter(shipment__in=list(shipments)).order_by("shipment_id", "pk")
    return {key_of(row): _count(row.value, row.absence) for row in rows}


def delivered_before(organisation: Organisation) -> dict[Key, Count]:
    """Return what an organisation delivered and did not withdraw."""
    return counts_of(Shipment.objects.filter(organisation=organisation).active())


def shown_to(shipment: Shipment, audience: Audience) -> dict[Key, Count]:
    """Return what was frozen for an audience when a shipment was shared; empty when it never was."""
    rows = ShownCount.objects.filter(count__shipment=shipment, audience=audience).select_related("count")
    return {key_of(row.count): told(row) for row in rows.order_by("count_id")}


def shared_before(organisation: Organisation) -> Before:
    """Return what an organisation ever shared, withdrawn or not, the oldest first: what others have seen stays seen.

    What stands here is what a core group saw, or would have seen: the ring and everybody see a part of that.
    """
    uses = UseAnswers.objects.filter(shipment__organisation=organisation).order_by("pk")
    order = dict.fromkeys(uses.values_list("shipment_id", flat=True))
    rows = ShownCount.objects.filter(count__shipment__in=list(order), audience=Audience.CORE).select_related("count")
    real: dict[int, dict[Key, Count]] = {pk: {} for pk in order}
    seen: dict[int, dict[Key, Count]] = {pk: {} for pk in order}
    for row in rows.order_by("count_id"):
        real[row.count.shipment_id][key_of(row.count)] = _count(row.count.value, row.count.absence)
        seen[row.count.shipment_id][key_of(row.count)] = told(row)
    return [(str(pk), real[pk], seen[pk]) for pk in order if real[pk]]


def level_for(viewer: Person | AnonymousUser, shipment: Shipment) -> Audience | None:
    """Return as whom a viewer sees a shipment: by the narrowest of their circles that may see it, as agreed there."""
    if not Shipment.objects.once_visible_to(viewer).filter(pk=shipment.pk).exists():
        return None
    circles = set(Circle.objects.visible_to(viewer).values_list("pk", flat=True))
    return _narrowest(shipment, circles)


def _narrowest(shipment: Shipment, circles: Iterable[int]) -> Audience | None:
    own = set(circles) & {term.circle_id for term in shipment.terms.all() if term.stands}
    levels = {Audience(use.level) for use in shipment.uses.all() if use.circle_id is None or use.circle_id in own}
    return next((level for level in OUTWARD if level in levels), None)


def seen_by(viewer: Person, shipment: Shipment) -> dict[Key, Count]:
    """Return what a viewer sees of a shipment: the own organisation its own counts, others what passed the gate."""
    real = counts_of([shipment])
    if may_decide(viewer, shipment):
        return real
    level = level_for(viewer, shipment)
    seen = shown_to(shipment, level) if level else {}
    return {key: seen.get(key, Count(None, Absence.NOT_SHARED)) for key in real}


def seen_about(viewer: Person, areas: Sequence[str]) -> list[tuple[Shipment, dict[Key, Count]]]:
    """Return what shipments say of some areas as the viewer sees it, the newest first, in a handful of queries.

    The same as `seen_by` for each of them, kept to these areas; what was withdrawn is left out.
    """
    about = ShipmentCount.objects.filter(area__in=areas).order_by().values("shipment_id")
    standing = Shipment.objects.visible_to(viewer).active().filter(pk__in=about)
    shipments = list(standing.select_related("organisation__circle").prefetch_related("uses", "terms"))
    circles = set(Circle.objects.visible_to(viewer).values_list("pk", flat=True))
    works = next((one for one in shipments if one.organisation_id == viewer.organisation_id), None)
    own = viewer.organisation_id if works and may_decide(viewer, works) else None
    levels = {one.pk: _narrowest(one, circles) for one in shipments if one.organisation_id != own}
    seen: dict[tuple[int, Key], Count] = {}
    frozen = ShownCount.objects.filter(count__shipment__in=list(levels), count__area__in=areas)
    for shown in frozen.select_related("count"):
        if shown.audience == levels[shown.count.shipment_id]:
            seen[shown.count.shipment_id, key_of(shown.count)] = told(shown)
    found: dict[int, dict[Key, Count]] = {one.pk: {} for one in shipments}
    for row in ShipmentCount.objects.filter(shipment__in=shipments, area__in=areas):
        hidden = seen.get((row.shipment_id, key_of(row)), Count(None, Absence.NOT_SHARED))
        real = row.shipment_id not in levels
        found[row.shipment_id][key_of(row)] = _count(row.value, row.absence) if real else hidden
    return [(one, found[one.pk]) for one in shipments]


@dataclass(frozen=True, slots=True)
class Leave:
    """What the agreement of a round says of a shipment and one of its circles, with the way there."""

    circle: Circle
    text: str | Promise
    url: str
    agreed: bool
    until: date | None = None  # the last day that can be promised; None when nothing can


@dataclass(frozen=True, slots=True)
class Offered:
    """A figure of a shipment as a circle sees it, with where it comes from."""

    pk: int
    shipment: Shipment
    area_name: str
    key: Key
    count: Count


def offered_to(core: Circle, areas: Sequence[str]) -> list[Offered]:
    """Return the figures about some areas in the shipments that a core group may see now, as that group sees them."""
    circles = [core.pk, core.within_id]
    found = []
    shared = Shipment.objects.shared_with(circles).select_related("organisation").prefetch_related("uses", "terms")
    for shipment in shared:
        level = _narrowest(shipment, [pk for pk in circles if pk])
        if level is None:
            continue
        rows = ShownCount.objects.filter(count__shipment=shipment, audience=level, count__area__in=areas)
        for row in rows.select_related("count").order_by("count_id"):
            key = key_of(row.count)
            name = names_of_areas(key.division).get(key.area, key.area)
            found.append(Offered(row.count_id, shipment, name, key, told(row)))
    return found


def replies_to(release: str) -> list[Reply]:
    """Return which shipments a release will hold and what their suppliers say of it."""
    return list(Reply.objects.filter(release=release).select_related("shipment__organisation", "answered_by"))


def replies_of(organisation: Organisation) -> list[Reply]:
    """Return the releases that wait for an answer of an organisation."""
    replies = Reply.objects.filter(shipment__organisation=organisation, answer=Answer.WAITING)
    return list(replies.select_related("shipment", "asked_by__organisation"))


def releases_with(shipment: Shipment) -> list[tuple[Reply, Publication | None]]:
    """Return the releases that hold a shipment, or will, each with when everybody could see it first."""
    replies = list(Reply.objects.filter(shipment=shipment).order_by("pk"))
    first: dict[str, Publication] = {}
    for publication in Publication.objects.filter(release__in=[reply.release for reply in replies]).order_by("-pk"):
        first[publication.release] = publication
    return [(reply, first.get(reply.release)) for reply in replies]


def deliveries_of(shipment: Shipment) -> list[Delivery]:
    """Return a shipment as deliveries for a release: the real counts, for the gate of the release to judge."""
    about = SourceInfo(
        id=shipment.source.replace(":", "-"),
        publisher=shipment.organisation.name,
        title=shipment.title,
        licence="",
        url="",
        period=None,
        files=((shipment.file, shipment.sha256),),
    )
    return outgoing(counts_of([shipment]), about, catalogue())


def shared_in(deliveries: Iterable[Delivery]) -> dict[Key, tuple[Count, Count | None]]:
    """Return what core groups, and everybody, saw of the shipments in these deliveries, under the catalogue's names."""
    known = catalogue()
    seals = {seal for delivery in deliveries for _name, seal in delivery.source.files}
    found: dict[Key, tuple[Count, Count | None]] = {}
    for shipment in Shipment.objects.filter(sha256__in=seals).order_by("pk"):
        everybody = shown_to(shipment, Audience.PUBLIC)
        for key, count in shown_to(shipment, Audience.CORE).items():
            if id := known_as(key.indicator, known):
                found[key._replace(indicator=id)] = count, everybody.get(key)
    return found


def overview(viewer: Person, organisation: Organisation) -> dict[str, Any]:
    """Return what an organisation delivered, what others shared with the viewer, and what waits."""
    found = Shipment.objects.visible_to(viewer).select_related("organisation", "circle")
    return {
        "mine": found.filter(organisation=organisation),
        "others": found.exclude(organisation=organisation),
        "drafts": Draft.objects.visible_to(viewer),
        "waiting": replies_of(organisation),
    }


def term(today: date) -> date:
    """Return until when a supplier may answer, unless a data steward says otherwise: two weeks."""
    return today + timedelta(days=14)


def key_of(row: ShipmentCount) -> Key:
    """Return what a count is about."""
    return Key(row.indicator, row.area, row.division, row.period)


def told(row: ShownCount) -> Count:
    """Return what an audience sees of a count."""
    return Count(row.value, None, row.step, row.kept) if row.value is not None else _count(None, row.absence)


def _count(value: int | None, reason: str) -> Count:
    return Count(value, None if value is not None else Absence(reason or Absence.NOT_SHARED))


def table_of(viewer: Person, shipment: Shipment) -> list[Named]:
    """Return the counts of a shipment as the viewer may see them, with the names of the areas."""
    return _named(seen_by(viewer, shipment))


def would_see(shipment: Shipment, audience: Audience) -> dict[Key, Count]:
    """Return what an audience sees of a shipment: what was frozen for it, else what it would see when shared now.

    Raises
    ------
    Refused
        When it cannot be guarded beside what was shared before.
    """
    if frozen := shown_to(shipment, audience):
        return frozen
    core = shown_to(shipment, Audience.CORE)
    if core and audience is Audience.RING:
        return for_ring(core)
    return outward(counts_of([shipment]), shared_before(shipment.organisation), audience=audience).counts


@dataclass(frozen=True, slots=True)
class Side:
    """What one audience sees of counts: how many are hidden or rounded, whether it saw them already, what stands out.

    `findings` says why these counts cannot be shared now, `remarks` what stands out where they can.
    """

    audience: Audience
    counts: Mapping[Key, Count]
    hidden: int
    about: int
    since: bool
    findings: Sequence[Finding] = ()
    remarks: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """One count: what it is, and what each audience sees of it, from narrow to wide.

    `minimums` says per audience what is the fewest that it sees.
    """

    name: str
    key: Key
    own: Count
    others: Sequence[Count]
    minimums: Sequence[int]

    @property
    def cells(self) -> list[tuple[Count, int]]:
        """Return what each audience sees, with the minimum where the count is hidden for being below it."""
        own = self.own.value or 0
        return [
            (count, least if count.value is None and 0 < own < least else 0)
            for count, least in zip(self.others, self.minimums, strict=True)
        ]

    @property
    def hides(self) -> bool:
        """Return whether a count that the own organisation sees is hidden from somebody, or may not be shared now."""
        return self.own.value is not None and any(count.value is None for count in self.others)


def sides(shipment: Shipment) -> tuple[list[Side], list[Beside]]:
    """Return per audience what it sees or would see of a shipment, and count by count the same side by side."""
    real = counts_of([shipment])
    used = set(shipment.uses.values_list("level", flat=True))
    found = [_side(each, real, partial(_standing, shipment, each), each in used) for each in OUTWARD]
    open = [side for side in found if not side.findings]
    least = [care(SourceKind.PARTNER, side.audience).minimum for side in open]
    rows = [Beside(name, key, own, [side.counts[key] for side in open], least) for name, key, own in _named(real)]
    return found, rows


def sides_of(counts: Mapping[Key, Count], organisation: Organisation) -> list[Side]:
    """Return per audience what it would see of counts that are not kept yet: as `sides` says once they are."""
    before = shared_before(organisation)
    return [_side(each, counts, partial(outward, counts, before, audience=each)) for each in OUTWARD]


def _standing(shipment: Shipment, audience: Audience) -> Outward:
    return Outward(would_see(shipment, audience))


def _side(audience: Audience, real: Mapping[Key, Count], see: Callable[[], Outward], since: bool = False) -> Side:
    try:
        found = see()
    except Refused as refused:
        return Side(audience, {}, 0, 0, since, tuple(refused.findings))
    seen = found.counts
    hidden = sum(seen[key].value is None and count.value is not None for key, count in real.items())
    about = sum(count.step > 1 for count in seen.values())
    return Side(audience, seen, hidden, about, since, remarks=tuple(found.findings))


def _named(counts: Mapping[Key, Count]) -> list[Named]:
    names = {year: names_of_areas(year) for year in {key.division for key in counts}}
    return [(names[key.division].get(key.area, key.area), key, count) for key, count in counts.items()]
