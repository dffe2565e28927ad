"""Sentences: plain Dutch, people as numbers, doubt aloud, strengths first, nobody called names."""

import re
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.catalogue.indicator import Direction
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison.standing import WORDS, Certainty, Standing
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.sentence import (
    absence_sentence,
    comparison_sentences,
    figure_sentence,
    number,
    standing_sentence,
    value_with_unit,
    value_words,
)
from tests.figures.catalogue_parts import shown

CITY = shown(value=68.0, base=6_204)


def at(
    place: int, certain: Certainty = Certainty.CERTAIN, distance: float | None = None, valence: int | None = None
) -> Standing:
    far = (place - 3) * 0.6 if distance is None else distance
    return Standing(place, WORDS[place - 1], certain, far, valence=valence)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (312_000, 0, "312.000"),
        (0, 0, "0"),
        (-0.01, 1, "0,0"),
        (-1234, 0, "-1.234"),
        (0.5, 0, "1"),
        (2.675, 2, "2,68"),
        (999_999.96, 1, "1.000.000,0"),
    ],
)
def test_numbers_are_written_dutch(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_written_number_reads_back(value: float, decimals: int) -> None:
    text = number(value, decimals)
    assert abs(float(text.replace(".", "").replace(",", ".")) - value) <= 0.5 * 10.0**-decimals + 1e-6
    assert not re.search(r"\d{4}", text.split(",")[0])


def test_what_is_no_number_is_not_written() -> None:
    with pytest.raises(ValueError, match="nan"):
        number(float("nan"))


def test_a_share_is_a_range_of_people_and_the_city_stands_behind() -> None:
    found = shown(value=59.0, base=400)
    assert (
        figure_sentence(found, CITY)
        == "55 tot 63 van de 100 mensen voelen zich thuis in de buurt. In de stad zijn dat er 68."
    )
    assert figure_sentence(found) == "55 tot 63 van de 100 mensen voelen zich thuis in de buurt."


def test_one_is_one() -> None:
    assert figure_sentence(shown("share_65_plus", 1.2, 900)) == "1 van de 100 mensen is 65 jaar of ouder."
    assert figure_sentence(shown("share_65_plus", 0.2, 900)) == "Minder dan 1 van de 100 mensen is 65 jaar of ouder."
    assert figure_sentence(shown("population", 1.0, None)) == "Hier woont 1 mens."
    assert "In de stad is dat er 1." in figure_sentence(
        shown("share_65_plus", 20.0, 9), shown("share_65_plus", 1.0, 900)
    )


def test_each_kind_has_its_sentence() -> None:
    home, city = shown("home_value", 312, 40), shown("home_value", 298, 4_000)
    assert figure_sentence(home, city) == "Een woning is gemiddeld €\xa0312.000 waard. In de stad is dat €\xa0298.000."
    assert figure_sentence(shown("distance_gp", 0.8)) == "De afstand tot de huisarts is gemiddeld 0,8\xa0km."
    assert figure_sentence(shown("population", 1265.0), shown("population", 90_000.0)) == "Hier wonen 1.265 mensen."
    assert figure_sentence(shown("births_rate", 9.0), shown("births_rate", 11.0)).endswith("In de stad zijn dat er 11.")
    assert value_with_unit(catalogue()["household_income"], 31.6) == "€\xa031.600"
    assert value_with_unit(catalogue()["household_size"], 1.75, decimals=2) == "1,75"
    assert value_words(shown(value=100.0, base=100_000)) == "100"


@pytest.mark.parametrize("reason", list(Absence))
def test_an_absent_figure_says_why_and_what_now(reason: Absence) -> None:
    gone = shown(value=None, base=None, absence=reason)
    for text in (absence_sentence(gone), figure_sentence(gone, CITY), standing_sentence(gone, None)):
        assert "cijfer" in text
        assert text.count(".") == 1
    assert "0" not in absence_sentence(gone)
    too_few = shown(value=None, base=None, absence=Absence.TOO_FEW)
    assert (
        absence_sentence(too_few)
        == "Dit gaat over te weinig mensen, dus wij tonen geen cijfer om hun privacy te beschermen."
    )
    assert value_words(too_few) == "te weinig mensen"


@pytest.mark.parametrize(
    ("standing", "text"),
    [
        (at(1), "Duidelijk minder mensen die zich thuis voelen dan in de stad."),
        (at(4), "Iets meer mensen die zich thuis voelen dan in de stad."),
        (at(3, distance=0.1), "Thuis voelen in de buurt: ongeveer als in de stad."),
        (at(3, Certainty.NONE), "Thuis voelen in de buurt: geen duidelijk verschil met de stad."),
        (at(3, Certainty.MAYBE, -0.7), "Misschien minder mensen die zich thuis voelen dan in de stad."),
        (at(5, Certainty.DISTANCE_ONLY), "Duidelijk meer mensen die zich thuis voelen dan in de stad."),
    ],
)
def test_the_place_beside_the_city_as_a_sentence(standing: Standing, text: str) -> None:
    assert standing_sentence(shown(), standing) == text


def test_a_count_has_no_place_beside_the_city() -> None:
    assert standing_sentence(shown("population", 900.0), None) == "Hier wonen 900 mensen."


def compared(strengths: list[str], concerns: list[str], place: int = 5, city: str = "Waterdam") -> str:
    return " ".join(
        comparison_sentences(
            [(catalogue()[name], at(place)) for name in strengths],
            [(catalogue()[name], at(6 - place)) for name in concerns],
            city,
        )
    )


def test_a_comparison_names_the_yardstick_once_and_strengths_first() -> None:
    assert compared(["neighbours_help", "meeting_place_near"], ["safe_in_evening"]) == (
        "Vergeleken met Waterdam: meer burenhulp en ontmoetingsplekken. Wel minder mensen die zich ’s avonds veilig voelen."
    )
    assert compared([], ["neighbours_help"], 4) == "Vergeleken met Waterdam: iets minder burenhulp."
    assert compared(["green_near", "neighbours_help"], [], city="") == (
        "Vergeleken met de stad: meer groen op loopafstand en meer burenhulp."
    )
    assert compared([], []) == ""


def test_a_sentence_is_english_on_an_english_page() -> None:
    with translation.override("en"):
        assert figure_sentence(shown(value=59.0, base=400)) == (
            "55 to 63 out of 100 people feel at home in the neighbourhood."
        )
        assert "1,265 people live here." in figure_sentence(shown("population", 1265.0))
        for one in catalogue().values():
            said = standing_sentence(shown(one.id, 58.0, 400), at(4))
            assert not re.search(
                r"\b(van|dan|een|zijn|meer|minder|hoger|lager)\b", figure_sentence(shown(one.id, 58.0, 400))
            )
            assert not re.search(r"\b(van|een|zijn|minder|hoger|lager)\b", said), said


def test_every_sentence_of_the_catalogue_is_short_and_kind() -> None:
    for one in catalogue().values():
        for value in (0.2, 1.0, 58.0):
            texts = [figure_sentence(shown(one.id, value, 400), shown(one.id, 45.0, 9_000))]
            texts += [standing_sentence(shown(one.id, value, 400), at(place)) for place in (1, 2, 4, 5)]
            for sentence in re.split(r"(?<=[.?!])\s+", " ".join(texts)):
                assert len(sentence.split()) <= 15, sentence
                assert not re.search(r"[{}|]|slecht|(?<!huur)achterstand|score|\brood\b|probleem", sentence), sentence
                assert sentence[0].isupper() or sentence[0].isdigit(), sentence
    assert any(one.direction is Direction.UP for one in catalogue().values())


def test_a_count_that_was_rounded_to_protect_people_says_so() -> None:
    plain = shown("population", value=45.0)
    assert "ongeveer" not in figure_sentence(plain)
    assert "ongeveer 45" in figure_sentence(replace(plain, step=5))
