"""A plan: results from a frozen baseline to a target range, and efforts that each rest on a claim."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.people.models import Organisation
from buurtbalans.method.plans import panels
from buurtbalans.method.plans.actions import efforts, results
from buurtbalans.method.plans.forms.results import ResultForm
from buurtbalans.method.plans.models import Effort, Result
from buurtbalans.method.plans.queries import plan
from buurtbalans.method.rounds.models import Claim
from tests.method.table import DAY, agreed_effort, agreed_result, figure, judged_claim, lay_table, ring_member

pytestmark = pytest.mark.django_db


def last(verb):
    return AuditRow.objects.filter(verb=f"plans.{verb}").last()


def test_a_result_keeps_its_baseline_and_rests_on_a_claim():
    table = lay_table()

    result = agreed_result(table, judged_claim(table))

    assert result.baseline == figure()
    assert list(plan.results_of(table.round, table.joris)) == [result]
    assert last("agree_result").detail == {"claims": [result.claims.get().pk]}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"claims": []}, "rests_on_nothing"),
        ({"target_low": 64, "target_high": 56}, "target"),
        ({"baseline": {"value": 1}}, "figure"),
    ],
)
def test_a_result_that_rests_on_nothing_or_aims_backwards_is_refused(wrong, code):
    table = lay_table()

    with pytest.raises(ValidationError) as refusal:
        agreed_result(table, judged_claim(table), **wrong)

    assert refusal.value.code == code
    assert not Result.objects.exists()


def test_only_the_core_group_agrees_and_reads_the_plan():
    table = lay_table()
    claim = judged_claim(table)
    gp = ring_member(table)
    result = agreed_result(table, claim)

    for stranger in (table.noor, gp):
        with pytest.raises(PermissionDenied):
            agreed_result(table, claim, by=stranger)
        with pytest.raises(PermissionDenied):
            agreed_effort(table, result, by=stranger)
        assert not plan.results_of(table.round, stranger).exists()


def test_an_effort_rests_on_at_least_one_claim():
    table = lay_table()
    result = agreed_result(table, judged_claim(table))

    effort = agreed_effort(table, result)

    assert last("agree_effort").detail == {"claims": [effort.claims.get().pk]}
    with pytest.raises(ValidationError) as refusal:
        agreed_effort(table, result, claims=[])
    assert refusal.value.code == "rests_on_nothing"


def test_a_claim_of_another_round_carries_no_plan():
    table, other = lay_table(), None
    claim = judged_claim(table)
    result = agreed_result(table, claim)
    claim.round_id += 1
    other = claim

    with pytest.raises(ValidationError):
        agreed_result(table, other)
    with pytest.raises(ValidationError):
        agreed_effort(table, result, claims=[other])


def test_a_standstill_has_a_reason():
    table = lay_table()
    effort = agreed_effort(table, agreed_result(table, judged_claim(table)))
    report = {"by": table.joris, "effort": effort, "version": 1, "since": DAY, "first_sign": "meer bezoekers"}

    with pytest.raises(ValidationError):
        efforts.report_effort(**report, state="staat_stil")
    with pytest.raises(ValidationError):
        efforts.report_effort(**report, state="klaar?")
    efforts.report_effort(**report, state="staat_stil", state_reason="wacht op een medewerker")

    assert last("report_effort").detail == {"state": "staat_stil"}
    assert plan.plan_counts(list(plan.results_of(table.round, table.joris))) == {
        "results": 1,
        "efforts": 1,
        "stuck": 1,
        "proposals": 0,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Effort.objects.update(state_reason="")


def test_two_reports_at_once_are_a_conflict_and_another_organisation_reports_nothing():
    table = lay_table()
    effort = agreed_effort(table, agreed_result(table, judged_claim(table)), by=table.samira, organisation=table.town)
    report = {"effort": effort, "since": DAY, "first_sign": "licht", "state": "klaar"}
    efforts.report_effort(by=table.samira, version=1, **report)

    with pytest.raises(EditConflict):
        efforts.report_effort(by=table.samira, version=1, **report)
    with pytest.raises(PermissionDenied):
        efforts.report_effort(by=table.joris, version=2, **report)


def test_a_result_can_be_reworded_but_not_its_baseline():
    table = lay_table()
    result = agreed_result(table, judged_claim(table))
    new = {"title": "Meer licht", "per_what": "van de 100", "target_low": 50, "target_high": 60, "target_year": 2028}

    results.edit_result(by=table.joris, result=result, version=1, **new)

    assert (result.title, result.baseline) == ("Meer licht", figure())
    with pytest.raises(EditConflict):
        results.edit_result(by=table.joris, result=result, version=1, **new)
    with pytest.raises(ValidationError):
        results.edit_result(by=table.joris, result=result, version=2, **new | {"target_low": 70})
    with pytest.raises(PermissionDenied):
        results.edit_result(by=table.noor, result=result, version=2, **new)


def test_a_plan_line_leads_back_to_claim_figure_and_story_and_the_claim_forward():
    table = lay_table()
    claim = judged_claim(table)
    result = agreed_result(table, claim)
    effort = agreed_effort(table, result)

    (ground,) = plan.grounds_of(result, table.joris)

    assert (ground.claim, ground.number) == (claim, 1)
    assert ground.figure.figure["indicator"] == result.baseline["indicator"]
    assert ground.story.story.text == "De lampen doen het niet."
    assert plan.plan_lines_resting_on(claim, table.joris) == ([result], [effort])
    assert plan.plan_lines_resting_on(claim, table.noor) == ([], [])


def test_the_line_of_a_result_shows_baseline_and_target():
    table = lay_table()

    line = plan.result_chart(agreed_result(table, judged_claim(table)), table.joris)

    assert [(pill.style, pill.below) for pill in line["pills"]] == [("hol", "45–53"), ("stippel", "56–64")]
    assert line["van"] < 45
    assert line["tot"] > 64


def test_a_standstill_is_a_task_of_its_organisation():
    table = lay_table()
    agreed_effort(
        table,
        agreed_result(table, judged_claim(table)),
        state="staat_stil",
        state_reason="te druk",
        since=date(2026, 1, 1),
    )

    assert [task.text for task in panels.tasks(table.joris)] == ["Opent het buurthuis. (te druk)"]
    assert panels.tasks(table.samira) == []


def test_no_figure_is_chosen_before_one_chooses_and_those_beside_the_claims_come_first():
    table = lay_table()
    judged_claim(table)
    beside, other = (figure(indicator=name, key=name, choice=name) for name in ("feels_safe_evening", "rent"))
    groups = [("Wonen", [other]), ("Veiligheid", [beside])]
    claims = table.round.claims.all()
    figures = plan.evidence_figures_first(groups, claims, table.samira)
    form = ResultForm(QueryDict("title=x"), figures=figures, claims=claims, organisations=Organisation.objects.none())

    nothing, first, theme = form.fields["figure"].choices
    assert (nothing[0], str(nothing[1])) == ("", "kies een cijfer")
    assert first == ("Cijfers bij de stellingen", [("feels_safe_evening", "feels_safe_evening")])
    assert theme == ("Wonen", [("rent", "rent")])
    assert form.errors["figure"] == ["Kies het cijfer waarmee u dit doel gaat meten."]
    assert plan.evidence_figures_first(groups, Claim.objects.none(), table.samira) == groups
    assert plan.evidence_figures_first(groups, claims, table.noor) == groups  # who may not read what was laid there
