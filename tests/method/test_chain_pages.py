"""The pages of the chain: forms that keep what was typed, both texts in a conflict, and never a foreign byte."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from buurtbalans.method.base.panels import Panel
from buurtbalans.method.plans.models import Effort
from buurtbalans.method.rounds.actions import claims as claims_actions
from buurtbalans.method.rounds.actions import picture
from buurtbalans.method.rounds.models import Claim, Evidence, Opinion
from buurtbalans.method.rounds.queries import claims, evidence
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.stories.actions.stories import update_story, withdraw_story
from buurtbalans.method.stories.models import Story
from tests.method.table import (
    DAY,
    agreed_effort,
    agreed_result,
    evaluated,
    figure,
    judged_claim,
    lay_table,
    ring_member,
    story,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CANARY = "De kanarie zingt alleen bij ons"


@pytest.fixture
def table(monkeypatch):
    """A whole round, with the figures of its release as they would be frozen."""
    table = lay_table()
    table.claim = judged_claim(table)
    picture.create_line(by=table.samira, round=table.round, kind="kracht", text="Buren helpen.", claims=[table.claim])
    table.result = agreed_result(table, table.claim)
    table.effort = agreed_effort(table, table.result)
    table.line = evaluated(table, table.result)
    table.canary = story(table.samira, table.round, text=CANARY, circle=table.town.circle)
    frozen = figure(period=2024, dimension="liveability", theme="veiligheid")
    monkeypatch.setattr(evidence, "figures", lambda round, **wanted: [frozen])
    monkeypatch.setattr(evidence, "years_of", lambda round, asked: ([2024], 2024))
    monkeypatch.setattr(evidence, "areas_of", lambda round: [("BU99990301", "Weverskwartier")])
    monkeypatch.setattr(evidence, "themes_of", lambda round: [("veiligheid", "Veiligheid")])
    monkeypatch.setattr(
        round_queries, "places_to_start", lambda: [("Buurten", [(f"n{table.place.pk}", table.place.name)])]
    )
    return table


def address(name, *args):
    return reverse(name, args=["weverskwartier", *args])


def pages(table):
    """Return every page of the round that is read."""
    return [
        reverse("rounds:list"),
        address("rounds:round"),
        *(address("rounds:step", n) for n in range(1, 7)),
        address("rounds:claim", table.claim.pk),
        address("rounds:picture"),
        address("stories:list"),
        address("plans:plan"),
        address("evaluation:lines"),
    ]


def form_pages(table):
    """Return every page of the round with a form, for who may fill all of them in."""
    claim = table.claim.pk
    return [
        reverse("rounds:new"),
        address("rounds:edit"),
        address("rounds:invite"),
        address("rounds:new_claim"),
        address("rounds:edit_claim", claim),
        address("rounds:add_figure", claim),
        address("rounds:add_story", claim),
        address("rounds:judge", claim),
        address("rounds:opinion", claim),
        address("rounds:new_gap"),
        address("rounds:edit_picture"),
        address("rounds:new_line"),
        address("rounds:edit_line", table.round.picture.get().pk),
        address("stories:new"),
        address("plans:new_result"),
        address("plans:edit_result", table.result.pk),
        address("plans:new_effort", table.result.pk),
        address("plans:report", table.effort.pk),
        address("evaluation:edit", table.line.pk),
    ]


@pytest.mark.slow
def test_every_page_opens_for_the_core_group_and_does_not_exist_for_others(table, client):
    for who, status in ((table.samira, 200), (table.noor, 404)):
        client.force_login(who)
        foreign = [
            url
            for url in pages(table) + form_pages(table)
            if url not in (reverse("rounds:list"), reverse("rounds:new"))
        ]
        assert {url: client.get(url).status_code for url in foreign} == dict.fromkeys(foreign, status)


def test_a_visitor_is_asked_to_sign_in(table, client):
    answers = [client.get(url) for url in pages(table)]

    assert all(answer.status_code == 302 and "/inloggen/" in answer["Location"] for answer in answers)


@pytest.mark.slow
def test_another_organisations_private_story_is_on_no_page_of_the_round(table, client):
    client.force_login(table.samira)
    assert CANARY in client.get(address("stories:list")).content.decode()

    for who in (table.joris, ring_member(table)):
        client.force_login(who)
        for url in pages(table) + form_pages(table):
            assert CANARY not in client.get(url).content.decode(), url


def test_the_ring_reads_why_it_does_not_see_the_claims(table, client):
    client.force_login(ring_member(table))

    answer = client.get(address("rounds:step", 3)).content.decode()

    assert "U hebt geen toegang tot deze stellingen" in answer
    assert "Samira" in answer
    assert table.claim.text not in answer
    assert client.get(address("rounds:claim", table.claim.pk)).status_code == 404


@pytest.mark.slow
def test_every_form_page_opens_and_an_empty_form_is_answered_without_writing(table, client):
    client.force_login(table.samira)
    before = Claim.objects.count(), Evidence.objects.count(), Story.objects.count(), Effort.objects.count()

    for url in form_pages(table):
        assert client.get(url).status_code == 200, url
        assert client.post(url, {}).status_code == 422, url

    assert (Claim.objects.count(), Evidence.objects.count(), Story.objects.count(), Effort.objects.count()) == before


@pytest.mark.slow
def test_the_title_of_a_form_and_its_labels_differ(table, client):
    client.force_login(table.samira)

    for url in form_pages(table):
        shown = client.get(url).content.decode()
        (title,) = re.findall(r"<h1>([^<]+)</h1>", shown)
        assert not re.search(rf"<(label|legend)[^>]*>\s*{re.escape(title.strip())}\s*<", shown), url


def test_a_claim_is_brought_in_gets_a_figure_and_the_figure_can_be_taken_away_again(table, client):
    client.force_login(table.joris)

    answer = client.post(address("rounds:new_claim"), {"text": "De straat is schoon", "quote": ""})
    claim = Claim.objects.last()
    assert answer["Location"] == claims.claim_url(claim)
    answer = client.post(
        address("rounds:add_figure", claim.pk),
        {"figure": "feels_safe_evening|BU99990301|2024", "says": "ja", "note": ""},
    )
    (message,) = list(get_messages(answer.wsgi_request))[-1:]
    assert message.extra_tags == address("rounds:withdraw_evidence", claim.pk, claim.evidence.get().pk)
    client.post(message.extra_tags)

    assert not claim.evidence.active().exists()


def test_a_figure_is_sought_by_words_and_a_name_in_a_search_is_nobodys_business(table, client):
    client.force_login(table.joris)
    page = address("rounds:add_figure", table.claim.pk)

    found, none = (client.get(page, {"words": words}).content.decode() for words in ("veilig", "mevrouw Jansen"))

    assert "feels_safe_evening|" in found
    assert "feels_safe_evening|" not in none
    assert "mevrouw Jansen" in none
    assert "herkennen" not in none


def test_a_note_stays_on_the_page_when_the_last_story_was_laid_beside_the_claim_meanwhile(table, client):
    client.force_login(table.joris)
    for each in claims.stories_for_evidence(table.claim, table.joris):
        claims_actions.add_story(by=table.samira, claim=table.claim, story=each, says="ja")

    answer = client.post(address("rounds:add_story", table.claim.pk), {"says": "ja", "note": "Dit hoorde ik ook."})

    assert answer.status_code == 422
    assert "Dit hoorde ik ook." in answer.content.decode()


def test_evidence_under_a_verdict_stays_and_says_why(table, client):
    client.force_login(table.joris)
    laid = table.claim.evidence.first()

    answer = client.post(address("rounds:withdraw_evidence", table.claim.pk, laid.pk), follow=True)

    assert "De conclusie is hierop gebaseerd" in answer.content.decode()
    assert table.claim.evidence.count() == 2


def test_a_story_is_for_the_own_organisation_unless_one_chooses_otherwise(table, client):
    client.force_login(table.joris)
    form = client.get(address("stories:new")).context["form"]
    assert form["circle"].initial == table.team.circle.pk
    assert str(form.fields["circle"].choices[0][1]) == "Alleen mijn organisatie"

    given = {"text": "De markt is fijn.", "source": "bewoner", "tone": "kracht", "theme": "ontmoeten", "who": "bewoner"}
    client.post(address("stories:new"), given | {"circle": table.team.circle.pk})

    assert Story.objects.get(text="De markt is fijn.").circle == table.team.circle


def test_a_refused_story_keeps_what_was_typed(table, client):
    client.force_login(table.joris)

    answer = client.post(
        address("stories:new"),
        {
            "text": "Bel Jan op 06-12345678",
            "source": "bewoner",
            "tone": "kracht",
            "theme": "anders",
            "who": "bewoner",
            "circle": table.round.core_id,
            "place": "het plein",
        },
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "telefoonnummer" in page
    assert "Bel Jan op 06-12345678" in page
    assert "het plein" in page


def test_a_story_cannot_be_sent_to_a_circle_of_others(table, client):
    client.force_login(table.joris)

    answer = client.post(
        address("stories:new"),
        {
            "text": "Hallo",
            "source": "bewoner",
            "tone": "kracht",
            "theme": "anders",
            "who": "bewoner",
            "circle": table.town.circle.pk,
        },
    )

    assert answer.status_code == 422


def test_sharing_withdrawing_and_restoring_from_the_list(table, client):
    client.force_login(table.joris)
    own = story(table.joris, table.round, text="Van ons", circle=table.team.circle)

    assert client.get(address("stories:share", own.pk)).status_code == 200
    client.post(address("stories:share", own.pk), {"circle": table.round.core_id, "seen": "on"})
    own.refresh_from_db()
    assert own.circle == table.round.core
    client.post(address("stories:withdraw", own.pk))
    assert "Van ons" not in client.get(address("stories:list")).content.decode()
    client.post(address("stories:restore", own.pk))
    assert "Van ons" in client.get(address("stories:list")).content.decode()


def test_two_people_on_one_text_see_both_and_lose_nothing(table, client):
    own = story(table.samira, table.round, text="Het gaat om licht bij de speeltuin.")
    update_story(by=table.samira, story=own, version=1, text="Het gaat om licht bij het plein.")
    client.force_login(table.samira)
    typed = {
        "text": "Het gaat om licht en seizoen.",
        "source": "bewoner",
        "tone": "zorg",
        "theme": "anders",
        "who": "bewoner",
    }

    answer = client.post(address("stories:edit", own.pk), typed | {"version": 1})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<mark>en seizoen.</mark>" in page
    assert "<mark>bij het plein.</mark>" in page
    assert 'name="version" value="2"' in page
    own.refresh_from_db()
    assert own.text == "Het gaat om licht bij het plein."
    assert client.post(address("stories:edit", own.pk), typed | {"version": 2}).status_code == 302


def test_a_verdict_from_the_page_and_its_refusals(table, client):
    client.force_login(table.samira)
    url = address("rounds:judge", table.claim.pk)
    version = table.claim.version

    assert client.post(url, {"verdict": "bevestigd", "reason": "", "version": version}).status_code == 422
    clash = client.post(url, {"verdict": "bevestigd", "reason": "Toch wel.", "version": 1})
    assert clash.status_code == 409
    assert "Toch" in clash.content.decode()
    assert client.post(url, {"verdict": "bevestigd", "reason": "Toch wel.", "version": version}).status_code == 302
    table.claim.refresh_from_db()
    assert (table.claim.verdict, table.claim.reason) == ("bevestigd", "Toch wel.")


def test_an_opinion_from_the_page(table, client):
    client.force_login(table.joris)
    url = address("rounds:opinion", table.claim.pk)

    assert client.post(url, {"stance": "oneens", "words": "", "version": 0}).status_code == 422
    assert client.post(url, {"stance": "oneens", "words": "Het plein is vol.", "version": 0}).status_code == 302

    assert Opinion.objects.get(organisation=table.team).words == "Het plein is vol."
    assert "Het plein is vol." in client.get(claims.claim_url(table.claim)).content.decode()


def test_a_step_is_moved_on_its_own_page(table, client):
    client.force_login(table.samira)

    client.post(address("rounds:step", 4), {"state": "nu", "note": "eerste beeld", "version": 1})

    assert table.round.steps.get(number=4).note == "eerste beeld"
    client.force_login(table.joris)
    assert client.post(address("rounds:step", 4), {"state": "klaar", "version": 2}).status_code == 403
    assert client.get(address("rounds:step", 7)).status_code == 404


def test_the_plan_and_the_evaluation_link_back_to_what_they_rest_on(table, client):
    client.force_login(table.joris)

    plan = client.get(address("plans:plan")).content.decode()
    looking_back = client.get(address("evaluation:lines")).content.decode()
    claim = client.get(claims.claim_url(table.claim)).content.decode()

    assert claims.claim_url(table.claim) in plan
    assert "/cijfers/catalogus/feels_safe_evening/" in plan
    assert "/buurt/2025/BU99990301/" in plan
    assert f"{address('plans:plan')}#afspraak-{table.effort.pk}" in looking_back
    assert f"{address('plans:plan')}#resultaat-{table.result.pk}" in claim


def test_a_withdrawn_story_disappears_from_claim_and_plan(table, client):
    told = table.claim.evidence.last().story
    withdraw_story(by=table.joris, story=told)
    client.force_login(table.samira)

    for url in (claims.claim_url(table.claim), address("plans:plan"), address("rounds:picture")):
        assert told.text not in client.get(url).content.decode()


def test_an_effort_is_agreed_and_reported_from_the_page(table, client):
    client.force_login(table.joris)
    given = {
        "organisation": table.team.pk,
        "what": "Belt aan.",
        "first_sign": "koffie",
        "evidence_class": "eigen_idee",
        "claims": [table.claim.pk],
        "state": "begint",
        "since": DAY.isoformat(),
    }

    assert client.post(address("plans:new_effort", table.result.pk), given | {"claims": []}).status_code == 422
    assert client.post(address("plans:new_effort", table.result.pk), given).status_code == 302
    effort = Effort.objects.get(what="Belt aan.")
    stuck = {"state": "staat_stil", "since": DAY.isoformat(), "first_sign": "koffie", "version": 1}
    assert client.post(address("plans:report", effort.pk), stuck).status_code == 422
    assert client.post(address("plans:report", effort.pk), stuck | {"state_reason": "ziek"}).status_code == 302


def test_a_round_starts_from_the_page(table, client, monkeypatch):
    monkeypatch.setattr(
        round_queries,
        "start_fields",
        lambda given: (
            {n: given[n] for n in ("occasion", "question", "scope")} | {"neighbourhood": table.place, "release": "r1"}
        ),
    )
    client.force_login(table.noor)

    answer = client.post(
        reverse("rounds:new"), {"place": f"n{table.place.pk}", "occasion": "Zo", "question": "Waarom?", "scope": "smal"}
    )

    assert answer["Location"] == reverse("rounds:round", args=["weverskwartier-2"])
    assert client.get(answer["Location"]).status_code == 200


def test_a_panel_is_a_template_with_its_context():
    assert Panel("rounds/row.html", {}).template == "rounds/row.html"
