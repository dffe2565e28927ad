"""The fewest counts to withhold in sums that cross, as a choice of yes or no for each count, by integer programming."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
from scipy.sparse import csr_array  # type: ignore[import-untyped]

from buurtbalans.figures.protection.suppress import VALUES
from buurtbalans.figures.protection.table import Sum

_NODES: Final = 200  # of the search; a number and no clock, so that the same counts give the same choice
_GAP: Final = 0.005  # of the cost: less than one cell in a small table
Coefficients = dict[int, int]  # cell → how often its choice counts in an inequality


def minimal_suppression(
    sums: Iterable[Sum], counts: Sequence[int], must: Sequence[bool], top: int, near: Iterable[Iterable[int]]
) -> list[bool] | None:
    """Return which counts to withhold so that no sum gives one away by itself, or None when that cannot be found.

    Parameters
    ----------
    sums, counts
        What adds up, and the counts of all cells.
    must
        Cells that are withheld anyway.
    top
        The total of all, which is shown unless it must be withheld.
    near
        Groups of cells of which at least one is withheld too.

    Examples
    --------
    A row of three counts and their total; the small one needs one beside it, the smallest that leaves room:

    >>> minimal_suppression([Sum(0, (1, 2, 3))], [62, 2, 10, 50], [False, True, False, False], 0, [])
    [False, True, True, False]
    """
    constraints = _constraints(sums, counts, near)
    if constraints is None:
        return list(must)
    upper = [kept or (count > 0 and cell != top) for cell, (kept, count) in enumerate(zip(must, counts, strict=True))]
    solution = milp(
        [_cost(count) for count in counts],
        integrality=np.ones(len(counts)),
        bounds=Bounds(np.array(must, float), np.array(upper, float)),
        constraints=constraints,
        options={"node_limit": _NODES, "mip_rel_gap": _GAP},
    )
    return None if solution.x is None else [bool(value > 0.5) for value in solution.x]


def _constraints(sums: Iterable[Sum], counts: Sequence[int], near: Iterable[Iterable[int]]) -> LinearConstraint | None:
    """Return what the choices must meet: one of each group, and all that the sums ask; None when that is nothing."""
    covers: list[Coefficients] = [dict.fromkeys(group, 1) for group in near]
    protections = [coefficients for total_sum in sums for coefficients in _protections(total_sum, counts)]
    inequalities = covers + protections
    if not inequalities:
        return None
    entries = [(at, cell, times) for at, terms in enumerate(inequalities) for cell, times in terms.items()]
    at, cell, times = (np.array(part) for part in zip(*entries, strict=True))
    matrix = csr_array((times, (at, cell)), shape=(len(inequalities), len(counts)))
    return LinearConstraint(matrix, np.array([1] * len(covers) + [0] * len(protections)), np.inf)


def _cost(count: int) -> int:
    """Return what withholding costs: the number of cells first, then how large they are (in binary digits)."""
    return 64 + count.bit_length()


def _protections(each: Sum, counts: Mapping[int, int] | Sequence[int]) -> Iterable[Coefficients]:
    """Yield sums of choices that are at least 0: a withheld count is never alone, and has room beside it."""
    parts = [cell for cell in each.parts if counts[cell]]
    if not parts:
        return
    yield {**dict.fromkeys(parts, 1), each.total: -1}
    room = VALUES - 1
    for cell in parts:
        yield {**dict.fromkeys(parts, 1), each.total: 1, cell: -1}
        others = {other: min(counts[other] - 1, room) for other in parts}
        yield {**others, each.total: room, cell: others[cell] - room}
