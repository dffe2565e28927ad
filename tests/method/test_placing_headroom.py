"""A batch counts with the headroom that was agreed in rounds, says which, and keeps counting with it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.findings import Refused
from buurtbalans.method.capacities import rules
from buurtbalans.method.capacities.actions import answer_capacity, propose_capacity, set_support
from buurtbalans.method.capacities.models import Capacity
from buurtbalans.method.people.permissions import Role
from buurtbalans.method.placements.actions.batches import import_batch, switch
from buurtbalans.method.placements.models import PlacingRoom
from buurtbalans.method.placements.queries import advice, cache, room
from buurtbalans.method.placements.queries import case as case_queries
from tests.method.placings import placer, tables
from tests.method.table import agreed_effort, agreed_result, judged_claim, lay_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]
HERE = "BU99990301"
OTHER = "BU99990902"


def laid_to_place():
    """Return a table with a judged claim, and somebody of the town who places."""
    laid = lay_table()
    laid.claim = judged_claim(laid)
    laid.placer = placer(laid.town, "pim")
    switch(by=placer(laid.town, "floor", Role.PRIVACY_OFFICER), on=True, reason="De DPIA is klaar.")
    return laid


@pytest.fixture
def table():
    return laid_to_place()


def agreed(table, **other):
    given = {
        "by": table.joris,
        "round": table.round,
        "area": HERE,
        "low": 10,
        "high": 14,
        "load": "5-9",
        "room_low": 2,
        "room_high": 4,
        "reason": "Het kan.",
        "review_on": timezone.localdate() + timedelta(days=90),
        "claims": [table.claim],
    }
    made = propose_capacity(**given | other)
    answer_capacity(by=table.samira, capacity=made, stance="eens")
    return made


def sent(areas=True, here="20"):
    """Return the tables of a batch with homes in the area of the round and one other; or without a sheet of areas."""
    told = tables()
    told["homes"] = [(line, [cell.replace("BU99990901", HERE) for cell in row]) for line, row in told["homes"]]
    told["households"] = [
        (line, [cell.replace("BU99990901", HERE) for cell in row]) for line, row in told["households"]
    ]
    told["areas"] = list(enumerate([["code", "parent", "headroom"], [HERE, "", here], [OTHER, "", "9"]], start=1))
    return told if areas else {name: rows for name, rows in told.items() if name != "areas"}


def read(table, told):
    return import_batch(by=table.placer, title="Week 48", tables=told)


def headroom(batch):
    case = case_queries.case_of(batch.files)
    return dict(zip(case.areas.codes, case.areas.headroom.tolist(), strict=True))


def test_what_was_agreed_goes_before_the_sheet_and_both_are_said(table):
    agreed(table)
    batch = read(table, sent())
    assert headroom(batch) == {HERE: 3, OTHER: 9}
    kept = PlacingRoom.objects.get()
    assert (kept.area, kept.headroom, kept.sent, kept.why) == (HERE, 3, "20", "het midden van 2–4")
    first, second = room.rooms_of(batch, case_queries.case_of(batch.files), table.placer)
    assert (first.source, first.sent, first.now) == ("Weverskwartier: het midden van 2–4", 20, None)
    assert (second.source, second.headroom) == ("", 9)


def test_without_agreement_the_sheet_counts(table):
    propose_only = agreed(table)
    Capacity.objects.filter(pk=propose_only.pk).update(agreed_at=None)
    assert headroom(read(table, sent())) == {HERE: 20, OTHER: 9}
    assert not PlacingRoom.objects.exists()


def test_without_a_sheet_everything_must_have_been_agreed(table):
    agreed(table)
    with pytest.raises(Refused) as refused:
        read(table, sent(areas=False))
    assert any(OTHER in one.what and "spreek de ruimte af" in one.todo for one in refused.value.findings)
    told = sent(areas=False)
    told["homes"] = [row for row in told["homes"] if OTHER not in row[1]]
    assert headroom(read(table, told)) == {HERE: 3}
    head = [(1, ["code", "parent", "headroom"])]
    assert headroom(read(table, told | {"areas": head})) == {HERE: 3}, "the template with nothing below its head"
    assert headroom(read(table, told | {"areas": [*head, (2, ["", " ", ""])]})) == {HERE: 3}


def test_who_is_not_at_the_table_does_not_count_with_it(table):
    agreed(table)
    far = placer(table.other, "ver")
    switch(by=placer(table.other, "fg", Role.PRIVACY_OFFICER), on=True, reason="De DPIA is klaar.")
    batch = import_batch(by=far, title="Week 48", tables=sent())
    assert headroom(batch) == {HERE: 20, OTHER: 9}


def test_a_later_agreement_changes_no_batch_that_was_read_and_is_said(table):
    agreed(table)
    batch = read(table, sent())
    seal = batch.advices.get().seal
    agreed(table, room_low=5, room_high=7)
    batch.refresh_from_db()
    cache.forget()
    assert headroom(batch)[HERE] == 3
    assert advice.seal_of(advice.advised(batch, batch.advices.get())) == seal
    assert room.rooms_of(batch, case_queries.case_of(batch.files), table.placer)[0].now == 6


def test_an_area_always_keeps_room_for_one(table):
    agreed(table, low=1, high=2, load="50-", room_low=None, room_high=None)
    batch = read(table, sent())
    assert headroom(batch)[HERE] == 1
    made = advice.advised(batch, batch.advices.get())
    assert made.room.ceiling.min() >= 1
    Capacity.objects.update(agreed_at=None)
    zero = read(table, sent(here="0"))
    assert advice.advised(zero, zero.advices.get()).room.ceiling.min() >= 1
    lines = room.rooms_of(zero, case_queries.case_of(zero.files), table.placer)
    assert {line.headroom for line in lines} == {1, 9}, "a sheet closes no area either"


def test_what_is_no_room_is_refused_also_where_something_was_agreed(table):
    agreed(table)
    with pytest.raises(Refused) as caught:
        read(table, sent(here="jansen12"))
    assert [(one.file, one.row, one.column) for one in caught.value.findings] == [("areas", 2, "headroom")]
    assert not PlacingRoom.objects.exists(), "a name would stay there"
    first, _second = room.rooms_of(
        batch := read(table, sent(here="3,0")), case_queries.case_of(batch.files), table.placer
    )
    assert first.sent is None, "the sheet says the same"


def test_the_page_says_whose_headroom_counts_and_what_support_falls_short(table, client):
    effort = agreed_effort(table, agreed_result(table, table.claim))
    agreed(table, efforts=[effort])
    set_support(
        by=table.joris,
        round=table.round,
        kind="begeleiding",
        what="Begeleiding aan huis",
        unit="uur",
        need_low=4,
        need_high=6,
        have=2,
        reason="Vol.",
        review_on=timezone.localdate() + timedelta(days=90),
        claims=[table.claim],
    )
    batch = read(table, sent(here="1.5"))
    client.force_login(table.placer)
    shown = client.get(f"/plaatsen/{batch.pk}/ruimte/").content.decode()
    assert "Voor 1 gebied geldt de plaatsingsruimte die in een ronde is afgesproken." in shown
    assert "Plaatsingsruimte uit uw bestand: 1 gebied" in shown
    assert "In uw bestand staat 1,5, maar dat getal telt niet mee." in shown
    assert "In dit gebied is een tekort aan begeleiding." in shown
    assert "Begeleiding aan huis" not in shown, "what the core group wrote stays in its circle"
    assert "Opent het buurthuis" not in shown
    seen = room.rooms_of(batch, case_queries.case_of(batch.files), table.samira)[0]
    assert seen.short == ("Begeleiding aan huis. Er is 2–4 uur te weinig beschikbaar.",)
    assert (
        'href="/plaatsen/1/ruimte/"'.replace("1", str(batch.pk))
        in client.get(f"/plaatsen/{batch.pk}/").content.decode()
    )
    client.force_login(table.samira)
    assert client.get(f"/plaatsen/{batch.pk}/ruimte/").status_code == 403
    client.force_login(table.noor)
    assert client.get(f"/plaatsen/{batch.pk}/ruimte/").status_code == 404


def test_the_page_of_a_batch_says_where_its_room_comes_from_and_what_was_agreed_since(table, client):
    client.force_login(table.placer)
    sheet = client.get(f"/plaatsen/{read(table, sent()).pk}/").content.decode()
    assert "De plaatsingsruimte komt uit het bestand dat u hebt ingelezen." in sheet
    assert "Organisaties hebben deze plaatsingsruimte afgesproken" not in sheet
    agreed(table)
    batch = read(table, sent())
    some = client.get(f"/plaatsen/{batch.pk}/").content.decode()
    assert (
        "Voor 1 gebied hebben organisaties de plaatsingsruimte afgesproken, met een reden. De andere cijfers komen uit uw bestand."
        in some
    )
    assert "intussen een andere plaatsingsruimte afgesproken" not in some
    told = sent(areas=False)
    told["homes"] = [row for row in told["homes"] if OTHER not in row[1]]
    assert (
        "Organisaties hebben deze plaatsingsruimte afgesproken, met een reden."
        in client.get(f"/plaatsen/{read(table, told).pk}/").content.decode()
    )
    agreed(table, room_low=5, room_high=7)
    assert (
        "is intussen een andere plaatsingsruimte afgesproken" in client.get(f"/plaatsen/{batch.pk}/").content.decode()
    )


def test_what_was_agreed_for_a_wijk_holds_for_all_of_it_together(table, monkeypatch):
    areas = [
        Area("GM9999", "Waterdam", AreaLevel.GEMEENTE, 2025, ""),
        Area("WK999903", "Zuid", AreaLevel.WIJK, 2025, "GM9999"),
        Area(HERE, "Weverskwartier", AreaLevel.BUURT, 2025, "WK999903"),
    ]
    division = Division(2025, areas)
    monkeypatch.setattr(rules, "borders_of", lambda round: division)
    release = SimpleNamespace(divisions=[2025], division=lambda year: division)
    monkeypatch.setattr("buurtbalans.method.placements.queries.room.current_release", lambda: release)
    agreed(table)
    agreed(table, area="WK999903", room_low=1, room_high=1)
    told = sent(areas=False)
    told["homes"] = [row for row in told["homes"] if OTHER not in row[1]]
    batch = read(table, told)
    assert headroom(batch) == pytest.approx({HERE: 3, "WK999903": 1, "GM9999": float("nan")}, nan_ok=True)
    made = advice.advised(batch, batch.advices.get())
    assert made.outcome.placed == 1, "the wijk carries one more, however many homes its buurten have"
