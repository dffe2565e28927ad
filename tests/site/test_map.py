"""The map as the server draws it: classes, patterns, names, links, size, and what it must not hold."""

import gzip
import re

import pytest
from django.utils.safestring import SafeString

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.observation import Absence
from buurtbalans.site.demo.town import town
from buurtbalans.site.map.choropleth import draw_map
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.map.viewport import Viewport
from tests.shared import shared_data
from tests.site.map_samples import classes, found, parsed


def drawn(**more: object) -> SafeString:
    """Return the map of the town; every area links to its own page."""
    given = {"href": lambda code: f"/buurt/2025/{code}/", "layers": town().layers} | more
    return draw_map(town().now, "GM9999", classes(), **given)  # type: ignore[arg-type]


def test_every_buurt_is_one_link_with_name_value_and_words() -> None:
    links = found(drawn(), "a")
    assert {link.get("href") for link in links} == {f"/buurt/2025/{code}/" for code in classes()}
    first = town().now["BU99990101"]
    (link,) = [link for link in links if link.get("href") == f"/buurt/2025/{first.code}/"]
    assert link.get("aria-label") == "Rietoever: 5 van de 100, duidelijk lager dan de stad"
    assert [child.text for child in link if child.tag.endswith("title")] == [link.get("aria-label")]


def test_links_leave_the_tab_order_to_the_table_unless_there_is_none() -> None:
    assert {link.get("tabindex") for link in found(drawn(), "a")} == {"-1"}
    assert {link.get("tabindex") for link in found(drawn(reachable=True), "a")} == {None}


def test_with_links_the_map_is_a_group_and_without_one_picture() -> None:
    assert parsed(drawn()).get("role") == "group"
    picture = drawn(href=None, title="Kaart met vijf klassen")
    assert parsed(picture).get("role") == "img"
    assert found(picture, "a") == []
    assert next(iter(parsed(picture))).text == "Kaart met vijf klassen"


def test_the_fills_are_classes_and_the_reasons_are_patterns() -> None:
    drawing = drawn()
    groups = {group.get("class"): group for group in found(drawing, "g") if "vlakken" in (group.get("class") or "")}
    assert {f"vlakken oordeel-{number}" for number in range(1, 6)} < groups.keys()
    used = set(re.findall(r'fill="url\(#kaart-(\w+)\)"', drawing))
    assert used == {reason.value for reason in Absence}
    assert used == {pattern.get("id", "").removeprefix("kaart-") for pattern in found(drawing, "pattern")}


def test_only_the_patterns_in_use_are_defined_and_ids_start_with_the_name_of_the_map() -> None:
    few = draw_map(town().now, "GM9999", {code: MapClass("s2") for code in classes()}, identity="klein")
    assert found(few, "pattern") == []
    assert "reeks-2" in few
    ids = re.findall(r'\bid="([^"]+)"', drawn(identity="links"))
    assert len(ids) == len(set(ids))
    assert all(name.startswith("links-") for name in ids)


def test_an_area_without_a_class_is_not_measured() -> None:
    drawing = draw_map(town().now, "GM9999", {})
    assert "kaart-not_measured" in drawing
    assert len(found(drawing, "title", lambda part: part.text == "Rietoever")) == 1


def test_nothing_in_the_drawing_needs_inline_style_or_script() -> None:
    drawing = drawn(selected="BU99990501")
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|javascript:", drawing)


def test_names_and_addresses_are_escaped() -> None:
    areas = [
        Area(
            a.code, "<b>O'Neil & co</b>" if a.code == "BU99990101" else a.name, a.level, 2025, a.parent, "", a.geometry
        )
        for a in town().now
    ]
    drawing = draw_map(Division(2025, areas), "GM9999", {}, href=lambda code: f'/x?a=1&b="{code}"', title="<i>")
    assert "<b>" not in drawing
    assert "<i>" not in drawing
    assert '"BU' not in drawing
    assert any("<b>O'Neil & co</b>" in (link.get("aria-label") or "") for link in found(drawing, "a"))


def test_the_chosen_area_stands_out_above_the_others_and_keeps_its_name() -> None:
    drawing = drawn(selected="BU99990501")
    rim, line = (
        found(drawing, "path", lambda part, name=name: part.get("class") == name)
        for name in ("gekozen-rand", "gekozen-lijn")
    )
    assert len(rim) == len(line) == 1
    assert rim[0].get("d") == line[0].get("d")
    assert "Weverskwartier" in [text.text for text in found(drawing, "text")]
    assert "gekozen" not in drawn(selected="BU99990000")


def test_names_are_for_the_eye_and_can_be_left_out() -> None:
    names = [text.text for text in found(drawn(), "text")]
    assert {"Rietoever", "Oude Werf", "Lindehof", "Stationsbuurt"} <= set(names)
    assert [text.text for text in found(drawn(labels=False, layers=None), "text")] == []


def test_water_and_railway_lie_over_the_areas() -> None:
    drawing = drawn()
    assert (
        drawing.index("vlakken")
        < drawing.index('class="wijkgrens"')
        < drawing.index('class="water"')
        < drawing.index("spoor")
    )
    assert "de Lange Ee" in drawing
    assert 'class="water"' not in drawn(layers=None)


def test_the_town_can_be_drawn_by_wijk() -> None:
    drawing = draw_map(town().now, "GM9999", {"WK999905": MapClass("s5", "meer")}, level=AreaLevel.WIJK)
    assert len(found(drawing, "title")) == 1 + 8
    assert "Molenveld: meer" in drawing


def test_a_municipality_without_borders_is_no_map() -> None:
    with pytest.raises(LookupError):
        draw_map(town().now, "GM0363", {})


def test_a_closer_view_shows_fewer_areas_in_a_drawing_of_the_same_size() -> None:
    middle = town().now["BU99990501"].geometry.centroid
    near = drawn(view=Viewport(4, (middle.x, middle.y)))
    assert parsed(near).get("viewBox") == parsed(drawn()).get("viewBox")
    links = [link.get("href") for link in found(near, "a")]
    assert "/buurt/2025/BU99990501/" in links
    assert len(links) < 20


@pytest.mark.slow
@pytest.mark.parametrize("year", [2019, 2022])
def test_a_city_of_518_buurten_stays_under_60_kb(year: int) -> None:
    (division,), _ = read_areas(shared_data() / f"areas/amsterdam-buurten-{year}.geojson", year=year)
    figures = {
        area.code: MapClass(
            f"k{1 + n % 5}", "duidelijk lager dan de stad", f"{n % 100} tot {n % 100 + 8} van de 100 mensen"
        )
        for n, area in enumerate(division.of_level(AreaLevel.BUURT))
    }
    drawing = draw_map(division, "GM0363", figures, href=lambda code: f"/kaart/?jaar=2024&gekozen={code}#gekozen")
    assert len(found(drawing, "a")) == len(figures)
    assert len(gzip.compress(drawing.encode(), 6)) <= 60_000


@pytest.mark.parametrize(
    ("fill", "css"), [("k1", "oordeel-1"), ("s5", "reeks-5"), ("too_few", ""), (Absence.NOT_SHARED, "")]
)
def test_a_class_knows_its_style(fill: str, css: str) -> None:
    assert MapClass(fill).css == css


@pytest.mark.parametrize("fill", ["", "k6", "k0", "rood", "s11"])
def test_there_is_no_sixth_class(fill: str) -> None:
    with pytest.raises(ValueError, match="is not a valid Absence"):
        MapClass(fill)
