"""Figures in words: Dutch sentences at B1, people as numbers, doubt said aloud, strengths first."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Final

from buurtbalans.figures.catalogue.indicator import Dimension, Indicator, Kind
from buurtbalans.figures.catalogue.reader import CHOICE
from buurtbalans.figures.comparison.standing import Certainty, Standing
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.gate import Shown

ABSENT: Final = {
    Absence.TOO_FEW: "te weinig mensen",
    Absence.PROTECTS_ANOTHER: "beschermt een andere buurt",
    Absence.NOT_MEASURED: "niet gemeten",
    Absence.NOT_COMPARABLE: "niet vergelijkbaar",
    Absence.NOT_SHARED: "niet gedeeld",
    Absence.NOT_APPLICABLE: "niet van toepassing",
    Absence.WITHHELD_AT_SOURCE: "de bron geeft het niet",
}
_NEXT: Final = {
    Absence.TOO_FEW: "Zo blijft ieders privacy beschermd.",
    Absence.PROTECTS_ANOTHER: "Met dit cijfer zou men een andere buurt kunnen uitrekenen.",
    Absence.NOT_MEASURED: "Kijk of een ander jaar wel een cijfer heeft.",
    Absence.NOT_COMPARABLE: "De grens of de manier van meten is veranderd.",
    Absence.NOT_SHARED: "De eigenaar van het cijfer kan het delen.",
    Absence.NOT_APPLICABLE: "Het kan hier niet voorkomen.",
    Absence.WITHHELD_AT_SOURCE: "De bron vindt het te onzeker of te klein.",
}
DIMENSIONS: Final = {
    Dimension.COMPOSITION: "samenstelling",
    Dimension.FACILITIES: "voorzieningen",
    Dimension.LIVEABILITY: "leefbaarheid",
}
SHARE_DECIMALS: Final = 0  # of a percentage in a sentence or a range; a table keeps those of its catalogue
_BEHIND: Final = ("km", "kWh", "m³")


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
    return "minder dan 1" if 0 < value < 0.5 else _share(value)


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
        return f"{'ongeveer ' if shown.step > 1 else ''}{value_with_unit(indicator, shown.value)}"
    if shown.low is not None and shown.high is not None:
        return share_range(shown.low, shown.high, " tot ")
    return share_text(shown.value)


def absence_words(shown: Shown) -> str:
    """Return the reason of absence in two to four words."""
    return ABSENT[shown.absence or Absence.NOT_MEASURED]


def absence_sentence(shown: Shown) -> str:
    """Return the sentences that stand where a figure is absent: what, why, and what now.

    >>> from buurtbalans.figures.sentence import ABSENT
    >>> ABSENT[Absence.TOO_FEW]
    'te weinig mensen'
    """
    reason = shown.absence or Absence.NOT_MEASURED
    return f"Geen cijfer: {ABSENT[reason]}. {_NEXT[reason]}"


def figure_sentence(shown: Shown, city: Shown | None = None) -> str:
    """Return a figure as one or two sentences, the city's figure behind it.

    A count stands alone: the city always has more. An absent figure says why.
    """
    if shown.value is None:
        return absence_sentence(shown)
    sentence = _capital(_choose(shown.indicator.phrase, _is_one(shown)).replace("{value}", value_words(shown)))
    if city is None or city.value is None or shown.indicator.kind is Kind.COUNT:
        return sentence
    return f"{sentence} {_city(city)}"


def standing_sentence(shown: Shown, standing: Standing | None) -> str:
    """Return where the figure stands as a sentence: "Iets minder mensen voelen zich thuis dan in de stad.\""""
    if shown.value is None:
        return absence_sentence(shown)
    if standing is None:
        return figure_sentence(shown)
    name = _capital(shown.indicator.name)
    if standing.certainty is Certainty.NONE:
        return f"{name}: geen duidelijk verschil met de stad."
    if standing.class_number == 3 and standing.certainty is not Certainty.MAYBE:
        return f"{name}: ongeveer als in de stad."
    return _relative(shown.indicator, standing)


