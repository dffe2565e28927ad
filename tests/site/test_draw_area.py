"""Drawing a working area: who may, what is refused, what it leaves in the logbook, and where it leads."""

import pytest
from django.test import Client

from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.places.models import Neighbourhood
from buurtbalans.site.demo.town import town
from tests.site.people_fixtures import World

PARTS = [town().code_of("Weverskwartier"), town().code_of("Bloemhof")]


@pytest.fixture
def member(client: Client, world: World) -> Client:
    client.force_login(world["member"])
    return client


def test_several_buurten_become_one_area(member: Client, waterdam: Release) -> None:
    answer = member.post("/gebied/nieuw/", {"name": "Rond het plein", "parts": PARTS, "streets": ""}, follow=True)
    made = Neighbourhood.objects.get(name="Rond het plein")
    assert made.codes == sorted(PARTS)
    assert made.division == 2025
    page = answer.content.decode()
    assert "bestaat uit 2 buurten" in page
    assert f"/rondes/nieuw/?buurt=n{made.pk}" in page
    assert AuditRow.objects.filter(verb="places.draw_neighbourhood").count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"name": "Leeg", "parts": []},
        {"name": "", "parts": PARTS},
        {"name": "Elders", "parts": ["BU03630000"]},
        {"name": "Dubbel" * 40, "parts": PARTS},
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    member: Client, waterdam: Release, given: dict[str, object]
) -> None:
    answer = member.post("/gebied/nieuw/", given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count(" checked") == len([part for part in given["parts"] if part in PARTS])  # type: ignore[attr-defined]
    assert not Neighbourhood.objects.filter(municipality="GM9999").exists()


def test_who_may_start_no_round_may_draw_no_area(client: Client, world: World, waterdam: Release) -> None:
    assert client.get("/gebied/nieuw/").status_code == 302
    client.force_login(world["ring_member"])
    assert client.post("/gebied/nieuw/", {"name": "Niet", "parts": PARTS}).status_code == 403


def test_an_area_called_nieuw_keeps_its_own_address(member: Client, waterdam: Release) -> None:
    member.post("/gebied/nieuw/", {"name": "Nieuw", "parts": PARTS})
    made = Neighbourhood.objects.get(name="Nieuw")
    assert made.slug != "nieuw"
    assert member.get(f"/gebied/{made.slug}/").status_code == 200
