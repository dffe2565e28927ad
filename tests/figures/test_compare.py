"""Comparing: classes by distance, words only where chance is ruled out."""

import random
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison.significance import binomial_p, normal_p, poisson_p
from buurtbalans.figures.comparison.standing import (
    ALIKE,
    AMOUNTS,
    HEIGHTS,
    MAYBE,
    WORDS,
    Certainty,
    difference_between,
    quantile_class_words,
    quantile_classes,
    standard_deviation,
    standing_of,
)
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from tests.figures.catalogue_parts import shown

CITY = shown(value=68.0, base=6_204, area="GM1")


@pytest.mark.parametrize(
    ("value", "place", "words", "certain"),
    [
        (40.0, 1, WORDS[0], Certainty.CERTAIN),
        (61.0, 2, WORDS[1], Certainty.CERTAIN),
        (66.5, 3, ALIKE, Certainty.NONE),
        (75.0, 4, WORDS[3], Certainty.CERTAIN),
        (90.0, 5, WORDS[4], Certainty.CERTAIN),
    ],
)
def test_five_classes_of_half_and_one_deviation(value: float, place: int, words: str, certain: Certainty) -> None:
    found = standing_of(shown(value=value, base=2_000), CITY, sd=10.0)
    assert found is not None
    assert (found.class_number, found.words, found.certainty) == (place, words, certain)
    assert found.distance == pytest.approx((value - 68) / 10)
    assert found.valence == place


def test_a_small_certain_difference_is_about_as_the_city() -> None:
    found = standing_of(shown(value=72.0, base=5_000), CITY, sd=10.0)
    assert found is not None
    assert (found.class_number, found.words, found.certainty) == (3, WORDS[2], Certainty.CERTAIN)


def test_at_95_percent_the_words_say_maybe_in_the_middle_class() -> None:
    low, high = (standing_of(shown(value=value, base=100), CITY, sd=6.0) for value in (57.0, 78.0))
    assert low is not None
    assert high is not None
    assert (low.class_number, low.words, low.certainty) == (3, MAYBE[0], Certainty.MAYBE)
    assert (high.class_number, high.words, high.certainty) == (3, MAYBE[1], Certainty.MAYBE)


def test_few_answers_are_not_told_from_the_city_however_far() -> None:
    found = standing_of(shown(value=50.0, base=20), CITY, sd=6.0)
    assert found is not None
    assert (found.class_number, found.words, found.certainty) == (3, ALIKE, Certainty.NONE)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.distance < found.high


def test_less_is_better_turns_the_tint_and_no_direction_has_none() -> None:
    city = shown("street_nuisance", 20.0, 6_000)
    found = standing_of(shown("street_nuisance", 45.0, 500), city, sd=8.0)
    assert found is not None
    assert (found.class_number, found.valence) == (5, 1)
    neutral = standing_of(shown("share_65_plus", 45.0, 900), shown("share_65_plus", 20.0, 90_000), sd=8.0)
    assert neutral is not None
    assert (neutral.class_number, neutral.valence, neutral.certainty) == (5, None, Certainty.CERTAIN)


def test_without_a_count_the_words_tell_distance_only() -> None:
    found = standing_of(shown("distance_gp", 1.6, 900), shown("distance_gp", 0.8, 90_000), sd=0.5)
    assert found is not None
    assert (found.class_number, found.words, found.certainty) == (5, WORDS[4], Certainty.DISTANCE_ONLY)
    bare = standing_of(shown("share_corporation", 60.0, None), shown("share_corporation", 40.0, None), sd=20.0)
    assert bare is not None
    assert bare.certainty is Certainty.DISTANCE_ONLY


def test_rounding_by_the_source_is_no_difference() -> None:
    city = shown("share_65_plus", 20.0, 90_000)
    assert standing_of(shown("share_65_plus", 40.0, 20), city, sd=5.0).certainty is Certainty.NONE  # type: ignore[union-attr]
    tiny = standing_of(shown("share_corporation", 40.4, 900_000), shown("share_corporation", 40.0, 900_000), sd=0.2)
    assert tiny is not None
    assert tiny.certainty is Certainty.NONE


def test_rates_are_tested_as_events() -> None:
    city = shown("births_rate", 10.0, 500_000)
    few = standing_of(shown("births_rate", 30.0, 100), city, sd=4.0)
    many = standing_of(shown("births_rate", 30.0, 3_000), city, sd=4.0)
    assert few is not None
    assert many is not None
    assert (few.certainty, many.certainty, many.class_number) == (Certainty.NONE, Certainty.CERTAIN, 5)


def test_there_is_nothing_to_compare_for_counts_and_absent_figures() -> None:
    assert standing_of(shown("population", 900.0, None), shown("population", 90_000.0, None), sd=100.0) is None
    assert standing_of(shown(value=None, base=None, absence=Absence.TOO_FEW), CITY, sd=6.0) is None
    assert standing_of(CITY, shown(value=None, base=None, absence=Absence.TOO_FEW), sd=6.0) is None
    with pytest.raises(ValueError, match="cannot stand beside"):
        standing_of(shown("green_near"), CITY, sd=6.0)


def test_when_all_areas_are_alike_nothing_stands_out() -> None:
    found = standing_of(shown(value=90.0, base=2_000), CITY, sd=0.0)
    assert found is not None
    assert (found.class_number, found.distance, found.low) == (3, 0.0, None)


