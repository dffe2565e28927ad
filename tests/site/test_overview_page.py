"""The start overview: what exists, how recent and how fine, and what is missing, with the reason and what to do."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.datasets.models import Delivery
from buurtbalans.method.datasets.queries import deliveries, releases
from buurtbalans.method.places.models import Neighbourhood, NeighbourhoodPart
from buurtbalans.site.demo.town import town
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.data_coverage import YearCoverage, data_coverage
from buurtbalans.site.pages.overview import YEARS, lines
from buurtbalans.site.pages.partner_figures import PartnerDelivery
from tests.site.content_fixtures import Content

pytestmark = pytest.mark.django_db
CODE = town().code_of("Weverskwartier")
OTHER = town().code_of("Bloemhof")
ADDRESS = f"/buurt/2025/{CODE}/overzicht/"


@pytest.fixture
def content(waterdam: Release, db: None) -> Content:
    """Two rounds with their people, and what two organisations delivered."""
    return Content()


@pytest.fixture
def here(waterdam: Release) -> CityRelease:
    division = waterdam.division(2025)
    return CityRelease(waterdam, 2025, division, division["GM9999"])


def test_the_rows_count_every_figure_that_may_be_shown_once(here: CityRelease) -> None:
    found = data_coverage(here, (CODE,), together=False)
    shown = [one for one in releases.shown(here.release, areas=[CODE]) if not one.indicator.restricted]
    shown = [one for one in shown if not one.indicator.id.startswith("survey_respondents")]
    cells = [cell for row in found.rows for cell in row.cells.values()]
    assert sum(cell.values for cell in cells) == sum(one.value is not None for one in shown)
    assert sum(cell.said for cell in cells) >= len(shown)
    assert found.kinds == len({one.indicator.id for one in shown})
    assert found.newest == max(one.period for one in shown if one.value is not None)


def test_what_is_missing_is_what_has_no_figure_now(here: CityRelease) -> None:
    for code in (CODE, OTHER):
        now = {one.indicator.id: one for one in releases.shown(here.release, areas=[code])}
        found = data_coverage(here, (code,), together=False)
        missing = {
            one.id: group.reason for group in found.missing for _theme, members in group.themes for one in members
        }
        assert missing == {
            name: one.absence
            for name, one in now.items()
            if one.absence not in (None, Absence.NOT_APPLICABLE)
            and not one.indicator.restricted
            and not name.startswith("survey_respondents")
        }
        assert found.lacks == len(missing)


def test_the_wider_area_really_has_the_figure(here: CityRelease) -> None:
    for code in [area.code for area in here.division.of_level(AreaLevel.BUURT)][:12]:
        for group in data_coverage(here, (code,), together=False).missing:
            if group.wider is None:
                continue
            wanted = [one.id for _theme, members in group.themes for one in members]
            newest: dict[str, Any] = {}
            for shown in releases.shown(here.release, areas=[group.wider.code], indicators=wanted):
                if shown.indicator.id not in newest or newest[shown.indicator.id].period < shown.period:
                    newest[shown.indicator.id] = shown
            assert all(newest[name].value is not None for name in wanted)


def test_the_picture_and_the_table_say_the_same(client: Client, here: CityRelease) -> None:
    page = client.get(ADDRESS).content.decode()
    _years, earlier, rows = lines(data_coverage(here, (CODE,), together=False), [])
    cells = [cell for row in rows for cell in row.cells if cell]
    picture, table = page.split('<details class="vouw niet-op-papier">')
    assert picture.count('<svg class="staal"') >= len(cells)
    assert table.count('<tr><th scope="row">') == len(cells)
    assert re.findall(r"<td>(\d+) van de (\d+)</td>", table) == [(str(c.values), str(c.said)) for c in cells]
    assert f"cijfers van {earlier} eerdere jaren" in picture


def test_a_swatch_says_by_its_form_whether_all_some_or_none_is_there() -> None:
    assert YearCoverage(2025, 4, 4).filled == 26
    assert (
        0
        < YearCoverage(2025, 1, 99, ((Absence.TOO_FEW, 98),)).filled
        < YearCoverage(2025, 98, 99, ((Absence.TOO_FEW, 1),)).filled
        < 26
    )
    none = YearCoverage(2025, 0, 3, ((Absence.TOO_FEW, 2), (Absence.NOT_SHARED, 1)))
    assert (none.filled, none.why) == (0, Absence.TOO_FEW)
    assert YearCoverage(2025, 1, 2, ((Absence.TOO_FEW, 1),)).why is None


def test_a_year_that_only_a_partner_has_gets_a_column(here: CityRelease) -> None:
    sent = PartnerDelivery(1, "Huurders", "Woonstede", here.release.manifest.created.date())
    for absence in (None, None, Absence.TOO_FEW):
        sent.add("huurders", 2026, absence)
    years, _earlier, rows = lines(data_coverage(here, (CODE,), together=False), [sent])
    assert len(years) == YEARS
    assert years[-1] == 2026
    assert rows[-1].cells[-1] == YearCoverage(2026, 2, 3, ((Absence.TOO_FEW, 1),))
    assert all(row.cells[-1] is None for row in rows[:-1])


def test_a_working_area_is_the_buurten_together(client: Client, here: CityRelease) -> None:
    place = Neighbourhood.objects.create(slug="samen", name="Samen", municipality="GM9999", division=2025)
    for code in (CODE, OTHER):
        NeighbourhoodPart.objects.create(neighbourhood=place, code=code)
    page = client.get("/gebied/samen/overzicht/").content.decode()
    assert "Beschikbare cijfers over Samen" in page
    assert f'href="{reverse("neighbourhood", args=["samen"])}"' in page
    together = data_coverage(here, tuple(sorted((CODE, OTHER))), together=True)
    assert together.have > 0
    assert f"Van de {together.kinds} soorten cijfers zijn er {together.have} beschikbaar" in page


def test_the_area_and_the_first_step_of_a_round_lead_here(client: Client, content: Content) -> None:
    assert f'href="{ADDRESS}"' in client.get(f"/buurt/2025/{CODE}/").content.decode()
    round = content.rounds["own"]
    client.force_login(content.world["core_member"])
    step = client.get(f"/rondes/{round.slug}/stap/1/").content.decode()
    assert f'href="/gebied/{round.neighbourhood.slug}/overzicht/"' in step


@pytest.mark.parametrize(
    "address", ["/buurt/1950/BU99990101/overzicht/", "/buurt/2025/BU00000000/overzicht/", "/gebied/x/overzicht/"]
)
def test_a_place_that_is_not_there_has_no_overview(client: Client, waterdam: Release, address: str) -> None:
    assert client.get(address).status_code == 404


def test_without_figures_the_page_says_so(client: Client, data: object) -> None:
    assert client.get(ADDRESS).status_code == 200


def test_few_queries_and_nothing_of_one_viewer_for_another(client: Client, content: Content) -> None:
    address = reverse("neighbourhood_overview", args=[content.rounds["own"].neighbourhood.slug])
    client.force_login(content.world["core_member"])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        mine = client.get(address).content.decode()
    assert len(asked) <= 16
    links = re.findall(r'href="(/cijfers/aanleveren/\d+/)"', mine)
    assert links
    client.logout()
    assert not re.findall(r'href="/cijfers/aanleveren/\d+/"', client.get(address).content.decode())
    client.force_login(content.world["foreign_core"])
    theirs = client.get(address).content.decode()
    assert not set(links) & set(re.findall(r'href="(/cijfers/aanleveren/\d+/)"', theirs))


def test_what_partners_say_here_is_what_each_viewer_may_see_of_it(content: Content) -> None:
    """Taken together in a few queries, yet the same as asking of each delivery what this viewer sees."""
    codes = content.codes[:1]
    told = 0
    for viewer in ("core_member", "process_guide", "ring_member", "member", "data_steward", "foreign_core", "reader"):
        person = content.world[viewer]
        found = {delivery.pk: counts for delivery, counts in deliveries.seen_about(person, codes)}
        for delivery in Delivery.objects.visible_to(person).active():
            here = {key: count for key, count in deliveries.seen_by(person, delivery).items() if key.area in codes}
            assert found.pop(delivery.pk, {}) == here
            told += len(here)
        assert found == {}
    assert told
