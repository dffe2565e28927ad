"""People, their organisations, circles and roles, the audit trail, and the base of every text that people change."""

from .accounts import (
    Circle,
    CircleKind,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    PersonManager,
)
from .audit import AuditHead, AuditRow
from .reminders import Reminder
from .texts import Conflict, Past, Profile, ProfileQuerySet, StandingManager, Text

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
