"""Kerncijfers as answers of OData v4: every reason, every damage, equal to the same figures in v3."""

import json
from pathlib import Path
from typing import Any

import pytest

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sources import read_files

MEASURES = [
    {"Identifier": "T001", "Title": "Aantal inwoners", "Unit": "aantal"},
    {"Identifier": "T002", "Title": "Afstand tot grote supermarkt", "Unit": "km"},
]
REGIONS = [{"Identifier": code, "Title": name} for code, name in (("GM9901", "Waterdam"), ("BU99010000", "Kade"))]


def observation(region: str, measure: str, value: float | None, attribute: str = "None") -> dict[str, Any]:
    told = {"Measure": measure, "ValueAttribute": attribute, "Value": value, "StringValue": None}
    return {"Id": 1, **told, "WijkenEnBuurten": region.ljust(10)}


FIGURES = [
    observation("GM9901", "T001", 160.0),
    observation("BU99010000", "T001", 95.0),
    observation("GM9901", "T002", None, "Impossible"),
    observation("BU99010000", "T002", None, "Confidential"),
    observation("BU99010001", "T001", 65.0),
    observation("BU99010001", "T002", 1.4),
]


def folder(at: Path, figures: list[dict[str, Any]], **more: Any) -> Path:
    path = at / "99999NED"
    path.mkdir()
    (path / "Observations.json").write_text(json.dumps({"value": figures, **more}))
    (path / "MeasureCodes.json").write_text(json.dumps({"value": MEASURES}))
    (path / "WijkenEnBuurtenCodes.json").write_text(json.dumps({"value": REGIONS}))
    facts = {"Identifier": "99999NED", "Title": "Kerncijfers wijken en buurten 2023"}
    (path / "Properties.json").write_text(json.dumps(facts))
    return path


def test_values_reasons_names_and_year(tmp_path: Path) -> None:
    found = read_files([folder(tmp_path, FIGURES)])
    told = {(row["area"], row["indicator"]): row["absence"] or row["value"] for row in found.observations.to_dicts()}
    assert told == {
        ("GM9901", "population"): 160.0,
        ("BU99010000", "population"): 95.0,
        ("GM9901", "distance_supermarket"): "not_applicable",
        ("BU99010000", "distance_supermarket"): "withheld_at_source",
        ("BU99010001", "population"): 65.0,
        ("BU99010001", "distance_supermarket"): 1.4,
    }
    assert found.source.period == 2023
    assert dict(found.areas.select("area", "name").iter_rows())["BU99010000"] == "Kade"


def test_a_figure_that_is_lacking_is_said(tmp_path: Path) -> None:
    found = read_files([folder(tmp_path, FIGURES[:5])])
    assert any("Niet elk gebied" in finding.what and finding.times == 1 for finding in found.findings)


@pytest.mark.parametrize(
    ("figures", "more", "says"),
    [
        ([*FIGURES, FIGURES[0]], {}, "twee keer"),
        ([{**FIGURES[0], "WijkenEnBuurten": "XX1"}], {}, "geen code"),
        (FIGURES, {"@odata.nextLink": "x"}, "één bladzijde"),
        ([{key: value for key, value in FIGURES[0].items() if key != "Value"}], {}, "mist het veld"),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, figures: list[Any], more: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_files([folder(tmp_path, figures, **more)])


def test_a_cut_answer_is_refused(tmp_path: Path) -> None:
    path = folder(tmp_path, FIGURES)
    whole = (path / "Observations.json").read_bytes()
    (path / "Observations.json").write_bytes(whole[:-9])
    with pytest.raises(Refused):
        read_files([path])
