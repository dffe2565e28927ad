"""The new division of Amsterdam of March 2022 laid over that of 2019, with the Kerncijfers of 2019."""

from functools import cache

import polars as pl
import pytest

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Division
from buurtbalans.figures.area.reader import read_areas
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.crosswalk.convert import Crosswalk, convert_figures, crosswalk
from buurtbalans.figures.observation import ABSENCES
from buurtbalans.figures.sources import read_files
from tests.shared import shared_data

pytestmark = pytest.mark.slow
COUNTS = ("population", "women", "households", "dwellings", "area_land")
LEFT_OUT = ("BU03635002", "BU03635004")  # M50c and M50e have no figures


@cache
def amsterdam(year: int) -> Division:
    [division], _ = read_areas(shared_data() / f"areas/amsterdam-buurten-{year}.geojson", year=year)
    return division


@cache
def walk() -> Crosswalk:
    return crosswalk(amsterdam(2019), amsterdam(2022))


@cache
def figures() -> pl.DataFrame:
    return read_files([shared_data() / "cbs/kwb-2019-amsterdam-rewritten-by-r.csv"]).observations


def new_figures(frame: pl.DataFrame) -> pl.DataFrame:
    return convert_figures(frame.filter(pl.col("indicator").is_in(COUNTS)), walk(), catalogue())


def test_how_many_buurten_kept_their_border() -> None:
    buurten = {code: target for code, target in walk().targets.items() if target.level is AreaLevel.BUURT}
    assert len(buurten) == 518
    assert sum(target.same for target in buurten.values()) == 443
    unknown = [code for code, target in buurten.items() if not target.known]
    assert len(unknown) == 22  # Weesp came in
    assert {code[:7] for code in unknown} == {"BU0363S"}
    assert sum(target.known and not target.same for target in buurten.values()) == 53
    weights = walk().pieces.filter(level="buurt").group_by("area_from").agg(pl.col("weight").sum())
    assert len(weights) == 481
    assert weights["weight"].to_list() == [pytest.approx(1.0)] * 481


def test_the_city_with_weesp_is_another_city() -> None:
    town = new_figures(figures()).filter(area="GM0363", indicator="population")
    assert town["absence"].to_list() == ["not_comparable"]


def test_totals_over_the_city_are_kept() -> None:
    buurten = figures().filter(level="buurt")
    nobody = buurten.filter(area="BU03630000").with_columns(value=pl.lit(0.0), absence=pl.lit(None, ABSENCES))
    filled = pl.concat([buurten, *(nobody.with_columns(area=pl.lit(code)) for code in LEFT_OUT)])
    new = new_figures(filled)
    for name in COUNTS:
        before = filled.filter(indicator=name)["value"].sum()
        assert new.filter(indicator=name, level="buurt")["value"].sum() == pytest.approx(before, rel=1e-12), name
    assert new.filter(indicator="population", level="buurt")["value"].sum() == pytest.approx(862_635)


def test_two_buurten_without_figures_leave_three_new_ones_without() -> None:
    people = new_figures(figures()).filter(indicator="population", level="buurt")
    reasons = dict(people["absence"].drop_nulls().value_counts().iter_rows())
    assert reasons == {"not_measured": 3, "not_comparable": 22}


def test_how_much_of_the_city_is_estimated() -> None:
    people = new_figures(figures()).filter(indicator="population", level="buurt").drop_nulls("value")
    share = people.select(pl.col("value").dot("estimated") / pl.col("value").sum()).item()
    assert share == pytest.approx(0.0374, abs=0.0005)
    kept = people.filter(pl.col("area").is_in(list(walk().unchanged)))
    old = dict(figures().filter(indicator="population").select("area", "value").iter_rows())
    assert all(value == old[walk().unchanged[area]] for area, value in kept.select("area", "value").iter_rows())
