"""Reads of the placing: whether it is on, who decides about that, and what was decided before."""

from django.db.models import QuerySet

from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Role

from .models import PlacingSwitch


def switches(organisation: Organisation) -> "QuerySet[PlacingSwitch]":
    """Return every turn of the switch of an organisation, the last one first."""
    return PlacingSwitch.objects.filter(organisation=organisation).select_related("by")


def officers(organisation: Organisation) -> "QuerySet[Person]":
    """Return the data-protection officers of an organisation."""
    return Person.objects.filter(
        memberships__role=Role.PRIVACY_OFFICER, memberships__circle=organisation.circle, is_active=True
    ).distinct()
