"""The Dutch of the screens: one word for one concept, no forbidden word, and sentences that are whole."""

from typing import Final

import pytest

from tests.words import broken, dutch_texts, lengths

MOST_SHORT: Final = 0.60  # of the sentences have six words or fewer
LEAST_MEAN: Final = 6.2  # words in a sentence
LEFT: Final = {  # texts that a rule still finds; the numbers only go down
    "actie": 32,
    "plaatsingsruimte": 23,
    "stelling": 87,
    "conclusie": 32,
    "onderbouwing": 7,
    "betrokkenen": 51,
    "onzekerheidsmarge": 5,
    "zwak punt": 1,
    "cijferset": 45,
    "in de wacht": 7,
    "uitkomst": 13,
    "bespreekpunten": 1,
    "knelpunt": 2,
    "furniture as metaphor": 73,
    "a role without a name": 54,
    "status in the simple past": 219,
    "a thing as a person": 2,
}


def test_one_word_stands_for_one_concept_and_no_screen_uses_another() -> None:
    texts = broken(dutch_texts())
    assert {rule: found for rule, found in texts.items() if len(found) > LEFT.get(rule, 0)} == {}


def test_sentences_are_whole() -> None:
    short, mean = lengths(dutch_texts())
    assert short <= MOST_SHORT
    assert mean >= LEAST_MEAN


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("De uitspraak klopt.", "stelling"),
        ("Nieuwe uitgave van de cijfers", "cijferset"),
        ("Er ligt een voorstel.", "furniture as metaphor"),
        ("Kijk als wie plaatst", "a role without a name"),
        ("Haven Wonen zei nog geen ja", "status in the simple past"),
    ],
)
def test_a_planted_word_is_found(text: str, rule: str) -> None:
    assert broken([text])[rule] == [text]
