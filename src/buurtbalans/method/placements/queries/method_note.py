"""The method on one page, with the numbers that a batch counts with."""

from typing import Any

from buurtbalans.method.placements.queries.numbers import own_numbers
from buurtbalans.placing.case import Case

WHOLE = 100  # percent


def note(case: Case) -> dict[str, Any]:
    """Return the numbers of the page: points a home can get, how an area gets dearer, and what placing is worth."""
    settings = case.settings
    ends = [round(WHOLE * part) for part in settings.spread["bounds"]]
    points = {name: most for name, most in settings.fit.items() if name != "rooms_step"}
    return {
        "points": points,
        "fit": sum(points.values()),
        "worth": settings.worth,
        "ceiling": ends[-1],
        "steps": list(zip(ends, settings.spread["costs"], strict=True)),
        "quota": settings.quota,
        "wait": settings.wait["most"],
        "own": own_numbers(case),
    }
