"""The filters that speak the language of the page about figures: names, words, sentences, days."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.sentence import ABSENT
from buurtbalans.site.pages.figure_text import value_text
from buurtbalans.site.templatetags.localised import day, figure_name, question, sentence, term
from tests.figures.catalogue_parts import shown
from tests.site.test_english import ENGLISH
from tests.site.test_english_pages import compiled as compiled

HOME = catalogue()["feels_at_home"]


@pytest.fixture
def english(compiled, settings):
    settings.LOCALE_PATHS = [compiled]
    with translation.override("en"):
        yield


def test_dutch_stays_as_it_is():
    assert (figure_name(HOME), question(HOME), term(HOME.unit)) == (HOME.name, HOME.question, HOME.unit)
    assert sentence("Er zijn nog geen metingen.") == "Er zijn nog geen metingen."
    assert day(date(2025, 11, 27)) == "do 27 nov"


def test_english_names_and_words(english):
    assert figure_name(HOME) == HOME.name_en
    assert question(HOME).lower() == HOME.name_en.lower()
    assert term("van de 100 mensen") == "out of 100 people"
    assert term("") == ""
    assert [term(words) for words in ABSENT.values()] == [ENGLISH["", (words,)][0] for words in ABSENT.values()]


def test_a_frozen_figure_has_an_english_name_too(english):
    assert figure_name({"indicator": "feels_at_home", "name": "zoals toen"}) == HOME.name_en
    assert figure_name({"indicator": "gone_since", "name": "zoals toen"}) == "zoals toen"


def test_a_sentence_without_translation_is_marked_as_dutch(english):
    assert sentence("Er zijn nog geen metingen.") == "There are no measurements yet."
    assert (
        sentence("Dat zien we in <negen> metingen.") == '<span lang="nl">Dat zien we in &lt;negen&gt; metingen.</span>'
    )


def test_days_are_short_and_in_the_time_of_the_town(english):
    assert day(date(2025, 11, 27)) == "Thu 27 Nov"
    late = datetime(2025, 11, 26, 23, 30, tzinfo=UTC)
    assert Template("{{ late|day }}").render(Context({"late": late})) == "Thu 27 Nov"


def test_no_figure_is_no_text_in_either_language(english):
    assert value_text(None) == ""


def test_a_rounded_count_says_so_in_both_languages(english):
    count = replace(shown("population", value=1_045.0), step=5)
    assert value_text(count) == "about 1,045"
    with translation.override("nl"):
        assert value_text(count) == "ongeveer 1.045"
