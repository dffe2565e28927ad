"""The word lists of names: first names, surnames, names that are also ordinary words, and words that are never a person.

First names, surnames and places come from the lists of `deduce` (LGPL 3.0 or later), which are read where that package
keeps them. Its engine is not used: it takes half a minute and a gigabyte to start.
"""

import tomllib
from functools import cache
from importlib.metadata import distribution
from importlib.resources import files
from typing import Final

_LISTS: Final = "deduce/data/lookup/src"


@cache
def _own_lists() -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def word_list(name: str) -> frozenset[str]:
    """Return the words under one heading of `words.toml`."""
    return frozenset(_own_lists()[name].split())


def _deduce_list(path: str, part: str = "items") -> frozenset[str]:
    file = distribution("deduce").locate_file(f"{_LISTS}/{path}/{part}.txt")
    with open(str(file), encoding="utf-8") as lines:
        return frozenset(line.strip().lower() for line in lines)


@cache
def first_names() -> frozenset[str]:
    """Return first names in lower case."""
    return frozenset(name for name in _deduce_list("names/lst_first_name") if len(name) > 1) | word_list("first_names")


@cache
def surnames() -> frozenset[str]:
    """Return surnames in lower case, without prefixes such as "van der"."""
    return frozenset(
        name for name in _deduce_list("names/lst_surname") | _deduce_list("names/lst_interfix_surname") if len(name) > 1
    )


@cache
def places() -> frozenset[str]:
    """Return names of towns and villages in lower case."""
    return _deduce_list("locations/lst_placename/lst_residence")


@cache
def common_words() -> frozenset[str]:
    """Return the names that are also an ordinary Dutch word."""
    lines = files(__package__).joinpath("also_words.txt").read_text(encoding="utf-8").splitlines()
    doubtful = (
        _deduce_list(f"names/{name}", "exceptions")
        for name in ("lst_first_name", "lst_surname", "lst_interfix_surname")
    )
    return frozenset(line for line in lines if not line.startswith("#")).union(*doubtful) - word_list("first_names")
