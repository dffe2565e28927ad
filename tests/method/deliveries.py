"""Deliveries for tests: drafts from tables, kept and shared by people of the test world."""

from datetime import date
from typing import Any

from django.utils import timezone

from buurtbalans.figures.intake.reading import Upload
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets import actions
from buurtbalans.method.datasets.models import Delivery, Draft, SharingTerm
from buurtbalans.method.people.models import Circle, Person

CODES = [f"BU036300{number:02}" for number in range(1, 40)]
ANSWERS = {"legal": "ja", "ethical": "ja", "good_idea": "ja", "decides": "manager"}
VALUES = {CODES[0]: 3, CODES[1]: 987_654, CODES[2]: 40, CODES[3]: 150}


def table(values: dict[str, Any] | None = None, header: str = "buurtcode;jaar;hulp") -> Upload:
    """Return a table as it is after reading."""
    rows = [[code, "2025", str(value)] for code, value in (VALUES if values is None else values).items()]
    return Upload("hulp.csv", "a" * 64, header.split(";"), rows, list(range(2, len(rows) + 2)), False)


def draft(by: Person, values: dict[str, Any] | None = None, title: str = "Hulp bij schulden") -> Draft:
    """Start a draft."""
    return actions.start_draft(by=by, upload=table(values), title=title)


def kept(by: Person, values: dict[str, Any] | None = None, title: str = "Hulp bij schulden") -> Delivery:
    """Keep a delivery."""
    return actions.keep(by=by, draft=draft(by, values, title))


def agreed(delivery: Delivery, circle: Circle | None, until: date | None = None) -> Delivery:
    """Let the agreement of a round allow a delivery: for a core group, or for a ring and the core group within it."""
    for each in [circle, *circle.inner.filter(kind="core")] if circle else []:
        day = {"until": until or timezone.localdate()}
        SharingTerm.objects.update_or_create(delivery=delivery, circle=each, defaults=day)
    return delivery


def shared(
    by: Person, circle: Circle | None, title: str = "Hulp bij schulden", values: dict[str, Any] | None = None
) -> Delivery:
    """Share a delivery with a core group, or with all organisations."""
    one = agreed(kept(by, values, title), circle)
    return actions.share(by=by, delivery=one, circle=circle, version=one.version, **ANSWERS)


def last() -> tuple[str, str]:
    """Return what was written down last, and about what."""
    row = AuditRow.objects.last()
    assert row is not None
    return row.verb, row.about


def refresh(delivery: Delivery) -> Delivery:
    """Return a delivery as it is in the database now."""
    delivery.refresh_from_db()
    return delivery
