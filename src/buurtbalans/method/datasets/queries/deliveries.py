"""Reads of deliveries: who sees what of them, what each circle would see, and what their suppliers say of a release."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise

from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Finding, Refused
from buurtbalans.figures.intake.audience_view import History, ProtectedCounts, rounded_view, view_for_audience
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.intake.outgoing import known_as, outgoing
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rules
from buurtbalans.figures.protection.rule import DisclosureRule
from buurtbalans.figures.sources.delivery import SourceData, SourceInfo
from buurtbalans.method.datasets.models import (
    AudienceCount,
    Delivery,
    DeliveryCount,
    Draft,
    Publication,
    Reply,
    ReplyAnswer,
    UseAssessment,
)
from buurtbalans.method.datasets.queries.releases import names_of_areas
from buurtbalans.method.datasets.rules import may_decide
from buurtbalans.method.people.models import Circle, Organisation, Person

Named = tuple[str, Key, Count]


def counts_of(deliveries: Iterable[Delivery]) -> dict[Key, Count]:
    """Return the real counts of deliveries, a later one over an earlier one: for the own organisation only."""
    rows = DeliveryCount.objects.filter(delivery__in=list(deliveries)).order_by("delivery_id", "pk")
    return {key_of(row): _count(row.value, row.absence) for row in rows}


def delivered_before(organisation: Organisation) -> dict[Key, Count]:
    """Return what an organisation delivered and did not withdraw."""
    return counts_of(Delivery.objects.filter(organisation=organisation).active())


def shown_to(delivery: Delivery, audience: Audience) -> dict[Key, Count]:
    """Return what was frozen for an audience when a delivery was shared; empty when it never was."""
    rows = AudienceCount.objects.filter(count__delivery=delivery, audience=audience).select_related("count")
    return {key_of(row.count): told(row) for row in rows.order_by("count_id")}


def shared_before(organisation: Organisation) -> History:
    """Return what an organisation ever shared, withdrawn or not, the oldest first: what others have seen stays seen.

    What stands here is what a core group saw, or would have seen: the ring and everybody see a part of that.
    """
    uses = UseAssessment.objects.filter(delivery__organisation=organisation).order_by("pk")
    order = dict.fromkeys(uses.values_list("delivery_id", flat=True))
    rows = AudienceCount.objects.filter(count__delivery__in=list(order), audience=Audience.CORE).select_related("count")
    real: dict[int, dict[Key, Count]] = {pk: {} for pk in order}
    seen: dict[int, dict[Key, Count]] = {pk: {} for pk in order}
    for row in rows.order_by("count_id"):
        real[row.count.delivery_id][key_of(row.count)] = _count(row.count.value, row.count.absence)
        seen[row.count.delivery_id][key_of(row.count)] = told(row)
    return [(str(pk), real[pk], seen[pk]) for pk in order if real[pk]]


def level_for(viewer: Person | AnonymousUser, delivery: Delivery) -> Audience | None:
    """Return as whom a viewer sees a delivery: by the narrowest of their circles that may see it, as agreed there."""
    if not Delivery.objects.once_visible_to(viewer).filter(pk=delivery.pk).exists():
        return None
    circles = set(Circle.objects.ids_visible_to(viewer))
    return _narrowest(delivery, circles)


def _narrowest(delivery: Delivery, circles: Iterable[int]) -> Audience | None:
    own = set(circles) & {term.circle_id for term in delivery.terms.all() if term.is_active}
    levels = {Audience(use.level) for use in delivery.uses.all() if use.circle_id is None or use.circle_id in own}
    return min(levels, key=lambda level: level.width, default=None)


def seen_by(viewer: Person, delivery: Delivery) -> dict[Key, Count]:
    """Return what a viewer sees of a delivery: the own organisation its own counts, others what passed the gate."""
    real = counts_of([delivery])
    if may_decide(viewer, delivery):
        return real
    level = level_for(viewer, delivery)
    seen = shown_to(delivery, level) if level else {}
    return {key: seen.get(key, Count(None, Absence.NOT_SHARED)) for key in real}


def seen_about(viewer: Person, areas: Sequence[str]) -> list[tuple[Delivery, dict[Key, Count]]]:
    """Return what deliveries say of some areas as the viewer sees it, the newest first, in a handful of queries.

    The same as `seen_by` for each of them, kept to these areas; what was withdrawn is left out.
    """
    about = DeliveryCount.objects.filter(area__in=areas).order_by().values("delivery_id")
    standing = Delivery.objects.visible_to(viewer).active().filter(pk__in=about)
    deliveries = list(standing.select_related("organisation__circle").prefetch_related("uses", "terms"))
    levels = _audiences_of(viewer, deliveries)
    protected = _protected_counts(levels, areas)
    counts: dict[int, dict[Key, Count]] = {delivery.pk: {} for delivery in deliveries}
    for row in DeliveryCount.objects.filter(delivery__in=deliveries, area__in=areas):
        if row.delivery_id in levels:
            count = protected.get((row.delivery_id, key_of(row)), Count(None, Absence.NOT_SHARED))
        else:
            count = _count(row.value, row.absence)
        counts[row.delivery_id][key_of(row)] = count
    return [(delivery, counts[delivery.pk]) for delivery in deliveries]


def _audiences_of(viewer: Person, deliveries: Sequence[Delivery]) -> dict[int, Audience | None]:
    """Return per delivery the audience as which a viewer sees it; those whose real counts they see are left out."""
    circles = set(Circle.objects.ids_visible_to(viewer))
    works = next((delivery for delivery in deliveries if delivery.organisation_id == viewer.organisation_id), None)
    own = viewer.organisation_id if works and may_decide(viewer, works) else None
    return {delivery.pk: _narrowest(delivery, circles) for delivery in deliveries if delivery.organisation_id != own}


def _protected_counts(levels: Mapping[int, Audience | None], areas: Sequence[str]) -> dict[tuple[int, Key], Count]:
    """Return the counts of some areas that were frozen for the audience of each delivery, by delivery and key."""
    frozen = AudienceCount.objects.filter(count__delivery__in=list(levels), count__area__in=areas)
    return {
        (row.count.delivery_id, key_of(row.count)): told(row)
        for row in frozen.select_related("count")
        if row.audience == levels[row.count.delivery_id]
    }


@dataclass(frozen=True, slots=True)
class SharingPermission:
    """What the agreement of a round says of a delivery and one of its circles, with the way there."""

    circle: Circle
    text: str | Promise
    url: str
    agreed: bool
    until: date | None = None  # the last day that can be promised; None when nothing can


@dataclass(frozen=True, slots=True)
class OfferedFigure:
    """A figure of a delivery as a circle sees it, with where it comes from."""

    pk: int
    delivery: Delivery
    area_name: str
    key: Key
    count: Count


def offered_to(core: Circle, areas: Sequence[str]) -> list[OfferedFigure]:
    """Return the figures about some areas in the deliveries that a core group may see now, as that group sees them."""
    circles = [core.pk, core.within_id]
    figures = []
    shared = Delivery.objects.shared_with(circles).select_related("organisation").prefetch_related("uses", "terms")
    for delivery in shared:
        level = _narrowest(delivery, [pk for pk in circles if pk])
        if level is None:
            continue
        rows = AudienceCount.objects.filter(count__delivery=delivery, audience=level, count__area__in=areas)
        for row in rows.select_related("count").order_by("count_id"):
            key = key_of(row.count)
            name = names_of_areas(key.division).get(key.area, key.area)
            figures.append(OfferedFigure(row.count_id, delivery, name, key, told(row)))
    return figures


def replies_to(release: str) -> list[Reply]:
    """Return which deliveries a release will hold and what their suppliers say of it."""
    return list(Reply.objects.filter(release=release).select_related("delivery__organisation", "answered_by"))


def replies_of(organisation: Organisation) -> list[Reply]:
    """Return the releases that wait for an answer of an organisation."""
    replies = Reply.objects.filter(delivery__organisation=organisation, answer=ReplyAnswer.WAITING)
    return list(replies.select_related("delivery", "asked_by__organisation"))


def releases_with(delivery: Delivery) -> list[tuple[Reply, Publication | None]]:
    """Return the releases that hold a delivery, or will, each with when everybody could see it first."""
    replies = list(Reply.objects.filter(delivery=delivery).order_by("pk"))
    first: dict[str, Publication] = {}
    for publication in Publication.objects.filter(release__in=[reply.release for reply in replies]).order_by("-pk"):
        first[publication.release] = publication
    return [(reply, first.get(reply.release)) for reply in replies]


def source_data_of(delivery: Delivery) -> list[SourceData]:
    """Return a delivery as source data for a release: the real counts, for the gate of the release to judge."""
    about = SourceInfo(
        id=delivery.source.replace(":", "-"),
        publisher=delivery.organisation.name,
        title=delivery.title,
        licence="",
        url="",
        period=None,
        files=((delivery.file, delivery.sha256),),
    )
    return outgoing(counts_of([delivery]), about, catalogue())


def shared_in(source_data: Iterable[SourceData]) -> dict[Key, tuple[Count, Count | None]]:
    """Return what core groups, and everybody, saw of the deliveries in this source data, under the catalogue's names."""
    known = catalogue()
    seals = {seal for table in source_data for _name, seal in table.source.files}
    counts: dict[Key, tuple[Count, Count | None]] = {}
    for delivery in Delivery.objects.filter(sha256__in=seals).order_by("pk"):
        everybody = shown_to(delivery, Audience.PUBLIC)
        for key, count in shown_to(delivery, Audience.CORE).items():
            if id := known_as(key.indicator, known):
                counts[key._replace(indicator=id)] = count, everybody.get(key)
    return counts


