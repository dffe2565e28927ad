"""The catalogue in the language of the page: indicators carry an English name, their sentences are Dutch."""

from django import template
from django.utils.translation import get_language

from buurtbalans.figures.indicator import Indicator

register = template.Library()


@register.filter
def naam(indicator: Indicator) -> str:
    """Return the name of an indicator in the language of the page."""
    return indicator.name if get_language() == "nl" else indicator.name_en


@register.filter
def vraag(indicator: Indicator) -> str:
    """Return the half sentence that asks for an indicator; in English its name, because the questions are Dutch."""
    return indicator.question if get_language() == "nl" else indicator.name_en[:1].upper() + indicator.name_en[1:]
