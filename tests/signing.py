"""Lets every organisation share its texts with every round, for tests that are about something else than signing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db.models.signals import post_save
from django.utils import timezone

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.people.models import Circle, Organisation, TextSharingTerm


def _share_with_all(instance: Organisation, created: bool, raw: bool = False, **more: Any) -> None:
    if created and not raw:
        _write([instance], Circle.objects.filter(kind__in=Audience.of_round()))


def _share_by_all(instance: Circle, created: bool, raw: bool = False, **more: Any) -> None:
    if created and not raw and instance.audience.in_round:
        _write(Organisation.objects.all(), [instance])


def _write(organisations: Any, circles: Any) -> None:
    until = timezone.localdate() + timedelta(days=3_000)
    TextSharingTerm.objects.bulk_create(
        TextSharingTerm(organisation=organisation, circle=circle, until=until)
        for circle in circles
        for organisation in organisations
    )


def _connect() -> None:
    post_save.connect(_share_with_all, sender=Organisation)
    post_save.connect(_share_by_all, sender=Circle)


@contextmanager
def nobody_signs() -> Iterator[None]:
    """Leave it to the test who signs what."""
    post_save.disconnect(_share_with_all, sender=Organisation)
    post_save.disconnect(_share_by_all, sender=Circle)
    try:
        yield
    finally:
        _connect()


_connect()
