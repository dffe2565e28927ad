"""Reads of partners: what each organisation says it can do, whether that is still true, and where it takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from buurtbalans.method.people.models import Membership, Organisation, Person, Profile
from buurtbalans.method.people.rules import works_at

from ..models import Round
from .round import Viewer, rounds_of

STILL_TRUE: Final = timedelta(days=183)  # after half a year somebody looks again


@dataclass(frozen=True)
class Partner:
    """An organisation with its profile, and who of it takes part in which rounds that the reader may see.

    `own` says that the reader works there, and so may say that the profile still holds.
    """

    organisation: Organisation
    profile: Profile | None
    joins: list[tuple[Round, list[Person]]]
    own: bool

    @property
    def due(self) -> bool:
        """Whether it is time to ask if the profile is still true."""
        return self.profile is not None and timezone.now() - self.profile.edited_at > STILL_TRUE


def partners_of(viewer: Person) -> list[Partner]:
    """Return every organisation, for who works at one; the rounds are those that the viewer is part of."""
    return partners_among(Organisation.objects.all(), viewer)


def partner_of(organisation: Organisation, viewer: Person) -> Partner:
    """Return one organisation as `partners_of` does."""
    return partners_among([organisation], viewer)[0]


def partners_among(organisations: Iterable[Organisation], viewer: Viewer) -> list[Partner]:
    """Return some organisations as a reader may see them, in the same order."""
    profiles = {each.organisation_id: each for each in Profile.objects.visible_to(viewer).select_related("edited_by")}
    joined = _joined(viewer)
    return [
        Partner(each, profiles.get(each.pk), joined.get(each.pk, []), works_at(viewer, each)) for each in organisations
    ]


def _joined(viewer: Viewer) -> dict[int, list[tuple[Round, list[Person]]]]:
    """Return per organisation the rounds of the viewer with its people there, in the core group or the ring."""
    found: dict[int, list[tuple[Round, list[Person]]]] = {}
    for round in rounds_of(viewer).order_by("neighbourhood__name"):
        seats = Membership.objects.filter(circle__in=[round.core_id, round.ring_id], person__is_active=True)
        people = Person.objects.filter(pk__in=seats.values("person")).exclude(organisation=None)
        here: dict[int, list[Person]] = {}
        for person in people.order_by("first_name", "pk"):
            here.setdefault(person.organisation_id or 0, []).append(person)
        for organisation, names in here.items():
            found.setdefault(organisation, []).append((round, names))
    return found
