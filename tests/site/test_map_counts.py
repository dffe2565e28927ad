"""Numbers on the map of placing: never over each other, the chosen area always, names where there is room."""

from itertools import combinations
from math import hypot

from buurtbalans.site.demo.town import town
from buurtbalans.site.map.choropleth import draw_map
from buurtbalans.site.map.classes import MapClass
from tests.site.map_samples import found, parsed

NOW = town().now
EVERY = [area.code for area in NOW.of_level("buurt")]
ROOM = {code: MapClass(f"s{1 + place % 4}", "ruim plek") for place, code in enumerate(EVERY)}


def drawn(numbers: dict[str, int], selected: str | None = None) -> str:
    return draw_map(NOW, "GM9999", ROOM, labels=False, numbers=numbers, selected=selected)


def circles(drawing: str) -> list[tuple[float, float, float]]:
    """Return the circles of a drawing as x, y and radius."""
    parts = found(drawing, "circle", lambda part: part.get("class") == "aantal")
    return [tuple(float(part.get(name)) for name in ("cx", "cy", "r")) for part in parts]


def said(drawing: str) -> list[str]:
    return [text.text for text in found(drawing, "text", lambda part: part.get("class") == "aantal-cijfer")]


def test_a_few_numbers_each_have_their_circle_and_name() -> None:
    few = {EVERY[0]: 3, EVERY[20]: 12, "BU00000000": 9}
    drawing = drawn(few)
    assert parsed(drawing).get("role") == "img"
    assert sorted(said(drawing)) == ["12", "3"]
    words = {text.text for text in found(drawing, "text")}
    assert {NOW[code].name for code in few if code in NOW} <= words


def test_circles_and_dots_never_lie_over_each_other() -> None:
    drawing = drawn({code: 1 + place % 5 for place, code in enumerate(EVERY)})
    there = circles(drawing)
    assert len(there) > len(said(drawing)) / 2 > 5
    for (x, y, one), (east, south, other) in combinations(there, 2):
        assert max(abs(x - east), abs(y - south)) + 1 >= one + other or hypot(x - east, y - south) + 1 >= one + other


def test_where_there_is_no_room_the_highest_number_stands_and_the_others_are_dots(monkeypatch) -> None:
    from buurtbalans.site.map import count_map

    monkeypatch.setattr(count_map, "RADIUS", 300.0)  # as if the town were very small
    drawing = drawn({EVERY[0]: 3, EVERY[1]: 8, EVERY[2]: 5})
    assert said(drawing) == ["8"]
    assert said(drawn({EVERY[0]: 3, EVERY[1]: 8, EVERY[2]: 5}, selected=EVERY[0])) == ["3"]


def test_a_name_outside_its_area_does_not_take_the_colour_for_inside() -> None:
    long = max(EVERY, key=lambda code: len(NOW[code].name) / NOW[code].geometry.area)
    text = next(text for text in found(drawn({long: 1}), "text") if text.text == NOW[long].name)
    assert text.get("class") is None
