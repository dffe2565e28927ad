"""What may lead to a person is shown where it stands: some is refused, some asked about, and nothing typed is lost."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.rounds.models import Claim
from buurtbalans.method.stories.forms.stories import StoryForm
from buurtbalans.method.stories.models import Story
from tests.method.table import lay_table, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(client):
    laid = lay_table()
    client.force_login(laid.joris)
    laid.new = reverse("stories:new", args=[laid.round.slug])
    return laid


def sent(table, text, **more):
    about = {"source": "bewoner", "tone": "zorg", "theme": "anders", "who": "bewoner", "circle": table.team.circle.pk}
    return about | {"text": text} | more


def looks():
    return list(AuditRow.objects.filter(verb="base.confirm_anonymous").values_list("detail", flat=True))


def test_what_is_refused_is_marked_and_kept(table, client):
    answer = client.post(table.new, sent(table, "Haar bsn is 123456782, zei <b>ze</b>."))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "<mark>123456782</mark>" in page
    assert "zei &lt;b&gt;ze&lt;/b&gt;." in page
    assert "Hier staat een burgerservicenummer. Haal dat weg." in page
    assert "bekeken-text" not in page
    assert not Story.objects.exists()
    ticked = client.post(table.new, sent(table, "Haar bsn is 123456782.", **{"bekeken-text": "123456782"}))
    assert ticked.status_code == 422


def test_what_may_be_a_person_passes_with_a_tick_and_the_trail_keeps_no_word_of_it(table, client):
    text = "Volgens Fatima is het op Lindestraat 14 te stil."
    page = client.post(table.new, sent(table, text)).content.decode()

    assert "Staat hier een naam en een adres?" in page
    assert "<mark>Fatima</mark>" in page
    assert "Ik heb dit gecontroleerd: er is niemand in te herkennen" in page
    assert not Story.objects.exists()

    done = client.post(table.new, sent(table, text, **{"bekeken-text": "Fatima|Lindestraat 14"}))

    assert done.status_code == 302
    assert Story.objects.get().text == text
    assert looks() == [{"kinds": ["adres", "naam"]}]
    assert "Fatima" not in str(list(AuditRow.objects.values_list("detail", flat=True)))


def test_a_tick_is_for_the_words_that_were_shown(table, client):
    other = client.post(table.new, sent(table, "Volgens Hassan is het stil.", **{"bekeken-text": "Fatima"}))
    fewer = client.post(table.new, sent(table, "Volgens Fatima is het stil.", **{"bekeken-text": "Fatima|Hassan"}))

    assert (other.status_code, fewer.status_code) == (422, 302)


def test_names_of_organisations_and_neighbourhoods_are_no_persons(table, client):
    table.place.name = "Roos Vermeer"
    table.place.save()

    assert client.post(table.new, sent(table, "In Roos Vermeer is het stil.")).status_code == 302
    assert looks() == []


def test_a_text_that_did_not_change_is_not_asked_about_again(table, client):
    own = story(table.joris, table.round, text="Volgens Fatima is het stil.", circle=table.team.circle)
    page = reverse("stories:edit", args=[table.round.slug, own.pk])
    same = sent(table, own.text, version=1, tone="kracht")

    assert client.post(page, same).status_code == 302
    assert client.post(page, same | {"version": 2, "text": "Volgens Hassan is het stil."}).status_code == 422


def test_every_form_asks_also_one_for_a_claim(table, client):
    page = reverse("rounds:new_claim", args=[table.round.slug])
    text = {"text": "Het plein is te stil", "quote": "Fatima durft niet."}

    refused = client.post(page, text)
    assert refused.status_code == 422
    assert "<mark>Fatima</mark>" in refused.content.decode()
    assert client.post(page, text | {"bekeken-quote": "Fatima"}).status_code == 302
    assert Claim.objects.get().quote == "Fatima durft niet."
    assert looks() == [{"kinds": ["naam"]}]


def test_who_has_no_colleague_ticks_before_others_read_it(table, client):
    core = sent(table, "De lampen doen het niet.", circle=table.round.core_id)

    assert "Controleer of iemand te herkennen is" in client.post(table.new, core).content.decode()
    assert client.post(table.new, core | {"seen": "on"}).status_code == 302
    assert Story.objects.get().circle == table.round.core


def test_the_known_names_are_read_once_for_a_whole_form(table, django_assert_num_queries):
    given = QueryDict(mutable=True)
    given.update(sent(table, "Het is stil op het plein.", place="het plein", period="najaar 2025", version=1))
    form = StoryForm(given)
    with django_assert_num_queries(2):  # the names of working areas, and those of organisations
        assert form.is_valid(), form.errors
