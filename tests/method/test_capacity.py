"""What an area can carry: proposed by one organisation, held once another agrees, looked at again, and never closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.method.base.models import AuditRow, EditConflict, PastVersion
from buurtbalans.method.capacities import actions, models, panels, queries, rules
from buurtbalans.method.capacities.models import Capacity, CapacityVoice, Support
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.plans.actions import efforts
from buurtbalans.method.rounds.actions import round as round_actions
from buurtbalans.method.rounds.actions import team
from tests.method.table import agreed_effort, agreed_result, judged_claim, lay_table, organisation, person, ring_member

pytestmark = pytest.mark.django_db
HERE = "BU99990301"
SOON = timedelta(days=200)


@pytest.fixture
def table():
    laid = lay_table()
    laid.claim = judged_claim(laid)
    return laid


def last(verb):
    return AuditRow.objects.filter(verb=f"capacities.{verb}").last()


def proposed(table, **other):
    """Return what Joris of the neighbourhood team proposes: 10 to 14 are carried, 5 to 9 live there."""
    given = {
        "by": table.joris,
        "round": table.round,
        "area": HERE,
        "low": 10,
        "high": 14,
        "load": "5-9",
        "room_low": 2,
        "room_high": 4,
        "reason": "Het buurthuis kan dit aan.",
        "review_on": timezone.localdate() + SOON,
        "claims": [table.claim],
    }
    return actions.propose_capacity(**given | other)


def agreed(table, **other):
    """Return a proposal that the municipality agreed."""
    made = proposed(table, **other)
    actions.answer_capacity(by=table.samira, capacity=made, stance="eens")
    made.refresh_from_db()
    return made


def support(table, **other):
    """Return guidance that falls short."""
    given = {
        "by": table.joris,
        "round": table.round,
        "kind": "begeleiding",
        "what": "Begeleiding aan huis",
        "who": "De Brug",
        "unit": "uur per week",
        "need_low": 14,
        "need_high": 18,
        "have": 12,
        "reason": "De wachtlijst groeit.",
        "review_on": timezone.localdate() + SOON,
        "claims": [table.claim],
    }
    return actions.set_support(**given | other)


def test_a_proposal_holds_once_another_organisation_agrees(table):
    made = proposed(table)
    assert last("propose_capacity").about == f"capacities.capacity:{made.pk}"
    assert not Capacity.objects.agreed().exists()
    assert [str(task.title) for task in panels.tasks(table.samira)] == ["Mening geven over de plaatsingsruimte"]
    assert panels.tasks(table.joris) == []

    voice = actions.answer_capacity(by=table.samira, capacity=made, stance="eens")

    assert [one.room for one in Capacity.objects.agreed()] == [(2, 4)]
    row = last("answer_capacity")
    assert (row.actor, row.about) == (table.samira, f"capacities.capacityvoice:{voice.pk}")
    assert panels.tasks(table.samira) == []


def test_who_disagrees_says_why_and_stays_readable_and_holds_nothing(table):
    made = proposed(table)
    with pytest.raises(ValidationError) as refusal:
        actions.answer_capacity(by=table.samira, capacity=made, stance="oneens")
    assert refusal.value.code == "no_words"
    with pytest.raises(ValidationError) as refusal:
        actions.answer_capacity(by=table.samira, capacity=made, stance="misschien")
    assert refusal.value.code == "stance"
    voice = actions.answer_capacity(by=table.samira, capacity=made, stance="oneens", words="Eerst de lampen.")
    assert not Capacity.objects.agreed().exists()
    actions.answer_capacity(by=table.samira, capacity=made, stance="eens", version=voice.version)
    assert Capacity.objects.agreed().exists()
    assert PastVersion.objects.get(about=voice.label).fields["words"] == "Eerst de lampen."


def test_nobody_agrees_with_oneself_and_who_is_not_at_the_table_says_nothing(table):
    made = proposed(table)
    colleague = person("Jet", table.team)
    team.add_to_team(by=table.samira, round=table.round, person=colleague, role=Role.CORE_MEMBER)
    for stranger in (table.joris, colleague, table.noor, ring_member(table)):
        with pytest.raises(PermissionDenied):
            actions.answer_capacity(by=stranger, capacity=made, stance="eens")
    assert not CapacityVoice.objects.exists()


def test_who_is_not_in_the_core_group_proposes_and_changes_nothing(table):
    made, kept = proposed(table), support(table)
    day = timezone.localdate() + SOON
    for stranger in (table.noor, ring_member(table)):
        for refused in (
            lambda by: proposed(table, by=by),
            lambda by: actions.edit_capacity(by=by, capacity=made, version=made.version, low=11),
            lambda by: actions.review_capacity(by=by, capacity=made, version=made.version, review_on=day),
            lambda by: actions.withdraw_capacity(by=by, capacity=made),
            lambda by: actions.restore_capacity(by=by, capacity=made),
            lambda by: support(table, by=by),
            lambda by: actions.edit_support(by=by, support=kept, version=kept.version, have=1),
            lambda by: actions.withdraw_support(by=by, support=kept),
            lambda by: actions.restore_support(by=by, support=kept),
        ):
            with pytest.raises(PermissionDenied):
                refused(stranger)
    assert AuditRow.objects.filter(verb__startswith="capacities.").count() == 2


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"area": "BU99990302"}, "elsewhere"),
        ({"reason": "  "}, "no_reason"),
        ({"reason": "Bel 0612345678"}, "traces"),
        ({"claims": []}, "rests_on_nothing"),
        ({"load": "zeven"}, "load"),
        ({"low": 0}, "range"),
        ({"low": 15}, "range"),
        ({"room_low": 0}, "closed"),
        ({"room_high": 10}, "room"),
        ({"room_low": 5}, "room"),
        ({"review_on": timezone.localdate()}, "review"),
        ({"review_on": timezone.localdate() + timedelta(days=800)}, "review"),
    ],
)
def test_a_proposal_that_cannot_be_is_refused(table, other, code):
    with pytest.raises(ValidationError) as refusal:
        proposed(table, **other)
    assert refusal.value.code == code
    assert not Capacity.objects.exists()


def test_room_is_at_least_one_whatever_lives_there(table):
    made = agreed(table, low=3, high=4, load="50-", room_low=None, room_high=None)
    assert (made.room, made.headroom()) == ((1, 1), 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Capacity.objects.filter(pk=made.pk).update(room_low=0)
    for load in models.Load.values:
        for low in (1, 7, 30, 100):
            room = models.room_between(low, low + 5, load)
            assert 1 <= room.low <= room.high


def test_without_a_room_of_its_own_a_proposal_has_the_widest(table):
    assert proposed(table, room_low=None, room_high=None).room == (1, 9)


def test_what_was_agreed_is_superseded_by_a_new_proposal_and_stays_readable(table):
    first = agreed(table)
    with pytest.raises(ValidationError) as refusal:
        actions.edit_capacity(by=table.joris, capacity=first, version=first.version, low=11)
    assert refusal.value.code == "agreed"

    second = proposed(table, by=table.samira, room_low=3, room_high=6, reason="De lampen doen het weer.")
    assert second.supersedes == first
    assert [one.pk for one in Capacity.objects.agreed()] == [first.pk]
    actions.answer_capacity(by=table.joris, capacity=second, stance="eens")
    assert [one.pk for one in Capacity.objects.agreed()] == [second.pk]
    line = queries.lines_of(table.round, table.joris)[0]
    assert (line.held, line.earlier, line.proposed) == (second, [first], [])
    with pytest.raises(ValidationError) as refusal:
        actions.review_capacity(
            by=table.joris, capacity=first, version=first.version, review_on=timezone.localdate() + SOON
        )
    assert refusal.value.code == "not_held"


def test_taking_away_what_holds_brings_back_what_held_before_and_can_be_undone(table):
    first = agreed(table)
    second = agreed(table, room_low=3)
    third = agreed(table, room_low=4)
    for gone, holds in ((second, third), (third, first)):
        actions.withdraw_capacity(by=table.joris, capacity=gone)
        assert [one.pk for one in Capacity.objects.agreed()] == [holds.pk]
    assert last("withdraw_capacity").about == f"capacities.capacity:{third.pk}"
    with pytest.raises(ValidationError):
        actions.withdraw_capacity(by=table.joris, capacity=third)
    actions.restore_capacity(by=table.joris, capacity=third)
    assert [one.pk for one in Capacity.objects.agreed()] == [third.pk]
    assert last("restore_capacity")
    with pytest.raises(ValidationError):
        actions.restore_capacity(by=table.joris, capacity=third)


def test_a_proposal_is_changed_by_its_organisation_and_voices_say_that_they_are_of_before(table):
    made = proposed(table)
    actions.answer_capacity(by=table.samira, capacity=made, stance="oneens", words="Te veel.")
    made.refresh_from_db()
    assert not CapacityVoice.objects.get().outdated
    actions.edit_capacity(by=table.joris, capacity=made, version=made.version, room_high=3)
    assert (made.room, CapacityVoice.objects.get().outdated) == ((2, 3), True)
    assert last("edit_capacity").about == f"capacities.capacity:{made.pk}"
    with pytest.raises(EditConflict):
        actions.edit_capacity(by=table.joris, capacity=made, version=1, room_high=4)
    other = proposed(table, by=table.samira)
    with pytest.raises(PermissionDenied):
        actions.edit_capacity(by=table.joris, capacity=other, version=other.version, room_high=3)


def test_the_lowest_counts_when_nobody_looked_again_or_an_effort_does_not_stand(table):
    made = agreed(table)
    assert (made.headroom(), queries.why_headroom(made, timezone.localdate())) == (3, "het midden van 2–4")
    late = made.review_on + timedelta(days=1)
    assert made.headroom(late) == 2
    assert "opnieuw bekeken" in queries.why_headroom(made, late)

    effort = agreed_effort(table, agreed_result(table, table.claim))
    waits = agreed(table, efforts=[effort])
    assert (waits.headroom(), waits.waiting_for) == (2, [effort])
    assert "een actie die eerst nodig is, loopt nog niet" in queries.why_headroom(waits, timezone.localdate())
    efforts.report_effort(
        by=table.joris,
        effort=effort,
        version=effort.version,
        state="loopt",
        since=timezone.localdate(),
        first_sign="20 bezoekers",
    )
    assert Capacity.objects.get(pk=waits.pk).headroom() == 3
    efforts.withdraw_effort(by=table.joris, effort=effort)
    assert Capacity.objects.get(pk=waits.pk).headroom() == 2


def test_an_effort_of_another_round_is_refused(table):
    effort = agreed_effort(table, agreed_result(table, table.claim))
    other = round_actions.start_round(
        by=table.samira, neighbourhood=table.place, occasion="x", question="y", scope="smal", release="r1"
    )
    with pytest.raises(ValidationError) as refusal:
        rules.require_efforts_of([effort], other)
    assert refusal.value.code == "elsewhere"


def test_looking_again_gives_a_new_day_and_asks_for_it_in_time(table):
    made = agreed(table)
    assert panels.tasks(table.joris) == []
    Capacity.objects.filter(pk=made.pk).update(review_on=timezone.localdate() + timedelta(days=9))
    assert [str(task.title) for task in panels.tasks(table.joris)] == ["Plaatsingsruimte opnieuw bekijken"]
    day = timezone.localdate() + SOON
    actions.review_capacity(by=table.samira, capacity=made, version=made.version, review_on=day)
    assert ["opnieuw bekijken op", day.isoformat()] in [list(fact) for fact in last("review_capacity").facts]
    assert panels.tasks(table.joris) == []


def test_only_who_sits_at_the_table_counts_with_what_was_agreed(table):
    made = agreed(table)
    expected = queries.Held(made.pk, 3, 2, 4, "het midden van 2–4", "Weverskwartier", made.review_on)
    assert queries.held_for(table.team) == queries.held_for(table.town) == {HERE: expected}
    assert queries.held_for(table.other) == {}
    ring_member(table)
    assert queries.held_for(organisation("Leeg")) == {}
    table.round.withdraw(by=table.samira)
    assert queries.held_for(table.team) == {}


def test_support_says_what_falls_short(table):
    made = support(table)
    assert (made.short, queries.short_words(made)) == ((2, 6), "Er is 2–6 uur per week te weinig beschikbaar.")
    assert last("set_support").about == f"capacities.support:{made.pk}"
    actions.edit_support(by=table.samira, support=made, version=made.version, have=16)
    assert queries.short_words(made) == "Dat kan te weinig zijn: het tekort loopt op tot 2 uur per week."
    assert last("edit_support")
    actions.edit_support(by=table.samira, support=made, version=made.version, have=20)
    assert queries.short_words(made) == "Daarmee is er genoeg ondersteuning voor dit gebied."
    with pytest.raises(EditConflict):
        actions.edit_support(by=table.samira, support=made, version=1, have=20)
    actions.withdraw_support(by=table.joris, support=made)
    assert not Support.objects.exists()
    actions.restore_support(by=table.joris, support=made)
    assert Support.objects.get() == made
    assert last("withdraw_support")
    assert last("restore_support")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"kind": "geld"}, "kind"),
        ({"need_low": 20}, "range"),
        ({"have": -1}, "range"),
        ({"reason": ""}, "no_reason"),
        ({"who": "jan@post.nl"}, "traces"),
        ({"claims": []}, "rests_on_nothing"),
        ({"area": "BU99990302"}, "elsewhere"),
        ({"review_on": timezone.localdate()}, "review"),
    ],
)
def test_support_that_cannot_be_is_refused(table, other, code):
    with pytest.raises(ValidationError) as refusal:
        support(table, **other)
    assert refusal.value.code == code
    assert not Support.objects.exists()


def test_the_chain_tells_what_each_rests_on(table):
    effort = agreed_effort(table, agreed_result(table, table.claim))
    agreed(table, efforts=[effort])
    support(table)
    told = queries.chain(table.round, table.joris)
    assert [one["rests_on"] for one in told["capacities"]] == [[f"claim:{table.claim.pk}", f"effort:{effort.pk}"]]
    assert (told["capacities"][0]["holds"], told["capacities"][0]["room"]) == (True, [2, 4])
    assert told["capacities"][0]["voices"] == [{"organisation": "Gemeente", "stance": "eens", "words": ""}]
    assert [one["short"] for one in told["supports"]] == [[2, 6]]
    assert queries.chain(table.round, table.noor) == {"capacities": [], "supports": []}


def test_a_round_speaks_for_its_areas_and_for_what_lies_in_them_whole(table, monkeypatch):
    other = Area("BU99990302", "Bloemhof", AreaLevel.BUURT, 2025, "WK999903")
    here = Area(HERE, "Weverskwartier", AreaLevel.BUURT, 2025, "WK999903")
    wijk = Area("WK999903", "Zuid", AreaLevel.WIJK, 2025, "GM9999")
    town = Area("GM9999", "Waterdam", AreaLevel.GEMEENTE, 2025, "")
    monkeypatch.setattr(rules, "borders_of", lambda round: Division(2025, [town, wijk, here, other]))
    assert rules.areas_of(table.round) == {HERE: "Weverskwartier"}
    monkeypatch.setattr(rules, "borders_of", lambda round: Division(2025, [town, wijk, here]))
    assert rules.areas_of(table.round) == {HERE: "Weverskwartier", "WK999903": "Zuid"}
    agreed(table)
    assert agreed(table, area="WK999903", room_high=9).area == "WK999903"
    assert set(queries.held_for(table.team)) == {HERE, "WK999903"}
