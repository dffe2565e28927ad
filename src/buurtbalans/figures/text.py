"""Texts of the figures in the language of the page: the site lends its translations, and without it they are Dutch."""

from collections.abc import Callable
from dataclasses import dataclass

_WRITTEN_IN_ENGLISH = str.maketrans(".,", ",.")  # 1.460,5 in Dutch is 1,460.5 in English


def _one_or_many(one: str, many: str, number: int) -> str:
    return one if number == 1 else many


@dataclass(slots=True)
class _Translations:
    find: Callable[[str], str] = str
    find_many: Callable[[str, str, int], str] = _one_or_many
    language: Callable[[], str | None] = lambda: "nl"


_lent = _Translations()


def use_translations(
    find: Callable[[str], str], find_many: Callable[[str, str, int], str], language: Callable[[], str | None]
) -> None:
    """Let the texts of the figures be found by these functions from now on; `language` says which one is spoken."""
    _lent.find, _lent.find_many, _lent.language = find, find_many, language


def lent_translations() -> tuple[Callable[[str], str], Callable[[str, str, int], str], Callable[[], str | None]]:
    """Return the functions that find the texts now, in the order in which `use_translations` takes them."""
    return _lent.find, _lent.find_many, _lent.language


def gettext_noop(text: str) -> str:
    """Return the text as it stands; the list of translations holds it."""
    return text


def gettext(text: str) -> str:
    """Return the text in the language of the page."""
    return _lent.find(text) if text else ""


def ngettext(one: str, many: str, number: int) -> str:
    """Return the text for one or for many in the language of the page."""
    return _lent.find_many(one, many, number)


def in_english() -> bool:
    """Return whether the page is in English."""
    return _lent.language() == "en"


def spoken(dutch: str, english: str) -> str:
    """Return the one of two texts that is in the language of the page; Dutch where there is no English one."""
    return english if english and in_english() else dutch


def spoken_number(text: str) -> str:
    """Return a number that is written the Dutch way as the language of the page writes it."""
    return text.translate(_WRITTEN_IN_ENGLISH) if in_english() else text
