"""The neighbourhood page: sentences, figures, change, comparison; a working area; the way back from every figure."""

import re

import pytest
from django.test import Client

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.release.frozen import Release
from buurtbalans.method.places.models import Neighbourhood, NeighbourhoodPart
from buurtbalans.site.demo.town import town
from buurtbalans.site.pages.area import charts, intro
from buurtbalans.site.pages.area_figures import AreaFigures, of_area, of_areas
from buurtbalans.site.pages.balance_history import dimension_timelines
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.dimensions import DIMENSIONS
from buurtbalans.site.pages.peer_areas import peer_groups

pytestmark = pytest.mark.django_db
CODE = town().code_of("Weverskwartier")
OTHER = town().code_of("Bloemhof")
ADDRESS = f"/buurt/2025/{CODE}/"


@pytest.fixture
def here(waterdam: Release) -> CityRelease:
    division = waterdam.division(2025)
    return CityRelease(waterdam, 2025, division, division["GM9999"])


@pytest.fixture
def subject(here: CityRelease) -> AreaFigures:
    return of_area(here, CODE)


def test_the_figures_of_each_dimension_fold_out(client: Client, waterdam: Release, subject: AreaFigures) -> None:
    page = client.get(ADDRESS).content.decode()
    for dimension, name in DIMENSIONS.items():
        assert f"<h3>{name}</h3>" in page
        known = [line for line in subject.of(dimension) if line.shown.value is not None]
        assert f"Cijfers over {name} ({len(known)})" in page
        assert all(f'id="cijfer-{line.indicator.id}"' in page for line in known)


def test_strengths_come_before_concerns(subject: AreaFigures) -> None:
    says = intro(subject)
    assert "burenhulp" in says[0]
    assert any("veilig" in sentence for sentence in says[1:])


def test_the_first_sentences_miss_what_would_count_and_not_any_figure(client: Client, waterdam: Release) -> None:
    without = re.sub(r"\s+", " ", client.get(f"/buurt/2025/{town().code_of('Vlasakker')}/").content.decode())
    assert "Over leefbaarheid hebben we te weinig gegevens." in without


def test_every_figure_leads_to_its_source_and_back(client: Client, waterdam: Release) -> None:
    page = client.get(ADDRESS).content.decode()
    link = re.search(r'href="(/cijfers/catalogus/safe_in_evening/[^"]+)"', page)
    assert link
    source = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert f'href="{ADDRESS}#cijfer-safe_in_evening"' in source
    for words in ("Bewonersonderzoek Waterdam", "verzonnen", "steekproef", "2018, 2019"):
        assert words in source


def test_the_line_breaks_where_the_border_changed_and_only_there(subject: AreaFigures) -> None:
    line = subject.line("safe_in_evening")
    assert line
    assert line.trend.breaks == (2021,)
    assert {one.division for one in line.drawn} == {2018, 2021}


def test_what_is_drawn_is_worth_drawing(subject: AreaFigures) -> None:
    drawn = charts(subject)
    assert len(drawn) == 3
    assert all(line.trend.direction for line in drawn)
    assert len({line.indicator.theme for line in drawn}) == 3


def test_counts_of_answers_are_no_figures_of_a_neighbourhood(subject: AreaFigures) -> None:
    assert subject.line("survey_respondents") is None
    assert subject.line("population") is not None


def test_up_to_three_neighbourhoods_stand_beside_it(client: Client, waterdam: Release, here: CityRelease) -> None:
    codes = [area.code for area in here.areas(AreaLevel.BUURT)][:4]
    page = client.get(ADDRESS + "?cijfer=feels_at_home&" + "&".join(f"naast={code}" for code in codes)).content.decode()
    assert page.count('class="gekozen-naam"') == 3
    assert "U kunt met hooguit drie buurten vergelijken" in page
    assert "Vergelijk: thuis voelen in de buurt" in re.sub(r"\s+", " ", page)


def test_the_buurten_around_it_and_those_like_it_stand_in_the_comparison(
    client: Client, waterdam: Release, here: CityRelease, subject: AreaFigures
) -> None:
    page = re.sub(r"\s+", " ", client.get(ADDRESS + "?cijfer=safe_in_evening").content.decode())
    assert re.search(r"Buurten ernaast \(\d\)", page)
    assert "Vergelijkbare buurten (6)" in page
    line = subject.line("safe_in_evening")
    assert line
    around, like = peer_groups(here, subject, line.shown)
    assert CODE not in {one.area for each in (around, like) for one in each.members}
    for each in (around, like):
        assert each.sentence in page
        low, high = each.ends
        assert low.value <= each.together.value <= high.value  # type: ignore[operator]


