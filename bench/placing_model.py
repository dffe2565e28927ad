"""The whole placing as a model for HiGHS: pairs, what lives in each area and its costs, and agreements at a price."""

import numpy as np
from scipy.sparse import coo_array, csr_array  # type: ignore[import-untyped]

from buurtbalans.placing.agreements import guided, owned
from buurtbalans.placing.case import NO_INDEX, Case
from buurtbalans.placing.load import under
from buurtbalans.placing.pairs import Pairs, Wishes, find_pairs


def posed_whole(case: Case) -> "tuple[Model, int]":
    """Return the model of a case over all its pairs, and how many these are: its first columns, whole numbers."""
    pairs, model = find_pairs(case, Wishes()), Model()
    household, home = pairs.household.astype(np.int64), pairs.home.astype(np.int64)
    group, area = case.households.group[household], case.homes.area[home]
    model.columns(-pairs.worth.astype(float), 1.0)
    for side in (household, home):
        model.rows(side, np.ones(len(side)), most=1.0)
    loads = np.append(case.groups.load, 1.0)[group]
    first = model.columns(np.zeros(len(case.areas.codes)), np.inf)  # what lives in an area and all below it
    at = model.rows(area, loads, many=len(case.areas.codes), least=0.0, most=0.0)
    below = np.flatnonzero(case.areas.parent != NO_INDEX)
    model.cells(at + case.areas.parent[below], first + below, 1.0)
    model.cells(at + np.arange(len(case.areas.codes)), first + np.arange(len(case.areas.codes)), -1.0)
    _spread(model, case, first)
    _agreed(model, case, pairs)
    return model, len(household)


def _spread(model: "Model", case: Case, first: int) -> None:
    """Add the costs of the areas, segment by segment, up to their ceilings."""
    spread = case.settings.spread
    for place in np.flatnonzero(~np.isnan(case.areas.headroom)):
        ends = [int(np.floor(part * max(1.0, case.areas.headroom[place]) + 1e-9)) for part in spread["bounds"]]
        ends[-1] = max(1, ends[-1])
        steps = model.columns(np.array(spread["costs"], float), np.diff([0, *ends]).astype(float))
        row = model.row(most=0.0)
        model.cells(np.array([row]), np.array([first + place]), 1.0)
        model.cells(np.full(len(ends), row), steps + np.arange(len(ends)), -1.0)


def _agreed(model: "Model", case: Case, pairs: Pairs) -> None:
    """Add quotas, shares and capacity, each of which may be missed at its price."""
    household, home = pairs.household.astype(np.int64), pairs.home.astype(np.int64)
    group, area, inside = case.households.group[household], case.homes.area[home], under(case.areas)
    quota = case.settings.quota
    for number in range(len(case.groups.codes)):
        own = np.flatnonzero(group == number)
        model.soft(own, 1.0, float(quota["below"]), least=float(case.groups.minimum[number]))
        model.soft(own, -1.0, float(quota["above"]), most=float(case.groups.maximum[number]))
    for code, least in case.shares.items():
        model.soft(np.flatnonzero(owned(case, code)[home]), 1.0, float(quota["share"]), least=float(least))
    for (code, where), most in case.capacity.items():
        there = inside[where][area] & guided(case, code)[household]
        model.soft(np.flatnonzero(there), -1.0, float(quota["capacity"]), most=float(most))


class Model:
    """A model as scipy wants it, filled piece by piece; columns cost something and have a limit."""

    def __init__(self) -> None:
        self.costs: list[np.ndarray] = []
        self.limits: list[np.ndarray] = []
        self.found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        self.ends: tuple[list[float], list[float]] = [], []
        self.count = 0

    def columns(self, costs: np.ndarray, limits: float | np.ndarray) -> int:
        """Add columns and return the first."""
        self.costs.append(costs)
        self.limits.append(np.broadcast_to(limits, costs.shape))
        self.count += len(costs)
        return self.count - len(costs)

    def row(self, *, least: float = -np.inf, most: float = np.inf) -> int:
        """Add a row and return it."""
        self.ends[0].append(least)
        self.ends[1].append(most)
        return len(self.ends[0]) - 1

    def rows(self, of: np.ndarray, values: np.ndarray, *, many: int = 0, least: float = -np.inf, most: float) -> int:
        """Add a row for every number that the pairs are `of`, and return the first."""
        first = len(self.ends[0])
        for _ in range(max(many, int(of.max()) + 1)):
            self.row(least=least, most=most)
        self.cells(first + of, np.arange(len(of)), values)
        return first

    def soft(
        self, pairs: np.ndarray, slack: float, cost: float, *, least: float = -np.inf, most: float = np.inf
    ) -> None:
        """Add a row over pairs that may be missed at a cost."""
        row = self.row(least=least, most=most)
        self.cells(np.full(len(pairs), row), pairs, 1.0)
        self.cells(np.array([row]), np.array([self.columns(np.array([cost]), np.inf)]), slack)

    def cells(self, rows: np.ndarray, columns: np.ndarray, values: float | np.ndarray) -> None:
        """Fill cells."""
        self.found.append((rows, columns, np.broadcast_to(values, rows.shape)))

    def ready(self) -> tuple[csr_array, np.ndarray, np.ndarray]:
        """Return the matrix, the costs and the limits."""
        rows, columns, values = (np.concatenate(parts) for parts in zip(*self.found, strict=True))
        matrix = coo_array((values, (rows, columns)), shape=(len(self.ends[0]), self.count)).tocsr()
        return matrix, np.concatenate(self.costs), np.concatenate(self.limits)
