"""The balance picture: a bubble per dimension, as wide as the doubt, with words that a test allows."""

import math
import random
import time
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.balance.bubbles import ALIKE, Bubble
from buurtbalans.figures.balance.measurements import standard_errors
from buurtbalans.figures.balance.picture import CityBalance, balance_picture
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison.standing import Certainty, standard_deviation, standard_error
from buurtbalans.figures.observation import Absence
from tests.figures.balance_parts import CITY, IDS, city, codes, copies, definition, figure_of, of_share, town
from tests.figures.catalogue_parts import shown

LIVE = Dimension.LIVEABILITY
AREAS = codes(40)
OWN = definition(*IDS)
TOWN = town(IDS, AREAS)


@pytest.fixture(scope="module")
def picture() -> CityBalance:
    return balance_picture(OWN, TOWN, city(IDS), AREAS)


def test_a_range_contains_the_middle_and_the_plain_rank_and_ranks_count_all(picture: CityBalance) -> None:
    found = picture.dimension(LIVE)
    bubbles = [each for each in found.values() if each]
    assert len(bubbles) == 40
    for one in bubbles:
        assert one.low < one.middle < one.high
        plain = 1 + sum(other.middle > one.middle for other in bubbles)
        assert one.rank_low <= plain <= one.rank_high <= one.ranked == 40


def test_the_shares_of_the_figures_add_up_to_the_middle(picture: CityBalance) -> None:
    for area in AREAS:
        found = picture.of(area)[2]
        assert found.bubble is not None
        assert sum(part.points for part in found.parts) == pytest.approx(found.bubble.middle)
        sizes = [abs(part.points) for part in found.parts]
        assert sizes == sorted(sizes, reverse=True)


def test_the_order_of_areas_and_figures_changes_nothing(picture: CityBalance) -> None:
    mixed, areas = list(TOWN), list(AREAS)
    random.Random(3).shuffle(mixed)
    random.Random(4).shuffle(areas)
    other = balance_picture(OWN, mixed, city(IDS), areas)
    assert other.dimension(LIVE) == picture.dimension(LIVE)


def test_weight_0_leaves_a_figure_out() -> None:
    chosen = balance_picture(OWN, TOWN, city(IDS), AREAS, ChosenWeights({IDS[0]: 0.0}))
    without = balance_picture(definition(*IDS[1:]), TOWN, city(IDS), AREAS)
    assert chosen.dimension(LIVE) == without.dimension(LIVE)
    assert [part.indicator.id for part in chosen.of(AREAS[0])[2].neutral] == [IDS[0]]


def test_a_figure_that_weighs_more_pulls_the_bubble(picture: CityBalance) -> None:
    heavy = balance_picture(OWN, TOWN, city(IDS), AREAS, ChosenWeights({IDS[0]: 5.0}))
    for area in AREAS[:10]:
        before, after = picture.of(area)[2], heavy.of(area)[2]
        assert before.bubble is not None
        assert after.bubble is not None
        pull = next(part.points for part in before.parts if part.indicator.id == IDS[0]) * len(IDS)
        assert (after.bubble.middle - before.bubble.middle) * (pull - before.bubble.middle) >= 0


def test_less_of_what_is_better_less_is_stronger() -> None:
    ids = IDS[:3]
    less = [of_share(30.0 if area == AREAS[0] else 60.0, 2_000, "street_nuisance", area) for area in AREAS]
    even = [of_share(60.0, 2_000, id, area) for id in ids for area in AREAS]
    found = balance_picture(definition(*ids, "street_nuisance"), [*less, *even], city([*ids, "street_nuisance"]), AREAS)
    bubble = found.dimension(LIVE)[AREAS[0]]
    assert bubble is not None
    assert bubble.middle > 0
    assert bubble.rank_low == 1


@pytest.mark.slow
@pytest.mark.parametrize("one_source", [True, False])
def test_of_500_truly_equal_areas_hardly_one_is_called_different(one_source: bool) -> None:
    each, own = copies(60, one_source=one_source)
    areas, random = codes(500), np.random.default_rng(1)
    bases = random.integers(20, 800, 500)
    rows = [
        figure_of(one, area, float(found) / base * 100, float(base))
        for one in each
        for area, base, found in zip(areas, bases, random.binomial(bases, 0.3), strict=True)
    ]
    town = [figure_of(one, CITY, 30.0, float(bases.sum())) for one in each]
    found = balance_picture(own, rows, town, areas)
    bubbles = [bubble for dimension in Dimension for bubble in found.dimension(dimension).values() if bubble]
    assert len(bubbles) == 1_500
    assert sum(each.class_number != 3 or each.certainty is Certainty.CERTAIN for each in bubbles) <= 0.004 * 1_500
    assert sum(each.words != ALIKE for each in bubbles) <= 0.06 * 1_500


@pytest.mark.slow
def test_a_page_need_not_wait_for_a_large_city() -> None:
    each, own = copies(60)
    rows = [figure_of(one, area, 20.0 + at % 31, 300.0) for one in each for at, area in enumerate(codes(500))]
    begin = time.process_time()
    found = balance_picture(own, rows, [figure_of(one, CITY, 35.0, 150_000.0) for one in each], codes(500))
    assert all(found.dimension(dimension) for dimension in Dimension)
    assert time.process_time() - begin < 0.9  # 0.3 on a quiet machine


