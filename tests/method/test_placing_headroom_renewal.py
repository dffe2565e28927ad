"""A list that was read takes the room which was agreed since, says for whom it changed, and goes back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.capacities.models import Capacity
from buurtbalans.method.placements.actions.batches import close, import_batch
from buurtbalans.method.placements.actions.deciding import decide, reconsider
from buurtbalans.method.placements.actions.room import renew_room, restore_room
from buurtbalans.method.placements.models import PlacingRenewal
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import cache, work_answers
from buurtbalans.method.placements.queries import case as case_queries
from buurtbalans.method.placements.queries import renewal as renewal_queries
from buurtbalans.method.placements.queries import room as room_queries
from tests.method.test_placing_headroom import HERE, OTHER, agreed, headroom, laid_to_place, read, sent
from tests.method.test_placing_jobs import do
from tests.site.people_fixtures import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]


@pytest.fixture
def table():
    laid = laid_to_place()
    agreed(laid, room_low=4, room_high=4)
    laid.batch = read(laid, sent())
    return laid


def newly(table, room=1):
    agreed(table, room_low=room, room_high=room)
    return renew_room(by=table.placer, batch=table.batch)


def lives(table):
    table.batch.refresh_from_db()
    homes = dict(cells[:2] for _line, cells in sent()["homes"])
    return {household: homes[home] for household, home in table.batch.advices.first().proposals}


def test_it_counts_as_if_it_had_been_read_today_and_its_advice_follows(table):
    assert set(lives(table).values()) == {HERE}
    newly(table)
    assert sorted(lives(table).values()) == [HERE, OTHER], "there is room for one"
    assert headroom(table.batch) == {HERE: 1, OTHER: 9}
    fresh = read(table, sent())
    assert (table.batch.files, table.batch.hashes) == (fresh.files, fresh.hashes)
    line = room_queries.rooms_of(table.batch, case_queries.case_of(table.batch.files), table.placer)[0]
    assert (line.headroom, line.source, line.sent, line.now) == (1, "Weverskwartier: het midden van 1", 20, None)
    assert room_queries.where_from(table.batch, case_queries.case_of(table.batch.files))["renewed"] == []
    row = AuditRow.objects.filter(verb="placements.renew_room").get()
    assert (row.detail, row.actor) == ({"rooms": 1}, table.placer)
    cache.forget()
    advice = table.batch.advices.first()
    assert (advice.number, advice.shown) == (2, [f"{one}:{home}" for one, home in table.batch.advices.last().proposals])
    assert advice_queries.seal_of(advice_queries.again(table.batch, advice)) == advice.seal


def test_what_is_taken_back_after_a_renewal_keeps_what_people_saw(table):
    first = table.batch.advices.first()
    household, home = first.proposals[0]
    decision = decide(by=table.placer, batch=table.batch, household=household, choice="vastleggen", proposed=home)
    newly(table)
    reconsider(by=table.placer, decision=decision)
    assert first.shown == []
    assert table.batch.advices.first().shown == [f"{one}:{where}" for one, where in first.proposals]


def test_it_goes_back_to_what_it_counted_with_and_the_log_keeps_both(table):
    before, files = lives(table), table.batch.files
    renewal = newly(table)
    restore_room(by=table.placer, renewal=renewal)
    assert (lives(table), table.batch.files) == (before, files)
    assert headroom(table.batch)[HERE] == 4
    row = AuditRow.objects.filter(verb="placements.restore_room").get()
    assert (row.detail, row.actor) == ({"rooms": 1}, table.placer)
    ((kept, areas, last),) = renewal_queries.renewals_of(table.batch)
    assert (kept.undone_by, [area[1:] for area in areas], last) == (table.placer, [(4.0, 1)], False)
    with pytest.raises(ValidationError, match="opnieuw gewijzigd"):
        restore_room(by=table.placer, renewal=renewal)
    newly(table, 5)
    assert [last for _one, _areas, last in renewal_queries.renewals_of(table.batch)] == [False, True]


def test_each_advice_can_be_made_again_with_what_it_counted_with(table):
    restore_room(by=table.placer, renewal=newly(table))
    newly(table, 5)
    table.batch.refresh_from_db()
    seen = []
    for advice in table.batch.advices.order_by("number"):
        cache.forget()
        assert advice_queries.seal_of(advice_queries.advised(table.batch, advice)) == advice.seal
        made = advice_queries.again(table.batch, advice)
        assert advice_queries.seal_of(made) == advice.seal
        seen.append(made.case.areas.headroom[made.case.areas.codes.index(HERE)])
    assert seen == [4, 1, 4, 5]


def test_only_the_last_renewal_goes_back(table):
    first, second = newly(table), newly(table, 5)
    with pytest.raises(ValidationError, match="opnieuw gewijzigd"):
        restore_room(by=table.placer, renewal=first)
    for renewal, room in ((second, 1), (first, 4)):
        restore_room(by=table.placer, renewal=renewal)
        table.batch.refresh_from_db()
        assert headroom(table.batch)[HERE] == room


def test_what_stood_in_the_sheet_comes_back_as_it_stood_there(table):
    Capacity.objects.update(agreed_at=None)
    told = sent(here="")
    told["homes"] = [row for row in told["homes"] if HERE not in row[1]]
    batch = import_batch(by=table.placer, title="Week 49", tables=told)
    assert room_queries.where_from(batch, case_queries.case_of(batch.files))["renewed"] == []
    agreed(table)
    case, files = case_queries.case_of(batch.files), batch.files
    assert room_queries.where_from(batch, case)["renewed"] != [], "also where nothing was agreed before"
    line = next(one for one in room_queries.rooms_of(batch, case, table.placer) if one.now)
    assert (line.headroom, line.source, line.now) == (None, "", 3)
    renewal = renew_room(by=table.placer, batch=batch)
    batch.refresh_from_db()
    assert headroom(batch)[HERE] == 3
    ((_kept, areas, _last),) = renewal_queries.renewals_of(batch)
    assert [area[1:] for area in areas] == [(None, 3)]
    restore_room(by=table.placer, renewal=renewal)
    batch.refresh_from_db()
    assert batch.files == files


def test_what_lies_fast_stays_where_there_is_less_room(table):
    for household, home in table.batch.advices.get().proposals:
        decide(by=table.placer, batch=table.batch, household=household, choice="vastleggen", proposed=home)
    fast = lives(table)
    newly(table)
    assert lives(table) == fast


def test_nothing_new_a_closed_list_and_others_are_refused(table):
    reader = person("lezer", table.town)
    rows = AuditRow.objects.count()
    with pytest.raises(ValidationError, match="al de plaatsingsruimte die is afgesproken"):
        renew_room(by=table.placer, batch=table.batch)
    for who in (table.samira, table.noor, reader):
        with pytest.raises(PermissionDenied):
            renew_room(by=who, batch=table.batch)
    assert (AuditRow.objects.count(), PlacingRenewal.objects.count()) == (rows, 0)
    renewal = newly(table)
    with pytest.raises(PermissionDenied):
        restore_room(by=table.samira, renewal=renewal)
    close(by=table.placer, batch=table.batch)
    agreed(table, room_low=5, room_high=5)
    for again in (
        lambda: renew_room(by=table.placer, batch=table.batch),
        lambda: restore_room(by=table.placer, renewal=renewal),
    ):
        with pytest.raises(ValidationError, match="afgerond"):
            again()


@pytest.mark.slow
def test_the_pages_offer_it_say_for_whom_it_changed_and_undo_it(table, client):
    client.force_login(table.placer)
    batch, page = (reverse(f"placements:{name}", args=[table.batch.pk]) for name in ("batch", "room"))
    renew = reverse("placements:renew_room", args=[table.batch.pk])
    assert renew not in client.get(page).content.decode()
    agreed(table, room_low=1, room_high=1)
    assert "Nieuwe plaatsingsruimte gebruiken" in client.get(batch).content.decode()
    shown = client.get(page).content.decode()
    assert "Intussen is een plaatsingsruimte van 1 afgesproken." in shown
    assert renew in shown
    done = client.post(renew, follow=True).content.decode()
    assert "De plaatsingsronde gebruikt nu de nieuwe plaatsingsruimte. Het voorstel is gewijzigd voor H-" in done
    back = reverse("placements:restore_room", args=[table.batch.pk, PlacingRenewal.objects.get().pk])
    assert done.count(back) == 2, "in the message and below"
    for name in ("room", "log", "paper"):
        told = client.get(reverse(f"placements:{name}", args=[table.batch.pk])).content.decode()
        assert "heeft de nieuwe plaatsingsruimte in gebruik genomen." in told
        assert "is nu 1 en is eerder 4 geweest." in told
    done = client.post(back, follow=True).content.decode()
    assert "De plaatsingsronde gebruikt weer de eerdere plaatsingsruimte. Het voorstel is gewijzigd voor H-" in done
    assert "Deze wijziging is ongedaan gemaakt door" in done
    assert "De plaatsingsruimte is intussen opnieuw gewijzigd." in client.post(back, follow=True).content.decode()
    client.force_login(table.samira)
    assert client.post(renew).status_code == client.post(back).status_code == 403
    client.force_login(table.noor)
    assert client.post(renew).status_code == client.post(back).status_code == 404


@pytest.mark.slow
def test_while_the_new_advice_is_made_beside_the_page_the_last_one_stays_as_it_was(
    table, client, monkeypatch, settings
):
    share = [["code", "minimum"], ["haven-wonen", "1"]]
    table.batch = read(table, sent() | {"corporations": list(enumerate(share, start=1))})
    monkeypatch.setattr("buurtbalans.method.placements.queries.work_limits.COUPLED_LIMIT", 0)
    settings.JOB_STARTER = "tests.method.test_placing_jobs.begin"
    before = lives(table)
    newly(table)
    advice, work = table.batch.advices.get(), work_answers.open_work(table.batch)
    cache.forget()
    assert lives(table) == before
    made = advice_queries.advised(table.batch, advice)
    assert (made.case.areas.headroom[made.case.areas.codes.index(HERE)], headroom(table.batch)[HERE]) == (4, 1)
    client.force_login(table.placer)
    for name in ("batch", "room", "log"):
        assert client.get(reverse(f"placements:{name}", args=[table.batch.pk])).status_code == 200
    do(work)
    assert sorted(lives(table).values()) == [HERE, OTHER]
    advice = table.batch.advices.first()
    assert (advice.number, advice_queries.seal_of(advice_queries.again(table.batch, advice))) == (2, advice.seal)
    restore_room(by=table.placer, renewal=PlacingRenewal.objects.get())
    do(work_answers.open_work(table.batch))
    assert lives(table) == before
