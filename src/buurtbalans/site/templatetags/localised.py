"""The catalogue in the language of the page: names and words are translated, sentences about figures are Dutch."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from buurtbalans.figures.catalogue.indicator import Indicator, SourceEntry
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.text import spoken
from buurtbalans.method.datasets.queries.releases import release_words

register = template.Library()


@register.filter
def figure_name(indicator: Indicator | Mapping[str, Any]) -> str:
    """The name of an indicator, or of a frozen figure, in the language of the page."""
    if isinstance(indicator, Indicator):
        return indicator.name if get_language() == "nl" else indicator.name_en
    known = catalogue().get(indicator["indicator"])
    return str(indicator["name"]) if known is None or get_language() == "nl" else known.name_en


@register.filter
def question(indicator: Indicator) -> str:
    """The half sentence that asks for an indicator; on the English site its name, because the questions are Dutch."""
    return indicator.question if get_language() == "nl" else indicator.name_en[:1].upper() + indicator.name_en[1:]


@register.filter
def text(entry: Indicator | SourceEntry, name: str) -> str:
    """A text of the catalogue (definition, caveat, example, cannot) in the language of the page."""
    return spoken(str(getattr(entry, name, "")), str(getattr(entry, f"{name}_en", "")))


@register.filter
def term(text: str) -> str:
    """A word that comes with the figures (a unit, a class, a level), in the language of the page."""
    return gettext(text) if text else ""


@register.filter
def sentence(text: str) -> str:
    """A sentence about figures in the language of the page; one without a translation is marked as Dutch."""
    translation = term(text)
    if get_language() == "nl" or translation != text:
        return translation
    return format_html('<span lang="nl">{}</span>', text)


@register.filter
def release_name(id: str) -> str:
    """A release by its day, as people call it, instead of by the code that files and commands use."""
    return release_words(id)


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """A short day in the style of the language: "do 27 nov", "Thu 27 Nov"."""
    text = format_date(value, "D j M")
    return text.lower() if get_language() == "nl" else text


@register.filter(expects_localtime=True)
def moment(at: datetime | None, seconds: str = "") -> str:
    """A day and time in the style of the language: "24 nov 2026 14.05", "24 Nov 2026 14.05"."""
    text = format_date(at, "j M Y H.i.s" if seconds else "j M Y H.i")
    return text.lower() if get_language() == "nl" else text
