"""Our own definition of a neighbourhood in balance: which figures count, for what, how much, and why."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from buurtbalans.figures.balance.definition import parse_definition
from buurtbalans.figures.catalogue.indicator import Catalogue, Dimension, Direction, Indicator
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.text import in_english, spoken

FILE: Final = Path(__file__).parent / "balance.toml"
MAX_WEIGHT: Final = 5.0  # what a group may give one indicator
_PIECE: Final = re.compile(r"([a-z0-9_]+)-(\d)(?:_(5))?")
_TURNED: Final = {Direction.UP: 1, Direction.DOWN: -1}


@dataclass(frozen=True, slots=True)
class WeightedIndicator:
    """An indicator of the definition: how much it counts, why, and whose figure it is. Weight 0 is shown only."""

    indicator: Indicator
    weight: float
    why: str
    source: str
    why_en: str = ""

    @property
    def reason(self) -> str:
        """Return why it counts, or does not, in the language of the page."""
        return spoken(self.why, self.why_en)

    @property
    def judged(self) -> bool:
        """Say whether more or less of it is better, so that it may count."""
        return self.indicator.direction is not Direction.NONE


@dataclass(frozen=True, slots=True)
class BalanceDefinition:
    """Our definition: its indicators in order, what each dimension asks, and what the picture is not."""

    title: str
    limits: tuple[str, ...]
    asks: Mapping[Dimension, str]
    indicators: tuple[WeightedIndicator, ...]
    limits_en: tuple[str, ...] = ()
    asks_en: Mapping[Dimension, str] = field(default_factory=dict)

    def question(self, dimension: Dimension) -> str:
        """Return what a dimension asks, in the language of the page."""
        return spoken(self.asks[dimension], self.asks_en.get(dimension, ""))

    @property
    def caveats(self) -> tuple[str, ...]:
        """Return what the picture is not, in the language of the page."""
        return self.limits_en if self.limits_en and in_english() else self.limits

    def of(self, dimension: Dimension) -> tuple[WeightedIndicator, ...]:
        """Return the indicators of a dimension."""
        return tuple(indicator for indicator in self.indicators if indicator.indicator.dimension is dimension)


@dataclass(frozen=True, slots=True)
class ChosenWeights:
    """What a group chose: for some indicators another weight than the definition gives; `ChosenWeights()` is as defined.

    A weight says how much something counts beside the others, in halves from 0 to 5. It is no percentage.

    Examples
    --------
    >>> chosen = ChosenWeights.from_text("feels_at_home-2.distance_gp-0_5")
    >>> chosen.of("feels_at_home", 1.0), chosen.of("distance_gp", 1.0), chosen.of("green_near", 1.0)
    (2.0, 0.5, 1.0)
    >>> chosen.to_text()
    'distance_gp-0_5.feels_at_home-2'
    """

    chosen: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, weight in self.chosen.items():
            if not (0 <= weight <= MAX_WEIGHT and float(weight * 2).is_integer()):
                raise ValueError(f"{name} cannot weigh {weight}")
        object.__setattr__(self, "chosen", {name: float(self.chosen[name]) for name in sorted(self.chosen)})

    def __hash__(self) -> int:
        return hash(tuple(self.chosen.items()))

    def of(self, name: str, given: float) -> float:
        """Return the weight of an indicator, as chosen, else as given by the definition."""
        return self.chosen.get(name, given)

    def but(self, name: str, weight: float | None) -> "ChosenWeights":
        """Return these weights with one changed; None gives back what the definition says."""
        rest = {other: heavy for other, heavy in self.chosen.items() if other != name}
        return ChosenWeights(rest if weight is None else {**rest, name: weight})

    def to_text(self) -> str:
        """Return them as one word for an address; empty when nothing was chosen."""
        return ".".join(f"{name}-{_half(weight)}" for name, weight in self.chosen.items())

    @classmethod
    def from_text(cls, text: str) -> "ChosenWeights":
        """Read an address; pieces that say nothing known are left out, for a link may be old or broken."""
        weights = {}
        for piece in text.split("."):
            said = _PIECE.fullmatch(piece)
            weight = int(said[2]) + (0.5 if said[3] else 0.0) if said else MAX_WEIGHT + 1
            if said and weight <= MAX_WEIGHT and said[1] in catalogue():
                weights[said[1]] = weight
        return cls(weights)


def _half(weight: float) -> str:
    return f"{weight:g}".replace(".", "_")


@cache
def balance_definition() -> BalanceDefinition:
    """Return the definition that ships with the product.

    Raises
    ------
    Refused
        When the file is wrong, with every problem at once.

    Examples
    --------
    >>> [str(dimension) for dimension in balance_definition().asks]
    ['composition', 'facilities', 'liveability']
    """
    return parse_balance_definition(tomllib.loads(FILE.read_text(encoding="utf-8")), catalogue())


def parse_balance_definition(said: Mapping[str, Any], known: Catalogue) -> BalanceDefinition:
    """Return the definition that a mapping says, held against the catalogue.

    Raises
    ------
    Refused
        When it is no definition of an index, or when an indicator is not in the catalogue, is restricted, stands in
        another dimension there, counts without a direction or with another one, or lacks its why or source.
    """
    parse_definition(said, FILE.name)
    findings = [
        Finding(Severity.REFUSE, f"{each['code']} {what}.", "Pas de definitie of de catalogus aan.", FILE.name)
        for each in said["indicator"]
        for what in _wrong(each, known)
    ]
    if findings:
        raise Refused(findings)
    counted = tuple(
        WeightedIndicator(
            known[each["code"]], float(each.get("weight", 1)), each["why"], each["source"], each.get("why_en", "")
        )
        for each in said["indicator"]
    )
    asks, asks_en = (
        {Dimension(group["code"]): group.get(key, "") for group in said["group"]} for key in ("why", "why_en")
    )
    return BalanceDefinition(
        said["title"], tuple(said["limits"]), asks, counted, tuple(said.get("limits_en", ())), asks_en
    )


def _wrong(each: Mapping[str, Any], known: Catalogue) -> Iterator[str]:
    indicator = known.get(each["code"])
    if indicator is None:
        yield "staat niet in de catalogus"
        return
    if indicator.restricted:
        yield "mag in geen index"
    if indicator.dimension != each["group"]:
        yield f"staat in de catalogus bij {indicator.dimension}"
    if each.get("weight", 1) and _TURNED.get(indicator.direction) != each.get("direction", 1):
        yield "telt mee met een andere richting dan in de catalogus"
    for key in ("why", "source"):
        if not each.get(key):
            yield f"heeft geen `{key}`"
