"""Which rows a viewer may read: the one place where circles, and everything with an audience, are scoped."""

from typing import TYPE_CHECKING, Any, Final, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.people.permissions import Permission, roles_with

if TYPE_CHECKING:
    from buurtbalans.method.people.models.accounts import Person

STEPS_OUTWARD: Final = Audience.PUBLIC.width - Audience.CORE.width - 1  # from a core group to just inside the public


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
        return self.filter(models.Q(kind=Audience.PUBLIC) | self._outward(own))

    def of_round(self, core: int) -> Self:
        """Return the circles of the round with this core group, from narrow to wide: the group and those around it."""
        circles = self._outward(self.model._default_manager.filter(pk=core))
        width = models.Case(*(models.When(kind=audience, then=audience.width) for audience in Audience.of_round()))
        return self.filter(circles, kind__in=Audience.of_round()).order_by(width)

    def _outward(self, own: Self) -> models.Q:
        """Return the condition of being one of some circles, or a wider one around it."""
        outward = models.Q(pk__in=own.values("pk"))
        for steps in range(1, STEPS_OUTWARD + 1):
            wider = self.model._default_manager.filter(**{f"{'__'.join(['inner'] * steps)}__in": own})
            outward |= models.Q(pk__in=wider.values("pk"))
        return outward


class CircleContentQuerySet(models.QuerySet[Any]):
    """Base of every model with an audience: the one place where its rows are scoped to a viewer."""

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the rows whose circle the viewer may read."""
        circles = self.model._meta.get_field("circle").related_model._default_manager
        return self.filter(circle__in=circles.visible_to(viewer).values("pk"))
