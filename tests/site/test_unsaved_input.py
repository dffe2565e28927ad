"""What somebody typed is shown back when it cannot be saved, and says no more than the viewer may know."""

import re

import pytest
from django.contrib.auth import get_user
from django.forms import CharField
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from buurtbalans.method.base import actions as text_actions
from buurtbalans.method.rounds.actions import claims
from buurtbalans.method.rounds.forms.claims import ClaimForm
from buurtbalans.method.rounds.forms.partner import ProfileForm
from buurtbalans.method.rounds.models import Claim, Parked, Round
from buurtbalans.method.stories.actions import stories as stories_actions
from buurtbalans.site.texts import IN_A_ROUND, KINDS, WRITTEN_ON
from buurtbalans.site.unsaved_input import _sheets, unsaved_texts
from tests.method.table import agreed_effort, agreed_result, judged_claim, lay_table, ring_member, story

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TYPED = "Wat ik net zo mooi opschreef"
COPY = f"readonly>{TYPED}</textarea>"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def told(answer, status):
    assert answer.status_code == status
    return answer.content.decode()


def without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.fixture
def table():
    return lay_table()


@pytest.fixture
def gone(table):
    """A claim of the neighbourhood team that its guide withdrew while somebody was writing."""
    claim = claims.create_claim(by=table.samira, round=table.round, text="Het plein is leeg")
    text_actions.withdraw_text(by=table.samira, text=claim, kind=KINDS["rounds.claim"])
    return claim


def page_of(claim):
    return reverse("rounds:edit_claim", args=[claim.round.slug, claim.pk])


def test_what_was_withdrawn_meanwhile_is_said_with_what_was_typed(table, gone):
    sent = {"text": TYPED, "quote": "", "version": "1"}
    seen = told(signed_in(table.joris).post(page_of(gone), sent), 409)
    assert COPY in seen
    assert "Samira" in seen
    assert "Vraag het aan" in seen
    assert "Het plein is leeg" not in seen
    assert "zet_terug" not in seen


def test_who_may_brings_it_back_and_saves_at_once(table, gone):
    client, sent = signed_in(table.samira), {"text": TYPED, "quote": "", "version": "1"}
    assert 'name="zet_terug"' in told(client.post(page_of(gone), sent), 409)
    answer = client.post(page_of(gone), sent | {"zet_terug": "1"})
    assert answer.status_code == 302
    assert Claim.objects.get().text == TYPED


def test_who_may_not_bring_it_back_does_not_by_asking(table, gone):
    sent = {"text": TYPED, "quote": "", "version": "1", "zet_terug": "1"}
    assert told(signed_in(table.joris).post(page_of(gone), sent), 409)
    assert not Claim.objects.exists()


def test_what_was_typed_goes_to_the_list_for_later(table, gone):
    client = signed_in(table.joris)
    assert reverse("rounds:park", args=[table.round.slug]) in told(client.post(page_of(gone), {"text": TYPED}), 409)
    client.post(reverse("rounds:park", args=[table.round.slug]), {"text": TYPED})
    assert Parked.objects.get().text == TYPED


def test_who_may_not_see_it_gets_the_same_as_for_what_never_was(table, gone):
    never = reverse("rounds:edit_claim", args=[table.round.slug, gone.pk + 1000])
    for person in (table.noor, ring_member(table)):
        client = signed_in(person)
        answers = [told(client.post(page, {"text": TYPED}), 404) for page in (page_of(gone), never)]
        assert COPY in answers[0]
        assert "Samira trok" not in answers[0]
        assert without_token(answers[0]).replace(page_of(gone), "") == without_token(answers[1]).replace(never, "")


def test_a_page_that_is_only_opened_stays_not_found(table, gone):
    assert told(signed_in(table.joris).get(page_of(gone)), 404)


def test_a_line_under_what_was_withdrawn_says_so(table):
    effort = agreed_effort(table, agreed_result(table, judged_claim(table)))
    page = reverse("plans:report", args=[table.round.slug, effort.pk])
    text_actions.withdraw_text(by=table.joris, text=effort, kind=KINDS["plans.effort"])
    sent = {"state": "loopt", "since": "2026-11-04", "first_sign": TYPED, "state_reason": "", "version": "1"}
    assert COPY in told(signed_in(table.joris).post(page, sent), 409)


def test_a_whole_round_withdrawn_says_so_to_its_core_group(table):
    page = reverse("rounds:new_claim", args=[table.round.slug])
    gp = ring_member(table)
    text_actions.withdraw_text(by=table.samira, text=table.round, kind=KINDS["rounds.round"])
    assert "Samira" in told(signed_in(table.joris).post(page, {"text": TYPED, "quote": ""}), 409)
    assert COPY in told(signed_in(gp).post(page, {"text": TYPED}), 404)
    assert signed_in(table.samira).post(page, {"text": TYPED, "quote": "", "zet_terug": "1"}).status_code == 302
    assert Round.objects.exists()
    assert Claim.objects.get().text == TYPED


