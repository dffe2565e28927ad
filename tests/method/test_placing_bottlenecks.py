"""Where the advice pinches, and how it comes about: pages about areas and agreements, never about one household."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.queries import advice, bottlenecks
from tests.method.placings import HERE, placer, seated
from tests.site.people_fixtures import World


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch with its first advice, and who placed it."""
    return seated(world)


def test_it_says_which_area_is_full_what_a_place_is_worth_and_why_somebody_has_no_home(desk: SimpleNamespace) -> None:
    told = bottlenecks.pinching(advice.advised(desk.batch, desk.batch.advices.first()))
    (line,) = told["areas"]
    assert (line.code, line.load, line.headroom, line.ceiling) == (HERE, 1, 1, 1)
    assert line.points[0] <= line.points[1]
    assert line.full == line.mark == 200
    assert told["slacks"] == []
    assert told["without"] == 1
    assert told["why"] == {"no_home": 1}
    assert told["closed"] == [("met minder kamers genoeg hebben", 1)]


def test_the_page_is_for_who_places_and_leads_to_more_room(desk: SimpleNamespace, client: Client) -> None:
    address = reverse("placements:pinch", args=[desk.batch.pk])
    client.force_login(desk.by)
    page = client.get(address).content.decode()
    assert "Het advies voldoet aan alle afspraken die gelden." in page
    assert f"{reverse('placements:what_if', args=[desk.batch.pk])}?gebied={HERE}&amp;meer=1" in page
    assert "Met minder kamers genoeg hebben: dan is er voor 1 huishouden wel een passende woning." in page
    assert "H-3" not in page
    reader = placer(desk.batch.organisation, "lezer", Role.MEMBER)
    client.force_login(reader)
    assert client.get(address).status_code == 403


def test_everybody_who_sees_the_list_reads_how_the_advice_comes_about(desk: SimpleNamespace, client: Client) -> None:
    address = reverse("placements:note", args=[desk.batch.pk])
    reader = placer(desk.batch.organisation, "lezer", Role.MEMBER)
    for who in (desk.by, reader):
        client.force_login(who)
        page = client.get(address).content.decode()
        assert "dicht bij de plek waar het huishouden wil wonen 400," in page
        assert "tot 60 procent van de plaatsingsruimte niets, tot 100 procent van de plaatsingsruimte 50 punten" in page
        assert "telt 100.000 punten" in page
        assert "H-1" not in page
