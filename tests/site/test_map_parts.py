"""The parts of a map: paths, projection, views from an address, names that fit."""

import re

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.site.map.labels import Rooms, covered
from buurtbalans.site.map.projection import fit_projection
from buurtbalans.site.map.svg_path import UNIT, path
from buurtbalans.site.map.text_width import halves, width
from buurtbalans.site.map.viewport import CLOSEST, Viewport

NUMBER = r"-?\d+"


def read(d: str) -> list[list[tuple[int, int]]]:
    """Read a path back to places, as a browser does."""
    rings: list[list[tuple[int, int]]] = []
    x = y = 0
    for command, text in re.findall(r"([MlhvzZ])([^MlhvzZ]*)", d):
        numbers = [int(number) for number in re.findall(NUMBER, text)]
        if command == "M":
            (x, y), numbers = numbers, []
            rings.append([(x, y)])
        steps = {
            "l": list(zip(numbers[::2], numbers[1::2], strict=False)),
            "h": [(n, 0) for n in numbers],
            "v": [(0, n) for n in numbers],
        }
        for dx, dy in steps.get(command, []):
            x, y = x + dx, y + dy
            rings[-1].append((x, y))
    return rings


@given(st.lists(st.tuples(st.integers(-2000, 2000), st.integers(-2000, 2000)), min_size=3, max_size=40))
def test_a_path_holds_every_place_of_a_line(places: list[tuple[int, int]]) -> None:
    line = shapely.LineString([(x / UNIT, y / UNIT) for x, y in places])
    kept = [place for n, place in enumerate(places) if n == 0 or place != places[n - 1]]
    expected = kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept
    drawn = path(line)
    if len(kept) < 2 or (kept[0] == kept[-1] and len(kept) < 3):
        assert drawn == ""
    else:
        assert read(drawn) == [expected]


def test_a_path_keeps_holes_and_parts_and_leaves_out_what_is_too_small() -> None:
    donut = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    assert len(read(path(donut))) == 2
    assert len(read(path(shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(3, 3, 4, 4)])))) == 2
    assert path(shapely.box(0, 0, 0.01, 0.01)) == ""
    assert path(shapely.Polygon()) == ""


@given(
    st.floats(3.3, 7.1),
    st.floats(50.8, 53.4),
    st.floats(0.01, 0.4),
    st.floats(0.01, 0.4),
    st.sampled_from([1, 2, 4, 8, 16]),
)
def test_a_projection_is_true_to_shape_and_never_looks_over_the_edge(
    west: float, south: float, wide: float, high: float, zoom: int
) -> None:
    bounds = (west, south, west + wide, south + high)
    projection = fit_projection(bounds, 800, 10, Viewport(zoom, (west + 3 * wide, south - high)))
    corners = projection.drawn(shapely.box(*bounds)).bounds
    assert corners[0] <= 10 * zoom + 1e-6
    assert corners[2] >= projection.width - 10 * zoom - 1e-6
    assert (corners[3] - corners[1]) / (high * 111_320) == pytest.approx(projection.per_metre)
    if zoom == 1:
        assert corners == pytest.approx((10, 10, 790, projection.height - 10), abs=0.6)


@given(st.dictionaries(st.sampled_from(["zoom", "midden"]), st.text(max_size=12)))
def test_any_address_is_some_view(query: dict[str, str]) -> None:
    view = Viewport.asked(query, (5.2, 52.2))
    assert 1 <= view.zoom <= CLOSEST


@pytest.mark.parametrize(
    ("query", "view"),
    [
        ({}, Viewport()),
        ({"zoom": "1", "midden": "5,52"}, Viewport()),
        ({"zoom": "3"}, Viewport(2, (5.2, 52.2))),
        ({"zoom": "4", "midden": "5.1,52.3"}, Viewport(4, (5.1, 52.3))),
        ({"zoom": "99"}, Viewport(CLOSEST, (5.2, 52.2))),
        ({"zoom": "4", "midden": "nan,52"}, Viewport(4, (5.2, 52.2))),
        ({"zoom": "²"}, Viewport()),
        ({"zoom": "-4"}, Viewport()),
    ],
)
def test_a_view_is_read_from_an_address(query: dict[str, str], view: Viewport) -> None:
    assert Viewport.asked(query, (5.2, 52.2)) == view


