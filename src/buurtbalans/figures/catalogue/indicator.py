"""The catalogue: what every figure means, where it comes from and when it may be shown; read from catalogue/*.toml."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Dimension(StrEnum):
    """The three dimensions in which a neighbourhood is in balance."""

    COMPOSITION = "composition"
    FACILITIES = "facilities"
    LIVEABILITY = "liveability"


class Direction(StrEnum):
    """What is better for the people who live there: more, less, or neither (no judgement)."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Kind(StrEnum):
    """How a figure behaves when areas are compared or taken together."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    RATE = "rate"
    DISTANCE = "distance"


class SourceKind(StrEnum):
    """What the gate asks of a source: published figures are public already, the others are protected here."""

    PUBLISHED = "published"
    SURVEY = "survey"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source as the catalogue knows it; `like` names a source whose definitions it follows.

    `name`, `tells` and `cannot` are for people: what it is called, what it tells, and what one can not do with it.
    """

    id: str
    kind: SourceKind
    count_step: float = 0
    like: str | None = None
    name: str = ""
    tells: str = ""
    cannot: str = ""
    tells_en: str = ""
    cannot_en: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its words, its arithmetic and its guard.

    Attributes
    ----------
    unit : what stands behind the number in a table ("van de 100 mensen", "€", "km").
    minimum : fewest people, homes or answers behind a figure before it may be shown.
    denominator : indicator that counts all (people, homes, respondents); None when there is none.
    part : indicator that counts the part; value = part / denominator x per.
    sum_of : counts that are added up; such an indicator has no column of its own.
    per : 100 for shares, 1000 for rates, what part / denominator is multiplied by.
    times : factor between the published unit and the written one (CBS publishes euros by the thousand).
    step : the value (of a computed indicator: its part) is rounded by the source to a multiple of this.
    example : a question from practice that it helps to answer; `question` serves when empty.
    cannot : what one can not conclude or do with it; what its source says serves when empty.
    plausible : least and most that a figure can sensibly be, as it is published; its kind says when empty.
    rolling : one figure covers several years, so neighbouring years overlap.
    phrase : sentence with `{value}`; `{is|zijn}` takes the first word for exactly one.
    relative : difference with one choice `{meer|minder}`, without a verb; "dan in de stad" may be added behind it.
    phrase_en, relative_en, definition_en, caveat_en, example_en, cannot_en : the same in English; empty where the
        Dutch serves.
    columns : normalised column names in the publisher's files, over all layouts.
    """

    id: str
    name: str
    name_en: str
    unit: str
    dimension: Dimension
    kind: Kind
    definition: str
    caveat: str
    source: str
    theme: str
    question: str
    phrase: str
    relative: str
    direction: Direction = Direction.NONE
    minimum: int = 10
    denominator: str | None = None
    part: str | None = None
    sum_of: tuple[str, ...] = ()
    per: int = 1
    times: int = 1
    step: float = 0
    decimals: int = 0
    restricted: bool = False
    sampled: bool = False
    rolling: bool = False
    plausible: tuple[float, ...] = ()
    columns: tuple[str, ...] = ()
    example: str = ""
    cannot: str = ""
    phrase_en: str = ""
    relative_en: str = ""
    definition_en: str = ""
    caveat_en: str = ""
    example_en: str = ""
    cannot_en: str = ""

    @property
    def computed(self) -> bool:
        """True when no source delivers this figure and it is made from others."""
        return not self.columns and (self.part is not None or bool(self.sum_of))

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the indicators this one is made from or judged by."""
        return tuple(name for name in (self.part, self.denominator, *self.sum_of) if name)


class Catalogue(Mapping[str, Indicator]):
    """All indicators by id, in the order of the files.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> store = catalogue()
    >>> store["share_65_plus"].part, store["share_65_plus"].denominator
    ('population_65_plus', 'population')
    >>> store.columns("cbs-kwb")["aantal inwoners"]
    'population'
    """

    def __init__(self, indicators: Iterable[Indicator], sources: Iterable[SourceEntry]) -> None:
        self._indicators = {indicator.id: indicator for indicator in indicators}
        self.sources: Final = {source.id: source for source in sources}

    def __getitem__(self, key: str) -> Indicator:
        return self._indicators[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._indicators)

    def __len__(self) -> int:
        return len(self._indicators)

    def of_source(self, source: str) -> list[Indicator]:
        """Return the indicators that `source` delivers, or that a source it follows delivers."""
        entry = self.sources.get(source)
        names = {source, entry.like} if entry else {source}
        return [indicator for indicator in self.values() if indicator.source in names]

    def of_dimension(self, dimension: Dimension | str) -> list[Indicator]:
        """Return the indicators of one dimension that may be shown."""
        return [one for one in self.values() if one.dimension == dimension and not one.restricted]

    def columns(self, source: str) -> dict[str, str]:
        """Return normalised column name to indicator id for the files of one source."""
        return {column: indicator.id for indicator in self.of_source(source) for column in indicator.columns}

    def kind_of(self, source: str) -> SourceKind:
        """Return the kind of a source; one the catalogue does not know is guarded as a partner's."""
        entry = self.sources.get(source)
        return entry.kind if entry else SourceKind.PARTNER

    def with_needs(self, ids: Iterable[str]) -> list[str]:
        """Return `ids` and all they are made from or judged by: what to load before the gate can say yes.

        Examples
        --------
        >>> from buurtbalans.figures.catalogue.reader import catalogue
        >>> catalogue().with_needs(["feels_at_home"])
        ['feels_at_home', 'survey_respondents']
        """
        texts: dict[str, None] = {}
        queue = list(ids)
        while queue:
            name = queue.pop(0)
            if name in texts or name not in self._indicators:
                continue
            texts[name] = None
            queue.extend(self._indicators[name].needs)
        return list(texts)
