"""A case is read whole or refused: all that is wrong at once, with its place, and nothing of a person gets in."""

from pathlib import Path
from typing import Any

import pytest

from buurtbalans.figures.findings import Refused
from buurtbalans.placing import tables as tables_of_a_case
from buurtbalans.placing.case import read_case
from tests.placing.cases import Table, invented, written


def refused(folder: Path) -> list[tuple[str, int | None, str | None, str]]:
    """Return why a case is refused."""
    with pytest.raises(Refused) as caught:
        read_case(folder)
    return [(one.file, one.row, one.column, one.what) for one in caught.value.findings]


def test_everything_wrong_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    tables = invented(1, 6, 6)
    tables["households.csv"][0]["urgency"] = 4
    tables["households.csv"][2]["group"] = "nergens"
    tables["homes.csv"][3]["rent"] = "veel"
    tables["areas.csv"][1]["headroom"] = -2
    told = refused(written(tmp_path / "case", tables))
    assert {one[:3] for one in told} == {
        ("households.csv", 2, "urgency"),
        ("households.csv", 4, "group"),
        ("homes.csv", 5, "rent"),
        ("areas.csv", 3, "headroom"),
    }
    tables["households.csv"][0]["urgency"] = 1
    tables["homes.csv"][3] |= {"rent": 500, "area": "city"}
    tables["areas.csv"][1]["headroom"] = 2
    told = refused(written(tmp_path / "case", tables))
    assert {one[:3] for one in told} == {("households.csv", 4, "group"), ("homes.csv", 5, "area")}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        # A code that cannot be read may be the one that others point to, so nothing is said of those.
        (lambda tables: tables["areas.csv"][-1].update(code="de wijk"), ("areas.csv", 18, "code")),
        (lambda tables: tables["groups.csv"][0].update(code="de groep"), ("groups.csv", 2, "code")),
        (lambda tables: tables["areas.csv"][-1].update(headroom="veel"), ("areas.csv", 18, "headroom")),
        (lambda tables: [row.update(notitie="") for row in tables["areas.csv"]], ("areas.csv", 1, "notitie")),
        (lambda tables: [row.update(id="") for row in tables["homes.csv"][:2]], ("homes.csv", 2, "id")),
        (
            lambda tables: tables["households.csv"][0].update(rooms_min="x", rooms_max=1),
            ("households.csv", 2, "rooms_min"),
        ),
        (lambda tables: tables["providers.csv"][0].update(code="de hulp"), ("providers.csv", 2, "code")),
    ],
)
def test_of_what_needs_a_cell_that_is_wrong_nothing_is_said(tmp_path: Path, change: Any, told: tuple[Any, ...]) -> None:
    tables: dict[str, Table] = invented(1, 6, 6)
    for row in tables["homes.csv"]:
        row["area"] = tables["areas.csv"][-1]["code"]
    change(tables)
    found = [one[:3] for one in refused(written(tmp_path / "case", tables))]
    assert found[0] == told
    assert {one[::2] for one in found} == {told[::2]}


def test_links_are_told_beside_cells_that_are_wrong(tmp_path: Path) -> None:
    tables = invented(1, 6, 6)
    tables["homes.csv"][0]["rent"] = "veel"
    tables["homes.csv"][1]["id"] = tables["homes.csv"][2]["id"]
    tables["homes.csv"][3]["area"] = "nergens"
    tables["households.csv"][0]["avoid"] = "ergens"
    tables["areas.csv"][0]["headroom"] = "veel"
    told = refused(written(tmp_path / "case", tables))
    assert [one[:3] for one in told] == [
        ("households.csv", 2, "avoid"),
        ("homes.csv", 2, "rent"),
        ("homes.csv", 4, "id"),
        ("homes.csv", 5, "area"),
        ("areas.csv", 2, "headroom"),
    ]


