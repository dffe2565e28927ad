"""The team of a round: who joins and leaves, who leads, sub-teams, and an ambassador who reads along."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.people import actions as people
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.people.queries import accounts
from buurtbalans.method.rounds.actions import team as team_actions
from buurtbalans.method.rounds.models import SubTeam
from buurtbalans.method.rounds.queries import claims, round
from buurtbalans.method.rounds.queries import team as team_queries
from tests.method.table import judged_claim, lay_table, ring_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return lay_table()


def last(verb):
    return AuditRow.objects.filter(verb=f"rounds.{verb}").last()


def names(found):
    return [person.first_name for person in found]


def test_the_team_says_who_leads_who_sits_at_the_table_and_who_stands_around_it(table):
    ring_member(table)
    team_actions.add_to_team(by=table.samira, round=table.round, person=table.noor, role=Role.AMBASSADOR)

    team = team_queries.whole_team(table.round)

    assert (names(team.guides), names(team.core), names(team.ring)) == (["Samira"], ["Joris"], ["Huub"])
    assert names(team.ambassadors) == ["Noor"]
    assert len(team.everybody) == 4


def test_an_ambassador_in_a_round_reads_what_the_ring_reads_and_the_administrator_is_not_told(table):
    claim = judged_claim(table)
    team_actions.add_to_team(by=table.samira, round=table.round, person=table.noor, role=Role.AMBASSADOR)

    assert table.round in round.rounds_of(table.noor)
    assert claim not in claims.claims_of(table.round, table.noor)
    assert dict(accounts())[table.noor] == "medewerker"


def test_who_was_taken_out_is_gone_and_can_come_back(table, client):
    client.force_login(table.samira)

    answer = client.post(reverse("rounds:remove_from_team", args=[table.round.slug, table.joris.pk]), follow=True)

    assert table.round not in round.rounds_of(table.joris)
    assert last("remove_from_team").detail == {"person": table.joris.pk}
    undo = next(message.extra_tags for message in answer.context["messages"])
    client.post(undo)
    assert table.round in round.rounds_of(table.joris)
    assert names(team_queries.whole_team(table.round).core) == ["Joris"]


def test_the_guide_stays_until_another_one_leads(table):
    for write in (
        lambda: team_actions.remove_from_team(by=table.samira, round=table.round, person=table.samira),
        lambda: people.withdraw(by=table.samira, membership=table.samira.memberships.get(role=Role.PROCESS_GUIDE)),
        lambda: team_actions.remove_from_team(by=table.samira, round=table.round, person=table.noor),
    ):
        with pytest.raises(ValidationError):
            write()

    assert names(team_queries.whole_team(table.round).guides) == ["Samira"]


def test_who_does_not_lead_takes_nobody_out_but_may_leave(table, client):
    gp = ring_member(table)
    with pytest.raises(PermissionDenied):
        team_actions.remove_from_team(by=table.joris, round=table.round, person=gp)
    client.force_login(table.joris)

    assert client.post(reverse("rounds:remove_from_team", args=[table.round.slug, gp.pk])).status_code == 403
    assert client.post(reverse("rounds:remove_from_team", args=[table.round.slug, table.noor.pk])).status_code == 404
    answer = client.post(reverse("rounds:remove_from_team", args=[table.round.slug, table.joris.pk]))

    assert answer.url == reverse("rounds:list")
    assert table.round not in round.rounds_of(table.joris)


def test_the_lead_goes_to_another_and_who_led_stays_at_the_table(table):
    team_actions.assign_guide(by=table.samira, round=table.round, person=table.joris)

    team = team_queries.whole_team(table.round)
    assert (names(team.guides), names(team.core)) == (["Joris"], ["Samira"])
    assert last("assign_guide").detail == {"person": table.joris.pk}
    with pytest.raises(PermissionDenied):
        team_actions.assign_guide(by=table.samira, round=table.round, person=table.samira)
    team_actions.assign_guide(by=table.joris, round=table.round, person=table.samira)
    assert names(team_queries.whole_team(table.round).guides) == ["Samira"]


def test_the_lead_goes_only_to_somebody_of_the_core_group_who_can_sign_in(table):
    gp = ring_member(table)
    for other in (gp, table.noor, table.samira):
        with pytest.raises(ValidationError):
            team_actions.assign_guide(by=table.samira, round=table.round, person=other)
    people.close_account(by=None, person=table.joris)
    with pytest.raises(ValidationError):
        team_actions.assign_guide(by=table.samira, round=table.round, person=table.joris)


def test_when_nobody_leads_any_more_the_core_group_takes_it_up(table):
    gp = ring_member(table)
    with pytest.raises(PermissionDenied):
        team_actions.assign_guide(by=table.joris, round=table.round, person=table.joris)
    people.close_account(by=None, person=table.samira)
    with pytest.raises(PermissionDenied):
        team_actions.assign_guide(by=gp, round=table.round, person=table.joris)

    team_actions.assign_guide(by=table.joris, round=table.round, person=table.joris)

    assert names(team_queries.whole_team(table.round).guides) == ["Joris"]


def test_a_sub_team_looks_into_one_problem_and_tells_what_it_found(table):
    team = team_actions.create_subteam(
        by=table.samira,
        round=table.round,
        name="De avondploeg",
        problem="Hoe is het na negen uur?",
        people=[table.joris],
    )

    team_actions.record_subteam_findings(by=table.joris, subteam=team, version=1, found="Zeven van de elf liepen om.")

    assert [each.found for each in team_queries.subteams_of(table.round, table.joris)] == [
        "Zeven van de elf liepen om."
    ]
    assert list(team_queries.subteams_of(table.round, ring_member(table))) == []
    assert last("record_subteam_findings").detail == {"version": 2}
    with pytest.raises(EditConflict):
        team_actions.record_subteam_findings(by=table.joris, subteam=team, version=1, found="Anders.")
    with pytest.raises(ValidationError):
        team_actions.record_subteam_findings(by=table.joris, subteam=team, version=2, found="Bel 06-12345678.")


def test_a_sub_team_is_made_and_changed_by_the_guide_of_people_of_the_round(table):
    make = {"round": table.round, "name": "x", "problem": "x"}
    for write in (
        lambda: team_actions.create_subteam(by=table.joris, **make),
        lambda: team_actions.record_subteam_findings(
            by=table.noor, subteam=SubTeam.objects.get(), version=1, found="x"
        ),
        lambda: team_actions.record_subteam_findings(
            by=table.joris, subteam=SubTeam.objects.get(), version=1, found="x"
        ),
        lambda: team_actions.edit_subteam(by=table.joris, subteam=SubTeam.objects.get(), version=1, people=[]),
        lambda: team_actions.withdraw_subteam(by=table.joris, subteam=SubTeam.objects.get()),
    ):
        if not SubTeam.objects.exists():
            with pytest.raises(ValidationError):
                team_actions.create_subteam(by=table.samira, **make, people=[table.noor])
            team_actions.create_subteam(by=table.samira, **make)
        with pytest.raises(PermissionDenied):
            write()

    team = SubTeam.objects.get()
    team_actions.edit_subteam(by=table.samira, subteam=team, version=1, name="y", problem="y", people=[table.joris])
    assert (team.name, list(team.people.all())) == ("y", [table.joris])
    assert last("edit_subteam").detail == {"version": 2}


def test_a_sub_team_that_was_taken_away_comes_back(table, client):
    team = team_actions.create_subteam(by=table.samira, round=table.round, name="x", problem="x")
    client.force_login(table.samira)

    answer = client.post(reverse("rounds:withdraw_subteam", args=[table.round.slug, team.pk]), follow=True)
    assert list(team_queries.subteams_of(table.round, table.samira)) == []
    client.post(next(message.extra_tags for message in answer.context["messages"]))

    assert list(team_queries.subteams_of(table.round, table.samira)) == [team]
    assert (last("withdraw_subteam").about, last("restore_subteam").about) == (f"rounds.subteam:{team.pk}",) * 2


def test_the_pages_of_the_team_lead_through_it(table, client):
    client.force_login(table.samira)
    slug = table.round.slug

    client.post(reverse("rounds:invite", args=[slug]), {"person": table.noor.pk, "role": "ambassador"})
    client.post(
        reverse("rounds:new_subteam", args=[slug]),
        {"name": "De avondploeg", "problem": "Hoe is het?", "people": [table.joris.pk], "version": 0},
    )
    team = SubTeam.objects.get()
    client.post(
        reverse("rounds:edit_subteam", args=[slug, team.pk]),
        {"name": "De nachtploeg", "problem": "Hoe is het?", "people": [table.joris.pk], "version": 1},
    )
    client.post(reverse("rounds:record_subteam_findings", args=[slug, team.pk]), {"found": "Stil.", "version": 2})
    page = client.get(reverse("rounds:team", args=[slug])).content.decode()
    client.post(reverse("rounds:assign_guide", args=[slug]), {"person": table.joris.pk})

    for text in ("De nachtploeg", "Stil.", "Noor", "Ambassadeur", "procesbegeleider"):
        assert text in page
    assert names(team_queries.whole_team(table.round).guides) == ["Joris"]
    assert "maakt de beheerder er een" in client.get(reverse("rounds:team", args=[slug])).content.decode() or (
        client.get(reverse("rounds:invite", args=[slug])).status_code == 403
    )
