"""Five organisations with people in every role, and two rounds that do not know each other."""

from dataclasses import dataclass, field

from buurtbalans.method.people.actions import (
    add_organisation,
    add_person,
    grant,
    make_round_circles,
)
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


@dataclass
class World:
    """Who and what a test can use: `own` is the round of the people, `foreign` is somebody else's."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    core: dict[str, Circle] = field(default_factory=dict)
    ring: dict[str, Circle] = field(default_factory=dict)

    def __getitem__(self, username: str) -> Person:
        return self.people[username]


def person(username: str, organisation: Organisation | None = None, password: str | None = None) -> Person:
    """Make a person of an organisation."""
    return add_person(
        by=None,
        username=username,
        first_name=username.replace("_", " ").title(),
        last_name="Toets",
        organisation=organisation,
        password=password,
    )


def make_world() -> World:
    """Make the five organisations, a person per role in the own round, and the people of the foreign round."""
    world = World()
    for slug, kind in ORGANISATIONS.items():
        world.organisations[slug] = add_organisation(by=None, slug=slug, name=slug.title(), kind=kind)
    for key in ("own", "foreign"):
        world.core[key], world.ring[key] = make_round_circles(by=None, name=f"ronde {key}")
    for role in Role:
        _one_of_each(world, role)
    _foreigners(world)
    return world


def _one_of_each(world: World, role: Role) -> None:
    home = world.organisations["gemeente" if role is Role.PROCESS_GUIDE else "woonstede"]
    outside = role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.READER)
    who = world.people[role] = person(role, None if outside else home)
    places = {
        Role.ADMINISTRATOR: None,
        Role.AUDITOR: None,
        Role.DATA_STEWARD: home.circle,
        Role.MEMBER: home.circle,
        Role.PROCESS_GUIDE: world.core["own"],
        Role.CORE_MEMBER: world.core["own"],
        Role.RING_MEMBER: world.ring["own"],
        Role.GUEST: world.ring["own"],
        Role.READER: public_circle(),
        Role.AMBASSADOR: public_circle(),
    }
    if role in (Role.PROCESS_GUIDE, Role.CORE_MEMBER):
        grant(by=None, person=who, role=Role.MEMBER, circle=home.circle)
    grant(by=None, person=who, role=role, circle=places[role])


def _foreigners(world: World) -> None:
    for username, slug, role, circle in (
        ("foreign_guide", "haven-wonen", Role.PROCESS_GUIDE, world.core["foreign"]),
        ("foreign_core", "buurtteam", Role.CORE_MEMBER, world.core["foreign"]),
        ("foreign_ring", "de-brug", Role.RING_MEMBER, world.ring["foreign"]),
    ):
        home = world.organisations[slug]
        who = world.people[username] = person(username, home)
        grant(by=None, person=who, role=Role.MEMBER, circle=home.circle)
        grant(by=None, person=who, role=role, circle=circle)
