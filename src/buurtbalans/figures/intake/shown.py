"""What others see of counts: everything outward passes `protect`, with the totals that follow from the parts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from buurtbalans.figures.area.codes import AreaLevel, level_of, parent_of
from buurtbalans.figures.findings import Finding, refuse
from buurtbalans.figures.intake.counts import MINIMUM, Count, Key
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.history import Earlier
from buurtbalans.figures.protection.protect import protect
from buurtbalans.figures.protection.releases import Published
from buurtbalans.figures.protection.table import table

_CHAIN = (AreaLevel.BUURT, AreaLevel.WIJK, AreaLevel.GEMEENTE, AreaLevel.LAND)
_REST = "~"  # behind the code of an area: what its parts do not account for
Before = Sequence[tuple[str, Mapping[Key, Count], Mapping[Key, Count]]]  # name, real counts, what was shown


@dataclass
class Outward:
    """What others see of every count, and what stands out."""

    counts: dict[Key, Count] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def withheld(self) -> int:
        """Return how many counts others do not see."""
        return sum(count.value is None for count in self.counts.values())


def outward(counts: Mapping[Key, Count], before: Before = ()) -> Outward:
    """Return what others may see of counts.

    Parameters
    ----------
    counts
        The real counts, or the reasons why there are none.
    before
        What was shared earlier of the same figures, the oldest first.

    Raises
    ------
    Refused
        When earlier shared counts of the same figure and year were about other areas: then what is withheld there
        cannot be guarded.

    Notes
    -----
    Every figure of every year is a tree of its own: the areas that were delivered, the areas above them by their
    codes with what their parts add up to, and what a delivered total has beyond its delivered parts. Totals that
    nobody delivered are guarded but not shown. Areas outside the chain buurt, wijk, gemeente, land are withheld.

    Examples
    --------
    >>> keys = [Key("hulp", f"BU0363000{number}", 2025, 2025) for number in range(3)]
    >>> found = outward(dict(zip(keys, [Count(3), Count(40), Count(100)], strict=True)))
    >>> [str(count.absence or count.value) for count in found.counts.values()]
    ['too_few', 'protects_another', '100']
    """
    found = Outward()
    order = sorted(counts, key=lambda key: (key.indicator, key.period, key.division, key.area))
    for about, keys in groupby(order, key=lambda key: (key.indicator, key.period, key.division)):
        group = {key: counts[key] for key in keys}
        earlier = []
        for name, real, shown in before:
            same = {key: each for key, each in real.items() if (key.indicator, key.period, key.division) == about}
            if same:
                earlier.append((name, same, shown))
        _one(group, earlier, found)
    found.counts = {key: found.counts[key] for key in counts}
    return found


def _one(group: Mapping[Key, Count], before: Before, found: Outward) -> None:
    fitting = {key: count for key, count in group.items() if level_of(key.area) in _CHAIN}
    for key, count in group.items():
        found.counts[key] = Count(None, count.absence or Absence.NOT_SHARED)
    tree = _tree(fitting)
    if tree is None:
        return
    parents, values = tree
    made = table(parents, values)
    earlier = [_earlier(name, real, shown, parents) for name, real, shown in before]
    protected = protect(made, minimum=MINIMUM, earlier=earlier)
    found.findings += protected.findings
    cells = {made.areas[cell]: each for cell, each in enumerate(protected.cells)}
    for key, count in fitting.items():
        if count.value is not None:
            told = cells[key.area]
            found.counts[key] = Count(told.value, told.absence)


def _tree(counts: Mapping[Key, Count]) -> tuple[dict[str, str], dict[str, int]] | None:
    """Return the parents and the values of a tree with one top, or None when there is no value at all."""
    values = {key.area: count.value for key, count in counts.items() if count.value is not None}
    if not values:
        return None
    parents = _parents(values)
    below: dict[str, list[str]] = defaultdict(list)
    for area, above in parents.items():
        below[above].append(area)
    whole: dict[str, int] = {}
    for area in sorted(parents, key=lambda area: _CHAIN.index(level_of(area) or AreaLevel.LAND)):
        parts = sum(whole[child] for child in below[area])
        whole[area] = values.get(area, parts)
    for area in [area for area in values if below[area]]:
        rest = whole[area] - sum(whole[child] for child in below[area])
        if rest > 0:
            parents[f"{area}{_REST}"], whole[f"{area}{_REST}"] = area, rest
    return parents, whole


def _parents(areas: Mapping[str, int]) -> dict[str, str]:
    """Return the delivered areas and all above them, up to the one that holds them all."""
    chains = {area: _above(area) for area in areas}
    shared = set.intersection(*(set(chain) for chain in chains.values()))
    top = next(area for area in next(iter(chains.values())) if area in shared)
    parents = {top: ""}
    for chain in chains.values():
        inside = chain[: chain.index(top) + 1]
        parents |= {area: inside[place + 1] for place, area in enumerate(inside[:-1])}
    return parents


def _above(area: str) -> list[str]:
    chain = [area]
    while above := parent_of(chain[-1]):
        chain.append(above)
    return chain


def _earlier(name: str, real: Mapping[Key, Count], shown: Mapping[Key, Count], parents: Mapping[str, str]) -> Earlier:
    tree = _tree({key: count for key, count in real.items() if level_of(key.area) in _CHAIN})
    if tree is None or tree[0] != dict(parents):
        what = "U deelde dit cijfer eerder over andere gebieden."
        todo = "Lever dezelfde gebieden aan als toen. Anders zijn kleine aantallen te raden."
        raise refuse(what, todo)
    made = table(*tree)
    told = {key.area: count for key, count in shown.items() if key in real}
    cells = []
    for area in made.areas:
        count = told.get(area)
        hidden = Absence.PROTECTS_ANOTHER if tree[1][area] >= MINIMUM or tree[1][area] == 0 else Absence.TOO_FEW
        cells.append(Published(count.value, count.absence) if count else Published(None, hidden))
    return Earlier(name, made, cells)
