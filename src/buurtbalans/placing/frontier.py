"""Other plans beside the advice: what the best becomes when areas, or the group that fits least, come first.

Every plan places with the same hard rules. Each has a goal of its own, how far it gets there, and how far any could.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from ortools.graph.python import max_flow

from buurtbalans.figures import output
from buurtbalans.placing.advice import Advice, Outcome, ProgressCallback, outcome, program, with_locks
from buurtbalans.placing.case import NO_INDEX, IntArray
from buurtbalans.placing.full_model import solve_full
from buurtbalans.placing.load import ROUNDING, Room, loads, weights
from buurtbalans.placing.network import solve
from buurtbalans.placing.pairs import Pairs
from buurtbalans.placing.report import DIGITS, told
from buurtbalans.placing.worst_group import highest, lowest

LOADS: Final = 10_000  # of one area that are tried
RAISED: Final = 5  # times that the worth of a placement is raised to place as many
TRIED: Final = 2  # ceilings where no network says which one holds
NOUGHT: Final = 1e-9
WORDS: Final[Mapping[str, str]] = {
    "best": "Alles samen het beste: plaatsen, wat past, en de ruimte van de gebieden.",
    "lowest_overload": "Evenveel huishoudens een woning, en het volste gebied zo weinig mogelijk boven zijn ruimte.",
    "within_headroom": "Geen enkel gebied boven zijn ruimte, ook als er dan minder huishoudens een woning krijgen.",
    "worst_group_fit": "Dezelfde huishoudens een woning, en de groep die het minst past, past zo goed als kan.",
}


@dataclass(frozen=True)
class Plan:
    """One way of placing that people may choose: how far it gets with its goal, and the furthest that any could get.

    `components` holds what `summary.json` tells of an outcome; its moves are counted from the advice.
    """

    name: str
    words: str
    outcome: Outcome
    value: float
    bound: float
    components: Mapping[str, Any]


def plans(advice: Advice, say: ProgressCallback = lambda stage, part: None) -> tuple[Plan, ...]:
    """Return the advice as a plan, and beside it those that put areas or the group that fits least first."""
    best = restored(advice, "best", advice.outcome.home, advice.outcome.objective, advice.bound)
    say("lowest_overload", 0)
    spread = _lowest_overload(advice)
    say("within_headroom", 0.4)
    within = [_within(advice)] if spread.value > NOUGHT else []
    say("worst_group_fit", 0.7)
    return best, spread, *within, _worst_group(advice)


def restored(advice: Advice, name: str, home: IntArray, value: float, bound: float) -> Plan:
    """Return a plan beside an advice, from who lives where in it."""
    result = _outcome(advice, home)
    return Plan(name, WORDS[name], result, value, bound, _told(advice, result))


def _lowest_overload(advice: Advice) -> Plan:
    """Return the plan that places as many, with the fullest area as little above its headroom as can be."""
    lowest, worst = advice.outcome, advice.room.worst(advice.outcome.load)
    low, high = _lowest(advice, worst)
    for limit in (high, *np.linspace(high, worst, TRIED + 1)[1:-1]) if high < worst else ():
        other = _as_many(advice, advice.pairs, _capped(advice, float(limit)))
        if other.placed >= advice.outcome.placed:
            lowest = other
            break
    value = advice.room.worst(lowest.load)
    return restored(advice, "lowest_overload", lowest.home, value, min(low, value))


def _within(advice: Advice) -> Plan:
    """Return the plan in which no area exceeds its headroom, except by locked pairs."""
    around = _capped(advice, 0.0)
    result = _outcome(advice, _solved(advice, advice.pairs, around))
    value = advice.room.worst(result.load)
    return restored(advice, "within_headroom", result.home, value, value)


def _capped(advice: Advice, worst: float) -> Room:
    """Return room in which no area can exceed its headroom by more than this, except by locked pairs."""
    around = advice.room
    most = np.floor((1 + worst) * around.headroom * around.scale + ROUNDING).astype(np.int64)
    if around.scale == 1:
        most = np.maximum(most, 1)
    return replace(around, ends=np.minimum(around.ends, np.maximum(most, _locked(advice))))


def _locked(advice: Advice) -> IntArray:
    """Return the load of the locked pairs per area."""
    case, locks = advice.case, sorted(advice.wishes.locks)
    households, homes = (np.array([pair[side] for pair in locks], dtype=np.int64) for side in (0, 1))
    return loads(case.areas, case.homes.area[homes], weights(case)[households])


def _lowest(advice: Advice, worst: float) -> tuple[float, float]:
    """Return what the worst overload is at least when as many are placed, and the lowest that a flow allows.

    The two are one when all households weigh 1.
    """
    around, each = advice.room, weights(advice.case)
    step = int(np.gcd.reduce(each)) if len(each) else 1
    tried = [np.zeros(1)]
    for area in np.flatnonzero(around.bounded).tolist():
        room, most = around.headroom[area] * around.scale, int(around.ceiling[area])
        start = -(-int(np.ceil(room)) // step) * step
        tried.append(np.arange(start, most + 1, max(step, (most - start) // LOADS)) / room - 1)
    bounds = np.unique(np.concatenate(tried))
    bounds = bounds[(bounds >= 0) & (bounds < worst - NOUGHT)]
    need = int(np.sort(each)[: advice.outcome.placed].sum())
    low, high = -1, len(bounds)  # the highest that is too low, the lowest that will do; the last is tried first
    while high - low > 1:
        middle = high - 1 if high == len(bounds) else (low + high) // 2
        if _most(advice, float(bounds[middle])) >= need:
            high = middle
        else:
            low = middle
    at_least = float(bounds[low]) if low >= 0 else 0.0
    lowest = float(bounds[high]) if high < len(bounds) else worst
    return (at_least if _is_weighted(advice) else lowest), lowest


def _most(advice: Advice, worst: float) -> int:
    """Return the most load that can be placed with no area further above its headroom; a home holds any household."""
    case, pairs, each = advice.case, advice.pairs, weights(advice.case)
    many, homes, areas = len(case.households.ids), len(case.homes.ids), len(case.areas.codes)
    first_home, first_area, end = 1 + many, 1 + many + homes, 1 + many + homes + areas
    room = np.where(advice.room.bounded, _capped(advice, worst).ceiling, each.sum())
    above = np.where(case.areas.parent == NO_INDEX, end, first_area + case.areas.parent)
    arcs = (
        (np.zeros(many), 1 + np.arange(many), each),
        (1 + pairs.household, first_home + pairs.home, each[pairs.household]),
        (first_home + np.arange(homes), first_area + case.homes.area, np.full(homes, each.max(initial=0))),
        (first_area + np.arange(areas), above, room),
    )
    tail, head, most = (np.concatenate([arc[part] for arc in arcs]) for part in range(3))
    flow = max_flow.SimpleMaxFlow()
    flow.add_arcs_with_capacity(tail.astype(np.int32), head.astype(np.int32), most.astype(np.int64))
    if (status := flow.solve(0, end)) != flow.OPTIMAL:
        raise ArithmeticError(f"the flow ended as {status}")
    return int(flow.optimal_flow())


def _worst_group(advice: Advice) -> Plan:
    """Return the plan in which the same households have a home, and the group that fits least fits best."""
    home, bound = highest(advice)
    now, value = lowest(advice, advice.outcome.home), lowest(advice, home)
    best_home = home if value > now else advice.outcome.home
    return restored(advice, "worst_group_fit", best_home, max(now, value), max(bound, now, value))


def _as_many(advice: Advice, pairs: Pairs, around: Room) -> Outcome:
    """Return the best outcome, with placing worth more until it places as many as the advice.

    Where no network holds the whole case one solve takes long, and is tried once.
    """
    result = advice.outcome
    for turn in range(1 if advice.full else RAISED):
        more = (2**turn - 1) * advice.case.settings.worth["place"]
        result = _outcome(advice, _solved(advice, replace(pairs, worth=pairs.worth + more), around))
        if result.placed >= advice.outcome.placed:
            break
    return result


def _solved(advice: Advice, pairs: Pairs, around: Room) -> IntArray:
    """Return the homes of the best outcome over some pairs and rooms."""
    given = advice.case, advice.wishes, pairs, around, advice.unit, advice.seed
    if advice.full:
        return solve_full(*given, alone=True).outcome.home
    return with_locks(solve(program(*given)).home, advice.wishes)


def _outcome(advice: Advice, home: IntArray) -> Outcome:
    return outcome(advice.case, advice.wishes, advice.pairs, advice.room, home)


def _is_weighted(advice: Advice) -> bool:
    return bool((weights(advice.case) != advice.room.scale).any())


def _told(advice: Advice, outcome: Outcome) -> dict[str, Any]:
    """Return a plan in numbers; its moves are counted from the advice."""
    return {**told(advice, outcome), "moves": int((outcome.home != advice.outcome.home).sum())}


def write(advice: Advice, made: tuple[Plan, ...], out: Path) -> None:
    """Write the plans beside each other, and who lives where in each."""
    households, homes = advice.case.households.ids, advice.case.homes.ids
    rows = []
    for plan in made:
        parts = dict(plan.components)
        own = {"plan": plan.name, "value": round(plan.value, DIGITS), "bound": round(plan.bound, DIGITS)}
        rows.append(own | parts.pop("components") | parts | {"words": plan.words})
        placed = np.flatnonzero(plan.outcome.home != NO_INDEX).tolist()
        pairs = [(households[one], homes[int(plan.outcome.home[one])]) for one in placed]
        frame = pl.DataFrame(pairs, schema={"household": pl.String, "home": pl.String}, orient="row")
        output.write_table(frame, out / f"plan_{plan.name}.csv")
    kinds = {"value": pl.Float64, "bound": pl.Float64, "worst_group_fit": pl.Float64}
    output.write_table(pl.DataFrame(rows, schema_overrides=kinds), out / "plans.csv")