def test_a_working_area_lies_beside_the_buurten_around_all_of_it_and_a_whole_town_beside_none(
    here: CityRelease,
) -> None:
    both = of_areas(here, "Samen", (CODE, OTHER))
    line = both.line("safe_in_evening")
    assert line
    (around,) = peer_groups(here, both, line.shown)
    alone = [peer_groups(here, of_area(here, code), line.shown)[0] for code in (CODE, OTHER)]
    members = {one.area for each in alone for one in each.members}
    assert {one.area for one in around.members} == members - {CODE, OTHER}
    assert peer_groups(here, of_area(here, "GM9999"), line.shown) == ()


@pytest.mark.parametrize("query", ["?naast=BU00000000", f"?naast={CODE}", "?cijfer=bestaat_niet", "?naast="])
def test_nonsense_beside_it_is_left_out(client: Client, waterdam: Release, query: str) -> None:
    page = client.get(ADDRESS + query)
    assert page.status_code == 200
    assert 'class="gekozen-naam"' not in page.content.decode()


@pytest.mark.parametrize("address", ["/buurt/2025/BU00000000/", "/buurt/1999/" + CODE + "/", "/buurt/2025/NL00/"])
def test_an_area_that_is_not_there_is_not_found(client: Client, waterdam: Release, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_wijk_shows_what_lies_in_it(client: Client, waterdam: Release, here: CityRelease) -> None:
    wijk = here.division[CODE].parent
    page = client.get(f"/buurt/2025/{wijk}/").content.decode()
    assert ADDRESS in page


def test_a_working_area_is_computed_from_counts(here: CityRelease, subject: AreaFigures) -> None:
    both = of_areas(here, "Samen", (CODE, OTHER))
    other = of_area(here, OTHER)
    people = [each.line("population").shown.value for each in (subject, other, both)]  # type: ignore[union-attr]
    assert people[0] + people[1] == people[2]  # type: ignore[operator]
    share, old = both.line("share_65_plus"), [each.line("population_65_plus") for each in (subject, other)]
    older = sum(at.shown.value for at in old)  # type: ignore[union-attr,misc]
    assert share
    assert share.shown.value == pytest.approx(100 * older / people[2])  # type: ignore[operator]


def test_a_working_area_is_absent_where_a_part_is_absent(here: CityRelease) -> None:
    small = town().code_of("Het Eiland")
    line = of_areas(here, "Samen", (CODE, small)).line("lonely_65_plus")
    assert line
    assert line.shown.value is None
    assert line.shown.absence == "too_few"


def test_the_page_of_a_working_area(client: Client, waterdam: Release) -> None:
    made = Neighbourhood.objects.create(slug="samen", name="Samen", municipality="GM9999", division=2025)
    for code in (CODE, OTHER):
        NeighbourhoodPart.objects.create(neighbourhood=made, code=code)
    page = client.get("/gebied/samen/").content.decode()
    assert "Dit gebied bestaat uit 2 buurten." in page
    assert ADDRESS in page
    assert client.get("/gebied/bestaat-niet/").status_code == 404


def test_restricted_figures_have_no_page(client: Client, waterdam: Release) -> None:
    assert client.get("/cijfers/catalogus/origin_morocco/").status_code == 404
    assert client.get("/cijfers/catalogus/bestaat_niet/").status_code == 404


def test_dimensions_hold_what_belongs_to_them(subject: AreaFigures) -> None:
    for dimension in Dimension:
        assert all(line.indicator.dimension is dimension for line in subject.of(dimension))


def test_the_balance_lies_beside_itself_earlier_as_ranges_and_not_over_a_new_border(
    client: Client, waterdam: Release, here: CityRelease, subject: AreaFigures
) -> None:
    page = re.sub(r"\s+", " ", client.get(ADDRESS).content.decode())
    found = dimension_timelines(here, subject, ChosenWeights())
    assert len(found) == 3
    for each in found:
        assert " ".join(each.says) in page
        assert [year.then.period for year in each.years if not year.comparable] == [2018, 2019, 2020]
        assert all(year.moved[0] < year.moved[1] for year in each.years)
        assert f'aria-label="{each.years[-1].moved[2]}"' in page
        assert each.years[-1].words == "nu"
        assert each.start < min(year.moved[0] for year in each.years)
    assert dimension_timelines(here, of_area(here, "GM9999"), ChosenWeights()) == []
    town_page = client.get("/buurt/2025/GM9999/").content.decode()
    assert "De buurt in eerdere jaren" not in town_page


def test_weights_change_the_years_too(here: CityRelease, subject: AreaFigures) -> None:
    heavy = dimension_timelines(here, subject, ChosenWeights({"neighbours_help": 5.0}))
    assert heavy[2].years[-1].beside > dimension_timelines(here, subject, ChosenWeights())[2].years[-1].beside
