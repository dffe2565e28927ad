"""Who waits how long: who waits longer than was agreed stands on top and is named."""

from collections.abc import Iterable
from dataclasses import dataclass

from buurtbalans.placing.case import Case


@dataclass(frozen=True)
class Waiting:
    """How long a household waits, and how much of it is longer than was agreed."""

    household: str
    weeks: int
    longer: int


def waiting(case: Case) -> dict[str, Waiting]:
    """Return of every household how long it waits, the longest first."""
    asked, most = case.households, case.settings.wait["most"]
    households = [
        Waiting(id, weeks, max(0, weeks - most)) for id, weeks in zip(asked.ids, asked.weeks.tolist(), strict=True)
    ]
    return {
        household.household: household
        for household in sorted(households, key=lambda household: (-household.weeks, household.household))
    }


def longest_first(waits: dict[str, Waiting], households: Iterable[str]) -> list[str]:
    """Return households with those that wait longer than agreed on top, and the others as they were."""
    return sorted(households, key=lambda household: -waits[household].longer)
