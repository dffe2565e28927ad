"""Small maps: where a buurt lies, where my buurten lie, and a quarter with its streets."""

import re

import pytest

from buurtbalans.site.demo.town import town
from buurtbalans.site.map.classes import MapClass
from buurtbalans.site.map.small_maps import Mark, draw_home_map, draw_locator
from buurtbalans.site.map.street_map import Pin, draw_streets
from tests.site.map_samples import found, parsed


def test_the_locator_is_one_picture_with_one_blue_area() -> None:
    drawing = draw_locator(town().now, "GM9999", ["BU99990501"], layers=town().layers)
    assert parsed(drawing).get("role") == "img"
    assert next(iter(parsed(drawing))).text == "Weverskwartier in Waterdam"
    (blue,) = [group for group in found(drawing, "g") if group.get("class") == "vlakken hier"]
    assert len(blue) == 1
    assert len(drawing) < 30_000


def test_a_working_area_of_several_buurten_is_marked_whole() -> None:
    one = draw_locator(town().now, "GM9999", ["BU99990501"])
    two = draw_locator(town().now, "GM9999", ["BU99990501", "BU99990505"])
    blue = [re.search(r'vlakken hier"><path d="([^"]+)', drawing)[1].count("M") for drawing in (one, two)]
    assert blue[1] == blue[0] + 1


def test_the_home_map_numbers_and_names_my_buurten() -> None:
    marks = [
        Mark(["BU99990101"], 1, "Rietoever", "stap 1 · Voorbereiden", "/rondes/rietoever/"),
        Mark(["BU99990501"], 3, "Weverskwartier", "stap 3 · Toetsen", "/rondes/lindeplein/"),
        Mark(["BU99990305"], 6, "Oude <Werf>"),
        Mark(["BU00000000"], 9, "Elders"),
    ]
    drawing = draw_home_map(town().now, "GM9999", marks, layers=town().layers)
    assert parsed(drawing).get("role") == "group"
    assert [link.get("href") for link in found(drawing, "a")] == ["/rondes/rietoever/", "/rondes/lindeplein/"]
    assert all(link.get("tabindex") is None for link in found(drawing, "a"))
    words = [text.text for text in found(drawing, "text")]
    assert {"1", "3", "6", "Weverskwartier", "stap 3 · Toetsen", "Oude <Werf>"} <= set(words)
    assert "Elders" not in words


@pytest.mark.parametrize("code", ["BU99990103", "BU99990304", "BU99990403", "BU99990802"])
def test_a_name_on_the_home_map_stays_in_the_drawing(code: str) -> None:
    drawing = draw_home_map(town().now, "GM9999", [Mark([code], 1, "Een vrij lange naam", "stap 1 · Voorbereiden")])
    _, _, wide, high = map(int, parsed(drawing).get("viewBox").split())
    for text in found(drawing, "text", lambda part: part.get("class") in ("naam", "bij")):
        assert 60 < int(text.get("x")) < wide - 60
        assert 10 < int(text.get("y")) < high


def test_a_quarter_shows_its_parts_its_pins_and_its_reasons() -> None:
    streets = town().streets
    middle = streets.square.centroid
    pins = [
        Pin("zorg", (middle.x, middle.y), chosen=True),
        Pin("thuis", (middle.x, middle.y)),
        Pin("bang", (middle.x, middle.y)),
    ]
    parts = {"Lindeplein": MapClass("k1"), "Spoelhof": MapClass("too_few")}
    drawing = draw_streets(streets, parts, pins, layers=town().layers, title="Het Lindeplein ’s avonds")
    assert {text.text for text in found(drawing, "text")} == set(streets.parts)
    assert len(found(drawing, "g", lambda part: part.get("class") == "speld")) == 3
    assert [pattern.get("id") for pattern in found(drawing, "pattern")] == ["straten-too_few"]
    assert not re.search(r"\sstyle=|<style|<script", drawing)
    near = draw_streets(streets, {}, pins, title="Het plein", names=False, close=True)
    assert parsed(near).get("viewBox") == "0 0 560 373"
