"""The plan as it was agreed: what is missing is said first, it never changes, and a version says what differs."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.plans.actions import conditions, efforts, results, versions
from buurtbalans.method.plans.models import PlanVersion
from buurtbalans.method.plans.queries import versions as versions_queries
from tests.method.table import agreed_effort, agreed_result, judged_claim, lay_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    laid = lay_table()
    laid.claim = judged_claim(laid)
    laid.result = agreed_result(laid, laid.claim)
    return laid


def agree(table, by=None):
    return versions.agree_plan(by=by or table.samira, round=table.round)


def test_an_agreed_plan_holds_every_line_and_what_was_missing(table):
    effort = agreed_effort(table, table.result)

    version = agree(table)

    (result,), (line,) = version.content["results"], version.content["efforts"]
    assert (version.number, result["title"], line["id"]) == (1, table.result.title, effort.pk)
    assert result["baseline"] == table.result.baseline
    assert line["rests_on"] == [{"id": table.claim.pk, "text": table.claim.text, "verdict": "genuanceerd"}]
    assert "nog niet hoe, wanneer" in " ".join(version.content["missing"])
    assert AuditRow.objects.filter(verb="plans.agree_plan").last().detail == {"number": 1}


def test_what_is_missing_leads_to_where_it_is_added(table):
    proposal = agreed_effort(table, table.result, by=table.samira, organisation=table.team)
    found = {one.url.rpartition("/plan/")[2]: one.words for one in versions_queries.missing_items(table.round)}

    assert f"#afspraak-{proposal.pk}" in found
    assert found["voorwaarden/nieuw/"].startswith("Er zijn nog geen voorwaarden")
    assert f"resultaten/{table.result.pk}/" in found


def test_a_whole_plan_lacks_nothing(table):
    results.edit_result(
        by=table.joris,
        result=table.result,
        version=1,
        measured_by="x",
        measured_on=date(2027, 1, 1),
        measured_with=table.town,
        asked_too="x",
    )
    agreed_effort(table, table.result, owner=table.joris, ends_on=date(2027, 1, 1))
    conditions.set_condition(by=table.joris, round=table.round, about="begeleiden", text="x", claims=[table.claim])

    assert versions_queries.missing_items(table.round) == []
    assert agree(table).content["missing"] == []


def test_only_the_guide_agrees_and_never_twice_the_same_or_nothing(table):
    for stranger in (table.joris, table.noor):
        with pytest.raises(PermissionDenied):
            agree(table, by=stranger)
    agree(table)
    with pytest.raises(ValidationError) as refusal:
        agree(table)
    assert refusal.value.code == "same"
    results.withdraw_result(by=table.samira, result=table.result)
    with pytest.raises(ValidationError) as refusal:
        agree(table)
    assert refusal.value.code == "empty"
    assert PlanVersion.objects.count() == 1


def test_an_agreed_plan_stays_and_the_next_one_says_what_differs(table):
    going = agreed_effort(table, table.result)
    first = agree(table)
    frozen = dict(first.content)
    results.edit_result(by=table.joris, result=table.result, version=1, title="Veel meer mensen voelen zich veilig")
    efforts.withdraw_effort(by=table.joris, effort=going)
    agreed_effort(table, table.result, what="Belt nieuwe huurders.")

    second = agree(table)
    first.refresh_from_db()

    assert (first.content, second.number) == (frozen, 2)
    found = {(change.kind, change.what) for change in versions_queries.plan_changes(first.content, second.content)}
    assert found == {
        ("changed", "Veel meer mensen voelen zich veilig"),
        ("gone", "Opent het buurthuis."),
        ("new", "Belt nieuwe huurders."),
    }
    (changed,) = [c for c in versions_queries.plan_changes(first.content, second.content) if c.kind == "changed"]
    (_field, was, now), *_more = changed.fields
    assert "".join(text for text, _differs in was) == "Meer mensen voelen zich veilig"
    assert ("Veel meer ", True) in now


def test_versions_are_read_by_the_core_group_alone(table):
    version = agree(table)

    assert versions_queries.version_of(table.round, table.joris, 1) == version
    assert versions_queries.version_of(table.round, table.noor, 1) is None
    assert timezone.localdate(version.at) == timezone.localdate()


def test_an_aim_of_a_version_reads_as_people_write_it(table):
    content = agree(table).content
    line = content["results"][0]
    other = content | {"results": [line | {"target": [2.5, 3.0, 2027]}, *content["results"][1:]]}
    (change,) = versions_queries.plan_changes(content, other)
    told = ["".join(text for text, _differs in now) for _field, _was, now in change.fields]
    assert told == ["2,5 tot 3 in 2027"]
