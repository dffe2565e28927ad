"""What asks for a look in a list that can be read is told with its place, stands on its page, and goes with it."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.findings import Refused
from buurtbalans.method.placements.actions.batches import close, erase_batches, import_batch, switch
from buurtbalans.method.placements.models import APPEAL
from tests.method.placings import HERE, Tables, tables
from tests.site.people_fixtures import World


@pytest.fixture
def desk(world: World) -> SimpleNamespace:
    """Somebody who places, where that is on."""
    switch(by=world["privacy_officer"], on=True, reason="De DPIA is klaar.")
    return SimpleNamespace(by=world["placing_officer"], world=world)


def looks(desk: SimpleNamespace, sent: Tables) -> list[tuple[str, int, str, int, str]]:
    """Return what asks for a look in a list, of what its sheets hold."""
    made = import_batch(by=desk.by, title="Week 48", tables=sent)
    seen = [(one["file"], one["row"], one["column"], one["times"], one["what"]) for one in made.warnings]
    return [one for one in seen if one[2] != "code" or one[0] != "areas"]


def test_a_corporation_is_known_by_its_short_name_and_its_name_in_any_letters(
    desk: SimpleNamespace, client: Client
) -> None:
    sent = tables(own="WoonStede", homes="Haven-Wonen") | {
        "corporations": [(1, ["code", "minimum"]), (2, ["WOONSTEDE", "1"])]
    }
    made = import_batch(by=desk.by, title="Week 48", tables=sent)
    assert {one.slug for one in made.corporations.all()} == {"woonstede", "haven-wonen"}
    assert "woonstede,1" in made.files["corporations.csv"]
    client.force_login(desk.world["foreign_guide"])  # of haven-wonen
    page = client.get(reverse("placements:batch", args=[made.pk])).content.decode()
    assert "W-2" in page
    assert "W-3" in page
    assert "aandachtspunten in uw bestand" not in page
    desk.world.organisations["haven-wonen"].name = "Wonen aan de haven"
    desk.world.organisations["haven-wonen"].save()
    named = import_batch(by=desk.by, title="Week 49", tables=tables(homes="wonen aan De haven"))
    assert "haven-wonen" in named.files["homes.csv"]


def test_a_corporation_that_the_site_does_not_know_is_told_once_and_the_list_is_read(
    desk: SimpleNamespace, client: Client
) -> None:
    assert looks(desk, tables()) == []
    sent = tables(homes="elders-wonen")
    (found,) = looks(desk, sent)
    assert found[:4] == ("homes", 3, "corporation", 2)
    assert "“elders-wonen” is geen organisatie" in found[4]
    client.force_login(desk.by)
    made = import_batch(by=desk.by, title="Week 49", tables=sent)
    page = client.get(reverse("placements:batch", args=[made.pk])).content.decode()
    assert "“elders-wonen” is geen organisatie" in page
    assert "Schrijf de korte naam: " in page
    assert "woonstede" in page


def test_a_provider_that_is_not_among_the_providers_is_told_when_those_are_given(desk: SimpleNamespace) -> None:
    sent = tables()
    for _line, cells in sent["households"][2:]:
        cells[6] = "debrug"
    assert looks(desk, sent) == []
    assert looks(desk, sent | {"providers": [(1, ["code", "area", "capacity"])]}) == [], "an empty sheet gives none"
    given = [(1, ["code", "area", "capacity"]), (2, ["de-brug", HERE, "3"])]
    (found,) = looks(desk, sent | {"providers": given})
    assert found == ("households", 3, "provider", 2, "Aanbieder “debrug” staat in geen rij van providers.")


def test_what_holds_for_two_sheets_is_told_once(desk: SimpleNamespace) -> None:
    sent = tables(homes="elders-wonen")
    for _line, cells in (*sent["households"][:1], *sent["homes"][:1]):
        cells.append("nationaliteit")
    for _line, cells in sent["households"][2:]:
        cells[6] = "debrug"
    for name, row in (
        ("households", ["H-9", *sent["households"][2][1][1:]]),
        ("homes", ["W-9", *sent["homes"][2][1][1:]]),
    ):
        head = sent[name][0][1]
        row += [""] * (len(head) - len(row))
        sent[f"expected_{name}"] = [(1, [*head, "week"]), (2, [*row, "3"])]
    sent["providers"] = [(1, ["code", "area", "capacity"]), (2, ["de-brug", HERE, "3"])]
    assert {(file, row, column, times) for file, row, column, times, _what in looks(desk, sent)} == {
        ("homes, expected_homes", None, "corporation", 3),
        ("households, expected_households", None, "provider", 3),
        ("households, homes, expected_households, expected_homes", None, "nationaliteit", 4),
    }


def test_an_area_that_the_site_does_not_know_is_named(desk: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    areas = [Area("WK999909", "Zuid", AreaLevel.WIJK, 2025, ""), Area(HERE, "Hier", AreaLevel.BUURT, 2025, "WK999909")]
    division = Division(2025, areas)
    release = SimpleNamespace(divisions=[2025], division=lambda year: division)
    monkeypatch.setattr("buurtbalans.method.placements.queries.references.current_release", lambda: release)
    made = import_batch(by=desk.by, title="Week 48", tables=tables())
    (found,) = made.warnings
    assert (found["file"], found["row"], found["column"]) == ("areas", 4, "code")
    assert found["times"] == 3, "in areas, and two homes lie there"
    assert found["what"] == "Deze site kent dit gebied niet: BU99990902."
    sent = tables()
    sent["areas"] += [(at, [f"BU9999{at:04d}", "WK999909", "2"]) for at in range(10, 17)]
    (found,) = import_batch(by=desk.by, title="Week 48", tables=sent).warnings
    assert found["times"] == 8 + 2
    assert found["what"].endswith("BU99990013 en nog 3.")


def test_what_asks_for_a_look_goes_with_the_list(desk: SimpleNamespace) -> None:
    made = import_batch(by=desk.by, title="Week 48", tables=tables(homes="elders"))
    erase_batches(by=None, now=close(by=desk.by, batch=made).closed_at + APPEAL)
    made.refresh_from_db()
    assert made.warnings == []


def test_a_strange_sheet_a_strange_number_and_a_wrong_cell_are_told_together(desk: SimpleNamespace) -> None:
    sent = tables() | {"notities": [(1, ["tekst"])], "settings": [(1, ["name", "value"]), (2, ["worth.geluk", "1"])]}
    sent["homes"][1][1][4] = "veel"
    sent["households"][1][1][10] = "ergens"
    with pytest.raises(Refused) as caught:
        import_batch(by=desk.by, title="Week 48", tables=sent)
    assert [one.file for one in caught.value.findings] == ["", "settings", "households", "homes"]
