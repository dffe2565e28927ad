"""Sentences: plain Dutch, people as numbers, doubt aloud, strengths first, nobody called names."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buurtbalans.figures.catalogue.indicator import Dimension, Direction
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.comparison.standing import WORDS, Certainty, Standing
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.sentence import (
    absence_sentence,
    dimension_summary,
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
    assert figure_sentence(found, CITY) == "55 tot 63 van de 100 mensen voelen zich thuis. In de stad zijn dat er 68."
    assert figure_sentence(found) == "55 tot 63 van de 100 mensen voelen zich thuis."


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
    assert figure_sentence(shown("distance_gp", 0.8)) == "De huisarts is gemiddeld 0,8\xa0km ver."
    assert figure_sentence(shown("population", 1265.0), shown("population", 90_000.0)) == "Hier wonen 1.265 mensen."
    assert figure_sentence(shown("births_rate", 9.0), shown("births_rate", 11.0)).endswith("In de stad zijn dat er 11.")
    assert value_with_unit(catalogue()["household_income"], 31.6) == "€\xa031.600"
    assert value_with_unit(catalogue()["household_size"], 1.75, decimals=2) == "1,75"
    assert value_words(shown(value=100.0, base=100_000)) == "100"


@pytest.mark.parametrize("reason", list(Absence))
def test_an_absent_figure_says_why_and_what_now(reason: Absence) -> None:
    gone = shown(value=None, base=None, absence=reason)
    for text in (absence_sentence(gone), figure_sentence(gone, CITY), standing_sentence(gone, None)):
        assert text.startswith("Geen cijfer: ")
        assert text.count(".") == 2
    assert "0" not in absence_sentence(gone)
    too_few = shown(value=None, base=None, absence=Absence.TOO_FEW)
    assert absence_sentence(too_few) == "Geen cijfer: te weinig mensen. Zo blijft ieders privacy beschermd."
    assert value_words(too_few) == "te weinig mensen"


@pytest.mark.parametrize(
    ("standing", "text"),
    [
        (at(1), "Duidelijk minder mensen voelen zich thuis dan in de stad."),
        (at(4), "Iets meer mensen voelen zich thuis dan in de stad."),
        (at(3, distance=0.1), "Thuis voelen in de buurt: ongeveer als in de stad."),
        (at(3, Certainty.NONE), "Thuis voelen in de buurt: geen duidelijk verschil met de stad."),
        (at(3, Certainty.MAYBE, -0.7), "Misschien minder mensen voelen zich thuis dan in de stad."),
        (at(5, Certainty.DISTANCE_ONLY), "Duidelijk meer mensen voelen zich thuis dan in de stad."),
    ],
)
def test_the_place_beside_the_city_as_a_sentence(standing: Standing, text: str) -> None:
    assert standing_sentence(shown(), standing) == text


def test_a_count_has_no_place_beside_the_city() -> None:
    assert standing_sentence(shown("population", 900.0), None) == "Hier wonen 900 mensen."


def test_a_summary_names_strengths_first_and_what_we_do_not_know() -> None:
    figures = [
        (shown("safe_in_evening"), at(1, valence=1)),
        (shown("street_nuisance"), at(4, valence=2)),
        (shown("neighbours_help"), at(4, valence=4)),
        (shown("feels_at_home"), at(3, Certainty.NONE, valence=3)),
        (shown("lonely_65_plus", None, None, absence=Absence.TOO_FEW), None),
        (shown("green_near"), at(5, valence=5)),
    ]
    assert dimension_summary(Dimension.LIVEABILITY, figures) == (
        "Iets meer mensen zeggen dat buren elkaar helpen dan in de stad. "
        "In de avond voelen duidelijk minder mensen zich veilig dan in de stad. "
        "Iets meer mensen hebben last van overlast op straat dan in de stad. "
        "Over eenzaamheid bij ouderen weten we te weinig."
    )
    assert dimension_summary(Dimension.LIVEABILITY, figures[::-1]) == dimension_summary(Dimension.LIVEABILITY, figures)
    assert (
        dimension_summary(Dimension.FACILITIES, figures)
        == "Duidelijk meer mensen hebben groen op loopafstand dan in de stad."
    )


def test_a_summary_of_nothing_says_so() -> None:
    assert dimension_summary(Dimension.FACILITIES, []) == "Over de voorzieningen hebben we nog geen cijfers."
    alike = [(shown(), at(3, Certainty.NONE, valence=3))]
    assert dimension_summary(Dimension.LIVEABILITY, alike) == "We zien geen duidelijk verschil met de stad."
    gone = [
        (shown(name, None, None, absence=Absence.NOT_MEASURED), None) for name in ("clean_and_whole", "lonely_65_plus")
    ]
    assert dimension_summary(Dimension.LIVEABILITY, [*alike, *gone]).endswith("Over 2 onderwerpen weten we te weinig.")


def test_strengths_fill_the_room_that_strains_leave() -> None:
    names = ["feels_at_home", "neighbours_help", "trusts_neighbours", "knows_helper"]
    figures = [(shown(name), at(4, valence=4)) for name in names]
    assert dimension_summary(Dimension.LIVEABILITY, figures).count("dan in de stad") == 3
    assert dimension_summary(Dimension.LIVEABILITY, figures, at_most=1).count("dan in de stad") == 1


def test_tested_differences_come_before_mere_distances() -> None:
    figures = [(shown("household_size"), at(5, Certainty.DISTANCE_ONLY)), (shown("share_65_plus"), at(4))]
    assert dimension_summary(Dimension.COMPOSITION, figures).startswith("Er wonen naar verhouding iets meer ouderen")


def test_a_summary_does_not_tell_three_times_of_homes() -> None:
    names = ["share_owner_occupied", "share_rented", "share_corporation", "share_65_plus"]
    figures = [(shown(name), at(5, distance=4.0 - place)) for place, name in enumerate(names)]
    told = dimension_summary(Dimension.COMPOSITION, figures, at_most=2)
    assert "koopwoningen" in told
    assert "ouderen" in told


def test_every_sentence_of_the_catalogue_is_short_and_kind() -> None:
    for one in catalogue().values():
        for value in (0.2, 1.0, 58.0):
            texts = [figure_sentence(shown(one.id, value, 400), shown(one.id, 45.0, 9_000))]
            texts += [standing_sentence(shown(one.id, value, 400), at(place)) for place in (1, 2, 4, 5)]
            for sentence in re.split(r"(?<=[.?!])\s+", " ".join(texts)):
                assert len(sentence.split()) <= 15, sentence
                assert not re.search(r"[{}|]|slecht|achterstand|score|\brood\b|probleem", sentence), sentence
                assert sentence[0].isupper() or sentence[0].isdigit(), sentence
    assert any(one.direction is Direction.UP for one in catalogue().values())


def test_a_count_that_was_rounded_to_protect_people_says_so() -> None:
    plain = shown("population", value=45.0)
    assert "ongeveer" not in figure_sentence(plain)
    assert "ongeveer 45" in figure_sentence(replace(plain, step=5))
