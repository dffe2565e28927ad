"""Reads of partners: what each organisation says it can do, whether that is still true, and where it takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from buurtbalans.method.people.models import Membership, Organisation, Person, Profile
from buurtbalans.method.people.rules import works_at
from buurtbalans.method.rounds.models import Round
from buurtbalans.method.rounds.queries.round import Viewer, rounds_of

STILL_TRUE: Final = timedelta(days=183)  # after half a year somebody looks again


Joins = list[tuple[Round, list[Person]]]


@dataclass(frozen=True)
class Partner:
    """An organisation with its profile.

    `own` says that the reader works there, and so may say that the profile still holds.
    """

    organisation: Organisation
    profile: Profile | None
    own: bool

    @property
    def due(self) -> bool:
        """Whether it is time to ask if the profile is still true."""
        return self.profile is not None and timezone.now() - self.profile.edited_at > STILL_TRUE


def partner_row(organisation: Organisation, viewer: Viewer) -> Partner:
    """Return one organisation as a reader may see it."""
    return partner_rows([organisation], viewer)[0]


def partner_rows(organisations: Iterable[Organisation], viewer: Viewer) -> list[Partner]:
    """Return some organisations as a reader may see them, in the same order."""
    asked = list(organisations)
    visible_profiles = Profile.objects.visible_to(viewer).filter(organisation__in=asked).select_related("edited_by")
    profiles = {profile.organisation_id: profile for profile in visible_profiles}
    return [Partner(each, profiles.get(each.pk), works_at(viewer, each)) for each in asked]


def participation_of(organisations: Iterable[Organisation], viewer: Viewer) -> dict[int, Joins]:
    """Return per organisation the rounds of the viewer with its people there, in the core group or the ring."""
    asked = list(organisations)
    joins: dict[int, Joins] = {each.pk: [] for each in asked}
    for round in rounds_of(viewer).order_by("neighbourhood__name"):
        seats = Membership.objects.filter(circle__in=[round.core_id, round.ring_id], person__is_active=True)
        people = Person.objects.filter(pk__in=seats.values("person"), organisation__in=asked)
        here: dict[int, list[Person]] = {}
        for person in people.order_by("first_name", "pk"):
            here.setdefault(person.organisation_id or 0, []).append(person)
        for organisation, names in here.items():
            joins[organisation].append((round, names))
    return joins
