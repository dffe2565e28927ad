"""The guard finds what leads to a person in notes that it was not made with, and leaves clean notes alone."""

import statistics

import pytest

from buurtbalans.pii.identifier import IdentifierKind
from tests.pii.corpus import HELD, TUNE, by_hand, clean, planted
from tests.pii.measure import BEGIN, END, PAGE, measure, page_part

pytestmark = pytest.mark.slow
SURE = (IdentifierKind.BSN, IdentifierKind.PHONE, IdentifierKind.MAIL, IdentifierKind.ADDRESS, IdentifierKind.BIRTH)


def test_the_notes_are_enough_and_the_halves_share_none():
    assert sum(len(note.planted) for note in planted(HELD)) >= 500
    assert len(clean(HELD)) >= 500
    assert sum(len(by_hand(file, half)) for file in ("planted.txt", "clean.txt") for half in (TUNE, HELD)) >= 100
    for notes in (planted, clean):
        assert not {note.text for note in notes(TUNE)} & {note.text for note in notes(HELD)}


@pytest.mark.parametrize("kind", SURE)
def test_what_leads_straight_to_a_person_is_found_in_99_of_100(kind):
    told = measure()
    assert told.planted[kind] >= 60
    assert told.recall(kind) >= 0.99, told.missed[kind]


def test_nine_in_ten_names_are_found():
    told = measure()
    assert told.planted[IdentifierKind.NAME] >= 300
    assert told.recall(IdentifierKind.NAME) >= 0.90, told.missed[IdentifierKind.NAME]


def test_at_most_one_in_twenty_clean_notes_gets_a_question():
    told = measure()
    assert len(told.false) <= 0.05 * told.clean, told.false


def test_a_note_takes_less_than_50_milliseconds():
    seconds = measure().seconds
    assert statistics.quantiles(seconds, n=100)[98] <= 0.05


def test_the_page_says_what_is_missed():
    text = PAGE.read_text(encoding="utf-8")
    assert BEGIN + text.split(BEGIN)[1].split(END)[0] + END == page_part(), "run `python -m tests.pii.measure`"
