"""What figures and people say apart, on an agenda; evidence that comes back; gaps that are somebody's task."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.rounds import panels
from buurtbalans.method.rounds.actions import agenda, claims, gaps, round, team
from buurtbalans.method.rounds.models import Claim, Gap, Meeting
from buurtbalans.method.rounds.queries import claims as claims_queries
from buurtbalans.method.rounds.queries import contrast, missing
from buurtbalans.method.stories.actions.stories import withdraw_story
from tests.method.table import figure, judged_claim, lay_table, person, ring_member, story

pytestmark = pytest.mark.django_db


def last(verb):
    return AuditRow.objects.filter(verb=f"rounds.{verb}").last()


def claim_with(table, figures=(), stories=()):
    """Return a claim with figures and stories that say these things."""
    claim = claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")
    for number, says in enumerate(figures):
        claims.add_figure(by=table.joris, claim=claim, figure=figure(period=2010 + number), says=says)
    for number, says in enumerate(stories):
        told = story(table.joris, table.round, text=f"Verhaal {number}.")
        claims.add_story(by=table.joris, claim=claim, story=told, says=says)
    return claims_queries.claims_of(table.round, table.joris).get(pk=claim.pk)


def meeting(table, days=3, **other):
    about = {"round": table.round, "at": timezone.now() + timedelta(days=days), "what": "Toetsen", "steps": [3]}
    return Meeting.objects.create(**about | other)


@pytest.mark.parametrize(
    ("figures", "stories", "kinds"),
    [
        (["ja", "ja", "nee"], ["nee"], ["figures_yes"]),
        (["nee"], ["ja", "ja en nee"], ["figures_no"]),
        (["ja"], ["ja"], []),
        (["ja", "nee"], ["nee"], []),
        (["ja en nee"], ["nee"], []),
        (["niets"], ["ja"], []),
        (["ja"], [], []),
    ],
)
def test_a_claim_asks_for_a_talk_when_its_two_sides_lean_apart(figures, stories, kinds):
    table = lay_table()

    talk = contrast.discussion_of(claim_with(table, figures, stories))

    assert [kind.value for kind in talk.kinds] == kinds if kinds else talk is None


def test_both_sides_are_counted_apart_and_never_together():
    talk = contrast.discussion_of(claim_with(lay_table(), ["ja", "ja", "nee"], ["nee", "nee", "ja en nee"]))

    assert (talk.figures.yes, talk.figures.no, talk.figures.both) == (2, 1, 0)
    assert (talk.stories.yes, talk.stories.no, talk.stories.both) == (0, 2, 1)


def test_organisations_that_differ_about_the_verdict_of_now_ask_for_a_talk():
    table = lay_table()
    claim = judged_claim(table)
    claims.give_opinion(by=table.samira, claim=claim, stance="eens", version=1)
    claims.give_opinion(by=table.joris, claim=claim, stance="oneens", words="Nee, want het licht is stuk.")

    talk = contrast.discussion_of(claims_queries.claims_of(table.round, table.joris).get())
    assert talk.kinds == [contrast.Contrast.FIGURES_YES, contrast.Contrast.ORGANISATIONS]
    assert (talk.agree, talk.against) == (["Gemeente"], ["Buurtteam"])

    claim.refresh_from_db()
    claims.judge(by=table.samira, claim=claim, version=claim.version, verdict="bevestigd", reason="Toch wel.")
    talk = contrast.discussion_of(claims_queries.claims_of(table.round, table.joris).get())
    assert talk.kinds == [contrast.Contrast.FIGURES_YES]


def test_evidence_that_was_taken_away_no_longer_counts():
    table = lay_table()
    claim = claim_with(table, ["ja"], ["nee"])
    told = claim.evidence.get(story__isnull=False)
    claims.withdraw_evidence(by=table.joris, evidence=told)

    assert contrast.discussion_of(claims_queries.claims_of(table.round, table.joris).get()) is None
    assert [each.text for each in claims_queries.stories_for_evidence(claim, table.joris)] == ["Verhaal 0."]

    claims.restore_evidence(by=table.joris, evidence=told)
    assert contrast.discussion_of(claims_queries.claims_of(table.round, table.joris).get()) is not None
    assert last("restore_evidence").detail == {"claim": claim.pk}


def test_evidence_comes_back_once_and_a_story_only_while_the_group_may_read_it():
    table = lay_table()
    claim = claim_with(table, [], ["nee", "ja"])
    first, second = claim.evidence.all()
    with pytest.raises(ValidationError) as refusal:
        claims.restore_evidence(by=table.joris, evidence=first)
    assert refusal.value.code == "there"

    claims.withdraw_evidence(by=table.joris, evidence=first)
    claims.add_story(by=table.joris, claim=claim, story=first.story, says="ja")
    with pytest.raises(ValidationError) as refusal:
        claims.restore_evidence(by=table.joris, evidence=first)
    assert refusal.value.code == "twice"

    claims.withdraw_evidence(by=table.joris, evidence=second)
    withdraw_story(by=table.joris, story=second.story)
    with pytest.raises(ValidationError) as refusal:
        claims.restore_evidence(by=table.joris, evidence=second)
    assert refusal.value.code == "withdrawn"
    with pytest.raises(PermissionDenied):
        claims.restore_evidence(by=table.noor, evidence=second)


def test_a_claim_goes_on_the_agenda_of_a_coming_meeting_and_off_again():
    table = lay_table()
    claim, soon = claim_with(table), meeting(table)

    agenda.put_on_agenda(by=table.joris, claim=claim, version=claim.version, meeting=soon)
    assert list(soon.agenda.all()) == [claim]
    assert last("put_on_agenda").detail == {"meeting": soon.pk}
    assert claim.version == 1  # its words did not change
    agenda.put_on_agenda(by=table.samira, claim=claim, version=1, meeting=None)
    assert not soon.agenda.exists()
    claims.edit_claim(by=table.joris, claim=claim, version=1, text="Het plein is ’s avonds stil")
    with pytest.raises(EditConflict):
        agenda.put_on_agenda(by=table.samira, claim=claim, version=1, meeting=soon)


def test_a_meeting_that_is_over_or_of_another_round_takes_no_claim():
    table = lay_table()
    claim = claim_with(table)
    elsewhere = round.start_round(
        by=table.samira, neighbourhood=table.place, occasion="x", question="x", scope="smal", release="r1"
    )

    for wrong, code in ((meeting(table, days=-1), "past"), (meeting(table, round=elsewhere), "elsewhere")):
        with pytest.raises(ValidationError) as refusal:
            agenda.put_on_agenda(by=table.joris, claim=claim, version=claim.version, meeting=wrong)
        assert refusal.value.code == code
    for stranger in (table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            agenda.put_on_agenda(by=stranger, claim=claim, version=claim.version, meeting=meeting(table))


def test_coming_meetings_are_those_to_come_and_those_that_wait_for_a_day():
    table = lay_table()
    meeting(table, days=-2)
    soon, open_day = meeting(table), meeting(table, at=None)

    assert list(contrast.coming_meetings(table.round, table.joris)) == [soon, open_day]
    assert not contrast.coming_meetings(table.round, table.noor)


def gap(table, **other):
    about = {
        "by": table.joris,
        "round": table.round,
        "what": "Zijn ouderen alleen?",
        "organisation": table.team,
        "whom": "de huisartsen",
        "before": None,
    }
    return gaps.create_gap(**about | other)


def test_a_gap_has_an_owner_of_the_organisation_that_asks():
    table = lay_table()
    made = gap(table, owner=table.joris)
    assert last("create_gap").detail == {"round": table.round.pk, "person": table.joris.pk}

    colleague = person("Cor", table.team)  # of the organisation, but not at the table
    for wrong in (table.samira, colleague):
        with pytest.raises(ValidationError) as refusal:
            gap(table, owner=wrong)
        assert refusal.value.code == "owner"

    about = {"what": made.what, "whom": "de school", "before": None}
    gaps.edit_gap(by=table.samira, gap=made, version=1, organisation=table.town, owner=table.samira, **about)
    assert (made.owner, made.whom) == (table.samira, "de school")
    assert last("edit_gap").detail == {"version": 2, "person": table.samira.pk}
    with pytest.raises(EditConflict):
        gaps.edit_gap(by=table.samira, gap=made, version=1, organisation=table.town, **about)
    with pytest.raises(PermissionDenied):
        gaps.edit_gap(by=table.joris, gap=made, version=2, organisation=table.town, **about)
    with pytest.raises(ValidationError):
        gap(table, whom="bel 06 12345678")


def test_a_task_waits_for_its_owner_and_says_when_it_is_late():
    table = lay_table()
    colleague = person("Cor", table.team)
    team.add_to_team(by=table.samira, round=table.round, person=colleague, role=Role.CORE_MEMBER)
    gap(table, owner=table.joris, before=timezone.localdate() - timedelta(days=1))
    gap(table, what="Wie weet het?")

    def titles(who):
        return [str(task.title) for task in panels.tasks(who)]

    assert titles(table.joris) == ["Te laat: antwoord ophalen", "Antwoord ophalen"]
    assert titles(colleague) == ["Antwoord ophalen"]
    assert titles(table.samira) == []


def test_whose_voice_is_missing_says_people_ways_and_organisations():
    table = lay_table()
    keys = [each.key for each in missing.missing_voices(table.round, table.joris)]
    assert {"who:bewoner", "age:75+", "source:interview", f"organisation:{table.team.pk}"} <= set(keys)

    story(table.joris, table.round, who="bewoner", age="75+", source="interview")
    story(table.samira, table.round, who="ondernemer", circle=table.town.circle)  # for the own organisation only
    claims.create_claim(by=table.joris, round=table.round, text="Het plein is stil")
    found = {each.key: each for each in missing.missing_voices(table.round, table.samira)}
    assert not {"who:bewoner", "age:75+", "source:interview", f"organisation:{table.team.pk}"} & set(found)
    assert found["who:ondernemer"].text == "Er is nog geen verhaal van ondernemers."
    assert found[f"organisation:{table.town.pk}"].text == "Van Gemeente is er nog geen verhaal of stelling."


def test_a_missing_voice_becomes_a_task_of_ones_own_in_one_tap(client):
    table = lay_table()
    client.force_login(table.joris)
    url = "/rondes/weverskwartier/vragen/stem/"

    client.post(url, {"stem": "who:ondernemer"})

    made = Gap.objects.get()
    assert (made.owner, made.organisation, made.whom) == (table.joris, table.team, "ondernemers")
    assert made.before == timezone.localdate() + timedelta(days=14)
    assert client.post(url, {"stem": "who:ondernemer"}).status_code == 404  # it is on the list already
    assert client.post(url, {"stem": "who:koning"}).status_code == 404
    client.force_login(ring_member(table))
    assert client.post(url, {"stem": "who:vrijwilliger"}).status_code == 403
    assert Gap.objects.count() == 1


def test_the_step_shows_what_to_talk_about_and_the_claim_goes_on_the_agenda_from_its_page(client):
    table = lay_table()
    claim, soon = claim_with(table, ["ja"], ["nee"]), meeting(table)
    client.force_login(table.joris)

    step = client.get("/rondes/weverskwartier/stap/3/").content.decode()
    assert "De meeste cijfers steunen de stelling, maar de meeste verhalen spreken deze tegen." in step
    assert "Er is nog geen verhaal van ondernemers." in step
    address = f"/rondes/weverskwartier/uitspraken/{claim.pk}/agenda/"
    client.post(address, {"bijeenkomst": soon.pk, "version": claim.version})
    assert Claim.objects.get().talk_at == soon

    answer = client.post(address, {"bijeenkomst": "", "version": 7}, follow=True).content.decode()
    assert "Iemand heeft deze stelling zojuist aangepast" in answer
    assert Claim.objects.get().talk_at == soon
    assert client.post(address, {"bijeenkomst": "99999", "version": "2"}).status_code == 404

    client.post(f"/rondes/weverskwartier/uitspraken/{claim.pk}/later/")
    assert table.round.parked.get().claim == claim
    assert last("park") is not None
