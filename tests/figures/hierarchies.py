"""Random trees of counts to protect, with shapes that are known to be hard, and random corrections of them."""

import random
from collections.abc import Callable
from typing import Final

from buurtbalans.figures.protection.table import Table, table

Parents = dict[str, str]
Counts = dict[str, int]

DRAWS: Final[list[Callable[[random.Random], int]]] = [
    lambda chance: int(chance.expovariate(1 / 20)),
    lambda chance: int(chance.expovariate(1 / 60)),
    lambda chance: int(chance.lognormvariate(3, 1.3)),
    lambda chance: chance.choice([0, 0, 1, 1, 2, 3]),
    lambda chance: chance.choice([0, 1, 9, 10, 11]),
    lambda chance: chance.choice([0, 2, 8, 500]),
]
HARD: Final[list[Counts]] = [
    {"A": 1, "B": 1, "C": 1, "D": 1, "E": 1, "F": 1},
    {"A": 1, "B": 1, "C": 1, "D": 1, "E": 1, "F": 1, "G": 1, "H": 1, "I": 1, "J": 1},
    {"A": 9, "B": 9},
    {"A": 9, "B": 9, "C": 9},
    {"A": 3},
    {"A": 12},
    {"A": 1, "B": 1_000},
    {"A": 3, "B": 12},
    {"A": 2, "B": 10},
    {"A": 1, "B": 10, "C": 10},
    {"A": 0, "B": 0, "C": 0},
    {"A": 0, "B": 4, "C": 0},
    {"A": 5, "B": 5},
    {"A": 5, "B": 1, "C": 0, "D": 0},
]


def filled(parents: Parents, leaves: Counts) -> Counts:
    """Return the counts of all areas, from those of the leaves."""
    counts = dict.fromkeys(parents, 0)
    for leaf, count in leaves.items():
        area = leaf
        while area:
            counts[area] += count
            area = parents[area]
    return counts


def leaves_of(parents: Parents) -> list[str]:
    """Return the areas that are nobody's parent."""
    return sorted(set(parents) - set(parents.values()))


def tree(chance: random.Random, depth: int, width: int) -> Parents:
    """Return a random tree; now and then a chain of one child."""
    parents = {"A": ""}
    level = ["A"]
    for step in range(depth):
        below = []
        for area in level:
            if step and chance.random() < 0.15:
                continue
            for number in range(1 if chance.random() < 0.15 else chance.randint(1, width)):
                below.append(f"{area}{number:02d}")
                parents[below[-1]] = area
        level = below
    return parents


def hierarchy(seed: int) -> tuple[Parents, Counts]:
    """Return a random tree with counts; the same seed gives the same."""
    chance = random.Random(seed)
    parents = tree(chance, chance.randint(1, 3), chance.randint(2, 6))
    draw = chance.choice(DRAWS)
    return parents, filled(parents, {leaf: draw(chance) for leaf in leaves_of(parents)})


def hard(number: int, above: int) -> tuple[Parents, Counts]:
    """Return a hard family below `above` areas of one child, beside a family with plenty when `above` is 2."""
    family = HARD[number]
    parents, top = {"T": ""}, "T"
    for step in range(above):
        parents[f"S{step}"], top = top, f"S{step}"
    parents |= dict.fromkeys(family, top)
    more = {}
    if above == 2:
        parents |= {"P": "T", "P1": "P", "P2": "P", "P3": "P"}
        more = {"P1": 40, "P2": 55, "P3": 70}
    return parents, filled(parents, family | more)


def correction(chance: random.Random, parents: Parents, counts: Counts) -> Counts:
    """Return counts of which some leaves were corrected."""
    leaves = {leaf: counts[leaf] for leaf in leaves_of(parents)}
    for leaf in chance.sample(sorted(leaves), max(1, len(leaves) // 6)):
        leaves[leaf] = max(0, leaves[leaf] + chance.choice([-30, -12, -4, -1, 1, 3, 8, 15, 60]))
    return filled(parents, leaves)


def as_table(parents: Parents, counts: Counts) -> Table:
    """Return what the gate takes."""
    return table(parents, counts)
