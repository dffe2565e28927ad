"""A year of placing, week after week: who comes and what comes free is invented, and each way of placing lives through
the same year. Hindsight knows it all beforehand: no way can be better.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from buurtbalans.placing.advice import Outcome, outcome
from buurtbalans.placing.baselines import first_come
from buurtbalans.placing.case import NO_INDEX, Case, IntArray, Weeks, read_case, together
from buurtbalans.placing.load import room
from buurtbalans.placing.pairs import Wishes, find_pairs
from buurtbalans.placing.solve import advise
from buurtbalans.placing.weekly import LATER, advise_week, part
from tests.placing.cases import HEADS, Table, invented, written

WEEKS = 52
WAITING = 10  # weeks' worth of households that wait at the start
Way = Callable[[Case, Wishes, int], IntArray]  # the homes of who is there in a week; who has one keeps it


def stream(folder: Path, seed: int, future: int, each: tuple[int, int], weeks: int = WEEKS, **sizes: Any) -> Case:
    """Return a year in the areas of `seed`, with the households and homes that `future` brings, so many each week."""
    many = dict(zip(("households.csv", "homes.csv"), each, strict=True))
    tables, coming = (invented(one, each[0] * (weeks + WAITING), each[1] * weeks, **sizes) for one in (seed, future))
    made: dict[str, Table] = {**tables, "households.csv": [], "homes.csv": []}
    for name, late in (("households.csv", each[0] * WAITING), ("homes.csv", 0)):
        made[f"expected_{name}"] = [
            row | {"id": f"{row['id']}-{future}", "week": 1 + max(0, at - late) // many[name]}
            for at, row in enumerate(coming[name])
        ]
    HEADS.update({name: HEADS[name.removeprefix("expected_")] + " week" for name in made if "expected_" in name})
    return read_case(written(folder / f"year-{seed}-{future}", made), expected=("households.csv", "homes.csv"))


def lived(year: Case, way: Way, weeks: int = WEEKS) -> Outcome:
    """Return where a year ends when each week is placed one way, and what waiting cost."""
    came, wait = weeks_of(year), year.settings.weekly
    home = np.full(len(year.households.ids), NO_INDEX, dtype=np.int64)
    waited = 0
    for now in range(1, weeks + 1):
        here, free = np.flatnonzero(came.households <= now), np.flatnonzero(came.homes <= now)
        back = {int(one): at for at, one in enumerate(free)}
        fast = frozenset((at, back[int(home[one])]) for at, one in enumerate(here) if home[one] != NO_INDEX)
        found = way(part(year, here, free), Wishes(locks=fast), now)
        fresh = np.flatnonzero((found[: len(here)] != NO_INDEX) & (home[here] == NO_INDEX))
        home[here[fresh]] = free[found[fresh]]
        waited += int(wait["wait"] * (now - came.households[here[fresh]]).sum())
        waited += int(wait["empty"] * (now - came.homes[home[here[fresh]]]).sum())
    return ended(year, home, waited)


def ended(year: Case, home: IntArray, waited: int) -> Outcome:
    """Return what a year is worth."""
    found = outcome(year, Wishes(), find_pairs(year, Wishes()), room(year), home)
    return replace(found, components={**found.components, LATER: -waited})


def hindsight(year: Case) -> tuple[Outcome, int]:
    """Return the best that a year could be for who knew all beforehand, and the bound of that."""
    patient = replace(year.settings, weekly={**year.settings.weekly, "hold": len(year.homes.ids)})
    ahead = advise_week(replace(year, settings=patient)).ahead
    return ahead.outcome, ahead.bound


def by_turn(case: Case, wishes: Wishes, now: int) -> IntArray:
    """Place who waits longest first."""
    return first_come(advise(case, wishes)).home


def alone(case: Case, wishes: Wishes, now: int) -> IntArray:
    """Place as is best for this week."""
    return advise(case, wishes).outcome.home


def looking_ahead(expected: Case) -> Way:
    """Return the way that counts with an expected future."""
    weeks = weeks_of(expected)

    def way(case: Case, wishes: Wishes, now: int) -> IntArray:
        later = part(expected, *(np.flatnonzero(one > now) for one in (weeks.households, weeks.homes)))
        (households, rows), (homes, columns) = (
            together(case.households, later.households),
            together(case.homes, later.homes),
        )
        here = [np.zeros(len(one.ids), dtype=np.int64) for one in (case.households, case.homes)]
        coming = [one[one > now] - now for one in (weeks.households, weeks.homes)]
        when = Weeks(np.append(here[0], coming[0])[rows], np.append(here[1], coming[1])[columns])
        where, at = np.argsort(rows), np.argsort(columns)  # of the rows of the two lists in the joined one
        fast = frozenset((int(where[household]), int(at[home])) for household, home in wishes.locks)
        joined = replace(case, households=households, homes=homes, weeks=when)
        return advise_week(joined, Wishes(locks=fast)).now.outcome.home

    return way


def weeks_of(year: Case) -> Weeks:
    """Return when everybody and everything comes."""
    assert year.weeks
    return year.weeks
