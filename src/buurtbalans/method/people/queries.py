"""Reads about people: above all, which circles someone may see."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from .permissions import GRANTS, Permission, Role

if TYPE_CHECKING:
    from .models import Person


def roles_with(permission: Permission) -> list[Role]:
    """Return the roles that hold a permission."""
    return [role for role, granted in GRANTS.items() if permission in granted]


class CircleQuerySet(models.QuerySet[Any]):
    """Circles, by who belongs to them."""

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the circles whose contributions the viewer may read: the own ones and every wider one."""
        public = models.Q(kind="public")
        if not viewer.is_authenticated:
            return self.filter(public)
        mine = models.Q(memberships__person=viewer, memberships__role__in=roles_with(Permission.READ))
        inner = models.Q(
            inner__memberships__person=viewer, inner__memberships__role__in=roles_with(Permission.READ)
        )
        return self.filter(public | mine | inner).distinct()


class ContributionQuerySet(models.QuerySet[Any]):
    """Base of every model with an audience: the one place where its rows are scoped to a viewer."""

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the rows whose circle the viewer may read."""
        from .models import Circle

        return self.filter(circle__in=Circle.objects.visible_to(viewer))
