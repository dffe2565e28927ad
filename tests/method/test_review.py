"""A story that leaves its organisation is looked at first: by a colleague, or by its author who has none."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.rounds.actions.round import start_round
from buurtbalans.method.rounds.panels import tasks
from buurtbalans.method.stories.actions import review, stories
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries.stories import contributions_to_review, stories_of
from buurtbalans.method.stories.rules import colleagues, may_review
from tests.method.table import lay_table, person, ring_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    laid = lay_table()
    laid.mila = person("Mila", laid.team)
    return laid


def rows():
    found = AuditRow.objects.filter(verb__startswith="stories.").order_by("sequence")
    return [(row.verb.partition(".")[2], row.actor.username, set(row.detail)) for row in found]


def told(table, circle=None, by=None, **about):
    return stories.create_story(
        by=by or table.joris,
        neighbourhood=table.place,
        circle=circle or table.round.core,
        text="De lampen doen het niet.",
        source="bewoner",
        **about,
    )


def test_a_story_for_others_waits_for_a_colleague(table):
    story = told(table)

    assert (story.circle, story.asked) == (table.team.circle, table.round.core)
    assert story not in stories_of(table.place, table.samira)
    assert list(contributions_to_review(table.mila)) == [story]
    assert not contributions_to_review(table.joris)
    assert not contributions_to_review(table.samira)
    assert [task.url for task in tasks(table.mila)] == [reverse("reviews:review", args=[story.pk])]

    other = told(table)
    (task,) = tasks(table.mila)  # one task for all that waits
    assert (task.url, "2 bijdragen" in task.text) == (reverse("reviews:list"), True)
    other.delete()

    review.approve_contribution(by=table.mila, told=story, version=1)

    assert (story.circle, story.asked) == (table.round.core, None)
    assert story in stories_of(table.place, table.samira)
    assert rows() == [
        *[("create_story", "joris", {"circle", "asked"})] * 2,
        ("approve_contribution", "mila", {"circle"}),
    ]


def test_much_that_waits_asks_the_database_no_more_than_one(table):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            number = len(contributions_to_review(table.mila))
        return number, len(caught)

    told(table)
    (_one, few), _others = asked(), [told(table) for _time in range(5)]
    assert asked() == (6, few)


def test_nobody_but_a_colleague_reviews(table):
    story = told(table)

    for by in (table.joris, table.samira, table.noor, ring_member(table)):
        assert not may_review(by, story)
        with pytest.raises(PermissionDenied):
            review.approve_contribution(by=by, told=story, version=1)
        with pytest.raises(PermissionDenied):
            review.return_contribution(by=by, told=story, version=1, why="Er staat een naam.")
    assert story.circle == table.team.circle
    assert len(rows()) == 1


def test_a_story_that_nobody_asked_to_share_is_not_reviewed(table):
    story = told(table, circle=table.team.circle)

    with pytest.raises(PermissionDenied):
        review.approve_contribution(by=table.mila, told=story, version=1)


def test_sharing_later_asks_a_colleague_and_does_not_ask_twice(table):
    story = told(table, circle=table.team.circle)

    stories.share_contribution(by=table.joris, story=story, circle=table.round.core)
    assert (story.circle, story.asked) == (table.team.circle, table.round.core)
    with pytest.raises(ValidationError):
        stories.share_contribution(by=table.joris, story=story, circle=table.round.ring)
    review.approve_contribution(by=table.mila, told=story, version=1)
    stories.share_contribution(by=table.joris, story=story, circle=table.round.ring)

    assert (story.circle, story.asked) == (table.round.ring, None)
    assert [verb for verb, _by, _facts in rows()] == [
        "create_story",
        "ask",
        "approve_contribution",
        "share_contribution",
    ]


def test_what_changed_meanwhile_is_looked_at_anew(table):
    story = told(table)
    stories.update_story(by=table.joris, story=story, version=1, text="Fatima zei dat de lampen stuk zijn.")

    for write in (
        review.approve_contribution,
        lambda **given: review.return_contribution(why="Er staat een naam.", **given),
    ):
        with pytest.raises(EditConflict):
            write(by=table.mila, told=story, version=1)
    assert story.circle == table.team.circle


def test_a_story_goes_back_with_a_reason_and_can_be_asked_for_again(table, client):
    story = told(table)

    for why in ("  ", "Bel 06-12345678."):
        with pytest.raises(ValidationError):
            review.return_contribution(by=table.mila, told=story, version=1, why=why)
    review.return_contribution(by=table.mila, told=story, version=1, why="Haal de naam weg.")

    assert (story.circle, story.asked, story.returned) == (table.team.circle, None, "Haal de naam weg.")
    (task,) = tasks(table.joris)
    mend = reverse("stories:edit", args=[table.round.slug, story.pk])
    assert (task.url, task.text, tasks(table.mila)) == (mend, "Haal de naam weg.", [])
    client.force_login(table.joris)
    assert "Een collega heeft dit teruggestuurd met deze uitleg: Haal de naam weg." in client.get(mend).content.decode()
    stories.update_story(by=table.joris, story=story, version=1, text="De lampen doen het weer niet.")
    assert (story.returned, tasks(table.joris)) == ("", [])
    stories.share_contribution(by=table.joris, story=story, circle=table.round.core)
    assert (story.asked, story.returned) == (table.round.core, "")
    assert [verb for verb, _by, _facts in rows()] == ["create_story", "return_contribution", "update_story", "ask"]


def test_what_came_back_is_changed_where_its_writer_may_come_also_after_a_newer_round(table, client):
    story = told(table)
    review.return_contribution(by=table.mila, told=story, version=1, why="Haal de naam weg.")
    start_round(
        by=table.samira,
        neighbourhood=table.place,
        occasion="Het is weer leeg.",
        question="En nu?",
        scope="smal",
        release="r1",
    )
    client.force_login(table.joris)
    (task,) = tasks(table.joris)
    assert client.get(task.url).status_code == 200


def test_who_has_no_colleague_says_it_themselves(table):
    assert not colleagues(table.samira).exists()
    with pytest.raises(ValidationError):
        told(table, by=table.samira)
    assert rows() == []

    story = told(table, by=table.samira, seen=True)

    assert (story.circle, story.asked) == (table.round.core, None)
    assert rows() == [("create_story", "samira", {"circle", "seen"})]


def test_a_story_that_waited_for_somebody_who_left_can_still_be_shared(table):
    story = told(table)
    table.mila.is_active = False
    table.mila.save()

    with pytest.raises(ValidationError):
        stories.share_contribution(by=table.joris, story=story, circle=table.round.core)
    stories.share_contribution(by=table.joris, story=story, circle=table.round.core, seen=True)
    assert (story.circle, story.asked) == (table.round.core, None)


def test_a_story_of_who_left_the_round_stays_home(table):
    story = told(table)
    table.joris.memberships.filter(circle=table.round.core).delete()

    with pytest.raises(ValidationError):
        review.approve_contribution(by=table.mila, told=story, version=1)
    assert story.circle == table.team.circle


def test_a_waiting_story_has_one_lock_and_says_who_reads_it_after(table, client):
    told(table)
    client.force_login(table.joris)
    page = client.get(reverse("stories:list", args=[table.round.slug])).content.decode()

    assert page.count("Alleen mijn organisatie ziet dit") == 1
    assert "Een collega controleert dit eerst op herkenbare personen. Daarna: de kerngroep" in page
    assert "Alleen de kerngroep ziet dit" not in page


def test_the_pages_of_a_review(table, client):
    story = told(table)
    page = reverse("reviews:review", args=[story.pk])
    client.force_login(table.joris)
    assert client.get(page).status_code == 403
    client.force_login(table.samira)
    assert client.get(page).status_code == 404
    client.force_login(table.mila)
    assert page in client.get(reverse("reviews:list")).content.decode()
    words = client.get(page).content.decode()
    for said in ("Een verhaal van een collega", "Daarna: de kerngroep", "(nodig als u het terugstuurt)"):
        assert said in words
    assert "niet verplicht" not in words

    refused = client.post(page, {"version": 1, "verdict": "terug", "why": ""})
    assert refused.status_code == 422
    done = client.post(page, {"version": 1, "verdict": "deel"}, follow=True)

    assert "De bijdrage is gedeeld met de gekozen lezers." in done.content.decode()
    story.refresh_from_db()
    assert story.circle == table.round.core
    assert client.get(page).status_code == 404


def test_words_about_what_has_to_go_are_not_dropped_while_the_story_goes_out(table, client):
    story = told(table)
    client.force_login(table.mila)
    page = reverse("reviews:review", args=[story.pk])

    refused = client.post(page, {"version": 1, "verdict": "deel", "why": "Haal de naam weg."})
    assert refused.status_code == 422
    assert "U hebt opgeschreven wat er anders moet" in " ".join(refused.context["form"].errors["verdict"])
    assert "Haal de naam weg." in refused.content.decode()
    story.refresh_from_db()
    assert (story.circle, story.asked) == (table.team.circle, table.round.core)
    assert client.post(page, {"version": 1, "verdict": "deel", "why": " "}).status_code == 302


def test_of_two_colleagues_at_once_the_second_gets_the_conflict(table):
    vera = person("Vera", table.team)
    decide = {
        "approve_contribution": review.approve_contribution,
        "return_contribution": lambda **given: review.return_contribution(why="Haal de naam weg.", **given),
    }
    for first, second in (
        ("return_contribution", "approve_contribution"),
        ("approve_contribution", "return_contribution"),
        ("return_contribution", "return_contribution"),
    ):
        story = told(table)
        hers, his = Story.objects.get(pk=story.pk), Story.objects.get(pk=story.pk)  # both opened the page
        decide[first](by=table.mila, told=hers, version=1)
        with pytest.raises(EditConflict):
            decide[second](by=vera, told=his, version=1)
        story.refresh_from_db()
        assert story.circle == (table.round.core if first == "approve_contribution" else table.team.circle)
        assert (story.asked, story.returned) == (None, "" if first == "approve_contribution" else "Haal de naam weg.")
        assert rows()[-1][:2] == (first, "mila")


def test_who_shares_it_at_the_moment_a_colleague_sends_it_back_does_not_send_it_out(table):
    story = told(table)
    opened = Story.objects.get(pk=story.pk)
    review.return_contribution(by=table.mila, told=story, version=1, why="Haal de naam weg.")
    table.mila.is_active = False
    table.mila.save()

    with pytest.raises(EditConflict):
        stories.share_contribution(by=table.joris, story=opened, circle=table.round.core, seen=True)
    story.refresh_from_db()
    assert (story.circle, story.returned) == (table.team.circle, "Haal de naam weg.")


def test_the_page_of_a_review_shows_anew_what_changed_meanwhile(table, client):
    story = told(table)
    client.force_login(table.mila)
    page = reverse("reviews:review", args=[story.pk])
    stories.update_story(by=table.joris, story=story, version=1, text="De lampen in de Lindestraat zijn stuk.")

    refused = client.post(page, {"version": 1, "verdict": "terug", "why": "Noem de straat niet."})
    told_anew = refused.content.decode()

    assert refused.status_code == 422
    assert "De schrijver heeft dit net aangepast, dus lees het opnieuw." in told_anew
    assert "De lampen in de Lindestraat zijn stuk." in told_anew
    assert "Noem de straat niet." in told_anew
    assert refused.context["form"]["version"].value() == 2
