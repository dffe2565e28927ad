"""Simplified borders: neighbours keep one and the same border, and nothing opens or overlaps."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.coverage import (
    overlap_findings,
    simplified_division,
    valid_polygon,
    with_borders_of_parts,
)
from buurtbalans.figures.area.division import Division
from buurtbalans.figures.area.reader import read_areas
from tests.figures.area_samples import borders, grid
from tests.shared import shared_data

SHIFTS = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 6)),
    st.tuples(st.floats(-1.4, 1.4), st.floats(-1.4, 1.4)),
    max_size=20,
)


@given(SHIFTS, st.floats(1, 400))
def test_a_simplified_division_has_no_new_gap_or_overlap(
    shifts: dict[tuple[int, int], tuple[float, float]], metres: float
) -> None:
    thin = simplified_division(with_borders_of_parts(grid(4, 3, shifts)), metres)
    assert len(borders(thin)) == 12
    assert shapely.coverage_is_valid(borders(thin))
    together = shapely.union_all(borders(thin))
    assert together.geom_type == "Polygon"
    assert len(together.interiors) == 0
    assert sum(shape.area for shape in borders(thin)) == pytest.approx(together.area)


@given(SHIFTS)
def test_the_border_of_a_wijk_is_the_border_of_its_buurten(shifts: dict[tuple[int, int], tuple[float, float]]) -> None:
    thin = simplified_division(with_borders_of_parts(grid(4, 3, shifts)), 120)
    for wijk in thin.of_level(AreaLevel.WIJK):
        parts = [area.geometry for area in thin.children(wijk.code)]
        assert wijk.geometry is not None
        assert wijk.geometry.equals(shapely.union_all(parts))


@pytest.mark.parametrize("file", ["amsterdam-buurten-2022.geojson", "amsterdam-buurten-2019.geojson"])
def test_real_neighbours_share_every_point_after_simplifying(file: str) -> None:
    (division,), _ = read_areas(shared_data() / "areas" / file, year=2022 if "2022" in file else 2019)
    thin = simplified_division(division, 15)
    before, after = (
        shapely.get_num_coordinates(borders(division)).sum(),
        shapely.get_num_coordinates(borders(thin)).sum(),
    )
    assert after < 0.6 * before
    assert shapely.coverage_is_valid(borders(thin))
    assert shapely.coverage_is_valid(borders(thin, AreaLevel.WIJK))
    hole = sum(len(part.interiors) for part in shapely.get_parts(shapely.union_all(borders(thin))))
    assert hole == sum(len(part.interiors) for part in shapely.get_parts(shapely.union_all(borders(division))))


@pytest.mark.slow
def test_a_coarse_map_with_overlaps_is_mended_only_for_drawing() -> None:
    (country,), _ = read_areas(shared_data() / "areas/nl-buurten-2014.topojson", year=2014)
    assert not shapely.coverage_is_valid(borders(country))
    thin = simplified_division(country, 200)
    drawn = [area for area in thin.of_level(AreaLevel.BUURT) if area.geometry is not None]
    assert len(drawn) == len(borders(country))
    lost = shapely.area(borders(country)).sum() - shapely.union_all(borders(thin)).area
    assert abs(lost) < 0.002 * shapely.area(borders(country)).sum()


def test_overlapping_neighbours_are_a_note_and_no_failure() -> None:
    division = grid(2, 1)
    one, other = division.of_level(AreaLevel.BUURT)
    wider = shapely.box(5.0, 52.0, 5.012, 52.01)
    (finding,) = overlap_findings([type(one)(one.code, one.name, one.level, 2025, geometry=wider), other])
    assert finding.times == 1
    assert overlap_findings([one, other]) == []


def test_a_border_that_crosses_itself_is_made_whole_and_a_line_is_nothing() -> None:
    bow = valid_polygon(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]))
    assert bow is not None
    assert bow.is_valid
    assert bow.area == pytest.approx(0.5)
    assert valid_polygon(shapely.Polygon([(0, 0), (1, 1), (0, 0)])) is None
    assert valid_polygon(None) is None


def test_a_division_without_borders_stays_as_it_is() -> None:
    bare = Division(2025, [area for area in grid(1, 1) if area.geometry is None])
    assert simplified_division(bare, 10) is bare
