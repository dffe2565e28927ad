"""Answers of the city's register of areas: lists, pages and single areas become one division."""

import json
from pathlib import Path
from typing import Any

import pytest

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.findings import Refused, Severity
from tests.shared import shared_data

ABROAD = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 52]]]}
SQUARE = [[[120_000, 487_000], [121_000, 487_000], [121_000, 488_000], [120_000, 488_000], [120_000, 487_000]]]


def links(kind: str, number: str = "") -> dict[str, Any]:
    return {"self": {"href": f"https://x.example/gebieden/{kind}/{number}?format=json"}}


def page(*areas: tuple[str, str], kind: str = "stadsdeel", count: int | None = None) -> dict[str, Any]:
    rows = [{"_links": links(kind, f"{code}/"), "naam": name, "code": code} for code, name in areas]
    return {"_links": links(kind), "count": len(rows) if count is None else count, "results": rows}


def single(code: str, name: str, **more: Any) -> dict[str, Any]:
    border = {"type": "Polygon", "coordinates": SQUARE}
    return {"_links": links("x", f"{code}/"), "naam": name, "code": code, "geometrie": border, **more}


def folder(at: Path, **answers: Any) -> Path:
    for name, content in answers.items():
        (at / f"{name}.json").write_text(json.dumps(content))
    return at


def test_the_real_answers_of_one_folder() -> None:
    [division], findings = read_areas(shared_data() / "amsterdam-api/data-verkenner", year=2015)
    assert len(division.of_level(AreaLevel.STADSDEEL)) == 8
    assert len(division.of_level(AreaLevel.GEBIED)) == 22
    assert len(division.of_level(AreaLevel.WIJK)) == 25
    wijk = division["WK036300"]
    assert (wijk.name, wijk.local, wijk.parent, wijk.identity) == (
        "Burgwallen-Oude Zijde",
        "A00",
        "SD0363A",
        "3630012052036",
    )
    west, south, east, north = wijk.geometry.bounds
    assert 4.88 < west < east < 4.91
    assert 52.36 < south < north < 52.38
    assert [finding.what for finding in findings] == [
        "De lijst ‘buurtcombinatie’ heeft 25 van de 99 gebieden. Er ontbreken bladzijden."
    ]


def test_the_real_pages_and_details() -> None:
    [division], findings = read_areas(shared_data() / "amsterdam-api/signals")
    assert division.year == 2015
    named = {area.code: area.name for area in division.of_level(AreaLevel.STADSDEEL)}
    assert named == {"SD0363A": "Centrum", "SD0363T": "Zuidoost"}
    assert any("2 van de 8" in finding.what for finding in findings)


def test_a_single_answer_is_an_area() -> None:
    [division], findings = read_areas(shared_data() / "amsterdam-api/data-verkenner/stadsdeel.json")
    assert division["SD0363A"].geometry.area > 0
    assert [finding.weight for finding in findings] == [Severity.WARN]


def test_pages_together_are_a_whole_list(tmp_path: Path) -> None:
    pages = {"een": page(("A", "Centrum"), count=2), "twee": page(("T", "Zuidoost"), count=2)}
    [division], findings = read_areas(folder(tmp_path, **pages), year=2015)
    assert len(division.of_level(AreaLevel.STADSDEEL)) == 2
    assert findings == []


def test_the_same_page_twice_is_half_a_list(tmp_path: Path) -> None:
    pages = {"een": page(("A", "Centrum"), count=2), "twee": page(("A", "Centrum"), count=2)}
    _, findings = read_areas(folder(tmp_path, **pages), year=2015)
    assert [finding.times for finding in findings] == [1]


def test_lists_alone_do_not_say_their_year(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="van welk jaar"):
        read_areas(folder(tmp_path, een=page(("A", "Centrum"))))


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"een": page(("A", "Centrum")), "twee": single("A", "Noord")}, "twee namen"),
        ({"een": page(("", "Centrum"))}, "geen code"),
        ({"een": {**page(("A", "Centrum")), "count": None}}, "hoeveel gebieden"),
        ({"een": single("A", "Centrum", geometrie={"type": "Point", "coordinates": [1, 2]})}, "geen vlak"),
        ({"een": single("A", "Centrum", geometrie={"type": "Polygon", "coordinates": [[[1]]]})}, "niet te lezen"),
        ({"een": single("A", "Centrum", geometrie=ABROAD)}, "ligt niet in Nederland"),
        ({"een": [1]}, "geen antwoord van het register"),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, answers: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_areas(folder(tmp_path, **answers), year=2015)
