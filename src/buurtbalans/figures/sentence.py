"""Figures in words, in the language of the page: people as numbers, doubt said aloud, the yardstick first."""

import re
from collections.abc import Sequence
from math import isfinite
from typing import Final

from buurtbalans.figures.catalogue.indicator import Dimension, Indicator, Kind
from buurtbalans.figures.catalogue.reader import CHOICE
from buurtbalans.figures.comparison.standing import Certainty, Standing
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop, spoken, spoken_number

ABSENT: Final = {
    Absence.TOO_FEW: gettext_noop("te weinig mensen"),
    Absence.PROTECTS_ANOTHER: gettext_noop("beschermt een andere buurt"),
    Absence.NOT_MEASURED: gettext_noop("niet gemeten"),
    Absence.NOT_COMPARABLE: gettext_noop("niet vergelijkbaar"),
    Absence.NOT_SHARED: gettext_noop("niet gedeeld"),
    Absence.NOT_APPLICABLE: gettext_noop("niet van toepassing"),
    Absence.WITHHELD_AT_SOURCE: gettext_noop("niet beschikbaar bij de bron"),
}
_SENTENCES: Final = {
    Absence.TOO_FEW: gettext_noop(
        "Dit gaat over te weinig mensen, dus wij tonen geen cijfer om hun privacy te beschermen."
    ),
    Absence.PROTECTS_ANOTHER: gettext_noop(
        "Er is geen cijfer, omdat men daarmee het cijfer van een andere buurt kan uitrekenen."
    ),
    Absence.NOT_MEASURED: gettext_noop(
        "Dit is hier niet gemeten, maar misschien is er van een ander jaar wel een cijfer."
    ),
    Absence.NOT_COMPARABLE: gettext_noop(
        "Er is geen vergelijkbaar cijfer, omdat de grens of de manier van meten is veranderd."
    ),
    Absence.NOT_SHARED: gettext_noop("U ziet geen cijfer, omdat de eigenaar het niet met u deelt."),
    Absence.NOT_APPLICABLE: gettext_noop("Er is geen cijfer, want dit kan hier niet voorkomen."),
    Absence.WITHHELD_AT_SOURCE: gettext_noop("De bron geeft geen cijfer, omdat het onbekend, onzeker of geheim is."),
}
DIMENSIONS: Final = {
    Dimension.COMPOSITION: gettext_noop("samenstelling"),
    Dimension.FACILITIES: gettext_noop("voorzieningen"),
    Dimension.LIVEABILITY: gettext_noop("leefbaarheid"),
}
SHARE_DECIMALS: Final = 0  # of a percentage in a sentence or a range; a table keeps those of its catalogue
_BEHIND: Final = ("km", "kWh", "m³")
SHORT_DIFFERENCE: Final = 2  # words of a difference after which the next one need not repeat “meer”
_MORE_OR_FEWER: Final = ("meer", "minder", "more", "fewer", "less")


def number(value: float, decimals: int = 0) -> str:
    """Return a number as the Dutch write it; halves are rounded away from zero.

    Examples
    --------
    >>> number(1234.5, 1), number(312000), number(-0.04, 1), number(2.5)
    ('1.234,5', '312.000', '0,0', '3')
    """
    if not isfinite(value):
        raise ValueError(f"{value} is not a number to show")
    scale = 10**decimals
    rounded = int(abs(value) * scale + 0.5 + 1e-9)
    whole, rest = divmod(rounded, scale)
    sign = "-" if value < 0 and rounded else ""
    thousands = f"{whole:,}".replace(",", ".")
    return f"{sign}{thousands},{rest:0{decimals}d}" if decimals else f"{sign}{thousands}"


def _share(value: float) -> str:
    """Return a rounded percentage; sentences and ranges round here and nowhere else."""
    return number(value, SHARE_DECIMALS)


def share_text(value: float) -> str:
    """Return a percentage as it stands in a sentence.

    Examples
    --------
    >>> share_text(12.5), share_text(0.4), share_text(100)
    ('13', 'minder dan 1', '100')
    """
    return _("minder dan 1") if _is_below_one(value) else _share(value)


def _is_below_one(value: float) -> bool:
    return 0 < value < 0.5


def share_range(low: float, high: float, between: str) -> str:
    """Return a range of percentages as it is shown; one number where both ends round to the same.

    Examples
    --------
    >>> share_range(54.6, 63.2, "–"), share_range(54.6, 55.4, " tot ")
    ('55–63', '55')
    """
    start, end = _share(low), _share(high)
    return start if start == end else f"{start}{between}{end}"


def value_with_unit(indicator: Indicator, value: float, *, decimals: int | None = None) -> str:
    """Return a value in its unit: euros with their sign, kilometres behind; people stay a bare number.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> value_with_unit(catalogue()["home_value"], 312), value_with_unit(catalogue()["distance_gp"], 0.8)
    ('€\\xa0312.000', '0,8\\xa0km')
    """
    digits = indicator.decimals if decimals is None else decimals
    if indicator.times > 1:
        digits = 0
    text = number(value * indicator.times, digits)
    if indicator.unit == "€":
        return f"€\xa0{text}"
    return f"{text}\xa0{indicator.unit}" if indicator.unit in _BEHIND else text


def value_words(shown: Shown) -> str:
    """Return the value as it stands in a sentence: a range where there is doubt, people as whole numbers.

    A count that was rounded to protect people says “ongeveer”.
    """
    indicator = shown.indicator
    if shown.value is None:
        return absence_words(shown)
    if indicator.kind is not Kind.SHARE:
        value = spoken_number(value_with_unit(indicator, shown.value))
        return _("ongeveer %(n)s") % {"n": value} if shown.step > 1 else value
    if shown.low is not None and shown.high is not None:
        return share_range(shown.low, shown.high, spoken(" tot ", " to "))
    return share_text(shown.value)