def test_a_fault_of_a_whole_column_is_told_once_and_rows_stand_in_order(tmp_path: Path) -> None:
    tables = invented(1, 6, 9)
    for row in tables["homes.csv"]:
        row["rent"] = "veel"
    for at in (4, 1, 3):
        tables["households.csv"][at]["urgency"] = 4
    tables["households.csv"][2]["rooms_min"] = "x"
    with pytest.raises(Refused) as caught:
        read_case(written(tmp_path / "case", tables))
    told = [(one.file, one.row, one.column, one.times) for one in caught.value.findings]
    assert told == [
        ("households.csv", 3, "urgency", 1),
        ("households.csv", 4, "rooms_min", 1),
        ("households.csv", 5, "urgency", 1),
        ("households.csv", 6, "urgency", 1),
        ("homes.csv", 2, "rent", 9),
    ]
    assert caught.value.findings[-1].todo == "Hier hoort een bedrag in euro’s, of niets."


@pytest.mark.parametrize(
    ("change", "file", "what"),
    [
        (lambda tables: tables["homes.csv"][1].update(id="J00000"), "homes.csv", "staat ook al in regel 2"),
        (lambda tables: tables["areas.csv"][1].update(parent="b0"), "areas.csv", "in zichzelf"),
        (lambda tables: tables["areas.csv"][-1].update(headroom=""), "homes.csv", "heeft geen ruimte"),
        (lambda tables: tables["groups.csv"][0].update(minimum=5, maximum=2), "groups.csv", "hoger dan het maximum"),
        (lambda tables: tables["households.csv"][0].update(rooms_min=3, rooms_max=2), "households.csv", "rooms_max"),
        (lambda tables: [row.update(notitie="") for row in tables["homes.csv"]], "homes.csv", "hoort hier niet"),
        (lambda tables: [row.pop("rent_max") for row in tables["households.csv"]], "households.csv", "ontbreekt"),
        (lambda tables: tables["households.csv"][0].update(id="werknummer"), "households.csv", "geen werknummer"),
        (lambda tables: tables["households.csv"][0].update(labels="wil graag rust"), "households.csv", "geen code"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, change: Any, file: str, what: str) -> None:
    tables: dict[str, Table] = invented(1, 6, 6)
    tables["homes.csv"][0]["area"] = tables["areas.csv"][-1]["code"]
    change(tables)
    assert any(one[0] == file and what in one[3] for one in refused(written(tmp_path / "case", tables)))


def test_a_folder_or_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "is er niet" in refused(tmp_path / "weg")[0][3]
    folder = written(tmp_path / "case", invented(1, 2, 2))
    (folder / "areas.csv").unlink()
    assert ("areas.csv", None, None, "Dit bestand ontbreekt.") in refused(folder)


@pytest.mark.parametrize(
    "text",
    [
        "[worth]\nplaats = 1",
        "[worth]\nplace = 'veel'",
        "[fit]\nnear = 10",
        "[spread]\nbounds = [2, 1, 1, 1]",
        "x =",
        "[worth]\nplace = 9",
    ],
)
def test_settings_that_make_no_sense_are_refused(tmp_path: Path, text: str) -> None:
    assert refused(written(tmp_path / "case", invented(1, 2, 2), text))[0][0] == "settings.toml"


def test_settings_change_one_number_and_keep_the_rest(tmp_path: Path) -> None:
    case = read_case(written(tmp_path / "case", invented(1, 2, 2), "[worth]\nplace = 200000"))
    assert (case.settings.worth["place"], case.settings.worth["urgency"]) == (200_000, 2_000)


FIRST = "Fatima Jan Sanne Mohammed Willem Aisha Daan Yusuf Johanna Kees".split()  # noqa: SIM905
LAST = "Jansen Bakker Yilmaz Visser Hoekstra Dijkstra Postma Willemsen Janssen Kaya".split()  # noqa: SIM905


def eleven(number: int) -> str:
    """Return a citizen service number, made up from a number, that passes the test of eleven."""
    while True:
        digits = [int(char) for char in f"{number:09d}"]
        if (sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=False)) - digits[8]) % 11 == 0:
            return f"{number:09d}"
        number += 1


