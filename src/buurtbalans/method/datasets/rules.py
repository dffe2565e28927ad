"""Rules about releases: who decides which figures everybody sees."""

from django.contrib.auth.models import AnonymousUser

from buurtbalans.method.people.models import Person
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may_anywhere, require_anywhere


def may_publish(person: Person | AnonymousUser) -> bool:
    """Return whether a person may publish releases and see those that are not published yet: a data steward."""
    return may_anywhere(person, Permission.PUBLISH_FIGURES)


def require_may_publish(by: Person | AnonymousUser | None) -> None:
    """Refuse unless the person may publish; None is the operator at the machine itself, with the command line."""
    if by is not None:
        require_anywhere(by, Permission.PUBLISH_FIGURES)
