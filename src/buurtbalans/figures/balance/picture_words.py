"""The balance picture in Dutch sentences: what is strong, what is strained, what is not known, and why it stands so."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from buurtbalans.figures.balance.bubbles import Bubble
from buurtbalans.figures.balance.picture import DimensionPicture, IndicatorPart
from buurtbalans.figures.catalogue.indicator import Dimension
from buurtbalans.figures.comparison.standing import Certainty
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.sentence import ABSENT, DIMENSIONS, figure_sentence, standing_sentence

HARDLY: Final = 0.02  # of a standard deviation: a share that nobody sees in the bubble
TOLD: Final = 2  # strengths and strains each that stand in the words about a dimension
MONEY: Final = "Dat gaat over geld en werk, niet over wie er wonen."
UNTESTED: Final = "Dit verschil is niet getoetst: de bron geeft geen foutmarge."
NEXT: Final = "Haal verhalen op, of vraag een partner om cijfers."
DRAWN: Final = "Kleine aantallen zijn naar de stad getrokken."
EVEN: Final = "Sterke en zwakkere punten wegen hier ongeveer even zwaar."
CHANCE: Final = "De cijfers verschillen wel, maar dat kan toeval zijn."
_IS: Final = {Dimension.FACILITIES: "zijn"}


def area_sentences(pictures: Sequence[DimensionPicture]) -> tuple[str, ...]:
    """Return the picture of an area as a whole: strengths first, then what is strained, then what is not known.

    The dimensions stand beside each other; nothing is added up over them.
    """
    sentences = list(_where_they_lie([picture for picture in pictures if picture.bubble]))
    parts = [part for picture in pictures for part in picture.parts]
    strong, strained = strengths(parts)[:1], strains(parts)[:1]
    sentences += [_told(part) for part in (*strong, *strained)]
    missed = missing_sentence(pictures) if any(picture.bubble is None for picture in pictures) else ""
    return (*sentences, missed) if missed else tuple(sentences)


def _where_they_lie(dimensions: Sequence[DimensionPicture]) -> Iterator[str]:
    ordered = sorted(dimensions, key=lambda dimension: -_side(dimension))
    yield from (dimension_sentence(one) for one in ordered if _side(one))
    if alike := [DIMENSIONS[one.dimension] for one in ordered if not _side(one)]:
        yield f"Bij {_together(alike)} zien we geen duidelijk verschil met de stad."


def missing_sentence(pictures: Sequence[DimensionPicture]) -> str:
    """Return what is missed most: a whole dimension, else the first figure that would count; empty when nothing is.

    Examples
    --------
    >>> missing_sentence([DimensionPicture(Dimension.LIVEABILITY, None, (), (), (), "Geen bel: hiervan zijn er geen cijfers.")])
    'Over leefbaarheid weten we te weinig.'
    """
    whole_ones = [DIMENSIONS[picture.dimension] for picture in pictures if picture.bubble is None]
    single = [part.indicator.name for picture in pictures for part in picture.unknown if part.weight]
    missed = [_together(whole_ones)] if whole_ones else single
    return f"Over {missed[0]} weten we te weinig." if missed else ""


def dimension_sentence(one: DimensionPicture) -> str:
    """Return where a dimension lies as a sentence, or why nothing is said.

    Examples
    --------
    >>> dimension_sentence(DimensionPicture(Dimension.FACILITIES, None, (), (), (), "Geen bel: er is maar 1 cijfer."))
    'Geen bel: er is maar 1 cijfer.'
    """
    if one.bubble is None:
        return one.why
    name, verb = DIMENSIONS[one.dimension], _IS.get(one.dimension, "is")
    words = one.bubble.words
    if one.bubble.certainty is Certainty.NONE:
        return f"Bij {name} zien we geen duidelijk verschil met de stad."
    if one.bubble.class_number == 3 and "misschien" not in words:
        return f"De {name} {verb} ongeveer als in de stad."
    return f"De {name} {verb} {words} dan in de stad."


def dimension_sentences(one: DimensionPicture) -> tuple[str, ...]:
    """Return what is to say of one dimension: where it lies, what stands out, what is not known, and how sure it is."""
    sentences = [dimension_sentence(one), *_standing_out(one)]
    if one.bubble and one.bubble.certainty is Certainty.NONE and len(sentences) == 1:
        sentences.append(CHANCE)
    sentences += _unknown(one) if one.bubble or one.parts or one.neutral else [NEXT]
    sentences += _sure(one)
    return tuple(sentences)


def _standing_out(one: DimensionPicture) -> Iterator[str]:
    strong, strained = strengths(one.parts)[:TOLD], strains(one.parts)[:TOLD]
    side = _side(one)
    if side and one.dimension is Dimension.COMPOSITION:
        yield MONEY
    if one.bubble and not side and strong and strained:
        yield EVEN
    yield from (_told(part) for part in (*strong, *strained))
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
    many = str(fewer) if fewer == more else f"{fewer} tot {more}"
    return f"Van de {bubble.ranked} {areas} {'is' if many == '1' else 'zijn'} er {many} sterker."


def contribution_sentence(part: IndicatorPart) -> str:
    """Return which way a figure moves the bubble, as a sentence."""
    if abs(part.points) < HARDLY:
        return "Dit beweegt de bel bijna niet."
    way = "sterker" if part.points > 0 else "zwakker"
    at = part.standing
    if at and at.certainty in (Certainty.NONE, Certainty.MAYBE):
        return f"Dit trekt de bel een beetje naar {way}, maar het kan toeval zijn."
    little = "een beetje " if at and at.class_number == 3 else ""
    return f"Dit trekt de bel {little}naar {way}."


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
    yield part.counted.why
    yield part.indicator.caveat


def _beside(part: IndicatorPart) -> Iterator[str]:
    yield _told(part)
    yield f"Dit telt niet mee. {part.counted.why}"


def _lacks(part: IndicatorPart) -> str:
    reason = ABSENT[part.shown.absence if part.shown and part.shown.absence else Absence.NOT_MEASURED]
    return f"Geen cijfer over {part.indicator.name}: {reason}."


def _unknown(one: DimensionPicture) -> Iterator[str]:
    lacking = [part.indicator.name for part in one.unknown if part.weight]
    if len(lacking) == 1:
        yield f"Over {lacking[0]} weten we te weinig."
    elif lacking:
        yield f"Over {len(lacking)} onderwerpen weten we te weinig."


def _sure(one: DimensionPicture) -> Iterator[str]:
    if one.bubble and one.bubble.certainty is Certainty.DISTANCE_ONLY:
        yield UNTESTED
    if one.drawn:
        yield DRAWN


def _together(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"