def test_a_story_withdrawn_by_the_guide_says_so_to_its_author(table):
    mine = story(table.joris, table.round)
    page = reverse("stories:edit", args=[table.round.slug, mine.pk])
    stories_actions.withdraw_story(by=table.samira, story=mine)
    sent = {"text": TYPED, "version": "1", "source": "bewoner", "tone": "zorg", "theme": "anders", "who": "bewoner"}
    assert COPY in told(signed_in(table.joris).post(page, sent), 409)
    assert told(signed_in(table.noor).post(page, sent), 404)


def test_a_role_taken_away_while_writing_leaves_what_was_typed(table):
    ring = ring_member(table)
    page = reverse("rounds:new_claim", args=[table.round.slug])
    assert COPY in told(signed_in(ring).post(page, {"text": TYPED, "quote": ""}), 403)


def test_a_session_that_ended_leaves_what_was_typed(table):
    client, page = Client(), reverse("rounds:new_claim", args=[table.round.slug])
    seen = told(client.post(f"{page}?van=kaart", {"text": TYPED, "quote": ""}), 403)
    assert COPY in seen
    assert f'{reverse("login")}?next={page}%3Fvan%3Dkaart"' in seen
    assert not get_user(client).is_authenticated
    assert client.post(page, {}).status_code == 302


def test_the_key_of_kept_typing_stands_in_no_page_and_in_no_cache(table):
    client = signed_in(table.joris)
    answer = client.get(reverse("typing_key"))
    key = told(answer, 200)
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert "no-store" in answer.headers["Cache-Control"]
    assert key not in told(client.get(reverse("rounds:new_claim", args=[table.round.slug])), 200)
    assert key != told(signed_in(table.noor).get(reverse("typing_key")), 200)
    assert Client().get(reverse("typing_key")).status_code == 302


def test_every_text_of_every_form_comes_back_and_under_no_wrong_question():
    own = wrong = 0
    for sheet in set(_sheets()):
        given = {name: f"Getypt bij {name} van {sheet.__name__}" for name in sheet.base_fields}
        back = {each.text: each.label for each in unsaved_texts(RequestFactory().post("/", given))}
        for name, field in sheet.base_fields.items():
            if isinstance(field, CharField):
                assert back[given[name]] in (field.label, "Uw tekst"), (sheet, name)
                own += back[given[name]] == field.label
                wrong += back[given[name]] == "Uw tekst"
    assert own > 50
    assert wrong < own / 5


def test_which_form_was_meant_is_seen_from_empty_fields_too_and_else_no_question_is_made_up():
    [one] = unsaved_texts(RequestFactory().post("/", {"text": TYPED, "quote": "", "version": "1"}))
    assert one.label == ClaimForm.base_fields["text"].label
    [one] = unsaved_texts(RequestFactory().post("/", {"text": TYPED}))
    assert one.label == "Uw tekst"
    [reach] = unsaved_texts(RequestFactory().post("/", {"can": "", "for_whom": "", "hours": "", "reach": TYPED}))
    assert reach.label == ProfileForm.base_fields["reach"].label


def test_passwords_are_never_shown_back():
    client = Client()
    sent = {"login": "joris", "password": "geheim woord", "username": "joris", "again": "geheim woord"}
    for page in (reverse("login"), reverse("new_account"), "/niets/"):
        assert "geheim woord" not in client.post(page, sent).content.decode()


def test_every_page_that_changes_a_text_says_what_must_stand():
    """Pages that carry a number of a text and a form; buttons type nothing, and are no loss when the text went."""
    numbers = {"pk", "result"}
    writing = {
        name
        for name, pattern in _pages(get_resolver().url_patterns)
        if numbers & set(pattern.converters)
        and name.split(":")[0] in (*IN_A_ROUND, "reviews")
        and not _is_button(pattern)
    }
    looking = {"rounds:claim", "rounds:meeting", "stories:tags", "feelings:put"}
    elsewhere = {"stories:share"}  # a choice of circle, no text
    assert writing - looking - elsewhere == set(WRITTEN_ON)


def _pages(patterns, prefix=""):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from _pages(each.url_patterns, f"{prefix}{each.namespace}:" if each.namespace else prefix)
        elif each.name:
            yield prefix + each.name, each.pattern


BUTTONS = (
    "weg",
    "terug",
    "ja",
    "klopt",
    "agenda",
    "later",
    "verplaatsen",
    "intrekken",
    "terugzetten",
    "ophangen",
    "weghalen",
)


def _is_button(pattern):
    return str(pattern).rstrip("/").endswith(BUTTONS)
