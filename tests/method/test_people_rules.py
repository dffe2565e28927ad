"""Who may do and see what: the roles as data, the circles, and the sentences about them."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from buurtbalans.method.people import queries
from buurtbalans.method.people.models import Circle, Membership, Person, scoping
from buurtbalans.method.people.models.scoping import one_reading
from buurtbalans.method.people.permissions import GRANTS, PLATFORM, Permission, Role, roles_with
from buurtbalans.method.people.queries import public_circle
from buurtbalans.method.people.rules import Refusal, knows_of, may, may_anywhere, require, require_anywhere
from buurtbalans.site.reading import ReadingMiddleware
from tests.site.people_fixtures import World

SEES = {
    "administrator": set(),
    "auditor": set(),
    "reader": set(),
    "ambassador": set(),
    "privacy_officer": set(),
    "placing_officer": set(),
    "data_steward": {"home"},
    "member": {"home"},
    "core_member": {"home", "core own", "ring own"},
    "process_guide": {"core own", "ring own"},  # and the own organisation, which is another one
    "ring_member": {"ring own"},
    "guest": {"ring own"},
    "foreign_core": {"core foreign", "ring foreign"},
    "foreign_ring": {"ring foreign"},
}


def test_every_role_has_its_permissions_and_its_words() -> None:
    assert set(GRANTS) == set(Role)
    assert {permission for granted in GRANTS.values() for permission in granted} == set(Permission)
    assert len({str(role.words) for role in Role}) == len(Role)
    assert len({str(permission.words) for permission in Permission}) == len(Permission)


def test_platform_roles_read_no_content() -> None:
    assert not PLATFORM & set(roles_with(Permission.READ))


@pytest.mark.parametrize("who", SEES)
def test_a_person_sees_the_own_circles_and_the_wider_ones(world: World, who: str) -> None:
    named = {
        "home": world.organisations["woonstede"].circle,
        **{f"core {key}": circle for key, circle in world.core.items()},
        **{f"ring {key}": circle for key, circle in world.ring.items()},
    }
    seen = set(Circle.objects.visible_to(world[who]))
    assert public_circle() in seen
    assert {name for name, circle in named.items() if circle in seen} == SEES[who]
    others = {circle for slug, circle in _homes(world).items() if slug != _home_of(world[who])}
    assert not seen & others


def _homes(world: World) -> dict[str, Circle]:
    return {slug: organisation.circle for slug, organisation in world.organisations.items()}


def _home_of(person: Person) -> str:
    return person.organisation.slug if person.organisation else ""


def test_a_visitor_sees_what_is_public(world: World) -> None:
    assert list(Circle.objects.visible_to(AnonymousUser())) == [public_circle()]
    assert may(AnonymousUser(), Permission.READ, public_circle())
    assert not may(AnonymousUser(), Permission.READ, world.ring["own"])
    assert not may_anywhere(AnonymousUser(), Permission.READ)


def test_reading_reaches_outward_and_writing_does_not(world: World) -> None:
    member = world["core_member"]
    assert may(member, Permission.READ, world.ring["own"])
    assert may(member, Permission.CLAIM, world.core["own"])
    assert not may(member, Permission.CLAIM, world.ring["own"])
    assert not may(world["ring_member"], Permission.READ, world.core["own"])


def test_a_rule_without_a_circle_asks_for_a_role_on_the_platform(world: World) -> None:
    assert may(world["auditor"], Permission.READ_AUDIT)
    assert not may(world["member"], Permission.START_ROUND)
    assert may_anywhere(world["member"], Permission.START_ROUND)
    require_anywhere(world["member"], Permission.START_ROUND)
    require(world["administrator"], Permission.MANAGE_ACCOUNTS)


def test_a_refusal_says_what_and_where(world: World) -> None:
    with pytest.raises(Refusal) as refusal:
        require(world["ring_member"], Permission.JUDGE, world.core["own"])
    assert (refusal.value.permission, refusal.value.circle) == (Permission.JUDGE, world.core["own"])
    with pytest.raises(Refusal):
        require_anywhere(world["ring_member"], Permission.START_ROUND)


@pytest.mark.parametrize(
    ("who", "known"),
    [
        ("core_member", {"core own", "ring own", "home"}),
        ("ring_member", {"core own", "ring own", "home"}),
        ("foreign_ring", {"core foreign", "ring foreign"}),
        ("member", {"home"}),
        ("reader", set()),
    ],
)
def test_a_person_knows_of_the_circles_around(world: World, who: str, known: set[str]) -> None:
    named = {
        "home": world.organisations["woonstede"].circle,
        **{f"core {key}": circle for key, circle in world.core.items()},
        **{f"ring {key}": circle for key, circle in world.ring.items()},
    }
    assert {name for name, circle in named.items() if knows_of(world[who], circle)} == known
    assert not knows_of(AnonymousUser(), world.ring["own"])
    assert knows_of(AnonymousUser(), public_circle())


def test_somebody_decides_everywhere(world: World) -> None:
    guide = ("Process_Guide Toets".replace("_", " "), Role.PROCESS_GUIDE.words)
    assert queries.deciders(world.core["own"]) == [guide]
    assert queries.deciders(world.ring["own"]) == [guide]
    assert queries.deciders(None) == [("Administrator Toets", Role.ADMINISTRATOR.words)]
    stewards = [("Data Steward Toets", Role.DATA_STEWARD.words)]
    assert queries.deciders(None, Permission.PUBLISH_FIGURES) == stewards
    world["data_steward"].memberships.all().delete()
    assert queries.deciders(None, Permission.PUBLISH_FIGURES) == queries.deciders(None)


def test_roles_are_told_in_words(world: World) -> None:
    words = [membership.words for membership in queries.memberships_of(world["core_member"])]
    assert words == ["lid van de kerngroep, Kerngroep ronde own", "medewerker, Woonstede"]
    assert [membership.words for membership in queries.memberships_of(world["auditor"])] == ["toezichthouder"]
    assert queries.permissions_of(world["auditor"]) == [Permission.READ_AUDIT]
    assert queries.permissions_of(world["ring_member"]) == [Permission.READ, Permission.TELL_STORY]


def test_the_database_keeps_circles_and_roles_straight(world: World) -> None:
    ring, home = world.ring["own"], world.organisations["gemeente"]
    for wrong in (
        lambda: Circle.objects.create(kind="core", name="zonder wijdere kring"),
        lambda: Circle.objects.create(kind="public", name="nog een", within=ring),
        lambda: Circle.objects.create(kind="core", name="van een organisatie", within=ring, organisation=home),
        lambda: Circle.objects.create(kind="organisation", name="van niemand", within=ring),
        lambda: Membership.objects.create(person=world["reader"], role=Role.AUDITOR, circle=ring),
        lambda: Membership.objects.create(person=world["reader"], role=Role.MEMBER, circle=None),
        lambda: Membership.objects.create(person=world["auditor"], role=Role.AUDITOR, circle=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_within_one_reading_circles_are_looked_up_once_and_outside_it_each_time(
    world: World, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    member = world["core_member"]
    with one_reading():
        first = Circle.objects.ids_visible_to(member)
        with django_assert_num_queries(0):
            assert Circle.objects.ids_visible_to(member) == first
        assert Circle.objects.ids_visible_to(world["foreign_core"]) != first
    assert world.core["own"].pk in first
    member.memberships.all().delete()
    assert world.core["own"].pk not in Circle.objects.ids_visible_to(member)
    with one_reading():
        assert world.core["own"].pk not in Circle.objects.ids_visible_to(member)


def test_a_request_that_writes_is_no_single_reading(rf: RequestFactory) -> None:
    seen = {}

    def view(request: HttpRequest) -> HttpResponse:
        seen[request.method] = scoping._read_once.get() is not None
        return HttpResponse()

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        ReadingMiddleware(view)(rf.generic(method, "/"))
    assert seen == {"GET": True, "HEAD": True, "POST": False, "PUT": False, "DELETE": False}
    assert scoping._read_once.get() is None
