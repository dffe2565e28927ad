"""Feelings on the map: who sees which, a look before words go out, one person's together, and squares for others."""

from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rule
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.people.queries import public_circle
from buurtbalans.method.places.rules import blurred
from buurtbalans.method.stories.actions import feelings, review, stories
from buurtbalans.method.stories.forms.feelings import Voice
from buurtbalans.method.stories.models import DayPart, Feeling, PublishedFeelings
from buurtbalans.method.stories.queries import feelings as feelings_queries
from buurtbalans.method.stories.queries import stories as stories_queries
from tests.method.table import lay_table, person, ring_member

pytestmark = pytest.mark.django_db
PLACE = (5.20017, 52.20123)
BOUNDS = (5.19, 52.19, 5.21, 52.21)


@pytest.fixture
def table() -> SimpleNamespace:
    """A round, with a colleague of who puts feelings on the map."""
    laid = lay_table()
    laid.mila = person("Mila", laid.team)
    return laid


def felt(table: SimpleNamespace, *, by: Any = None, place: tuple[float, float] = PLACE, **given: Any) -> Feeling:
    about: dict[str, Any] = {
        "circle": table.round.core,
        "voice": uuid4(),
        "mood": "bang",
        "day_part": "avond",
        "longitude": place[0],
        "latitude": place[1],
    }
    made: Feeling = feelings.create_feeling(by=by or table.joris, neighbourhood=table.place, **{**about, **given})
    return made


def many(table: SimpleNamespace, people: int, chance: Random, *, glad: float = 0.5) -> None:
    """Put feelings of so many people on the map, by day, somewhere in the neighbourhood."""
    west, south, east, north = BOUNDS
    for _person in range(people):
        place = (chance.uniform(west, east), chance.uniform(south, north))
        felt(table, place=place, day_part="overdag", mood="blij" if chance.random() < glad else "boos")


def test_only_the_square_is_kept_and_no_word_waits_for_a_look(table: SimpleNamespace) -> None:
    silent = felt(table)
    assert silent.point == blurred(*PLACE) != PLACE
    assert (silent.circle, silent.asked) == (table.round.core, None)
    told = felt(table, reason="De lampen doen het niet.")
    assert (told.circle, told.asked) == (table.team.circle, table.round.core)
    assert stories_queries.contributions_to_review(table.mila) == [told]
    review.approve_contribution(by=table.mila, told=told, version=1)
    assert told.circle == table.round.core
    rows = str(list(AuditRow.objects.values_list("detail", flat=True)))
    assert "lampen" not in rows
    assert "52.2" not in rows


def test_words_that_come_later_are_looked_at_too(table: SimpleNamespace) -> None:
    silent = felt(table)
    feelings.update_feeling(by=table.joris, feeling=silent, version=1, mood="bang", reason="Bij Fatima is het donker.")
    assert (silent.circle, silent.asked) == (table.team.circle, table.round.core)
    assert not feelings_queries.feelings_of(table.place, table.samira).exists()


def test_another_feeling_needs_words_and_a_single_one_goes_no_further_than_the_team(table: SimpleNamespace) -> None:
    with pytest.raises(ValidationError):
        felt(table, mood="anders", reason=" ")
    with pytest.raises(PermissionDenied):
        felt(table, circle=table.round.ring)
    mine = felt(table, circle=table.team.circle)
    with pytest.raises(PermissionDenied):
        stories.share_contribution(by=table.joris, story=mine, circle=table.round.ring)
    stories.share_contribution(by=table.joris, story=mine, circle=table.round.core)
    assert feelings_queries.feelings_of(table.place, table.samira).get() == mine
    assert not feelings_queries.feelings_of(table.place, ring_member(table)).exists()


def test_the_writer_stands_nowhere_for_others(table: SimpleNamespace, client: Any) -> None:
    feeling = felt(table)
    client.force_login(table.samira)
    page = client.get(reverse("feelings:list", args=[table.round.slug]), {"deel": "avond"}).content.decode()
    assert f'id="gevoel-{feeling.pk}"' in page
    assert table.joris.first_name not in page
    assert client.get(reverse("history", args=["stories.feeling", feeling.pk])).status_code == 404
    client.force_login(table.joris)
    assert client.get(reverse("history", args=["stories.feeling", feeling.pk])).status_code == 200


