"""Rules: who may do what, as sentences that the rest of the method asks."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from .permissions import Permission
from .queries import roles_with

if TYPE_CHECKING:
    from .models import Circle, Person


def may(person: "Person | AnonymousUser", permission: Permission, circle: "Circle | None" = None) -> bool:
    """Return whether a person holds a permission in a circle, or on the platform when no circle is given.

    Reading reaches outward (a core member reads what the ring may see); writing does not.
    """
    if not person.is_authenticated:
        return permission is Permission.READ and circle is not None and circle.kind == "public"
    if permission is Permission.READ and circle is not None:
        return type(circle)._default_manager.visible_to(person).filter(pk=circle.pk).exists()
    return person.memberships.filter(role__in=roles_with(permission), circle=circle).exists()


def may_anywhere(person: "Person | AnonymousUser", permission: Permission) -> bool:
    """Return whether a person holds a permission in any circle."""
    return person.is_authenticated and person.memberships.filter(role__in=roles_with(permission)).exists()


def require(person: "Person | AnonymousUser", permission: Permission, circle: "Circle | None" = None) -> None:
    """Refuse with PermissionDenied unless the person may."""
    if not may(person, permission, circle):
        raise PermissionDenied(f"{permission} ontbreekt")
