"""Partners' deliveries: kept for the own organisation, shared through the gate, withdrawn, answered before a release."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.intake.matching import chosen
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets import actions, rules
from buurtbalans.method.datasets.models import Delivery, DeliveryCount, DeliveryState, Draft
from buurtbalans.method.datasets.queries import deliveries, drafts
from buurtbalans.method.people.models import Person
from tests.method.deliveries import ANSWERS, CODES, VALUES, agreed, draft, kept, last, refresh, shared, table
from tests.site.people_fixtures import World


@pytest.fixture
def mine(world: World, data: Path) -> Person:
    """A member of a core group who works for a housing corporation."""
    return world["core_member"]


# who


def test_data_stewards_and_members_deliver_for_their_own_organisation(world: World) -> None:
    able = set()
    for name, person in world.people.items():
        try:
            assert rules.require_may_deliver(person) == person.organisation
            able.add(name)
        except PermissionDenied:
            continue
    assert able == {
        "data_steward",
        "member",
        "core_member",
        "process_guide",
        "foreign_guide",
        "foreign_core",
        "foreign_ring",
    }


def test_one_shares_with_the_core_group_and_the_ring_of_ones_own_rounds(world: World) -> None:
    assert rules.audiences(world["core_member"]) == [world.core["own"], world.ring["own"]]
    assert rules.audiences(world["member"]) == []
    assert rules.audiences(world["ring_member"]) == []


# drafts


def test_a_draft_is_of_its_sender(mine: Person, world: World) -> None:
    one = draft(mine)
    assert last() == ("datasets.start_draft", f"datasets.draft:{one.pk}")
    for name, person in world.people.items():
        assert Draft.objects.visible_to(person).filter(pk=one.pk).exists() == (name == "core_member")


def test_names_never_reach_the_database(mine: Person) -> None:
    upload = table({CODES[0]: 12, CODES[1]: 30}, "buurtcode;jaar;hulp")
    upload.header.append("contact")
    for cells in upload.rows:
        cells.append("Jan Jansen")
    one = actions.start_draft(by=mine, upload=upload, title="x")
    one.refresh_from_db()
    assert "Jansen" not in str(one.table) + str(one.choices)


def test_rows_of_people_are_refused_and_leave_nothing(mine: Person) -> None:
    with pytest.raises(Refused, match="één rij per persoon"):
        actions.start_draft(by=mine, upload=table({CODES[0]: "111222333"}, "buurtcode;jaar;bsn"), title="x")
    assert not Draft.objects.exists()


def test_a_draft_of_yesterday_is_erased_by_the_next_one(mine: Person) -> None:
    old = draft(mine)
    Draft.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(hours=25))
    draft(mine)
    assert Draft.objects.count() == 1
    row = AuditRow.objects.last()
    assert row is not None
    assert row.detail["erased"] == 1


def test_choices_are_kept_by_the_sender_only(mine: Person, world: World) -> None:
    one = draft(mine)
    choices = chosen(one.choices)
    choices.names[2] = "Huishoudens met hulp"
    actions.choose(by=mine, draft=one, choices=choices)
    assert last() == ("datasets.choose", f"datasets.draft:{one.pk}")
    for write in (actions.discard, actions.keep, lambda **two: actions.choose(choices=choices, **two)):
        with pytest.raises(PermissionDenied):
            write(by=world["member"], draft=one)


def test_a_draft_can_be_thrown_away(mine: Person) -> None:
    one = draft(mine)
    actions.discard(by=mine, draft=one)
    assert last()[0] == "datasets.discard"
    assert not Draft.objects.exists()


# keeping


def test_keeping_leaves_counts_for_the_own_organisation_and_erases_the_table(mine: Person) -> None:
    one = kept(mine)
    assert (one.state, one.circle, one.for_all) == (DeliveryState.READ, mine.organisation.circle, False)  # type: ignore[union-attr]
    assert one.source == "woonstede:hulp-bij-schulden"
    assert {row.area: row.value for row in one.counts.all()} == VALUES
    assert not Draft.objects.exists()
    assert last() == ("datasets.keep", f"datasets.delivery:{one.pk}")


def test_what_must_be_solved_first_is_told(mine: Person) -> None:
    one = draft(mine, {CODES[0]: ""} | {code: 20 for code in CODES[1:3]})
    with pytest.raises(Refused, match="Waarom is er geen cijfer"):
        actions.keep(by=mine, draft=one)
    choices = chosen(one.choices)
    choices.reasons[2] = Absence.NOT_MEASURED
    actions.choose(by=mine, draft=one, choices=choices)
    counts = actions.keep(by=mine, draft=one).counts
    assert counts.get(area=CODES[0]).absence == "not_measured"


def test_the_glance_compares_with_what_was_delivered_before(mine: Person) -> None:
    kept(mine, {CODES[0]: 41, CODES[1]: 20, CODES[2]: 30})
    seen = drafts.draft_check(draft(mine, {CODES[0]: 44, CODES[1]: 20, CODES[3]: 9}))
    assert [(word, n) for word, n, _ in seen.changes] == [("nieuw", 1), ("anders", 1), ("weg", 1)]
    assert seen.changes[1][2] == [
        (CODES[0], Key("hulp", CODES[0], 2025, 2025), Count(41), Count(44)),
    ]
    assert {str(audience): view.hidden for audience, view in seen.audience_views.items()} == {
        "core": 2,
        "ring": 2,
        "public": 2,
    }


def test_a_draft_says_of_each_audience_what_the_delivery_says_after_it(mine: Person) -> None:
    values = {CODES[0]: 14, **dict(zip(CODES[1:5], (3, 7, 9, 5), strict=True)), CODES[5]: 1_500, CODES[6]: 4_000}
    one = draft(mine, values)
    before = drafts.draft_check(one).audience_views
    after, _rows = deliveries.audience_views(actions.keep(by=mine, draft=one))
    assert [(view.audience, view.hidden, view.about) for view in after] == [
        (view.audience, view.hidden, view.about) for view in before.values()
    ]
    assert [view.hidden for view in after] == [4, 4, 5]


def test_a_withdrawn_delivery_is_not_compared_with(mine: Person) -> None:
    actions.withdraw_delivery(by=mine, delivery=kept(mine), version=1)
    assert deliveries.delivered_before(mine.organisation) == {}  # type: ignore[arg-type]


# who sees what


def viewers(world: World, delivery: Delivery) -> set[str]:
    return {name for name, person in world.people.items() if Delivery.objects.visible_to(person).filter(pk=delivery.pk)}


OWN = {"data_steward", "member", "core_member"}
CORE = {"process_guide"}
OTHERS = {"foreign_guide", "foreign_core", "foreign_ring"}


def test_until_it_is_shared_only_the_own_organisation_sees_it(mine: Person, world: World) -> None:
    assert viewers(world, kept(mine)) == OWN


def test_a_core_group_sees_it_and_nobody_else(mine: Person, world: World) -> None:
    assert viewers(world, shared(mine, world.core["own"])) == OWN | CORE


def test_all_organisations_see_it_and_not_everybody(mine: Person, world: World) -> None:
    assert viewers(world, shared(mine, None)) == OWN | CORE | OTHERS


def test_others_see_what_passed_the_gate(mine: Person, world: World) -> None:
    one = shared(mine, world.core["own"])
    own = deliveries.seen_by(mine, one)
    other = deliveries.seen_by(world["process_guide"], one)
    assert {key.area: count.value for key, count in own.items()} == VALUES
    assert {key.area: str(count.absence or count.value) for key, count in other.items()} == {
        CODES[0]: "too_few",
        CODES[1]: "987654",
        CODES[2]: "protects_another",
        CODES[3]: "150",
    }


def test_what_is_shown_was_frozen_when_it_was_shared(mine: Person, world: World) -> None:
    one = kept(mine)
    told = {view.audience: view.counts for view in deliveries.audience_views(one)[0]}
    actions.share(by=mine, delivery=agreed(one, world.core["own"]), circle=world.core["own"], version=1, **ANSWERS)
    one.counts.filter(value=150).update(value=151)  # whatever happens inside, outside it stays as it was
    assert deliveries.shown_to(one, Audience.CORE) == told[Audience.CORE]
    assert deliveries.seen_by(world["process_guide"], one) == told[Audience.CORE]


WIDE = {CODES[0]: 3, CODES[1]: 14, CODES[2]: 987_654, CODES[3]: 153, CODES[4]: 61, CODES[5]: 88}


def told(viewer: Person, delivery: Delivery) -> dict[str, str]:
    seen = deliveries.seen_by(viewer, delivery)
    return {
        key.area: str(count.absence or (f"±{count.value}" if count.step > 1 else count.value))
        for key, count in seen.items()
    }


def test_the_wider_the_circle_the_stricter_the_view(mine: Person, world: World) -> None:
    one = kept(mine, WIDE)
    core, ring, everybody = deliveries.audience_views(one)[0]
    assert core.hidden == ring.hidden <= everybody.hidden
    assert core.about == 0
    assert ring.about > 0
    assert core.counts[Key("hulp", CODES[1], 2025, 2025)].value in (14, None)
    assert everybody.counts[Key("hulp", CODES[1], 2025, 2025)].value is None
    assert ring.counts[Key("hulp", CODES[2], 2025, 2025)] == Count(987_655, None, 5)
    for row in deliveries.audience_views(one)[1]:
        seen = [count.value is not None for count in row.others]
        assert seen == sorted(seen, reverse=True)  # nobody wide sees what a narrow circle does not


def test_sharing_with_a_ring_shows_the_ring_view_to_core_and_ring(mine: Person, world: World) -> None:
    one = kept(mine, WIDE)
    actions.share(by=mine, delivery=agreed(one, world.ring["own"]), circle=world.ring["own"], version=1, **ANSWERS)
    assert one.uses.get().level == "ring"
    assert viewers(world, one) == OWN | CORE | {"ring_member", "guest"}
    for name in ("process_guide", "ring_member"):
        assert told(world[name], one)[CODES[2]] == "±987655"


def test_widening_keeps_the_narrow_view_for_who_had_it(mine: Person, world: World) -> None:
    one = kept(mine, WIDE)
    actions.share(by=mine, delivery=agreed(one, world.core["own"]), circle=world.core["own"], version=1, **ANSWERS)
    before = told(world["process_guide"], one)
    actions.share(by=mine, delivery=refresh(one), circle=None, version=2, **ANSWERS)
    assert told(world["process_guide"], one) == before
    assert before[CODES[2]] == "987654"
    wide = told(world["foreign_guide"], one)
    assert wide[CODES[2]] == "±987655"
    assert wide[CODES[1]] in ("too_few", "protects_another")
    row = AuditRow.objects.last()
    assert row is not None
    assert (row.verb, row.detail["level"], one.uses.count()) == ("datasets.share", "iedereen", 2)
    again = deliveries.audience_views(one)[0]
    assert [view.since for view in again] == [True, False, True]


def test_who_sees_nothing_of_it_gets_reasons_and_no_values(mine: Person, world: World) -> None:
    one = shared(mine, world.core["own"], values=WIDE)
    assert set(told(world["foreign_guide"], one).values()) == {"not_shared"}
    assert deliveries.level_for(world["foreign_guide"], one) is None


def test_a_correction_shows_no_small_change(mine: Person, world: World) -> None:
    shared(mine, None, values={CODES[0]: 30, CODES[1]: 40, CODES[2]: 100})
    later = shared(mine, world.core["own"], values={CODES[0]: 33, CODES[1]: 40, CODES[2]: 100})
    assert told(world["process_guide"], later)[CODES[0]] == "30"


def test_other_areas_than_before_are_not_shared(mine: Person, world: World) -> None:
    shared(mine, None)
    one = kept(mine, {CODES[0]: 30, CODES[1]: 40})
    with pytest.raises(Refused, match="andere gebieden"):
        actions.share(by=mine, delivery=one, circle=None, version=1, **ANSWERS)
    assert refresh(one).state == DeliveryState.READ


def test_sharing_leaves_four_answers_and_an_audit_row(mine: Person, world: World) -> None:
    one = shared(mine, world.core["own"])
    use = one.uses.get()
    assert (use.legal, use.decides, use.audience, use.by) == ("ja", "manager", world.core["own"].name, mine)
    assert last() == ("datasets.share", f"datasets.delivery:{one.pk}")


def test_only_the_own_organisation_shares_and_only_with_its_rounds(mine: Person, world: World) -> None:
    one = kept(mine)
    for by, circle in (
        (world["foreign_core"], world.core["foreign"]),
        (mine, world.core["foreign"]),
        (mine, world.ring["foreign"]),
    ):
        with pytest.raises(PermissionDenied):
            actions.share(by=by, delivery=one, circle=circle, version=1, **ANSWERS)


def test_withdrawing_hides_it_at_once_and_can_be_undone(mine: Person, world: World) -> None:
    one = shared(mine, world.core["own"])
    actions.withdraw_delivery(by=mine, delivery=one, version=2)
    assert last()[0] == "datasets.withdraw_delivery"
    assert viewers(world, one) == OWN
    with pytest.raises(ValidationError, match="ingetrokken"):
        actions.share(by=mine, delivery=one, circle=None, version=3, **ANSWERS)
    actions.restore_delivery(by=mine, delivery=one, version=3)
    assert last()[0] == "datasets.restore_delivery"
    assert viewers(world, one) == OWN | CORE


def test_a_delivery_that_was_never_shared_comes_back_as_it_was(mine: Person) -> None:
    one = actions.withdraw_delivery(by=mine, delivery=kept(mine), version=1)
    assert actions.restore_delivery(by=mine, delivery=one, version=2).state == DeliveryState.READ


def test_others_do_not_withdraw_and_two_at_once_is_told(mine: Person, world: World) -> None:
    one = kept(mine)
    for write in (actions.withdraw_delivery, actions.restore_delivery):
        with pytest.raises(PermissionDenied):
            write(by=world["foreign_guide"], delivery=one, version=1)
        with pytest.raises(ValidationError, match="collega"):
            write(by=mine, delivery=one, version=9)


# the database itself


@pytest.mark.parametrize("fields", [{"value": None, "absence": ""}, {"value": 3, "absence": "too_few"}, {"value": -1}])
def test_the_database_refuses_a_count_that_is_none(mine: Person, fields: dict[str, object]) -> None:
    one = kept(mine)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryCount.objects.create(delivery=one, indicator="x", area=CODES[0], division=2025, period=2025, **fields)
