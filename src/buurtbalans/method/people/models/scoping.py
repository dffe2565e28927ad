"""Which rows a viewer may read: the one place where circles, and everything with an audience, are scoped."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from buurtbalans.method.people.permissions import Permission, roles_with

if TYPE_CHECKING:
    from buurtbalans.method.people.models.accounts import Person


class CircleQuerySet(models.QuerySet[Any]):
    """Circles, by who belongs to them."""

    def with_member(self, person: "Person | AnonymousUser", permission: Permission) -> Self:
        """Return the circles in which a person holds a permission by a role in that very circle."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        held = person.memberships.filter(role__in=roles_with(permission), circle__isnull=False)
        return self.filter(pk__in=held.values("circle"))

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the circles whose contributions the viewer may read: the own ones and every wider one."""
        return self.seen_from(self.model._default_manager.with_member(viewer, Permission.READ))

    def seen_from(self, own: Self) -> Self:
        """Return the circles whose contributions somebody reads in `own`: these, every wider one, and the public's."""
        wider = self.model._default_manager.filter(inner__in=own)
        return self.filter(
            models.Q(kind="public") | models.Q(pk__in=own.values("pk")) | models.Q(pk__in=wider.values("pk"))
        )


class CircleContentQuerySet(models.QuerySet[Any]):
    """Base of every model with an audience: the one place where its rows are scoped to a viewer."""

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the rows whose circle the viewer may read."""
        circles = self.model._meta.get_field("circle").related_model._default_manager
        return self.filter(circle__in=circles.visible_to(viewer).values("pk"))
