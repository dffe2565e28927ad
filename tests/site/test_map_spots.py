"""The close map beside "who does what here": every line of the list once, on its place or below."""

import math

import pytest

from buurtbalans.site.demo.town import town
from buurtbalans.site.map.numbered_map import APART, NumberedSpot, draw_spots
from tests.site.map_samples import found, parsed

HERE = "BU99990501"


def draw(*spots: NumberedSpot) -> str:
    return draw_spots(town().now, "GM9999", [HERE], spots, layers=town().layers, title="Wie doet wat", identity="w")


def middle() -> tuple[float, float]:
    point = town().streets.square.centroid
    return point.x, point.y


def dots(drawing: str) -> list[tuple[float, float]]:
    circles = found(drawing, "circle", lambda part: part.get("class") == "plek")
    return [(float(circle.get("cx")), float(circle.get("cy"))) for circle in circles]


def test_every_line_stands_on_the_map_once_and_leads_to_the_list() -> None:
    drawing = draw(
        NumberedSpot(1, "Wijkbedrijf: repareert", "#regel-7", middle()), NumberedSpot(2, "Gemeente: <belt>", "#regel-9")
    )
    assert [link.get("href") for link in found(drawing, "a")] == ["#regel-7", "#regel-9"]
    assert [link.get("aria-label") for link in found(drawing, "a")] == [
        "1: Wijkbedrijf: repareert",
        "2: Gemeente: <belt>",
    ]
    numbers = [text.text for text in found(drawing, "text", lambda part: part.get("class") == "plek-nummer")]
    assert numbers == ["1", "2"]


def test_what_has_no_place_stands_below_under_its_own_words() -> None:
    names = [text.text for text in found(draw(NumberedSpot(1, "a", "#a")), "text")]
    assert "in de hele buurt:" in names
    assert "in de hele buurt:" not in [text.text for text in found(draw(NumberedSpot(1, "a", "#a", middle())), "text")]


def test_dots_on_one_place_do_not_cover_each_other_and_stay_in_the_drawing() -> None:
    drawing = draw(*(NumberedSpot(number, "a", f"#{number}", middle()) for number in range(1, 31)))
    placed = dots(drawing)
    _, _, wide, high = map(float, parsed(drawing).get("viewBox").split())
    assert all(math.dist(one, other) >= 36 for at, one in enumerate(placed) for other in placed[:at])
    assert all(18 <= x <= wide - 18 and 18 <= y <= high - 18 for x, y in placed)


def test_a_dot_that_makes_room_stays_near_its_place() -> None:
    placed = dots(draw(*(NumberedSpot(number, "a", f"#{number}", middle()) for number in range(1, 8))))
    assert all(math.dist(placed[0], other) <= 2 * APART for other in placed[1:])


def test_a_strength_or_a_concern_is_a_square_of_its_own_colour() -> None:
    drawing = draw(NumberedSpot(1, "a", "#a", middle(), "kracht"), NumberedSpot(2, "b", "#b", middle(), "kans"))
    assert [shape.get("class") for shape in found(drawing, "rect")] == ["plek plek--kracht", "plek plek--kans"]
    assert not dots(drawing)


def test_a_place_without_borders_is_said() -> None:
    with pytest.raises(LookupError, match="BU00000000 has no borders"):
        draw_spots(town().now, "GM9999", ["BU00000000"], [], title="Wie doet wat", identity="w")
