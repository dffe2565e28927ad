"""Field notes: a phone sends each one as often as it needs to, and it becomes one story; what is refused says why."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.places.rules import blurred
from buurtbalans.method.rounds.actions import team
from buurtbalans.method.stories.actions import notes, stories
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries.stories import stories_of
from tests.method.table import lay_table, person, ring_member
from tests.one_line import one_line

pytestmark = pytest.mark.django_db
EXACT = (5.20341, 52.20112)


def note(table, **other):
    """Return what a phone sends."""
    given = {
        "text": "De lampen bij de speeltuin doen het niet.",
        "tone": "zorg",
        "source": "waarneming",
        "who": "bewoner",
        "time_of_day": "avond",
        "place": "bij de speeltuin",
        "longitude": EXACT[0],
        "latitude": EXACT[1],
        "circle": table.team.circle.pk,
        "sent_as": str(uuid4()),
        "seconds_ago": 3600,
    }
    return {name: value for name, value in (given | other).items() if value is not None}


@pytest.fixture
def table():
    return lay_table()


@pytest.fixture
def post(client, table):
    """Return a function that sends a note as somebody, by default as Joris."""

    def send(given, by=None, slug=table.round.slug):
        client.force_login(by or table.joris)
        return client.post(reverse("notes:send", args=[slug]), given)

    return send


def test_a_note_becomes_a_story_of_the_own_organisation_with_its_hour_and_a_blurred_place(table, post):
    answer = post(note(table))
    (story,) = Story.objects.all()
    assert (answer.status_code, answer.json()) == (201, {"waits": False})
    assert (story.circle, story.author, story.heard_by) == (table.team.circle, table.joris, table.team)
    assert story.point == blurred(*EXACT)
    assert (story.source, story.who) == ("waarneming", "professional")  # the phone said: a resident
    assert abs(timezone.now() - timedelta(hours=1) - story.noted_at) < timedelta(minutes=1)
    assert list(AuditRow.objects.order_by("-sequence").values_list("verb", flat=True)[:2]) == [
        "stories.submit_note",
        "stories.create_story",
    ]


def test_sent_twice_is_one_also_when_it_may_no_longer_be_sent_or_was_withdrawn(table, post):
    given = note(table)
    assert post(given).status_code == 201
    assert post(given).status_code == 200
    story = Story.objects.get()
    stories.withdraw_story(by=table.joris, story=story)
    assert post(given).status_code == 200
    assert post(given | {"circle": table.round.core.within.within.pk}).status_code == 200
    assert Story.objects.count() == 1


def test_what_changed_on_the_phone_after_it_arrived_is_not_dropped(table, post):
    given = note(table)
    post(given)
    assert post(given | {"who": "bezoeker"}).status_code == 200  # nobody else tells what one saw
    for changed in ({"text": "Nu doen de lampen het wel."}, {"tone": "kans"}, {"place": "op het plein"}):
        answer = post(given | changed)
        assert answer.status_code == 409
        assert answer.json()["url"].endswith(f"/{Story.objects.get().pk}/aanpassen/")
    assert Story.objects.get().text == given["text"]


def test_the_action_makes_one_of_two_and_never_that_of_somebody_else(table, monkeypatch):
    sent_as = uuid4()
    about = {
        "neighbourhood": table.place,
        "circle": table.team.circle,
        "text": "Stil hier.",
        "source": "waarneming",
        "noted_at": timezone.now(),
    }
    first = notes.submit_note(by=table.joris, sent_as=sent_as, **about)
    assert notes.submit_note(by=table.joris, sent_as=sent_as, **about) == first
    before = iter([None])  # as when another request writes the same note a moment earlier
    monkeypatch.setattr("buurtbalans.method.stories.actions.notes.sent", lambda *_: next(before, first))
    assert notes.submit_note(by=table.joris, sent_as=sent_as, **about) == first
    monkeypatch.undo()
    with pytest.raises(ValidationError, match="opnieuw"):
        notes.submit_note(by=person("Mila", table.team), sent_as=sent_as, **about)
    assert Story.objects.count() == 1


@pytest.mark.parametrize("away", [timedelta(minutes=-5), timedelta(days=30, minutes=1)])
def test_a_note_is_neither_from_later_than_now_nor_from_long_ago(table, away):
    with pytest.raises(ValidationError):
        notes.submit_note(
            by=table.joris,
            neighbourhood=table.place,
            circle=table.team.circle,
            text="Stil hier.",
            source="waarneming",
            sent_as=uuid4(),
            noted_at=timezone.now() - away,
        )
    assert not Story.objects.exists()


def test_what_is_refused_says_so_at_its_field_and_goes_once_it_is_mended(table, post):
    given = note(table, text="Meneer zei dat zijn bsn 123456782 is.")
    answer = post(given)
    assert answer.status_code == 422
    assert "<mark>" in one_line(answer.json()["errors"]["text"])
    assert "burgerservicenummer" in answer.json()["errors"]["text"]
    old = post(note(table, seconds_ago=31 * 24 * 3600))
    assert old.status_code == 422
    assert "30 dagen" in old.json()["errors"]["__all__"]
    assert not Story.objects.exists()
    assert post(given | {"text": "Meneer zei dat hij geen post krijgt."}).status_code == 201


def test_a_name_is_asked_about_and_a_tick_lets_it_pass_with_a_row(table, post):
    given = note(table, text="Mevrouw De Wit veegt elke dag de stoep.")
    answer = one_line(post(given).json()["errors"]["text"])
    (words,) = re.findall('name="bekeken-text" value="([^"]+)"', answer)
    assert post(given | {"bekeken-text": words}).status_code == 201
    assert AuditRow.objects.filter(
        verb="base.confirm_anonymous", about=f"stories.story:{Story.objects.get().pk}"
    ).exists()


def test_for_others_a_colleague_looks_first(table, post):
    person("Mila", table.team)
    answer = post(note(table, circle=table.round.core.pk))
    assert answer.json() == {"waits": True}
    story = Story.objects.get()
    assert (story.circle, story.asked) == (table.team.circle, table.round.core)


def test_who_has_no_colleague_says_that_nobody_is_recognised(table, post):
    given = note(table, circle=table.round.core.pk)
    assert "seen" in post(given).json()["errors"]
    assert post(given | {"seen": "on"}).status_code == 201


def test_who_is_in_the_ring_notes_too_and_who_is_outside_finds_nothing(table, post, client):
    gp = ring_member(table)
    person("Els", gp.organisation)
    assert post(note(table, circle=gp.organisation.circle.pk), by=gp).status_code == 201
    assert post(note(table), by=table.noor).status_code == 404
    assert client.get(reverse("notes:page", args=[table.round.slug])).status_code == 404
    assert post(note(table, circle=table.town.circle.pk)).status_code == 422
    with pytest.raises(PermissionDenied):
        notes.submit_note(
            by=table.noor,
            neighbourhood=table.place,
            circle=table.round.core,
            text="Stil hier.",
            source="waarneming",
            sent_as=uuid4(),
            noted_at=timezone.now(),
        )
    assert Story.objects.count() == 1


def test_the_page_knows_the_round_and_what_a_phone_keeps_knows_nobody(table, client):
    client.force_login(table.joris)
    page = client.get(reverse("notes:page", args=[table.round.slug])).content.decode()
    shell = client.get(reverse("phone:shell"))
    assert table.place.name in page
    assert reverse("stories:new", args=[table.round.slug]) in page
    for own in (table.place.name, "Joris", table.team.name, table.round.slug, "csrfmiddlewaretoken", 'data-person="'):
        assert own not in shell.content.decode()
    client.logout()
    assert client.get(reverse("phone:shell")).content == shell.content


def test_the_worker_changes_with_what_it_keeps_and_the_token_is_never_kept(table, client, monkeypatch):
    first = client.get(reverse("phone:worker"))
    assert first.headers["Service-Worker-Allowed"] == "/"
    assert first.headers["Content-Type"].startswith("text/javascript")
    assert client.get(reverse("phone:worker")).content == first.content
    monkeypatch.setattr("buurtbalans.method.stories.views.notes.SHELL", ("bundle/main.css",))
    assert client.get(reverse("phone:worker")).content != first.content
    client.force_login(table.joris)
    answer = client.get(reverse("phone:token"))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.json()["person"] == str(table.joris.pk)


def test_a_note_without_a_name_of_its_own_is_no_note(table, post):
    for given in (note(table, sent_as="x"), note(table, sent_as=None)):
        assert post(given).status_code == 422
    assert post(note(table, sent_as=str(UUID(int=1)))).status_code == 201


def test_the_list_keeps_the_order_of_the_walk_and_shows_the_hour_to_who_walked(table, post, client):
    colleague = person("Mila", table.team)
    post(note(table, text="Eerst was het druk.", seconds_ago=7200))
    post(note(table, text="Onderweg vergeten te sturen.", seconds_ago=3 * 24 * 3600))
    first, early = Story.objects.order_by("pk")
    assert list(stories_of(table.place, table.joris)) == [first, early]
    hour = date_format(timezone.localtime(first.noted_at), "j F Y, H:i")
    address = reverse("stories:list", args=[table.round.slug])
    assert f"Genoteerd op {hour}" in client.get(address).content.decode()
    team.add_to_team(by=table.samira, round=table.round, person=colleague, role=Role.CORE_MEMBER)
    client.force_login(colleague)
    seen = client.get(address).content.decode()
    assert "Eerst was het druk." in seen
    assert "Genoteerd op" in seen
    assert hour not in seen