def test_a_view_steps_closer_and_back_through_addresses() -> None:
    view = Viewport()
    assert view.query == ""
    assert view.wider is None
    while view.closer:
        view = Viewport.asked(dict(part.split("=") for part in view.closer.query.split("&")), (5.2, 52.2))
    assert (view.zoom, view.query) == (CLOSEST, f"zoom={CLOSEST}&midden=5.2000,52.2000")


AREAS = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.integers(0, 5),
        st.integers(20, 200),
        st.integers(10, 150),
        st.text("abc WMil-", max_size=14),
    ),
    max_size=12,
    unique_by=lambda each: (each[0], each[1]),
)


@given(AREAS)
def test_names_never_touch_each_other_and_stay_with_their_area(areas: list[tuple[int, int, int, int, str]]) -> None:
    shapes = {
        f"{x}-{y}": shapely.box(x * 100, y * 100, x * 100 + min(wide, 100), y * 100 + min(high, 100))
        for x, y, wide, high, _ in areas
    }
    names = {f"{x}-{y}": name for x, y, _, _, name in areas}
    boxes = []
    for label in Rooms(names, shapes, shapely.box(0, 0, 800, 600)).placed(shapes):
        wide = max(width(line, label.size) for line in label.lines)
        high = len(label.lines) * label.size
        box = shapely.box(label.x - wide / 2 + 0.5, label.y - high / 2, label.x + wide / 2 - 0.5, label.y + high / 2)
        assert box.intersection(shapes[label.code]).area >= 0.6 * box.area
        assert all(line == line.strip() for line in label.lines) or " " in names[label.code]
        boxes.append(box)
    assert all(not one.intersects(other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_a_long_name_takes_two_lines_and_one_that_must_stand_is_never_left_out() -> None:
    square = {"a": shapely.box(0, 0, 90, 90)}
    (label,) = Rooms({"a": "Oostelijk Havengebied"}, square, shapely.box(0, 0, 200, 200)).placed(square)
    assert label.lines == ("Oostelijk", "Havengebied")
    tiny = {"a": shapely.box(50, 50, 52, 52)}
    rooms = Rooms({"a": "Weverskwartier"}, tiny, shapely.box(0, 0, 200, 200))
    assert rooms.placed(tiny) == []
    assert len(rooms.placed(tiny, first=["a"])) == 1
    assert rooms.placed(tiny) == []  # what was chosen once says nothing about the next drawing


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Weverskwartier", None),
        ("Het Eiland", ("Het", "Eiland")),
        ("Sloten/Nieuw-Sloten", ("Sloten/", "Nieuw-Sloten")),
        ("H-buurt", None),
    ],
)
def test_names_break_at_words(name: str, lines: tuple[str, str] | None) -> None:
    assert halves(name) == lines


def test_letters_are_measured_and_accents_cost_nothing() -> None:
    assert width("Ëëé", 13) == width("Eee", 13)
    assert width("mmm", 10) > width("iii", 10)
    assert width("Weverskwartier", 13) == pytest.approx(88.6, abs=3)


@given(st.lists(st.tuples(st.floats(1, 6), st.floats(5, 40)), min_size=3, max_size=12), st.floats(2, 60), st.booleans())
def test_what_a_box_covers_is_what_geos_says(turns, wide, hole):
    angle = np.cumsum([turn for turn, _far in turns])
    angle *= 2 * np.pi / (angle[-1] + 1)
    far = np.array([far for _turn, far in turns])
    area = shapely.make_valid(shapely.Polygon(np.column_stack([50 + far * np.cos(angle), 50 + far * np.sin(angle)])))
    area = max(shapely.get_parts(area), key=lambda part: part.area)
    area = max(shapely.get_parts(area.difference(shapely.Point(50, 50).buffer(3)) if hole else area), key=shapely.area)
    x, y = (side.ravel() for side in np.meshgrid(np.linspace(0, 100, 9), np.linspace(0, 100, 9)))
    boxes = shapely.box(x - wide / 2, y - 6, x + wide / 2, y + 6)
    exact = shapely.area(shapely.intersection(boxes, area)) / (wide * 12)
    assert np.allclose(covered(area, x, y, wide, 12), exact, atol=1e-6)
