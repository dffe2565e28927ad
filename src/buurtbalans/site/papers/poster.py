"""What stands on the print of the large map: the map at the size of its sheet, a legend, every number explained."""

from dataclasses import dataclass
from typing import Final

from buurtbalans.site.papers.content import Drawing, Notice

POINT: Final = 25.4 / 72  # millimetres


@dataclass(frozen=True, slots=True)
class PaperSize:
    """A size of paper: its name, its measures in millimetres, how many columns, and its letters in points.

    The letters grow less than the paper: a larger sheet shows more, and is read from a little farther away. None is
    smaller than nine points.
    """

    name: str
    wide: int
    high: int
    edge: int
    columns: int
    text: float
    map_high: int

    @property
    def map_wide(self) -> int:
        """The width of what is printed, in millimetres."""
        return self.wide - 2 * self.edge

    @property
    def per_pixel(self) -> float:
        """How many millimetres a pixel of a drawing is, so that its smallest letters, of twelve, can be read."""
        return max(9.0, self.text * 0.92) * POINT / 12


SHEETS: Final = {
    each.name.lower(): each
    for each in (
        PaperSize("A4", 210, 297, 14, 2, 9.5, 150),
        PaperSize("A3", 297, 420, 16, 3, 10, 235),
        PaperSize("A2", 420, 594, 20, 4, 12, 345),
        PaperSize("A1", 594, 841, 24, 4, 15.5, 500),
        PaperSize("A0", 841, 1189, 30, 5, 20, 720),
    )
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A line of the legend: a small drawing, its words, and how many there are where that is counted."""

    svg: str
    words: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """What colours, patterns and signs say, under a title."""

    title: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class MarkText:
    """What one mark says: its title, its words, and who says it when; `voice` when the words are somebody's own."""

    title: str
    words: str = ""
    by: str = ""
    voice: bool = False


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """A number of the map, in its colour and the ink on it, with everything that stands there."""

    number: str
    colour: str
    ink: str
    told: tuple[MarkText, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of the map as numbers and what they say."""

    title: str
    numbers: tuple[NumberEntry, ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """The print of a large map on one size of paper; what does not fit below the map goes on to a next page."""

    sheet: PaperSize
    kind: str
    place: str
    title: str
    question: str
    shown: str
    dated: str
    notices: tuple[Notice, ...]
    map: Drawing
    legends: tuple[Legend, ...]
    layers: tuple[Layer, ...]
    foot: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """What stands at the top of the first page, beside the mark."""
        return " · ".join(part for part in (self.kind, self.place, self.dated) if part)

    @property
    def stamp(self) -> str:
        """What stands at the bottom of each page, beside the number of the page."""
        return " · ".join(part for part in ("Buurtbalans", self.kind, self.place, self.dated) if part)
