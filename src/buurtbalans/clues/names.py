"""Finds names of persons: by a title, a first name, a surname or the words around them; not in names of streets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from buurtbalans.clues.addresses import STREET
from buurtbalans.clues.clue import Clue, ClueKind
from buurtbalans.clues.words import also_words, first_names, places, surnames, these

_TOKEN: Final = re.compile(r"v\.d\.|['’]t(?!\w)|[^\W\d_]+(?:['’-][^\W\d_]+)*'?")
_BETWEEN: Final = these("between")
_NO_PERSON: Final = these("no_person")
_DOTTED: Final = these("dotted")
_TITLES: Final = these("titles")
_CLOSE: Final = these("somebody")
_SAYS: Final = these("says")
_THING: Final = re.compile(
    rf"(?:{STREET}|school|college|lyceum|huis|kerk|brug|buurt|wijk|kwartier|flat|toren|museum|zaal|hal|bad|tuin|plaats|poort"
    r"|kliniek|moskee|centrum|tunnel|halte|station|fonds|stichting|vereniging|gebouw|complex|bos|strand|meer|vaart|eiland"
    r"|theater|bieb|bibliotheek|gymzaal|sporthal|court|prijs|hofje|polder|dok|stad|stede|land|dorp|garage|apotheek)(?:je|jes|en|s)?$",
    re.I,
)
_THING_BEFORE: Final = these("things")
_OWNERS: Final = these("owners")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the text: as written, in lower case, where it stands, and whether a sentence begins with it."""

    text: str
    low: str
    start: int
    end: int
    opens: bool
    gap: str  # what stands between it and the word before

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() and not (len(self.text) > 1 and self.text.isupper() and len(self.text) < 5)

    @property
    def thing(self) -> bool:
        return len(self.low) > 4 and bool(_THING.search(self.low)) and self.low not in surnames()


def _words(text: str) -> list[_Word]:
    made: list[_Word] = []
    for found in _TOKEN.finditer(text):
        gap = text[made[-1].end : found.start()] if made else ""
        abbreviated = bool(made) and gap == ". " and (len(made[-1].text) == 1 or made[-1].low in _TITLES)
        opens = not made or (bool(re.search(r"[.!?:;\n\"“”‘(-]", gap)) and not abbreviated)
        made.append(_Word(found[0], _low(found[0]), found.start(), found.end(), opens, gap))
    return made


def _low(word: str) -> str:
    """Return a word as it stands in the lists."""
    return word.lower().replace("’", "'").rstrip("'")


def names(text: str, safe: Sequence[tuple[int, int]] = ()) -> Iterator[Clue]:
    """Yield the names of persons in a text; nothing that overlaps a `safe` piece."""
    words, at = _words(text), 0
    while at < len(words):
        why = _why(words, at)
        if not why:
            at += 1
            continue
        end = _stretch(words, at)
        start_at, end_at = words[at].start, words[end].end
        thing = _is_thing(words, at, end)
        if not thing and not any(start_at < stop and start < end_at for start, stop in safe):
            yield Clue(start_at, end_at, ClueKind.NAME, why)
        at = (_behind_thing(words, end) if thing else end) + 1


def _why(words: Sequence[_Word], at: int) -> str:
    """Return why a name begins at a word, or nothing."""
    word = words[at]
    if word.low in _NO_PERSON or word.low in _TITLES or word.low in _CLOSE:
        return ""
    if _follows(words, at, _TITLES) and word.low not in _BETWEEN and (word.capital or _is_name(word.low)):
        return "een naam na een aanspreekvorm"
    if word.low in _BETWEEN and _addressed(words, at):
        last = _last_capital(words, at)
        return "een naam na een aanspreekvorm" if last is not None and not last.thing else ""
    if word.capital:
        return _why_capital(words, at)
    if _follows(words, at, _CLOSE) and word.low in first_names() and word.low not in _BETWEEN and word.low not in _SAYS:
        return "" if word.low in _COMMON else "een voornaam na een woord voor iemand"
    if len(word.low) > 2 and word.low in first_names() and word.low not in also_words() and word.low not in _COMMON:
        return "een voornaam"
    return ""


_COMMON: Final = these("never")


