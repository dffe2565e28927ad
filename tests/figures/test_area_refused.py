"""Bad maps are refused with the file, the place in it, and what to do; half maps are never read."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.findings import Finding, Refused
from tests.figures.area_samples import SQUARE, collection, feature

GOOD = [feature({"buurtcode": f"BU9999010{number}", "buurtnaam": f"Buurt {number}"}) for number in range(3)]


def refusal(path: Path, **more: Any) -> Finding:
    with pytest.raises(Refused) as refused:
        read_areas(path, year=2025, **more)
    return refused.value.findings[0]


def attempt(path: Path) -> tuple[Division | None, list[Finding]]:
    """Return what was read, or None with the reasons of the refusal."""
    try:
        (division,), findings = read_areas(path, year=2025)
    except Refused as refused:
        return None, list(refused.findings)
    return division, findings


def test_a_good_map_is_read(tmp_path: Path) -> None:
    (division,), findings = read_areas(collection(tmp_path / "goed.geojson", GOOD[:1]), year=2025)
    assert division["BU99990100"].name == "Buurt 0"
    assert findings == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "leeg"),
        (" \n", "leeg"),
        ("{}", "geen kaart"),
        ("[]", "geen kaart"),
        ("[1, 2]", "geen kaart"),
        ('{"type": "FeatureCollection", "features": []}', "geen enkel gebied"),
        ('{"type": "FeatureCollection", "features": [1]}', "Gebied 1"),
        ('{"type": "Topology", "arcs": [], "objects": {"a": {"type": "Polygon", "arcs": [[4]]}}}', "passen niet"),
        ('{"type": "Topology", "arcs": [], "objects": {"a": {"type": "Point", "coordinates": [5, 52]}}}', "Point"),
        ("code;naam\nBU99990100;Buurt\n", "geen kolom met grenzen"),
    ],
)
def test_what_is_no_map_is_refused(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "kapot.geojson"
    path.write_text(text, "utf-8")
    finding = refusal(path)
    assert what in finding.what
    assert finding.file == "kapot.geojson"
    assert finding.todo


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "weg.geojson").file == str(tmp_path / "weg.geojson")


def test_a_file_in_another_alphabet_is_refused_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "oud.csv"
    path.write_bytes(b"WKT;naam\nPOLYGON EMPTY;caf\xe9\n")
    assert "Byte 27" in refusal(path).what


def test_a_map_that_stops_half_way_is_refused_at_every_place(tmp_path: Path) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": GOOD}, indent=1)
    path = tmp_path / "half.geojson"
    for cut in range(1, len(text) - 1, 37):
        path.write_text(text[:cut], "utf-8")
        finding = refusal(path)
        assert finding.row is not None
        assert finding.row <= text[:cut].count("\n") + 1


@pytest.mark.parametrize("bad", ["Point", "LineString", "GeometryCollection", "Vierkant"])
def test_a_border_that_is_no_surface_is_refused_with_its_place(tmp_path: Path, bad: str) -> None:
    geometry = {"type": bad, "coordinates": [5, 52], "geometries": []}
    path = collection(tmp_path / "punten.geojson", [GOOD[0], feature({"buurtcode": "BU99990101"}, geometry)])
    finding = refusal(path)
    assert finding.what == f"Gebied 2 is geen vlak, maar: {bad}."


@pytest.mark.parametrize("coordinates", [[], [[]], [[[5]]], [["a"]], None, 5, [[[5, 52], [5, 53]]]])
def test_a_border_that_cannot_be_read_is_refused_or_said(tmp_path: Path, coordinates: Any) -> None:
    broken = feature({"buurtcode": "BU99990101"}, {"type": "Polygon", "coordinates": coordinates})
    path = collection(tmp_path / "kapot.geojson", [GOOD[0], broken])
    division, findings = attempt(path)
    if division is None:
        assert "gebied 2" in findings[0].what
    else:
        assert division["BU99990101"].geometry is None
        assert findings[0].times == 1


def test_an_area_without_a_border_stays_and_is_said(tmp_path: Path) -> None:
    path = collection(tmp_path / "half.geojson", [GOOD[0], feature({"buurtcode": "BU99990101"}, None)])
    (division,), (finding,) = read_areas(path, year=2025)
    assert "BU99990101" in division
    assert finding.times == 1


def test_a_map_without_codes_is_refused_and_says_which_columns_we_know(tmp_path: Path) -> None:
    finding = refusal(collection(tmp_path / "namen.geojson", [feature({"wijk_naam": "Molenveld"})]))
    assert "gebiedscodes" in finding.what
    assert "buurtcode" in finding.todo
    assert "cbsCode" in finding.todo


def test_all_missing_and_wrong_codes_are_said_at_once_with_their_place(tmp_path: Path) -> None:
    odd = [GOOD[0], feature({"buurtcode": ""}), feature({"buurtcode": None}), feature({"buurtcode": "WK999901"})]
    path = collection(tmp_path / "codes.geojson", odd)
    with pytest.raises(Refused) as refused:
        read_areas(path, year=2025)
    assert [finding.what[:13] for finding in refused.value.findings] == [f"In gebied {place}: " for place in (2, 3, 4)]


def test_a_code_that_stands_twice_is_refused_and_named(tmp_path: Path) -> None:
    finding = refusal(collection(tmp_path / "dubbel.geojson", [*GOOD, GOOD[1]]))
    assert "BU99990101" in finding.what
    assert finding.column == "buurtcode"


def test_a_map_of_an_unknown_year_is_refused_and_the_name_helps(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_areas(collection(tmp_path / "kaart-2023.geojson", GOOD))
    (finding,) = refused.value.findings
    assert "welk jaar" in finding.what
    assert "2023" in finding.todo


def test_the_year_that_is_asked_wins_from_the_year_in_the_file_and_that_is_said(tmp_path: Path) -> None:
    dated = feature({"cbsCode": "BU0363AA01", "naam": "Noord", "beginGeldigheid": "2022-03-24T00:00:00"})
    path = collection(tmp_path / "kaart.geojson", [dated])
    (division,), (finding,) = read_areas(path, year=2024)
    assert division.year == 2024
    assert "2022" in finding.what
    assert "2024" in finding.what


def test_metres_are_only_read_when_the_file_says_which_metres(tmp_path: Path) -> None:
    ring = [[120_000, 487_000], [121_000, 487_000], [121_000, 488_000], [120_000, 487_000]]
    metres = feature({"buurtcode": "BU99990101"}, {"type": "Polygon", "coordinates": [ring]})
    assert "EPSG:28992" in refusal(collection(tmp_path / "meters.geojson", [metres])).todo
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    (division,), _ = read_areas(collection(tmp_path / "rd.geojson", [metres], crs=crs), year=2025)
    west, south, east, north = division["BU99990101"].geometry.bounds
    assert 4.87 < west < east < 4.89
    assert 52.36 < south < north < 52.38


def test_an_unknown_grid_and_turned_coordinates_are_refused(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "EPSG:3857"}}
    assert "EPSG:3857" in refusal(collection(tmp_path / "web.geojson", GOOD, crs=crs)).what
    turned = {"type": "Polygon", "coordinates": [[[y, x] for x, y in SQUARE[0]]]}
    finding = refusal(collection(tmp_path / "om.geojson", [feature({"buurtcode": "BU99990101"}, turned)]))
    assert "omgewisseld" in finding.what


def test_a_level_that_the_file_does_not_have_is_refused(tmp_path: Path) -> None:
    assert "niveau stadsdeel" in refusal(collection(tmp_path / "b.geojson", GOOD), level=AreaLevel.STADSDEEL).what
    coded = [feature({"statcode": "BU99990101", "statnaam": "Oude Werf"})]
    assert "niveau wijk" in refusal(collection(tmp_path / "c.geojson", coded), level=AreaLevel.WIJK).what


def test_a_table_with_a_broken_row_is_refused_with_the_row(tmp_path: Path) -> None:
    path = tmp_path / "wijken.csv"
    path.write_text('wijkcode;WKT\nWK999901;"POLYGON((5 52,5 53,6 53,5 52))"\nWK999902\n', "utf-8")
    assert refusal(path).row == 3
    path.write_text("wijkcode;WKT\nWK999901;POLYGON((5 52\n", "utf-8")
    finding = refusal(path)
    assert (finding.row, finding.column) == (2, "WKT")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-200, 200)
    | st.text(max_size=5)
    | st.sampled_from(["Polygon", "BU99990100"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "coordinates", "arcs", "id"]), inner)
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(geometry=JSON, properties=JSON)
def test_whatever_stands_in_a_map_is_read_or_refused(tmp_path: Path, geometry: Any, properties: Any) -> None:
    part = {"type": "Feature", "properties": properties, "geometry": geometry}
    path = collection(tmp_path / "raar.geojson", [GOOD[0], part])
    division, findings = attempt(path)
    assert division is not None or findings
    assert all(finding.file == "raar.geojson" for finding in findings)
