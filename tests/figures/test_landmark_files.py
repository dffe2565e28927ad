"""A file with facilities and works is read whole, or refused with all that is wrong at once."""

import json

import pytest

from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sources.landmarks import BYTES, PLACES, read_landmarks

KINDS = {"school": "school", "werk": "werk", "werk op komst": "werk"}


def read(text: str | bytes, file: str = "plekken.csv"):
    return read_landmarks(text if isinstance(text, bytes) else text.encode(), file, KINDS)


def refused(text: str | bytes) -> list[tuple[int | None, str | None]]:
    with pytest.raises(Refused) as found:
        read(text)
    return [(finding.row, finding.column) for finding in found.value.findings]


def test_degrees_and_metres_give_the_same_place():
    (degrees,) = read(
        "naam;soort;lon;lat;van;tot;over\nKade;Werk op komst;4.887973;52.369828;2027-03-01;31-07-2027;dicht"
    )
    (metres,) = read("naam,soort,x,y\nKade,werk,121000,487000\n")
    assert degrees.shape["coordinates"] == pytest.approx(metres.shape["coordinates"], abs=2e-6)
    assert (degrees.kind, degrees.about, degrees.starts_on.year, degrees.ends_on.month) == ("werk", "dicht", 2027, 7)


def test_lines_and_surfaces_come_from_geojson():
    line = {"type": "LineString", "coordinates": [[5.2, 52.2, 1], [5.3, 52.3, 2]]}
    content = {"features": [{"properties": {"Naam": "Kade", "soort": "werk"}, "geometry": line}]}
    (found,) = read(json.dumps(content))
    assert found.shape == {"type": "LineString", "coordinates": [[5.2, 52.2], [5.3, 52.3]]}


def test_all_that_is_wrong_is_said_at_once():
    assert refused("naam;soort;lon;lat;van\n;school;5.2;52.2;1-1-9\nX;iets;9;52;\nY;school;a;b;\n") == [
        (2, "naam"),
        (2, "van"),
        (3, "soort"),
        (3, "plek"),
        (4, "lon"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PK\x03\x04",
        "naam;soort\nX;school\n",
        "lon;lat\n5;52\n",
        "naam;soort;lon;lat\n",
        '["geen kaart"]',
        "{" * 50_000,
        '{"features": 3}',
        '{"features": [{"properties": {}, "geometry": null}]}',
        '{"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": []}}]}',
        "naam;soort;lon;lat\nX;school;nan;52\n",
        "naam;soort;lon;lat\nX;school;1e999;52\n",
        "naam;soort;lon;lat\n" + "X;school;5.2;52.2\n" * (PLACES + 1),
        "x" * (BYTES + 1),
        f"naam;soort;lon;lat\n{'x' * 81};school;5.2;52.2\n",
        b"naam;soort;lon;lat\nX\xff;school;5.2;52.2\n",
        'naam;soort;lon;lat\n"X;school;5.2;52.2\n',
        "naam;soort;lon;lat\nX;school;5.2\n",
    ],
    ids=lambda text: str(len(text)),
)
def test_what_is_no_list_of_places_is_refused(text):
    assert refused(text)