@pytest.mark.slow
@pytest.mark.parametrize(("share", "answers"), [(0.68, 142), (0.05, 60), (0.5, 60), (0.02, 400), (0.97, 80)])
def test_truly_equal_areas_are_hardly_ever_called_different(share: float, answers: int) -> None:
    """500 equal areas, many times over: at most 0.4 % get a word (the limit of 0.2 % and its chance)."""
    draw = random.Random(17)
    city = shown(value=share * 100, base=500 * answers)
    called, maybe, areas = 0, 0, 6_000
    values = [sum(draw.random() < share for _ in range(answers)) / answers * 100 for _ in range(areas)]
    sd = standard_deviation(values)
    known: dict[float, Certainty] = {}
    for value in values:
        if value not in known:
            found = standing_of(shown(value=value, base=answers), city, sd)
            assert found is not None
            known[value] = found.certainty
        called += known[value] is Certainty.CERTAIN
        maybe += known[value] is Certainty.MAYBE
    assert called / areas <= 0.004
    assert maybe / areas <= 0.06


@pytest.mark.slow
@given(st.floats(0.001, 0.999), st.integers(1, 3_000), st.data())
def test_exact_chance_agrees_with_counting_out(share: float, total: int, data: st.DataObject) -> None:
    total = min(total, 60)
    count = data.draw(st.integers(0, total))
    chances = [1.0]
    for _ in range(total):
        longer = [*chances, 0.0]
        chances = [longer[at] * (1 - share) + (longer[at - 1] * share if at else 0) for at in range(len(longer))]
    expected = min(1.0, 2 * min(sum(chances[: count + 1]), sum(chances[count:])))
    assert binomial_p(count, total, share) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("expected", [0.5, 30.0, 199.0, 201.0, 5_000.0])
def test_chances_fall_with_distance_and_the_two_ways_meet(expected: float) -> None:
    above = [poisson_p(round(expected + steps * sqrt(expected)), expected) for steps in range(6)]
    assert above == sorted(above, reverse=True)
    assert binomial_p(round(expected), 10**7, expected / 10**7) > 0.5
    assert poisson_p(10**6, expected) == pytest.approx(0.0, abs=1e-12)


def test_chance_at_its_edges() -> None:
    assert [binomial_p(0, 9, 0.0), binomial_p(1, 9, 0.0), binomial_p(9, 9, 1.0), binomial_p(8, 9, 1.0)] == [1, 0, 1, 0]
    assert [poisson_p(0, 0.0), poisson_p(2, 0.0)] == [1.0, 0.0]
    assert normal_p(3.0902, 1.0) == pytest.approx(0.002, abs=1e-5)


def test_two_areas_differ_only_beyond_chance() -> None:
    def words(one: Shown, other: Shown) -> tuple[int, str, str]:
        found = difference_between(one, other)
        assert found is not None
        return found.sign, found.words, found.certainty

    assert words(shown(value=50.0, base=600), shown(value=68.0, base=600)) == (-1, "minder", "certain")
    assert words(shown(value=74.0, base=300), shown(value=66.0, base=300)) == (1, "misschien meer", "maybe")
    assert words(shown(value=60.0, base=100), shown(value=68.0, base=100)) == (0, "geen duidelijk verschil", "none")
    assert words(shown("distance_gp", 1.0), shown("distance_gp", 2.0)) == (-1, "lager", "distance_only")
    assert difference_between(CITY, shown(value=None, base=None, absence=Absence.TOO_FEW)) is None


def test_intervals_that_just_touch_are_different_all_the_same() -> None:
    """Overlapping ranges are no test: two 95 % ranges that just touch have p = .0056."""
    assert normal_p(2 * 1.96, sqrt(2)) == pytest.approx(0.0056, abs=1e-4)


VALUES = st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=60)


@given(VALUES)
def test_steps_keep_the_order_and_equals_together(values: list[float | None]) -> None:
    found = quantile_classes(values)
    assert len(found.places) == len(values)
    pairs = sorted(
        (value, place) for value, place in zip(values, found.places, strict=True) if value is not None and place
    )
    assert [place for _, place in pairs] == sorted(place for _, place in pairs)
    assert all(1 <= place <= 5 for _, place in pairs)
    assert len(dict(pairs)) == len(set(pairs))
    backwards = quantile_classes(values[::-1])
    assert backwards.places[::-1] == found.places
    assert backwards.breaks == found.breaks


def test_steps_hold_a_fifth_each_and_have_words() -> None:
    found = quantile_classes([float(value) for value in range(100)])
    assert [found.places.count(place) for place in range(1, 6)] == [20] * 5
    assert found.breaks == (20.0, 40.0, 60.0, 80.0)
    assert quantile_classes([]).places == ()
    assert quantile_class_words(catalogue()["population"]) == AMOUNTS
    assert quantile_class_words(catalogue()["distance_gp"]) == HEIGHTS


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(0.1, 50)), min_size=1, max_size=30))
def test_spread_does_not_depend_on_the_order_and_weights_count_as_copies(pairs: list[tuple[float, float]]) -> None:
    values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]
    assert standard_deviation(values, weights) == pytest.approx(
        standard_deviation(values[::-1], weights[::-1]), abs=1e-6
    )
    assert standard_deviation(values * 2) == pytest.approx(standard_deviation(values), abs=1e-6)
    assert standard_deviation([*values, None]) == standard_deviation(values)
    assert standard_deviation(values, [2.0] * len(values)) == pytest.approx(standard_deviation(values), abs=1e-6)


def test_spread_of_nothing_is_nothing() -> None:
    assert (
        standard_deviation([])
        == standard_deviation([None], [3.0])
        == standard_deviation([1.0, 2.0], [0.0, None])
        == 0.0
    )
