"""The balance picture in sentences: strengths first, doubt in words, short, and never a verdict on a neighbourhood."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from buurtbalans.figures.balance.balance_definition import balance_definition
from buurtbalans.figures.balance.bubbles import Bubble
from buurtbalans.figures.balance.picture import CityBalance, DimensionPicture, balance_picture
from buurtbalans.figures.balance.picture_words import (
    CHANCE,
    DRAWN,
    EVEN,
    MONEY,
    NEXT,
    UNTESTED,
    area_sentences,
    contribution_sentence,
    dimension_sentence,
    dimension_sentences,
    missing_sentence,
    rank_sentence,
    reason_sentences,
    strains,
    strengths,
)
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.comparison.standing import Certainty
from buurtbalans.figures.observation import Absence
from tests.figures.balance_parts import CITY, IDS, city, codes, definition, of_share, town
from tests.figures.catalogue_parts import shown

NEVER = re.compile(r"score|slecht|probleem|achterstand|\brood\b|\bdoordat\b|\bdaardoor\b", re.IGNORECASE)
AREAS = codes(40)


def sentences(texts: Iterator[str] | tuple[str, ...]) -> list[str]:
    """Return the sentences of texts apart."""
    return [each for text in texts for each in re.split(r"(?<=[.?])\s", text) if each]


def bubble(words: str, place: int, certain: Certainty = Certainty.CERTAIN, middle: float = 0.8) -> Bubble:
    """Make a bubble with some words."""
    return Bubble(middle, middle - 0.1, middle + 0.1, place, certain, words, 3, 6, 51)


def of(dimension: Dimension, found: Bubble | None) -> DimensionPicture:
    """Make a dimension with nothing but a bubble."""
    return DimensionPicture(
        dimension, found, (), (), (), "" if found else "Er is geen uitkomst, want hierover zijn geen cijfers."
    )


@pytest.fixture(scope="module")
def picture() -> CityBalance:
    return balance_picture(definition(*IDS), town(IDS, AREAS, apart=12.0), city(IDS), AREAS)


@pytest.mark.parametrize(
    ("dimension", "found", "sentence"),
    [
        (Dimension.FACILITIES, bubble("iets sterker", 4), "De voorzieningen zijn iets sterker dan in de stad."),
        (
            Dimension.LIVEABILITY,
            bubble("duidelijk of iets zwakker", 2, middle=-0.9),
            "De leefbaarheid is duidelijk of iets zwakker dan in de stad.",
        ),
        (
            Dimension.LIVEABILITY,
            bubble("misschien zwakker", 3, Certainty.MAYBE),
            "De leefbaarheid is misschien zwakker dan in de stad.",
        ),
        (Dimension.FACILITIES, bubble("ongeveer als de stad", 3), "De voorzieningen zijn ongeveer als in de stad."),
        (
            Dimension.LIVEABILITY,
            bubble("niet te onderscheiden van de stad", 3, Certainty.NONE),
            "Bij leefbaarheid zien we geen duidelijk verschil met de stad.",
        ),
        (Dimension.FACILITIES, None, "Er is geen uitkomst, want hierover zijn geen cijfers."),
    ],
)
def test_where_a_dimension_lies_is_one_sentence(dimension: Dimension, found: Bubble | None, sentence: str) -> None:
    assert dimension_sentence(of(dimension, found)) == sentence


def test_strengths_come_first_then_strains_then_what_is_not_known() -> None:
    found = (
        of(Dimension.COMPOSITION, bubble("duidelijk zwakker", 1, middle=-1.2)),
        of(Dimension.FACILITIES, bubble("iets sterker", 4)),
        of(Dimension.LIVEABILITY, None),
    )
    assert area_sentences(found) == (
        "De voorzieningen zijn iets sterker dan in de stad.",
        "De samenstelling is duidelijk zwakker dan in de stad.",
        "Over leefbaarheid hebben we te weinig gegevens.",
    )


def test_what_is_missed_most_is_a_whole_dimension_else_a_figure_that_would_count(picture: CityBalance) -> None:
    none = of(Dimension.FACILITIES, None)
    assert (
        missing_sentence((none, of(Dimension.LIVEABILITY, None)))
        == "Over voorzieningen en leefbaarheid hebben we te weinig gegevens."
    )
    live = picture.of(AREAS[0])[2]
    lacking = replace(live, unknown=(replace(live.parts[0], shown=None),))
    assert missing_sentence((lacking,)) == f"Over {live.parts[0].indicator.name} hebben we te weinig gegevens."
    assert missing_sentence((live,)) == ""


def test_dimensions_without_a_difference_are_said_together() -> None:
    alike = bubble("niet te onderscheiden van de stad", 3, Certainty.NONE)
    assert area_sentences((of(Dimension.COMPOSITION, alike), of(Dimension.FACILITIES, alike))) == (
        "Bij samenstelling en voorzieningen zien we geen duidelijk verschil met de stad.",
    )


def test_composition_says_that_it_is_about_means_and_not_about_people() -> None:
    found = of(Dimension.COMPOSITION, bubble("iets zwakker", 2, Certainty.DISTANCE_ONLY, -0.7))
    assert dimension_sentences(found) == ("De samenstelling is iets zwakker dan in de stad.", MONEY, UNTESTED)


def test_nothing_known_says_what_one_can_do() -> None:
    assert dimension_sentences(of(Dimension.LIVEABILITY, None)) == (
        "Er is geen uitkomst, want hierover zijn geen cijfers.",
        NEXT,
    )


def test_a_figure_that_may_be_chance_says_so(picture: CityBalance) -> None:
    words = {contribution_sentence(part) for area in AREAS for part in picture.of(area)[2].parts}
    assert "Dit maakt de uitkomst gunstiger." in words
    assert "Dit maakt de uitkomst iets minder gunstig, maar dat kan toeval zijn." in words


def test_only_what_may_be_named_is_a_strength_or_a_strain(picture: CityBalance) -> None:
    seen = 0
    for area in AREAS:
        parts = picture.of(area)[2].parts
        for part in (*strengths(parts), *strains(parts)):
            assert part.standing is not None
            assert part.standing.certainty is Certainty.CERTAIN
            assert (part.points > 0) == (part.standing.valence in (4, 5))
            seen += 1
    assert seen > 20


def test_a_small_area_and_what_is_missing_are_said() -> None:
    few = [of_share(35.0, 25, id, AREAS[0]) for id in IDS[:-1]]
    gone = replace(of_share(35.0, 25, IDS[-1], AREAS[0]), value=None, low=None, high=None, absence=Absence.TOO_FEW)
    rest = [one for one in town(IDS, AREAS) if one.area != AREAS[0]]
    found = balance_picture(definition(*IDS), [*rest, *few, gone], city(IDS), AREAS).of(AREAS[0])[2]
    assert dimension_sentences(found)[-2:] == ("Over overlast op straat hebben we te weinig gegevens.", DRAWN)
    assert reason_sentences(found)[-1] == ("Er is geen cijfer over overlast op straat: te weinig mensen.",)


def test_figures_that_differ_by_chance_only_are_called_so() -> None:
    even = [of_share(60.0 + at % 3, 150, id, area) for id in IDS for at, area in enumerate(AREAS)]
    found = balance_picture(definition(*IDS), even, city(IDS), AREAS).of(AREAS[1])[2]
    assert dimension_sentences(found)[:2] == ("Bij leefbaarheid zien we geen duidelijk verschil met de stad.", CHANCE)


def test_strengths_and_strains_that_weigh_as_much_are_said_to() -> None:
    shares = (80.0, 80.0, 40.0, 40.0)
    own = [of_share(share, 400, id, AREAS[0]) for id, share in zip(IDS[:4], shares, strict=True)]
    rest = [one for one in town(IDS[:4], AREAS) if one.area != AREAS[0]]
    found = balance_picture(definition(*IDS[:4]), [*rest, *own], city(IDS[:4]), AREAS).of(AREAS[0])[2]
    assert dimension_sentences(found)[:2] == ("Bij leefbaarheid zien we geen duidelijk verschil met de stad.", EVEN)
    strong, weak = dimension_sentences(found)[2:4]
    assert strong.startswith("Vergeleken met de stad: meer ")
    assert "minder" not in strong
    assert weak.startswith("Wel minder ")


def test_why_goes_down_to_the_figure_and_says_what_it_does_and_why_it_counts(picture: CityBalance) -> None:
    found = picture.of(AREAS[0])[2]
    told = reason_sentences(found)
    assert len(told) == len(found.parts)
    for part, said in zip(found.parts, told, strict=True):
        assert said[0].endswith("In de stad zijn dat er 60.")
        assert said[1:] == (contribution_sentence(part), part.counted.why, part.indicator.caveat)


def test_what_is_beside_the_count_is_told_without_a_judgement() -> None:
    rows = [shown("share_15_24", 40.0 if area == AREAS[0] else 10.0, 2_000, area=area) for area in AREAS]
    figures = [shown("share_15_24", 11.0, 90_000, area=CITY)]
    found = balance_picture(balance_definition(), rows, figures, AREAS).of(AREAS[0])[0]
    said = reason_sentences(found)[0]
    assert said[0] == "Duidelijk groter aandeel jongeren dan in de stad."
    assert said[1].startswith("Dit cijfer telt niet mee in de uitkomst. ")
    assert "Duidelijk groter aandeel jongeren dan in de stad." in dimension_sentences(found)


def test_a_rank_is_a_range() -> None:
    assert rank_sentence(bubble("iets sterker", 4)) == "Van de 51 buurten zijn er 2 tot 5 sterker."


def test_sentences_are_short_and_pass_no_verdict(picture: CityBalance) -> None:
    for area in AREAS:
        found = picture.of(area)
        texts = (*area_sentences(found), *(text for one in found for text in dimension_sentences(one)))
        for sentence in sentences(texts):
            assert len(sentence.split()) <= 24, sentence
            assert not NEVER.search(sentence), sentence
