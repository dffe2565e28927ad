"""Figures that rest on people, homes or answers: withheld where too few are behind them, also behind differences."""

from collections.abc import Collection, Mapping

from buurtbalans.figures.protection.chain import tree_of
from buurtbalans.figures.protection.table import Table, table


def suppressed_by_population(bases: Mapping[str, int], minimum: int, gone: Collection[str] = ()) -> set[str]:
    """Return the areas whose mean, share or rate is withheld.

    Somebody who has the figure of a whole and of all its parts but one can work out the one that is missing. So of a
    whole that is shown at least two parts are missing, or none, and together the missing ones rest on the minimum.

    Parameters
    ----------
    bases
        Area → how many are behind its figure; areas of the chain buurt, wijk, gemeente, land.
    minimum
        With fewer behind it a figure is withheld.
    gone
        What was withheld before stays withheld.

    Examples
    --------
    >>> sorted(suppressed_by_population({"WK036300": 300, "BU03630000": 20, "BU03630001": 80, "BU03630002": 200}, 50))
    ['BU03630000', 'BU03630001']
    """
    made = tree_of(bases)
    if made is None:
        return set()
    search = _Resting(table(*made), minimum)
    withheld = search.withheld
    withheld |= {place for place, area in enumerate(search.tree.areas) if area in gone}
    withheld |= {place for place, area in enumerate(search.tree.areas) if bases.get(area, minimum) < minimum}
    search.complete()
    return {search.tree.areas[place] for place in withheld} & set(bases)


class _Resting:
    """The search: `withheld` grows until no difference rests on too few."""

    def __init__(self, tree: Table, minimum: int) -> None:
        self.tree, self.minimum = tree, minimum
        self.withheld = {
            area for area in tree.order if not tree.children[area] and 0 < tree.counts[area] < minimum
        }  # what is left over without an area of its own counts as a part too

    def complete(self) -> None:
        """Withhold more until all holds."""
        while (lead := next((area for area in self.tree.order if not self._holds(area)), None)) is not None:
            free = [area for area in self._group(lead)[1] if self.tree.counts[area]]
            self.withheld.add(min(free, key=lambda area: (self.tree.counts[area], area)) if free else lead)

    def _holds(self, lead: int) -> bool:
        """Return whether what is missing below a shown area, or below all, is enough together."""
        children = [child for child in self.tree.children[lead] if self.tree.counts[child]]
        if lead in self.withheld:
            return not children or any(child in self.withheld for child in children)
        missing = [self.tree.counts[area] for area in self._group(lead)[0]]
        return not any(missing) or (len(missing) > 1 and sum(missing) >= self.minimum)

    def _group(self, lead: int) -> tuple[list[int], list[int]]:
        """Return the missing ends below an area, and what is shown beside them."""
        missing, shown, waiting = [], [], list(self.tree.children[lead])
        while waiting:
            area = waiting.pop()
            if area not in self.withheld:
                shown.append(area)
            elif self.tree.children[area]:
                waiting.extend(self.tree.children[area])
            else:
                missing.append(area)
        return missing, shown