def test_the_errors_of_all_areas_at_once_are_those_of_each() -> None:
    for id, value in (("feels_at_home", 60.0), ("crime_violence", 4.0), ("share_0_14", 0.0), ("distance_gp", 0.4)):
        rows = [shown(id, value, base) for base in (None, 20, 400)] + [shown(id, 100.0, 31), shown(id, None, 9), None]
        each = [math.nan if row is None or (error := standard_error(row)) is None else error for row in rows]
        assert standard_errors(catalogue()[id], rows).tolist() == pytest.approx(each, nan_ok=True)


def test_areas_that_differ_for_certain_are_called_so() -> None:
    rows = town(IDS, AREAS, apart=1.0, base=2_000)
    far = [of_share(30.0 if id != "street_nuisance" else 90.0, 2_000, id, "BU99999") for id in IDS]
    found = balance_picture(OWN, [*rows, *far], city(IDS), [*AREAS, "BU99999"])
    bubble = found.dimension(LIVE)["BU99999"]
    assert bubble is not None
    assert (bubble.class_number, bubble.words, bubble.certainty) == (1, "duidelijk zwakker", Certainty.CERTAIN)


def test_few_answers_are_drawn_to_the_city_and_the_picture_says_so() -> None:
    rows = [one for one in TOWN if one.area != AREAS[0]]
    few = [of_share(20.0, 20, id, AREAS[0]) for id in IDS]
    found = balance_picture(OWN, [*rows, *few], city(IDS), AREAS).of(AREAS[0])[2]
    assert found.drawn
    for part in found.parts:
        assert part.kept < 0.6
        assert part.standing is not None
        assert abs(part.points * len(IDS)) < abs(part.standing.distance)


def test_without_standard_errors_the_words_tell_the_distance_only() -> None:
    ids = ("distance_gp", "distance_supermarket", "distance_daycare", "distance_school")
    rows = [shown(id, 0.2 + at % 7 / 10, None, area=area) for id in ids for at, area in enumerate(AREAS)]
    found = balance_picture(definition(*ids), rows, [shown(id, 0.5, None, area=CITY) for id in ids], AREAS)
    bubbles = found.dimension(Dimension.FACILITIES)
    assert {each.certainty for each in bubbles.values() if each} == {Certainty.DISTANCE_ONLY}
    assert {each.class_number for each in bubbles.values() if each} == {1, 2, 3, 4, 5}


def test_areas_lie_apart_as_the_pages_of_figures_say(picture: CityBalance) -> None:
    for one in picture.measured:
        each = [one.shown[area] for area in AREAS]
        assert one.sd == pytest.approx(standard_deviation([at.value for at in each], [at.base for at in each]))


def test_too_little_known_gives_a_reason_and_no_bubble() -> None:
    gone = [replace(one, value=None, low=None, high=None, absence=Absence.TOO_FEW) for one in TOWN]
    two = balance_picture(OWN, [*gone[: 3 * 40], *TOWN[3 * 40 :]], city(IDS), AREAS).of(AREAS[0])[2]
    assert two.bubble is None
    assert two.why == "Er is geen uitkomst, want daarvoor zijn ten minste drie cijfers nodig."
    assert [part.indicator.id for part in two.unknown] == list(IDS[:3])
    heavy = {IDS[0]: 5.0}
    own = definition(*IDS, weights=heavy)
    half = balance_picture(own, [*gone[:1], *TOWN[1:]], city(IDS), AREAS).of(AREAS[0])[2]
    assert (half.bubble, half.why) == (None, "Er is geen uitkomst, want minder dan de helft van de gegevens is bekend.")
    none = balance_picture(OWN, TOWN, city(IDS), AREAS, ChosenWeights(dict.fromkeys(IDS, 0.0))).of(AREAS[0])
    assert none[2].why == "Er is geen uitkomst, want er telt nu geen enkel cijfer mee."
    assert (none[0].bubble, none[0].why) == (None, "Er is geen uitkomst, want hierover zijn geen cijfers.")


def test_a_figure_about_hardly_anybody_tells_of_no_area() -> None:
    ids = ("distance_gp", "distance_supermarket", "distance_daycare", "distance_school")
    rows = [shown(id, 0.2 + at % 7 / 10, 900, area=area) for id in ids for at, area in enumerate(AREAS)]
    empty = [shown(id, 5.0, 30, area="BU99999") for id in ids]
    own, towns = definition(*ids), [shown(id, 0.5, 36_000, area=CITY) for id in ids]
    found = balance_picture(own, [*rows, *empty], towns, [*AREAS, "BU99999"])
    harbour = found.of("BU99999")[1]
    assert (harbour.bubble, harbour.why) == (None, "Er is geen uitkomst, want hier wonen te weinig mensen.")
    assert [part.weight for part in harbour.neutral] == [0.0] * 4
    middles = [picture.of(AREAS[0])[1].bubble for picture in (found, balance_picture(own, rows, towns, AREAS))]
    assert middles[0] is not None
    assert middles[1] is not None
    assert middles[0].middle == middles[1].middle


