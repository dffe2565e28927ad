"""Which homes to ask for: the ones that the engine uses, beside taking what comes, from whom and where else."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from buurtbalans.figures.findings import Refused
from buurtbalans.method.placements.actions.batches import import_batch, switch
from buurtbalans.method.placements.queries import cache, home_requests
from buurtbalans.method.placements.queries.home_requests import Measure, _better
from tests.method.placings import FAR, HERE, Tables, tables
from tests.site.people_fixtures import World

COLUMNS = ["id", "area", "corporation", "rooms", "rent", "step_free", "let_by", "week"]


def coming() -> Tables:
    """Return a batch with no home for any of seven, and fourteen to come, many of them where there is no room."""
    sent = tables()
    sent["households"] = sent["households"][:1]
    sent["households"] += [
        (at, [f"H-{at}", "", "1", "3", "800", "0", "", "1", "60", "", FAR if at < 6 else ""]) for at in range(2, 9)
    ]
    sent["homes"] = sent["homes"][:2]
    sent["homes"][1][1][3] = "9"  # too large for all
    owner = ["woonstede"] * 8 + ["haven-wonen"] * 6
    where = [HERE] * 6 + [FAR] * 8
    sent["expected_homes"] = [(1, COLUMNS)]
    sent["expected_homes"] += [
        (at, [f"V-{at}", area, own, "2", "600", "0", "", "3"])
        for at, (area, own) in enumerate(zip(where, owner, strict=True), start=2)
    ]
    return sent


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """A batch with homes that are to come."""
    switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    by = world["placing_officer"]
    return SimpleNamespace(batch=import_batch(by=by, title="Vragen", tables=coming()), by=by, world=world)


def test_what_is_to_come_is_not_placed_but_asked_for(desk: SimpleNamespace) -> None:
    assert desk.batch.advices.get().proposals == []
    told = home_requests.to_ask(desk.batch, desk.batch.advices.get())
    assert told is not None
    assert (told.many, told.come, told.better) == (7, 14, "placed"), (
        "what comes lies above no agreement, but there is no room for it"
    )
    assert sum(told.counted.values()) == sum(owner.ask for owner in told.owners) == 7
    assert told.counted[FAR] >= 6, "there is room for nine there, and for one in the other"
    over, most, placed, _fit = told.measures
    assert (over.after, most.after, placed.after) == (0, 0, 7)
    assert over.before > 0 or placed.before < 7, "what comes lies where there is no room"
    assert all(one.low <= one.after <= one.high for one in told.measures)
    assert told.asked[FAR] in ((2, "onder de plaatsingsruimte"), (3, "precies de plaatsingsruimte"))
    assert told.asked[FAR][0] <= 3 >= told.asked[HERE][0]


def test_every_row_says_why_and_what_if_it_fails(desk: SimpleNamespace) -> None:
    told = home_requests.to_ask(desk.batch, desk.batch.advices.get())
    assert told is not None
    assert {owner.name for owner in told.owners} <= {"Woonstede", "Haven-Wonen"}
    assert sum(owner.part for owner in told.owners) in (99, 100, 101)
    rows = [row for owner in told.owners for row in owner.rows]
    assert all(1 <= row.ask <= row.come for row in rows)
    assert all(row.why and row.otherwise for row in rows)
    assert any("hebben voorkeur voor deze buurt" in row.why for row in rows)


def test_the_same_batch_asks_for_the_same(desk: SimpleNamespace) -> None:
    first = home_requests.to_ask(desk.batch, desk.batch.advices.get())
    sent = coming()
    sent["expected_homes"] = [sent["expected_homes"][0], *reversed(sent["expected_homes"][1:])]
    other = import_batch(by=desk.by, title="Anders", tables=sent)
    cache.forget()
    assert home_requests.to_ask(other, other.advices.get()) == first


def test_what_is_to_come_is_checked_with_the_list(desk: SimpleNamespace) -> None:
    sent = coming()
    sent["expected_homes"][1][1][1] = "BU00000000"
    sent["expected_homes"][2][1][0] = "jansen12"
    with pytest.raises(Refused) as refused:
        import_batch(by=desk.by, title="Fout", tables=sent)
    assert {(one.file, one.row) for one in refused.value.findings} >= {("expected_homes", 3)}


def test_the_words_are_in_the_language_of_who_reads(desk: SimpleNamespace) -> None:
    advice = desk.batch.advices.get()
    for language, words in (
        ("nl", "buurten boven hun plaatsingsruimte"),
        ("en", "neighbourhoods above their placement capacity"),
    ):
        with override(language):
            told = home_requests.to_ask(desk.batch, advice)
            assert told is not None
            assert told.measures[0].words == words


@pytest.mark.slow
def test_the_page_says_what_to_ask_or_why_it_cannot(
    desk: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(desk.by)
    page = client.get(reverse("placements:asking", args=[desk.batch.pk])).content.decode()
    assert "7 woningen aanvragen, zodat meer huishoudens een woning krijgen" in page
    assert "Aanvraag per corporatie en buurt" in page
    assert "H-2" not in page
    plain = import_batch(by=desk.by, title="Gewoon", tables=tables())
    page = client.get(reverse("placements:asking", args=[plain.pk])).content.decode()
    assert "Geen verwachte woningen" in page
    monkeypatch.setattr("buurtbalans.method.placements.queries.home_requests.PAIRS", 1)
    page = client.get(reverse("placements:asking", args=[desk.batch.pk])).content.decode()
    assert "duurt te lang voor een pagina" in page
    assert "De oorzaak is: 7 huishoudens en 15 woningen, de verwachte meegeteld." in page
    only_heads = import_batch(by=desk.by, title="Leeg blad", tables=tables() | {"expected_homes": [(1, COLUMNS)]})
    for none_to_come in (plain, only_heads):
        page = client.get(reverse("placements:asking", args=[none_to_come.pk])).content.decode()
        assert "Geen verwachte woningen" in page
        assert "duurt te lang" not in page, "nothing takes long of which there is nothing"


@pytest.mark.slow
def test_a_small_list_with_agreements_that_cut_across_is_worked_out_and_a_larger_one_names_them(
    desk: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = coming()
    for _line, cells in sent["households"][1:]:
        cells[6] = "de-brug"
    sent["providers"] = [(1, ["code", "area", "capacity"]), (2, ["de-brug", HERE, "1"]), (3, ["de-brug", FAR, "4"])]
    batch = import_batch(by=desk.by, title="Begeleid", tables=sent)
    assert home_requests.too_large(batch) == ()
    told = home_requests.to_ask(batch, batch.advices.get())
    assert told is not None
    assert (told.many, told.counted[FAR], told.counted[HERE]) == (7, 6, 1), "a home goes before guidance that is short"
    monkeypatch.setattr("buurtbalans.method.placements.queries.home_requests.WOVEN_PAIRS", 100)
    client.force_login(desk.by)
    page = client.get(reverse("placements:asking", args=[batch.pk])).content.decode()
    assert (
        "de verwachte meegeteld; een aanbieder kan minder huishoudens begeleiden dan er om begeleiding vragen." in page
    )
    assert "een corporatie moet een minimum" not in page
    assert home_requests.too_large(desk.batch) == (), "without such agreements it may be larger"


def test_the_headline_follows_the_numbers() -> None:
    def told(over: tuple[int, int], most: tuple[int, int], placed: tuple[int, int], fit: tuple[int, int]) -> str:
        return _better([Measure(before, after, after, after, "") for before, after in (over, most, placed, fit)])

    assert told((2, 0), (1, 0), (7, 7), (600, 600)) == "spread"
    assert told((0, 0), (0, 0), (5, 7), (600, 600)) == "placed", "nothing is spread better from 0 to 0"
    assert told((0, 0), (0, 0), (7, 7), (600, 700)) == "fit"
    assert told((0, 0), (0, 0), (7, 7), (600, 600)) == ""
    assert told((2, 0), (1, 0), (7, 6), (600, 700)) == ""
