"""A name that was promised hidden stays hidden: on the page of versions, in the bin, and beside a text that changed."""

from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from buurtbalans.method.base.actions import withdraw_text
from buurtbalans.method.base.models import EditConflict, Text
from buurtbalans.method.base.pages import both_texts
from buurtbalans.method.base.versions import history
from buurtbalans.method.people.models import Person
from buurtbalans.method.people.queries import public_circle
from buurtbalans.method.rounds.actions import picture
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.actions import versions as versions_actions
from buurtbalans.method.rounds.actions.claims import create_claim, give_opinion
from buurtbalans.method.rounds.models import PictureVersion
from buurtbalans.method.stories.models import RatingSheet
from buurtbalans.site.texts import KINDS
from tests.method.table import judged_claim, lay_table, person, ring_member, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> SimpleNamespace:
    return lay_table()


def page(viewer: Person, label: str, pk: int) -> tuple[int, str]:
    """Return how the page of versions answers somebody, and what it says within its main part."""
    client = Client()
    client.force_login(viewer)
    answer = client.get(reverse("history", args=[label, pk]))
    return answer.status_code, answer.content.decode().partition("<main")[2]


@pytest.mark.parametrize("hidden", [True, False])
def test_the_versions_of_a_story_name_its_author_only_when_the_story_does(table: SimpleNamespace, hidden: bool) -> None:
    told = story(table.joris, table.round, "De lampen doen het niet.", author_hidden=hidden)
    status, words = page(table.samira, "stories.story", told.pk)
    assert status == 200
    assert (str(table.joris) in words) is not hidden
    assert str(table.joris) in page(table.joris, "stories.story", told.pk)[1]  # one's own name


def test_a_hidden_author_is_not_named_as_who_withdrew_the_story(table: SimpleNamespace) -> None:
    told = story(table.joris, table.round, author_hidden=True)
    withdraw_text(by=table.joris, text=told, kind=KINDS["stories.story"])
    client = Client()
    for viewer in (table.samira, table.joris):
        client.force_login(viewer)
        for address in (reverse("trash"), reverse("round_trash", args=[table.round.slug])):
            words = client.get(address).content.decode().partition("<main")[2]
            assert (str(table.joris) in words) <= (viewer == table.joris), (viewer, address)


@pytest.mark.parametrize(("hidden", "named"), [(True, False), (False, True)])
def test_who_changes_the_same_story_reads_the_other_name_only_when_the_story_shows_it(
    table: SimpleNamespace, rf: RequestFactory, hidden: bool, named: bool
) -> None:
    told = story(table.joris, table.round, author_hidden=hidden)
    page = conflict_page(rf, table.samira, told)
    assert (table.joris.first_name in page) is named


def test_who_changes_the_same_opinion_reads_no_name(table: SimpleNamespace, rf: RequestFactory) -> None:
    opinion = give_opinion(by=table.joris, claim=judged_claim(table), stance="eens")
    assert table.joris.first_name not in conflict_page(rf, person("Kees", table.team), opinion)


def test_a_kind_whose_versions_name_nobody_names_nobody_in_a_conflict_either() -> None:
    unnamed = {label for label, kind in KINDS.items() if kind.names is None and kind.edits}
    assert {label for label in unnamed if KINDS[label].model.names_writer} <= {"places.landmark"}


def conflict_page(rf: RequestFactory, viewer: Person, text: Text) -> str:
    """Return the page that shows both texts when two people changed one."""
    request = rf.post("/", {})
    request.user = viewer
    return both_texts(request, SimpleNamespace(texts=(), cleaned_data={}), EditConflict(text)).content.decode()


def test_the_core_group_reads_who_wrote_a_claim(table: SimpleNamespace) -> None:
    claim = create_claim(by=table.joris, round=table.round, text="Het plein is leeg")
    assert str(table.joris) in page(table.samira, "rounds.claim", claim.pk)[1]


def test_an_opinion_is_of_an_organisation_and_names_nobody(table: SimpleNamespace) -> None:
    claim = judged_claim(table)
    opinion = give_opinion(by=table.joris, claim=claim, stance="eens")
    versions, _ = history(opinion, KINDS["rounds.opinion"], table.samira)
    assert [version.by for version in versions] == [None]
    own, _ = history(opinion, KINDS["rounds.opinion"], table.joris)
    assert [version.by for version in own] == [table.joris]


def test_what_was_said_of_a_public_picture_opens_for_its_writer_and_the_core_group_alone(
    table: SimpleNamespace,
) -> None:
    ring = ring_member(table)
    picture.create_line(by=table.samira, round=table.round, kind="kracht", text="Open", claims=[judged_claim(table)])
    round_actions.edit_round(by=table.samira, round=table.round, version=1, finding="Stil")
    versions_actions.share_picture(by=table.samira, round=table.round)
    version = PictureVersion.objects.get(round=table.round)
    comment = versions_actions.comment(
        by=ring, picture=version, who="een bewoner", text="Dit klopt niet.", for_everybody=version.is_public
    )
    voice = versions_actions.give_version_opinion(by=table.joris, picture=version, stance="eens")
    PictureVersion.objects.filter(pk=version.pk).update(circle=public_circle())
    for label, text, writer in (("rounds.comment", comment, ring), ("rounds.picturevoice", voice, table.joris)):
        assert page(table.noor, label, text.pk)[0] == 404  # works elsewhere, and reads the public picture
        status, words = page(table.samira, label, text.pk)
        assert (status, str(writer) in words) == (200, False)
        assert page(writer, label, text.pk)[0] == 200


def test_the_versions_of_a_rating_sheet_open_also_where_its_circle_has_no_round(table: SimpleNamespace) -> None:
    sheet = RatingSheet.objects.create(
        neighbourhood=table.place,
        circle=table.team.circle,
        when="voor",
        side="bewoner",
        author=table.joris,
        edited_by=table.joris,
    )
    assert page(table.joris, "stories.ratingsheet", sheet.pk)[0] == 200
