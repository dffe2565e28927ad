"""What if there is more room: who would get another proposal, worked out and kept nowhere."""

import pytest
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.capacities.queries import where_to_propose
from buurtbalans.method.people.actions import grant
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.actions.batches import import_batch
from buurtbalans.method.placements.actions.deciding import decide
from buurtbalans.method.placements.models import PlacingChoice
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import what_if
from tests.method import test_placing_headroom as rooms
from tests.method.placings import FAR, HERE, placed, placer
from tests.method.table import lay_table
from tests.site.people_fixtures import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]


@pytest.fixture
def desk():
    laid = lay_table()
    laid.placer = placer(laid.town, "pim")
    laid.batch = placed(laid.placer, placer(laid.town, "floor", Role.PRIVACY_OFFICER))
    return laid


def lives(batch):
    homes = {"W-1": HERE, "W-2": HERE, "W-3": FAR, "W-4": FAR}
    return {household: homes[home] for household, home in batch.advices.first().proposals}


def test_more_room_brings_a_household_where_it_would_rather_live_and_changes_nothing(desk) -> None:
    advice = desk.batch.advices.first()
    before, audited = lives(desk.batch), AuditRow.objects.count()
    told = what_if.if_room(desk.batch, advice, HERE, 3)
    moved = [household for household, home in before.items() if home == FAR]
    assert [move[0] for move in told["moves"]] == moved != []
    assert told["here"] == (1, 2)
    assert told["placed"] == (2, 2)
    assert lives(desk.batch) == before
    assert (desk.batch.advices.count(), AuditRow.objects.count()) == (1, audited)
    assert advice_queries.seal_of(advice_queries.advised(desk.batch, advice)) == advice.seal


def test_less_room_than_for_one_is_never_asked_and_what_was_decided_stays(desk) -> None:
    household, home = next(pair for pair in desk.batch.advices.first().proposals if pair[1] in ("W-1", "W-2"))
    decide(by=desk.placer, batch=desk.batch, household=household, choice=PlacingChoice.LOCK, proposed=home)
    told = what_if.if_room(desk.batch, desk.batch.advices.first(), HERE, -5)
    assert told["least"]
    assert told["moves"] == []


def test_the_page_tells_it_to_who_places_only(desk, client) -> None:
    address = reverse("placements:what_if", args=[desk.batch.pk])
    client.force_login(desk.placer)
    assert "er verandert niets." in client.get(address).content.decode()
    page = client.get(address, {"gebied": HERE, "meer": "3"}).content.decode()
    assert "krijgt een voorstel in" in page
    assert "als organisaties die in een ronde afspreken" in page
    assert client.get(address, {"gebied": "BU0", "meer": "3"}).status_code == 404
    assert client.get(address, {"gebied": HERE, "meer": "x"}).status_code == 404
    client.force_login(person("lezer", desk.town))
    assert client.get(address).status_code in (403, 404)


def test_the_answer_leads_to_a_round_about_the_area_where_the_form_begins_with_it(desk, client) -> None:
    batch = import_batch(by=desk.placer, title="Ronde", tables=rooms.sent(here="1"))
    address = reverse("placements:what_if", args=[batch.pk])
    propose = reverse("capacities:new_capacity", args=[desk.round.slug]) + f"?gebied={rooms.HERE}&amp;ruimte=4"
    client.force_login(desk.placer)
    page = client.get(address, {"gebied": rooms.HERE, "meer": "3"}).content.decode()
    assert "Vraag een collega uit de kerngroep van die ronde." in page
    assert propose not in page
    assert where_to_propose(desk.placer, rooms.HERE) == [(desk.round, False)]
    same = client.get(address, {"gebied": rooms.OTHER, "meer": "3"}).content.decode()
    assert "Plaatsingsruimte voorstellen" not in same, "nothing changes"
    grant(by=None, person=desk.samira, role=Role.PLACING_OFFICER, circle=desk.town.circle)
    client.force_login(desk.samira)
    assert propose in client.get(address, {"gebied": rooms.HERE, "meer": "3"}).content.decode()
    form = client.get(propose.replace("&amp;", "&")).content.decode()
    assert f'<option value="{rooms.HERE}" selected>' in form
    assert [f'name="room_{side}" value="4"' in form for side in ("low", "high")] == [True, True]
    for odd in ("", "-1", "x", "²", "1234567"):
        form = client.get(propose.replace("&amp;", "&").replace("ruimte=4", f"ruimte={odd}")).content.decode()
        assert 'name="room_low" min' in form, "empty"
    desk.round.closed_on = "2026-01-01"
    desk.round.save(update_fields=["closed_on"])
    assert where_to_propose(desk.samira, rooms.HERE) == []
    page = client.get(address, {"gebied": rooms.HERE, "meer": "3"}).content.decode()
    assert "Uw organisatie doet nog niet mee aan een ronde over" in page
