"""What is a clue and what is not, kind by kind."""

import time
from itertools import pairwise

import pytest

from buurtbalans.pii.detection import KnownNames, find_identifiers
from buurtbalans.pii.identifier import IdentifierKind
from buurtbalans.pii.numbers import passes_eleven


def kinds(text, known=None):
    return [(text[one.start : one.end], one.kind) for one in find_identifiers(text, known)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bel 06-12345678 maar.", IdentifierKind.PHONE),
        ("Bel 020 123 45 67.", IdentifierKind.PHONE),
        ("Bel +31 6 12345678.", IdentifierKind.PHONE),
        ("Bel 0031612345678.", IdentifierKind.PHONE),
        ("Mail naar a@voorbeeld.nl.", IdentifierKind.MAIL),
        ("Zijn bsn is 123456782.", IdentifierKind.BSN),
        ("bsn 12345678 staat er", IdentifierKind.BSN),
        ("BSN 123456789, met een tikfout", IdentifierKind.BSN),
        ("Nummer 123.456.782 stond erop.", IdentifierKind.NUMBER),
        ("Kas: NL91ABNA0417164300.", IdentifierKind.ACCOUNT),
        ("Auto 12-ABC-3 staat er al lang.", IdentifierKind.PLATE),
        ("Op Lindestraat 14 is lekkage.", IdentifierKind.ADDRESS),
        ("Het is op 1094 AB.", IdentifierKind.ADDRESS),
        ("Mensen op huisnummer 12 klagen.", IdentifierKind.ADDRESS),
        ("Man, geb. 12-03-1958.", IdentifierKind.BIRTH),
        ("Volgens Fatima is het te donker.", IdentifierKind.NAME),
    ],
)
def test_a_clue_is_found_as_its_kind(text, kind):
    assert [one.kind for one in find_identifiers(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Op 12-11-2026 waren er 1500 mensen.",
        "Tussen 20.00 en 23.00 uur.",
        "In 2019 2020 2021 ging het goed.",
        "Melding 123456789 is afgehandeld.",
        "In de Lindestraat 14 woningen met vocht.",
        "In 2024 en 2025 was het stil.",
        "De collega van Oost belt mevrouw van de flat.",
        "'t Is stil, zegt de juf van de Vlinders.",
        "Op 12-03-2025 was de schouw.",
        "Er is hoop voor de bakker op de hoek.",
        "Bel 14 020 of de huisarts.",
    ],
)
def test_dates_counts_and_things_are_no_clues(text):
    assert find_identifiers(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Langs bij mevrouw Jansen geweest.", "Jansen"),
        ("Gesproken met Fatima van der Berg.", "Fatima van der Berg"),
        ("Volgens meneer El Amrani is het vol.", "El Amrani"),
        ("Onze buurvrouw Ria kookt.", "Ria"),
        ("volgens fatima is het donker", "fatima"),
        ("Brief van J. de Boer gekregen.", "J. de Boer"),
        ("Roos vertelt dat het stil is.", "Roos"),
        ("Mevrouw van den Berg belde.", "van den Berg"),
        ("Vraag het meneer de Boer.", "de Boer"),
        ("mw. de Vries komt morgen", "de Vries"),
        ("Gebeld met mevr. v.d. Berg.", "v.d. Berg"),
        ("De heer van Dijk was er.", "van Dijk"),
        ("Mevrouw van 't Hof zei: 't is mooi.", "van 't Hof"),
        ("Jan van ’t Hoff was er.", "Jan van ’t Hoff"),
    ],
)
def test_a_name_is_found_whole(text, name):
    assert kinds(text) == [(name, IdentifierKind.NAME)]


@pytest.mark.parametrize(
    "text",
    [
        "In de Jan van Galenstraat is het druk.",
        "Bij het Anne Frankplein.",
        "Op basisschool De Roos.",
        "De winter was lang.",
        "Wil de gemeente dit doen?",
        "In het Johan Huizingapark.",
    ],
)
def test_streets_and_words_are_no_names(text):
    assert find_identifiers(text) == []


def test_a_known_street_or_organisation_is_no_name():
    text = "Bij Roos Vermeer is inloop, volgens Hassan."
    assert kinds(text) == [("Roos Vermeer", IdentifierKind.NAME), ("Hassan", IdentifierKind.NAME)]
    assert kinds(text, KnownNames(["roos vermeer"])) == [("Hassan", IdentifierKind.NAME)]


def test_one_in_eleven_numbers_passes_the_test_of_eleven():
    passed = sum(passes_eleven(f"{number:09}") for number in range(123_400_000, 123_411_000))
    assert passed == pytest.approx(1_000, rel=0.01)
    assert not passes_eleven("000000000")


def test_clues_stand_in_order_and_never_over_each_other():
    found = find_identifiers(
        "Mail a.bakker@voorbeeld.nl of bel Ria Bakker, 06-12345678, bsn 123456782, Lindestraat 14."
    )
    assert [one.kind.value for one in found] == ["mail", "naam", "telefoon", "bsn", "adres"]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(one.why for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Dan heeft u nog een week.",
        "Onder de brug is het donker.",
        "Hij kent iedereen, ook de naam van de hond.",
        "Zoek de familie. Daarna gaat het beter.",
        "De huismeester is er elke dag.",
        "Alle mensen groeten.",
    ],
)
def test_words_that_are_rarely_a_name_ask_nothing(text):
    assert find_identifiers(text) == []
    assert [one.kind for one in find_identifiers("Volgens Dan de Vries is het vol.")] == [IdentifierKind.NAME]


@pytest.mark.parametrize("piece", ["'", "a.", "'a", "a-", "1 ", "Van "])
def test_a_long_text_takes_no_longer_than_its_length(piece):
    """Whatever is typed: ten times the text takes about ten times the time, not a hundred."""
    short, long = (piece * size for size in (400, 4_000))
    find_identifiers(short)
    begin = time.process_time()
    find_identifiers(short)
    middle = time.process_time()
    find_identifiers(long)
    assert time.process_time() - middle < 40 * (middle - begin) + 0.2
