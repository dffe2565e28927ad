"""People, their organisations, circles and roles, the audit trail, and the base of every text that people change."""

from buurtbalans.method.people.models.accounts import (
    Circle,
    CircleKind,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    PersonManager,
)
from buurtbalans.method.people.models.audit import AuditHead, AuditRow
from buurtbalans.method.people.models.reminders import Reminder
from buurtbalans.method.people.models.texts import Conflict, Past, Profile, ProfileQuerySet, StandingManager, Text

__all__ = [
    "AuditHead",
    "AuditRow",
    "Circle",
    "CircleKind",
    "Conflict",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Past",
    "Person",
    "PersonManager",
    "Profile",
    "ProfileQuerySet",
    "Reminder",
    "StandingManager",
    "Text",
]
