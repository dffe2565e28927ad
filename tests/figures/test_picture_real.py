"""The balance picture of Amsterdam 2019, from the files of CBS: nobody's harbour is an extreme, and words stand up."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest

from buurtbalans.figures.balance.balance_definition import balance_definition
from buurtbalans.figures.balance.measurements import FEWEST
from buurtbalans.figures.balance.picture import CityBalance, balance_picture
from buurtbalans.figures.balance.picture_words import (
    NEXT,
    UNTESTED,
    area_sentences,
    dimension_sentences,
    reason_sentences,
)
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison.standing import Certainty
from buurtbalans.figures.derivation.computed import with_computed_indicators
from buurtbalans.figures.protection.gate import Shown, through
from buurtbalans.figures.sources import read_files
from tests.figures.test_picture_words import NEVER, sentences
from tests.shared import shared_data

pytestmark = pytest.mark.slow
FILES = ("cbs/kwb-2019-amsterdam-rewritten-by-r.csv", "cbs/ses-woa-2019-amsterdam.csv")
POORT, DURGERDAM, STUDENTS = "BU03639304", "BU03637303", "BU03635608"


@pytest.fixture(scope="module")
def figures() -> list[Shown]:
    read = [read_files([shared_data() / file]) for file in FILES]
    ids = [one.indicator.id for one in balance_definition().indicators]
    frame = pl.concat([each.observations for each in read])
    needed = frame.filter(pl.col("indicator").is_in([*catalogue().with_needs(ids), "population"]))
    sources = [each.source for each in read]
    return through(with_computed_indicators(needed, catalogue()), catalogue(), sources, only=[*ids, "population"])


@pytest.fixture(scope="module")
def people(figures: Sequence[Shown]) -> dict[str, float]:
    return {one.area: one.value or 0.0 for one in figures if one.indicator.id == "population"}


@pytest.fixture(scope="module")
def amsterdam(figures: Sequence[Shown]) -> CityBalance:
    areas = sorted({one.area for one in figures if one.area.startswith("BU")})
    assert len(areas) == 479
    return balance_picture(balance_definition(), figures, [one for one in figures if one.area == "GM0363"], areas)


def test_where_hardly_anybody_lives_there_is_no_bubble(amsterdam: CityBalance, people: dict[str, float]) -> None:
    empty = [area for area in amsterdam.areas if people[area] < FEWEST]
    assert len(empty) > 50
    for dimension in Dimension:
        bubbles = amsterdam.dimension(dimension)
        assert not any(bubbles[area] for area in empty)
    assert (
        amsterdam.of("BU03631005")[1].why == "Er is geen uitkomst, want hier wonen te weinig mensen."
    )  # Amerikahaven, 85 people


def test_what_is_not_measured_is_said_and_what_cannot_be_tested_too(amsterdam: CityBalance) -> None:
    for area in (POORT, DURGERDAM, STUDENTS):
        composition, facilities, liveability = amsterdam.of(area)
        assert composition.bubble is not None
        assert facilities.bubble is not None
        assert liveability.bubble is None
        assert dimension_sentences(liveability) == ("Er is geen uitkomst, want hierover zijn geen cijfers.", NEXT)
        assert UNTESTED in dimension_sentences(facilities)
        assert facilities.bubble.certainty is Certainty.DISTANCE_ONLY


def test_three_known_neighbourhoods_are_explained_down_to_the_figure(amsterdam: CityBalance) -> None:
    poort, durgerdam, students = (amsterdam.of(area) for area in (POORT, DURGERDAM, STUDENTS))
    assert area_sentences(poort)[0] == "De samenstelling is duidelijk zwakker dan in de stad."
    assert area_sentences(poort)[-1] == "Over leefbaarheid hebben we te weinig gegevens."
    assert (
        reason_sentences(poort[0])[0][0]
        == "45 van de 100 mensen van 15 tot 75 jaar hebben werk. In de stad zijn dat er 69."
    )
    assert area_sentences(durgerdam)[:2] == (
        "De samenstelling is iets of duidelijk sterker dan in de stad.",
        "De voorzieningen zijn duidelijk zwakker dan in de stad.",
    )
    assert "langere afstand tot de huisarts" in " ".join(dimension_sentences(durgerdam[1]))
    assert "Duidelijk groter aandeel jongeren dan in de stad." in dimension_sentences(students[0])
    beside = " ".join(text for said in reason_sentences(students[0]) for text in said)
    assert "Als er veel studenten wonen, kan een laag inkomen tijdelijk zijn." in beside


def test_sentences_are_short_and_pass_no_verdict(amsterdam: CityBalance) -> None:
    for area in amsterdam.areas[::7]:
        found = amsterdam.of(area)
        for sentence in sentences(
            (*area_sentences(found), *(text for one in found for text in dimension_sentences(one)))
        ):
            assert len(sentence.split()) <= 24, sentence
            assert not NEVER.search(sentence), sentence


def test_the_order_goes_with_that_of_the_social_economic_score_of_cbs(
    amsterdam: CityBalance, figures: Sequence[Shown]
) -> None:
    """Another publisher's index of money and work, which does not count in ours."""
    score = {one.area: one.value for one in figures if one.indicator.id == "ses_score" and one.value is not None}
    ours = {area: bubble.middle for area, bubble in amsterdam.dimension(Dimension.COMPOSITION).items() if bubble}
    both = sorted(score.keys() & ours.keys())
    assert len(both) > 350
    ranks = [np.argsort(np.argsort([each[area] for area in both])) for each in (score, ours)]
    assert np.corrcoef(ranks[0], ranks[1])[0, 1] > 0.8
