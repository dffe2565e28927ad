"""Efforts: agreed for oneself, proposed to others, answered, kept true, decided on again, taken away and put back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.base.models import AuditRow, PastVersion
from buurtbalans.method.plans import panels, rules
from buurtbalans.method.plans.actions import conditions, efforts, results
from buurtbalans.method.plans.interventions import intervention_catalogue
from buurtbalans.method.plans.models import Effort, PlanVersion
from buurtbalans.method.plans.queries import plan, presence, versions
from buurtbalans.method.rounds.models import Round
from buurtbalans.site.papers.plan import missing_lines, state_cell
from tests.method.table import agreed_effort, agreed_result, judged_claim, lay_table, organisation, ring_member

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def table():
    laid = lay_table()
    laid.claim = judged_claim(laid)
    laid.result = agreed_result(laid, laid.claim)
    return laid


def last(verb):
    return AuditRow.objects.filter(verb=f"plans.{verb}").last()


def proposed(table, **other):
    """Return what Samira of the municipality asks of the neighbourhood team."""
    return agreed_effort(table, table.result, by=table.samira, organisation=table.team, **other)


def test_an_own_effort_is_agreed_at_once(table):
    effort = agreed_effort(table, table.result, owner=table.joris)

    assert (effort.is_proposal, effort.accepted_by, effort.confirmed_on) == (False, table.joris, TODAY())
    assert last("agree_effort").about == f"plans.effort:{effort.pk}"


def test_an_effort_for_another_organisation_is_a_proposal_until_that_says_yes(table):
    effort = proposed(table)

    assert effort.is_proposal
    assert last("propose_effort").actor == table.samira
    assert [str(task.title) for task in panels.tasks(table.joris)] == ["Reageren op een voorstel voor een actie"]
    assert panels.tasks(table.samira) == []

    efforts.accept_effort(by=table.joris, effort=effort)

    assert (effort.is_proposal, effort.accepted_by, effort.owner) == (False, table.joris, table.joris)
    assert last("accept_effort").about == f"plans.effort:{effort.pk}"
    assert panels.tasks(table.joris) == []


def test_nobody_answers_for_another_organisation_and_only_once(table):
    effort = proposed(table)

    for stranger in (table.samira, table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            efforts.accept_effort(by=stranger, effort=effort)
        with pytest.raises(PermissionDenied):
            efforts.decline_effort(by=stranger, effort=effort, reason="nee")
    efforts.accept_effort(by=table.joris, effort=effort)
    with pytest.raises(ValidationError) as refusal:
        efforts.decline_effort(by=table.joris, effort=effort, reason="toch niet")
    assert refusal.value.code == "answered"


def test_a_no_has_a_reason_that_the_group_reads(table):
    effort = proposed(table)

    with pytest.raises(ValidationError) as refusal:
        efforts.decline_effort(by=table.joris, effort=effort, reason="  ")
    assert refusal.value.code == "no_reason"
    efforts.decline_effort(by=table.joris, effort=effort, reason="Geen mensen tot de zomer.")

    assert list(plan.declined_efforts(table.round, table.samira)) == [effort]
    assert plan.withdrawn_lines(table.round, table.samira) == []
    assert last("decline_effort").detail == {}
    assert not table.result.efforts.exists()


def test_a_no_can_be_taken_back_and_is_a_proposal_again(table):
    effort = proposed(table)
    efforts.decline_effort(by=table.joris, effort=effort, reason="Geen mensen.")

    efforts.restore_effort(by=table.joris, effort=effort)

    assert (effort.withdrawn_at, effort.state_reason, effort.is_proposal) == (None, "", True)


def test_the_guide_writes_down_the_answer_of_who_is_not_at_the_table(table):
    gp = ring_member(table)
    effort = agreed_effort(table, table.result, by=table.samira, organisation=gp.organisation)

    with pytest.raises(PermissionDenied):
        efforts.accept_effort(by=table.joris, effort=effort)
    efforts.accept_effort(by=table.samira, effort=effort)

    assert (effort.accepted_by, effort.owner) == (table.samira, None)


def test_a_member_asks_only_who_is_in_the_round(table):
    with pytest.raises(ValidationError) as refusal:
        agreed_effort(table, table.result, by=table.joris, organisation=organisation("Verweg"))
    assert refusal.value.code == "elsewhere"
    assert agreed_effort(table, table.result, by=table.joris, organisation=table.town).is_proposal


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"evidence_class": "bewezen"}, "untested"),
        ({"evidence_class": "bewezen", "intervention": "bestaat-niet"}, "intervention"),
        ({"evidence_class": "bewezen", "intervention": "buurtbemiddeling"}, "evidence"),
        ({"starts_on": TODAY(), "ends_on": TODAY() - timedelta(1)}, "order"),
        ({"owner": "samira"}, "owner"),
    ],
)
def test_an_effort_says_no_more_than_is_known_and_its_dates_and_owner_fit(table, wrong, code):
    if "owner" in wrong:
        wrong = {"owner": table.samira}
    with pytest.raises(ValidationError) as refusal:
        agreed_effort(table, table.result, **wrong)
    assert refusal.value.code == code
    assert not Effort.objects.exists()


def test_an_effort_out_of_the_list_takes_its_evidence(table):
    work = intervention_catalogue().interventions["buurtbemiddeling"]

    effort = agreed_effort(table, table.result, intervention=work.code, evidence_class=work.evidence)

    assert presence.organisations_by_intervention(table.samira) == {"buurtbemiddeling": ["Buurtteam"]}
    assert presence.organisations_by_intervention(table.noor) == {}
    assert presence.themes_of(effort) == {"samenleven"}


def test_changing_an_effort_keeps_what_it_was(table):
    effort = agreed_effort(table, table.result)

    efforts.edit_effort(by=table.joris, effort=effort, version=1, what="Opent vaker.", where="De Spoel")

    assert last("edit_effort").detail == {"version": 2, "fields": ["what", "where"]}
    assert PastVersion.objects.get(about=effort.label).fields == {"what": "Opent het buurthuis.", "where": ""}
    with pytest.raises(PermissionDenied):
        efforts.edit_effort(by=table.noor, effort=effort, version=2, what="x")
    with pytest.raises(ValidationError):
        efforts.edit_effort(by=table.joris, effort=effort, version=2, owner=table.samira)


def test_after_half_a_year_the_owner_is_asked_and_one_tap_answers(table):
    effort = agreed_effort(table, table.result, owner=table.joris)
    assert presence.unconfirmed_efforts(table.joris) == []
    Effort.objects.update(confirmed_on=TODAY() - timedelta(200))
    effort.refresh_from_db()

    assert presence.unconfirmed_efforts(table.joris) == [effort]
    assert [str(task.title) for task in panels.tasks(table.joris)] == ["Klopt deze actie nog?"]
    with pytest.raises(PermissionDenied):
        efforts.confirm_effort(by=table.noor, effort=effort)
    efforts.confirm_effort(by=table.joris, effort=effort)

    assert (effort.confirmed_on, presence.unconfirmed_efforts(table.joris)) == (TODAY(), [])
    assert last("confirm_effort").about == f"plans.effort:{effort.pk}"


def test_half_a_year_is_half_a_year():
    today = TODAY()
    assert rules.needs_confirmation(None, today)
    assert not rules.needs_confirmation(today - rules.STILL_TRUE, today)
    assert rules.needs_confirmation(today - rules.STILL_TRUE - timedelta(1), today)
    assert rules.is_renewal_due(today + timedelta(30), today)
    assert not rules.is_renewal_due(today + timedelta(31), today)
    assert not rules.is_renewal_due(None, today)


def test_an_effort_that_goes_on_is_decided_on_again(table):
    effort = agreed_effort(table, table.result, renew_by=TODAY() + timedelta(10))
    (task,) = panels.tasks(table.joris)
    assert (str(task.title), task.before) == ("Opnieuw besluiten over een actie", TODAY() + timedelta(10))

    with pytest.raises(ValidationError) as refusal:
        efforts.renew_effort(by=table.joris, effort=effort, version=1, renew_by=TODAY())
    assert refusal.value.code == "past"
    efforts.renew_effort(by=table.joris, effort=effort, version=1, renew_by=TODAY() + timedelta(200))

    assert panels.tasks(table.joris) == []
    assert last("renew_effort").about == f"plans.effort:{effort.pk}"
    with pytest.raises(PermissionDenied):
        efforts.renew_effort(by=table.noor, effort=effort, version=2, renew_by=TODAY() + timedelta(300))


def test_what_another_organisation_promised_is_taken_away_and_put_back_by_itself_alone(table, client):
    effort = proposed(table)
    efforts.accept_effort(by=table.joris, effort=effort)
    button = reverse("plans:withdraw_effort", args=[table.round.slug, effort.pk])
    page = reverse("plans:plan", args=[table.round.slug])

    client.force_login(table.samira)  # the guide
    assert button not in client.get(page).content.decode()
    assert client.post(button).status_code == 403
    client.force_login(table.joris)
    assert button in client.get(page).content.decode()
    efforts.withdraw_effort(by=table.joris, effort=effort)
    assert plan.withdrawn_lines(table.round, table.samira) == []
    with pytest.raises(PermissionDenied):
        efforts.restore_effort(by=table.samira, effort=effort)
    efforts.restore_effort(by=table.joris, effort=effort)


def test_the_guide_takes_a_proposal_back_and_what_is_promised_for_somebody_without_a_seat(table):
    effort = proposed(table)
    efforts.withdraw_effort(by=table.samira, effort=effort)
    outside = agreed_effort(table, table.result, by=table.samira, organisation=organisation("Kerk"))
    efforts.accept_effort(by=table.samira, effort=outside)
    efforts.withdraw_effort(by=table.samira, effort=outside)

    assert (effort.withdrawn_by, outside.withdrawn_by) == (table.samira, table.samira)
    assert outside in plan.withdrawn_lines(table.round, table.samira)


def test_what_is_taken_away_comes_back_whole(table):
    effort = agreed_effort(table, table.result)

    with pytest.raises(PermissionDenied):
        efforts.withdraw_effort(by=table.noor, effort=effort)
    efforts.withdraw_effort(by=table.joris, effort=effort)

    assert last("withdraw_effort").about == f"plans.effort:{effort.pk}"
    assert plan.plan_lines_resting_on(table.claim, table.joris)[1] == []
    assert plan.withdrawn_lines(table.round, table.joris) == [effort]
    with pytest.raises(ValidationError) as refusal:
        efforts.confirm_effort(by=table.joris, effort=effort)
    assert refusal.value.code == "withdrawn"
    efforts.restore_effort(by=table.joris, effort=effort)
    assert last("restore_effort").actor == table.joris
    with pytest.raises(ValidationError) as refusal:
        efforts.restore_effort(by=table.joris, effort=effort)
    assert refusal.value.code == "standing"
    assert [e.pk for r in plan.results_of(table.round, table.joris) for e in r.efforts.all()] == [effort.pk]


def test_a_result_goes_and_comes_back_with_its_efforts(table):
    effort = agreed_effort(table, table.result)

    with pytest.raises(PermissionDenied):
        results.withdraw_result(by=table.noor, result=table.result)
    results.withdraw_result(by=table.samira, result=table.result)

    assert list(plan.results_of(table.round, table.samira)) == []
    assert not Effort.objects.visible_to(table.samira).active().exists()
    assert last("withdraw_result").about == f"plans.result:{table.result.pk}"
    with pytest.raises(ValidationError):
        agreed_effort(table, table.result)
    results.restore_result(by=table.samira, result=table.result)
    assert list(Effort.objects.visible_to(table.samira).active()) == [effort]
    assert last("restore_result").actor == table.samira


def test_results_say_how_they_will_be_measured(table):
    results.edit_result(
        by=table.joris,
        result=table.result,
        version=1,
        measured_by="Hetzelfde onderzoek.",
        measured_on=TODAY(),
        measured_with=table.town,
        asked_too="Voelt u zich veilig?",
    )

    (result,) = plan.results_of(table.round, table.samira)
    assert (result.measured_by, result.measured_with, result.asked_too) == (
        "Hetzelfde onderzoek.",
        table.town,
        "Voelt u zich veilig?",
    )
    assert last("edit_result").detail["fields"] == ["asked_too", "measured_by", "measured_on", "measured_with"]


def test_a_condition_rests_on_a_claim_and_can_go_and_come_back(table):
    given = {"by": table.joris, "round": table.round, "about": "plaatsen", "text": "Ruimte voor 2 tot 4 huishoudens."}

    for wrong, code in (({"claims": []}, "rests_on_nothing"), ({"claims": [table.claim], "area": "BU1"}, "elsewhere")):
        with pytest.raises(ValidationError) as refusal:
            conditions.set_condition(**given, **wrong)
        assert refusal.value.code == code
    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            conditions.set_condition(**given | {"by": stranger}, claims=[table.claim])
    condition = conditions.set_condition(**given, claims=[table.claim], area="BU99990301", review_on=TODAY())

    assert last("set_condition").detail == {"claims": [table.claim.pk]}
    assert list(plan.conditions_of(table.round, table.samira)) == [condition]
    assert list(plan.conditions_of(table.round, table.noor)) == []
    conditions.edit_condition(by=table.samira, condition=condition, version=1, text="Ruimte voor 2 huishoudens.")
    assert last("edit_condition").detail["fields"] == ["text"]
    conditions.withdraw_condition(by=table.joris, condition=condition)
    assert list(plan.conditions_of(table.round, table.samira)) == []
    with pytest.raises(ValidationError):
        conditions.edit_condition(by=table.samira, condition=condition, version=3, text="x")
    conditions.restore_condition(by=table.joris, condition=condition)
    assert list(plan.conditions_of(table.round, table.samira)) == [condition]
    assert [last(verb).actor for verb in ("withdraw_condition", "restore_condition")] == [table.joris] * 2
    with pytest.raises(PermissionDenied):
        conditions.withdraw_condition(by=table.noor, condition=condition)
    assert Round.objects.count() == 1


def test_what_another_changes_in_an_accepted_effort_is_a_proposal_again_with_the_old_text(table, client):
    effort = agreed_effort(table, table.result)

    efforts.edit_effort(by=table.samira, effort=effort, version=1, what="Opent elke avond.", starts_on=TODAY())
    efforts.edit_effort(by=table.samira, effort=effort, version=2, what="Opent dag en nacht.")

    effort = Effort.objects.get(pk=effort.pk)
    assert (effort.is_proposal, effort.accepted_by) == (True, None)
    assert [str(task.title) for task in panels.tasks(table.joris)] == ["Reageren op een voorstel voor een actie"]
    was_and_is = "wat was ‘Opent het buurthuis.’ en is nu ‘Opent dag en nacht.’"
    client.force_login(table.joris)
    page = " ".join(client.get(plan.plan_url(table.round)).content.decode().split())
    assert f"Gewijzigd na de toezegging: {was_and_is}" in page
    assert "begindatum was ‘niets’" in page
    assert "was ‘Opent het buurthuis.’, is nu ‘Opent dag en nacht.’" in str(state_cell(effort))
    with pytest.raises(PermissionDenied):
        efforts.accept_effort(by=table.samira, effort=effort)
    with pytest.raises(PermissionDenied):
        efforts.edit_effort(by=table.noor, effort=effort, version=3, what="x")

    efforts.accept_effort(by=table.joris, effort=effort)

    assert not effort.is_proposal
    assert effort.changes_since_accepted == []
    assert "Gewijzigd na de toezegging" not in client.get(plan.plan_url(table.round)).content.decode()


def test_a_new_date_or_first_sign_by_another_is_a_proposal_again_and_by_its_own_organisation_is_not(table):
    renewed, reported = agreed_effort(table, table.result), agreed_effort(table, table.result)
    state = {"state": "loopt", "since": TODAY()}
    day = TODAY() + timedelta(days=90)

    efforts.report_effort(by=table.samira, effort=reported, version=1, first_sign="20 bezoekers", **state)
    assert not reported.is_proposal  # only where it stands changed
    efforts.report_effort(by=table.joris, effort=reported, version=2, first_sign="30 bezoekers", **state)
    efforts.renew_effort(by=table.joris, effort=renewed, version=1, renew_by=day)
    assert not reported.is_proposal
    assert not renewed.is_proposal

    efforts.report_effort(by=table.samira, effort=reported, version=3, first_sign="90 bezoekers", **state)
    efforts.renew_effort(by=table.samira, effort=renewed, version=2, renew_by=day + timedelta(days=1))
    assert reported.is_proposal
    assert renewed.is_proposal


def test_the_paper_says_which_action_its_own_organisation_changed_since_the_plan_was_agreed(table):
    effort = agreed_effort(table, table.result)
    content = versions.plan_content(table.round)
    version = PlanVersion(round=table.round, number=1, content=content)
    assert not any("Gewijzigd" in line for line in missing_lines(table.round, [table.result], version))

    efforts.edit_effort(by=table.joris, effort=effort, version=1, what="Opent vaker.")

    assert not effort.is_proposal
    assert "Gewijzigd: ‘Opent vaker.’ (wat)." in missing_lines(table.round, [table.result], version)
