"""A round: its circles and steps, its people, what it does not know yet, and the shared picture."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds import panels
from buurtbalans.method.rounds.actions import claims, gaps, picture, round, team, versions
from buurtbalans.method.rounds.models import Gap, PictureLine, Round
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import picture as picture_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.steps import STEPS, step
from tests.method.table import DAY, judged_claim, lay_table, person, ring_member

pytestmark = pytest.mark.django_db


def last(verb):
    return AuditRow.objects.filter(verb=f"rounds.{verb}").last()


def test_a_round_makes_its_circles_and_steps_and_its_starter_the_guide():
    table = lay_table()

    assert table.round.core.within == table.round.ring
    assert table.round.ring.within.kind == "public"
    assert [row.number for row in table.round.steps.all()] == [1, 2, 3, 4, 5, 6]
    assert round_queries.team_of(table.round, Role.PROCESS_GUIDE) == [table.samira]
    assert last("start_round").actor == table.samira


def test_only_a_member_of_an_organisation_starts_a_round():
    table = lay_table()
    table.noor.memberships.all().delete()

    with pytest.raises(PermissionDenied):
        round.start_round(
            by=table.noor, neighbourhood=table.place, occasion="", question="?", scope="smal", release="r1"
        )

    assert Round.objects.count() == 1


def test_a_round_exists_for_its_core_group_and_ring_only():
    table = lay_table()
    gp = ring_member(table)

    assert [table.round in round_queries.rounds_of(who) for who in (table.samira, table.joris, gp, table.noor)] == [
        True,
        True,
        True,
        False,
    ]


def test_the_ring_reads_the_question_but_not_the_claims():
    table = lay_table()
    claim = judged_claim(table)

    assert list(claims_queries.claims_of(table.round, table.joris)) == [claim]
    assert list(claims_queries.claims_of(table.round, ring_member(table))) == []


def test_the_six_steps_are_declared_once():
    assert [s.number for s in STEPS] == [1, 2, 3, 4, 5, 6]
    assert all(s.goal and s.form and s.needs and s.opens for s in STEPS)
    assert step(3).slug == "toetsen"


def test_any_step_can_be_opened_in_any_order():
    table = lay_table()

    for number, state in ((5, "nu"), (2, "klaar"), (5, "straks")):
        row = table.round.steps.get(number=number)
        round.update_step(by=table.samira, round=table.round, number=number, version=row.version, state=state, on=DAY)

    rows = {row.number: row for row in table.round.steps.all()}
    assert (rows[2].state, rows[2].done_on, rows[5].state, rows[5].began_on) == ("klaar", DAY, "straks", None)
    assert last("update_step").detail == {"state": "straks"}


def test_only_the_guide_moves_steps_edits_the_question_and_invites():
    table = lay_table()

    for write in (
        lambda by: round.update_step(by=by, round=table.round, number=1, version=1, state="klaar"),
        lambda by: round.edit_round(by=by, round=table.round, version=1, question="Anders?"),
        lambda by: team.add_to_team(by=by, round=table.round, person=table.noor, role=Role.CORE_MEMBER),
    ):
        with pytest.raises(PermissionDenied):
            write(table.joris)


def test_a_question_changed_by_two_people_is_not_lost():
    table = lay_table()
    round.edit_round(by=table.samira, round=table.round, version=1, question="Eerst?")

    with pytest.raises(EditConflict):
        round.edit_round(by=table.samira, round=table.round, version=1, question="Dan?")

    assert Round.objects.get().question == "Eerst?"


def test_a_role_of_another_kind_is_no_place_in_the_team():
    table = lay_table()

    with pytest.raises(ValidationError):
        team.add_to_team(by=table.samira, round=table.round, person=table.noor, role=Role.AUDITOR)


def test_a_gap_says_who_asks_whom_and_gets_an_answer():
    table = lay_table()
    ask = {"round": table.round, "what": "Zijn ouderen eenzaam?", "organisation": table.team, "whom": "de huisartsen"}
    gap = gaps.create_gap(by=table.samira, before=DAY, **ask)
    assert [task.url for task in panels.tasks(table.joris)] == [f"/rondes/weverskwartier/vragen/{gap.pk}/"]

    gaps.answer_gap(by=table.joris, gap=gap, version=1, answer="Ja, vooral in de winter.")

    assert panels.tasks(table.joris) == []
    assert last("answer_gap").detail == {"version": 2}
    with pytest.raises(EditConflict):
        gaps.answer_gap(by=table.samira, gap=gap, version=1, answer="Nee.")
    with pytest.raises(ValidationError):
        gaps.answer_gap(by=table.joris, gap=gap, version=2, answer=" ")
    with pytest.raises(PermissionDenied):
        gaps.answer_gap(by=table.noor, gap=gap, version=2, answer="Nee.")
    with pytest.raises(PermissionDenied):
        gaps.create_gap(by=table.noor, before=None, **ask)
    assert Gap.objects.count() == 1


def test_a_strength_rests_on_a_claim_and_a_cause_may_stand_alone():
    table = lay_table()
    claim = judged_claim(table)

    line = picture.create_line(
        by=table.samira, round=table.round, kind="kracht", text="Buren helpen elkaar.", claims=[claim]
    )
    picture.create_line(by=table.samira, round=table.round, kind="oorzaak", text="De lampen zijn kapot.")

    assert dict(picture_queries.picture_of(table.round, table.joris))["kracht"] == [line]
    with pytest.raises(ValidationError):
        picture.create_line(by=table.samira, round=table.round, kind="zorg", text="Het is stil.")
    picture.create_line(by=table.joris, round=table.round, kind="kracht", text="Ja.", claims=[claim])
    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            picture.create_line(by=stranger, round=table.round, kind="kracht", text="Nee.", claims=[claim])
    with pytest.raises(EditConflict):
        picture.edit_line(by=table.samira, line=line, version=9, text="Anders.")
    picture.edit_line(by=table.samira, line=line, version=1, text="Anders.")
    with pytest.raises(PermissionDenied):
        picture.edit_line(by=table.joris, line=line, version=2, text="Nog anders.")


def test_the_ring_reads_the_picture_when_it_is_shared():
    table = lay_table()
    gp = ring_member(table)
    claim = judged_claim(table)
    with pytest.raises(ValidationError):
        versions.share_picture(by=table.samira, round=table.round)
    picture.create_line(by=table.samira, round=table.round, kind="zorg", text="Het is stil.", claims=[claim])
    round.edit_round(by=table.samira, round=table.round, version=1, finding="Een hechte buurt")
    assert not PictureLine.objects.visible_to(gp).exists()

    assert versions.share_picture(by=table.samira, round=table.round) == 1

    assert PictureLine.objects.visible_to(gp).count() == 1
    assert last("share_picture").detail == {"lines": 1}
    with pytest.raises(PermissionDenied):
        versions.share_picture(by=table.joris, round=table.round)


def test_dissent_travels_to_the_picture():
    table = lay_table()
    claim = judged_claim(table)
    claims.give_opinion(by=table.joris, claim=claim, stance="oneens", words="Het plein is vol.")
    assert picture_queries.dissent_of(table.round, table.samira) == []

    picture.create_line(by=table.samira, round=table.round, kind="zorg", text="Het is stil.", claims=[claim])

    assert [o.words for o in picture_queries.dissent_of(table.round, table.samira)] == ["Het plein is vol."]


def test_claims_of_another_round_do_not_carry_a_line_or_a_gap():
    table = lay_table()
    claim = judged_claim(table)
    second = round.start_round(
        by=table.samira, neighbourhood=table.place, occasion="", question="En nu?", scope="breed", release="r1"
    )

    with pytest.raises(ValidationError):
        picture.create_line(by=table.samira, round=second, kind="kracht", text="Ja.", claims=[claim])
    with pytest.raises(ValidationError):
        gaps.create_gap(
            by=table.samira, round=second, what="?", organisation=table.town, whom="allen", before=None, claim=claim
        )
    assert second.slug == "weverskwartier-2"


def test_a_missing_opinion_is_a_task_of_the_whole_organisation():
    table = lay_table()
    claim = judged_claim(table)

    assert [task.url for task in panels.tasks(table.joris)] == [f"{claims_queries.claim_url(claim)}#mening"]
    assert panels.tasks(table.noor) == []
    assert panels.tasks(person("Mila", table.team)) == []
