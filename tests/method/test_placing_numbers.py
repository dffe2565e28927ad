"""The numbers of an organisation's own, and who waits longer than was agreed."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.intake.reading import read_tables
from buurtbalans.method.placements.actions.batches import import_batch, switch
from buurtbalans.method.placements.queries import advice, cache, numbers, waiting
from buurtbalans.method.placements.queries import case as case_queries
from tests.method.placings import Tables, tables
from tests.site.people_fixtures import World


@pytest.fixture
def by(world: World) -> SimpleNamespace:
    """Who places for an organisation that may."""
    switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    return world["placing_officer"]


def sheet(*rows: tuple[str, str]) -> Tables:
    return tables() | {"settings": list(enumerate([["name", "value"], *map(list, rows)], start=1))}


def test_own_numbers_count_and_stand_with_the_advice(by: SimpleNamespace, client: Client) -> None:
    plain = import_batch(by=by, title="Gewoon", tables=tables())
    rows = [("wait.most", "26"), ("worth.urgency", "3000.0"), ("spread.costs", "0; 60;500; 3000"), ("rent.easy", "")]
    batch = import_batch(by=by, title="Eigen", tables=sheet(*rows))
    case = case_queries.case_of(batch.files)
    assert (case.settings.wait["most"], case.settings.worth["urgency"]) == (26, 3000)
    assert case.settings.spread["costs"] == [0, 60, 500, 3000]
    assert case.settings.rent["easy"] == 0.8
    assert batch.hashes.keys() - plain.hashes.keys() == {"settings.toml"}
    cache.forget()
    assert advice.seal_of(advice.advised(batch, batch.advices.get())) == batch.advices.get().seal
    assert {name: (own, most) for name, own, most in numbers.own_numbers(case)} == {
        "wait.most": ("26", "52"),
        "worth.urgency": ("3000", "2000"),
        "spread.costs": ("0; 60; 500; 3000", "0; 50; 500; 3000"),
    }
    client.force_login(by)
    page = client.get(reverse("placements:replay", args=[batch.pk])).content.decode()
    assert "worth.urgency" in page
    assert "worth.week" not in page
    assert "Eigen instellingen" not in client.get(reverse("placements:replay", args=[plain.pk])).content.decode()


def test_the_sheet_of_the_template_as_it_is_changes_nothing(by: SimpleNamespace) -> None:
    sent = tables() | {"settings": read_tables(case_queries.template(), "x")["settings"]}
    batch = import_batch(by=by, title="Sjabloon", tables=sent)
    assert "settings.toml" not in batch.files


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ([("wait.most", "26"), ("worth.luck", "1")], 3, "bestaat niet"),
        ([("wait.most", "lang")], 2, "heeft geen getal"),
        ([("wait.most", "26"), ("wait.most", "27")], 3, "twee keer"),
        ([("wait.most", "26.5")], None, "heel getal"),
        ([("spread.bounds", "0.6;1")], None, "hier horen 4 getallen"),
        ([("worth.place", "1")], None, "kan één plaatsing"),
        ([("rent.easy", "nan")], None, "kies een getal"),
        ([("Jansen wil dit", "1")], 2, "bestaat niet"),
    ],
)
def test_what_is_no_number_is_refused_with_its_place(
    by: SimpleNamespace, rows: list[tuple[str, str]], row: int | None, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refused:
        import_batch(by=by, title="Fout", tables=sheet(*rows))
    assert [(one.file, one.row) for one in refused.value.findings] == [("settings", row)]


def test_other_columns_are_refused(by: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="zijn niet name en value"):
        import_batch(by=by, title="Fout", tables=tables() | {"settings": [(1, ["naam", "waarde"])]})


@pytest.mark.slow
def test_who_waits_longer_than_agreed_stands_on_top_and_is_named(by: SimpleNamespace, client: Client) -> None:
    sent = sheet(("wait.most", "4"))
    sent["households"][3][1][8] = "60"  # H-3, for whom no home fits
    sent["households"].append((5, ["H-4", "", "9", "", "800", "0", "", "1", "2", "", ""]))
    batch = import_batch(by=by, title="Wachten", tables=sent)
    case = case_queries.case_of(batch.files)
    waits = waiting.waiting(case)
    assert [(one.household, one.longer) for one in waits.values()] == [("H-3", 56), ("H-1", 36), ("H-2", 1), ("H-4", 0)]
    assert waiting.longest_first(waits, ["H-4", "H-2", "H-1", "H-3"]) == ["H-3", "H-1", "H-2", "H-4"]
    client.force_login(by)
    page = client.get(reverse("placements:batch", args=[batch.pk])).content.decode()
    assert "niemand langer wacht dan 4 weken" in page
    named = page.partition("Deze huishoudens wachten langer:")[2].partition("</div>")[0]
    assert [named.find(id) for id in ("H-3", "H-1", "H-2")] == sorted(named.find(id) for id in ("H-3", "H-1", "H-2"))
    assert "H-4" not in named
    assert "56 weken langer dan afgesproken" in page
    path = reverse("placements:decide", args=[batch.pk, "H-1", "overnemen"])
    client.post(path, {"proposed": dict(batch.advices.get().proposals)["H-1"]})
    page = client.get(reverse("placements:batch", args=[batch.pk])).content.decode()
    named = page.partition("Deze huishoudens wachten langer:")[2].partition("</div>")[0]
    assert "H-3" in named
    assert "H-1" not in named, "it has a home now"
