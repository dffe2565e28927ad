"""Placing is off until the data-protection officer of an organisation switches it on, with a reason."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.actions.batches import switch
from buurtbalans.method.placements.urls import addresses
from buurtbalans.site.pages.placing_map import draw_room
from tests.method.placings import placed, placer
from tests.site.people_fixtures import World

WHY = "De DPIA is klaar. Grondslag: taak van algemeen belang."


def test_the_last_turn_of_the_switch_holds(world: World) -> None:
    officer, home = world["privacy_officer"], world.organisations["woonstede"]
    assert not rules.is_on(home)
    turned = switch(by=officer, on=True, reason=f" {WHY} ")
    assert (turned.organisation, turned.reason) == (home, WHY)
    assert rules.is_on(home)
    assert not rules.is_on(world.organisations["gemeente"])
    row = AuditRow.objects.latest("sequence")
    assert (row.verb, row.detail) == ("placements.switch", {"organisation": home.pk, "on": True})
    switch(by=officer, on=False, reason="De overeenkomst loopt af.")
    assert not rules.is_on(home)


def test_nobody_else_switches_and_no_turn_is_empty(world: World) -> None:
    for who in set(world.people) - {"privacy_officer"}:
        with pytest.raises(PermissionDenied):
            switch(by=world[who], on=True, reason=WHY)
    with pytest.raises(ValidationError, match="al uitgeschakeld"):
        switch(by=world["privacy_officer"], on=False, reason=WHY)
    with pytest.raises(ValidationError, match="Haal dat weg"):
        switch(by=world["privacy_officer"], on=True, reason="Bel 06-12345678 voor akkoord")


def test_the_page_says_why_it_is_empty_and_who_can_do_it(world: World, client: Client) -> None:
    client.force_login(world["placing_officer"])
    page = client.get(reverse("placements:list")).content.decode()
    assert "Plaatsen is uitgeschakeld voor Woonstede" in page
    assert "Vraag toestemming aan:" in page
    assert "Privacy Officer Toets" in page
    client.force_login(world["privacy_officer"])
    assert "Plaatsen inschakelen" in client.get(reverse("placements:list")).content.decode()
    asked = client.post(reverse("placements:switch"), {"reason": ""})
    assert asked.status_code == 422
    done = client.post(reverse("placements:switch"), {"reason": WHY}, follow=True).content.decode()
    assert "Plaatsen is nu ingeschakeld voor uw organisatie." in done
    assert WHY in done
    assert "Plaatsen uitschakelen" in done
    client.force_login(world["placing_officer"])
    assert WHY in client.get(reverse("placements:list")).content.decode()


def test_without_an_officer_the_administrator_is_named(world: World, client: Client) -> None:
    world["privacy_officer"].memberships.all().delete()
    client.force_login(world["placing_officer"])
    assert "Vraag de beheerder" in client.get(reverse("placements:list")).content.decode()


@pytest.mark.slow
def test_switched_off_it_says_by_whom_and_when_to_everybody_who_had_a_part(world: World, client: Client) -> None:
    batch = placed(world["placing_officer"], world["privacy_officer"])
    client.force_login(world["privacy_officer"])
    page = client.get(reverse("placements:list")).content.decode()
    assert "Er is 1 plaatsingsronde" in page
    assert "Nog geen plaatsingsronde" not in page
    asked = client.get(reverse("placements:switch")).content.decode()
    assert "Schrijf op waarom u plaatsen uitschakelt." in asked
    assert "DPIA" not in asked
    switch(by=world["privacy_officer"], on=False, reason="De overeenkomst loopt af.")
    assert "DPIA" in client.get(reverse("placements:switch")).content.decode()
    for who in ("placing_officer", "member", "foreign_guide"):
        client.force_login(world[who])
        page = client.get(reverse("placements:batch", args=[batch.pk]), follow=True).content.decode()
        assert "Plaatsen is uitgeschakeld voor Woonstede door Privacy Officer Toets op" in page, who
        assert "Week 48" not in page
    client.force_login(world["placing_officer"])
    assert "door Privacy Officer Toets op" in client.get(reverse("placements:new"), follow=True).content.decode()
    client.force_login(world["foreign_core"])
    assert client.get(reverse("placements:batch", args=[batch.pk])).status_code == 404


@pytest.mark.slow
def test_while_it_is_off_every_page_of_a_list_leads_to_the_words_who_switched_it_off(
    world: World, client: Client
) -> None:
    batch = placed(world["placing_officer"], world["privacy_officer"])
    switch(by=world["privacy_officer"], on=False, reason="De overeenkomst loopt af.")
    stranger = placer(world.organisations["gemeente"], "stranger")
    given = {"pk": batch.pk, "decision": 1, "renewal": 1, "household": "H-1", "choice": "anders", "plan": "beste"}
    pages = [page for page in addresses(draw_room) if "pk" in page.pattern.converters]
    assert len(pages) > 20
    listed, readers = reverse("placements:list"), set()
    for page in pages:
        url = reverse(f"placements:{page.name}", kwargs={name: given[name] for name in page.pattern.converters})
        for ask in (client.get, client.post):
            client.force_login(world["placing_officer"])
            assert ask(url).headers.get("Location") == listed, url
            for who in (world["foreign_core"], stranger):
                client.force_login(who)
                assert ask(url).headers.get("Location") != listed, (who, url)
        client.force_login(world["member"])
        if client.get(url).headers.get("Location") == listed:
            readers.add(page.name)
    assert readers == {"batch", "note"}, "who does not place sees no other page when it is on either"
