"""Placing week after week: who gets which home now, while more households and homes are on their way.

What is expected is placed along, as one future that may come. Who is here and what is on offer now get each other only
where that future says so too: other homes are kept for who comes, other households wait for what comes.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from buurtbalans.placing.advice import DIGITS, Advice, outcome, program, with_locks
from buurtbalans.placing.agreements import is_core
from buurtbalans.placing.case import NO_INDEX, Case, IntArray, Side, Weeks
from buurtbalans.placing.full_model import solve_full
from buurtbalans.placing.load import room
from buurtbalans.placing.network import solve
from buurtbalans.placing.pairs import Pairs, Wishes, find_pairs, places, some
from buurtbalans.placing.solve import advise

LATER: Final = "later"  # the part of the objective that waiting and empty homes cost


@dataclass(frozen=True)
class Week:
    """The advice of one week: what to do `now`, beside the best of `ahead` and of this week `alone`.

    `now` and `alone` know who waits and what is on offer, `ahead` also what is expected; its prices keep homes and
    room for who comes. The bound of `now` is the best of this week: the gap is what keeping for later costs now.
    """

    now: Advice
    ahead: Advice
    alone: Advice
    households: IntArray  # of `now`, where they stand in `ahead`
    homes: IntArray


def advise_week(case: Case, wishes: Wishes | None = None, *, seed: int = 1) -> Week:
    """Return the advice of this week for a case with what is expected."""
    wishes, weeks = wishes or Wishes(), case.weeks or _none_expected(case)
    ahead = _ahead(case, wishes, weeks, seed)
    households, homes = _here(weeks)
    now, kept = part(case, households, homes), _placed(wishes, households, homes)
    alone = advise(now, kept, seed=seed)
    of_home = np.full(len(case.homes.ids) + 1, NO_INDEX, dtype=np.int64)  # the last is of who has no home
    of_home[homes] = np.arange(len(homes))
    result = outcome(now, kept, alone.pairs, alone.room, of_home[ahead.outcome.home[households]])
    priced = replace(
        alone, outcome=result, solved=ahead.solved, unit=ahead.unit, full=ahead.full, of_load=ahead.of_load
    )
    return Week(priced, ahead, alone, households, homes)


def if_given(week: Week) -> Advice:
    """Return the best of all that is ahead when everybody gets now what this week alone would give."""
    case, wishes, home = week.ahead.case, week.ahead.wishes, week.alone.outcome.home
    given = np.flatnonzero(home != NO_INDEX)
    locked = zip(week.households[given].tolist(), week.homes[home[given]].tolist(), strict=True)
    wishes = replace(wishes, locks=wishes.locks | frozenset(locked))
    return _ahead(case, wishes, case.weeks or _none_expected(case), week.ahead.seed)


def present(case: Case) -> Case:
    """Return a case without what is expected."""
    return part(case, *_here(case.weeks)) if case.weeks else case


def _here(weeks: Weeks) -> tuple[IntArray, IntArray]:
    return np.flatnonzero(weeks.households == 0), np.flatnonzero(weeks.homes == 0)


def _none_expected(case: Case) -> Weeks:
    return Weeks(*(np.zeros(len(one.ids), dtype=np.int64) for one in (case.households, case.homes)))


def _ahead(case: Case, wishes: Wishes, weeks: Weeks, seed: int) -> Advice:
    """Return the best placements of all that is there and all that is expected."""
    around, (pairs, cost) = room(case), timed(case, find_pairs(case, wishes), weeks, wishes)
    unit = 2 * (min(len(case.households.ids), len(case.homes.ids)) + 1) * DIGITS
    if is_core(case):
        solved = solve(program(case, wishes, pairs, around, unit, seed))
        home = with_locks(solved.home, wishes)
        made = Advice(case, wishes, seed, pairs, around, outcome(case, wishes, pairs, around, home), 0, solved, unit)
    else:
        made = solve_full(case, wishes, pairs, around, unit, seed, alone=True)
    waited = int(cost[made.outcome.home[pairs.household] == pairs.home].sum())
    result = replace(made.outcome, components={**made.outcome.components, LATER: -waited})
    return replace(made, outcome=result, bound=max(result.objective, made.bound))


def timed(case: Case, pairs: Pairs, weeks: Weeks, wishes: Wishes) -> tuple[Pairs, IntArray]:
    """Return the pairs that can wait for each other, worth less for each week of it, and what that costs.

    Locked pairs stay, however long they wait.
    """
    settings = case.settings.weekly
    later = weeks.homes[pairs.home] - weeks.households[pairs.household]
    kept = later >= -settings["hold"]
    kept[places(pairs.start, pairs.home, wishes.locks)] = True
    cost = settings["wait"] * np.maximum(0, later) + settings["empty"] * np.maximum(0, -later)
    left = some(pairs, kept)
    return replace(left, worth=(left.worth - cost[kept]).astype(np.int32)), cost[kept]


def part(case: Case, households: IntArray, homes: IntArray) -> Case:
    """Return a case with some of its households and homes."""
    return replace(case, households=_some(case.households, households), homes=_some(case.homes, homes), weeks=None)


def _some(side: Side, kept: IntArray) -> Side:
    made: dict[str, Any] = {
        field.name: column[kept] if isinstance(column, np.ndarray) else tuple(column[at] for at in kept)
        for field in fields(side)
        for column in (getattr(side, field.name),)
    }
    return type(side)(**made)


def _placed(wishes: Wishes, households: IntArray, homes: IntArray) -> Wishes:
    """Return the wishes about some households and homes, by where those stand now."""
    row, column = ({int(one): at for at, one in enumerate(kept)} for kept in (households, homes))
    assignments = {
        field.name: frozenset(
            (row[household], column[home])
            for household, home in getattr(wishes, field.name)
            if household in row and home in column
        )
        for field in fields(Wishes)
    }
    return Wishes(**assignments)
