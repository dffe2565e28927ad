"""Search in what people told: Dutch words in every form, marked, and only in what one may read."""

import pytest
from django.urls import reverse

from buurtbalans.method.stories.queries.search import asked_for, found_in, pieces
from buurtbalans.method.stories.queries.stories import stories_of
from tests.method.table import lay_table, ring_member, story


def marked(text, asked):
    return [words for words, hit in pieces(text, asked_for(asked)) if hit]


@pytest.mark.parametrize(
    ("asked", "text", "hits"),
    [
        ("fietsen", "Er staat een fiets voor de deur", ["fiets"]),
        ("fiets", "Het fietspad en de fietsers", ["fietspad", "fietsers"]),
        ("huis", "Oude huizen bij het buurthuis", ["huizen", "buurthuis"]),
        ("huizen", "Een huis", ["huis"]),
        ("kinderen", "Een kind speelt buiten", ["kind"]),
        ("lopen", "Niemand loopt hier", ["loopt"]),
        ("eenzaam", "Eenzame ouderen", ["Eenzame"]),
        ("dieven", "Een dief", ["dief"]),
        ("cafe", "Bij het café op de hoek", ["café"]),
        ("CAFÉ", "Het cafe is dicht", ["cafe"]),
        ("licht plein", "Het licht op het plein", ["licht", "plein"]),
        ("tuin", "De speeltuin", ["speeltuin"]),
        ("de", "Dekens en een deken", []),
        ("bus", "Een busje komt zo", ["busje"]),
        ("boot", "De bode komt", []),
    ],
)
def test_a_word_is_found_in_every_form_and_marked_where_it_stands(asked, text, hits):
    assert marked(text, asked) == hits
    assert "".join(words for words, _hit in pieces(text, asked_for(asked))) == text


@pytest.mark.django_db
def test_all_words_must_be_there_in_the_story_or_its_place():
    table = lay_table()
    told = story(table.joris, table.round, "De lampen zijn stuk.", place="het Lindeplein")
    every = stories_of(table.place, table.joris)
    for asked, found in (("lamp lindeplein", [told]), ("lamp kerk", []), ("lamp", [told]), ("...", [told])):
        assert found_in(every, asked) == found


@pytest.mark.slow
@pytest.mark.django_db
def test_the_list_finds_counts_and_marks_only_what_one_may_read(client):
    table = lay_table()
    gp, page = ring_member(table), reverse("stories:list", args=[table.round.slug])
    for circle in (table.team.circle, table.round.core, table.round.ring):
        story(table.joris, table.round, f"Een fiets voor {circle.kind}", circle=circle, theme="groen", tone="zorg")
    story(table.joris, table.round, "Muziek op straat", circle=table.round.ring, tone="kracht")

    def answer(by, **asked):
        client.force_login(by)
        return client.get(page, asked).content.decode()

    for by, number in ((table.joris, "3 verhalen"), (table.samira, "2 verhalen"), (gp, "Eén verhaal")):
        found = answer(by, q="fietsen")
        assert f"{number} pass" in found.replace("past", "pass")
        assert "<mark>fiets</mark>" in found
        assert "Muziek" not in found
    assert "Een fiets voor core" not in answer(gp, q="core")
    assert "Muziek" in answer(gp, soort="kracht")
    assert "Niets gevonden" in answer(gp, soort="kans")
    assert "Muziek" in answer(gp, soort="bestaat-niet", woord="999")  # what does not exist is no choice
    assert 'value="&lt;b&gt;"' in answer(gp, q="<b>")


@pytest.mark.slow
@pytest.mark.django_db
def test_a_long_list_comes_in_pages(client, django_assert_max_num_queries):
    table = lay_table()
    for number in range(52):
        story(table.joris, table.round, f"Nummer {number}.")
    client.force_login(table.samira)
    page = reverse("stories:list", args=[table.round.slug])
    with django_assert_max_num_queries(260):
        first = client.get(page).content.decode()
    assert first.count('class="verhaal-rij"') == 50
    assert client.get(page, {"pagina": 2, "q": "nummer"}).content.decode().count('class="verhaal-rij"') == 2
