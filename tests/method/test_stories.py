"""A story starts in one's own organisation, goes wider step by step, and can be taken back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.base.versions import differences
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds.actions.round import start_round
from buurtbalans.method.stories.actions import stories
from buurtbalans.method.stories.models import Story
from buurtbalans.method.stories.queries.stories import stories_of
from buurtbalans.method.stories.rules import wider_circles
from tests.method.table import lay_table, person, ring_member, story

pytestmark = pytest.mark.django_db


def verbs():
    return list(AuditRow.objects.filter(verb__startswith="stories.").values_list("verb", flat=True))


def test_a_story_of_an_organisation_is_read_there_and_nowhere_else():
    table = lay_table()
    colleague = person("Mila", table.team)

    told = story(table.joris, table.round, circle=table.team.circle)

    assert told in stories_of(table.place, colleague)
    assert told not in stories_of(table.place, table.samira)
    assert told not in stories_of(table.place, table.noor)
    assert told.heard_by == table.team
    assert verbs() == ["stories.create_story"]


def test_nobody_tells_to_a_circle_of_others_or_to_everybody_at_once():
    table = lay_table()
    public = table.round.ring.within

    for by, circle in ((table.noor, table.round.core), (table.joris, table.town.circle), (table.samira, public)):
        with pytest.raises(PermissionDenied):
            story(by, table.round, circle=circle)

    assert verbs() == []


@pytest.mark.parametrize(
    "text",
    [
        "Bel 06-12345678 maar.",
        "Bel 020 123 45 67.",
        "Mail naar jan@voorbeeld.nl.",
        "Zijn bsn is 123456782.",
        "Burgerservicenummer 123.456.782.",
        "Bel +31 6 12345678.",
        "Bel 0031612345678.",
        "Kas: NL91ABNA0417164300.",
    ],
)
def test_what_no_text_needs_is_refused(text):
    with pytest.raises(ValidationError):
        require_no_traces(text)


@pytest.mark.parametrize(
    "text",
    [
        "Op 12-11-2026 waren er 1500 mensen.",
        "Tussen 20.00 en 23.00 uur.",
        "In 2019 2020 2021 ging het goed.",
        "Nummer 123456782 stond erop.",
        "Volgens Fatima is het te donker.",
    ],
)
def test_what_may_be_a_person_is_for_the_form_to_ask(text):
    require_no_traces(text)


def test_a_trace_or_an_empty_text_is_never_written_down():
    table = lay_table()

    for text in ("Mail jan@voorbeeld.nl", "  "):
        with pytest.raises(ValidationError):
            story(table.joris, table.round, text=text)

    assert not Story.objects.exists()


def test_the_author_edits_and_the_version_rises():
    table = lay_table()
    told = story(table.joris, table.round)

    stories.update_story(by=table.joris, story=told, version=1, text="De lampen doen het weer.")

    assert (told.text, told.version) == ("De lampen doen het weer.", 2)
    assert verbs()[-1] == "stories.update_story"
    with pytest.raises(PermissionDenied):
        stories.update_story(by=table.samira, story=told, version=2, text="Niets aan de hand.")
    with pytest.raises(ValidationError):
        stories.update_story(by=table.joris, story=told, version=2, text=" ")


def test_a_text_that_changed_meanwhile_is_not_overwritten():
    table = lay_table()
    told = story(table.joris, table.round)
    stories.update_story(by=table.joris, story=told, version=1, text="Eerst dit.")

    with pytest.raises(EditConflict) as clash:
        stories.update_story(by=table.joris, story=told, version=1, text="Dan dat.")

    assert clash.value.current.text == "Eerst dit."
    assert Story.objects.get().text == "Eerst dit."
    assert verbs().count("stories.update_story") == 1


def test_sharing_goes_wider_only():
    table = lay_table()
    gp = ring_member(table)
    told = story(table.joris, table.round, circle=table.team.circle)
    offered = type(told.circle).objects.filter(pk__in=[table.round.core_id, table.round.ring_id, table.town.circle.pk])
    assert wider_circles(table.joris, told, offered) == [table.round.core, table.round.ring]

    stories.share_contribution(by=table.joris, story=told, circle=table.round.core, seen=True)
    assert told in stories_of(table.place, table.samira)
    assert told not in stories_of(table.place, gp)
    stories.share_contribution(by=table.joris, story=told, circle=table.round.ring)
    assert told in stories_of(table.place, gp)

    with pytest.raises(ValidationError):
        stories.share_contribution(by=table.joris, story=told, circle=table.round.core)
    with pytest.raises(PermissionDenied):
        stories.share_contribution(by=table.samira, story=told, circle=table.round.ring)
    assert verbs() == ["stories.create_story", "stories.share_contribution", "stories.share_contribution"]


def test_a_withdrawn_story_is_gone_and_can_come_back():
    table = lay_table()
    told = story(table.joris, table.round)

    stories.withdraw_story(by=table.joris, story=told)
    assert told not in stories_of(table.place, table.joris)
    assert told in Story.objects.visible_to(table.joris)
    assert told not in Story.objects.visible_to(table.samira)

    stories.restore_story(by=table.joris, story=told)
    assert told in stories_of(table.place, table.samira)
    assert verbs()[-2:] == ["stories.withdraw_story", "stories.restore_story"]


def test_the_guide_may_withdraw_what_the_round_reads_and_others_may_not():
    table = lay_table()
    shared, own = story(table.joris, table.round), story(table.joris, table.round, circle=table.team.circle)

    stories.withdraw_story(by=table.samira, story=shared)
    stories.restore_story(by=table.samira, story=shared)
    for by, told in ((table.samira, own), (table.noor, shared)):
        with pytest.raises(PermissionDenied):
            stories.withdraw_story(by=by, story=told)
        with pytest.raises(PermissionDenied):
            stories.restore_story(by=by, story=told)


def test_a_steward_of_the_organisation_reads_its_stories():
    table = lay_table()
    steward = person("Dirk", table.team)
    steward.memberships.update(role=Role.DATA_STEWARD)

    assert story(table.joris, table.round, circle=table.team.circle) in Story.objects.visible_to(steward)


def test_who_tells_is_a_kind_and_an_age_band():
    table = lay_table()
    told = story(table.joris, table.round, who="bewoner", age="60-75")

    assert told.teller == "Bewoner, 60 tot 75 jaar · via Buurtteam"


def test_differences_mark_only_what_differs():
    here, there = differences("Het gaat om licht en seizoen.", "Het gaat om licht bij de speeltuin.")

    assert [piece for piece, differs in here if differs] == ["en seizoen."]
    assert [piece for piece, differs in there if differs] == ["bij de speeltuin."]
    assert "".join(piece for piece, _ in here) == "Het gaat om licht en seizoen."


def test_the_way_back_from_a_story_leads_to_its_own_round_also_after_a_newer_one(client):
    table = lay_table()
    shared, own = (story(table.joris, table.round, circle=c) for c in (table.round.ring, table.team.circle))
    start_round(
        by=table.samira,
        neighbourhood=table.place,
        occasion="Het is weer leeg.",
        question="En nu?",
        scope="smal",
        release="r1",
    )
    for reader, told in ((table.joris, shared), (table.joris, own), (ring_member(table), shared)):
        client.force_login(reader)
        back = client.get(reverse("history", args=["stories.story", told.pk])).context["url"]
        assert back == reverse("stories:list", args=[table.round.slug])
        assert client.get(back).status_code == 200


def test_many_stories_ask_the_database_no_more_than_few(client):
    table = lay_table()
    page = reverse("stories:list", args=[table.round.slug])
    readers = (table.samira, table.joris, ring_member(table))

    def tell_one_of_each():
        for circle in (table.team.circle, table.round.core, table.round.ring):
            story(table.joris, table.round, circle=circle, area="BU99990301")

    def asked(reader):
        client.force_login(reader)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(page).status_code == 200
        return len(caught)

    tell_one_of_each()
    few = [asked(reader) for reader in readers]
    for _time in range(5):
        tell_one_of_each()
    assert [asked(reader) for reader in readers] == few
