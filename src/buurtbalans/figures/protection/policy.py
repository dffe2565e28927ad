"""The disclosure rules: how many must be behind a figure, and how it is rounded, per source, supplier and audience."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from buurtbalans.figures.catalogue.indicator import Indicator, SourceKind


class Audience(StrEnum):
    """Who sees a figure, from narrow to wide; a wider audience has a stricter rule."""

    OWN = "own"
    CORE = "core"
    RING = "ring"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """What statistical disclosure control requires of a figure (Hundepool et al., 2012, chapters 3 and 4).

    Attributes
    ----------
    minimum_frequency : the frequency rule: counts of 1 … minimum_frequency − 1 are small, also the part behind a share.
    minimum_population : people, homes or answers that a share, rate or mean must rest on.
    rounding_base : published counts are rounded to a multiple of this; 1 publishes them as they are.
    """

    minimum_frequency: int = 1
    minimum_population: int = 1
    rounding_base: int = 1

    def for_indicator(self, indicator: Indicator) -> "DisclosureRule":
        """Return the rule with the indicator's own minimum where that is stricter.

        Examples
        --------
        >>> from buurtbalans.figures.catalogue.reader import catalogue
        >>> disclosure_rule(SourceKind.SURVEY, Audience.PUBLIC).for_indicator(catalogue()["lonely_65_plus"])
        DisclosureRule(minimum_frequency=50, minimum_population=50, rounding_base=1)
        """
        return replace(
            self,
            minimum_frequency=max(self.minimum_frequency, indicator.minimum),
            minimum_population=max(self.minimum_population, indicator.minimum),
        )

    def is_small(self, count: float) -> bool:
        """Whether a count is disclosive by the frequency rule; zero is not."""
        return 0 < count < self.minimum_frequency

    def round_count(self, count: int) -> int:
        """Return a count rounded to the nearest multiple of the rounding base; a half goes up, as at Statistics Netherlands.

        Examples
        --------
        >>> rule = DisclosureRule(rounding_base=5)
        >>> [rule.round_count(count) for count in (0, 12, 13, 40)], DisclosureRule().round_count(41)
        ([0, 10, 15, 40], 41)
        """
        return (count + self.rounding_base // 2) // self.rounding_base * self.rounding_base

    def round_share(self, part: int, population: float, per: int, *, has_complement: bool) -> float:
        """Return the share of a rounded part in a population.

        Parameters
        ----------
        part
            How many people the share counts.
        population
            How many people there are, as published itself.
        per
            100 for shares, 1000 for rates.
        has_complement
            Whether the people outside the part must be protected too: then the share is never 0 or 100 %.

        Examples
        --------
        >>> rule = DisclosureRule(rounding_base=5)
        >>> rule.round_share(62, 150.0, 100, has_complement=True), rule.round_share(200, 200.0, 100, has_complement=True)
        (40.0, 97.5)
        """
        share = self.round_count(part) / population * per
        if not has_complement:
            return share
        margin = self.rounding_base / population * per
        return min(max(share, margin), per - margin)


Rules = Mapping[Audience, DisclosureRule]

SOURCE_RULES: Final[Mapping[SourceKind, Rules]] = {
    # What a publisher published is as public as it will ever be: it passes as published.
    SourceKind.PUBLISHED: {audience: DisclosureRule() for audience in Audience},
    SourceKind.PARTNER: {
        Audience.OWN: DisclosureRule(),
        Audience.CORE: DisclosureRule(minimum_frequency=10, minimum_population=10),
        Audience.RING: DisclosureRule(minimum_frequency=10, minimum_population=10, rounding_base=5),
        Audience.PUBLIC: DisclosureRule(minimum_frequency=20, minimum_population=20, rounding_base=5),
    },
    SourceKind.SURVEY: {
        Audience.OWN: DisclosureRule(),
        Audience.CORE: DisclosureRule(minimum_frequency=20, minimum_population=20),
        Audience.RING: DisclosureRule(minimum_frequency=30, minimum_population=30),
        Audience.PUBLIC: DisclosureRule(minimum_frequency=50, minimum_population=50),
    },
}
# A supplier (by the name of its organisation) that agreed on rules of its own; they replace those of its kind of source.
SUPPLIER_RULES: Final[dict[str, Rules]] = {}


def disclosure_rule(kind: SourceKind, audience: Audience, suppliers: Iterable[str] = ()) -> DisclosureRule:
    """Return the rule for figures of a kind of source before an audience.

    Parameters
    ----------
    kind
        What kind of source the figures are from.
    audience
        Who will see them.
    suppliers
        The organisations that counted them, where these are known: the strictest of their rules holds.

    Examples
    --------
    >>> disclosure_rule(SourceKind.PARTNER, Audience.PUBLIC)
    DisclosureRule(minimum_frequency=20, minimum_population=20, rounding_base=5)
    >>> disclosure_rule(SourceKind.PUBLISHED, Audience.PUBLIC).minimum_frequency
    1
    """
    standard = SOURCE_RULES[kind][audience]
    if kind is SourceKind.PUBLISHED:
        return standard
    rules = [SUPPLIER_RULES.get(supplier, {}).get(audience, standard) for supplier in suppliers] or [standard]
    return DisclosureRule(
        minimum_frequency=max(rule.minimum_frequency for rule in rules),
        minimum_population=max(rule.minimum_population for rule in rules),
        rounding_base=max(rule.rounding_base for rule in rules),
    )


def disclosure_rules(kind: SourceKind, suppliers: Iterable[str] = ()) -> dict[Audience, DisclosureRule]:
    """Return the rule of every audience for figures of a kind of source; see `disclosure_rule`."""
    suppliers = list(suppliers)
    return {audience: disclosure_rule(kind, audience, suppliers) for audience in Audience}