def _why_capital(words: Sequence[_Word], at: int) -> str:
    word, last = words[at], _last_capital(words, at)
    plain = word.low not in also_words()  # a name and no word
    paired = last is not None and (last.low in surnames() or last.low in first_names())
    if len(word.text) == 1 and last is not None:
        return "een voorletter met een achternaam"
    alone = plain or (word.low not in _COMMON and (not word.opens or _says(words, at)))
    if word.low in first_names() and word.low not in _BETWEEN and (alone or paired):
        return "een voornaam"
    if _follows(words, at, _CLOSE) and not word.opens and word.low not in places():
        return "een naam na een woord voor iemand"
    if word.low in _BETWEEN:
        return "een achternaam" if _after_between(words, at) else ""
    if word.low in surnames() and word.low not in places() and (plain or (not word.opens and last is not None)):
        return "een achternaam"
    if last is not None and last.low in surnames():
        own = last.low not in also_words() and last.low not in places()
        between = words[at + 1].low in _BETWEEN and not (word.opens and last.low in places())
        return "een achternaam na een hoofdletter" if own or between else ""
    return ""


def _is_name(low: str) -> bool:
    return (low in first_names() or low in surnames()) and low not in also_words()


def _joined(words: Sequence[_Word], at: int) -> bool:
    """Return whether the word at `at` belongs to the one before it: "J. Jansen" does, "Haard. Kinderen" does not."""
    if not 0 < at < len(words):
        return False
    gap, before = words[at].gap, words[at - 1]
    return gap in (" ", "-") or (gap in (". ", ".") and (len(before.text) == 1 or before.low in _TITLES))


def _follows(words: Sequence[_Word], at: int, these: frozenset[str]) -> bool:
    if at == 0 or words[at - 1].low not in these:
        return False
    dot = words[at].gap.startswith(".") and words[at - 1].low in _DOTTED
    return dot or words[at].gap in (" ", ": ", ", ")


def _addressed(words: Sequence[_Word], at: int) -> bool:
    """Return whether a title before "van" or "de" belongs to a name: "mevrouw de Jong", not "de collega van Oost"."""
    owned = at > 1 and words[at - 1].low != "heer" and words[at - 2].low in _OWNERS
    return _follows(words, at, _TITLES) and not owned


def _says(words: Sequence[_Word], at: int) -> bool:
    """Return whether a word follows that only somebody does: says, lives, calls; or "and" with another first name."""
    if at + 1 >= len(words) or words[at + 1].gap != " ":
        return False
    if words[at + 1].low in ("en", "of"):
        return at + 2 < len(words) and words[at + 2].capital and words[at + 2].low in first_names()
    return words[at + 1].low in _SAYS


def _after_between(words: Sequence[_Word], at: int) -> bool:
    """Return whether "De", "El" or "Van der" begins a surname here."""
    end = at
    while _joined(words, end + 1) and words[end].low in _BETWEEN:
        end += 1
    last = words[end]
    if end == at or not last.capital or last.low in _NO_PERSON or last.thing:
        return False
    if words[at].low in ("el", "ben", "ait", "van", "ould", "vd"):
        return True
    known = last.low in surnames()
    return known and (last.low not in also_words() or _says(words, end))


def _last_capital(words: Sequence[_Word], at: int) -> _Word | None:
    """Return the word with a capital that follows, perhaps behind initials or "van der"; nothing when none does."""
    step = at + 1
    while _joined(words, step) and (words[step].low in _BETWEEN or len(words[step].text) == 1):
        step += 1
    found = _joined(words, step) and words[step].capital and words[step].low not in _NO_PERSON
    return words[step] if found else None


def _stretch(words: Sequence[_Word], at: int) -> int:
    """Return the last word of the name that begins at `at`."""
    end, step = at, at + 1
    lower = words[at].text[0].islower()
    while _joined(words, step) and not (words[step].opens and words[step].gap != ". "):
        word = words[step]
        if (word.capital and word.low not in _NO_PERSON) or (
            lower and word.low in surnames() and (word.low not in also_words() or words[step - 1].low in _BETWEEN)
        ):
            end = step
        elif word.low not in _BETWEEN:
            break
        step += 1
    return end


def _is_thing(words: Sequence[_Word], at: int, end: int) -> bool:
    """Return whether the words are the name of a street, a school or another thing."""
    if any(words[index].thing for index in range(at, end + 1)):
        return True
    low, behind = words[at].text.islower(), end + 1
    while low and behind < len(words) and words[behind].low in _BETWEEN:
        behind += 1
    if low and _joined(words, behind) and words[behind].thing:
        return True
    after = words[end + 1] if end + 1 < len(words) and words[end + 1].gap in (" ", "-") else None
    if after is not None and after.low not in _CLOSE and (_THING.fullmatch(after.low) or after.low in _THING_BEFORE):
        return True
    before = at - 1
    while before >= 0 and words[before].low in ("de", "het", "van"):
        before -= 1
    return before >= 0 and words[before].low in _THING_BEFORE


def _behind_thing(words: Sequence[_Word], end: int) -> int:
    """Return the last word of the name of a thing."""
    while end + 1 < len(words) and _joined(words, end + 1) and words[end + 1].capital:
        end += 1
    return end
