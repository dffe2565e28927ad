"""Shares and rates of a partner: published only where the part and its complement both pass the frequency rule."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from buurtbalans.figures.protection.chain import REST, filled, tree_of
from buurtbalans.figures.protection.insider import all_safe, insiders
from buurtbalans.figures.protection.table import table


@dataclass(frozen=True)
class Shares:
    """The shares of one figure in one year.

    Attributes
    ----------
    values : area → the share.
    populations : area → how many people the share is of.
    per : 100 for shares, 1000 for rates.
    has_complement : whether the people outside the part must be protected as well.
    """

    values: Mapping[str, float]
    populations: Mapping[str, float]
    per: int
    has_complement: bool = True

    def part(self, area: str) -> int:
        """Return how many people the share of an area counts."""
        return min(round(self.values[area] * self.populations[area] / self.per), round(self.populations[area]))

    def suppressed(
        self, minimum: int, withheld: Collection[str] = (), suppliers: Mapping[str, str] | None = None
    ) -> set[str]:
        """Return the areas whose share is suppressed.

        Parameters
        ----------
        minimum
            Parts and complements of 1 … minimum − 1 are small.
        withheld
            Areas that are withheld anyway.
        suppliers
            Area → who counted it.

        Examples
        --------
        >>> values = {"BU03630000": 3.0, "BU03630001": 40.0, "BU03630002": 50.0}
        >>> sorted(Shares(values, dict.fromkeys(values, 100.0), 100).suppressed(20))
        ['BU03630000', 'BU03630001']
        """
        tree = tree_of({area: round(population) for area, population in self.populations.items()})
        if tree is None:
            return set()
        parents, totals = tree
        parts = filled(parents, {area: self.part(area) for area in self.values})
        part_table = table(parents, parts)
        tables = [part_table, *insiders(part_table, _parts_of_suppliers(suppliers or {}, parents, parts))]
        if self.has_complement:
            tables.append(table(parents, _complements(parents, totals, parts)))
        pattern = all_safe(tables, minimum, [area in withheld for area in part_table.areas])
        pairs = zip(part_table.areas, pattern, strict=True)
        return {area for area, is_suppressed in pairs if is_suppressed and not area.endswith(REST)}


def _parts_of_suppliers(
    suppliers: Mapping[str, str], parents: Mapping[str, str], parts: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """Return for every supplier what it counted in the areas without parts."""
    inner = set(parents.values())
    parts_of: dict[str, dict[str, int]] = {}
    for area, supplier in suppliers.items():
        if area not in inner:
            parts_of.setdefault(supplier, {})[area] = parts[area]
    return parts_of


def _complements(parents: Mapping[str, str], totals: Mapping[str, int], parts: Mapping[str, int]) -> dict[str, int]:
    """Return how many people are outside the part, added up from the areas without parts."""
    counts = dict.fromkeys(parents, 0)
    for leaf in set(parents) - set(parents.values()):
        area = leaf
        while area:
            counts[area] += max(0, totals[leaf] - parts[leaf])
            area = parents[area]
    return counts
