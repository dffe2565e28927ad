"""What holds for every change of boundaries: nothing is lost, nothing is made, the order of rows is no matter."""

from collections.abc import Mapping
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.crosswalk.convert import Crosswalk, convert_figures, crosswalk
from tests.figures.crosswalk_parts import figures, nameless, strip, weights

pytestmark = pytest.mark.slow
KNOWN = catalogue()
COUNT = 6
numbers = st.integers(1, COUNT)
tables = st.lists(st.tuples(numbers, numbers, st.integers(1, 500)), min_size=COUNT, max_size=20)
people = st.lists(st.integers(0, 5_000).map(float), min_size=COUNT, max_size=COUNT).map(
    lambda values: dict(enumerate(values, start=1))
)
# Borders lie at least seven metres apart: narrower ground is no area.
cuts = st.lists(st.integers(20, 580), min_size=1, max_size=5, unique=True).map(
    lambda at: [0.0, *(place / 100 for place in sorted(at)), 6.0]
)


def walk_of(rows: list[tuple[int, int, int]]) -> Crosswalk:
    """Return a walk in which every old buurt goes somewhere."""
    everywhere = [(number, number, 1) for number in range(1, COUNT + 1)]
    table = weights([*rows, *everywhere])
    return crosswalk(nameless(2020, COUNT), nameless(2021, COUNT), weights=table)


def by_area(frame: pl.DataFrame) -> Mapping[str, float]:
    return dict(frame.select("area", "value").iter_rows())


@given(cuts)
def test_without_a_change_every_figure_stays(borders: list[float]) -> None:
    walk = crosswalk(strip(2020, borders), strip(2021, borders))
    frame = figures("population", {number: 10.0 * number for number in range(1, len(borders))})
    new = convert_figures(frame, walk, KNOWN)
    assert by_area(new) == by_area(frame)
    assert set(new["estimated"]) == {0.0}


@given(cuts, cuts)
def test_weights_of_an_old_area_add_up_to_one(before: list[float], after: list[float]) -> None:
    walk = crosswalk(strip(2020, before), strip(2021, after))
    sums = walk.pieces.group_by("area_from").agg(pl.col("weight").sum())
    assert len(sums) == len(before) - 1
    assert sums["weight"].to_list() == [pytest.approx(1.0)] * len(sums)


@given(tables, people)
def test_the_total_of_the_city_is_kept(rows: list[tuple[int, int, int]], values: dict[int, float]) -> None:
    new = convert_figures(figures("population", values), walk_of(rows), KNOWN)
    assert new["value"].sum() == pytest.approx(sum(values.values()))
    assert new["absence"].null_count() == len(new)
    assert new["estimated"].is_between(0, 1).all()


@given(cuts, cuts, cuts, st.lists(st.integers(0, 900).map(float), min_size=6, max_size=6))
def test_the_total_is_kept_over_two_changes(
    first: list[float], second: list[float], third: list[float], values: list[float]
) -> None:
    frame = figures("population", dict(enumerate(values[: len(first) - 1], start=1)))
    once = convert_figures(frame, crosswalk(strip(2020, first), strip(2021, second)), KNOWN)
    twice = convert_figures(once.drop("estimated"), crosswalk(strip(2021, second), strip(2022, third)), KNOWN)
    assert twice["value"].sum() == pytest.approx(frame["value"].sum())


@given(tables, people, numbers, st.integers(1, 100))
def test_more_people_in_an_old_area_never_make_a_new_one_smaller(
    rows: list[tuple[int, int, int]], values: dict[int, float], number: int, extra: int
) -> None:
    walk = walk_of(rows)
    less = by_area(convert_figures(figures("population", values), walk, KNOWN))
    more = by_area(convert_figures(figures("population", {**values, number: values[number] + extra}), walk, KNOWN))
    assert all(more[area] >= less[area] for area in less)


@given(tables, people, st.randoms())
def test_the_order_of_rows_is_no_matter(
    rows: list[tuple[int, int, int]], values: dict[int, float], chance: Random
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    frame = pl.concat([figures("population", values), figures("women", values), figures("share_women", values)])
    one = convert_figures(frame, walk_of(rows), KNOWN)
    other = convert_figures(
        frame.sample(fraction=1, shuffle=True, seed=chance.randint(0, 99)), walk_of(shuffled), KNOWN
    )
    assert one.drop("value", "estimated").equals(other.drop("value", "estimated"))
    assert one["value"].to_list() == pytest.approx(other["value"].to_list())


@given(tables, people, st.lists(st.floats(0, 100), min_size=COUNT, max_size=COUNT))
def test_a_share_stays_between_the_shares_it_is_made_of(
    rows: list[tuple[int, int, int]], values: dict[int, float], shares: list[float]
) -> None:
    told = dict(enumerate(shares, start=1))
    frame = pl.concat([figures("dwellings", values), figures("share_corporation", told)])
    new = convert_figures(frame, walk_of(rows), KNOWN).filter(indicator="share_corporation")
    known = new["value"].drop_nulls()
    assert known.is_between(min(shares) - 1e-9, max(shares) + 1e-9).all()
    assert set(new["absence"].drop_nulls()) <= {"not_applicable"}
