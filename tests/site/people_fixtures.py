"""Five organisations with people in every role, and two rounds that do not know each other."""

from collections.abc import Callable
from dataclasses import dataclass, field

from buurtbalans.method.people.actions import add_organisation, add_person, grant, make_round_circles
from buurtbalans.method.people.models import Circle, Organisation, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.people.queries import public_circle

ORGANISATIONS = {
    "gemeente": "gemeente",
    "woonstede": "woningcorporatie",
    "haven-wonen": "woningcorporatie",
    "buurtteam": "buurtteam",
    "de-brug": "zorg",
}
PASSWORD = "een-lange-zin-voor-de-toets"
OpenRound = Callable[[Person, str], tuple[Circle, Circle]]


@dataclass
class World:
    """Who and what a test can use: `own` is the round of the people, `foreign` is somebody else's."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    core: dict[str, Circle] = field(default_factory=dict)
    ring: dict[str, Circle] = field(default_factory=dict)

    def __getitem__(self, username: str) -> Person:
        return self.people[username]


def person(username: str, organisation: Organisation | None = None, password: str | None = PASSWORD) -> Person:
    """Make a person of an organisation, without a role."""
    return add_person(
        by=None,
        username=username,
        first_name=username.replace("_", " ").title(),
        last_name="Toets",
        organisation=organisation,
        password=password,
    )


def _circles(guide: Person, side: str) -> tuple[Circle, Circle]:
    return make_round_circles(by=guide, name=f"ronde {side}")


def make_world(open_round: OpenRound = _circles) -> World:
    """Make the five organisations, a person per role in the own round, and the people of the foreign round."""
    world = World()
    for slug, kind in ORGANISATIONS.items():
        world.organisations[slug] = add_organisation(by=None, slug=slug, name=slug.title(), kind=kind)
    for side, username, slug in (("own", "process_guide", "gemeente"), ("foreign", "foreign_guide", "haven-wonen")):
        guide = _member(world, username, slug)
        world.core[side], world.ring[side] = open_round(guide, side)
    for role in set(Role) - {Role.PROCESS_GUIDE}:
        _one_with(world, role)
    for username, slug, role, circle in (
        ("foreign_core", "buurtteam", Role.CORE_MEMBER, world.core["foreign"]),
        ("foreign_ring", "de-brug", Role.RING_MEMBER, world.ring["foreign"]),
    ):
        grant(by=world["foreign_guide"], person=_member(world, username, slug), role=role, circle=circle)
    return world


def _member(world: World, username: str, slug: str) -> Person:
    home = world.organisations[slug]
    who = world.people[username] = person(username, home)
    grant(by=None, person=who, role=Role.MEMBER, circle=home.circle)
    return who


def _one_with(world: World, role: Role) -> None:
    home = world.organisations["woonstede"]
    places = {
        Role.ADMINISTRATOR: None,
        Role.AUDITOR: None,
        Role.DATA_STEWARD: home.circle,
        Role.CORE_MEMBER: world.core["own"],
        Role.RING_MEMBER: world.ring["own"],
        Role.GUEST: world.ring["own"],
        Role.READER: public_circle(),
        Role.AMBASSADOR: public_circle(),
        Role.PRIVACY_OFFICER: home.circle,
        Role.PLACING_OFFICER: home.circle,
    }
    if role in (Role.MEMBER, Role.CORE_MEMBER):
        who = _member(world, role, "woonstede")
    else:
        outside = role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.READER)
        who = world.people[role] = person(role, None if outside else home)
    if role in places:
        grant(by=None, person=who, role=role, circle=places[role])
