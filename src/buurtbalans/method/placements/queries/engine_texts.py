"""Texts of the engine, which knows no Django, in the language of who reads."""

from django.utils.translation import gettext, ngettext

from buurtbalans.placing.explainer import Why
from buurtbalans.placing.text import Text


def in_words(text: Text) -> str:
    """Return a text of the engine in the language of the page."""
    return text.told(_found)


def why_in_words(why: Why) -> str:
    """Return the sentences of why a household has no home, without the word for machines."""
    return " ".join(map(in_words, why.texts))


def _found(one: str, many: str, number: int) -> str:
    return ngettext(one, many, number) if many else gettext(one)
