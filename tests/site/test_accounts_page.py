"""The pages on which an administrator adds and closes accounts, and the way to the desks of every role."""

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.models import Organisation, Person
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.people.queries import public_circle
from tests.site.people_fixtures import World

NEW = {
    "username": "sanne",
    "name": "Sanne de Vries",
    "role": "member",
    "password": "een lange zin met rust",
    "again": "een lange zin met rust",
}


@pytest.fixture
def signed_in(client: Client, world: World) -> Client:
    client.force_login(world["administrator"])
    return client


def given(world: World, **changed: str) -> dict[str, str]:
    """Return a filled form."""
    return {**NEW, "organisation": str(world.organisations["gemeente"].pk), **changed}


def test_all_accounts_without_what_they_do_in_rounds(signed_in: Client, world: World) -> None:
    page = signed_in.get(reverse("accounts")).content.decode()
    assert all(f">{username}<" in page for username in world.people)
    assert "databeheerder" in page
    assert "uw account" in page
    for content in ("ronde own", "procesbegeleider", "lid van de kerngroep"):
        assert content not in page


def test_an_account_is_added_and_can_sign_in(signed_in: Client, world: World, settings: object) -> None:
    answer = signed_in.post(reverse("new_account"), given(world), follow=True)
    assert "Account sanne is toegevoegd." in answer.content.decode()
    sanne = Person.objects.get(username="sanne")
    assert (str(sanne), sanne.memberships.get().role) == ("Sanne de Vries", Role.MEMBER)
    assert [row.actor for row in AuditRow.objects.order_by("-sequence")[:2]] == [world["administrator"]] * 2
    visitor = Client()
    answer = visitor.post(reverse("login"), {"login": "sanne", "password": NEW["password"]})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("home"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"username": "member"}, "al in gebruik"),
        ({"username": "a b"}, "alleen letters"),
        ({"again": "iets anders"}, "niet gelijk"),
        ({"password": "kort", "again": "kort"}, "te kort"),
        ({"organisation": ""}, "Deze rol kunt u hier niet toekennen."),
        ({"role": "core_member"}, "core_member"),
    ],
)
def test_an_account_that_cannot_be_is_explained(
    signed_in: Client, world: World, changed: dict[str, str], words: str
) -> None:
    before = (Person.objects.count(), AuditRow.objects.count())
    answer = signed_in.post(reverse("new_account"), given(world, **changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert NEW["password"] not in page
    assert (Person.objects.count(), AuditRow.objects.count()) == before


@pytest.mark.parametrize("kind", ["ggd", "school", "huisarts", "ondernemers", "vrijwilligers", "anders"])
def test_an_organisation_of_any_kind_is_added_on_the_page_and_gets_people(
    signed_in: Client, world: World, kind: str
) -> None:
    said = signed_in.post(reverse("new_organisation"), {"name": "De Vlieger", "kind": kind}, follow=True)
    assert "De Vlieger is toegevoegd." in said.content.decode()
    made = Organisation.objects.get(name="De Vlieger")
    assert (made.slug, made.kind, made.circle.within) == ("de-vlieger", kind, public_circle())
    signed_in.post(reverse("new_account"), given(world, organisation=str(made.pk)))
    assert Person.objects.get(username="sanne").organisation == made


def test_two_organisations_whose_names_are_alike_get_short_names_of_their_own(signed_in: Client) -> None:
    for name in ("De Vlieger", "De vlieger!", "???"):
        signed_in.post(reverse("new_organisation"), {"name": name, "kind": "school"})
    assert set(Organisation.objects.filter(kind="school").values_list("slug", flat=True)) == {
        "de-vlieger",
        "de-vlieger-2",
        "organisatie",
    }


@pytest.mark.parametrize("changed", [{"name": "Gemeente"}, {"name": " "}, {"kind": "circus"}, {"name": "x" * 121}])
def test_an_organisation_that_cannot_be_is_explained(signed_in: Client, world: World, changed: dict[str, str]) -> None:
    before = (Organisation.objects.count(), AuditRow.objects.count())
    answer = signed_in.post(reverse("new_organisation"), {"name": "De Vlieger", "kind": "school"} | changed)
    assert answer.status_code == 422
    assert 'class="fout' in answer.content.decode() or "veld--fout" in answer.content.decode()
    assert (Organisation.objects.count(), AuditRow.objects.count()) == before


@pytest.mark.parametrize("who", ["member", "process_guide", "auditor"])
def test_nobody_else_adds_an_organisation(client: Client, world: World, who: str) -> None:
    client.force_login(world[who])
    assert client.post(reverse("new_organisation"), {"name": "De Vlieger", "kind": "school"}).status_code == 403
    assert not Organisation.objects.filter(name="De Vlieger").exists()


def test_an_account_is_closed_after_a_question(signed_in: Client, world: World) -> None:
    person = world["member"]
    address = reverse("close_account", args=[person.pk])
    assert "kan daarna niet meer inloggen" in signed_in.get(address).content.decode()
    assert Person.objects.get(pk=person.pk).is_active
    back = reverse("open_account", args=[person.pk])
    assert signed_in.post(back).status_code == 404
    said = signed_in.post(address, follow=True).content.decode()
    assert "Account member is gesloten." in said
    assert back in said.partition("<main")[0]
    assert not Person.objects.get(pk=person.pk).is_active
    assert signed_in.get(address).status_code == 404
    assert "Account member is heropend." in signed_in.post(back, follow=True).content.decode()
    assert Person.objects.get(pk=person.pk).is_active


def test_nobody_closes_the_own_account(signed_in: Client, world: World) -> None:
    address = reverse("close_account", args=[world["administrator"].pk])
    assert (signed_in.get(address).status_code, signed_in.post(address).status_code) == (404, 404)
    assert Person.objects.get(username="administrator").is_active


@pytest.mark.parametrize("page", ["home", "account"])
@pytest.mark.parametrize(
    ("who", "desk"), [("data_steward", "datasets:releases"), ("administrator", "accounts"), ("auditor", "audit")]
)
def test_every_desk_is_found(client: Client, world: World, page: str, who: str, desk: str) -> None:
    client.force_login(world[who])
    shown = client.get(reverse(page)).content.decode()
    links = {name for name in ("datasets:releases", "accounts", "audit") if f'href="{reverse(name)}"' in shown}
    assert links == {desk}


@pytest.mark.parametrize("page", ["home", "account"])
def test_who_has_no_desk_sees_none(client: Client, world: World, page: str) -> None:
    client.force_login(world["member"])
    assert "Open de" not in client.get(reverse(page)).content.decode()


def test_who_may_not_publish_reads_who_may(client: Client, world: World) -> None:
    client.force_login(world["member"])
    page = client.get(reverse("datasets:releases")).content.decode()
    assert "Neem hiervoor contact op met Data Steward Toets (databeheerder)." in page
    assert "Administrator" not in page
