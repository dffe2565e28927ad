"""What people decided before an advice is made, read from `H:J`; a wish that cannot be is refused with its reason."""

from collections.abc import Sequence

from buurtbalans.figures.findings import Finding, Refused, Weight

from .case import Case
from .pairs import SAID, Filters, Pair, Wishes


def read_wishes(case: Case, locks: Sequence[str], rejections: Sequence[str]) -> Wishes:
    """Return the wishes of a call.

    Raises
    ------
    Refused
        With every wish that cannot be: an unknown working number, a pair that is not possible, two that clash.
    """
    findings: list[Finding] = []
    fast = _pairs(case, locks, "--lock", findings)
    away = _pairs(case, rejections, "--reject", findings)
    filters = Filters(case)
    for place, (household, home) in enumerate(fast):
        fails = filters.failing(slice(household, household + 1))
        why = next((SAID[reason] for reason, flags in fails.items() if flags[0, home]), "")
        name = f"--lock {case.households.ids[household]}:{case.homes.ids[home]}"
        if why:
            findings.append(_finding(f"{name} kan niet: {why}.", "Kies een woning die past."))
        if (household, home) in away:
            findings.append(_finding(f"{name} is ook afgewezen.", "Laat één van de twee weg."))
        if any(household == other or home == taken for other, taken in fast[:place]):
            findings.append(_finding(f"{name} botst met een andere --lock.", "Leg elk nummer één keer vast."))
    if findings:
        raise Refused(findings)
    return Wishes(frozenset(fast), frozenset(away))


def _pairs(case: Case, said: Sequence[str], option: str, findings: list[Finding]) -> list[Pair]:
    households = {code: place for place, code in enumerate(case.households.ids)}
    homes = {code: place for place, code in enumerate(case.homes.ids)}
    found = []
    for one in dict.fromkeys(said):
        household, _, home = one.partition(":")
        if household in households and home in homes:
            found.append((households[household], homes[home]))
        else:
            todo = "Schrijf het werknummer van het huishouden, een dubbele punt en dat van de woning."
            findings.append(_finding(f"{option} {one[:60]} wijst niets aan.", todo))
    return found


def _finding(what: str, todo: str) -> Finding:
    return Finding(Weight.REFUSE, what, todo)
