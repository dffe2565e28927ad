"""What lies near: neighbours by a shared stretch of border, local Moran as esda has it, and areas that are alike."""

import random
import time
from math import sin

import numpy as np
import pytest
import shapely

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.balance.neighbours import (
    NO_PATTERN,
    SpatialPattern,
    bordering_areas,
    compare_with_group,
    local_moran,
    pooled_figure,
    similar_areas,
)
from buurtbalans.figures.comparison.standing import Certainty
from tests.figures.balance_parts import codes, of_share
from tests.figures.catalogue_parts import shown
from tests.shared import shared_data

ROWS, COLUMNS = 5, 6
# Of `esda` 2.9.0 (Moran_Local, 99,999 conditional permutations, seed 12345) with `libpysal` 4.14.1 (lat2W(5, 6), rook,
# row-standardised) on the values of `lattice`. No part of the product: it asks for GeoPandas and scikit-learn.
ESDA = (
    0.015251178,
    -0.4947387211,
    -0.0512715527,
    -0.4242306543,
    0.2537600694,
    1.7411734758,
    0.2477952547,
    -0.1110124201,
    -0.4114395001,
    0.0670707133,
    -0.6234717815,
    0.2266065,
    -0.6766500558,
    0.1410072208,
    -0.4803822215,
    -0.0293479537,
    -0.1054596791,
    -0.1139367234,
    -0.0870529037,
    -0.3712198562,
    -0.1939549108,
    -0.4760487436,
    -0.0506287283,
    -0.5029493461,
    1.48661527,
    0.3787121654,
    0.0317754024,
    -0.552154904,
    -0.0155485686,
    -0.3907467324,
)
ESDA_P = (
    0.4619,
    0.2468,
    0.1834,
    0.1366,
    0.3321,
    0.0697,
    0.3385,
    0.429,
    0.2355,
    0.4025,
    0.0154,
    0.2408,
    0.0198,
    0.2621,
    0.2399,
    0.4781,
    0.4827,
    0.0142,
    0.4985,
    0.0278,
    0.1389,
    0.2064,
    0.2357,
    0.3252,
    0.0026,
    0.3151,
    0.3729,
    0.1615,
    0.4892,
    0.2316,
)
ESDA_Q = (3, 4, 2, 2, 1, 1, 3, 2, 4, 1, 2, 1, 4, 3, 2, 4, 4, 2, 2, 4, 4, 2, 2, 4, 3, 3, 3, 4, 2, 2)
QUADRANT = {1: SpatialPattern.HIGH, 2: SpatialPattern.BELOW, 3: SpatialPattern.LOW, 4: SpatialPattern.ABOVE}


def squares(rows: int, columns: int) -> list[Area]:
    """Make areas in rows, the first row below."""
    places = [divmod(at, columns) for at in range(rows * columns)]
    boxes = [shapely.box(right, up, right + 1, up + 1) for up, right in places]
    return [
        Area(code, "", AreaLevel.BUURT, 2025, geometry=box) for code, box in zip(codes(len(boxes)), boxes, strict=True)
    ]


