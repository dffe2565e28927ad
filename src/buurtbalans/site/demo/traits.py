"""What the buurten of the invented town are like: a few traits per buurt from which all its figures follow."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Buurten of which the tour and the rounds tell something: name -> trait -> value, in standard deviations of the town.
KNOWN: dict[str, dict[str, float]] = {
    "Weverskwartier": {"young": 1.1, "income": -0.8, "bond": 0.9, "evening": -2.1, "central": 0.9, "rented": 1.0},
    "Rietoever": {"young": -0.3, "income": 0.1, "bond": 0.2, "rented": 0.4, "central": -0.9},
    "Oude Werf": {"young": -0.9, "income": -0.4, "bond": -0.6, "rented": 0.8},
    "Stationsbuurt": {"central": 1.8, "bond": -1.6, "evening": -1.5, "young": 1.2},
    "Componisten": {"bond": -1.8, "evening": -0.9, "rented": 1.1},
    "Wilgenbos": {"bond": -1.6, "income": -0.7},
    "Vogelweide": {"bond": -1.5, "rented": 1.3, "income": -1.2},
    "Zeildoek": {"bond": -1.3, "central": 1.4},
    "Bloemhof": {"bond": -1.3, "income": -0.6},
    "Molenveld": {"bond": 2.0, "income": 1.1},
    "Kievit": {"bond": 1.7, "income": 0.8},
    "Scheepmakers": {"bond": 1.6},
}
SMALL = frozenset({"Het Eiland", "Lageveen", "Haagbeuk"})  # so few people that survey figures are withheld


@dataclass(frozen=True, slots=True)
class Traits:
    """Standardised traits, one number per buurt; `households` is a count."""

    names: tuple[str, ...]
    households: Numbers
    hectares: Numbers
    young: Numbers
    income: Numbers
    bond: Numbers
    evening: Numbers
    central: Numbers
    rented: Numbers


def traits(names: Sequence[str], hectares: Numbers, near_station: Numbers, seed: int) -> Traits:
    """Return the traits of the buurten.

    Parameters
    ----------
    names
        The buurten; those in `KNOWN` get what the demo tells of them.
    hectares, near_station
        Size, and nearness to the station in standard deviations, one per buurt.
    seed
        The same seed gives the same town.
    """
    random = np.random.default_rng(seed)
    size = len(names)
    households = np.round(hectares * random.uniform(18, 42, size) * (1 + 0.25 * near_station.clip(-1, 2)))
    drawn = {
        "young": 0.5 * near_station + random.normal(0, 0.8, size),
        "income": random.normal(0, 0.9, size),
        "bond": -0.35 * near_station + random.normal(0, 0.75, size),
        "evening": -0.45 * near_station + random.normal(0, 0.5, size),
        "central": near_station,
    }
    drawn["rented"] = -0.6 * drawn["income"] + 0.3 * near_station + random.normal(0, 0.6, size)
    for at, name in enumerate(names):
        for trait, value in KNOWN.get(name, {}).items():
            drawn[trait][at] = value
        if name in SMALL:
            households[at] = 100 + at % 40
        elif name == "Weverskwartier":
            households[at] = 1460
    return Traits(names=tuple(names), households=households.clip(60, 2600), hectares=hectares, **drawn)


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one year: a number per buurt, and the weight with which it adds up to wijk and town."""

    values: Numbers
    weights: Numbers | None = None  # None: a count, which is summed