def planted() -> list[tuple[str, str, str]]:
    """Return 600 cells that lead to a person: the file, the column and the cell."""
    found = []
    for number in range(100):
        first, last = FIRST[number % 10], LAST[number // 10]
        found.append(("households.csv", "id", f"{first}{last}{number}"))
        found.append(("homes.csv", "id", f"Lindestraat{number + 1}"))
        bsn = eleven(100_000_000 + 7_654_321 * number)
        found.append(("households.csv", ["id", "labels", "weeks_waiting", "provider"][number % 4], bsn))
        where = ["near", "labels", "group", "income_class"][number % 4]
        found.append(("households.csv", where, [f"{first}.{last}", f"{first}_{last}@post.nl"][number % 2]))
        found.append(("homes.csv", "id", f"{first}{last}{number}".lower()))
        address = [f"{1011 + number}AB-{number}", f"{1011 + number} AB", f"06{12345678 + number}"][number % 3]
        found.append((["homes.csv", "households.csv"][number % 2], "labels", address))
    return found


@pytest.mark.slow
def test_six_hundred_planted_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_of_a_case, "SHOWN", 10_000)
    cells = planted()
    tables, places = invented(1, 1_000, 1_000), {}
    for row, (file, column, cell) in enumerate(cells):
        tables[file][row][column] = cell
        places[file, row + 2, column] = cell
    told = refused(written(tmp_path / "case", tables))
    assert len(cells) == 600
    assert [cell for place, cell in places.items() if place not in {one[:3] for one in told}] == []
    assert [one for one in told if any(cell in one[3] for cell in places.values())] == []
    assert {one[:3] for one in told} == set(places), "what leads to nobody is refused"


def test_files_and_corporations_without_an_agreement_may_lack(tmp_path: Path) -> None:
    folder = written(tmp_path / "case", invented(1, 6, 6))
    (folder / "providers.csv").unlink()
    (folder / "settings.toml").unlink()
    (folder / "corporations.csv").write_text("code,minimum\nc0,\n")
    case = read_case(folder)
    assert (case.shares, case.capacity) == ({"c0": 0}, {})
    assert set(case.homes.corporation) > {"c0"}


def test_rows_are_looked_at_beside_a_column_that_does_not_belong_and_one_that_lacks(tmp_path: Path) -> None:
    tables = invented(1, 6, 6)
    for file in ("households.csv", "homes.csv"):
        tables[file] = [row | {"achternaam": "Jansen"} for row in tables[file]]
    for row in tables["homes.csv"]:
        del row["area"]
    tables["households.csv"][0]["provider"] = eleven(100_000_000)
    tables["households.csv"][1]["labels"] = "Fatima.Jansen"
    tables["households.csv"][2]["rent_max"] = "veel"
    tables["households.csv"][4]["id"] = tables["households.csv"][3]["id"]
    told = refused(written(tmp_path / "case", tables))
    assert {one[:3] for one in told} == {
        ("households.csv", 1, "achternaam"),
        ("households.csv", 2, "provider"),
        ("households.csv", 3, "labels"),
        ("households.csv", 4, "rent_max"),
        ("households.csv", 6, "id"),
        ("homes.csv", 1, "achternaam"),
        ("homes.csv", 1, None),
    }


def test_of_room_in_a_column_that_lacks_no_home_says_anything(tmp_path: Path) -> None:
    tables = invented(1, 6, 6)
    for row in tables["areas.csv"]:
        del row["headroom"]
    told = refused(written(tmp_path / "case", tables))
    assert [one[::3] for one in told] == [("areas.csv", "De kolom headroom ontbreekt.")]


def test_a_number_under_nothing_is_named_so(tmp_path: Path) -> None:
    tables = invented(1, 2, 2)
    tables["areas.csv"][1]["headroom"] = -3
    with pytest.raises(Refused) as caught:
        read_case(written(tmp_path / "case", tables))
    (one,) = caught.value.findings
    assert (one.what, one.todo) == ("Dit is minder dan 0.", "Hier hoort een getal van 0 of meer, of niets.")
