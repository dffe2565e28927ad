"""The tree of areas behind loose figures: those that are there, all above them by their codes, and the remainder."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from buurtbalans.figures.area.codes import AreaLevel, code_with_ancestors, level_of

CHAIN: Final = (AreaLevel.BUURT, AreaLevel.WIJK, AreaLevel.GEMEENTE, AreaLevel.LAND)
REST: Final = "~"  # behind the code of an area: what its parts do not account for


def tree_of(values: Mapping[str, int]) -> tuple[dict[str, str], dict[str, int]] | None:
    """Return the parents and the counts of a tree with one top, or None when there is no count at all.

    A total that is less than its parts (shares that were rounded) is taken to be its parts.

    Parameters
    ----------
    values
        Area → count, only areas of the chain buurt, wijk, gemeente, land.

    Examples
    --------
    >>> tree_of({"WK036300": 60, "BU03630000": 17, "BU03630001": 40})[1]
    {'BU03630000': 17, 'BU03630001': 40, 'WK036300': 60, 'WK036300~': 3}
    """
    if not values:
        return None
    parents = _parents(values)
    children = _children(parents)
    whole: dict[str, int] = {}
    for area in sorted(parents, key=lambda area: CHAIN.index(level_of(area) or AreaLevel.LAND)):
        parts = sum(whole[child] for child in children[area])
        whole[area] = max(values.get(area, parts), parts)
    for area in [area for area in values if children[area]]:
        rest = whole[area] - sum(whole[child] for child in children[area])
        if rest > 0:
            parents[f"{area}{REST}"], whole[f"{area}{REST}"] = area, rest
    return parents, whole


def filled(parents: Mapping[str, str], values: Mapping[str, int]) -> dict[str, int]:
    """Return a second count for the areas of a tree; what has no value of its own is what its parts are.

    Parameters
    ----------
    parents
        A tree of `tree_of`.
    values
        Area → count, such as how many of the people in it.

    Examples
    --------
    >>> parents = tree_of({"WK036300": 60, "BU03630000": 17, "BU03630001": 40})[0]
    >>> filled(parents, {"WK036300": 20, "BU03630000": 7, "BU03630001": 11})["WK036300~"]
    2
    """
    children = _children(parents)
    counts: dict[str, int] = {}
    for area in sorted(parents, key=lambda area: CHAIN.index(level_of(area) or AreaLevel.BUURT)):
        if area.endswith(REST):
            continue
        parts = sum(counts[child] for child in children[area] if not child.endswith(REST))
        left = f"{area}{REST}"
        counts[area] = parts if children[area] else values.get(area, 0)
        if left in parents:
            counts[area] = max(parts, values.get(area, parts))
            counts[left] = counts[area] - parts
    return counts


def _children(parents: Mapping[str, str]) -> Mapping[str, list[str]]:
    """Return for every area its children, none for a leaf."""
    children: dict[str, list[str]] = defaultdict(list)
    for area, parent in parents.items():
        children[parent].append(area)
    return children


def _parents(areas: Mapping[str, int]) -> dict[str, str]:
    """Return the areas and all above them, up to the one that holds them all."""
    chains = {area: code_with_ancestors(area) for area in areas}
    shared = set.intersection(*(set(chain) for chain in chains.values()))
    top = next(area for area in next(iter(chains.values())) if area in shared)
    parents = {top: ""}
    for chain in chains.values():
        inside = chain[: chain.index(top) + 1]
        parents |= {area: inside[place + 1] for place, area in enumerate(inside[:-1])}
    return parents
