"""All releases of one period as one pattern: what is known of each count, what did not change, and what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.intervals import MOST
from buurtbalans.figures.protection.reasons import before
from buurtbalans.figures.protection.suppression_pattern import Form, SuppressionPattern
from buurtbalans.figures.protection.table import Table


class PublishedCell(NamedTuple):
    """A published count: a value, or the reason why there is none; `as_of` names the release a kept value is from."""

    value: int | None
    absence: Absence | None = None
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """One release as somebody sees it who knows the rule: the real counts, and what is known of each beforehand."""

    counts: Sequence[int]
    low: list[int]
    high: list[int]


def first_facts(table: Table, cells: Sequence[PublishedCell], minimum: int, *, tight: bool = False) -> Facts:
    """Return what a first release tells, by the meaning of the reasons; `tight` lets a withheld count be zero.

    Examples
    --------
    >>> from buurtbalans.figures.protection.table import table
    >>> small = table({"WK": "", "B1": "WK", "B2": "WK"}, {"WK": 15, "B1": 3, "B2": 12})
    >>> few, other = PublishedCell(None, Absence.TOO_FEW), PublishedCell(None, Absence.PROTECTS_ANOTHER)
    >>> first_facts(small, [few, other, PublishedCell(15)], 10).low
    [1, 10, 15]
    """
    top = table.cell(table.top, 0)
    telling = {table.group(cell) for cell, shown in enumerate(cells) if shown.absence is Absence.TOO_FEW}
    low, high = list(table.counts), list(table.counts)
    for cell, shown in enumerate(cells):
        if shown.value is None:
            tells = table.group(cell) in telling
            reason = Absence.TOO_FEW if cell == top else shown.absence
            low[cell], high[cell] = before(reason, tells and not tight, minimum, tight=tight)
    return Facts(table.counts, low, high)


def later_facts(table: Table, cells: Sequence[PublishedCell], minimum: int, *, top_before: bool) -> Facts:
    """Return what a later release tells: what stays withheld can be anything, and a kept value says nothing new.

    `top_before` says that the top was withheld earlier; if it was not, it is withheld because it is small.
    """
    low, high = list(table.counts), list(table.counts)
    top = table.cell(table.top, 0)
    for cell, shown in enumerate(cells):
        if shown.absence is Absence.TOO_FEW or (shown.value is None and cell == top and not top_before):
            low[cell], high[cell] = 1, minimum - 1
        elif shown.value is None or shown.as_of:
            low[cell], high[cell] = 0, MOST
    return Facts(table.counts, low, high)


@dataclass(slots=True)
class System:
    """A pattern made of releases.

    Attributes
    ----------
    pattern : unknowns, sums and questions.
    unknowns : per release the unknown of every cell; releases share it where no leaf below changed.
    asked : in words what each question is about: the release and the cell, and the other release for a change.
    """

    pattern: SuppressionPattern
    unknowns: list[list[int]]
    audited: list[tuple[int, int, int | None]]


def build_system(table: Table, releases: Sequence[Facts], minimum: int) -> System:
    """Return all releases as one pattern.

    Parameters
    ----------
    table
        The areas and categories, which are the same in all releases.
    releases
        What each tells, in any order.
    minimum
        Counts and changes of 1 … minimum − 1 are asked for.

    Notes
    -----
    Somebody knows which leaves changed. A leaf that changed is taken to have changed in the direction in which it did:
    that leaves fewer possible values than there are, so the answer is on the safe side.
    """
    unknowns, truth = _unknowns(table, releases)
    low, high = [0] * len(truth), [MOST] * len(truth)
    for facts, own in zip(releases, unknowns, strict=True):
        for cell, unknown in enumerate(own):
            low[unknown], high[unknown] = max(low[unknown], facts.low[cell]), min(high[unknown], facts.high[cell])
    sums: dict[Form, None] = {}
    for own in unknowns:
        for each in table.sums():
            sums[(own[each.total], -1), *((own[part], 1) for part in each.parts)] = None
    system = System(SuppressionPattern(truth, low, high, list(sums)), unknowns, [])
    _ask(system, releases, minimum)
    _apart(system, table)
    return system


def _unknowns(table: Table, releases: Sequence[Facts]) -> tuple[list[list[int]], list[int]]:
    """Number the unknowns: a new one for every version of a cell; a version lasts until a leaf of it changes.

    A count that came back is a new version: everybody knows that it changed, nobody that it is what it was.
    """
    known: dict[tuple[int, ...], int] = {}
    truth: list[int] = []
    unknowns: list[list[int]] = []
    for place, facts in enumerate(releases):
        own = [-1] * len(table.counts)
        for cell, parts in table.built:
            same = place and not parts and releases[place - 1].counts[cell] == facts.counts[cell]
            key = (cell, *(own[part] for part in parts)) if parts else (cell, -1, len(truth))
            own[cell] = unknowns[-1][cell] if same else known.setdefault(key, len(truth))
            if own[cell] == len(truth):
                truth.append(facts.counts[cell])
        unknowns.append(own)
    return unknowns, truth


def _ask(system: System, releases: Sequence[Facts], minimum: int) -> None:
    """Ask for every small count and every small change, each once."""
    forms: dict[Form, tuple[int, int, int | None]] = {}
    for place, (facts, own) in enumerate(zip(releases, system.unknowns, strict=True)):
        for cell, count in enumerate(facts.counts):
            if 0 < count < minimum:
                forms.setdefault(((own[cell], 1),), (place, cell, None))
    for one, other in combinations(range(len(releases)), 2):
        pairs = zip(system.unknowns[one], system.unknowns[other], strict=True)
        for cell, (first, second) in enumerate(pairs):
            change = releases[other].counts[cell] - releases[one].counts[cell]
            if first != second and 0 < abs(change) < minimum:
                forms.setdefault(((first, -1), (second, 1)), (other, cell, one))
    system.pattern.audited = list(forms)
    system.audited = list(forms.values())


def _apart(system: System, table: Table) -> None:
    """Say of every leaf that changed that it did, by the way it went."""
    pattern = system.pattern
    for cell, parts in table.built:
        if parts:
            continue
        versions = sorted({own[cell] for own in system.unknowns})
        for first, second in pairwise(versions):
            change = pattern.truth[second] - pattern.truth[first]
            pattern.sums.append(((first, -1), (second, 1), (len(pattern.truth), -1)))
            pattern.truth.append(change)
            pattern.low.append(1 if change > 0 else -MOST)
            pattern.high.append(MOST if change > 0 else -1)
