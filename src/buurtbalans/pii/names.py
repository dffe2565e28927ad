"""Detects names of persons by a title, a first name, a surname or the words around them, but not in street names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from buurtbalans.pii.addresses import STREET
from buurtbalans.pii.identifier import Identifier, IdentifierKind
from buurtbalans.pii.word_lists import common_words, first_names, places, surnames, word_list

_TOKEN: Final = re.compile(r"v\.d\.|['’]t(?!\w)|[^\W\d_]+(?:['’-][^\W\d_]+)*'?")
_BETWEEN: Final = word_list("between")
_NO_PERSON: Final = word_list("no_person")
_DOTTED: Final = word_list("dotted")
_TITLES: Final = word_list("titles")
_RELATION: Final = word_list("somebody")
_SAYS: Final = word_list("says")
_THING: Final = re.compile(
    rf"(?:{STREET}|school|college|lyceum|huis|kerk|brug|buurt|wijk|kwartier|flat|toren|museum|zaal|hal|bad|tuin|plaats|poort"
    r"|kliniek|moskee|centrum|tunnel|halte|station|fonds|stichting|vereniging|gebouw|complex|bos|strand|meer|vaart|eiland"
    r"|theater|bieb|bibliotheek|gymzaal|sporthal|court|prijs|hofje|polder|dok|stad|stede|land|dorp|garage|apotheek)(?:je|jes|en|s)?$",
    re.I,
)
_THING_BEFORE: Final = word_list("things")
_OWNERS: Final = word_list("owners")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text: as written, in lower case, its place, and whether a sentence begins with it."""

    text: str
    lower: str
    start: int
    end: int
    opens: bool
    gap: str  # the characters between it and the word before

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and not (len(self.text) > 1 and self.text.isupper() and len(self.text) < 5)

    @property
    def thing(self) -> bool:
        return len(self.lower) > 4 and bool(_THING.search(self.lower)) and self.lower not in surnames()


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for match in _TOKEN.finditer(text):
        gap = text[words[-1].end : match.start()] if words else ""
        abbreviated = bool(words) and gap == ". " and (len(words[-1].text) == 1 or words[-1].lower in _TITLES)
        opens = not words or (bool(re.search(r"[.!?:;\n\"“”‘(-]", gap)) and not abbreviated)
        words.append(_Word(match[0], _lowercase(match[0]), match.start(), match.end(), opens, gap))
    return words


def _lowercase(word: str) -> str:
    """Return a word in the spelling of the word lists."""
    return word.lower().replace("’", "'").rstrip("'")


def person_names(text: str, safe: Sequence[tuple[int, int]] = ()) -> Iterator[Identifier]:
    """Yield the names of persons in a text that do not overlap a `safe` span."""
    words, at = _words(text), 0
    while at < len(words):
        reason = _reason(words, at)
        if not reason:
            at += 1
            continue
        end = _end_of_name(words, at)
        start_at, end_at = words[at].start, words[end].end
        thing = _is_thing(words, at, end)
        if not thing and not any(start_at < stop and start < end_at for start, stop in safe):
            yield Identifier(start_at, end_at, IdentifierKind.NAME, reason)
        at = (_behind_thing(words, end) if thing else end) + 1


def _reason(words: Sequence[_Word], at: int) -> str:
    """Return why a name begins at a word, or nothing."""
    word = words[at]
    if word.lower in _NO_PERSON or word.lower in _TITLES or word.lower in _RELATION:
        return ""
    if word.lower in _BETWEEN and _addressed(words, at):
        last = _last_capital(words, at)
        return "een naam na een aanspreekvorm" if last is not None and not last.thing else ""
    if _is_name_after_title(words, at):
        return "een naam na een aanspreekvorm"
    return _reason_with_capital(words, at) if word.capital else _reason_in_lowercase(words, at)


def _is_name_after_title(words: Sequence[_Word], at: int) -> bool:
    word = words[at]
    is_name = word.capital or _is_name(word.lower)
    return is_name and word.lower not in _BETWEEN and _comes_after(words, at, _TITLES)


def _reason_in_lowercase(words: Sequence[_Word], at: int) -> str:
    word = words[at]
    if word.lower not in first_names():
        return ""
    if _comes_after(words, at, _RELATION) and word.lower not in _BETWEEN and word.lower not in _SAYS:
        return "" if word.lower in _COMMON else "een voornaam na een woord voor iemand"
    is_only_a_name = word.lower not in common_words() and word.lower not in _COMMON
    return "een voornaam" if len(word.lower) > 2 and is_only_a_name else ""


_COMMON: Final = word_list("never")


def _reason_with_capital(words: Sequence[_Word], at: int) -> str:
    word, last = words[at], _last_capital(words, at)
    if len(word.text) == 1 and last is not None:
        return "een voorletter met een achternaam"
    if _is_first_name(words, at, last):
        return "een voornaam"
    if _is_name_after_relation(words, at):
        return "een naam na een woord voor iemand"
    if word.lower in _BETWEEN:
        return "een achternaam" if _after_between(words, at) else ""
    if _is_surname(word, last):
        return "een achternaam"
    return "een achternaam na een hoofdletter" if _is_before_surname(words, at, last) else ""


def _is_first_name(words: Sequence[_Word], at: int, last: _Word | None) -> bool:
    """Return whether a word is a first name by itself, or because the name behind it makes it one."""
    word = words[at]
    if word.lower not in first_names() or word.lower in _BETWEEN:
        return False
    if last is not None and (last.lower in surnames() or last.lower in first_names()):
        return True
    if word.lower not in common_words():
        return True
    return word.lower not in _COMMON and (not word.opens or _says(words, at))