def test_what_no_area_has_is_not_known_either_where_it_would_count() -> None:
    own = definition(*IDS, "share_0_14", "clean_and_whole", weights={"share_0_14": 0.0})
    composition, _facilities, liveability = balance_picture(own, TOWN, city(IDS), AREAS).of(AREAS[0])
    assert [(part.indicator.id, part.shown) for part in liveability.unknown] == [("clean_and_whole", None)]
    assert composition.unknown == ()  # without a judgement nobody misses it
    assert liveability.bubble is not None  # and what nobody has does not take the bubble away


def test_a_figure_without_one_of_the_city_is_shown_and_counts_in_nothing() -> None:
    found = balance_picture(OWN, TOWN, city(IDS[1:]), AREAS).of(AREAS[0])[2]
    assert [(part.indicator.id, part.weight, part.standing) for part in found.neutral] == [(IDS[0], 0.0, None)]
    assert found.bubble == balance_picture(definition(*IDS[1:]), TOWN, city(IDS[1:]), AREAS).of(AREAS[0])[2].bubble


def test_a_town_of_hardly_anybody_or_of_nothing_has_no_bubbles() -> None:
    ids = ("distance_gp", "distance_supermarket", "distance_daycare")
    rows = [shown(id, 1.0 + at, 20, area=area) for id in ids for at, area in enumerate(AREAS[:3])]
    tiny = balance_picture(definition(*ids), rows, [shown(id, 2.0, 60, area=CITY) for id in ids], AREAS[:3])
    assert list(tiny.dimension(Dimension.FACILITIES).values()) == [None] * 3
    assert [part.weight for part in tiny.of(AREAS[0])[1].neutral] == [0.0] * 3
    assert dict(balance_picture(OWN, [], [], []).dimension(LIVE)) == {}
    single = balance_picture(OWN, TOWN, city(IDS), AREAS[:1])
    (bubble,) = single.dimension(LIVE).values()
    assert bubble is None or (bubble.rank_low, bubble.rank_high, bubble.ranked) == (1, 1, 1)


def test_an_area_of_several_moves_no_other_and_has_a_place_among_them(picture: CityBalance) -> None:
    together = [of_share(75.0, 800, id, "BU00000+BU00001") for id in IDS]
    found = balance_picture(OWN, [*TOWN, *together], city(IDS), AREAS, also=["BU00000+BU00001"])
    assert [part.points for part in found.of(AREAS[5])[2].parts] == [
        part.points for part in picture.of(AREAS[5])[2].parts
    ]
    assert "BU00000+BU00001" not in found.dimension(LIVE)
    own = found.of("BU00000+BU00001")[2].bubble
    assert own is not None
    assert own.rank_low <= own.rank_high <= own.ranked + 1


def test_another_unit_changes_nothing() -> None:
    """Euros or thousands of euros: the distance to the city is in deviations between areas."""
    ids = ("household_income", "share_low_income", "labour_participation")
    rows = [shown(id, 20.0 + (at * 7 + len(id)) % 23, 500, area=area) for id in ids for at, area in enumerate(AREAS)]
    towns = [shown(id, 30.0, 20_000, area=CITY) for id in ids]
    other = [
        [replace(one, value=1_000 * (one.value or 0)) if one.indicator.id == ids[0] else one for one in each]
        for each in (rows, towns)
    ]
    found = [
        balance_picture(definition(*ids), figures, ours, AREAS).dimension(Dimension.COMPOSITION)
        for figures, ours in ((rows, towns), other)
    ]
    for area in AREAS:
        one, same = found[0][area], found[1][area]
        assert one is not None
        assert same is not None
        assert (one.middle, one.low, one.high) == pytest.approx((same.middle, same.low, same.high))
        assert one.words == same.words


def test_ranges_settle_with_more_draws() -> None:
    few, many, other = (
        balance_picture(OWN, TOWN, city(IDS), AREAS, draws=draws, seed=seed).dimension(LIVE)
        for draws, seed in ((60, 1), (3_000, 1), (3_000, 2))
    )

    def apart(one: Mapping[str, Bubble | None], two: Mapping[str, Bubble | None]) -> float:
        ends = [(a.low - b.low, a.high - b.high) for area in AREAS if (a := one[area]) and (b := two[area])]
        return float(np.abs(ends).mean())

    assert apart(many, other) < 0.03
    assert apart(many, other) < apart(few, other) / 2


def test_the_newest_year_with_figures_counts() -> None:
    old = [replace(one, period=2023, division=2023) for one in TOWN]
    thin = [one for one in TOWN if one.area in AREAS[:5]]
    before = [replace(one, period=2023) for one in city(IDS)]
    found = balance_picture(OWN, [*old, *thin], [*before, *city(IDS)], AREAS)
    assert found.periods == (2023,)
    assert balance_picture(OWN, [*old, *TOWN], [*before, *city(IDS)], AREAS).periods == (2025,)
