"""The people of Waterdam: organisations, and invented people in every role; each page of the demo says so."""

from typing import Final, NamedTuple

from buurtbalans.method.people.actions import add_organisation, add_person, grant
from buurtbalans.method.people.models import Organisation, OrganisationKind, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.people.queries import circle_for


class Account(NamedTuple):
    """One invented person, with a password that is known to everybody and works in the demo only."""

    username: str
    first_name: str
    last_name: str
    organisation: str
    roles: tuple[Role, ...]
    work: str

    @property
    def password(self) -> str:
        """The password of the demo account, long enough for the rules and easy to type."""
        return f"waterdam-{self.username}-2025"


ORGANISATIONS: Final = {
    "gemeente": ("Gemeente Waterdam", OrganisationKind.MUNICIPALITY),
    "wonen-waterdam": ("Wonen Waterdam", OrganisationKind.HOUSING),
    "haven-wonen": ("Haven Wonen", OrganisationKind.HOUSING),
    "buurtteam": ("Buurtteam Molenveld", OrganisationKind.NEIGHBOURHOOD_TEAM),
    "de-brug": ("Zorggroep De Brug", OrganisationKind.CARE),
    "werk-en-inkomen": ("Werk en Inkomen", OrganisationKind.WORK_AND_INCOME),
    "bewoners": ("Bewonersgroep Weverskwartier", OrganisationKind.RESIDENTS),
}

# Roles in a round are given by the round itself, see demo/rounds.
PEOPLE: Final = (
    Account("samira", "Samira", "el Amrani", "gemeente", (Role.MEMBER,), "gebiedsmakelaar, procesbegeleider"),
    Account("noor", "Noor", "Hendriks", "gemeente", (Role.MEMBER,), "sociaal projectleider, procesbegeleider"),
    Account("daan", "Daan", "Kuiper", "gemeente", (Role.DATA_STEWARD,), "adviseur onderzoek, databeheerder"),
    Account("fatima", "Fatima", "Haddou", "wonen-waterdam", (Role.MEMBER,), "woonconsulent"),
    Account("bram", "Bram", "Postma", "wonen-waterdam", (Role.DATA_STEWARD,), "databeheerder"),
    Account("lotte", "Lotte", "van Dijk", "haven-wonen", (Role.MEMBER,), "gebiedsbeheerder"),
    Account("joris", "Joris", "Meijer", "buurtteam", (Role.MEMBER,), "medewerker buurtteam"),
    Account("amina", "Amina", "Warsame", "de-brug", (Role.MEMBER,), "begeleider"),
    Account("ruben", "Ruben", "Pinas", "werk-en-inkomen", (Role.MEMBER,), "klantmanager"),
    Account("ria", "Ria", "Verhoeven", "bewoners", (Role.MEMBER,), "bewoner, betrokken bij de ronde"),
    Account("kees", "Kees", "Hoogland", "", (), "huisarts, betrokken bij de ronde"),
    Account("anna", "Anna", "Kowalska", "de-brug", (Role.MEMBER, Role.AMBASSADOR), "ambassadeur"),
    Account("leo", "Leo", "Sahetapy", "", (Role.READER,), "lezer van factsheets"),
    Account("vera", "Vera", "Jacobs", "gemeente", (Role.AUDITOR,), "toezichthouder, leest het logboek"),
    Account("floor", "Floor", "Dekker", "gemeente", (Role.PRIVACY_OFFICER,), "functionaris gegevensbescherming"),
    Account("pim", "Pim", "Scholten", "gemeente", (Role.PLACING_OFFICER,), "plaatsingscoördinator"),
    Account(
        "tess", "Tess", "Wouters", "gemeente", (Role.PLACING_OFFICER,), "plaatsingscoördinator, tweede beoordelaar"
    ),
    Account("piet", "Piet", "Veenstra", "", (Role.ADMINISTRATOR,), "beheerder van accounts, zonder inzage in rondes"),
)

LOOK_AS: Final = {"gebiedsmakelaar": "samira", "woonconsulent": "fatima", "bewoner": "ria", "plaatser": "pim"}


def demo_accounts() -> list[tuple[str, str, str, str]]:
    """Return username, password, name and work of every invented person, for the terminal."""
    return [(who.username, who.password, f"{who.first_name} {who.last_name}", who.work) for who in PEOPLE]


def make_people(*, by: Person | None = None) -> dict[str, Person]:
    """Make the organisations and people that are not there yet, and return all people by username."""
    organisations = {slug: _organisation(slug, by) for slug in ORGANISATIONS}
    return {who.username: _person(who, organisations.get(who.organisation), by) for who in PEOPLE}


def _organisation(slug: str, by: Person | None) -> Organisation:
    name, kind = ORGANISATIONS[slug]
    return Organisation.objects.filter(slug=slug).first() or add_organisation(by=by, slug=slug, name=name, kind=kind)


def _person(who: Account, organisation: Organisation | None, by: Person | None) -> Person:
    person = Person.objects.filter(username=who.username).first() or add_person(
        by=by,
        username=who.username,
        first_name=who.first_name,
        last_name=who.last_name,
        organisation=organisation,
        password=who.password,
        invented=True,
    )
    for role in who.roles:
        circle = circle_for(role, person)
        if not person.memberships.filter(role=role, circle=circle).exists():
            grant(by=by, person=person, role=role, circle=circle)
    return person
