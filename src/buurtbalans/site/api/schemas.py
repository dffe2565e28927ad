"""The shapes of the open API's answers: what a program gets for a release, an area, an indicator and a figure."""

from typing import Literal

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

LEVELS = Literal["land", "gemeente", "stadsdeel", "gebied", "wijk", "buurt"]
REASONS = Literal[
    "too_few",
    "protects_another",
    "not_measured",
    "not_comparable",
    "not_shared",
    "not_applicable",
    "withheld_at_source",
]


class Shape(Schema):
    """Names in JSON are in camelCase, as the API Design Rules ask."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Links(Shape):
    """Addresses of this page and of those beside it; null where there is none."""

    self: str
    prev: str | None = None
    next: str | None = None


class Page(Shape):
    """What every list says of itself."""

    total_items: int = Field(description="Hoeveel er zijn, over alle bladzijden.")
    page: int
    page_size: int
    links: Links


class Source(Shape):
    """Where figures come from."""

    id: str
    title: str
    publisher: str
    licence: str
    period: int | None = Field(description="Jaar van de bron; null als de bron over meer jaren gaat.")
    invented: bool


class Release(Shape):
    """A dated, frozen set of figures."""

    id: str
    title: str
    created: str
    invented: bool = Field(description="Of de cijfers verzonnen zijn, zoals in de demo.")
    periods: list[int]
    divisions: list[int] = Field(description="Jaren waarvan de uitgave een kaart heeft.")
    sources: list[Source]


class Area(Shape):
    """An area with the year of its borders: a code says nothing without it."""

    code: str
    name: str
    level: LEVELS
    division: int = Field(description="Jaar van de grenzen. Een code zegt niets zonder dat jaar.")
    parent: str | None


class Indicator(Shape):
    """What a figure counts."""

    id: str
    name: str
    unit: str
    dimension: str
    theme: str
    definition: str
    caveat: str
    source: str
    periods: list[int]


class Figure(Shape):
    """One figure: a value, or the reason why there is none."""

    area: str
    area_name: str
    level: LEVELS
    division: int
    indicator: str
    indicator_name: str
    unit: str
    period: int
    value: float | None = Field(description="Het cijfer in de eenheid. Null: zie absence.")
    low: float | None = Field(description="Bij een steekproef: de grens van 5 procent.")
    high: float | None = Field(description="Bij een steekproef: de grens van 95 procent.")
    absence: REASONS | None = Field(description="Waarom er geen cijfer is.")
    absence_text: str | None
    caveat: str
    source: str
    publisher: str
    licence: str
    release: str


class Balance(Shape):
    """One dimension of one area: where its bubble lies beside the municipality, or why there is none."""

    area: str
    area_name: str
    level: LEVELS
    division: int
    dimension: str
    dimension_name: str
    words: str | None = Field(description="Wat men ervan mag zeggen. Null: zie why.")
    place: int | None = Field(description="Trap 1 (duidelijk zwakker) tot 5; 3 ook als er geen verschil te vinden is.")
    certainty: str | None = Field(description="certain, maybe, none, of distance_only: alleen de afstand.")
    middle: float | None = Field(description="Afstand tot de stad, in de gewone afstand tussen gebieden; + is sterker.")
    low: float | None = Field(description="Grens van 5 procent, over gewichten, manieren en toeval.")
    high: float | None = Field(description="Grens van 95 procent.")
    rank_low: int | None = Field(description="Rang 1 is het sterkst; een rang is altijd een reeks.")
    rank_high: int | None
    ranked: int | None = Field(description="Uit hoeveel gebieden.")
    why: str | None = Field(description="Waarom er geen bel is.")
    counted: str = Field(description="Cijfers die meetellen.")
    missing: str = Field(description="Cijfers die ontbreken, met de reden.")
    weights: str | None = Field(description="Gewichten die een groep koos; null: zoals gewoon.")
    release: str


class Balances(Page):
    """A page of the balance."""

    items: list[Balance]


class Releases(Page):
    """A page of releases."""

    items: list[Release]


class Areas(Page):
    """A page of areas."""

    items: list[Area]


class Indicators(Page):
    """A page of indicators."""

    items: list[Indicator]


class Figures(Page):
    """A page of figures."""

    items: list[Figure]


class Problem(Shape):
    """What went wrong, for people and programs (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
