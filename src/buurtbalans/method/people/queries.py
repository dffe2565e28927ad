"""Reads about people: accounts, organisations, roles, and who decides about a circle."""

from itertools import count

from django.db import models
from django.utils.functional import Promise
from django.utils.text import slugify

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.people.models import Circle, Membership, Organisation, Person
from buurtbalans.method.people.permissions import IN_ORGANISATION, IN_ROUND, PLATFORM, Permission, Role, roles_with

Pieces = list[tuple[str, str]]


def public_circle() -> "Circle":
    """Return the circle of everybody; a database has one from its first migration on."""
    circle: Circle = Circle.objects.get(kind="public")
    return circle


def guides_of(circle: "Circle") -> "list[Person]":
    """Return who decides about a round's circle: the process guides of its core group."""
    return list(
        Person.objects.filter(
            models.Q(memberships__circle=circle)
            | models.Q(memberships__circle__in=circle.inner.filter(kind=Audience.CORE)),
            memberships__role=Role.PROCESS_GUIDE,
            is_active=True,
        ).distinct()
    )


def deciders(circle: "Circle | None", permission: Permission | None = None) -> list[tuple[str, "str | Promise"]]:
    """Return who decides whether someone may do something here, each with the role.

    In a round those are its guides, about figures the data stewards, and for the rest the administrators.
    """
    if circle and circle.audience.in_round:
        return [(str(guide), Role.PROCESS_GUIDE.words) for guide in guides_of(circle)]
    stewards = _holders(Role.DATA_STEWARD) if permission is Permission.PUBLISH_FIGURES else []
    return stewards or _holders(Role.ADMINISTRATOR)


def _holders(role: Role) -> list[tuple[str, "str | Promise"]]:
    people = Person.objects.filter(memberships__role=role, is_active=True).distinct()
    return [(str(person), role.words) for person in people]


def circle_for(role: Role, person: "Person") -> "Circle | None":
    """Return where a person holds a role that no round gives: the platform, the own organisation, or everybody."""
    if role in PLATFORM:
        return None
    return person.organisation.circle if role in IN_ORGANISATION and person.organisation else public_circle()


def accounts() -> "list[tuple[Person, str]]":
    """Return every account with its roles in words; roles in rounds are content, and stay out."""
    people = Person.objects.select_related("organisation").prefetch_related("memberships__circle")
    return [
        (
            person,
            ", ".join(
                sorted(
                    {
                        str(Role(membership.role).words)
                        for membership in person.memberships.all()
                        if not _in_round(membership)
                    }
                )
            ),
        )
        for person in people
    ]


def _in_round(membership: "Membership") -> bool:
    """Return whether a role is one in a round; an ambassador can be one there, or for everybody."""
    return membership.role in IN_ROUND or (membership.circle is not None and membership.circle.audience.in_round)


def organisations() -> "list[tuple[Organisation, int]]":
    """Return every organisation with how many open accounts it has."""
    open_accounts = models.Count("people", filter=models.Q(people__is_active=True))
    return [
        (organisation, organisation.number)
        for organisation in Organisation.objects.annotate(number=open_accounts).order_by("slug")
    ]


def free_slug(name: str) -> str:
    """Return a short name for a new organisation that no other has: made of its name, with a number when needed."""
    base = slugify(name)[:46].strip("-") or "organisatie"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for number in count(1) if (slug := base if number == 1 else f"{base}-{number}") not in taken)


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
