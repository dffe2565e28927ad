"""The Dutch of the screens and the method pages: one word for one concept, no forbidden word, and sentences that are whole."""

from typing import Final

import pytest

from tests.words import broken, dutch_texts, lengths, method_texts

MOST_SHORT: Final = 0.22  # of the sentences have six words or fewer
LEAST_MEAN: Final = 9.2  # words in a sentence
LEFT: Final = {
    "plaatsingsruimte": 1,  # the page that tells the research term draagkracht apart from it
    "a role without a name": 4,  # headings over a list of organisations, and the label of an audience
}
LEFT_ON_PAGES: Final = {
    "plaatsingsruimte": 1,  # the page that tells the research term draagkracht apart from it
    "a role without a name": 2,  # the term of that page for an audience, and the name of a layer of the large map
}
MOST_WORDS: Final = 12.5  # in a sentence of the method pages, on average


def test_one_word_stands_for_one_concept_and_no_screen_uses_another() -> None:
    texts = broken(dutch_texts())
    assert {rule: found for rule, found in texts.items() if len(found) > LEFT.get(rule, 0)} == {}


def test_sentences_are_whole() -> None:
    """A terminal is told in a line what is wrong and what to do, so its texts are no measure of the screens."""
    short, mean = lengths(dutch_texts(terminal=False))
    assert short <= MOST_SHORT
    assert mean >= LEAST_MEAN


def test_the_method_pages_use_the_words_of_the_screens() -> None:
    texts = broken(method_texts())
    assert {rule: found for rule, found in texts.items() if len(found) > LEFT_ON_PAGES.get(rule, 0)} == {}


def test_sentences_of_the_method_pages_are_whole_and_short_enough() -> None:
    short, mean = lengths(method_texts())
    assert short <= MOST_SHORT
    assert LEAST_MEAN <= mean <= MOST_WORDS


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