def _is_name_after_relation(words: Sequence[_Word], at: int) -> bool:
    """Return whether a word follows one for somebody, such as "buurman", and can be a name."""
    return _comes_after(words, at, _RELATION) and not words[at].opens and words[at].lower not in places()


def _is_surname(word: _Word, last: _Word | None) -> bool:
    """Return whether a word is a surname: no common word, or in a sentence with another name behind it."""
    if word.lower not in surnames() or word.lower in places():
        return False
    return word.lower not in common_words() or (not word.opens and last is not None)


def _is_before_surname(words: Sequence[_Word], at: int, last: _Word | None) -> bool:
    """Return whether `last` is a surname that makes the word with a capital before it a name."""
    if last is None or last.lower not in surnames():
        return False
    if last.lower not in common_words() and last.lower not in places():
        return True
    return words[at + 1].lower in _BETWEEN and not (words[at].opens and last.lower in places())


def _is_name(lower: str) -> bool:
    return (lower in first_names() or lower in surnames()) and lower not in common_words()


def _joined(words: Sequence[_Word], at: int) -> bool:
    """Return whether the word at `at` belongs to the one before it: "J. Jansen" does, "Haard. Kinderen" does not."""
    if not 0 < at < len(words):
        return False
    gap, before = words[at].gap, words[at - 1]
    return gap in (" ", "-") or (gap in (". ", ".") and (len(before.text) == 1 or before.lower in _TITLES))


def _comes_after(words: Sequence[_Word], at: int, word_list: frozenset[str]) -> bool:
    if at == 0 or words[at - 1].lower not in word_list:
        return False
    dot = words[at].gap.startswith(".") and words[at - 1].lower in _DOTTED
    return dot or words[at].gap in (" ", ": ", ", ")


def _addressed(words: Sequence[_Word], at: int) -> bool:
    """Return whether a title before "van" or "de" belongs to a name: "mevrouw de Jong", not "de collega van Oost"."""
    owned = at > 1 and words[at - 1].lower != "heer" and words[at - 2].lower in _OWNERS
    return _comes_after(words, at, _TITLES) and not owned


def _says(words: Sequence[_Word], at: int) -> bool:
    """Return whether a word follows that only somebody does: says, lives, calls; or "and" with another first name."""
    if at + 1 >= len(words) or words[at + 1].gap != " ":
        return False
    if words[at + 1].lower in ("en", "of"):
        return at + 2 < len(words) and words[at + 2].capital and words[at + 2].lower in first_names()
    return words[at + 1].lower in _SAYS


def _after_between(words: Sequence[_Word], at: int) -> bool:
    """Return whether "De", "El" or "Van der" begins a surname here."""
    end = at
    while _joined(words, end + 1) and words[end].lower in _BETWEEN:
        end += 1
    last = words[end]
    if end == at or not last.capital or last.lower in _NO_PERSON or last.thing:
        return False
    if words[at].lower in ("el", "ben", "ait", "van", "ould", "vd"):
        return True
    known = last.lower in surnames()
    return known and (last.lower not in common_words() or _says(words, end))


def _last_capital(words: Sequence[_Word], at: int) -> _Word | None:
    """Return the word with a capital that follows, perhaps behind initials or "van der"; nothing when none does."""
    step = at + 1
    while _joined(words, step) and (words[step].lower in _BETWEEN or len(words[step].text) == 1):
        step += 1
    match = _joined(words, step) and words[step].capital and words[step].lower not in _NO_PERSON
    return words[step] if match else None


def _end_of_name(words: Sequence[_Word], at: int) -> int:
    """Return the last word of the name that begins at `at`."""
    end, step = at, at + 1
    lower = words[at].text[0].islower()
    while _joined(words, step) and not (words[step].opens and words[step].gap != ". "):
        if _is_next_name(words, step, lower):
            end = step
        elif words[step].lower not in _BETWEEN:
            break
        step += 1
    return end


def _is_next_name(words: Sequence[_Word], at: int, lower: bool) -> bool:
    """Return whether a word is one more name; behind a name in lower case a surname in lower case is."""
    word = words[at]
    if word.capital and word.lower not in _NO_PERSON:
        return True
    is_surname = word.lower in surnames() and (word.lower not in common_words() or words[at - 1].lower in _BETWEEN)
    return lower and is_surname


def _is_thing(words: Sequence[_Word], at: int, end: int) -> bool:
    """Return whether the words are the name of a street, a school or another thing."""
    return (
        any(words[index].thing for index in range(at, end + 1))
        or (words[at].text.islower() and _ends_as_thing(words, end))
        or _is_before_thing(words, end)
        or _is_after_thing(words, at)
    )


def _ends_as_thing(words: Sequence[_Word], end: int) -> bool:
    """Return whether the name of a thing follows, perhaps behind "van der"."""
    behind = end + 1
    while behind < len(words) and words[behind].lower in _BETWEEN:
        behind += 1
    return _joined(words, behind) and words[behind].thing


def _is_before_thing(words: Sequence[_Word], end: int) -> bool:
    """Return whether the next word is one for a thing: "Anne Frank school"."""
    if end + 1 >= len(words) or words[end + 1].gap not in (" ", "-"):
        return False
    after = words[end + 1].lower
    return after not in _RELATION and (bool(_THING.fullmatch(after)) or after in _THING_BEFORE)


def _is_after_thing(words: Sequence[_Word], at: int) -> bool:
    """Return whether a word for a thing stands before the name: "school de Regenboog"."""
    before = at - 1
    while before >= 0 and words[before].lower in ("de", "het", "van"):
        before -= 1
    return before >= 0 and words[before].lower in _THING_BEFORE


def _behind_thing(words: Sequence[_Word], end: int) -> int:
    """Return the last word of the name of a thing."""
    while end + 1 < len(words) and _joined(words, end + 1) and words[end + 1].capital:
        end += 1
    return end
