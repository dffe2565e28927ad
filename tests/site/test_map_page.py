"""The map page: the sentence as a filter, five classes with words, reasons, the table that equals the map."""

import csv
import io
import re

import pytest
from django.test import Client

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.release.frozen import Release
from buurtbalans.site.demo.town import town
from buurtbalans.site.pages.city_comparison import compare_with_city
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.map import in_order, legend

pytestmark = pytest.mark.django_db
CODE = town().code_of("Weverskwartier")


def here(release: Release) -> CityRelease:
    division = release.division(2025)
    return CityRelease(release, 2025, division, division["GM9999"])


def test_the_map_opens_on_what_most_people_want_to_see(client: Client, waterdam: Release) -> None:
    page = client.get("/kaart/").content.decode()
    assert "Hoeveel mensen voelen zich thuis in hun buurt" in page
    assert "option selected>2025" in page.replace("<", "")


def test_the_table_holds_every_area_of_the_map_in_the_same_words(client: Client, waterdam: Release) -> None:
    page = client.get("/kaart/?indicator=safe_in_evening").content.decode()
    drawing, table = page.split('class="tabel tabel--dicht"')[0], page.split('class="tabel tabel--dicht"')[1]
    for place in compare_with_city(here(waterdam), catalogue()["safe_in_evening"], 2025, AreaLevel.BUURT).places:
        assert f">{place.name}</a>" in table
        if place.words:
            assert re.search(rf"<title>{place.name}: [^<]*{place.words}", drawing), place.name


def test_every_class_stands_in_the_legend_with_its_count(waterdam: Release) -> None:
    found = compare_with_city(here(waterdam), catalogue()["safe_in_evening"], 2025, AreaLevel.BUURT)
    rows = legend(found)
    assert rows[0][1] == "duidelijk hoger"
    assert len(rows) == 5
    assert sum(count for _colour, _words, count in rows) + sum(found.without().values()) == len(found.places)


def test_better_is_teal_whichever_way_the_figure_counts(waterdam: Release) -> None:
    found = compare_with_city(here(waterdam), catalogue()["street_nuisance"], 2025, AreaLevel.BUURT)
    assert found.colour(5) == 1
    assert compare_with_city(here(waterdam), catalogue()["feels_at_home"], 2025, AreaLevel.BUURT).colour(5) == 5


def test_reasons_for_absence_are_told_apart(client: Client, waterdam: Release) -> None:
    page = client.get("/kaart/?indicator=lonely_65_plus").content.decode()
    for reason in (
        "te weinig mensen",
        "beschermt een andere buurt",
        "niet gemeten",
        "niet vergelijkbaar",
        "niet gedeeld",
    ):
        assert reason in page


def test_the_chosen_area_is_told_in_a_sentence(client: Client, waterdam: Release) -> None:
    page = client.get(f"/kaart/?indicator=safe_in_evening&gekozen={CODE}").content.decode()
    block = page.split('id="gekozen"')[1].split("</section>")[0]
    assert "Weverskwartier" in block
    assert re.search(r"\d+ tot \d+ van de 100 mensen voelen zich ’s avonds veilig", block)
    assert "duidelijk lager" in block


@pytest.mark.parametrize(
    "address",
    ["?indicator=bestaat_niet", "?indicator=origin_morocco", "?niveau=straat", "?indicator=%00", "?niveau=gemeente"],
)
def test_what_does_not_exist_is_not_found(client: Client, waterdam: Release, address: str) -> None:
    assert client.get(f"/kaart/{address}").status_code == 404


@pytest.mark.parametrize(
    "address", ["?jaar=1812", "?jaar=abc", "?jaar=٢", "?gekozen=BU00000000", "?zoom=9999", "?zoom=x"]
)
def test_nonsense_in_an_address_shows_the_ordinary_map(client: Client, waterdam: Release, address: str) -> None:
    assert client.get(f"/kaart/{address}").status_code == 200


def test_the_map_can_be_drawn_per_wijk(client: Client, waterdam: Release) -> None:
    page = client.get("/kaart/?niveau=wijk&indicator=share_65_plus").content.decode()
    assert page.count('<th scope="row">') == 8


def test_the_saved_table_says_why_a_figure_is_absent(client: Client, waterdam: Release) -> None:
    answer = client.get("/kaart/tabel.csv?indicator=feels_at_home")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(
        compare_with_city(here(waterdam), catalogue()["feels_at_home"], 2025, AreaLevel.BUURT).places
    )
    assert all(bool(row["cijfer"]) != bool(row["waarom_geen_cijfer"]) for row in rows)


def test_rows_go_from_low_to_high_and_end_with_the_absent(waterdam: Release) -> None:
    rows = in_order(compare_with_city(here(waterdam), catalogue()["feels_at_home"], 2025, AreaLevel.BUURT))
    values = [row.shown.value for row in rows if row.shown and row.shown.value is not None]
    assert values == sorted(values)
    assert all(row.absence for row in rows[len(values) :])


def test_without_figures_the_map_says_what_to_do(client: Client, data: object) -> None:
    page = client.get("/kaart/").content.decode()
    assert "Er zijn nog geen cijfers" in page
    assert "buurtbalans release import" in page
