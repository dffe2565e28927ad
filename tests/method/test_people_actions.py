"""Each write about people: what it does, whom it refuses, and the row it leaves."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base import audit
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people import actions
from buurtbalans.method.people.models import Circle, Membership, Organisation, Person
from buurtbalans.method.people.permissions import Permission, Role
from buurtbalans.method.people.queries import public_circle
from buurtbalans.method.people.rules import Refusal
from tests.site.people_fixtures import World, person


def last_row() -> AuditRow:
    row = AuditRow.objects.last()
    assert row is not None
    return row


def test_an_action_says_who_acts_and_takes_keywords_only() -> None:
    with pytest.raises(TypeError, match="says who acts"):

        @audit.action
        def nobody(*, person: Person) -> None: ...

    with pytest.raises(TypeError, match="keywords only"):

        @audit.action
        def positional(person: Person, *, by: Person) -> None: ...


def test_an_action_without_an_audit_row_leaves_nothing_behind(db: None) -> None:
    @audit.action
    def secretly(*, by: Person | None) -> None:
        Organisation.objects.create(slug="stil", name="Stil", kind="zorg")

    with pytest.raises(audit.NotAudited, match="secretly"):
        secretly(by=None)
    assert not Organisation.objects.filter(slug="stil").exists()


def test_an_action_that_fails_halfway_leaves_no_row(db: None) -> None:
    @audit.action
    def stumble(*, by: Person | None) -> None:
        audit.record(by=by, verb="people.stumble")
        raise ValueError("halverwege")

    with pytest.raises(ValueError, match="halverwege"):
        stumble(by=None)
    assert not AuditRow.objects.exists()


@pytest.mark.parametrize("detail", [{"what": object()}, {"share": float("nan")}])
def test_a_row_holds_plain_facts_only(db: None, detail: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        audit.record(by=None, verb="people.test", **detail)


def test_there_is_one_circle_of_everybody(db: None) -> None:
    assert public_circle().kind == Audience.PUBLIC
    with pytest.raises(IntegrityError), transaction.atomic():
        Circle.objects.create(kind=Audience.PUBLIC, name="nog een")
    call_command("migrate", verbosity=0)
    assert Circle.objects.count() == 1


def test_an_administrator_adds_an_organisation_with_its_circle(world: World) -> None:
    added = actions.add_organisation(by=world["administrator"], slug="politie", name="Politie", kind="politie")
    assert (added.circle.kind, added.circle.within) == (Audience.ORGANISATION, public_circle())
    assert (last_row().verb, last_row().actor) == ("people.add_organisation", world["administrator"])
    assert last_row().about == f"people.organisation:{added.pk}"


@pytest.mark.parametrize("who", ["auditor", "data_steward", "member", "process_guide", "reader"])
def test_nobody_else_manages_accounts(world: World, who: str) -> None:
    rows = AuditRow.objects.count()
    new = {"username": "nieuw", "first_name": "N", "last_name": "N", "organisation": None, "password": None}
    for refused in (
        lambda: actions.add_organisation(by=world[who], slug="x", name="x", kind="zorg"),
        lambda: actions.add_person(by=world[who], **new),
        lambda: actions.close_account(by=world[who], person=world["reader"]),
        lambda: actions.open_account(by=world[who], person=world["reader"]),
        lambda: actions.grant(by=world[who], person=world["reader"], role=Role.AUDITOR),
        lambda: actions.withdraw(by=world[who], membership=world["administrator"].memberships.get()),
    ):
        with pytest.raises(Refusal) as refusal:
            refused()
        assert refusal.value.permission is Permission.MANAGE_ACCOUNTS
    assert AuditRow.objects.count() == rows


def test_a_person_is_added_and_can_sign_in(world: World) -> None:
    home = world.organisations["gemeente"]
    new = {"first_name": "Nieuw", "last_name": "Mens", "organisation": home, "password": "een lange zin met rust"}
    added = actions.add_person(by=world["administrator"], username="nieuw", **new)
    assert added.check_password("een lange zin met rust")
    assert (str(added), added.initials) == ("Nieuw Mens", "NM")
    assert (last_row().verb, last_row().detail) == ("people.add_person", {})
    with pytest.raises(ValidationError):
        actions.add_person(by=world["administrator"], username="zwak", **new | {"password": "welkom01"})


def test_a_closed_account_sees_and_may_nothing_more(world: World) -> None:
    person = actions.close_account(by=world["administrator"], person=world["core_member"])
    assert last_row().verb == "people.close_account"
    assert set(Circle.objects.visible_to(person)) == {public_circle()}
    actions.open_account(by=world["administrator"], person=person)
    assert last_row().verb == "people.open_account"
    assert world.core["own"] in Circle.objects.visible_to(Person.objects.get(pk=person.pk))


def test_who_starts_a_round_becomes_its_guide(world: World) -> None:
    core, ring = actions.make_round_circles(by=world["member"], name="de Weverij")
    assert (core.within, ring.within) == (ring, public_circle())
    assert world["member"].memberships.get(circle=core).role == Role.PROCESS_GUIDE
    assert [row.verb for row in AuditRow.objects.order_by("-sequence")[:2]] == [
        "people.grant",
        "people.make_round_circles",
    ]
    with pytest.raises(Refusal):
        actions.make_round_circles(by=world["ring_member"], name="niets")


def test_the_guide_lets_people_into_the_round(world: World) -> None:
    guide, newcomer = world["process_guide"], world["foreign_core"]
    for role, circle in ((Role.CORE_MEMBER, world.core["own"]), (Role.RING_MEMBER, world.ring["own"])):
        membership = actions.grant(by=guide, person=newcomer, role=role, circle=circle)
        assert last_row().verb == "people.grant"
        assert last_row().detail == {"person": newcomer.pk, "role": role, "circle": circle.pk}
        actions.withdraw(by=guide, membership=membership)
        assert (last_row().verb, last_row().detail["role"]) == ("people.withdraw", role)
    assert not newcomer.memberships.filter(circle__in=[world.core["own"], world.ring["own"]]).exists()


@pytest.mark.parametrize("who", ["administrator", "core_member", "ring_member", "foreign_guide", "member"])
@pytest.mark.parametrize("place", ["core", "ring"])
def test_nobody_else_lets_people_in_not_even_oneself(world: World, who: str, place: str) -> None:
    circle = getattr(world, place)["own"]
    role = Role.CORE_MEMBER if place == "core" else Role.RING_MEMBER
    sitting = circle.memberships.get(role=role)
    for newcomer in (world[who], world["foreign_ring"]):
        with pytest.raises(Refusal) as refusal:
            actions.grant(by=world[who], person=newcomer, role=role, circle=circle)
        assert refusal.value.permission is Permission.INVITE
    if sitting.person != world[who]:
        with pytest.raises(Refusal):
            actions.withdraw(by=world[who], membership=sitting)


def test_everybody_may_leave_a_round(world: World) -> None:
    seat = world["ring_member"].memberships.get()
    actions.withdraw(by=world["ring_member"], membership=seat)
    assert not Membership.objects.filter(person=world["ring_member"]).exists()


def test_the_administrator_gives_no_role_to_oneself(world: World) -> None:
    with pytest.raises(Refusal):
        actions.grant(by=world["administrator"], person=world["administrator"], role=Role.AUDITOR)


@pytest.mark.parametrize(
    ("who", "role", "place"),
    [
        ("administrator", Role.MEMBER, "home"),
        ("auditor", Role.CORE_MEMBER, "core"),
        ("core_member", Role.AUDITOR, None),
        ("reader", Role.MEMBER, "home"),
        ("core_member", Role.CORE_MEMBER, "ring"),
        ("core_member", Role.RING_MEMBER, "core"),
        ("core_member", Role.READER, "core"),
        ("core_member", Role.PROCESS_GUIDE, None),
        ("member", Role.AUDITOR, "home"),
        ("kees", Role.CORE_MEMBER, "core"),
    ],
)
def test_a_role_that_does_not_fit_is_refused(world: World, who: str, role: Role, place: str | None) -> None:
    places = {
        "home": world.organisations["woonstede"].circle,
        "core": world.core["own"],
        "ring": world.ring["own"],
        None: None,
    }
    world.people["kees"] = person("kees")
    with pytest.raises(ValidationError, match="kunt u hier niet toekennen"):
        actions.grant(by=None, person=world[who], role=role, circle=places[place])


def test_looking_as_somebody_is_for_invented_people_in_the_demo(world: World, settings: Any) -> None:
    invented = world["reader"]
    with pytest.raises(PermissionDenied):
        actions.look_as(by=None, person=invented)
    settings.DEMO = True
    with pytest.raises(PermissionDenied):
        actions.look_as(by=None, person=invented)
    invented.invented = True
    invented.save()
    actions.look_as(by=None, person=invented)
    assert (last_row().verb, last_row().about) == ("people.look_as", f"people.person:{invented.pk}")


def test_signing_in_is_written_down(world: World) -> None:
    actions.note_access(by=world["reader"], what="sign_in")
    assert (last_row().verb, last_row().actor) == ("people.sign_in", world["reader"])


def test_reading_the_trail_is_for_the_auditor_and_is_written_down(world: World) -> None:
    rows = actions.read_audit(by=world["auditor"], app="people")
    assert rows.first() == last_row()
    assert (last_row().verb, last_row().detail) == ("people.read_audit", {"app": "people", "actor": ""})
    for who in ("administrator", "process_guide", "data_steward"):
        with pytest.raises(Refusal):
            actions.read_audit(by=world[who])
    assert last_row().verb == "people.read_audit"


def test_an_administrator_gives_a_new_password_and_nobody_else(world: World) -> None:
    member = world["member"]
    actions.set_password(by=world["administrator"], person=member, password="een andere lange zin")
    assert member.check_password("een andere lange zin")
    assert (last_row().verb, last_row().about) == ("people.set_password", f"people.person:{member.pk}")
    rows = AuditRow.objects.count()
    with pytest.raises(Refusal):
        actions.set_password(by=world["auditor"], person=member, password="nog een andere zin")
    with pytest.raises(ValidationError):
        actions.set_password(by=world["administrator"], person=member, password="welkom01")
    member.refresh_from_db()
    assert member.check_password("een andere lange zin")
    assert AuditRow.objects.count() == rows


def test_what_is_there_already_is_not_added_again(world: World) -> None:
    with pytest.raises(ValidationError, match="Er is al"):
        actions.add_organisation(by=None, slug="gemeente", name="Nog een", kind="gemeente")
    with pytest.raises(ValidationError, match="soort"):
        actions.add_organisation(by=None, slug="nieuw", name="Nog een", kind="kasteel")
    with pytest.raises(ValidationError, match="al in gebruik"):
        person("MEMBER")
