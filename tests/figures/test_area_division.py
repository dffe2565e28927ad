"""A division: what lies in what, how two divisions complete each other, and the city's list with parents."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from buurtbalans.figures.area.code_match import match_codes
from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import DIVISION_SCHEMA, Area, Division
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.findings import Refused
from tests.figures.area_samples import grid


def listed(path: Path, *rows: dict[str, Any]) -> Path:
    """Write a list of areas with parents; each row gets its number."""
    base = {"source_id": None, "source_date": "2022-03-24", "parent": None}
    content = [{"model": "area", "pk": number, "fields": {**base, **row}} for number, row in enumerate(rows, start=1)]
    path.write_text(json.dumps(content), "utf-8")
    return path


CITY = {"name": "Amsterdam", "code": "0363", "type": 4}
OTHER = {"name": "Dronten", "code": "0303", "type": 4}
CENTRE = {"name": "Centrum", "code": "A", "type": 5}
WIJK = {"name": "Haarlemmerbuurt", "code": "AA", "type": 6}
BUURT = {"name": "Planciusbuurt", "code": "AA01", "type": 7}


def test_areas_are_found_by_code_level_and_place() -> None:
    division = grid(4, 2)
    assert len(division) == 11
    assert "WK999900" in division
    assert "WK999909" not in division
    assert [area.level for area in division] == sorted((area.level for area in division), key=list(AreaLevel).index)
    assert [area.code for area in division.children("GM9999")] == ["WK999900", "WK999901"]
    assert len(division.of_level(AreaLevel.BUURT, "GM9999")) == 8
    assert len(division.of_level(AreaLevel.BUURT, "WK999900")) == 4
    assert division.of_level(AreaLevel.BUURT, "WK999909") == []
    assert [area.code for area in division.ancestors("BU99990000")] == ["WK999900", "GM9999"]


def test_a_gebied_lies_beside_the_line_from_buurt_to_city() -> None:
    gebied = Area("GB9999X1", "Kades", AreaLevel.GEBIED, 2025, "GM9999")
    buurt = Area("BU99990909", "Kade", AreaLevel.BUURT, 2025, "WK999900", also=("GB9999X1",))
    division = Division(2025, [*grid(2, 1), gebied, buurt])
    assert [area.code for area in division.children("GB9999X1", AreaLevel.BUURT)] == ["BU99990909"]
    assert gebied not in division.ancestors("BU99990909")
    assert len(division.of_level(AreaLevel.BUURT, "GM9999")) == 3


def test_parents_that_run_in_a_circle_do_not_hang() -> None:
    one = Area("WK999901", "Een", AreaLevel.WIJK, 2025, "WK999902")
    two = Area("WK999902", "Twee", AreaLevel.WIJK, 2025, "WK999901")
    assert [area.code for area in Division(2025, [one, two]).ancestors("WK999901")] == ["WK999902", "WK999901"]


def test_a_code_stands_once_in_a_division_and_a_table_holds_one_year() -> None:
    (area, *_) = grid(1, 1)
    with pytest.raises(ValueError, match="once"):
        Division(2025, [area, area])
    tables = [grid(1, 1).to_frame(), grid(1, 1).to_frame().with_columns(pl.lit(2024, pl.Int32).alias("division"))]
    with pytest.raises(ValueError, match="2024"):
        Division.from_frame(pl.concat(tables).sort("division"))
    with pytest.raises(ValueError, match="one year"):
        Division.from_frame(pl.DataFrame(schema=DIVISION_SCHEMA))


def test_only_codes_of_the_same_level_and_city_count_when_figures_meet_a_division() -> None:
    found = match_codes(grid(2, 1), ["BU99990000 ", "BU99990777", "WK999900", "BU03630000", "", "rommel"])
    assert found == (("BU99990000",), ("BU99990110",), ("BU99990777",))
    assert match_codes(grid(2, 1), ["WK999900"], AreaLevel.WIJK).without_figures == ("WK999901",)


def test_the_list_gives_each_year_its_own_division(tmp_path: Path) -> None:
    old = {"name": "Kop Zeedijk", "code": "A00a", "type": 7, "source_date": "2015-01-01"}
    path = listed(tmp_path / "lijst.json", CITY, CENTRE, WIJK, {**BUURT, "parent": 2}, old)
    divisions, findings = read_areas(path)
    assert [division.year for division in divisions] == [2015, 2022]
    assert [area.name for area in divisions[1].ancestors("BU0363AA01")] == ["Haarlemmerbuurt", "Centrum", "Amsterdam"]
    assert "BU03630000" in divisions[0]
    assert findings == []
    (only,), _ = read_areas(path, year=2015)
    assert only.year == 2015


def test_a_parent_in_another_city_is_not_believed_and_is_said(tmp_path: Path) -> None:
    path = listed(tmp_path / "lijst.json", OTHER, CENTRE, {**WIJK, "parent": 1}, {**BUURT, "parent": 1})
    (division,), (finding,) = read_areas(path)
    assert division["WK0363AA"].parent == "SD0363A"
    assert (finding.times, finding.file) == (2, "lijst.json")


def test_rows_for_the_unknown_and_other_kinds_are_no_areas(tmp_path: Path) -> None:
    unknown = {"name": "Onbekend", "code": "ZZ99", "type": 7}
    shops = {"name": "Winkelstraat", "code": "414", "type": 13}
    (division,), (finding,) = read_areas(listed(tmp_path / "lijst.json", CENTRE, unknown, shops))
    assert {area.code for area in division} == {"SD0363A", "GM0363"}
    assert finding.times == 1


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([CENTRE, CENTRE], "SD0363A"),
        ([{**WIJK, "code": "A00"}], "A00"),
        ([CENTRE, {"name": "Zonder code", "source_date": "2022-03-24"}], "Gebied 2"),
    ],
)
def test_a_list_that_is_wrong_is_refused(tmp_path: Path, rows: list[dict[str, Any]], what: str) -> None:
    path = listed(tmp_path / "lijst.json", *rows)
    with pytest.raises(Refused) as refused:
        read_areas(path)
    (finding,) = refused.value.findings
    assert what in finding.what
    assert finding.file == "lijst.json"


def test_a_year_that_the_list_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_areas(listed(tmp_path / "lijst.json", CENTRE), year=2019)
    assert "2022" in refused.value.findings[0].todo
