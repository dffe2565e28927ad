"""What pages of a round say and where: a question with its owner, papers that have something on them, quiet ends."""

import re

import pytest
from django.urls import reverse

from buurtbalans.method.rounds.actions import gaps, picture, round, versions
from buurtbalans.site.papers.papers import PAPERS
from buurtbalans.site.papers.picture_content import picture_content
from tests.method.table import DAY, agreed_result, judged_claim, lay_table, ring_member, story

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def table():
    return lay_table()


@pytest.fixture
def page(client, table):
    def at(name, *args, who=None):
        client.force_login(who or table.joris)
        return client.get(reverse(name, args=[table.round.slug, *args])).content.decode()

    return at


def test_who_answers_a_question_reads_who_asks_whom_and_before_when(page, table):
    ask = {"round": table.round, "what": "Zijn ouderen eenzaam?", "organisation": table.team, "whom": "de huisartsen"}
    dated = gaps.create_gap(by=table.samira, owner=table.joris, before=DAY, **ask)
    bare = gaps.create_gap(by=table.samira, before=None, **ask)

    assert "Joris (Buurtteam) vraagt het aan de huisartsen, vóór 4 november." in page("rounds:answer_gap", dated.pk)
    assert '<p class="intro">Buurtteam vraagt het aan de huisartsen.</p>' in page("rounds:answer_gap", bare.pk)
    listed = page("rounds:step", 3)
    assert "Joris (Buurtteam) vraagt het aan de huisartsen, vóór 4 november.</p>" in listed
    assert '<p class="klein">Buurtteam vraagt het aan de huisartsen.</p>' in listed


def test_the_ways_to_notes_feelings_and_ratings_stand_above_what_is_there(page, table):
    def ways(who=None):
        top, _rest = page("rounds:round", who=who).split("Verzameld tot nu toe", 1)
        row = top[top.index("ronde-wegen") :]
        return re.findall(rf'href="/rondes/{table.round.slug}/([a-z]+)/"', row)

    assert ways() == ["veldnotities", "gevoelens", "waardering"]  # a place without borders has no large map
    assert ways(ring_member(table)) == ["veldnotities", "gevoelens"]


def test_what_the_guide_takes_away_of_somebody_else_is_said_in_full(page, table):
    story(table.joris, table.round, circle=table.round.core)
    words, own = "Verhaal voor iedereen verwijderen", ">Intrekken<"
    theirs, mine = page("stories:list", who=table.samira), page("stories:list")
    assert words in theirs
    assert own not in theirs
    assert own in mine
    assert words not in mine


def test_versions_and_trash_stand_at_the_end_of_a_round(page, table):
    shown = page("rounds:round")
    trash = reverse("round_trash", args=[table.round.slug])

    assert shown.count(trash) == 1
    assert shown.index("Volgende bijeenkomst") < shown.index("Voor later") < shown.index(trash)


def papers(page, table, where, **who):
    shown = page(where, **who)
    return [
        name
        for name in ("agreement", "picture", "plan")
        for kind in ("pdf", "docx")
        if reverse(f"papers:{name}", args=[table.round.slug, kind]) in shown
    ]


def test_a_paper_is_offered_when_there_is_something_on_it(page, table):
    assert [papers(page, table, where) for where in ("rounds:round", "rounds:picture", "plans:plan")] == [[], [], []]

    claim = judged_claim(table)
    picture.create_line(by=table.samira, round=table.round, kind="kracht", text="Buren helpen elkaar.", claims=[claim])
    assert papers(page, table, "rounds:picture") == ["picture", "picture"]
    assert papers(page, table, "rounds:picture", who=ring_member(table)) == []  # not shared with the ring yet
    agreed_result(table, claim)
    assert papers(page, table, "rounds:round") == ["picture", "picture", "plan", "plan"]
    assert papers(page, table, "plans:plan") == ["plan", "plan"]


def test_whether_a_picture_has_lines_is_known_without_laying_it_out(table, django_assert_max_num_queries):
    def filled():
        with django_assert_max_num_queries(8):
            found = PAPERS["picture"].filled(table.round, table.joris)
        assert found is not picture_content(table.round, table.joris).empty
        return found

    assert not filled()
    claim = judged_claim(table)
    line = picture.create_line(by=table.samira, round=table.round, kind="kracht", text="Men helpt.", claims=[claim])
    assert filled()
    round.edit_round(by=table.samira, round=table.round, version=1, finding="Men helpt elkaar", need="Licht")
    versions.submit_version(by=table.samira, round=table.round)
    picture.withdraw_line(by=table.samira, line=line)
    assert filled()  # the paper is that of the version


def test_the_picture_calls_its_release_by_the_day(page, table):
    picture.create_line(
        by=table.samira, round=table.round, kind="kracht", text="Buren helpen elkaar.", claims=[judged_claim(table)]
    )
    type(table.round).objects.update(release="2026-11-27-1")

    shown = page("rounds:picture")

    assert "cijferset van 27 november 2026" in shown
    assert "2026-11-27-1" not in shown
