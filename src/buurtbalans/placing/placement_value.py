"""What placing a household is worth in the objective, whichever home it gets: the only module that knows these weights.

A new weight is one number under `[worth]` in `defaults.toml` and one component in the table below.
"""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import numpy as np

from buurtbalans.placing.case import Households, IntArray
from buurtbalans.placing.settings import Numbers

MAX_URGENCY: Final = 3


class Component(NamedTuple):
    """One component of the objective: the points of every household under some weights, and the most one can get."""

    points: Callable[[Households, Numbers], IntArray]
    maximum: Callable[[Numbers], int]


COMPONENTS: Final[Mapping[str, Component]] = {
    "place": Component(
        lambda households, worth: np.full(len(households.ids), worth["place"], dtype=np.int64),
        lambda worth: worth["place"],
    ),
    "urgency": Component(
        lambda households, worth: worth["urgency"] * (households.urgency - 1),
        lambda worth: worth["urgency"] * (MAX_URGENCY - 1),
    ),
    "waiting": Component(
        lambda households, worth: worth["week"] * np.minimum(households.weeks, worth["weeks_most"]),
        lambda worth: worth["week"] * worth["weeks_most"],
    ),
}


def placement_values(households: Households, worth: Numbers) -> dict[str, IntArray]:
    """Points for placing each household, per component of the objective.

    Parameters
    ----------
    households
        The households of a case.
    worth
        The weights: the table `[worth]` of the settings.

    Returns
    -------
    dict
        Per component an array of whole points with the length of the households.
    """
    return {
        name: np.asarray(component.points(households, worth), dtype=np.int64) for name, component in COMPONENTS.items()
    }


def max_placement_value(worth: Numbers) -> int:
    """Highest number of points that placing one household can give, without fit and spread.

    >>> max_placement_value({"place": 100, "urgency": 10, "week": 2, "weeks_most": 5})
    130
    """
    return sum(component.maximum(worth) for component in COMPONENTS.values())
