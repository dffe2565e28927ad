"""The Kerncijfers of Amsterdam 2019 and 2020 under the checks between figures, years and levels."""

from collections import Counter

import polars as pl
import pytest

from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.quality.checks import find_doubts
from buurtbalans.figures.quality.doubt import Concern
from buurtbalans.figures.sources import read_files
from tests.shared import shared_data

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def of_2019() -> pl.DataFrame:
    return read_files([shared_data() / "cbs/kwb-2019-amsterdam-rewritten-by-r.csv"]).observations


def test_of_sixty_thousand_figures_sixty_ask_for_a_look(of_2019: pl.DataFrame) -> None:
    [division], _ = read_areas(shared_data() / "areas/amsterdam-buurten-2019.geojson", year=2019)
    doubts = find_doubts(of_2019, {2019: division}, catalogue())
    assert Counter(doubt.concern for doubt in doubts) == {Concern.LEVELS: 60}
    model = [doubt for doubt in doubts if doubt.indicator.startswith("education")]
    assert len(model) == 56  # estimated by the publisher from a survey, so parts do not add up to their whole


def test_a_year_later_the_large_changes_are_listed(of_2019: pl.DataFrame) -> None:
    later = read_files([shared_data() / "cbs/84799NED-kwb-2020-odata3"]).observations
    later = later.filter(pl.col("area").str.slice(2, 4) == "0363")
    doubts = find_doubts(later, {}, catalogue(), of_2019)
    assert {doubt.concern for doubt in doubts} == {Concern.YEARS}
    assert len(doubts) == 290
    found = {(doubt.area, doubt.indicator): (doubt.other, doubt.value) for doubt in doubts}
    assert found["BU03637401", "households"] == (245.0, 705.0)  # new homes
    assert found["BU03633405", "distance_supermarket"] == (1.7, 0.4)  # a supermarket opened
