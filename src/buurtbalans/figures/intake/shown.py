"""What others see of counts: everything outward passes `protect`, with the totals that follow from the parts.

Three audiences, each a part of what the one before sees, so that whoever sees two of them learns nothing from the
second: the core group sees exact counts with the small ones protected; the ring sees the same cells, rounded; the
public sees fewer cells, protected with a larger minimum, and rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from buurtbalans.figures.area.codes import level_of
from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.findings import Finding, Refused, refuse
from buurtbalans.figures.intake.counts import MINIMUM, Count, Key
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.chain import CHAIN, tree_of
from buurtbalans.figures.protection.history import Earlier, seen
from buurtbalans.figures.protection.insider import all_safe, insiders
from buurtbalans.figures.protection.policy import Audience, care
from buurtbalans.figures.protection.protect import Protected, protect
from buurtbalans.figures.protection.releases import Published
from buurtbalans.figures.protection.table import Table, table
from buurtbalans.figures.protection.wider import rounded, wider

_KEPT = "eerder"  # stands for the delivery that a kept value is from
Before = Sequence[tuple[str, Mapping[Key, Count], Mapping[Key, Count]]]  # name, real counts, what was shown


@dataclass
class Outward:
    """What others see of every count, and what stands out.

    Attributes
    ----------
    counts : what the audience sees.
    core : what the core group would see: freeze this, whoever the counts are shared with, and give it back as
        `before` at the next delivery. `for_ring` makes what the ring sees of it at any time.
    findings : what stands out.
    """

    counts: dict[Key, Count] = field(default_factory=dict)
    core: dict[Key, Count] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def withheld(self) -> int:
        """Return how many counts others do not see."""
        return sum(count.value is None for count in self.counts.values())


def outward(
    counts: Mapping[Key, Count],
    before: Before = (),
    *,
    audience: Audience = Audience.CORE,
    least: int = 0,
    suppliers: Mapping[str, str] | None = None,
    core: Mapping[Key, Count] | None = None,
) -> Outward:
    """Return what an audience may see of counts.

    Parameters
    ----------
    counts
        The real counts, or the reasons why there are none.
    before
        What was shared earlier of the same figures with anybody, the oldest first: a name, the real counts, and
        `Outward.core` as it was then.
    audience
        Who will see it.
    least
        A minimum for the public that is larger than that of the policy.
    suppliers
        Area → who counted it, where several did: the public view then also protects each one's small counts from the
        others, who know their own.
    core
        What a core group saw of exactly these counts when they were shared, where they were: others see a part of that.

    Raises
    ------
    Refused
        When earlier shared counts of the same figure and year were about other areas: then what is withheld there
        cannot be guarded.

    Notes
    -----
    Every figure of every year is a tree of its own: the areas that were delivered, the areas above them by their
    codes with what their parts add up to, and what a delivered total has beyond its delivered parts. Totals that
    nobody delivered are guarded but not shown. Areas outside the chain buurt, wijk, gemeente, land are withheld.

    Promised: a core member finds at least five possible values for every count of 1-9 and every change of 1-9 between
    all that was ever shared. A ring member sees no cell that the core does not see, and its values are those of the
    core, rounded: nothing can be learned from it that the core does not tell. The public sees no cell that the core
    does not see either; it finds five possible values for every count of 1-19 of one delivery, even when it knows
    the exact totals, and what it did not see once it does not see later. Changes of 10-19 between deliveries are
    guarded by the rounding only. A core member who sees the public view too learns from it only which of the counts
    that he knows exactly are hidden from the public.

    Examples
    --------
    >>> keys = [Key("hulp", f"BU0363000{number}", 2025, 2025) for number in range(3)]
    >>> counts = dict(zip(keys, [Count(3), Count(41), Count(102)], strict=True))
    >>> [str(count.absence or count.value) for count in outward(counts).counts.values()]
    ['too_few', 'protects_another', '102']
    >>> outward(counts, audience=Audience.RING).counts[keys[2]]
    Count(value=100, absence=None, step=5, kept=False)
    """
    if audience is Audience.OWN:
        return Outward(dict(counts), outward(counts, before).core)
    found = Outward()
    public = _Public(max(least, care(SourceKind.PARTNER, Audience.PUBLIC).minimum), suppliers or {})
    order = sorted(counts, key=lambda key: (key.indicator, key.period, key.division, key.area))
    for about, keys in groupby(order, key=lambda key: (key.indicator, key.period, key.division)):
        group = {key: counts[key] for key in keys}
        earlier = []
        for name, real, shown in before:
            same = {key: each for key, each in real.items() if (key.indicator, key.period, key.division) == about}
            if same:
                earlier.append((name, same, shown))
        _one(group, earlier, public if audience is Audience.PUBLIC else None, found, core)
    found.core = {key: found.core[key] for key in counts}
    found.counts = {key: _rounded(found.counts[key], audience) for key in counts}
    return found


def for_ring(core: Mapping[Key, Count]) -> dict[Key, Count]:
    """Return what the ring sees of what the core group sees.

    Examples
    --------
    >>> for_ring({Key("hulp", "BU03630000", 2025, 2025): Count(43)}).popitem()[1]
    Count(value=45, absence=None, step=5, kept=False)
    """
    return {key: _rounded(count, Audience.RING) for key, count in core.items()}


def _valued(counts: Mapping[Key, Count]) -> dict[str, int]:
    return {key.area: count.value for key, count in counts.items() if count.value is not None}


def _rounded(count: Count, audience: Audience) -> Count:
    step = care(SourceKind.PARTNER, audience).step
    if count.value is None or step == 1:
        return count
    return Count(rounded(count.value, step), None, step, count.kept)


def _one(
    group: Mapping[Key, Count],
    before: Before,
    public: "_Public | None",
    found: Outward,
    saw: Mapping[Key, Count] | None,
) -> None:
    fitting = {key: count for key, count in group.items() if level_of(key.area) in CHAIN}
    for key, count in group.items():
        found.core[key] = found.counts[key] = Count(None, count.absence or Absence.NOT_SHARED)
    tree = tree_of(_valued(fitting))
    if tree is None:
        return
    parents, values = tree
    made = table(parents, values)
    earlier = _earlier(before, parents)
    if saw is None:
        core = protect(made, minimum=MINIMUM, earlier=earlier)
    else:
        core = Protected(made, _saw(made, {key.area: saw[key] for key in fitting if key in saw}))
    seen = public.seen(core, earlier) if public else core
    found.findings += seen.findings
    for told, protected in ((found.core, core), (found.counts, seen)):
        cells = {made.areas[cell]: each for cell, each in enumerate(protected.cells)}
        told.update({key: _count(cells[key.area]) for key, count in fitting.items() if count.value is not None})


def _count(cell: Published) -> Count:
    return Count(cell.value, cell.absence, kept=bool(cell.as_of))


@dataclass(frozen=True)
class _Public:
    """How the public sees what the core group sees."""

    minimum: int
    suppliers: Mapping[str, str]

    def seen(self, core: Protected, earlier: Sequence[Earlier]) -> Protected:
        """Return what the public sees; what it would not have seen of an earlier delivery stays withheld."""
        minimums = (MINIMUM, self.minimum)
        gone: Sequence[bool] = [False] * len(core.cells)
        for each in earlier:
            then = wider(each.table, each.cells, minimums, self._hidden(each.table, each.cells, gone))
            gone = [cell.value is None for cell in then.cells]
        return wider(core.table, core.cells, minimums, self._hidden(core.table, core.cells, gone))

    def _hidden(self, made: Table, cells: Sequence[Published], gone: Sequence[bool]) -> Sequence[bool]:
        """Return what one supplier may not see of another, beside what is hidden anyway."""
        own: dict[str, dict[str, int]] = {}
        for place, area in enumerate(made.areas):
            if area in self.suppliers and not made.children[place]:
                own.setdefault(self.suppliers[area], {})[area] = made.counts[place]
        tables = insiders(made, own)
        must = [cell.value is None or old for cell, old in zip(cells, gone, strict=True)]
        return all_safe(tables, self.minimum, must) if tables else gone


def audited(series: Before) -> list[Finding]:
    """Return which small counts and changes can be found from all that was shared of one figure and year.

    Parameters
    ----------
    series
        As `before`: names, real counts and what the core group saw; the newest last.
    """
    last = tree_of(_valued({key: count for key, count in series[-1][1].items() if level_of(key.area) in CHAIN}))
    if last is None:
        return []
    try:
        found = _earlier(series, last[0])
        seen(found[-1].table, found, MINIMUM)
    except Refused as refused:
        return list(refused.findings)
    return []


def _earlier(before: Before, parents: Mapping[str, str]) -> list[Earlier]:
    """Return what was shared before as releases, with what the gate then thought of totals that nobody delivered."""
    found: list[Earlier] = []
    for name, real, shown in before:
        tree = tree_of(_valued({key: count for key, count in real.items() if level_of(key.area) in CHAIN}))
        if tree is None or tree[0] != dict(parents):
            what = "U deelde dit cijfer eerder over andere gebieden."
            todo = "Lever dezelfde gebieden aan als toen. Anders zijn kleine aantallen te raden."
            raise refuse(what, todo)
        made = table(*tree)
        told = {key.area: count for key, count in shown.items() if key in real and real[key].value is not None}
        if set(made.areas) <= set(told):  # nothing has to be made up: what was shared says it all
            found.append(Earlier(name, made, _told(made, told)))
            continue
        cells = protect(made, minimum=MINIMUM, earlier=list(found)).cells
        if any(_count(cell) != told.get(area, _count(cell)) for area, cell in zip(made.areas, cells, strict=True)):
            cells = _told(made, told)
        found.append(Earlier(name, made, cells))
    return found


def _saw(made: Table, told: Mapping[str, Count]) -> Sequence[Published]:
    """Return what a core group saw as cells; totals that nobody delivered as the gate thinks of them, or else known."""
    first = protect(made, minimum=MINIMUM).cells
    if all(_count(cell) == told.get(area, _count(cell)) for area, cell in zip(made.areas, first, strict=True)):
        return first
    cells = _told(made, told)
    for place, (area, real) in enumerate(zip(made.areas, made.counts, strict=True)):
        if area not in told and not 0 < real < MINIMUM:
            cells[place] = Published(real)
    return cells


def _told(made: Table, told: Mapping[str, Count]) -> list[Published]:
    """Return what was shared as cells, when the gate of now would have shown other ones."""
    cells = []
    for area, real in zip(made.areas, made.counts, strict=True):
        count = told.get(area)
        hidden = Absence.TOO_FEW if 0 < real < MINIMUM else Absence.PROTECTS_ANOTHER
        if count is None:
            cells.append(Published(None, hidden))
        else:
            cells.append(Published(count.value, count.absence, _KEPT if count.kept else ""))
    return cells
