"""Reads of partners: what each organisation says it can do, whether that is still true, and where it takes part."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from buurtbalans.method.people.models import Membership, Organisation, Person, Profile

from ..models import Round
from .round import rounds_of

STILL_TRUE: Final = timedelta(days=182)  # after half a year somebody looks again


@dataclass(frozen=True)
class Partner:
    """An organisation with its profile, and who of it takes part in which rounds that the reader may see."""

    organisation: Organisation
    profile: Profile | None
    joins: list[tuple[Round, list[Person]]]

    @property
    def due(self) -> bool:
        """Whether it is time to ask if the profile is still true."""
        return self.profile is not None and timezone.now() - self.profile.edited_at > STILL_TRUE


def partners_of(viewer: Person) -> list[Partner]:
    """Return every organisation, for who works at one; the rounds are those that the viewer is part of."""
    profiles = {each.organisation_id: each for each in Profile.objects.visible_to(viewer).select_related("edited_by")}
    joined = _joined(viewer)
    return [Partner(each, profiles.get(each.pk), joined.get(each.pk, [])) for each in Organisation.objects.all()]


def partner_of(organisation: Organisation, viewer: Person) -> Partner:
    """Return one organisation as `partners_of` does."""
    found = Profile.objects.visible_to(viewer).filter(organisation=organisation).select_related("edited_by").first()
    return Partner(organisation, found, _joined(viewer).get(organisation.pk, []))


def _joined(viewer: Person) -> dict[int, list[tuple[Round, list[Person]]]]:
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
