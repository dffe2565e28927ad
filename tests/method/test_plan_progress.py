"""How efforts go: reach, dose, quality and who is better off; small numbers of people stay with who reached them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.plans.actions import efforts
from buurtbalans.method.plans.actions import progress as progress_actions
from buurtbalans.method.plans.models import Progress
from buurtbalans.method.plans.queries import progress as progress_queries
from buurtbalans.method.plans.queries.progress import reach_words
from tests.method.table import agreed_effort, agreed_result, judged_claim, lay_table

START, END = date(2026, 9, 1), date(2026, 10, 31)


@pytest.fixture
def table():
    laid = lay_table()
    laid.effort = agreed_effort(laid, agreed_result(laid, judged_claim(laid)))
    return laid


def told(table, **other):
    given = {"by": table.joris, "effort": table.effort, "start": START, "end": END, "reached": 7, "meant": 30}
    return progress_actions.report_progress(**given | other)


@pytest.mark.django_db
def test_the_own_organisation_reads_the_number_and_others_that_it_is_small(table):
    progress = told(table, dose="twee avonden", better_off="Drie vrouwen kwamen terug.")

    (own,) = progress_queries.progress_reports(table.round, table.joris)[table.effort.pk]
    (other,) = progress_queries.progress_reports(table.round, table.samira)[table.effort.pk]

    assert (own.progress, own.reach) == (progress, "7 mensen bereikt, bedoeld voor 30")
    assert other.reach == "minder dan 10 mensen bereikt"
    assert progress_queries.progress_reports(table.round, table.noor) == {}
    row = AuditRow.objects.filter(verb="plans.report_progress").last()
    assert row.detail == {"effort": table.effort.pk}


@given(st.integers(1, 9), st.none() | st.integers(0, 9_999))
def test_a_small_number_is_never_said_to_others(reached, meant):
    assert reach_words(reached, meant, is_exact=False) == "minder dan 10 mensen bereikt"


@given(st.integers(10, 9_999), st.integers(1, 9))
def test_a_small_group_that_it_was_meant_for_is_not_said_to_others(reached, meant):
    assert reach_words(reached, meant, is_exact=False) == f"{reached} mensen bereikt"
    assert f"bedoeld voor {meant}" in reach_words(reached, meant, is_exact=True)


def test_nothing_nobody_and_one_are_said_as_they_are():
    assert reach_words(None, 30, is_exact=False) == ""
    assert reach_words(0, None, is_exact=False) == "0 mensen bereikt"
    assert reach_words(1, None, is_exact=True) == "1 mens bereikt"
    assert reach_words(12, 0, is_exact=False) == "12 mensen bereikt, bedoeld voor 0"


@pytest.mark.django_db
def test_a_while_has_an_order_and_something_to_say(table):
    for wrong, code in (({"start": END, "end": START}, "order"), ({"reached": None}, "nothing")):
        with pytest.raises(ValidationError) as refusal:
            told(table, **wrong)
        assert refusal.value.code == code
    with pytest.raises(PermissionDenied):
        told(table, by=table.noor)
    progress = told(table)
    with pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.filter(pk=progress.pk).update(start=END, end=START)


@pytest.mark.django_db
def test_what_was_told_can_change_go_and_come_back(table):
    progress = told(table)

    progress_actions.edit_progress(by=table.joris, progress=progress, version=1, reached=24)
    assert (
        progress_queries.progress_reports(table.round, table.samira)[table.effort.pk][0].reach
        == "24 mensen bereikt, bedoeld voor 30"
    )
    with pytest.raises(ValidationError):
        progress_actions.edit_progress(by=table.joris, progress=progress, version=2, end=date(2026, 1, 1))
    with pytest.raises(PermissionDenied):
        progress_actions.withdraw_progress(by=table.noor, progress=progress)
    progress_actions.withdraw_progress(by=table.joris, progress=progress)
    assert progress_queries.progress_reports(table.round, table.joris) == {}
    progress_actions.restore_progress(by=table.joris, progress=progress)
    assert progress_queries.progress_reports(table.round, table.joris)[table.effort.pk][0].progress == progress
    verbs = list(AuditRow.objects.filter(verb__endswith="_progress").values_list("verb", flat=True))
    assert verbs == [f"plans.{do}_progress" for do in ("report", "edit", "withdraw", "restore")]


@pytest.mark.django_db
def test_progress_under_something_taken_away_is_not_shown(table):
    told(table)
    efforts.withdraw_effort(by=table.joris, effort=table.effort)

    assert progress_queries.progress_reports(table.round, table.joris) == {}
