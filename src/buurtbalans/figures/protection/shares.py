"""Shares and rates of a partner: shown only where the part and its remainder both pass, and made anew from the part."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from buurtbalans.figures.protection.chain import REST, filled, tree_of
from buurtbalans.figures.protection.insider import all_safe, insiders
from buurtbalans.figures.protection.table import table
from buurtbalans.figures.protection.wider import rounded


@dataclass(frozen=True)
class Shares:
    """Shares of one figure and year.

    Attributes
    ----------
    values : area → the share.
    bases : area → of how many.
    per : 100 for shares, 1000 for rates.
    remainder : whether those outside the part are people too, who may not be found either.
    """

    values: Mapping[str, float]
    bases: Mapping[str, float]
    per: int
    remainder: bool = True

    def part(self, area: str) -> int:
        """Return how many a share is."""
        return min(round(self.values[area] * self.bases[area] / self.per), round(self.bases[area]))

    def withheld(
        self, minimum: int, hidden: Collection[str] = (), suppliers: Mapping[str, str] | None = None
    ) -> set[str]:
        """Return the areas whose share is withheld.

        Parameters
        ----------
        minimum
            Parts and remainders of 1 … minimum − 1 are small.
        hidden
            Areas that are withheld anyway.
        suppliers
            Area → who counted it.

        Examples
        --------
        >>> values = {"BU03630000": 3.0, "BU03630001": 40.0, "BU03630002": 50.0}
        >>> sorted(Shares(values, dict.fromkeys(values, 100.0), 100).withheld(20))
        ['BU03630000', 'BU03630001']
        """
        made = tree_of({area: round(base) for area, base in self.bases.items()})
        if made is None:
            return set()
        parents, wholes = made
        parts = filled(parents, {area: self.part(area) for area in self.values})
        tables = [table(parents, parts)]
        own: dict[str, dict[str, int]] = {}
        for area, who in (suppliers or {}).items():
            if area not in parents.values():
                own.setdefault(who, {})[area] = parts[area]
        tables += insiders(tables[0], own)
        if self.remainder:
            rest = {area: wholes[area] - parts[area] for area in parents}
            leaves = {area: max(0, left) for area, left in rest.items() if area not in set(parents.values())}
            tables.append(table(parents, _summed(parents, leaves)))
        must = [area in hidden for area in tables[0].areas]
        found = all_safe(tables, minimum, must)
        return {area for area, kept in zip(tables[0].areas, found, strict=True) if kept and not area.endswith(REST)}


def _summed(parents: Mapping[str, str], leaves: Mapping[str, int]) -> dict[str, int]:
    counts = dict.fromkeys(parents, 0)
    for leaf, count in leaves.items():
        area = leaf
        while area:
            counts[area] += count
            area = parents[area]
    return counts


def share(shares: Shares, area: str, base: float, step: int) -> float:
    """Return a share as it may be shown: of the rounded part, and never nobody or everybody.

    Parameters
    ----------
    base
        Of how many, as it is shown itself.
    step
        The part is rounded to a multiple of this.

    Examples
    --------
    >>> asked = Shares({"A": 41.3, "B": 100.0}, {"A": 150.0, "B": 200.0}, 100)
    >>> share(asked, "A", 150.0, 5), share(asked, "B", 200.0, 5)
    (40.0, 97.5)
    """
    found = rounded(shares.part(area), step) / base * shares.per
    if not shares.remainder:
        return found
    edge = step / base * shares.per
    return min(max(found, edge), shares.per - edge)
