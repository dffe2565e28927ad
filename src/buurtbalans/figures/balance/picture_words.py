"""The balance picture in sentences: strengths, weaknesses, what is not known, and why it stands so."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from buurtbalans.figures.balance.bubbles import Bubble
from buurtbalans.figures.balance.picture import DimensionPicture, IndicatorPart
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.comparison.standing import Certainty
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.sentence import (
    ABSENT,
    DIMENSIONS,
    comparison_sentences,
    figure_sentence,
    indicator_name,
    missing_figures_sentence,
    standing_sentence,
    together,
)
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop, ngettext, spoken

HARDLY: Final = 0.02  # of a standard deviation: a share that nobody sees in the bubble
TOLD: Final = 2  # strengths and strains each that stand in the words about a dimension
MONEY: Final = gettext_noop("Dit gaat over inkomen en werk, en niet over welke mensen er wonen.")
UNTESTED: Final = gettext_noop("Dit verschil is niet getoetst, omdat de bron geen onzekerheidsmarge geeft.")
NEXT: Final = gettext_noop("Verzamel verhalen over de buurt, of vraag een partner om cijfers.")
DRAWN: Final = gettext_noop("Cijfers over weinig mensen zijn bijgesteld richting het stadsgemiddelde.")
EVEN: Final = gettext_noop("Sterke en zwakke punten zijn hier ongeveer in evenwicht.")
CHANCE: Final = gettext_noop("De cijfers verschillen wel van de stad, maar dat kan toeval zijn.")
_BESIDE_CITY: Final = {
    Dimension.COMPOSITION: gettext_noop("De samenstelling is %(words)s dan in de stad."),
    Dimension.FACILITIES: gettext_noop("De voorzieningen zijn %(words)s dan in de stad."),
    Dimension.LIVEABILITY: gettext_noop("De leefbaarheid is %(words)s dan in de stad."),
}
_LIKE_CITY: Final = {
    Dimension.COMPOSITION: gettext_noop("De samenstelling is ongeveer als in de stad."),
    Dimension.FACILITIES: gettext_noop("De voorzieningen zijn ongeveer als in de stad."),
    Dimension.LIVEABILITY: gettext_noop("De leefbaarheid is ongeveer als in de stad."),
}


def area_sentences(pictures: Sequence[DimensionPicture]) -> tuple[str, ...]:
    """Return the picture of an area as a whole: strengths first, then what is strained, then what is not known.

    The dimensions stand beside each other; nothing is added up over them.
    """
    sentences = list(_where_they_lie([picture for picture in pictures if picture.bubble]))
    parts = [part for picture in pictures for part in picture.parts]
    sentences += contrast_sentences(parts, 1)
    missed = missing_sentence(pictures) if any(picture.bubble is None for picture in pictures) else ""
    return (*sentences, missed) if missed else tuple(sentences)


def contrast_sentences(parts: Sequence[IndicatorPart], each: int, city: str = "") -> list[str]:
    """Return so many strengths and weaknesses as one comparison with the city."""
    chosen = (strengths(parts)[:each], strains(parts)[:each])
    strong, weak = ([(part.indicator, part.standing) for part in some if part.standing] for some in chosen)
    return comparison_sentences(strong, weak, city)


def _where_they_lie(dimensions: Sequence[DimensionPicture]) -> Iterator[str]:
    ordered = sorted(dimensions, key=lambda dimension: -_side(dimension))
    yield from (dimension_sentence(one) for one in ordered if _side(one))
    if alike := [_(DIMENSIONS[one.dimension]) for one in ordered if not _side(one)]:
        yield _no_difference(together(alike))


def _no_difference(dimensions: str) -> str:
    return _("Bij %(dimensions)s zien we geen duidelijk verschil met de stad.") % {"dimensions": dimensions}


def missing_sentence(pictures: Sequence[DimensionPicture]) -> str:
    """Return what is missed most: a whole dimension, else the first figure that would count; empty when nothing is.

    Examples
    --------
    >>> missing_sentence([DimensionPicture(Dimension.LIVEABILITY, None, (), (), (), "Er is geen uitkomst.")])
    'Over leefbaarheid hebben we te weinig gegevens.'
    """
    whole_ones = [_(DIMENSIONS[picture.dimension]) for picture in pictures if picture.bubble is None]
    single = [indicator_name(part.indicator) for picture in pictures for part in picture.unknown if part.weight]
    missed = [together(whole_ones)] if whole_ones else single
    return missing_figures_sentence(missed[0]) if missed else ""


def dimension_sentence(one: DimensionPicture) -> str:
    """Return where a dimension lies as a sentence, or why nothing is said.

    Examples
    --------
    >>> dimension_sentence(DimensionPicture(Dimension.FACILITIES, None, (), (), (), "Er is geen uitkomst."))
    'Er is geen uitkomst.'
    """
    if one.bubble is None:
        return _(one.why)
    words = one.bubble.words
    if one.bubble.certainty is Certainty.NONE:
        return _no_difference(_(DIMENSIONS[one.dimension]))
    if one.bubble.class_number == 3 and "misschien" not in words:
        return _(_LIKE_CITY[one.dimension])
    return _(_BESIDE_CITY[one.dimension]) % {"words": _(words)}


def dimension_sentences(one: DimensionPicture) -> tuple[str, ...]:
    """Return what is to say of one dimension: where it lies, what stands out, what is not known, and how sure it is."""
    sentences = [dimension_sentence(one), *_standing_out(one)]
    if one.bubble and one.bubble.certainty is Certainty.NONE and len(sentences) == 1:
        sentences.append(_(CHANCE))
    sentences += _unknown(one) if one.bubble or one.parts or one.neutral else [_(NEXT)]
    sentences += _sure(one)
    return tuple(sentences)


def _standing_out(one: DimensionPicture) -> Iterator[str]:
    strong, weak = strengths(one.parts), strains(one.parts)
    side = _side(one)
    if side and one.dimension is Dimension.COMPOSITION:
        yield _(MONEY)
    if one.bubble and not side and strong and weak:
        yield _(EVEN)
    yield from contrast_sentences(one.parts, TOLD)
    yield from (_told(part) for part in sorted(_neutral_outliers(one), key=_farthest)[:1])


def _neutral_outliers(picture: DimensionPicture) -> list[IndicatorPart]:
    """Return the neutral figures that stand out and are of a theme of their own: money beside money tells nothing new."""
    themes = {part.indicator.theme for part in picture.parts}
    return [part for part in picture.neutral if _stands_out(part) and part.indicator.theme not in themes]


def reason_sentences(one: DimensionPicture) -> tuple[tuple[str, ...], ...]:
    """Return why a dimension lies where it lies: of each figure what it is, what it does, why it counts and its limits.

    What counts comes first, the largest share in the bubble on top; then what stands out and does not count.
    """
    counted = [tuple(_counted(part)) for part in one.parts]
    beside = [tuple(_beside(part)) for part in one.neutral if part.standing and _stands_out(part)]
    absent = [(_lacks(part),) for part in one.unknown if part.weight]
    return (*counted, *beside, *absent)


def rank_sentence(bubble: Bubble, areas: str = "buurten") -> str:
    """Return the rank as a range; nothing where it says nothing.

    Examples
    --------
    >>> rank_sentence(Bubble(0.4, 0.1, 0.9, 4, Certainty.CERTAIN, "iets sterker", 4, 9, 51))
    'Van de 51 buurten zijn er 3 tot 8 sterker.'
    """
    fewer, more = bubble.rank_low - 1, bubble.rank_high - 1
    facts = {"ranked": bubble.ranked, "areas": _(areas), "fewer": fewer, "more": more}
    if fewer == more:
        return (
            ngettext(
                "Van de %(ranked)d %(areas)s is er %(more)d sterker.",
                "Van de %(ranked)d %(areas)s zijn er %(more)d sterker.",
                more,
            )
            % facts
        )
    return _("Van de %(ranked)d %(areas)s zijn er %(fewer)d tot %(more)d sterker.") % facts


def contribution_sentence(part: IndicatorPart) -> str:
    """Return which way a figure moves the score, as a sentence."""
    if abs(part.points) < HARDLY:
        return _("Dit heeft bijna geen invloed op de uitkomst.")
    better, at = part.points > 0, part.standing
    if at and at.certainty in (Certainty.NONE, Certainty.MAYBE):
        return (
            _("Dit maakt de uitkomst iets gunstiger, maar dat kan toeval zijn.")
            if better
            else _("Dit maakt de uitkomst iets minder gunstig, maar dat kan toeval zijn.")
        )
    if at and at.class_number == 3:
        return _("Dit maakt de uitkomst iets gunstiger.") if better else _("Dit maakt de uitkomst iets minder gunstig.")
    return _("Dit maakt de uitkomst gunstiger.") if better else _("Dit maakt de uitkomst minder gunstig.")


def strengths(parts: Iterable[IndicatorPart]) -> list[IndicatorPart]:
    """Return the figures that are stronger than in the city and may be called so, those that carry most first."""
    return _carrying(part for part in parts if part.points > 0 and _named(part))


def strains(parts: Iterable[IndicatorPart]) -> list[IndicatorPart]:
    """Return the figures that are weaker than in the city and may be called so, those that carry most first."""
    return _carrying(part for part in parts if part.points < 0 and _named(part))


def _carrying(parts: Iterable[IndicatorPart]) -> list[IndicatorPart]:
    """Order parts: tested ones first, then by their share; the second of a theme after the first of all others."""
    ordered = sorted(parts, key=lambda part: (not _tested(part), -abs(part.points), part.indicator.id))
    seen: dict[str, int] = {}
    turns = []
    for part in ordered:
        turns.append(seen.get(part.indicator.theme, 0))
        seen[part.indicator.theme] = turns[-1] + 1
    return [ordered[at] for at in sorted(range(len(ordered)), key=turns.__getitem__)]


def _named(part: IndicatorPart) -> bool:
    return part.standing is not None and part.standing.valence not in (None, 3)


def _tested(part: IndicatorPart) -> bool:
    return part.standing is not None and part.standing.certainty is Certainty.CERTAIN


def _farthest(part: IndicatorPart) -> tuple[float, str]:
    return -abs(part.standing.distance) if part.standing else 0.0, part.indicator.id


def _stands_out(part: IndicatorPart) -> bool:
    at = part.standing
    return at is not None and at.class_number != 3 and at.certainty in (Certainty.CERTAIN, Certainty.DISTANCE_ONLY)


def _side(one: DimensionPicture) -> int:
    """Return -1 weaker, 1 stronger, 0 where nothing of the kind is said."""
    bubble = one.bubble
    if (
        bubble is None
        or bubble.certainty is Certainty.NONE
        or (bubble.class_number == 3 and "misschien" not in bubble.words)
    ):
        return 0
    return 1 if bubble.middle > 0 else -1


def _told(part: IndicatorPart) -> str:
    return standing_sentence(part.shown, part.standing) if part.shown else ""


def _counted(part: IndicatorPart) -> Iterator[str]:
    if part.shown:
        yield figure_sentence(part.shown, part.city)
    yield contribution_sentence(part)
    yield part.counted.reason
    yield spoken(part.indicator.caveat, part.indicator.caveat_en)


def _beside(part: IndicatorPart) -> Iterator[str]:
    yield _told(part)
    yield f"{_('Dit cijfer telt niet mee in de uitkomst.')} {part.counted.reason}"


def _lacks(part: IndicatorPart) -> str:
    reason = ABSENT[part.shown.absence if part.shown and part.shown.absence else Absence.NOT_MEASURED]
    return _("Er is geen cijfer over %(name)s: %(reason)s.") % {
        "name": indicator_name(part.indicator),
        "reason": _(reason),
    }


def _unknown(one: DimensionPicture) -> Iterator[str]:
    lacking = [indicator_name(part.indicator) for part in one.unknown if part.weight]
    if len(lacking) == 1:
        yield missing_figures_sentence(lacking[0])
    elif lacking:
        yield missing_figures_sentence(_("%(number)d onderwerpen") % {"number": len(lacking)})


def _sure(one: DimensionPicture) -> Iterator[str]:
    if one.bubble and one.bubble.certainty is Certainty.DISTANCE_ONLY:
        yield _(UNTESTED)
    if one.drawn:
        yield _(DRAWN)
