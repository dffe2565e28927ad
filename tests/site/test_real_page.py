"""The page of a real buurt of Amsterdam: what stands on the screen is what stands in the publisher's file."""

import csv
import re
from pathlib import Path

import pytest
from django.test import Client

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.release.store import ReleaseStore
from buurtbalans.figures.sources import read_files
from buurtbalans.figures.sources.columns import compact, from_r
from tests.shared import shared_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
FILE = "cbs/kwb-2019-amsterdam-rewritten-by-r.csv"


@pytest.fixture(scope="module")
def amsterdam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with Amsterdam 2019 published in it."""
    folder = tmp_path_factory.mktemp("amsterdam")
    maps, _ = read_areas(shared_data() / "areas/amsterdam-buurten-2019.geojson", year=2019)
    districts, _ = read_areas(shared_data() / "areas/amsterdam-stadsdelen-2019.geojson", year=2019)
    store = ReleaseStore(folder / "releases")
    store.publish(store.add([read_files([shared_data() / FILE])], [*maps, *districts], title="Amsterdam 2019"))
    return folder


@pytest.fixture
def raw() -> dict[str, dict[str, str]]:
    """The file as plain text: code to column to what stands there."""
    with (shared_data() / FILE).open(encoding="utf-8-sig", newline="") as file:
        return {row["Regioaanduiding.Codering..code."].strip(): row for row in csv.DictReader(file)}


@pytest.mark.parametrize("code", ["BU03638103", "BU03630000", "WK036381"])
def test_the_numbers_on_the_page_are_those_of_the_file(
    client: Client, settings: pytest.FixtureRequest, amsterdam: Path, raw: dict[str, dict[str, str]], code: str
) -> None:
    settings.DATA = amsterdam  # type: ignore[attr-defined]
    page = client.get(f"/buurt/2019/{code}/").content.decode()
    shown = dict(re.findall(r'id="cijfer-(\w+)".*?<b>([^<]*)</b>', page, re.DOTALL))
    columns = {compact(from_r(column)): text.strip() for column, text in raw[code].items()}
    checked = 0
    for indicator in catalogue().values():
        told = next((columns[key] for name in indicator.columns if (key := compact(name)) in columns), "")
        if indicator.id not in shown or not re.fullmatch(r"-?\d+(,\d+)?", told):
            continue
        number = float(told.replace(",", ".")) * indicator.times
        text = re.sub(r"[^\d,\-]", "", shown[indicator.id])
        assert float(text.replace(",", ".")) == pytest.approx(number, abs=0.51 * 10.0**-indicator.decimals), (
            indicator.id
        )
        checked += 1
    assert checked >= 60, f"only {checked} figures could be compared"


def test_every_buurt_of_the_map_has_a_page_with_its_way_up(
    client: Client, settings: pytest.FixtureRequest, amsterdam: Path
) -> None:
    settings.DATA = amsterdam  # type: ignore[attr-defined]
    division = ReleaseStore(amsterdam / "releases").current().division(2019)  # type: ignore[union-attr]
    assert len(division.of_level(AreaLevel.BUURT)) == 481
    page = client.get("/buurt/2019/BU03638103/").content.decode()
    for name in ("Amsterdam", "Nieuw-West", "Osdorp-Oost"):
        assert f">{name}</a>" in page


def test_a_harbour_with_hardly_anybody_has_no_bubble_and_no_concern(
    client: Client, settings: pytest.FixtureRequest, amsterdam: Path
) -> None:
    settings.DATA = amsterdam  # type: ignore[attr-defined]
    page = re.sub(r"\s+", " ", client.get("/buurt/2019/BU03631005/").content.decode())
    assert "Er is geen uitkomst, want hier wonen te weinig mensen." in page
    intro = re.search(r'<p class="intro"[^>]*>(.*?)</p>', page)
    assert intro
    assert "verder weg" not in intro[1]
    assert intro[1].endswith("Over samenstelling, voorzieningen en leefbaarheid hebben we te weinig gegevens.")
