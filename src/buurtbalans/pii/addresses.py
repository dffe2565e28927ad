"""Detects addresses: a street with a house number, a postcode, and a house number alone."""

import re
from collections.abc import Iterator
from typing import Final

from buurtbalans.pii.identifier import Identifier, IdentifierKind
from buurtbalans.pii.word_lists import common_words, surnames, word_list

STREET: Final = (
    r"(?:straat|str\.?|laan|weg|plein|kade|gracht|hof|dijk|singel|plantsoen|pad|steeg|dreef|markt|park|wal|dam|hage|burg"
    r"|veld|oord|horst|erf|baan|ring|poort|akker|kamp|werf|oever|haven|eiland|sluis|brink|allee|boulevard|wijde|donk)"
)
_ADDITION: Final = r"(?:[ -]?(?:hs|huis|bis|[IVX]{1,3}|[1-9]\d{0,2}-?hoog|[a-hA-H])\b|-(?:\d{1,3}|[A-Za-z])\b)?"
_NAMED: Final = rf"(?:[\w'’]{{3,40}}|(?:oude|nieuwe|lange|korte|hoge|lage|grote|kleine|eerste|tweede|derde) ){STREET}"
_STREET_AND_NUMBER: Final = re.compile(
    rf"(?<!\w)({_NAMED}),? (?:(?:nr|no|nummer|huisnr|huisnummer)\.? ?)?([1-9]\d{{0,3}}){_ADDITION}(?![\w%€°]|[.,]\d)",
    re.I,
)
_FIRST_WORDS: Final = re.compile(r"(?:[A-Z][\w.'’]*[ -](?:(?:van|de|den|der|het|te|ten|ter|'t|el) ){0,2})+$")
_AFTER: Final = re.compile(
    r"\s*(?:(?:nieuwe|oude|kleine|grote|jonge|kapotte|losse|lege|extra|vrije|sociale)\s)?([^\W\d_]+|%|°)", re.I
)
_MEASURES: Final = word_list("measures")
_NOT_COUNTED: Final = word_list("goes_on")
_NO_STREET: Final = re.compile(
    r"(?:school|speel|fiets|voet|wandel|snel|spoor|tram|bus|winkel|buiten|kinder|gerechts|bad|sport|voetbal|gras|speelt?uin"
    r"|pannakooi|skate|parkeer|zand|bos|hondenspeel|woon|stads|wijk|buurt|rom)"
    r"(?:plein|pad|weg|baan|straat|hof|park|veld|ring|erf|markt|haven)$|^(?:omweg|onderweg|uitweg)$",
    re.I,
)
_POSTCODE: Final = re.compile(r"(?<![\w-])([1-9]\d{3})( ?)(?!SA|SD|SS)([A-Z]{2}|[a-z]{2})(?![\w'’])")
_UNITS: Final = word_list("units")
_TWO_LETTERS: Final = word_list("two_letters")
_OF_A_YEAR: Final = frozenset(["EU", "VN", "NL"])
_HOUSE_NUMBER: Final = re.compile(
    rf"\b(?:(?:woont|woonde|wonen|zit|zitten|bewoner|bewoonster|buren|buurman|buurvrouw|mevrouw|meneer|gezin|man|vrouw|die|mensen|familie)\s+"
    rf"(?:op|van|uit)\s+(?:nummer|nr\.?|no\.?)|huisnummer|huisnr\.?)\s*:?\s*([1-9]\d{{0,3}}){_ADDITION}(?!\d)",
    re.I,
)


def addresses(text: str) -> Iterator[Identifier]:
    """Yield streets with a house number, postcodes, and house numbers that somebody lives at."""
    for match in _POSTCODE.finditer(text):
        if not _is_not_a_postcode(*match.groups()):
            yield Identifier(*match.span(), IdentifierKind.ADDRESS, "vorm van een postcode")
    for match in _STREET_AND_NUMBER.finditer(text):
        if _is_street(match[1]) and not 1900 <= int(match[2]) <= 2100 and not _is_a_count(text[match.end() :]):
            before = _FIRST_WORDS.search(text[max(0, match.start() - 60) : match.start()])
            start = match.start() - len(before[0]) if before else match.start()
            yield Identifier(start, match.end(), IdentifierKind.ADDRESS, "een straat met een huisnummer")
    for match in _HOUSE_NUMBER.finditer(text):
        yield Identifier(*match.span(), IdentifierKind.ADDRESS, "een huisnummer")


def _is_not_a_postcode(_digits: str, gap: str, letters: str) -> bool:
    """Return whether four digits and two letters mean something else: a length, "2024 en", "2024 EU"."""
    return letters in (_TWO_LETTERS if gap else _UNITS) or (bool(gap) and letters in _OF_A_YEAR)


def _is_street(word: str) -> bool:
    return not _NO_STREET.search(word) and word.lower() not in surnames() and word.lower() not in common_words()


def _is_a_count(after: str) -> bool:
    """Return whether a number counts the things after it: "in de Lindestraat 14 woningen"."""
    match = _AFTER.match(after)
    word = match[1] if match else ""
    return word.lower() in _MEASURES or (word.islower() and word.endswith(("en", "s")) and word not in _NOT_COUNTED)
