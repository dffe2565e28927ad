"""Which reason stands with a withheld count, so that the reason itself tells nobody a small count.

Children of one area are a family. In a family either every small withheld count says `too_few` and the others say
`protects_another`, or all of them say `protects_another`. So everybody can see what a reason means:

- `too_few`: 1 … minimum − 1;
- `protects_another` beside a `too_few` in the same family: the minimum or more;
- `protects_another` in a family without `too_few`: 1 or more;
- a withheld top: 1 … minimum − 1, because the top is withheld only when it is small.
"""

from collections.abc import Collection, MutableSequence, Sequence
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
        group = _Group(tree, members, choice, minimum, small)
        telling = _telling_families(group, known, quiet)
        for cell in group.cells:
            if group.is_marked(cell, telling):
                absences[cell] = Absence.TOO_FEW
    return absences


@dataclass(frozen=True, slots=True)
class _Group:
    """Withheld areas that tell about each other, led by what they hang on: a list of `together`."""

    tree: Table
    members: Sequence[int]
    choice: Choice
    minimum: int
    small: Sequence[bool]

    @property
    def cells(self) -> Sequence[int]:
        """Return the withheld areas, without a lead that is shown."""
        return self.members if self.choice.withheld[self.members[0]] else self.members[1:]

    @property
    def is_tight(self) -> bool:
        """Return whether the parts are so small that their reasons must tell nothing."""
        return self.members[0] in self.choice.tight

    def is_marked(self, cell: int, telling: Collection[int]) -> bool:
        """Return whether a count has `too_few` as its reason, when these families tell."""
        parent = self.tree.parents[cell]
        return self.small[cell] and (parent in telling or parent == NOBODY)

    def underprotected(self, known: Known, telling: Collection[int]) -> list[int]:
        """Return the small counts with fewer than five possible values, when these families tell."""
        for cell in self.cells:
            reason = Absence.TOO_FEW if self.is_marked(cell, telling) else Absence.PROTECTS_ANOTHER
            tells = self.tree.parents[cell] in telling
            known.low[cell], known.high[cell] = before(reason, tells, self.minimum, tight=self.is_tight)
        narrow(self.members, self.tree.children, known.low, known.high)
        return [cell for cell in self.cells if self.small[cell] and known.high[cell] - known.low[cell] + 1 < VALUES]


def _telling_families(group: _Group, known: Known, quiet: Collection[int]) -> set[int]:
    """Return the families of a group, by their parent, whose reasons may tell small from not small."""
    parents = group.tree.parents
    telling = set() if group.is_tight else {parents[cell] for cell in group.cells if group.small[cell]}
    telling -= {_silent(group.tree, group.members[0], group.choice, group.minimum), *quiet}
    while unsafe := group.underprotected(known, telling):
        families = {parents[cell] for cell in unsafe} & telling
        if not telling:
            raise AssertionError(f"{group.tree.areas[unsafe[0]]} cannot be protected")
        telling -= families or set(telling)
    return telling


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
