"""Ways into the site: search, the tour and the page to learn from."""

import pytest
from django.test import Client

from buurtbalans.figures.release.frozen import Release

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["wevers", "WEVERS", "wéverskw", "BU99990501"])
def test_search_minds_no_accents_and_capitals(client: Client, waterdam: Release, words: str) -> None:
    page = client.get("/zoek/", {"q": words}).content.decode()
    assert "Weverskwartier" in page
    assert "/buurt/2025/" in page


def test_search_finds_figures_but_no_restricted_ones(client: Client, waterdam: Release) -> None:
    assert "/kaart/?indicator=lonely_65_plus" in client.get("/zoek/", {"q": "eenzaam"}).content.decode()
    assert "origin_" not in client.get("/zoek/", {"q": "afkomst"}).content.decode()


def test_search_says_what_it_can_do(client: Client, waterdam: Release) -> None:
    assert "minstens twee letters" in client.get("/zoek/", {"q": "w"}).content.decode()
    assert "Niets gevonden" in client.get("/zoek/", {"q": "<script>xyzzy"}).content.decode()
    assert "<script>xyzzy" not in client.get("/zoek/", {"q": "<script>xyzzy"}).content.decode()


def test_search_works_without_figures(client: Client, data: object) -> None:
    assert client.get("/zoek/", {"q": "weverskwartier"}).status_code == 200


def test_the_tour_is_open_to_everybody_and_each_stop_leads_on_and_back(client: Client, waterdam: Release) -> None:
    page = client.get("/rondleiding/").content.decode()
    assert "rondleiding=1" in page
    first = client.get("/kaart/?rondleiding=1").content.decode()
    assert "Halte 1 van" in first
    assert "rondleiding=2" in first
    second = client.get("/leren/?rondleiding=2").content.decode()
    assert "rondleiding=1" in second


@pytest.mark.parametrize("asked", ["0", "99", "x", "-1", "²"])
def test_a_stop_that_is_not_there_shows_no_card(client: Client, waterdam: Release, asked: str) -> None:
    assert "Halte" not in client.get("/leren/", {"rondleiding": asked}).content.decode()


def test_learning_lists_every_step_and_every_reason_and_leads_to_the_figures(client: Client, waterdam: Release) -> None:
    page = client.get("/leren/").content.decode()
    for words in ("Voorbereiden", "Evalueren", "werknamen", "veerkracht".capitalize(), "beschermt een andere buurt"):
        assert words in page
    assert 'href="/cijfers/catalogus/"' in page


def test_learning_works_without_figures(client: Client, data: object) -> None:
    assert 'href="/cijfers/catalogus/"' in client.get("/leren/").content.decode()
    assert "nog geen cijfers" in client.get("/cijfers/catalogus/").content.decode()
