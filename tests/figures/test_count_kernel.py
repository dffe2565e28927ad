"""The kernel answers as GEOS does, point by point; on a border the first area has the point, always."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from buurtbalans.figures.counting.areas import overlaps_and_gaps
from buurtbalans.figures.counting.grid import build
from buurtbalans.figures.counting.kernel import locate
from tests.figures.count_samples import Shapes, by_geos, tessellation

Column = NDArray[np.float64]
whole = st.integers(-6, 6)
half = st.integers(-14, 14).map(lambda number: number / 2)


def both(shapes: Shapes, x: Column, y: Column, shrink: float = 1.0) -> tuple[list[int], list[int]]:
    """Return the answers of the kernel and of GEOS."""
    return locate(build(shapes, shrink=shrink), x, y).tolist(), by_geos(shapes, x, y).tolist()


@pytest.fixture(scope="module")
def town() -> Shapes:
    return tessellation(150, pieces=6)


def test_random_points_in_a_tessellation(town: Shapes) -> None:
    assert shapely.coverage_is_valid(town)
    x, y = np.random.default_rng(1).uniform(-3_000, 203_000, (2, 20_000))
    ours, theirs = both(town, x, y)
    assert ours == theirs
    assert 0 < ours.count(-1) < 2_000


@pytest.mark.parametrize(
    ("areas", "points"),
    [
        pytest.param(1_500, 60_000, marks=pytest.mark.slow, id="bounded"),
        pytest.param(14_500, 1_000_000, marks=pytest.mark.long, id="whole"),
    ],
)
def test_every_one_of_many_points_in_many_areas(areas: int, points: int) -> None:
    shapes = tessellation(areas, pieces=16)
    assert len(shapes) == areas
    assert shapely.coverage_is_valid(shapes)
    x, y = np.random.default_rng(2).uniform(0, 200_000, (2, points))
    assert np.array_equal(locate(build(shapes), x, y), by_geos(shapes, x, y))


def test_points_on_corners_and_near_borders_of_a_tessellation(town: Shapes) -> None:
    corners = np.unique(shapely.get_coordinates(town), axis=0)
    chance = np.random.default_rng(3)
    for nudge in (0.0, 1e-9, 1e-6, 1e-3):
        x, y = (corners + chance.uniform(-nudge, nudge, corners.shape)).T
        ours, theirs = both(town, x, y)
        assert ours == theirs
    assert -1 not in both(town, *corners.T)[0]


@st.composite
def fans(draw: st.DrawFn) -> Shapes:
    """Draw triangles that fill a polygon around one middle point, on whole numbers: neighbours share whole borders."""
    middle = draw(st.tuples(whole, whole))
    around = [(-8, -8), (0, -8), (8, -8), (8, 0), (8, 8), (0, 8), (-8, 8), (-8, 0)]
    return np.array([shapely.Polygon([middle, around[at - 1], around[at]]) for at in range(8)], dtype=object)


@st.composite
def heaps(draw: st.DrawFn) -> Shapes:
    """Draw shapes on whole numbers that lie over each other, with holes and gaps."""
    found = []
    for corners in draw(st.lists(st.lists(st.tuples(whole, whole), min_size=3, max_size=7), min_size=1, max_size=12)):
        shape = shapely.make_valid(shapely.Polygon(corners), method="structure", keep_collapsed=False)
        if shape.area > 0:
            found.append(shape)
    return np.array(found or [shapely.box(0, 0, 1, 1)], dtype=object)


@settings(deadline=None, max_examples=40)
@given(shapes=fans() | heaps(), shrink=st.sampled_from([0.2, 1.0, 3.0]), data=st.data())
def test_points_exactly_on_borders_and_corners(shapes: Shapes, shrink: float, data: st.DataObject) -> None:
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(-9, 9.5, 0.5), np.arange(-9, 9.5, 0.5)))
    part = data.draw(st.floats(0, 1))
    corners = shapely.get_coordinates(shapes)
    along = corners[:-1] + part * np.diff(corners, axis=0)
    x, y = np.append(x, along[:, 0]), np.append(y, along[:, 1])
    ours, theirs = both(shapes, x, y, shrink)
    assert ours == theirs


@given(shapes=fans(), seed=st.integers(0, 99))
def test_a_point_on_a_border_has_one_area_whatever_the_order_of_the_points(shapes: Shapes, seed: int) -> None:
    corners = np.unique(shapely.get_coordinates(shapes), axis=0)
    middles = np.vstack([(corners[:1] + corners) / 2, corners])
    order = np.random.default_rng(seed).permutation(len(middles))
    grid = build(shapes)
    once, again = locate(grid, *middles.T), locate(grid, *middles[order].T)
    assert once[order].tolist() == again.tolist()
    assert (once >= 0).all()


def test_the_first_of_two_areas_has_their_border_and_what_they_share() -> None:
    left, right = shapely.box(0, 0, 2, 1), shapely.box(1, 0, 3, 1)
    x, y = np.array([0.0, 1.0, 1.5, 2.0, 2.5, 3.0, 3.1]), np.full(7, 0.5)
    assert locate(build(np.array([left, right])), x, y).tolist() == [0, 0, 0, 0, 1, 1, -1]
    assert locate(build(np.array([right, left])), x, y).tolist() == [1, 0, 0, 0, 0, 0, -1]


def test_more_areas_in_one_cell_than_it_has_bits_for() -> None:
    angle = np.linspace(0, 2 * np.pi, 41)
    rim = np.column_stack([np.cos(angle), np.sin(angle)])
    star = np.array([shapely.Polygon([(0, 0), rim[at], rim[at + 1]]) for at in range(40)], dtype=object)
    x, y = np.random.default_rng(4).normal(0, 0.02, (2, 3_000))
    ours, theirs = both(star, np.append(x, 0), np.append(y, 0), shrink=0.1)
    assert ours == theirs


def test_what_is_no_place_is_outside() -> None:
    grid = build(np.array([shapely.box(0, 0, 1, 1)]))
    x = np.array([np.nan, np.inf, -np.inf, 1e300, -1e300, 0.5, 0.5])
    assert locate(grid, x, np.full(7, 0.5)).tolist() == [-1, -1, -1, -1, -1, 0, 0]
    assert locate(grid, np.full(3, 0.5), x[:3]).tolist() == [-1, -1, -1]
    assert locate(grid, np.empty(0), np.empty(0)).tolist() == []


def test_areas_without_a_border_have_no_points() -> None:
    shapes = np.array([None, shapely.box(0, 0, 1, 1), None], dtype=object)
    assert locate(build(shapes), np.array([0.5, 2.0]), np.array([0.5, 0.5])).tolist() == [1, -1]


def test_far_islands_and_holes() -> None:
    ring = shapely.box(4, 52, 5, 53).difference(shapely.box(4.4, 52.4, 4.6, 52.6))
    shapes = np.array([shapely.MultiPolygon([ring, shapely.box(-68.4, 12, -68.2, 12.3)]), shapely.box(5, 52, 6, 53)])
    x, y = np.array([4.1, 4.5, -68.3, 5.5, 0.0, 5.0]), np.array([52.1, 52.5, 12.1, 52.5, 30.0, 52.5])
    ours, theirs = both(shapes, x, y)
    assert ours == theirs == [0, -1, 0, 1, -1, 0]


def test_overlaps_and_gaps_are_said() -> None:
    ring = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))
    assert overlaps_and_gaps(np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])) == []
    found = overlaps_and_gaps(np.array([ring, shapely.box(8, 0, 10, 9), shapely.box(3, 3, 4, 4)], dtype=object))
    assert [finding.times for finding in found] == [1, 1]
    assert "twee gebieden" in found[0].what
    assert "gat" in found[1].what
