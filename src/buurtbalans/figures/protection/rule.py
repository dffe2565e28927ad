"""The disclosure rule: how many must be behind a figure, and how it is rounded."""

from dataclasses import dataclass, replace

from buurtbalans.figures.catalogue.indicator import Indicator


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
        >>> DisclosureRule(minimum_frequency=10).for_indicator(catalogue()["lonely_65_plus"])
        DisclosureRule(minimum_frequency=30, minimum_population=30, rounding_base=1)
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