def overview(viewer: Person, organisation: Organisation) -> dict[str, Any]:
    """Return what an organisation delivered, what others shared with the viewer, and what waits."""
    deliveries = Delivery.objects.visible_to(viewer).select_related("organisation", "circle")
    return {
        "mine": deliveries.filter(organisation=organisation),
        "others": deliveries.exclude(organisation=organisation),
        "drafts": Draft.objects.visible_to(viewer),
        "waiting": replies_of(organisation),
    }


def term(today: date) -> date:
    """Return until when a supplier may answer, unless a data steward says otherwise: two weeks."""
    return today + timedelta(days=14)


def key_of(row: DeliveryCount) -> Key:
    """Return what a count is about."""
    return Key(row.indicator, row.area, row.division, row.period)


def told(row: AudienceCount) -> Count:
    """Return what an audience sees of a count."""
    return Count(row.value, None, row.step, row.kept) if row.value is not None else _count(None, row.absence)


def _count(value: int | None, reason: str) -> Count:
    return Count(value, None if value is not None else Absence(reason or Absence.NOT_SHARED))


def table_of(viewer: Person, delivery: Delivery) -> list[Named]:
    """Return the counts of a delivery as the viewer may see them, with the names of the areas."""
    return _named(seen_by(viewer, delivery))


