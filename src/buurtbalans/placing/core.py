"""What one network can hold by itself, and what it cannot yet: asked for plainly rather than passed over."""

from collections import Counter

from buurtbalans.figures.findings import Finding, Refused, Weight

from .case import Case
from .load import under


def check_core(case: Case) -> None:
    """Refuse a case that asks for more than the network holds.

    Raises
    ------
    Refused
        With each agreement that is not counted with yet.
    """
    todo = "Dit kan nog niet. Laat het leeg voor een advies zonder deze afspraak."
    found = []
    if (case.groups.load != 1).any():
        what = "Een groep heeft een last die geen 1 is."
        found.append(Finding(Weight.REFUSE, what, todo, "groups.csv", None, "load"))
    if any(case.shares.values()):
        what = "Een corporatie heeft een minimum."
        found.append(Finding(Weight.REFUSE, what, todo, "corporations.csv", None, "minimum"))
    if tight(case):
        what = "Een aanbieder kan in een gebied minder huishoudens begeleiden dan er van hem zijn."
        found.append(Finding(Weight.REFUSE, what, todo, "providers.csv", None, "capacity"))
    if found:
        raise Refused(found)


def tight(case: Case) -> list[tuple[str, int]]:
    """Return which providers, in which areas, could get more households than they have capacity for."""
    asked, inside = Counter(case.households.provider), under(case.areas)
    homes = inside[:, case.homes.area].sum(axis=1)
    return [(code, area) for (code, area), most in case.capacity.items() if most < min(asked[code], int(homes[area]))]
