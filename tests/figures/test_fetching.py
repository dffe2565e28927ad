"""Fetching in the other two ways, OData v4 and the map of PDOK, and the command."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.fetching import FetchRequest, fetch
from buurtbalans.figures.findings import Refused
from buurtbalans.figures.sources import read_files
from tests.figures import fake_service as fake

CODES = [code for code, _ in fake.AREAS]


class Other(fake.Answer):
    """Answers of v4 and of OGC API Features."""

    def good(self) -> bytes | None:
        if "/Properties" in self.path:
            facts = {"Identifier": fake.TABLE, "Title": "Kerncijfers wijken en buurten 2018", "Modified": "x"}
            return json.dumps(facts).encode()
        if "/items" in self.path:
            return json.dumps(borders()).encode()
        content = json.loads(super().good() or b"{}")
        following = content.pop("odata.nextLink", None)
        told = {"@odata.count": len(self.server.rows[self.name]), "value": content.get("value")}
        return json.dumps({**told, **({"@odata.nextLink": following} if following else {})}).encode()

    @property
    def name(self) -> str:
        return self.path.split("?")[0].rpartition("/")[2]


def borders() -> dict[str, Any]:
    features = []
    for at, (code, name) in enumerate(fake.AREAS[2:]):
        west, east = 4.8 + at / 100, 4.81 + at / 100
        ring = [[west, 52.3], [east, 52.3], [east, 52.31], [west, 52.31], [west, 52.3]]
        properties = {"buurtcode": code, "buurtnaam": name, "gemeentenaam": "Waterdam"}
        border = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": properties, "geometry": border})
    return {"type": "FeatureCollection", "numberMatched": len(features), "links": [], "features": features}


@pytest.fixture
def service() -> Iterator[fake.Service]:
    with fake.running() as found:
        found.RequestHandlerClass = Other
        found.rows["MeasureCodes"] = [{"Identifier": "T001", "Title": "Aantal inwoners", "Unit": "aantal"}]
        found.rows["WijkenEnBuurtenCodes"] = [{"Identifier": code, "Title": name} for code, name in fake.AREAS]
        found.rows["Observations"] = [
            {"Id": at, "Measure": "T001", "ValueAttribute": "None", "Value": 5.0 * at, "WijkenEnBuurten": code}
            for at, code in enumerate(CODES)
        ]
        yield found


def test_version_four(service: fake.Service, tmp_path: Path) -> None:
    request = FetchRequest("cbs-kwb", ("GM9901",), 2018, fake.TABLE, version=4, base=service.base)
    found = fetch(request, tmp_path)
    rows = read_files([found.folder]).observations
    assert dict(rows.select("area", "value").iter_rows()) == {code: 5.0 * at for at, code in enumerate(CODES)}
    assert set(rows["indicator"]) == {"population"}


def test_the_map_of_pdok(service: fake.Service, tmp_path: Path) -> None:
    request = FetchRequest("pdok-buurten", ("GM9901",), 2018, base=f"{service.base}/{{year}}")
    found = fetch(request, tmp_path)
    [division], _ = read_areas(found.folder / "buurten-2018.geojson", year=2018)
    assert set(CODES[2:]) <= {area.code for area in division}
    assert any("/odata/2018/collections/buurten/items" in path for path in service.asked)


def test_a_map_of_another_city_is_refused(service: fake.Service, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="andere gemeente"):
        fetch(FetchRequest("pdok-buurten", ("GM0001",), 2018, base=service.base), tmp_path)


def test_the_command(service: fake.Service, tmp_path: Path) -> None:
    how = ["fetch", "pdok-buurten", "--municipality", "GM9901", "--period", "2018", "--base", service.base]
    first = CliRunner().invoke(app, [*how, "--out", str(tmp_path)])
    assert first.exit_code == 0, first.output
    assert "Opgehaald" in first.output
    assert "niets nieuws" in CliRunner().invoke(app, [*how, "--out", str(tmp_path)]).output


def test_the_command_refuses(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["fetch", "cbs-kwb", "--municipality", "Amsterdam", "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert "geen code van een gemeente" in done.output
    assert list(tmp_path.iterdir()) == []
