"""Figures as people read them in tables: a range where there is doubt, else one number."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from buurtbalans.figures.catalogue.indicator import Indicator
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.sentence import number, share_range, value_with_unit

ENGLISH = str.maketrans(".,", ",.")  # 1.460,5 in Dutch is 1,460.5 in English


def value_text(shown: Shown | None) -> str:
    """Return a figure as text, empty when it is absent: "55–63", "1.460", "€ 312.000"; in English "1,460".

    A count that was rounded to protect people says so: "ongeveer 45".
    """
    if shown is None or shown.value is None:
        return ""
    if shown.low is not None and shown.high is not None:
        text = share_range(shown.low, shown.high, "–")
    else:
        text = value_with_unit(shown.indicator, shown.value)
    return _("ongeveer %(n)s") % {"n": _spoken(text)} if shown.step > 1 else _spoken(text)


def amount(indicator: Indicator, value: float) -> str:
    """Return a value of an indicator as text, in the language of the page."""
    return _spoken(value_with_unit(indicator, value))


def plain(value: float, decimals: int) -> str:
    """Return a number without a unit as text, in the language of the page."""
    return _spoken(number(value, decimals))


def _spoken(text: str) -> str:
    return text.translate(ENGLISH) if get_language() == "en" else text
