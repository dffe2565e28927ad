"""What people decided before an advice is made, read from `H:J`; a wish that cannot be is refused with its reason.

What they saw before is read from the proposals of that advice: what changes there has a price.
"""

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse, unopened
from buurtbalans.placing.case import Case
from buurtbalans.placing.pairs import SAID, Filters, Pair, Wishes


def read_wishes(case: Case, locks: Sequence[str], rejections: Sequence[str]) -> Wishes:
    """Return the wishes of a call.

    Raises
    ------
    Refused
        With every wish that cannot be: an unknown working number, a pair that is not possible, two that clash.
    """
    findings: list[Finding] = []
    locked = _pairs(case, locks, "--lock", findings)
    away = _pairs(case, rejections, "--reject", findings)
    filters = Filters(case)
    for place, (household, home) in enumerate(locked):
        fails = filters.failing(slice(household, household + 1))
        why = next((str(SAID[reason]) for reason, flags in fails.items() if flags[0, home]), "")
        name = f"--lock {case.households.ids[household]}:{case.homes.ids[home]}"
        if why:
            findings.append(_finding(f"{name} kan niet: {why}.", "Kies een woning die past."))
        if (household, home) in away:
            findings.append(_finding(f"{name} is ook afgewezen.", "Laat één van de twee weg."))
        if any(household == other or home == taken for other, taken in locked[:place]):
            findings.append(_finding(f"{name} botst met een andere --lock.", "Leg elk nummer één keer vast."))
    if findings:
        raise Refused(findings)
    return Wishes(frozenset(locked), frozenset(away))


def with_shown(case: Case, wishes: Wishes, file: Path) -> tuple[Wishes, list[Finding]]:
    """Return the wishes with the proposals that people saw before, and what of those is passed over.

    Raises
    ------
    Refused
        When the file cannot be read as proposals.
    """
    known = [{code: place for place, code in enumerate(side.ids)} for side in (case.households, case.homes)]
    told = _proposals(file)
    pairs = [(known[0][one], known[1][home]) for one, home in told if one in known[0] and home in known[1]]
    if any(len(set(side)) < len(told) for side in zip(*told, strict=True)):
        todo = "Geef proposals.csv zoals het advies het schreef."
        raise refuse("Een werknummer staat er twee keer.", todo, file=file.name)
    gone = len(told) - len(pairs)
    what = f"Voorstellen over een huishouden of woning die er niet meer is: {gone}."
    findings = [Finding(Severity.WARN, what, "Zij tellen niet mee.", file.name)] if gone else []
    return replace(wishes, shown=frozenset(pairs)), findings


def _proposals(file: Path) -> list[tuple[str, str]]:
    """Return the household and home of every row of a file of proposals."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened)
            if not {"household", "home"} <= set(rows.fieldnames or ()):
                raise refuse("Dit zijn geen voorstellen.", "Geef een proposals.csv: household, home, …", file=file.name)
            return [(row["household"] or "", row["home"] or "") for row in rows]
    except OSError as error:
        raise unopened(file.name, error) from None
    except (UnicodeDecodeError, csv.Error):
        raise refuse("Dit bestand is geen CSV in UTF-8.", "Bewaar het als CSV UTF-8.", file=file.name) from None


def _pairs(case: Case, said: Sequence[str], option: str, findings: list[Finding]) -> list[Pair]:
    households = {code: place for place, code in enumerate(case.households.ids)}
    homes = {code: place for place, code in enumerate(case.homes.ids)}
    pairs = []
    for wish in dict.fromkeys(said):
        household, _, home = wish.partition(":")
        if household in households and home in homes:
            pairs.append((households[household], homes[home]))
        else:
            todo = "Schrijf het werknummer van het huishouden, een dubbele punt en dat van de woning."
            findings.append(_finding(f"{option} {wish[:60]} wijst niets aan.", todo))
    return pairs


def _finding(what: str, todo: str) -> Finding:
    return Finding(Severity.REFUSE, what, todo)
