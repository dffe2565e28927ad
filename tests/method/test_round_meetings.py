"""Meetings of a round: planned for one or more steps, with an agenda of what is open, and what came out."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.rounds.actions import agenda as agenda_actions
from buurtbalans.method.rounds.actions import claims, gaps, meetings, onward
from buurtbalans.method.rounds.models import Meeting
from buurtbalans.method.rounds.queries import meetings as meetings_queries
from buurtbalans.method.rounds.queries.meetings import Point
from tests.method.table import DAY, judged_claim, lay_table, ring_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def table():
    return lay_table()


def last(verb):
    return AuditRow.objects.filter(verb=f"rounds.{verb}").last()


def plan(table, what="Werksessie", steps=(3, 4), days=7, **about):
    at = timezone.now() + timedelta(days=days) if days is not None else None
    return meetings.plan_meeting(by=table.samira, round=table.round, what=what, steps=steps, at=at, **about)


def test_the_next_time_of_a_round_is_its_first_coming_meeting(table):
    assert table.round.next_meeting is None
    waits = plan(table, "Datum volgt", days=None)
    assert table.round.next_meeting == waits
    plan(table, "Al geweest", days=-3)
    later, sooner = plan(table, "Later", days=20), plan(table, "Eerder", days=2)

    assert table.round.next_meeting == sooner
    ahead, past = meetings_queries.meetings_of(table.round, table.joris)
    assert [each.what for each in ahead] == ["Eerder", "Later", "Datum volgt"]
    assert [each.what for each in past] == ["Al geweest"]
    assert later.steps == [3, 4]
    assert last("plan_meeting").detail == {"round": table.round.pk, "steps": [3, 4]}


def test_a_meeting_that_runs_now_is_still_the_next_one(table):
    now = meetings.plan_meeting(
        by=table.samira, round=table.round, what="Nu", steps=[1], at=timezone.now() - timedelta(minutes=30), minutes=60
    )

    assert table.round.next_meeting == now


@pytest.mark.parametrize("wrong", [{"steps": []}, {"steps": [7]}, {"what": "  "}, {"minutes": 5}, {"minutes": 2000}])
def test_a_meeting_has_a_purpose_steps_and_a_length(table, wrong):
    given = {"what": "Werksessie", "steps": [1], "minutes": 60} | wrong

    with pytest.raises(ValidationError):
        meetings.plan_meeting(by=table.samira, round=table.round, **given)

    assert not Meeting.objects.exists()


def test_only_the_guide_plans_and_the_core_group_writes_down_what_came_out(table):
    meeting, gp = plan(table), ring_member(table)

    meetings.record_meeting_notes(by=table.joris, meeting=meeting, version=1, notes="Het licht gaat aan.")

    assert last("record_meeting_notes").detail == {"version": 2}
    for write in (
        lambda: meetings.plan_meeting(by=table.joris, round=table.round, what="x", steps=[1]),
        lambda: meetings.edit_meeting(by=table.joris, meeting=meeting, version=2, what="x", steps=[1], minutes=30),
        lambda: meetings.record_meeting_notes(by=gp, meeting=meeting, version=2, notes="x"),
        lambda: meetings.record_meeting_notes(by=table.noor, meeting=meeting, version=2, notes="x"),
        lambda: meetings.withdraw_meeting(by=table.joris, meeting=meeting),
    ):
        with pytest.raises(PermissionDenied):
            write()
    with pytest.raises(EditConflict):
        meetings.record_meeting_notes(by=table.samira, meeting=meeting, version=1, notes="Anders.")
    with pytest.raises(ValidationError):
        meetings.record_meeting_notes(by=table.samira, meeting=meeting, version=2, notes="Mail naar jan@voorbeeld.nl.")
    meetings.edit_meeting(by=table.samira, meeting=meeting, version=2, what="Kort", steps=[4], minutes=30)
    assert (meeting.what, meeting.steps, meeting.minutes) == ("Kort", [4], 30)
    assert last("edit_meeting").detail == {"version": 3}


def test_the_ring_knows_when_and_what_but_reads_no_notes(table, client):
    meeting, gp = plan(table, where="De Spoel"), ring_member(table)
    meetings.record_meeting_notes(by=table.samira, meeting=meeting, version=1, notes="Vertrouwelijk besproken.")
    client.force_login(gp)

    page = client.get(reverse("rounds:meetings", args=[table.round.slug])).content.decode()

    assert "Werksessie" in page
    assert "De Spoel" in page
    assert "Vertrouwelijk" not in page
    assert client.get(meetings_queries.meeting_url(meeting)).status_code == 404
    assert list(Meeting.objects.announced_to(table.noor)) == []


def agenda(meeting, viewer, *more):
    return {
        part.number: [point.text for point in part.points] for part in meetings_queries.agenda_of(meeting, viewer, more)
    }


def test_the_agenda_is_what_is_open_in_the_steps_of_the_meeting(table):
    meeting = plan(table, steps=[1, 3, 4, 5])
    judged_claim(table)
    claims.create_claim(by=table.joris, round=table.round, text="De straten zijn niet schoon")
    ask = {"round": table.round, "organisation": table.team, "whom": "de huisartsen"}
    late = gaps.create_gap(by=table.samira, what="Zijn ouderen eenzaam?", before=DAY, **ask)

    found = agenda(meeting, table.samira, lambda round, viewer: [(5, Point("plus", "Een resultaat", "", ""))])

    assert found[1] == ["De afspraak over delen", "Kan de ronde beginnen?"]
    assert found[3] == ["‘De straten zijn niet schoon’", "Zijn ouderen eenzaam?"]
    assert "‘Na negen uur is het plein te stil’" in found[4]
    assert found[5] == ["Een resultaat"]
    why = [point.why for part in meetings_queries.agenda_of(meeting, table.samira) for point in part.points]
    assert "te laat, nog te vragen aan de huisartsen" in why
    onward.park(by=table.joris, round=table.round, text="Ouderen", gap=late)
    assert agenda(meeting, table.samira)[3] == ["‘De straten zijn niet schoon’"]


def test_a_claim_that_was_put_on_the_agenda_comes_first_and_once(table):
    meeting = plan(table, steps=[3])
    claim = claims.create_claim(by=table.joris, round=table.round, text="De straten zijn niet schoon")
    agenda_actions.put_on_agenda(by=table.samira, claim=claim, version=claim.version, meeting=meeting)

    found = agenda(meeting, table.samira)

    assert found == {0: ["‘De straten zijn niet schoon’"], 3: []}


def test_a_long_agenda_says_how_much_is_left(table):
    meeting = plan(table, steps=[3])
    for number in range(10):
        claims.create_claim(by=table.joris, round=table.round, text=f"Uitspraak {number}")

    (part,) = meetings_queries.agenda_of(meeting, table.samira)

    assert (len(part.points), part.more) == (8, 2)


def test_the_pages_of_meetings_lead_through_one(table, client):
    client.force_login(table.samira)
    slug = table.round.slug

    client.post(
        reverse("rounds:new_meeting", args=[slug]),
        {
            "what": "Werksessie",
            "steps": ["3", "4"],
            "at": "2030-12-02T10:00",
            "minutes": "60",
            "where": "De Spoel",
            "version": "0",
        },
    )
    meeting = Meeting.objects.get()
    client.post(
        reverse("rounds:edit_meeting", args=[slug, meeting.pk]),
        {"what": "Korte werksessie", "steps": ["3"], "minutes": "45", "version": "1"},
    )
    client.post(
        reverse("rounds:record_meeting_notes", args=[slug, meeting.pk]), {"notes": "Het licht.", "version": "2"}
    )
    page = client.get(meetings_queries.meeting_url(meeting)).content.decode()
    clash = client.post(
        reverse("rounds:record_meeting_notes", args=[slug, meeting.pk]), {"notes": "Andere tekst.", "version": "1"}
    )
    answer = client.post(reverse("rounds:withdraw_meeting", args=[slug, meeting.pk]), follow=True)

    for text in ("Korte werksessie", "Datum volgt", "45 minuten", "Toetsen", "Het licht."):
        assert text in page
    assert clash.status_code == 409
    assert "Andere tekst." in clash.content.decode()
    assert not Meeting.objects.exists()
    client.post(next(message.extra_tags for message in answer.context["messages"]))
    assert Meeting.objects.get() == meeting