def would_see(delivery: Delivery, audience: Audience) -> dict[Key, Count]:
    """Return what an audience sees of a delivery: what was frozen for it, else what it would see when shared now.

    Raises
    ------
    Refused
        When it cannot be guarded beside what was shared before.
    """
    if frozen := shown_to(delivery, audience):
        return frozen
    core = shown_to(delivery, Audience.CORE)
    if core and not audience.lock.withholds_more:
        return rounded_view(core, audience, rules_of(delivery.organisation))
    return _would_see(counts_of([delivery]), delivery.organisation, audience).counts


def _would_see(counts: Mapping[Key, Count], organisation: Organisation, audience: Audience) -> ProtectedCounts:
    """Return what an audience would see of counts that an organisation shared now, by its disclosure rules."""
    history, rules = shared_before(organisation), rules_of(organisation)
    return view_for_audience(counts, history, audience=audience, rules=rules)


def rules_of(organisation: Organisation) -> dict[Audience, DisclosureRule]:
    """Return the disclosure rules for what an organisation counted, per audience."""
    return disclosure_rules(SourceKind.PARTNER, [organisation.name])


@dataclass(frozen=True, slots=True)
class AudienceView:
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
class CountComparison:
    """One count: what it is, and what each audience sees of it, from narrow to wide.

    `minimums` holds the minimum frequency for each audience.
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
            (count, minimum if count.value is None and 0 < own < minimum else 0)
            for count, minimum in zip(self.others, self.minimums, strict=True)
        ]

    @property
    def hides(self) -> bool:
        """Return whether a count that the own organisation sees is hidden from somebody, or may not be shared now."""
        return self.own.value is not None and any(count.value is None for count in self.others)


def audience_views(delivery: Delivery) -> tuple[list[AudienceView], list[CountComparison]]:
    """Return per audience what it sees or would see of a delivery, and count by count the same view by view."""
    real = counts_of([delivery])
    used = set(delivery.uses.values_list("level", flat=True))
    views = [
        _audience_view(each, real, partial(_standing, delivery, each), each in used) for each in Audience.outside()
    ]
    open = [view for view in views if not view.findings]
    rules = rules_of(delivery.organisation)
    minimums = [rules[view.audience].minimum_frequency for view in open]
    rows = [
        CountComparison(name, key, own, [view.counts[key] for view in open], minimums)
        for name, key, own in _named(real)
    ]
    return views, rows


def draft_audience_views(counts: Mapping[Key, Count], organisation: Organisation) -> list[AudienceView]:
    """Return per audience what it would see of counts that are not kept yet: as `audience_views` says once they are."""
    return [
        _audience_view(each, counts, partial(_would_see, counts, organisation, each)) for each in Audience.outside()
    ]


def _standing(delivery: Delivery, audience: Audience) -> ProtectedCounts:
    return ProtectedCounts(would_see(delivery, audience))


def _audience_view(
    audience: Audience, real: Mapping[Key, Count], see: Callable[[], ProtectedCounts], since: bool = False
) -> AudienceView:
    try:
        protected = see()
    except Refused as refused:
        return AudienceView(audience, {}, 0, 0, since, tuple(refused.findings))
    seen = protected.counts
    hidden = sum(seen[key].value is None and count.value is not None for key, count in real.items())
    about = sum(count.step > 1 for count in seen.values())
    return AudienceView(audience, seen, hidden, about, since, remarks=tuple(protected.findings))


def _named(counts: Mapping[Key, Count]) -> list[Named]:
    names = {year: names_of_areas(year) for year in {key.division for key in counts}}
    return [(names[key.division].get(key.area, key.area), key, count) for key, count in counts.items()]