def dimension_summary(
    dimension: Dimension, figures: Iterable[tuple[Shown, Standing | None]], *, at_most: int = 3
) -> str:
    """Return what stands out in one dimension: strengths first, then strains, then what we do not know.

    Parameters
    ----------
    dimension
        Others' figures are left out.
    figures
        Each figure with its standing beside the city.
    at_most
        Sentences about differences; half of them, rounded up, may be strengths.

    Returns
    -------
    str
        One to `at_most` + 1 sentences. Figures without a test (distance only) come after tested ones.
    """
    own = [pair for pair in figures if pair[0].indicator.dimension == dimension]
    unknown = [shown for shown, _ in own if shown.value is None]
    if len(unknown) == len(own):
        return f"Over de {DIMENSIONS[dimension]} hebben we nog geen cijfers."
    telling = sorted(((shown, standing) for shown, standing in own if standing and _tells(standing)), key=_weight)
    sentences = [_relative(shown.indicator, standing) for shown, standing in _balanced_choice(telling, at_most)]
    if not sentences:
        sentences = ["We zien geen duidelijk verschil met de stad."]
    return " ".join([*sentences, *_unknown(unknown)])


def _balanced_choice(pairs: Sequence[tuple[Shown, Standing]], at_most: int) -> list[tuple[Shown, Standing]]:
    """At most so many figures that differ, strengths first; half of them, rounded up, may be strengths."""
    strengths = _varied([pair for pair in pairs if (pair[1].valence or 3) > 3])
    others = _varied([pair for pair in pairs if (pair[1].valence or 3) <= 3])
    first = strengths[: max((at_most + 1) // 2, at_most - len(others))]
    return first + others[: at_most - len(first)]


def _unknown(absent_figures: Sequence[Shown]) -> list[str]:
    said = [
        shown
        for shown in absent_figures
        if shown.absence is not Absence.NOT_APPLICABLE and not shown.indicator.restricted
    ]
    if not said:
        return []
    if len(said) == 1:
        return [f"Over {said[0].indicator.name} weten we te weinig."]
    return [f"Over {number(len(said))} onderwerpen weten we te weinig."]


def _tells(place: Standing) -> bool:
    return place.class_number != 3 and place.certainty in (Certainty.CERTAIN, Certainty.DISTANCE_ONLY)


def _weight(pair: tuple[Shown, Standing]) -> tuple[bool, float, str]:
    shown, place = pair
    return place.certainty is Certainty.DISTANCE_ONLY, -abs(place.distance), shown.indicator.id


def _varied(pairs: Sequence[tuple[Shown, Standing]]) -> list[tuple[Shown, Standing]]:
    """Return the pairs with the first of each theme before the second of any: three times homes tells little."""
    seen: Counter[str] = Counter()
    turns = []
    for pair in pairs:
        turns.append(seen[pair[0].indicator.theme])
        seen[pair[0].indicator.theme] += 1
    return [pairs[at] for at in sorted(range(len(pairs)), key=turns.__getitem__)]


def _relative(indicator: Indicator, place: Standing) -> str:
    how = "misschien" if place.certainty is Certainty.MAYBE else "duidelijk" if place.class_number in (1, 5) else "iets"
    more = place.distance > 0

    def choice(match: re.Match[str]) -> str:
        return f"{how} {match[1 if more else 2].lower()}"

    return f"{_capital(CHOICE.sub(choice, indicator.relative))} dan in de stad."


def _city(city: Shown) -> str:
    share = city.indicator.kind in (Kind.SHARE, Kind.RATE)
    if not share or city.value is None:
        return f"In de stad is dat {value_words(city)}."
    # The city's own range is narrow; one number reads better and the chart beside it shows the range.
    words = _share(city.value) if city.indicator.kind is Kind.SHARE else number(city.value, city.indicator.decimals)
    return f"In de stad {'is' if words == '1' else 'zijn'} dat er {words}."


def _is_one(shown: Shown) -> bool:
    return value_words(shown) in ("1", "minder dan 1")


def _choose(text: str, one: bool) -> str:
    return CHOICE.sub(lambda match: match[1 if one else 2], text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
