"""A week that looks ahead: what to give now, what to keep, who waits; followed in one step, and taken back in one."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.intake.reading import read_tables
from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.placements.actions.batches import close, import_batch, remove_batch, switch
from buurtbalans.method.placements.actions.deciding import decide, reconsider
from buurtbalans.method.placements.actions.week import follow_week, reconsider_week
from buurtbalans.method.placements.models import PlacingBatch, PlacingChoice, PlacingDecision
from buurtbalans.method.placements.queries import batches, cache, case, week
from buurtbalans.method.placements.queries.week import ThisWeek, _looked
from tests.method.placings import FAR, HERE, Tables, now, placer, tables
from tests.site.people_fixtures import World

ASKED = [
    "id",
    "group",
    "rooms_min",
    "rooms_max",
    "rent_max",
    "step_free",
    "provider",
    "urgency",
    "weeks_waiting",
    "avoid",
    "near",
]
OFFERED = ["id", "area", "corporation", "rooms", "rent", "step_free", "let_by"]
Rows = list[list[str]]


def asks(id: str, least: int, most: int = 9, weeks: int = 5, near: str = "") -> list[str]:
    return [id, "", str(least), str(most), "800", "0", "", "1", str(weeks), "", near]


def offers(id: str, area: str, rooms: int) -> list[str]:
    return [id, area, "woonstede", str(rooms), "600", "0", ""]


def coming(households: Rows, homes: Rows, later: Rows, new: Rows) -> Tables:
    """Return a list with who is there, what is on offer, and both that are to come, each row with its week last."""
    told = {
        "households": [ASKED, *households],
        "homes": [OFFERED, *homes],
        "expected_households": [[*ASKED, "week"], *later],
        "expected_homes": [[*OFFERED, "week"], *new],
    }
    return tables() | {name: list(enumerate(rows, start=1)) for name, rows in told.items()}


def patient(weeks: int = 5) -> Tables:
    """Return a list in which H-1 had better wait two weeks, so that N-1, who comes next week, has a home as well."""
    return coming(
        [asks("H-1", 1, 3, weeks), asks("H-2", 5)],
        [offers("W-1", FAR, 3), offers("W-2", FAR, 5)],
        [[*asks("N-1", 3, 3), "1"]],
        [[*offers("V-1", FAR, 2), "2"]],
    )


@pytest.fixture
def by(world: World) -> SimpleNamespace:
    switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    by = world["placing_officer"]
    return SimpleNamespace(by=by, second=placer(world.organisations["woonstede"], "second"), world=world)


def read(by: SimpleNamespace, sent: Tables) -> SimpleNamespace:
    """Read a list, and sit down at it."""
    return SimpleNamespace(batch=import_batch(by=by.by, title="Week 48", tables=sent), **vars(by))


def seen(desk: SimpleNamespace) -> ThisWeek:
    return week.this_week(desk.batch, desk.batch.advices.latest("number"))


def test_a_home_is_kept_for_who_comes_and_who_is_here_waits_for_what_comes(by: SimpleNamespace) -> None:
    desk = read(by, patient())
    told = seen(desk)
    assert now(desk) == {"H-1": "W-1", "H-2": "W-2"}, "the list does not look ahead"
    (given,), (kept,), (waits,) = told.give, told.keep, told.wait
    assert (given.household, given.home.id, given.same, given.may_take) == ("H-2", "W-2", True, True)
    assert (kept.home.id, kept.household, kept.weeks, kept.now) == ("W-1", "N-1", 1, "H-1")
    assert (kept.fits, kept.expected, told.hold) == (1, 1, 8)
    assert "vindt straks één huishouden minder een plek" in kept.worth
    assert (kept.until - timezone.localdate(desk.batch.at)).days == 7
    assert waits.home
    assert waits.now
    assert (waits.household, waits.home.id, waits.weeks, waits.waits, waits.longer) == ("H-1", "V-1", 2, 7, 0)
    assert (waits.now.id, waits.may_hold) == ("W-1", True)
    assert (told.households, told.homes, told.weeks, told.decided, told.gap, told.more) == (1, 1, 2, 0, 0, 1)
    assert [(before, after) for before, after, _words in told.measures[:2]] == [(2, 1), (2, 3)]
    assert (told.locks, told.holds, told.open) == ([("H-2", "W-2")], ["H-1"], [])


def test_who_would_wait_longer_than_agreed_is_left_to_a_person(by: SimpleNamespace) -> None:
    told = seen(read(by, patient(weeks=51)))
    assert [(one.waits, one.longer, one.may_hold) for one in told.wait] == [(53, 1, False)]
    assert (told.holds, told.open) == ([], ["H-1"])


def test_who_makes_room_and_gets_nothing_is_named_and_left_to_a_person(by: SimpleNamespace) -> None:
    urgent = asks("N-1", 3, 3)
    urgent[7] = "3"
    sent = coming([asks("H-1", 3, 3)], [offers("W-1", FAR, 3)], [[*urgent, "1"]], [[*offers("V-1", FAR, 9), "2"]])
    (one,) = (told := seen(read(by, sent))).yields
    assert one.now
    assert (one.now.id, one.home, one.may_hold) == ("W-1", None, False)
    assert (told.wait, told.locks, told.holds, told.open) == ((), [], [], ["H-1"])
    assert [(before, after) for before, after, _words in told.measures[:2]] == [(1, 0), (1, 1)]


def test_where_agreements_cut_across_a_week_says_how_near_it_is_and_no_price(by: SimpleNamespace) -> None:
    desk = read(by, patient() | {"corporations": [(1, ["code", "minimum"]), (2, ["woonstede", "1"])]})
    (kept,) = (told := seen(desk)).keep
    assert kept.worth == "De woning past straks beter, als alle huishoudens samen meetellen."
    assert told.gap >= 0
    assert (told.locks, told.holds) == ([("H-2", "W-2")], ["H-1"])


def test_a_home_that_nobody_gets_now_is_kept_without_a_price(by: SimpleNamespace) -> None:
    sent = coming([asks("H-1", 1, 2)], [offers("W-1", FAR, 2), offers("W-2", FAR, 5)], [[*asks("N-1", 5), "1"]], [])
    (kept,) = seen(read(by, sent)).keep
    assert (kept.home.id, kept.now, kept.worth) == (
        "W-2",
        "",
        "Voor deze woning is nu geen passend huishouden. Binnenkort wel.",
    )


def test_another_home_than_the_list_proposes_is_never_decided_in_one_step(by: SimpleNamespace) -> None:
    sent = coming(
        [asks("H-1", 1, 3, near=HERE)], [offers("W-1", HERE, 3), offers("W-2", FAR, 2)], [[*asks("N-1", 3, 3), "1"]], []
    )
    desk = read(by, sent)
    told = seen(desk)
    assert now(desk) == {"H-1": "W-1"}
    (given,) = told.give
    assert given.instead
    assert (given.home.id, given.instead.id, given.same, given.may_take) == ("W-2", "W-1", False, False)
    assert (told.locks, told.holds, told.open) == ([], [], ["H-1"])
    with pytest.raises(ValidationError, match="geen voorstellen die u kunt overnemen"):
        follow_week(by=desk.by, batch=desk.batch, seen=told.seal)


def test_a_week_is_followed_in_one_step_and_taken_back_in_one(by: SimpleNamespace) -> None:
    desk = read(by, patient())
    before = now(desk)
    first = follow_week(by=desk.by, batch=desk.batch, seen=seen(desk).seal)
    standing = batches.standing(batches.decisions_of(desk.batch))
    assert {one.household: (one.choice, one.home) for one in standing.values()} == {
        "H-1": (PlacingChoice.HOLD, "W-1"),
        "H-2": (PlacingChoice.LOCK, "W-2"),
    }
    assert all(one.reason and one.along_id == first.pk for one in standing.values())
    assert AuditRow.objects.get(verb="placements.follow_week").detail == {"locked": 1, "held": 1}
    assert desk.batch.advices.latest("number").locks == ["H-2:W-2"]
    told = seen(desk)
    assert (told.give, told.wait) == ((), ())
    assert (told.decided, told.held) == (1, 1), "who is held has no home by a decision, and the list counts so too"
    back = reconsider_week(by=desk.second, decision=first)
    assert {one.household for one in back} == {"H-1", "H-2"}
    assert AuditRow.objects.get(verb="placements.reconsider_week").detail == {"locked": 1, "held": 1}
    assert batches.standing(batches.decisions_of(desk.batch)) == {}
    assert (now(desk), desk.batch.advices.latest("number").locks) == (before, [])
    with pytest.raises(ValidationError, match="een besluit genomen"):
        reconsider_week(by=desk.by, decision=first)


def test_a_reason_that_a_week_wrote_reads_in_english_and_what_a_person_typed_stays(by: SimpleNamespace) -> None:
    desk = read(by, patient())
    with override("en"):
        follow_week(by=desk.by, batch=desk.batch, seen=seen(desk).seal)
    made = {one.household: one for one in batches.still_followed(desk.batch)}
    assert made["H-2"].reason == made["H-2"].why == "Dit past het beste, ook als de verwachte huishoudens meetellen."
    assert made["H-1"].reason == made["H-1"].why == f"Dit huishouden kan beter wachten op een woning in {FAR}."
    typed = PlacingDecision(reason=made["H-2"].reason)
    with override("en"):
        assert made["H-2"].why == "This is the best match, even with the expected households counted in."
        assert made["H-1"].why == f"This household had better wait for a home in {FAR}."
        assert typed.why == typed.reason


def test_what_somebody_decided_since_stays_when_a_week_is_taken_back(by: SimpleNamespace) -> None:
    desk = read(by, patient())
    first = follow_week(by=desk.by, batch=desk.batch, seen=seen(desk).seal)
    taken = decide(by=desk.by, batch=desk.batch, household="H-1", choice="overnemen", proposed=now(desk)["H-1"])
    advices = desk.batch.advices.count()
    locked = next(one for one in batches.still_followed(desk.batch) if one.choice == PlacingChoice.LOCK)
    reconsider(by=desk.by, decision=locked)
    assert desk.batch.advices.count() == advices + 1, "one of a step can be taken back by itself"
    with pytest.raises(ValidationError, match="een besluit genomen"):
        reconsider_week(by=desk.by, decision=first)
    assert batches.standing(batches.decisions_of(desk.batch)) == {"H-1": taken}
    with pytest.raises(ValidationError, match="een besluit genomen"):
        reconsider_week(by=desk.by, decision=taken)  # not decided with a week


def test_only_what_was_seen_is_followed_and_by_who_places_while_the_list_is_open(by: SimpleNamespace) -> None:
    desk = read(by, patient())
    seal = seen(desk).seal
    for stranger in ("member", "privacy_officer", "foreign_core"):
        with pytest.raises(PermissionDenied):
            follow_week(by=by.world[stranger], batch=desk.batch, seen=seal)
    held = decide(by=desk.by, batch=desk.batch, household="H-2", choice="aanhouden", proposed="W-2")
    with pytest.raises(ValidationError, match="intussen gewijzigd"):
        follow_week(by=desk.by, batch=desk.batch, seen=seal)
    assert (seen(desk).locks, seen(desk).held) == ([], 1), "a week does not lock what a person holds"
    reconsider(by=desk.by, decision=held)
    first = follow_week(by=desk.by, batch=desk.batch, seen=seal)
    close(by=desk.by, batch=desk.batch)
    for refused in (
        lambda: follow_week(by=desk.by, batch=desk.batch, seen=seal),
        lambda: reconsider_week(by=desk.by, decision=first),
    ):
        with pytest.raises(ValidationError, match="afgerond"):
            refused()


def test_who_is_expected_is_checked_like_who_waits(by: SimpleNamespace) -> None:
    sent = patient()
    sent["expected_households"] += [
        (3, [*asks("jansen12", 1), "1"]),
        (4, [*asks("N-2", 1), ""]),
        (5, [*asks("H-1", 1), "2"]),
    ]
    with pytest.raises(Refused) as refused:
        read(by, sent)
    assert {(one.file, one.row) for one in refused.value.findings} >= {
        ("expected_households", 3),
        ("expected_households", 4),
    }
    sent = patient()
    sent["expected_households"].append((3, [*asks("H-1", 1), "2"]))
    with pytest.raises(Refused, match="Dit staat ook in households"):
        read(by, sent)
    book = read_tables(case.template(), "x")
    assert book["expected_households"][0][1][-1] == "week"
    assert ("expected_households", "week") in {tuple(cells[:2]) for _line, cells in book["uitleg"]}


def test_a_removed_list_leaves_no_week_in_memory(by: SimpleNamespace) -> None:
    desk = read(by, patient())
    cache.forget()
    seen(desk)
    assert _looked.cache_info().currsize == 1
    remove_batch(by=desk.by, batch=desk.batch, reason="Verkeerd bestand.")
    assert _looked.cache_info().currsize == 0


@pytest.mark.slow
def test_the_page_follows_a_week_and_takes_it_back(by: SimpleNamespace, client: Client) -> None:
    desk = read(by, patient())
    client.force_login(desk.by)
    address = reverse("placements:week", args=[desk.batch.pk])
    page = client.get(address).content.decode()
    for words in (
        "Nu 1 woning toewijzen, 1 woning vrijhouden",
        "Vrijhouden",
        "Beter wachten",
        "één mogelijke toekomst",
        "De woning past bij 1 van de 1 huishoudens die u in 8 weken",
        "nog 2 weken, dan 7 in totaal",
    ):
        assert words in page
    done = client.post(f"{address}overnemen/", {"seen": seen(desk).seal}, follow=True).content.decode()
    assert "1 voorstel is vastgezet. 1 huishouden staat in de wacht." in done
    first = batches.still_followed(desk.batch)[0]
    assert f"{address}{first.pk}/terug/" in done
    assert "1 van 2 besloten" in done
    assert "U hebt het advies voor deze week overgenomen." in done
    until = (timezone.localdate(desk.batch.at) + timedelta(days=7)).isocalendar().week
    marked = f"vrijgehouden tot week {until} voor een verwacht huishouden"
    assert done.count(marked) == 2
    held = client.get(reverse("placements:batch", args=[desk.batch.pk]), {"huishouden": "H-1"}).content.decode()
    assert f"Deze woning is vrijgehouden tot week {until} voor een verwacht huishouden." in held
    assert "Woning toch nu toewijzen" in held
    assert "Besluit over H-1 ongedaan maken" in held
    assert "Voorstel overnemen" not in held
    given = client.get(reverse("placements:batch", args=[desk.batch.pk]), {"huishouden": "H-2"}).content.decode()
    assert "Woning toch nu toewijzen" not in given
    page = client.get(address).content.decode()
    assert "heeft het advies voor een week overgenomen" in page
    assert "Over 1 huishouden hebt u al een besluit genomen" in page
    assert "1 huishouden staat in de wacht of" in page
    done = client.post(f"{address}{first.pk}/terug/", follow=True).content.decode()
    assert "2 besluiten zijn ongedaan gemaakt." in done
    assert marked not in client.get(reverse("placements:batch", args=[desk.batch.pk])).content.decode()
    done = client.post(f"{address}overnemen/", {"seen": "oud"}, follow=True).content.decode()
    assert "intussen gewijzigd" in done
    PlacingBatch.objects.update(at=timezone.now() - timedelta(days=15))
    assert "U hebt dit bestand 2 weken geleden ingelezen." in client.get(address).content.decode()


@pytest.mark.slow
def test_a_list_without_what_is_to_come_is_told_what_to_add_and_a_large_one_why_not(
    by: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(by.by)
    urgent = coming([asks("H-1", 3, 3)], [offers("W-1", FAR, 3)], [[*asks("N-1", 3, 3, 80), "1"]], [])
    page = client.get(reverse("placements:week", args=[read(by, urgent).batch.pk])).content.decode()
    assert "1 woning vrijhouden" in page
    assert "Geen passende woning verwacht" in page
    assert "Door vooruit te kijken krijgen hier niet meer huishoudens een woning." in page
    plain = read(by, tables())
    page = client.get(reverse("placements:week", args=[plain.batch.pk])).content.decode()
    assert "Geen verwachte huishoudens en woningen" in page
    assert reverse("placements:template") in page
    with pytest.raises(ValidationError, match="kan hier niet vooruitkijken"):
        follow_week(by=by.by, batch=plain.batch, seen="")
    half = patient()
    half["expected_households"] = half["expected_households"][:1]
    desk = read(by, half)
    page = client.get(reverse("placements:week", args=[desk.batch.pk])).content.decode()
    assert "Het blad expected_households is leeg, dus" in page
    monkeypatch.setattr("buurtbalans.method.placements.queries.week.PAIRS", 1)
    page = client.get(reverse("placements:week", args=[desk.batch.pk])).content.decode()
    assert "duurt te lang voor een pagina" in page
    assert "--mode weekly" in page
    with pytest.raises(ValidationError, match="kan hier niet vooruitkijken"):
        follow_week(by=by.by, batch=desk.batch, seen="")
