"""Figures from before the new border of Waterdam (2021), carried over to the borders of now."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.crosswalk.convert import convert_figures, crosswalk
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.release.frozen import Release
from buurtbalans.site.demo.town import town
from buurtbalans.site.look import trend
from buurtbalans.site.pages.area import charts
from buurtbalans.site.pages.area_figures import FigureLine, of_area, of_areas
from buurtbalans.site.pages.city_release import CityRelease
from buurtbalans.site.pages.restated_figures import FigureOnCurrentBorders, restatement_note

pytestmark = pytest.mark.django_db
GREW, SHRANK = town().code_of("Weverskwartier"), town().code_of("Bloemhof")
SAME = town().code_of("Zwanenburg")


@pytest.fixture
def here(waterdam: Release) -> CityRelease:
    division = waterdam.division(2025)
    return CityRelease(waterdam, 2025, division, division["GM9999"])


def line_of(here: CityRelease, code: str, indicator: str = "safe_in_evening") -> FigureLine:
    found = of_area(here, code).line(indicator)
    assert found
    return found


def test_one_border_of_waterdam_moved(waterdam: Release) -> None:
    walk = crosswalk(waterdam.division(2020), waterdam.division(2021))
    assert set(walk.changed) >= {GREW, SHRANK}
    buurten = [code for code in walk.changed if code.startswith("BU")]
    assert sorted(buurten) == sorted([GREW, SHRANK])
    [from_self, from_other] = sorted(walk.targets[GREW].parts, key=lambda part: part.area != GREW)
    assert (from_self.weight, from_other.area) == (1, SHRANK)
    assert walk.targets[SHRANK].parts[0].weight == pytest.approx(1 - from_other.weight)


def test_the_town_keeps_its_people(waterdam: Release) -> None:
    frame = waterdam.figures(indicators=["population"], level="buurt", periods=[2020])
    walk = crosswalk(waterdam.division(2020), waterdam.division(2021))
    assert convert_figures(frame, walk, catalogue())["value"].sum() == pytest.approx(frame["value"].sum())


def test_the_years_before_the_border_are_carried_and_the_line_still_breaks(here: CityRelease) -> None:
    line = line_of(here, GREW)
    assert line.trend.breaks == (2021,)
    assert [each.shown.period for each in line.restated] == [2018, 2019, 2020]
    assert {each.shown.division for each in line.restated} == {2025}
    assert all(0 < (each.estimated or 0) < 1 for each in line.restated)
    assert {one.division for one in line.drawn} == {2018, 2021}
    assert line.trend == of_area(here, GREW).line("safe_in_evening").trend  # type: ignore[union-attr]


def test_what_lost_ground_is_all_estimated(here: CityRelease) -> None:
    assert {each.percent for each in line_of(here, SHRANK).restated} == {100}
    assert "Daarvan is 100\xa0% geschat." in line_of(here, SHRANK).restated_words


def test_where_no_border_moved_nothing_is_carried(here: CityRelease) -> None:
    assert of_area(here, SAME).lines
    assert not any(line.restated for line in of_area(here, SAME).lines)
    assert line_of(here, SAME).restated_words == ""


def test_a_share_of_an_unknown_number_of_people_is_not_carried_and_says_so(here: CityRelease) -> None:
    line = line_of(here, SHRANK, "labour_participation")
    assert {each.shown.absence for each in line.restated} == {Absence.NOT_COMPARABLE}
    assert line.restated_words == "Deze cijfers zijn niet om te rekenen naar de huidige grenzen."
    page = render_to_string("site/area_chart.html", {"line": line})
    assert page.count("niet vergelijkbaar") == len(line.restated)
    assert "omgerekend" not in page


def test_a_border_inside_a_working_area_leaves_nothing_to_estimate(here: CityRelease) -> None:
    line = of_areas(here, "Samen", (GREW, SHRANK)).line("population")
    assert line
    assert {each.estimated for each in line.restated} == {0.0}
    assert [each.shown.value for each in line.restated] == pytest.approx(
        [one.value for one in line.series if one.period < 2021]
    )


def test_the_page_offers_the_dashed_line_and_the_same_as_a_table(
    client: Client, waterdam: Release, here: CityRelease
) -> None:
    page = client.get(f"/buurt/2025/{GREW}/").content.decode()
    shown = [line for line in charts(of_area(here, GREW)) if line.restated]
    assert shown
    assert page.count('<path class="omgerekend"') == len(shown)
    assert page.count("Gestreept zijn cijfers") == len(shown)
    assert page.count("berekend met de huidige grenzen</th>") == len(shown)
    cells = re.findall(r"<td>([^<]+) <span class=\"klein\">(\d+)&nbsp;% geschat</span>", page)
    assert [(value.strip(), int(percent)) for value, percent in cells] == [
        (each.value, each.percent) for line in shown for each in line.restated
    ]
    assert "nieuwe grens" in page
    untouched = client.get(f"/buurt/2025/{SAME}/").content.decode()
    assert "omgerekend" not in untouched
    assert "huidige grenzen" not in untouched


def point(here: CityRelease, value: float | None) -> Shown:
    one = line_of(here, GREW).shown
    return Shown(one.indicator, one.area, 2025, 2019, value, None, None, None, one.source)


@pytest.mark.parametrize(
    ("estimated", "percent"), [(0.0, 0), (0.001, 1), (0.254, 25), (0.999, 99), (1.0, 100), (None, 0)]
)
def test_a_little_is_not_nothing_and_nearly_all_is_not_all(
    here: CityRelease, estimated: float | None, percent: int
) -> None:
    assert FigureOnCurrentBorders(point(here, 3.0), estimated).percent == percent


def test_the_words_tell_the_most_that_is_estimated(here: CityRelease) -> None:
    known, more = FigureOnCurrentBorders(point(here, 3.0), 0.25), FigureOnCurrentBorders(point(here, 3.0), 0.4)
    assert restatement_note([]) == ""
    assert (
        restatement_note([known])
        == "Gestreept zijn cijfers die zijn omgerekend naar de huidige grenzen. Daarvan is 25\xa0% geschat."
    )
    assert (
        restatement_note([known, more])
        == "Gestreept zijn cijfers die zijn omgerekend naar de huidige grenzen. Daarvan is hooguit 40\xa0% geschat."
    )
    assert (
        restatement_note([FigureOnCurrentBorders(point(here, None), None)])
        == "Deze cijfers zijn niet om te rekenen naar de huidige grenzen."
    )


def test_the_dashed_line_leads_on_to_the_first_point_behind_the_border(here: CityRelease) -> None:
    line = line_of(here, GREW)
    chart = trend.draw(line.drawn, line.city_drawn, line.restated_drawn)
    [dashed] = chart.restated
    first_behind = chart.pieces[1].dots[0]
    assert dashed.dots[-1] == first_behind
    assert len(dashed.dots) == 4
    assert len(chart.pieces) == 2
    assert trend.draw(line.drawn).restated == ()
