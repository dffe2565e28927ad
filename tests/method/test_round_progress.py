"""How a round goes on: points to look at, the list for later, the end, the round after it, the page for who is new."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from buurtbalans.method.base.models import AuditRow, EditConflict
from buurtbalans.method.rounds.actions import onward, round
from buurtbalans.method.rounds.models import Parked, Round, Score
from buurtbalans.method.rounds.queries import onward as onward_queries
from buurtbalans.method.rounds.queries import round as round_queries
from buurtbalans.method.rounds.queries import team
from buurtbalans.method.rounds.steps import POINTS, READINESS, STEPS
from tests.method.table import judged_claim, lay_table, ring_member

pytestmark = pytest.mark.django_db
CLOSED = {"reached": "Het plein is weer van iedereen.", "onward": "De kookgroep gaat door."}


@pytest.fixture
def table():
    return lay_table()


def last(verb):
    return AuditRow.objects.filter(verb=f"rounds.{verb}").last()


def test_every_step_has_three_or_four_points_with_five_levels_and_the_start_has_nine():
    assert {3, 4} >= {len(step.benchmarks) for step in STEPS}
    assert 8 <= len(READINESS) <= 10
    assert all(len(set(map(str, point.levels))) == 5 and point.helps for point in POINTS.values())
    assert len(POINTS) == len(READINESS) + sum(len(step.benchmarks) for step in STEPS)
    assert max(len(str(text).split()) for point in POINTS.values() for text in (*point.levels, point.helps)) <= 15


def test_a_point_says_how_far_the_group_is_and_what_helps_and_locks_nothing(table):
    row = onward_queries.points(table.round, 3)[0]
    assert (row.score, row.meaning, onward_queries.weakest([row])) == (None, "", None)

    onward.score(by=table.samira, round=table.round, point="stap3-bewijs", level=3)
    onward.score(by=table.samira, round=table.round, point="stap3-open", level=1, note="Twee vragen.")

    rows = onward_queries.points(table.round, 3)
    assert [row.score and row.score.level for row in rows] == [None, 3, 1]
    assert str(onward_queries.weakest(rows).point.helps) == "Zet bij elke open vraag een naam en een datum."
    assert last("score").detail == {"point": "stap3-open", "level": 1}
    onward.score(by=table.samira, round=table.round, point="stap3-open", level=4, version=1)
    assert onward_queries.weakest(onward_queries.points(table.round, 3)).point.slug == "stap3-bewijs"
    row = table.round.steps.get(number=6)
    round.update_step(by=table.samira, round=table.round, number=6, version=row.version, state="nu")


def test_a_point_is_declared_its_level_is_nought_to_four_and_only_the_guide_writes_it(table):
    for point, level in (("onzin", 1), ("stap3-open", 5), ("stap3-open", -1)):
        with pytest.raises(ValidationError):
            onward.score(by=table.samira, round=table.round, point=point, level=level)
    for other in (table.joris, table.noor):
        with pytest.raises(PermissionDenied):
            onward.score(by=other, round=table.round, point="stap3-open", level=1)
    onward.score(by=table.samira, round=table.round, point="stap3-open", level=1)
    with pytest.raises(EditConflict):
        onward.score(by=table.samira, round=table.round, point="stap3-open", level=2)
    assert Score.objects.get().level == 1


def test_saving_a_point_leads_to_the_next_one_that_nobody_looked_at(table, client):
    client.force_login(table.samira)
    urls = [row.url for row in onward_queries.points(table.round, 0)]

    answer = client.post(urls[1], {"level": "3", "note": "Bijna.", "version": "0"})

    assert answer.url == urls[0]
    for url in urls:
        version = 1 if url == urls[1] else 0
        answer = client.post(url, {"level": "4", "version": version})
    assert answer.url == reverse("rounds:points", args=[table.round.slug, 0])
    assert client.get(urls[0].replace("begin-", "onzin-")).status_code == 404
    assert client.get(reverse("rounds:points", args=[table.round.slug, 7])).status_code == 404
    assert "Bijna." not in client.get(answer.url).content.decode()


def test_something_waits_for_another_time_and_can_come_off_the_list(table, client):
    claim = judged_claim(table)
    item = onward.park(by=table.joris, round=table.round, text="Fietsen in de portieken", why="Een andere vraag.")
    onward.park(by=table.joris, round=table.round, text=claim.text, claim=claim)

    assert [each.text for each in onward_queries.parked_items(table.round, table.samira)] == [item.text, claim.text]
    assert last("park").detail == {"round": table.round.pk}
    assert list(onward_queries.parked_items(table.round, ring_member(table))) == []
    client.force_login(table.joris)
    answer = client.post(reverse("rounds:withdraw_parked", args=[table.round.slug, item.pk]), follow=True)
    assert onward_queries.parked_items(table.round, table.samira).count() == 1
    client.post(next(message.extra_tags for message in answer.context["messages"]))
    assert onward_queries.parked_items(table.round, table.samira).count() == 2


def test_a_claim_is_parked_once_in_its_own_round_and_not_by_the_ring(table):
    claim, gp = judged_claim(table), ring_member(table)
    park = {"round": table.round, "text": "Later"}
    onward.park(by=table.joris, **park, claim=claim)
    second = round.start_round(
        by=table.samira, neighbourhood=table.place, occasion="", question="En nu?", scope="smal", release="r1"
    )

    for wrong in (
        lambda: onward.park(by=table.samira, **park, claim=claim),
        lambda: onward.park(by=table.samira, round=second, text="Later", claim=claim),
        lambda: onward.park(by=table.joris, round=table.round, text="Bel 06-12345678"),
    ):
        with pytest.raises(ValidationError):
            wrong()
    for other in (gp, table.noor):
        with pytest.raises(PermissionDenied):
            onward.park(by=other, **park)
    with pytest.raises(PermissionDenied):
        onward.withdraw_parked(by=gp, parked=Parked.objects.get())


def test_a_claim_is_parked_from_its_own_page(table, client):
    claim = judged_claim(table)
    client.force_login(table.joris)
    url = f"{reverse('rounds:park', args=[table.round.slug])}?uitspraak={claim.pk}"

    assert claim.text in client.get(url).content.decode()
    client.post(url, {"text": claim.text, "why": "Eerst het licht."})

    assert Parked.objects.get().claim == claim
    assert client.get(f"{url}99").status_code == 404


def test_a_round_ends_with_what_was_reached_and_can_be_opened_again(table, client):
    onward.close_round(by=table.samira, round=table.round, version=1, **CLOSED)

    assert table.round.closed_on == timezone.localdate()
    assert last("close_round").detail == {"version": 2}
    client.force_login(ring_member(table))
    page = client.get(round_queries.round_url(table.round)).content.decode()
    assert CLOSED["reached"] in page
    assert "Ronde heropenen" not in page
    onward.reopen_round(by=table.samira, round=table.round)
    assert (table.round.closed_on, table.round.reached) == (None, CLOSED["reached"])
    assert last("reopen_round").detail == {"version": 3}
    with pytest.raises(ValidationError):
        onward.reopen_round(by=table.samira, round=table.round)


def test_only_the_guide_ends_opens_and_follows_a_round_up(table):
    about = {"release": "r1", "question": "En nu?", "occasion": "", "scope": "smal"}
    for write in (
        lambda by: onward.close_round(by=by, round=table.round, version=1, **CLOSED),
        lambda by: onward.reopen_round(by=by, round=table.round),
        lambda by: onward.start_follow_up(by=by, before=table.round, **about),
    ):
        for other in (table.joris, table.noor):
            with pytest.raises(PermissionDenied):
                write(other)
    with pytest.raises(EditConflict):
        onward.close_round(by=table.samira, round=table.round, version=9, **CLOSED)
    assert Round.objects.count() == 1


def test_the_next_round_takes_people_and_what_waited_along_and_both_link(table):
    item = onward.park(by=table.joris, round=table.round, text="Fietsen in de portieken")
    onward.close_round(by=table.samira, round=table.round, version=1, **CLOSED)
    about = {"release": "r2", "question": "Waar staan de fietsen?", "occasion": "Ze staan in de weg.", "scope": "smal"}

    after = onward.start_follow_up(
        by=table.samira, before=table.round, parked=[item], core=[table.joris], ring=[ring_member(table)], **about
    )

    assert (after.follows, after.neighbourhood, after.release) == (table.round, table.place, "r2")
    assert [person.first_name for person in team.whole_team(after).everybody] == ["Samira", "Joris", "Huub"]
    assert [each.text for each in onward_queries.items_taken_over(after, table.joris)] == [item.text]
    assert onward_queries.parked_items(table.round, table.samira).count() == 0
    assert onward_queries.previous_and_next_rounds(after, table.joris) == (table.round, [])
    assert onward_queries.previous_and_next_rounds(table.round, table.joris) == (None, [after])
    assert last("start_follow_up").detail == {"before": table.round.pk, "parked": [item.pk]}
    with pytest.raises(ValidationError):
        onward.start_follow_up(by=table.samira, before=table.round, parked=[item], **about)


def test_who_is_only_in_the_old_round_does_not_see_the_new_one(table):
    gp = ring_member(table)
    after = onward.start_follow_up(
        by=table.samira, before=table.round, release="r1", question="En nu?", occasion="", scope="smal"
    )

    assert onward_queries.previous_and_next_rounds(table.round, gp) == (None, [])
    assert onward_queries.items_taken_over(after, gp) == []


def test_the_page_for_who_is_new_tells_it_in_short(table, client):
    claim = judged_claim(table)
    round.edit_round(by=table.samira, round=table.round, version=1, finding="Een hechte buurt")
    url = reverse("rounds:welcome", args=[table.round.slug])
    client.force_login(table.joris)

    page = client.get(url).content.decode()

    for text in (
        table.round.question,
        "Een hechte buurt.",
        claim.text,
        claim.reason,
        "Samira",
        "Mening over een conclusie",
    ):
        assert text in page
    assert "Er is nu geen geldige afspraak" in page
    client.force_login(ring_member(table))
    page = client.get(url).content.decode()
    assert claim.text not in page
    assert "U kiest bij elk verhaal zelf wie het mag lezen" in page
    client.force_login(table.noor)
    assert client.get(url).status_code == 404
