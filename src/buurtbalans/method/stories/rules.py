"""Rules about stories: who may tell, change, share and withdraw one, and what may never stand in one."""

import re
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext as _

from buurtbalans.method.people.models import Circle, CircleKind
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import may

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Person

    from .models import Story

WIDTH = {CircleKind.ORGANISATION: 0, CircleKind.CORE: 1, CircleKind.RING: 2, CircleKind.PUBLIC: 3}

# Nine digits in a row (dots, dashes and spaces allowed) look like a citizen service number; which ones really are one
# is not worth a guess here: no story needs nine digits.
_NUMBER = re.compile(r"(?<![\d+])\d(?:[ .-]?\d){8}(?!\d)")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?<!\d)(?:\+31|0031|0)[ .-]?(?:\(0\)[ .-]?)?[1-9](?:[ .-]?\d){8}(?!\d)")


def require_no_traces(text: str) -> None:
    """Refuse a text with something in it that leads to one person: a number, an e-mail address, a phone number."""
    for pattern, what in (
        (_MAIL, _("Hier staat een e-mailadres. Haal het weg.")),
        (_PHONE, _("Hier staat een telefoonnummer. Haal het weg.")),
        (_NUMBER, _("Hier staat een nummer van negen cijfers. Dat lijkt op een BSN. Haal het weg.")),
    ):
        if pattern.search(text):
            raise ValidationError(what, code="traces")


def may_from(person: "Person | AnonymousUser", permission: Permission, circle: Circle) -> bool:
    """Return whether a person may write for a circle: as someone of it, or of the circle just inside it."""
    if may(person, permission, circle):
        return True
    return any(may(person, permission, inner) for inner in circle.inner.exclude(kind=CircleKind.ORGANISATION))


def require_may_tell(person: "Person | AnonymousUser", circle: Circle) -> None:
    """Refuse unless the person may tell a story to this circle; nobody tells one to everybody at once."""
    if circle.kind == CircleKind.PUBLIC:
        raise PermissionDenied("een verhaal begint niet bij iedereen")
    if not may_from(person, Permission.TELL_STORY, circle):
        raise PermissionDenied(f"{Permission.TELL_STORY} ontbreekt")


def may_change(person: "Person | AnonymousUser", story: "Story") -> bool:
    """Return whether a person may change a story: only who wrote it down."""
    return person.is_authenticated and story.author_id == person.pk


def require_may_change(person: "Person | AnonymousUser", story: "Story") -> None:
    """Refuse unless the person wrote the story down."""
    if not may_change(person, story):
        raise PermissionDenied("alleen wie het verhaal opschreef past het aan")


def may_withdraw(person: "Person | AnonymousUser", story: "Story") -> bool:
    """Return whether a person may take a story away: its author, or the guide of the circle it is shared with."""
    guided = story.circle.kind in (CircleKind.CORE, CircleKind.RING)
    return may_change(person, story) or (guided and may_from(person, Permission.EDIT_ROUND, story.circle))


def wider_circles(person: "Person", story: "Story", offered: "models.QuerySet[Circle]") -> list[Circle]:
    """Return the circles of the offer that a story can still be shared with, from narrow to wide."""
    if not may_change(person, story):
        return []
    wider = [circle for circle in offered if WIDTH[CircleKind(circle.kind)] > WIDTH[CircleKind(story.circle.kind)]]
    return sorted(
        (
            circle
            for circle in wider
            if circle.kind != CircleKind.PUBLIC and may_from(person, Permission.TELL_STORY, circle)
        ),
        key=lambda circle: WIDTH[CircleKind(circle.kind)],
    )
