"""The catalogue and the overview on real figures: Amsterdam 2019 and 2024, on two sets of borders."""

import csv
import re
import time
from pathlib import Path

import pytest
from django.test import Client

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.release.store import ReleaseStore
from buurtbalans.figures.sources import read_files
from buurtbalans.method.datasets.queries import releases
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.data_coverage import data_coverage
from buurtbalans.site.pages.holdings import holdings
from tests.shared import shared_data

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]
OLD, NEW = "cbs/kwb-2019-amsterdam-rewritten-by-r.csv", "cbs/kwb-2024-statline-export.csv"
TOWN = "GM0363"


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with Amsterdam 2019 and the Netherlands 2024 published in it."""
    folder, data = tmp_path_factory.mktemp("two-years"), shared_data()
    maps = [
        division
        for name, year in (("buurten-2019", 2019), ("buurten-2022", 2022))
        for division in read_areas(data / f"areas/amsterdam-{name}.geojson", year=year)[0]
    ]
    store = ReleaseStore(folder / "releases")
    store.publish(store.add([read_files([data / OLD]), read_files([data / NEW])], maps, title="Twee jaren"))
    return folder


@pytest.fixture
def here(settings: pytest.FixtureRequest, two_years: Path) -> CityRelease:
    settings.DATA, settings.MUNICIPALITY = two_years, TOWN  # type: ignore[attr-defined]
    release = releases.current_release()
    assert release is not None
    division = release.division(2024)
    return CityRelease(release, 2024, division, division[TOWN])


def test_buurten_with_a_figure_are_those_with_a_number_in_the_file(here: CityRelease) -> None:
    """Counted from the text of the publisher: numbers in the column, per buurt of the town."""
    with (shared_data() / OLD).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    column = next(name for name in rows[0] if name.lower().startswith("bevolking.aantal.inwoners"))
    buurten = [row for row in rows if row["Regioaanduiding.Codering..code."].startswith("BU")]
    held = {(one.level, one.period): one for one in holdings(here.release, TOWN).of("population")}
    assert held[AreaLevel.BUURT, 2019].areas == len(buurten)
    assert held[AreaLevel.BUURT, 2019].values == sum(row[column].strip().isdigit() for row in buurten)
    assert held[AreaLevel.BUURT, 2024].areas == 517


def test_a_buurt_of_new_borders_says_that_the_old_year_is_not_comparable(client: Client, here: CityRelease) -> None:
    found = data_coverage(here, ("BU0363NK01",), together=False)
    people = next(row for row in found.rows if row.theme == "mensen")
    assert (people.cells[2019].values, people.cells[2019].why) == (0, Absence.NOT_COMPARABLE)
    assert people.cells[2024].values == people.cells[2024].said > 10
    old = next(group for group in found.missing if group.reason is Absence.NOT_COMPARABLE)
    assert old.wider is not None
    assert old.wider.code == TOWN
    page = client.get("/buurt/2024/BU0363NK01/overzicht/").content.decode()
    assert "buurtbalans fetch cbs-kwb --municipality GM0363" in page
    assert "niet vergelijkbaar" in page


def test_restricted_figures_are_named_with_the_reason(client: Client, here: CityRelease) -> None:
    page = client.get("/cijfers/catalogus/").content.decode()
    part = page[page.index('id="afgeschermd"') :]
    assert "herkomst: Marokko" in part
    assert "herkomst verklaart niets over een buurt" in part
    assert not re.search(r'href="/cijfers/catalogus/origin', page)


def test_a_city_of_518_buurten_answers_quickly_when_warm(client: Client, here: CityRelease) -> None:
    for address in ("/cijfers/catalogus/", "/buurt/2024/BU0363NK01/overzicht/", "/cijfers/catalogus/population/"):
        client.get(address)
        times = []
        for _again in range(5):
            start = time.process_time()
            assert client.get(address).status_code == 200
            times.append(time.process_time() - start)
        assert min(times) < 0.3, address
