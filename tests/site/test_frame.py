"""The frame of every page: what stands in the header, which word is current, and the pages without an account."""

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from buurtbalans.method.people.models import Person
from buurtbalans.site import context


@pytest.fixture
def samira(db):
    return Person.objects.create_user("samira", first_name="Samira", last_name="El Amrani")


def navigation(path, user=None):
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    if user:
        request.user = user
    return context.navigation(request)


def test_every_word_of_the_navigation_leads_somewhere():
    assert all(context.address(entry.target) for entry in context.ENTRIES)


def test_placing_is_shown_to_who_has_something_to_do_there(samira, world):
    words = [str(entry["words"]) for entry in navigation("/bouwstenen/", samira)]
    assert words == ["Mijn buurten", "Kaart", "Rondes", "Uitleg"]
    for who in ("privacy_officer", "placing_officer"):
        words = [str(entry["words"]) for entry in navigation("/bouwstenen/", world[who])]
        assert words == ["Mijn buurten", "Kaart", "Rondes", "Plaatsen", "Uitleg"]


def test_without_account_only_what_is_open():
    assert [str(entry["words"]) for entry in navigation("/bouwstenen/")] == ["Kaart", "Uitleg"]


@pytest.mark.parametrize(("name", "word"), [("home", "Mijn buurten"), ("map", "Kaart"), ("rounds:list", "Rondes")])
def test_one_word_is_current(samira, name, word):
    current = [str(entry["words"]) for entry in navigation(reverse(name), samira) if entry["current"]]
    assert current == [word]


def test_frame_in_the_page(client, samira):
    client.force_login(samira)
    page = client.get("/bouwstenen/").content.decode()
    assert '<html lang="nl">' in page
    assert 'class="naar-inhoud" href="#inhoud"' in page
    assert '<main id="inhoud"' in page
    assert "Samira" in page
    assert ">SE<" in page


def test_other_language_is_named_in_its_own(client, db):
    client.cookies["django_language"] = "en"
    page = client.get("/bouwstenen/").content.decode()
    assert '<html lang="en">' in page
    assert 'value="nl" lang="nl">Nederlands' in page


def test_first_screen_of_the_demo_has_three_ways_in(client, db, settings):
    settings.DEMO = True
    page = client.get("/").content.decode()
    for who in ("gebiedsmakelaar", "woonconsulent", "bewoner"):
        assert f'action="/kijk-als/{who}/"' in page
    assert "Waterdam is een verzonnen stad." in page


def test_first_screen_outside_the_demo_asks_to_sign_in(client, db, settings):
    settings.DEMO = False
    page = client.get("/").content.decode()
    assert "/kijk-als/" not in page
    assert f'href="{reverse("login")}"' in page
    assert "verzonnen" not in page


def test_who_is_known_goes_to_the_own_neighbourhoods(client, samira):
    client.force_login(samira)
    assert client.get("/").headers["Location"] == reverse("home")


def test_page_that_is_not_there_says_why_and_what_now(client, db):
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "Deze pagina bestaat niet" in page
    assert "Naar de startpagina" in page


def test_our_own_fault_is_said_without_the_database(rf):
    from django.views.defaults import server_error

    page = server_error(rf.get("/")).content.decode()
    assert "Dit ligt niet aan u" in page


def test_bad_request_says_that_nothing_happened(client, db):
    response = client.get("/", headers={"host": "elders.example"})
    assert response.status_code == 400


@pytest.mark.parametrize("path", ["/", "/bouwstenen/"])
def test_nothing_inline(client, db, settings, path):
    settings.DEMO = True
    page = client.get(path).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert "onclick" not in page
    assert page.count("<script") == page.count('<script type="module" src=')
