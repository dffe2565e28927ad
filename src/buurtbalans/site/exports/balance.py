"""The balance of areas as a file: per dimension where the bubble lies, what may be said of it, or why there is none."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from buurtbalans.figures.balance.balance_definition import ChosenWeights
from buurtbalans.figures.balance.picture import Bubble, DimensionPicture
from buurtbalans.figures.sentence import DIMENSIONS
from buurtbalans.site.exports.figure_rows import Cell, Export, plain

BALANCE: Final = {
    "code": "area",
    "naam": "areaName",
    "niveau": "level",
    "grenzen_van": "division",
    "deel_id": "dimension",
    "deel": "dimensionName",
    "in_woorden": "words",
    "trap": "place",
    "zekerheid": "certainty",
    "midden": "middle",
    "van": "low",
    "tot": "high",
    "rang_van": "rankLow",
    "rang_tot": "rankHigh",
    "rang_uit": "ranked",
    "waarom_geen_bel": "why",
    "telt_mee": "counted",
    "ontbreekt": "missing",
    "gewichten": "weights",
    "uitgave": "release",
}
NOTES: Final = [
    ["Midden, van en tot", "Afstand tot de stad, in de gewone afstand tussen buurten. Meer dan 0 is sterker."],
    ["Van en tot", "Zo ver gaat de bel: met andere gewichten, andere manieren en het toeval van kleine aantallen."],
    ["Rang", "Een rang is altijd van … tot. Rang 1 is het sterkst. Het is geen lijst van beste buurten."],
    ["Drie delen", "De drie delen worden nooit één cijfer."],
    ["Gewichten", "Leeg: zoals gewoon. Anders wat een groep koos. Een gewicht is geen percentage."],
]


@dataclass(frozen=True, slots=True)
class AreaBalance:
    """One area with its dimensions, as a file writes it."""

    code: str
    name: str
    level: str
    division: int
    found: tuple[DimensionPicture, ...]


@dataclass(frozen=True, slots=True)
class BalanceExport(Export):
    """The balance of areas to save, with the weights it was made with."""

    lying: Iterable[AreaBalance] = ()
    weights: ChosenWeights = field(default_factory=ChosenWeights)

    @property
    def columns(self) -> Mapping[str, str]:
        """Return the columns of a spreadsheet with their names in JSON."""
        return BALANCE

    @property
    def what(self) -> str:
        """Return what the rows are called in JSON."""
        return "balance"

    @property
    def notes(self) -> list[list[str]]:
        """Return what one must know of the columns."""
        return NOTES

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the cells of every area and dimension, in the order of `BALANCE`."""
        for area in self.lying:
            for each in area.found:
                yield balance_row(area, each, self.weights, self.release.id)


def balance_row(area: AreaBalance, each: DimensionPicture, weights: ChosenWeights, release: str) -> list[Cell]:
    """Return one dimension of one area as cells; without a bubble the reason stands in their place."""
    return [
        area.code,
        area.name,
        area.level,
        area.division,
        each.dimension.value,
        DIMENSIONS[each.dimension],
        *_bubble(each.bubble),
        each.why or None,
        ", ".join(part.indicator.id for part in each.parts),
        ", ".join(
            f"{part.indicator.id} ({part.shown.absence if part.shown else 'not_measured'})" for part in each.unknown
        ),
        weights.to_text() or None,
        release,
    ]


def _bubble(bubble: Bubble | None) -> list[Cell]:
    if bubble is None:
        return [None] * 9
    return [
        bubble.words,
        bubble.class_number,
        bubble.certainty.value,
        *map(plain, (bubble.middle, bubble.low, bubble.high)),
        bubble.rank_low,
        bubble.rank_high,
        bubble.ranked,
    ]
