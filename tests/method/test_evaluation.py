"""An evaluation: reached or not with a reason and a figure of now, and the chain that it closes."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.evaluation import actions, panels, queries
from buurtbalans.method.evaluation.models import EvaluationLine
from buurtbalans.method.rounds.actions import gaps, picture, round
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

pytestmark = pytest.mark.django_db


def last(verb):
    return AuditRow.objects.filter(verb=f"evaluation.{verb}").last()


def test_a_result_is_looked_back_on_once():
    table = lay_table()
    result = agreed_result(table, judged_claim(table))

    line = evaluated(table, result)

    assert queries.rows_of(table.round, table.joris) == [(result, line)]
    assert last("evaluate").detail == {"result": result.pk, "outcome": "bereikt"}
    with pytest.raises(ValidationError) as refusal:
        evaluated(table, result)
    assert refusal.value.code == "twice"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"reason": " "}, "no_reason"),
        ({"now": None}, "no_figure"),
        ({"now": figure(value=None, low=None, high=None, absence="too_few")}, "no_figure"),
        ({"now": figure(indicator="feels_at_home")}, "other_measure"),
        ({"now": figure(area="BU99990302")}, "other_measure"),
    ],
)
def test_an_outcome_without_reason_figure_or_the_same_measure_is_refused(wrong, code):
    table = lay_table()

    with pytest.raises(ValidationError) as refusal:
        evaluated(table, agreed_result(table, judged_claim(table)), **wrong)

    assert refusal.value.code == code
    assert not EvaluationLine.objects.exists()


def test_not_knowing_needs_no_figure():
    table = lay_table()

    line = evaluated(table, agreed_result(table, judged_claim(table)), outcome="onbekend", now=None)

    assert line.now is None
    with pytest.raises(IntegrityError), transaction.atomic():
        EvaluationLine.objects.update(outcome="bereikt")


def test_only_the_core_group_looks_back():
    table = lay_table()
    result = agreed_result(table, judged_claim(table))

    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            evaluated(table, result, by=stranger)
    line = evaluated(table, result)
    with pytest.raises(PermissionDenied):
        actions.edit_evaluation(
            by=table.noor,
            line=line,
            version=1,
            outcome="niet",
            now=figure(),
            reason="Nee.",
            next="stoppen",
            next_text=".",
        )
    assert queries.rows_of(table.round, table.noor) == []


def test_a_voice_must_be_readable_for_the_core_group():
    table = lay_table()
    private = story(table.joris, table.round, circle=table.team.circle)

    with pytest.raises(ValidationError) as refusal:
        evaluated(table, agreed_result(table, judged_claim(table)), voice=private)

    assert refusal.value.code == "not_shared"


def test_two_people_who_change_an_evaluation_do_not_lose_a_text():
    table = lay_table()
    line = evaluated(table, agreed_result(table, judged_claim(table)))
    new = {"outcome": "deels", "now": figure(), "reason": "Voor een deel", "next": "doorgaan", "next_text": "zo."}

    actions.edit_evaluation(by=table.joris, line=line, version=1, **new)

    assert last("edit_evaluation").detail == {"version": 2}
    with pytest.raises(EditConflict) as clash:
        actions.edit_evaluation(by=table.samira, line=line, version=1, **new | {"reason": "Niet."})
    assert clash.value.current.reason == "Voor een deel"


def test_the_line_shows_begin_target_and_now():
    table = lay_table()
    result = agreed_result(table, judged_claim(table))

    assert [pill.style for pill in queries.evaluation_chart(result, None, table.joris)["pills"]] == ["hol", "stippel"]
    line = evaluated(table, result)
    assert [pill.style for pill in queries.evaluation_chart(result, line, table.joris)["pills"]] == [
        "hol",
        "stippel",
        "vol",
    ]


def test_what_is_now_stands_on_the_line_also_where_the_begin_may_not_be_seen():
    table = lay_table()
    result = agreed_result(table, judged_claim(table))
    line = evaluated(table, result, now=figure(period=2027, value=95.0, low=93.0, high=97.0))
    result.baseline = figure(value=None, low=None, high=None, absence="not_shared")

    drawn = queries.evaluation_chart(result, line, table.joris)

    assert [pill.style for pill in drawn["pills"]] == ["stippel", "vol"]
    assert drawn["van"] < min(93.0, result.target_low)
    assert drawn["tot"] > 97.0


def test_a_result_waits_for_an_evaluation_in_step_six():
    table = lay_table()
    result = agreed_result(table, judged_claim(table))
    assert panels.tasks(table.joris) == []
    round.update_step(by=table.samira, round=table.round, number=6, version=1, state="nu", on=DAY)
    assert [task.text for task in panels.tasks(table.joris)] == [result.title]

    evaluated(table, result)

    assert panels.tasks(table.joris) == []


def test_the_chain_leads_from_evaluation_to_figure_and_story_without_a_missing_link():
    table = lay_table()
    claim = judged_claim(table)
    picture.create_line(by=table.samira, round=table.round, kind="zorg", text="Het is stil.", claims=[claim])
    gaps.create_gap(
        by=table.joris,
        round=table.round,
        what="Wanneer?",
        organisation=table.team,
        whom="bewoners",
        before=None,
        claim=claim,
    )
    result = agreed_result(table, claim)
    agreed_effort(table, result)
    evaluated(table, result, voice=claim.evidence.last().story)

    chain = queries.method_chain(table.round, table.joris)

    known = {item["id"] for part in chain.values() if isinstance(part, list) for item in part}
    resting = {
        i for part in chain.values() if isinstance(part, list) for item in part for i in item.get("rests_on", [])
    }
    assert resting <= known
    assert {i.split(":")[0] for i in known} == {
        "figure",
        "story",
        "claim",
        "gap",
        "line",
        "result",
        "effort",
        "evaluation",
    }
    assert chain["evaluation"][0]["rests_on"] == [f"result:{result.pk}"]
    assert chain["claims"][0]["verdict"] == "genuanceerd"


def test_the_chain_of_a_stranger_is_empty():
    table = lay_table()
    evaluated(table, agreed_result(table, judged_claim(table)))

    chain = queries.method_chain(table.round, ring_member(table))

    assert all(part == [] for part in chain.values() if isinstance(part, list))