def lattice() -> dict[str, float]:
    """Return the values that esda had."""
    figures = (round(50 + 30 * sin(1.7 * i) + (i % 6) * 6 - (i // 6) * 4, 1) for i in range(ROWS * COLUMNS))
    return dict(zip(codes(ROWS * COLUMNS), figures, strict=True))


def test_neighbours_share_a_stretch_of_border_and_not_a_corner() -> None:
    found = bordering_areas(squares(3, 3))
    assert found["BU00004"] == ("BU00001", "BU00003", "BU00005", "BU00007")
    assert found["BU00000"] == ("BU00001", "BU00003")


def test_a_gap_of_a_metre_is_still_a_border_and_a_ditch_of_a_hundred_is_not() -> None:
    def row(gap: float) -> list[Area]:
        boxes = (shapely.box(0, 0, 0.01, 0.01), shapely.box(0.01 + gap, 0, 0.02, 0.01))
        return [Area(f"BU{at}", "", AreaLevel.BUURT, 2025, geometry=box) for at, box in enumerate(boxes)]

    assert bordering_areas(row(1e-5))["BU0"] == ("BU1",)
    assert bordering_areas(row(1e-3))["BU0"] == ()


def test_local_moran_is_that_of_esda() -> None:
    found = local_moran(lattice(), bordering_areas(squares(ROWS, COLUMNS)), permutations=9_999, seed=3)
    assert [found[code].moran for code in codes(30)] == pytest.approx(list(ESDA), abs=1e-9)
    assert [found[code].pattern for code in codes(30)] == [QUADRANT[each] for each in ESDA_Q]
    for code, one_sided in zip(codes(30), ESDA_P, strict=True):
        assert found[code].chance == pytest.approx(2 * one_sided, abs=0.04)


def test_words_go_no_further_than_chance_allows() -> None:
    apart = {
        code: 10.0 + 0.1 * (at % 7) + (60.0 if at % 20 < 6 and at < 120 else 0.0) for at, code in enumerate(codes(400))
    }
    found = local_moran(apart, bordering_areas(squares(20, 20)))
    middle = found["BU00042"]
    assert (middle.certainty, middle.words) == (Certainty.CERTAIN, "hoog, net als de buurten ernaast")
    even = np.random.default_rng(5).standard_normal(400)
    by_chance = local_moran(dict(zip(codes(400), even.tolist(), strict=True)), bordering_areas(squares(20, 20)))
    assert sum(one.certainty is Certainty.CERTAIN for one in by_chance.values()) <= 4
    assert any(one.words == NO_PATTERN for one in by_chance.values())


def test_the_order_of_areas_changes_nothing_and_an_absent_figure_is_no_neighbour() -> None:
    values, beside = lattice(), bordering_areas(squares(ROWS, COLUMNS))
    mixed = list(values.items())
    random.Random(2).shuffle(mixed)
    assert local_moran(dict(mixed), beside) == local_moran(values, beside)
    without = local_moran({**values, "BU00000": float("nan")}, beside)
    assert "BU00000" not in without
    assert len(without) == 29


def test_too_few_areas_or_all_alike_make_no_pattern() -> None:
    beside = bordering_areas(squares(2, 3))
    assert local_moran(dict.fromkeys(codes(30), 4.0), bordering_areas(squares(5, 6))) == {}
    assert local_moran(dict(zip(codes(6), range(6), strict=True)), beside) == {}


def test_areas_that_are_alike_lie_near_in_all_features() -> None:
    young = dict(zip(codes(5), (10.0, 11.0, 20.0, 30.0, 10.0), strict=True))
    alone = dict(zip(codes(5), (40.0, 41.0, 40.0, 80.0, 39.0), strict=True))
    assert similar_areas({"a": young, "b": alone}, "BU00000", many=2) == ("BU00004", "BU00001")
    assert similar_areas({"a": young, "b": alone}, "BU00000", many=2, without=["BU00004"]) == ("BU00001", "BU00002")
    assert similar_areas({"a": young, "b": {"BU00001": 1.0}}, "BU00000") == ()


def test_areas_together_count_by_their_size_and_differ_only_by_a_test() -> None:
    group = [of_share(60.0, 300, area="BU1"), of_share(50.0, 100, area="BU2")]
    found = pooled_figure(group, "Ernaast")
    assert found is not None
    assert (found.value, found.base, found.area) == (57.5, 400, "Ernaast")
    far = compare_with_group(of_share(30.0, 300, area="BU0"), group, "Ernaast")[1]
    near = compare_with_group(of_share(56.0, 300, area="BU0"), [*group, of_share(56.0, 300, area="BU0")], "Ernaast")[1]
    assert far is not None
    assert near is not None
    assert (far.words, far.certainty) == ("minder", Certainty.CERTAIN)
    assert (near.words, near.certainty) == ("geen duidelijk verschil", Certainty.NONE)
    assert pooled_figure([*group, shown(value=None, area="BU3")], "Ernaast") is None
    assert compare_with_group(of_share(30.0, 300, area="BU0"), [], "Ernaast") == (None, None)


@pytest.mark.slow
def test_on_the_real_map_of_amsterdam_neighbours_are_mutual_and_nearly_every_buurt_has_some() -> None:
    maps, _ = read_areas(shared_data() / "areas/amsterdam-buurten-2019.geojson", year=2019)
    found = bordering_areas(maps[0].of_level(AreaLevel.BUURT))
    assert all(code in found[other] for code, each in found.items() for other in each)
    assert len(found) == 481
    assert sum(len(each) > 0 for each in found.values()) >= 475
    begin = time.process_time()
    local_moran(dict(zip(found, range(len(found)), strict=True)), found)
    assert time.process_time() - begin < 1.0