def test_feelings_of_one_person_stay_together_and_nobody_makes_up_a_voice(table: SimpleNamespace, client: Any) -> None:
    client.force_login(table.joris)
    new = reverse("feelings:new", args=[table.round.slug])
    given = {
        "longitude": "5.20017",
        "latitude": "52.20123",
        "day_part": "avond",
        "mood": "bang",
        "who": "bewoner",
        "circle": table.round.core.pk,
    }
    done = client.post(new, given, follow=True)
    first = Feeling.objects.get()
    voice = done.context["voice"]
    evening = client.get(reverse("feelings:list", args=[table.round.slug]), {"deel": "avond"}).content.decode()
    assert f"{new}?deel=avond" in evening
    following = f"{new}?deel=avond&amp;kring={table.round.core.pk}"
    assert following in done.content.decode()
    next_one = client.get(following.replace("&amp;", "&")).context["form"]
    assert (next_one["day_part"].value(), next_one["circle"].value()) == ("avond", str(table.round.core.pk))
    again = client.post(new, {"again": "1", "voice": voice, "who": "bewoner"})
    assert again.status_code == 200
    assert voice in again.content.decode()
    client.post(new, {**given, "mood": "boos", "voice": voice})
    assert Feeling.objects.filter(voice=first.voice).count() == 2
    client.post(new, given)
    assert Feeling.objects.values("voice").distinct().count() == 2
    other = Voice(table.samira, table.place).signed(first.voice)
    assert client.post(new, {**given, "voice": other}).status_code == 422
    assert client.post(new, {**given, "voice": first.voice.hex}).status_code == 422
    assert client.post(new, {**given, "longitude": "", "latitude": ""}).status_code == 422
    assert Feeling.objects.count() == 3


def test_others_see_squares_of_enough_people_and_never_a_feeling(table: SimpleNamespace) -> None:
    chance, enough = Random(7), disclosure_rule(SourceKind.SURVEY, Audience.RING).minimum_frequency
    many(table, enough - 1, chance)
    show = {"neighbourhood": table.place, "core": table.round.core, "circle": table.round.ring, "bounds": BOUNDS}
    with pytest.raises(PermissionDenied):
        feelings.publish_feelings(by=table.joris, **show)
    with pytest.raises(ValidationError):
        feelings.publish_feelings(by=table.samira, **show)
    many(table, 4 * enough, chance)
    shown = feelings.publish_feelings(by=table.samira, **show)
    squares = feelings_queries.fields_in(shown.cells)
    assert squares[DayPart.DAY]
    assert squares[DayPart.EVENING] == []
    reader = ring_member(table)
    assert feelings_queries.shown_to(reader, table.round.core) == shown
    with pytest.raises(ValidationError):
        feelings.publish_feelings(by=table.samira, **show)  # nothing new
    many(table, 3, chance)
    with pytest.raises(ValidationError):
        feelings.publish_feelings(by=table.samira, **show)  # too little new
    feelings.withdraw_published_feelings(by=table.samira, published_feelings=shown)
    assert feelings_queries.shown_to(reader, table.round.core) is None
    feelings.restore_published_feelings(by=table.samira, published_feelings=shown)
    assert feelings_queries.shown_to(reader, table.round.core) == shown


def test_the_pages_of_others_hold_no_trace_of_single_feelings(table: SimpleNamespace, client: Any) -> None:
    chance = Random(3)
    many(table, 70, chance)
    felt(table, reason="")
    voices = [str(voice) for voice in Feeling.objects.values_list("voice", flat=True)]
    show = {"neighbourhood": table.place, "core": table.round.core, "circle": table.round.ring, "bounds": BOUNDS}
    feelings.publish_feelings(by=table.samira, **show)
    client.force_login(ring_member(table))
    page = client.get(reverse("feelings:list", args=[table.round.slug])).content.decode()
    assert "rond" in page
    assert not [voice for voice in voices if voice in page]
    assert 'id="gevoel-' not in page
    assert client.get(reverse("feelings:show", args=[table.round.slug])).status_code == 403
    assert not PublishedFeelings.objects.filter(circle=public_circle()).exists()


def test_many_feelings_ask_the_database_no_more_than_few(table: SimpleNamespace, client: Any) -> None:
    client.force_login(table.samira)
    page = reverse("feelings:list", args=[table.round.slug])

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        return len(caught)

    many(table, 2, Random(1))
    few = asked()
    many(table, 30, Random(2))
    assert asked() == few
