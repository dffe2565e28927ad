"""Waterdam as ground: one coverage without gaps, dry feet for every buurt, and one border that moved in 2021."""

import pytest
import shapely

from buurtbalans.figures.area.codes import AreaLevel, level_of, parent_of
from buurtbalans.site.demo.plan import PLAN
from buurtbalans.site.demo.town import Town, town
from buurtbalans.site.map.topography import layers_of, streets_of


def borders(place: Town, year: int, level: AreaLevel = AreaLevel.BUURT) -> list[shapely.Geometry]:
    return [area.geometry for area in place.divisions[year].of_level(level)]


def test_the_town_has_eight_wijken_and_51_buurten_in_every_year() -> None:
    for year, division in town().divisions.items():
        assert [len(division.of_level(level)) for level in AreaLevel] == [0, 1, 0, 0, 8, 51]
        assert all(area.division == year and level_of(area.code) == area.level for area in division)
        assert all(area.parent == parent_of(area.code) for area in division if area.level is not AreaLevel.GEMEENTE)
    assert [area.name for area in town().now.ancestors(town().code_of("Weverskwartier"))] == ["Molenveld", "Waterdam"]
    assert town().now[town().code_of("Rietoever")].parent == "WK999901"
    assert len({name for wijk in PLAN.values() for name in wijk}) == 51


def test_neighbours_share_their_borders_in_every_year_and_at_every_level() -> None:
    for year in (2020, 2021):
        for level in (AreaLevel.BUURT, AreaLevel.WIJK):
            assert shapely.coverage_is_valid(borders(town(), year, level))
        whole = borders(town(), year, AreaLevel.GEMEENTE)[0]
        assert abs(shapely.area(borders(town(), year)).sum() / whole.area - 1) < 1e-9


def test_every_buurt_is_one_piece_of_dry_land_of_a_fair_size() -> None:
    shapes = borders(town(), 2025)
    assert {shape.geom_type for shape in shapes} == {"Polygon"}
    wet = shapely.area(shapely.intersection(shapes, town().layers.water)).sum()
    assert wet < 1e-4 * shapely.area(shapes).sum()
    assert shapely.area(shapes).max() < 6 * shapely.area(shapes).min()


def test_in_2021_the_weverskwartier_got_a_new_border_and_nothing_else_moved() -> None:
    before, after = town().divisions[2020], town().divisions[2021]
    moved = [a.name for a in after.of_level(AreaLevel.BUURT) if not a.geometry.equals(before[a.code].geometry)]
    assert moved == ["Weverskwartier", "Bloemhof"]
    code = town().code_of("Weverskwartier")
    assert after[code].geometry.area > 1.1 * before[code].geometry.area
    assert all(
        town().divisions[year][code].geometry.equals(after[code].geometry) == (year >= 2021)
        for year in town().divisions
    )


@pytest.mark.slow
def test_the_town_is_the_same_every_time_and_another_seed_gives_another_town() -> None:
    again = town.__wrapped__()
    assert again.now.to_frame().equals(town().now.to_frame())
    other = town.__wrapped__(7)
    assert not other.now.to_frame().equals(town().now.to_frame())
    assert shapely.coverage_is_valid(borders(other, 2025))


def test_the_railway_stops_in_the_stationsbuurt_and_the_river_has_its_name() -> None:
    layers = town().layers
    ((_, station),) = layers.stations
    assert town().now[town().code_of("Stationsbuurt")].geometry.contains(station)
    assert layers.rail[0].distance(station) < 1e-4
    ((name, course),) = layers.names
    assert name == "de Lange Ee"
    assert layers.water.contains(course.interpolate(0.5, normalized=True))


def test_the_quarter_fills_its_buurt_with_seven_parts_and_blocks_that_keep_to_their_part() -> None:
    streets = town().streets
    mine = town().now[town().code_of("Weverskwartier")].geometry
    assert len(streets.parts) == 7
    assert streets.parts["Lindeplein"].contains(streets.square)
    parts = shapely.union_all(list(streets.parts.values()))
    assert parts.symmetric_difference(mine).area < 1e-3 * mine.area
    for name, blocks in streets.blocks.items():
        assert len(blocks) > 10
        assert all(streets.parts[name].buffer(1e-7).contains(block) for block in blocks)


def test_only_the_invented_town_brings_its_own_water() -> None:
    assert layers_of("GM9999") is town().layers
    assert layers_of("GM0363") is None


def test_only_its_own_quarter_has_streets() -> None:
    assert streets_of("GM9999", "Weverskwartier") is town().streets
    assert streets_of("GM9999", "Oude Werf") is None
    assert streets_of("GM0363", "Weverskwartier") is None