def absence_words(shown: Shown) -> str:
    """Return the reason of absence in two to four words."""
    return _(ABSENT[shown.absence or Absence.NOT_MEASURED])


def absence_sentence(shown: Shown) -> str:
    """Return the sentence that stands where a figure is absent: that it is, and why.

    >>> from buurtbalans.figures.sentence import ABSENT
    >>> ABSENT[Absence.TOO_FEW]
    'te weinig mensen'
    """
    return _(_SENTENCES[shown.absence or Absence.NOT_MEASURED])


def indicator_name(indicator: Indicator) -> str:
    """Return the name of an indicator in the language of the page."""
    return spoken(indicator.name, indicator.name_en)


def figure_sentence(shown: Shown, city: Shown | None = None) -> str:
    """Return a figure as one or two sentences, the city's figure behind it.

    A count stands alone: the city always has more. An absent figure says why.
    """
    if shown.value is None:
        return absence_sentence(shown)
    phrase = spoken(shown.indicator.phrase, shown.indicator.phrase_en)
    sentence = _capital(_choose(phrase, _is_one(shown)).replace("{value}", value_words(shown)))
    if city is None or city.value is None or shown.indicator.kind is Kind.COUNT:
        return sentence
    return f"{sentence} {_city(city)}"


def standing_sentence(shown: Shown, standing: Standing | None) -> str:
    """Return where the figure stands as a sentence: "Iets minder burenhulp dan in de stad.\""""
    if shown.value is None:
        return absence_sentence(shown)
    if standing is None:
        return figure_sentence(shown)
    name = _capital(indicator_name(shown.indicator))
    if standing.certainty is Certainty.NONE:
        return _("%(name)s: geen duidelijk verschil met de stad.") % {"name": name}
    if standing.class_number == 3 and standing.certainty is not Certainty.MAYBE:
        return _("%(name)s: ongeveer als in de stad.") % {"name": name}
    return _("%(difference)s dan in de stad.") % {"difference": _capital(_difference(shown.indicator, standing))}


def comparison_sentences(
    strengths: Sequence[tuple[Indicator, Standing]], concerns: Sequence[tuple[Indicator, Standing]], city: str = ""
) -> list[str]:
    """Return what differs from the city, which is named once and first: strengths, and then what is less favourable.

    Both are certain differences. "Vergeleken met Waterdam: meer burenhulp en ontmoetingsplekken."
    """
    first, second = (_listed([_lead_words(*pair) for pair in pairs]) for pairs in (strengths, concerns))
    facts = {"city": city or _("de stad"), "differences": first or second, "concerns": second}
    sentences = []
    if first or second:
        sentences.append(_("Vergeleken met %(city)s: %(differences)s.") % facts)
    if first and second:
        sentences.append(_("Wel %(concerns)s.") % facts)
    return sentences


def missing_figures_sentence(subject: str) -> str:
    """Return that too little is known of a subject, which is named in the language of the page.

    Examples
    --------
    >>> missing_figures_sentence("leefbaarheid")
    'Over leefbaarheid hebben we te weinig gegevens.'
    """
    return _("Over %(subject)s hebben we te weinig gegevens.") % {"subject": subject}


def together(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: "een, twee en drie"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{_(' en ')}{names[-1]}"


def _listed(differences: Sequence[str]) -> str:
    """Return differences as a list, where a second “meer” is left out after a short first one."""
    if not differences:
        return ""
    texts = list(differences)
    for at in range(1, len(texts)):
        word, _space, rest = texts[at].partition(" ")
        short = differences[at - 1].split(" ")
        if short[0] == word and len(short) <= SHORT_DIFFERENCE and word in _MORE_OR_FEWER:
            texts[at] = rest
    return together(texts)


def _lead_words(indicator: Indicator, place: Standing) -> str:
    """Return a certain difference without “duidelijk”; a small one says that it is."""
    return _chosen(indicator, place, "" if place.class_number in (1, 5) else _("iets"))


def _difference(indicator: Indicator, place: Standing) -> str:
    if place.certainty is Certainty.MAYBE:
        return _chosen(indicator, place, _("misschien"))
    return _chosen(indicator, place, _("duidelijk") if place.class_number in (1, 5) else _("iets"))


def _chosen(indicator: Indicator, place: Standing, how: str) -> str:
    more = place.distance > 0

    def choice(match: re.Match[str]) -> str:
        return f"{how} {match[1 if more else 2]}".strip()

    return CHOICE.sub(choice, spoken(indicator.relative, indicator.relative_en))


def _city(city: Shown) -> str:
    value = city.value or 0.0
    if city.indicator.kind not in (Kind.SHARE, Kind.RATE):
        return _("In de stad is dat %(value)s.") % {"value": value_words(city)}
    # The city's own range is narrow; one number reads better and the chart beside it shows the range.
    share = city.indicator.kind is Kind.SHARE
    words = _share(value) if share else spoken_number(number(value, city.indicator.decimals))
    text = _("In de stad is dat er %(value)s.") if words == "1" else _("In de stad zijn dat er %(value)s.")
    return text % {"value": words}


def _is_one(shown: Shown) -> bool:
    below_one = shown.indicator.kind is Kind.SHARE and shown.low is None and _is_below_one(shown.value or 0.0)
    return below_one or value_words(shown) == "1"


def _choose(text: str, one: bool) -> str:
    return CHOICE.sub(lambda match: match[1 if one else 2], text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
