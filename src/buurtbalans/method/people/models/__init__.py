"""People, their organisations, circles and roles, what organisations can do, and who wants a reminder."""

from buurtbalans.method.people.models.accounts import (
    Circle,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    PersonManager,
)
from buurtbalans.method.people.models.profiles import Profile, ProfileQuerySet
from buurtbalans.method.people.models.reminders import Reminder
from buurtbalans.method.people.models.sharing import AgreedTerm, TextSharingTerm

__all__ = [
    "AgreedTerm",
    "Circle",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Person",
    "PersonManager",
    "Profile",
    "ProfileQuerySet",
    "Reminder",
    "TextSharingTerm",
]
