"""Search in what people told, in Dutch: "fietsen" finds "fiets" and "fietspad", with or without accents."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import snowballstemmer

from buurtbalans.method.stories.models import Story

WORD: Final = re.compile(r"[^\W_]+")
LEAST: Final = 4  # letters of a stem that may stand within a longer word: "fiets" in "fietspad"
STEMMERS: Final = ("dutch", "dutch_porter")  # each knows words that the other does not
OWN: Final = {"kinderen": "kind", "eieren": "ei", "bladeren": "blad", "liederen": "lied", "volkeren": "volk"}

Pieces = list[tuple[str, bool]]
SearchTerms = tuple[frozenset[str], ...]


class _Bare(dict[int, str]):
    """Letters without accent and capital, each found once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = unicodedata.normalize("NFD", letter.lower())[:1] or letter
        return self[code]


_BARE: Final = _Bare()


def plain(text: str) -> str:
    """Return a text without accents and capitals, letter for letter, so that places in it stay the same.

    >>> plain("Café Zuñiga"), len(plain("ĳs")) == len("ĳs")
    ('cafe zuniga', True)
    """
    return text.translate(_BARE)


@lru_cache(maxsize=50_000)
def stems(word: str) -> frozenset[str]:
    """Return what is left of a word without its endings, as each stemmer sees it.

    >>> bool(stems("fietsen") & stems("fiets")), bool(stems("huizen") & stems("huis"))
    (True, True)
    """
    bare = OWN.get(word, word)
    return frozenset(_stem(name, bare) for name in STEMMERS)


def _stem(name: str, word: str) -> str:
    """Return a word without endings, until nothing more comes off: "fietsen" and "fiets" end as one."""
    stemmer = snowballstemmer.stemmer(name)  # a new one: it keeps where it is, and threads share this module
    while (shorter := stemmer.stemWord(word)) != word:
        word = shorter
    return str(word)


def asked_for(text: str) -> SearchTerms:
    """Return what a question asks for: per word its stems."""
    return tuple(stems(word) for word in dict.fromkeys(WORD.findall(plain(text))))


def _fits(asked: frozenset[str], word: frozenset[str]) -> bool:
    """Return whether a word is asked for: the same one in another form, or a longer one that begins or ends with it."""
    return bool(asked & word) or any(
        whole.startswith(part) or whole.endswith(part) for part in asked if len(part) >= LEAST for whole in word
    )


@lru_cache(maxsize=50_000)
def _answers(word: str, asked: SearchTerms) -> frozenset[int]:
    """Return which words of a question a word is."""
    return frozenset(number for number, each in enumerate(asked) if _fits(each, stems(word)))


def pieces(text: str, asked: SearchTerms) -> Pieces:
    """Return a text as pieces, each with whether it was asked for."""
    cut: Pieces = []
    at = 0
    for match in WORD.finditer(plain(text)):
        if _answers(match.group(), asked):
            cut += [(text[at : match.start()], False), (text[match.start() : match.end()], True)]
            at = match.end()
    return [piece for piece in [*cut, (text[at:], False)] if piece[0]]


def found_in(stories: Iterable[Story], question: str) -> list[Story]:
    """Return the stories that have every word of a question, in what was told or where it was."""
    asked = asked_for(question)
    return [story for story in stories if _has_all(f"{story.text} {story.place}", asked)]


def _has_all(text: str, asked: SearchTerms) -> bool:
    """Return whether every word of a question stands in a text."""
    return len(frozenset[int]().union(*(_answers(word, asked) for word in WORD.findall(plain(text))))) == len(asked)
