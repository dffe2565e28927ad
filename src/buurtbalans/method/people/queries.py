"""Reads about people: which circles someone may see, who decides there, and whether the audit trail is whole."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.functional import Promise

from buurtbalans.method.people.permissions import IN_ORGANISATION, IN_ROUND, PLATFORM, Permission, Role, roles_with

if TYPE_CHECKING:
    from buurtbalans.method.people.models import Circle, Membership, Organisation, Person

Pieces = list[tuple[str, str]]


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


class ContributionQuerySet(models.QuerySet[Any]):
    """Base of every model with an audience: the one place where its rows are scoped to a viewer."""

    def visible_to(self, viewer: "Person | AnonymousUser") -> Self:
        """Return the rows whose circle the viewer may read."""
        from buurtbalans.method.people.models import Circle

        return self.filter(circle__in=Circle.objects.visible_to(viewer).values("pk"))


def public_circle() -> "Circle":
    """Return the circle of everybody; a database has one from its first migration on."""
    from buurtbalans.method.people.models import Circle

    circle: Circle = Circle.objects.get(kind="public")
    return circle


def guides_of(circle: "Circle") -> "list[Person]":
    """Return who decides about a round's circle: the process guides of its core group."""
    from buurtbalans.method.people.models import Person

    return list(
        Person.objects.filter(
            models.Q(memberships__circle=circle) | models.Q(memberships__circle__in=circle.inner.filter(kind="core")),
            memberships__role=Role.PROCESS_GUIDE,
            is_active=True,
        ).distinct()
    )


def deciders(circle: "Circle | None", permission: Permission | None = None) -> list[tuple[str, "str | Promise"]]:
    """Return who decides whether someone may do something here, each with the role.

    In a round those are its guides, about figures the data stewards, and for the rest the administrators.
    """
    from buurtbalans.method.people.models import CircleKind

    if circle and circle.kind in (CircleKind.CORE, CircleKind.RING):
        return [(str(guide), Role.PROCESS_GUIDE.words) for guide in guides_of(circle)]
    stewards = _holders(Role.DATA_STEWARD) if permission is Permission.PUBLISH_FIGURES else []
    return stewards or _holders(Role.ADMINISTRATOR)


def _holders(role: Role) -> list[tuple[str, "str | Promise"]]:
    from buurtbalans.method.people.models import Person

    people = Person.objects.filter(memberships__role=role, is_active=True).distinct()
    return [(str(person), role.words) for person in people]


def circle_for(role: Role, person: "Person") -> "Circle | None":
    """Return where a person holds a role that no round gives: the platform, the own organisation, or everybody."""
    if role in PLATFORM:
        return None
    return person.organisation.circle if role in IN_ORGANISATION and person.organisation else public_circle()


def accounts() -> "list[tuple[Person, str]]":
    """Return every account with its roles in words; roles in rounds are content, and stay out."""
    from buurtbalans.method.people.models import Person

    people = Person.objects.select_related("organisation").prefetch_related("memberships__circle")
    return [
        (
            person,
            ", ".join(sorted({str(Role(one.role).words) for one in person.memberships.all() if not _in_round(one)})),
        )
        for person in people
    ]


def _in_round(membership: "Membership") -> bool:
    """Return whether a role is one in a round; an ambassador can be one there, or for everybody."""
    return membership.role in IN_ROUND or (membership.circle is not None and membership.circle.kind in ("core", "ring"))


def organisations() -> "list[tuple[Organisation, int]]":
    """Return every organisation with how many open accounts it has."""
    from buurtbalans.method.people.models import Organisation

    open_accounts = models.Count("people", filter=models.Q(people__is_active=True))
    return [(each, each.number) for each in Organisation.objects.annotate(number=open_accounts).order_by("slug")]


def role_words(permission: Permission) -> "list[str | Promise]":
    """Return the roles that hold a permission, in words."""
    return [role.words for role in roles_with(permission)]


def memberships_of(person: "Person") -> "models.QuerySet[Membership]":
    """Return the roles of a person with their circles, platform first."""
    return person.memberships.select_related("circle").order_by(models.F("circle__name").asc(nulls_first=True), "role")


def permissions_of(person: "Person") -> list[Permission]:
    """Return everything a person may do somewhere, in the order of the method."""
    held = {Role(role) for role in person.memberships.values_list("role", flat=True)}
    return [permission for permission in Permission if held & set(roles_with(permission))]
