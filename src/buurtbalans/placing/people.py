"""What a case may not hold: whatever leads to one person, and properties that nobody may be placed by."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Final

from buurtbalans.pii.addresses import STREET
from buurtbalans.pii.detection import find_identifiers
from buurtbalans.pii.word_lists import common_words, first_names, places, surnames

# Columns with these words are passed over unread: a change in them can change nothing.
_PROPERTIES: Final = """
origin descent nationality citizenship ethnicity ethnic race colour color birth_country country country_of_birth
birthplace language sex gender religion
faith belief orientation prediction predicted risk risk_score score
herkomst afkomst nationaliteit etniciteit ras huidskleur geboorteland land geboorteplaats taal geslacht sekse
religie geloof godsdienst levensovertuiging geaardheid voorspelling risico risicoscore migratieachtergrond
"""
FORBIDDEN: Final = frozenset(_PROPERTIES.split())
CODE: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/+&-]{0,38}[A-Za-z0-9+])?")
_PLAIN: Final = re.compile(r"[A-Za-z]{0,2}[-_.]?(?:(?:19|20)\d\d-)?\d{1,7}")
_OFFICIAL: Final = re.compile(r"(?:NL|LD|PV|GM|SD|GE|WK|BU)\d{2,8}(?:[A-Z]{2}\d{0,2})?")
_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")
_LONG: Final = re.compile(r"[^\W\d_]{4,}")
_CAPITAL: Final = re.compile(r"[A-Z][a-z]{2,}")  # FatimaJansen12
_DIGITS: Final = re.compile(r"\d{8,}")
_POSTCODE: Final = re.compile(r"(?<![A-Za-z0-9])[1-9]\d{3}[ ._-]?[A-Za-z]{2}(?![A-Za-z])")
_STREET: Final = re.compile(rf"[^\W\d_]{{3,}}{STREET}[ ._/-]{{0,2}}\d", re.I)


def is_forbidden(column: str) -> bool:
    """Return whether nobody may be placed by what a column holds.

    Examples
    --------
    >>> is_forbidden("Nationaliteit"), is_forbidden("rooms_min")
    (True, False)
    """
    return column.strip().lower().replace(" ", "_").replace("-", "_") in FORBIDDEN


@cache
def leads_to(text: str) -> str:
    """Return what in a cell leads to one person, in Dutch, or nothing.

    Examples
    --------
    >>> leads_to("H-00123"), leads_to("BU03630000"), leads_to("provider-9"), leads_to("Amsterdam")
    ('', '', '', '')
    >>> leads_to("jansen12"), leads_to("123456782"), leads_to("1016GV-5")
    ('een naam', 'een lang nummer, zoals een BSN of telefoon', 'een adres')
    """
    if _PLAIN.fullmatch(text) or _OFFICIAL.fullmatch(text):
        return ""
    if _DIGITS.search(text):
        return "een lang nummer, zoals een BSN of telefoon"
    if _POSTCODE.search(text) or _STREET.search(text):
        return "een adres"
    if any(_is_name(word.lower()) for word in (*_LETTERS.findall(text), *_CAPITAL.findall(text))):
        return "een naam"
    spaced = re.sub(r"[_/.-]+", " ", text)
    return next(
        (
            _WORDS.get(clue.kind.value, "een " + clue.kind.value)
            for clue in (*find_identifiers(text), *find_identifiers(spaced))
        ),
        "",
    )


_WORDS: Final = {"bsn": "een BSN", "mail": "een mailadres", "nummer": "een lang nummer, zoals een BSN of telefoon"}


def odd_ones(numbers: Sequence[str]) -> list[int]:
    """Return which working numbers hold a word that less than half of them hold: such a word may be a name.

    Examples
    --------
    >>> odd_ones(["woning-1", "woning-2", "fatimajansen12"])
    [2]
    """
    words = [frozenset(_LONG.findall(number.lower())) for number in numbers]
    times = Counter(word for words_of_number in words for word in words_of_number)
    return [
        at
        for at, words_of_number in enumerate(words)
        if any(2 * times[word] < len(numbers) for word in words_of_number)
    ]


def _is_name(word: str) -> bool:
    surname = word in surnames() and word not in places()
    return (word in first_names() or surname) and word not in common_words()
