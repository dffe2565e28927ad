"""The pages about oneself, the audit trail, and being refused."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from buurtbalans.method.base.audit import record
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.permissions import Permission
from buurtbalans.method.people.rules import Refusal
from buurtbalans.method.people.views import denied
from buurtbalans.site.demo.people import PEOPLE, demo_accounts, make_people
from tests.site.people_fixtures import World


def test_the_account_says_who_one_is(client: Client, world: World) -> None:
    client.force_login(world["core_member"])
    page = client.get(reverse("account")).content.decode()
    for words in ("Woonstede", "Lid van de kerngroep, Kerngroep ronde own", "Een stelling toevoegen", "English"):
        assert words in page
    assert "Ronde foreign" not in page


def test_the_account_of_who_belongs_nowhere(client: Client, world: World) -> None:
    world["reader"].memberships.all().delete()
    client.force_login(world["reader"])
    page = client.get(reverse("account")).content.decode()
    assert "Nog geen groepen" in page
    assert "Lezen wat openbaar is" in page


def test_the_auditor_reads_the_trail(client: Client, world: World) -> None:
    client.force_login(world["auditor"])
    record(by=world["member"], verb="stories.unheard_of", about=world.core["own"], unheard=3, nothing=None)
    page = client.get(reverse("audit"))
    for words in ("Het logboek klopt, want", "Stories.unheard_of", "unheard 3", "Heeft het logboek gelezen"):
        assert words in page.content.decode()
    assert "nothing" not in page.content.decode()
    assert AuditRow.objects.last().verb == "people.read_audit"  # type: ignore[union-attr]


def test_the_trail_can_be_narrowed_and_leafed_through(client: Client, world: World) -> None:
    client.force_login(world["auditor"])
    for number in range(60):
        record(by=world["member"], verb="stories.create_story", number=number)
    shown = client.get(reverse("audit"), {"app": "stories"}).context["page"]
    assert len(shown) == 50
    assert {row.verb for row in shown} == {"stories.create_story"}
    second = client.get(reverse("audit"), {"app": "stories", "actor": "member", "pagina": 2})
    assert len(second.context["page"]) == 10
    assert "app=stories" in second.content.decode()
    assert "Geen regels gevonden" in client.get(reverse("audit"), {"actor": "niemand"}).content.decode()
    assert client.get(reverse("audit"), {"app": "onzin"}).status_code == 200


@pytest.mark.parametrize("who", ["administrator", "process_guide", "data_steward", "reader"])
def test_nobody_else_reads_the_trail(client: Client, world: World, who: str) -> None:
    client.force_login(world[who])
    rows = AuditRow.objects.count()
    page = client.get(reverse("audit"))
    assert page.status_code == 403
    words = page.content.decode()
    assert "U hebt geen rechten om dit hier te doen: het logboek lezen." in words
    assert "toezichthouder" in words
    assert "Neem hiervoor contact op met Administrator Toets (beheerder)." in words
    assert AuditRow.objects.count() == rows


def test_a_refusal_names_the_guide_of_the_circle(rf: RequestFactory, world: World) -> None:
    request = rf.get("/")
    request.user = world["ring_member"]
    page = denied(request, Refusal(Permission.CLAIM, world.ring["own"]))
    assert page.status_code == 403
    assert "Betrokkenen ronde own" in page.content.decode()
    assert "Neem hiervoor contact op met Process Guide Toets (procesbegeleider)." in page.content.decode()


def test_a_refusal_about_a_foreign_circle_says_nothing(rf: RequestFactory, world: World) -> None:
    request = rf.get("/")
    request.user = world["ring_member"]
    page = denied(request, Refusal(Permission.CLAIM, world.core["foreign"]))
    assert page.status_code == 404
    assert "foreign" not in page.content.decode()


def test_any_other_refusal_has_a_page_too(rf: RequestFactory, world: World) -> None:
    request = rf.get("/")
    request.user = world["ring_member"]
    assert "U kunt dit niet doen met de rol die u hebt." in denied(request, PermissionDenied()).content.decode()


def test_the_people_of_waterdam_are_made_once(db: None) -> None:
    people = make_people()
    rows = AuditRow.objects.count()
    assert make_people() == people
    assert AuditRow.objects.count() == rows
    assert len({who.organisation for who in PEOPLE} - {""}) >= 5
    assert all(person.invented for person in people.values())
    for username, password, _name, _work in demo_accounts():
        assert people[username].check_password(password)
