"""The catalogue in the language of the page: names and words are translated, sentences about figures are Dutch."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.defaultfilters import date as written
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from buurtbalans.figures.catalogue.indicator import Indicator
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.method.datasets.queries.releases import release_words

register = template.Library()


@register.filter
def naam(indicator: Indicator | Mapping[str, Any]) -> str:
    """Return the name of an indicator, or of a frozen figure, in the language of the page."""
    if isinstance(indicator, Indicator):
        return indicator.name if get_language() == "nl" else indicator.name_en
    known = catalogue().get(indicator["indicator"])
    return str(indicator["name"]) if known is None or get_language() == "nl" else known.name_en


@register.filter
def vraag(indicator: Indicator) -> str:
    """Return the half sentence that asks for an indicator; in English its name, because the questions are Dutch."""
    return indicator.question if get_language() == "nl" else indicator.name_en[:1].upper() + indicator.name_en[1:]


@register.filter
def woord(text: str) -> str:
    """Return a word that the figures bring along (a unit, a class, a level) in the language of the page."""
    return gettext(text) if text else ""


@register.filter
def zin(text: str) -> str:
    """Return a sentence of the figures in the language of the page; one that has no translation is marked as Dutch."""
    said = woord(text)
    return said if get_language() == "nl" or said != text else format_html('<span lang="nl">{}</span>', text)


@register.filter
def uitgave(id: str) -> str:
    """Return a release as people call it, by its day, and not by the code that files and the command know it by."""
    return release_words(id)


@register.filter(expects_localtime=True)
def dag(day: date | None) -> str:
    """Return a short day as the language writes it: "do 27 nov", "Thu 27 Nov"."""
    said = written(day, "D j M")
    return said.lower() if get_language() == "nl" else said


@register.filter(expects_localtime=True)
def moment(at: datetime | None, seconds: str = "") -> str:
    """Return a day with its time as the language writes it: "24 nov 2026 14.05", "24 Nov 2026 14.05"."""
    said = written(at, "j M Y H.i.s" if seconds else "j M Y H.i")
    return said.lower() if get_language() == "nl" else said
