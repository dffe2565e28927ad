"""Which reason stands with a withheld count, so that the reason itself tells nobody a small count.

Children of one area are a family. In a family either every small withheld count says `too_few` and the others say
`protects_another`, or all of them say `protects_another`. So everybody can see what a reason means:

- `too_few`: 1 … minimum − 1;
- `protects_another` beside a `too_few` in the same family: the minimum or more;
- `protects_another` in a family without `too_few`: 1 or more;
- a withheld top: 1 … minimum − 1, because the top is withheld only when it is small.
"""

from collections.abc import Collection, Iterable, MutableSequence, Sequence
from dataclasses import dataclass, field

from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.intervals import MOST, narrow
from buurtbalans.figures.protection.suppress import VALUES, Choice, together
from buurtbalans.figures.protection.table import NOBODY, Table


@dataclass(slots=True)
class Known:
    """What somebody knows of every count before adding up: at least `low`, at most `high`."""

    low: MutableSequence[int]
    high: MutableSequence[int]
    told: set[int] = field(default_factory=set)  # families whose reasons tell small from not small


def reasons(tree: Table, choice: Choice, minimum: int, quiet: Collection[int] = ()) -> list[Absence | None]:
    """Return the reason per area, empty where the count is shown.

    All families start with reasons that tell; where a small count then has fewer than five possible values, the family
    it is in tells no longer, and so on. When no family tells, `choose` has seen to five values.

    Parameters
    ----------
    tree
        A table without categories.
    choice
        What is withheld.
    minimum
        Counts of 1 … minimum − 1 are small.
    quiet
        Families (by their parent) whose reasons must not tell.
    """
    small = [0 < count < minimum for count in tree.counts]
    absences: list[Absence | None] = [Absence.PROTECTS_ANOTHER if kept else None for kept in choice.withheld]
    known = Known(list(tree.counts), list(tree.counts))
    for members in together(tree, choice.withheld):
        cells = members if choice.withheld[members[0]] else members[1:]
        tight = members[0] in choice.tight
        told = set() if tight else {tree.parents[cell] for cell in cells if small[cell]}
        told -= {_silent(tree, members[0], choice, minimum), *quiet}
        while unsafe := _unsafe(tree, members, cells, small, known, told, minimum, tight):
            families = {tree.parents[cell] for cell in unsafe} & told
            if not told:
                raise AssertionError(f"{tree.areas[unsafe[0]]} cannot be protected")
            told -= families or set(told)
        for cell in cells:
            if small[cell] and (tree.parents[cell] in told or tree.parents[cell] == NOBODY):
                absences[cell] = Absence.TOO_FEW
    return absences


def _silent(tree: Table, lead: int, choice: Choice, minimum: int) -> int | None:
    """Return the shown area itself when its children must not tell, whatever they are: see `fully_disclosive`."""
    kept = [tree.counts[child] for child in tree.children[lead] if choice.withheld[child]]
    return None if choice.withheld[lead] or fully_disclosive(sum(kept), len(kept), minimum) else lead


def fully_disclosive(rest: int, withheld: int, minimum: int) -> bool:
    """Return whether reasons may tell small from not small, however many of the withheld counts are small.

    Everybody can work this out from what is shown. So that reasons do not tell gives nothing away: were it decided by
    the counts behind it, then two silent reasons under 18 would be two nines.

    Parameters
    ----------
    rest
        What the withheld children of a shown area are together.
    withheld
        How many they are.
    minimum
        Counts of 1 … minimum − 1 are small.

    Examples
    --------
    >>> [rest for rest in range(6, 25) if not fully_disclosive(rest, 2, 10)]
    [11, 12, 13, 14, 15, 16, 17, 18]
    """
    for small in range(1, withheld):
        if 0 <= rest - small - minimum * (withheld - small) < VALUES - 1:
            return False
    return not 0 <= withheld * (minimum - 1) - rest < VALUES - 1


def before(absence: Absence | None, tells: bool, minimum: int, *, tight: bool = False) -> tuple[int, int]:
    """Return what a reason says of a withheld count.

    Examples
    --------
    >>> before(Absence.TOO_FEW, True, 10)
    (1, 9)
    >>> before(Absence.PROTECTS_ANOTHER, True, 10)[0], before(Absence.PROTECTS_ANOTHER, False, 10)[0]
    (10, 1)
    """
    if absence is Absence.TOO_FEW:
        return 1, minimum - 1
    if tells:
        return minimum, MOST
    return (0 if tight else 1), MOST


def _unsafe(
    tree: Table,
    members: list[int],
    cells: Iterable[int],
    small: Sequence[bool],
    known: Known,
    told: set[int],
    minimum: int,
    tight: bool,
) -> list[int]:
    """Return the small counts with fewer than five possible values, for these families that tell."""
    for cell in cells:
        tells = tree.parents[cell] in told
        few = small[cell] and (tells or tree.parents[cell] == NOBODY)
        reason = Absence.TOO_FEW if few else Absence.PROTECTS_ANOTHER
        known.low[cell], known.high[cell] = before(reason, tells, minimum, tight=tight)
    narrow(members, tree.children, known.low, known.high)
    return [cell for cell in cells if small[cell] and known.high[cell] - known.low[cell] + 1 < VALUES]
