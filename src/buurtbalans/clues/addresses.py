"""Finds addresses: a street with the number of a house, a postcode, and the number of a house alone."""

import re
from collections.abc import Iterator
from typing import Final

from buurtbalans.clues.clue import Clue, ClueKind
from buurtbalans.clues.words import also_words, surnames, these

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
_MEASURES: Final = these("measures")
_NOT_COUNTED: Final = these("goes_on")
_NO_STREET: Final = re.compile(
    r"(?:school|speel|fiets|voet|wandel|snel|spoor|tram|bus|winkel|buiten|kinder|gerechts|bad|sport|voetbal|gras|speelt?uin"
    r"|pannakooi|skate|parkeer|zand|bos|hondenspeel|woon|stads|wijk|buurt|rom)"
    r"(?:plein|pad|weg|baan|straat|hof|park|veld|ring|erf|markt|haven)$|^(?:omweg|onderweg|uitweg)$",
    re.I,
)
_POSTCODE: Final = re.compile(r"(?<![\w-])([1-9]\d{3})( ?)(?!SA|SD|SS)([A-Z]{2}|[a-z]{2})(?![\w'’])")
_UNITS: Final = these("units")
_TWO_LETTERS: Final = these("two_letters")
_OF_A_YEAR: Final = frozenset(["EU", "VN", "NL"])
_HOUSE_NUMBER: Final = re.compile(
    rf"\b(?:(?:woont|woonde|wonen|zit|zitten|bewoner|bewoonster|buren|buurman|buurvrouw|mevrouw|meneer|gezin|man|vrouw|die|mensen|familie)\s+"
    rf"(?:op|van|uit)\s+(?:nummer|nr\.?|no\.?)|huisnummer|huisnr\.?)\s*:?\s*([1-9]\d{{0,3}}){_ADDITION}(?!\d)",
    re.I,
)


def addresses(text: str) -> Iterator[Clue]:
    """Yield streets with the number of a house, postcodes, and numbers of houses that somebody lives in."""
    for found in _POSTCODE.finditer(text):
        if not _no_postcode(*found.groups()):
            yield Clue(*found.span(), ClueKind.ADDRESS, "vorm van een postcode")
    for found in _STREET_AND_NUMBER.finditer(text):
        if _is_street(found[1]) and not 1900 <= int(found[2]) <= 2100 and not _counts(text[found.end() :]):
            before = _FIRST_WORDS.search(text[max(0, found.start() - 60) : found.start()])
            start = found.start() - len(before[0]) if before else found.start()
            yield Clue(start, found.end(), ClueKind.ADDRESS, "een straat met een huisnummer")
    for found in _HOUSE_NUMBER.finditer(text):
        yield Clue(*found.span(), ClueKind.ADDRESS, "een huisnummer")


def _no_postcode(_digits: str, gap: str, letters: str) -> bool:
    """Return whether four digits and two letters are something else: a length, "2024 en", "2024 EU"."""
    return letters in (_TWO_LETTERS if gap else _UNITS) or (bool(gap) and letters in _OF_A_YEAR)


def _is_street(word: str) -> bool:
    return not _NO_STREET.search(word) and word.lower() not in surnames() and word.lower() not in also_words()


def _counts(after: str) -> bool:
    """Return whether a number counts what follows it: "in de Lindestraat 14 woningen"."""
    found = _AFTER.match(after)
    word = found[1] if found else ""
    return word.lower() in _MEASURES or (word.islower() and word.endswith(("en", "s")) and word not in _NOT_COUNTED)
