"""Files of points: every form is read, the coordinates are found by name and size, a damaged file is refused whole."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buurtbalans.figures.counting import csv_points, json_points
from buurtbalans.figures.counting.coordinates import Coordinates, coordinates_of
from buurtbalans.figures.counting.readers import open_points
from buurtbalans.figures.findings import Finding, Refused

ROWS = [(5.01, 52.01, "a"), (5.02, 52.02, "b"), (5.03, 52.03, "a")]


def csv(folder: Path, text: str | bytes, name: str = "punten.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(path: Path, *others: str) -> list[tuple[Any, ...]]:
    points = open_points(path)
    place = coordinates_of(points)
    frames = [frame for _, frame in points.batches(place.x, place.y, others)]
    return pl.concat(frames).rows()


def refusal(path: Path, *others: str) -> Finding:
    with pytest.raises(Refused) as refused:
        read(path, *others)
    return refused.value.findings[0]


@pytest.mark.parametrize(
    "text",
    [
        "lng,lat,soort\n5.01,52.01,a\n5.02,52.02,b\n5.03,52.03,a\n",
        "\ufefflng;lat;soort\r\n5.01;52.01;a\r\n5.02;52.02;b\r\n\r\n5.03;52.03;a\r\n",
        'soort;lng;lat\n"a";"5,01";"52,01"\n"b"; 5.02 ;52,02\n"a";5.03;52.03\n',
        "lat\tlng\tsoort\n52.01\t5.01\ta\n52.02\t5.02\tb\n52.03\t5.03\ta\n",
    ],
)
def test_text_in_many_forms(tmp_path: Path, text: str) -> None:
    assert read(csv(tmp_path, text), "soort") == ROWS


@pytest.mark.parametrize("form", ["list", "lines", "inside", "nested", "geojson"])
def test_json_in_many_forms(tmp_path: Path, form: str) -> None:
    flat = [{"lng": x, "lat": y, "soort": kind} for x, y, kind in ROWS]
    nested = [{"soort": kind, "plaats": {"latitude": str(y), "longitude": str(x)}} for x, y, kind in ROWS]
    features = [
        {"type": "Feature", "properties": {"soort": kind}, "geometry": {"type": "Point", "coordinates": [x, y]}}
        for x, y, kind in ROWS
    ]
    text = {
        "list": json.dumps(flat),
        "lines": "\n".join(map(json.dumps, flat)) + "\n",
        "inside": json.dumps({"meta": {"tags": [1, 2]}, "results": flat, "next": None}, indent=2),
        "nested": json.dumps(nested, indent=1),
        "geojson": json.dumps({"type": "FeatureCollection", "features": features}),
    }[form]
    assert read(csv(tmp_path, text, "p.json"), "properties.soort" if form == "geojson" else "soort") == ROWS


def test_parquet_with_fields_inside_fields(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    place = [{"lat": y, "lon": x} for x, y, _ in ROWS]
    pl.DataFrame({"soort": [kind for *_, kind in ROWS], "plaats": place}).write_parquet(path)
    assert read(path, "soort") == ROWS


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"LNG": 5.1, "LAT": 52.1, "x": 1.0, "y": 2.0}, Coordinates("LNG", "LAT", False)),
        ({"geo_lon": 5.1, "geo_lat": 52.1}, Coordinates("geo_lon", "geo_lat", False)),
        ({"x": 120_000.0, "y": 487_000.0}, Coordinates("x", "y", True)),
        ({"RD_X": 120_000, "RD_Y": 487_000}, Coordinates("RD_X", "RD_Y", True)),
        ({"oost": 5.1, "noord": 52.1, "jaar": 2026.0}, Coordinates("oost", "noord", False)),
        ({"x": None, "y": None, "lon": 5.1, "latitude": 52.1}, Coordinates("lon", "latitude", False)),
    ],
)
def test_coordinates_are_found_by_name_and_size(tmp_path: Path, columns: dict[str, Any], found: Coordinates) -> None:
    path = tmp_path / "p.parquet"
    pl.DataFrame([columns] * 3).write_parquet(path)
    assert coordinates_of(open_points(path)) == found


@pytest.mark.parametrize(
    ("columns", "what"),
    [
        ({"naam": "Plein", "aantal": 3}, "geen coördinaten"),
        ({"a": 5.1, "b": 5.2, "c": 52.1}, "Meer kolommen kunnen coördinaten zijn: a, b, c."),
        ({"lng": 52.1, "lat": 5.1}, "omgewisseld"),
        ({"x": 487_000.0, "y": 120_000.0}, "omgewisseld"),
        ({"x": 5_000_000.0, "y": 8_000_000.0}, "geen graden en geen RD"),
    ],
)
def test_what_has_no_clear_coordinates_is_refused(tmp_path: Path, columns: dict[str, Any], what: str) -> None:
    path = tmp_path / "p.parquet"
    pl.DataFrame([columns] * 3).write_parquet(path)
    finding = refusal(path)
    assert what in finding.what
    assert finding.todo


def test_named_coordinates_must_both_be_there(tmp_path: Path) -> None:
    points = open_points(csv(tmp_path, "a,b\n5.1,52.1\n"))
    assert coordinates_of(points, "a", "b") == Coordinates("a", "b", False)
    for lng, lat in (("a", None), (None, "b"), ("a", "weg")):
        with pytest.raises(Refused):
            coordinates_of(points, lng, lat)


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("lng,lat\n5.1,52.1\n5.1\n", 3),
        ("lng,lat\n5.1,52.1,7\n", 2),
        ('lng,lat\n5.1,52.1\n"5.1,52.1\n', 3),
        ('naam,lng,lat\n"een\ntwee",5.1,52.1\nx,5.1\n', 4),
        ("lng,lat\n5.1,52.1\n\n5.1\n", 4),
    ],
)
def test_half_a_row_is_refused_with_its_line(tmp_path: Path, text: str, row: int) -> None:
    assert refusal(csv(tmp_path, text)).row == row


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("lng,lat\n" + "5.1,52.1\n" * 40 + "vijf,52.1\n", 42),
        ("lng,lat,w\n" + '5.1,52.1,"a\nb"\n' * 40 + "x1,52,c\n", 82),
    ],
)
def test_a_coordinate_that_is_no_number_is_refused_with_its_line(tmp_path: Path, text: str, row: int) -> None:
    finding = refusal(csv(tmp_path, text))
    assert "geen getal" in finding.what
    assert finding.row == row
    assert finding.column == "lng"


@pytest.mark.parametrize(
    "text", ["", "\n", "lng,lat\n", "[]", "{}", "[1, 2]", '{"a": 1}', "PAR1 en niets meer", "PK\x03\x04"]
)
def test_what_holds_no_points_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(csv(tmp_path, text)).file == "punten.csv"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "is er niet" in refusal(tmp_path / "weg.csv").what


def test_a_last_line_without_an_end_is_read_and_said(tmp_path: Path) -> None:
    points = open_points(csv(tmp_path, "lng,lat\n5.1,52.1\n5.2,52.2"))
    assert sum(frame.height for _, frame in points.batches("lng", "lat", [])) == 2
    assert [finding.row for finding in points.notes] == [3]


def test_json_that_stops_half_way_is_refused_at_every_place(tmp_path: Path) -> None:
    text = json.dumps({"results": [{"lng": x, "lat": y, "soort": kind} for x, y, kind in ROWS], "next": None})
    for cut in range(0, len(text) - 1, 3):
        assert refusal(csv(tmp_path, text[:cut], "half.json"))


def test_parquet_that_is_cut_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pl.DataFrame({"lng": [5.1] * 99, "lat": [52.1] * 99}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-9])
    assert "beschadigd" in refusal(path).what


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(cells=st.lists(CELL, min_size=1, max_size=12), block=st.integers(1, 64))
def test_text_in_pieces_is_the_text_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: list[str], block: int
) -> None:
    monkeypatch.setattr(csv_points, "BLOCK", block)
    path = tmp_path / "p.csv"
    frame = pl.DataFrame({"lng": [5.0 + at / 8 for at in range(len(cells))], "lat": 52.5, "w": cells})
    frame.write_csv(path, quote_style="non_numeric")
    expected = [(x, y, text or None) for x, y, text in frame.rows()]
    assert [(x, y, text or None) for x, y, text in read(path, "w")] == expected
    monkeypatch.setattr(json_points, "_PIECE", block)
    path.write_text(json.dumps(frame.to_dicts()), "utf-8")
    assert [(x, y, text or None) for x, y, text in read(path, "w")] == expected
