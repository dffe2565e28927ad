"""An interview: questions that always come and those of the round; every answer a story, in one act with one undo."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.rounds.actions import gaps
from buurtbalans.method.stories.actions import interview
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries.stories import stories_of
from tests.method.table import lay_table, ring_member, story

pytestmark = pytest.mark.django_db


def gap_of(table):
    return gaps.create_gap(
        by=table.joris,
        round=table.round,
        what="Waarom komt niemand na negen uur?",
        organisation=table.team,
        whom="jongeren",
        before=None,
    )


def held(table, *texts, **other):
    answers = [{"text": text, "tone": "zorg"} for text in texts]
    about = {"by": table.joris, "neighbourhood": table.place, "circle": table.round.core, "seen": True} | other
    return interview.create_interview(**about, answers=answers, who="bewoner", age="75+")


def test_every_answer_is_a_story_with_the_same_teller_and_all_go_and_come_back_at_once():
    table = lay_table()
    told = held(table, "De buren groeten.", "Het is donker.")

    assert {(one.source, one.teller, one.circle) for one in told} == {
        ("interview", "Bewoner, 75 jaar of ouder · via Buurtteam", table.round.core)
    }
    interview.withdraw_interview(by=table.joris, stories=told)
    assert not stories_of(table.place, table.joris)
    interview.restore_interview(by=table.joris, stories=told)
    assert set(stories_of(table.place, table.samira)) == set(told)
    verbs = set(AuditRow.objects.values_list("verb", flat=True))
    assert {"stories.create_interview", "stories.withdraw_interview", "stories.restore_interview"} <= verbs
    with pytest.raises(PermissionDenied):
        interview.withdraw_interview(by=table.noor, stories=told)


@pytest.mark.parametrize("texts", [(), ("De buren groeten.", "Bel 06-12345678."), ("De buren groeten.", " ")])
def test_one_answer_that_is_refused_refuses_all(texts):
    table = lay_table()
    with pytest.raises(ValidationError):
        held(table, *texts)
    assert not Story.objects.exists()
    assert not AuditRow.objects.filter(verb__startswith="stories.").exists()


def test_who_may_not_tell_holds_no_interview_here():
    table = lay_table()
    with pytest.raises(PermissionDenied):
        held(table, "Mooi hier.", by=table.noor)


def test_a_question_of_the_round_points_to_a_story_that_one_may_read():
    table = lay_table()
    gap, own = gap_of(table), story(table.joris, table.round, circle=table.team.circle)
    for by, told in ((ring_member(table), story(table.joris, table.round)), (table.samira, own)):
        with pytest.raises(PermissionDenied):
            gaps.answer_gap_with_story(by=by, gap=gap, story=told)
    gaps.answer_gap_with_story(by=table.joris, gap=gap, story=own)
    assert AuditRow.objects.last().verb == "rounds.answer_gap_with_story"


@pytest.mark.slow
def test_the_form_asks_the_questions_of_the_round_and_leads_on_to_their_answer(client):
    table = lay_table()
    gap, gp = gap_of(table), ring_member(table)
    page = reverse("stories:interview", args=[table.round.slug])
    client.force_login(gp)
    assert gap.what not in client.get(page).content.decode()  # the list of questions is of the core group
    client.force_login(table.joris)
    first = client.get(page).content.decode()
    assert (
        first.index("Wat moet er volgens u in deze buurt gebeuren?")
        < first.index("Vragen van de ronde")
        < first.index("Deze vraag is bedoeld voor: jongeren.")
    )
    assert gap.what in first
    assert re.search(rf'name="circle" value="{table.team.circle.pk}"[^>]* checked', first)  # one's own, as always

    typed = {"who": "bewoner", "age": "75+", "circle": table.round.core.pk, "seen": "on"}
    empty = client.post(page, typed)
    assert empty.status_code == 422
    assert "minstens één vraag" in empty.content.decode()
    asked = client.post(page, typed | {"antwoord-goed": "Mevrouw Jansen groet altijd."})
    assert asked.status_code == 422
    assert not Story.objects.exists()

    typed |= {"antwoord-goed": "De buren groeten.", f"antwoord-{gap.pk}": "Het licht gaat uit."}
    done = client.post(page, typed, follow=True)
    assert done.redirect_chain[-1][0].endswith("#vragen")
    text = done.content.decode()
    assert "Uit een interview: Waarom komt niemand na negen uur?" in text
    good, answer = Story.objects.order_by("pk")
    assert (good.text, good.tone) == ("De buren groeten.", "kracht")
    assert (answer.text, answer.tone) == (f"{gap.what} – Het licht gaat uit.", "onbekend")
    undo = re.search(r'action="([^"]+interview/[\d-]+/intrekken/)"', text).group(1)

    gone = client.post(undo, follow=True).content.decode()
    assert not stories_of(table.place, table.joris)
    back = re.search(r'action="([^"]+interview/[\d-]+/terugzetten/)"', gone).group(1)
    client.post(back)
    assert stories_of(table.place, table.joris).count() == 2
    for wrong in ("0", "1-99999", f"{good.pk}-x", f"{good.pk}-{good.pk}", "9" * 40):
        lost = reverse("stories:withdraw_interview", args=[table.round.slug, wrong])
        assert client.post(lost).status_code == 404
    client.force_login(gp)
    assert client.post(undo).status_code == 404
