"""What partners sent and the viewer may see: never kept between requests, because it differs per viewer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser

from buurtbalans.figures.observation import Absence
from buurtbalans.method.datasets.models import Delivery, DeliveryCount, DeliveryQuerySet
from buurtbalans.method.datasets.queries import deliveries
from buurtbalans.method.people.models import Person

Viewer = Person | AnonymousUser


@dataclass(slots=True)
class PartnerYear:
    """One year of a kind of count: for how many areas there is a number, and why not for others."""

    values: int = 0
    absences: dict[Absence, int] = field(default_factory=dict)

    @property
    def areas(self) -> int:
        """Return of how many areas something is said."""
        return self.values + sum(self.absences.values())


@dataclass(slots=True)
class PartnerDelivery:
    """One delivery as a source: who sent it and when, and per kind of count the years."""

    pk: int
    title: str
    supplier: str
    on: date
    counts: dict[str, dict[int, PartnerYear]] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """Return the years that the counts are of."""
        return sorted({year for count in self.counts.values() for year in count})

    def add(self, name: str, year: int, absence: Absence | None) -> None:
        """Count one area."""
        year_counts = self.counts.setdefault(name, {}).setdefault(year, PartnerYear())
        if absence is None:
            year_counts.values += 1
        else:
            year_counts.absences[absence] = year_counts.absences.get(absence, 0) + 1


def visible_partner_figures(viewer: Viewer) -> list[PartnerDelivery]:
    """Return the deliveries that the viewer may see, the newest first, with their kinds of counts and years."""
    by_delivery = {delivery.pk: _partner_figure(delivery) for delivery in _visible_deliveries(viewer)}
    rows = DeliveryCount.objects.filter(delivery__in=list(by_delivery)).order_by("indicator", "period")
    for pk, name, year in rows.values_list("delivery_id", "indicator", "period").distinct():
        by_delivery[pk].counts.setdefault(name, {})[year] = PartnerYear()
    return list(by_delivery.values())


def partner_figures_about(viewer: Viewer, codes: Sequence[str]) -> list[PartnerDelivery]:
    """Return what deliveries say of some areas, as the viewer sees it: the own counts, of others what was shared."""
    if not isinstance(viewer, Person):
        return []
    rows = []
    for delivery, counts in deliveries.seen_about(viewer, codes):
        sent = _partner_figure(delivery)
        for key, count in sorted(counts.items()):
            sent.add(key.indicator, key.period, count.absence)
        rows.append(sent)
    return rows


def _visible_deliveries(viewer: Viewer) -> "DeliveryQuerySet":
    return Delivery.objects.visible_to(viewer).active().select_related("organisation")


def _partner_figure(delivery: Delivery) -> PartnerDelivery:
    return PartnerDelivery(delivery.pk, delivery.title, delivery.organisation.name, delivery.at.date())
