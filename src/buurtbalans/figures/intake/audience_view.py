"""What each audience sees of a supplier's counts: all of it passes `protect`, with the totals that follow from the parts.

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
from buurtbalans.figures.intake.counts import Count, Key
from buurtbalans.figures.observation import Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.chain import CHAIN, tree_of
from buurtbalans.figures.protection.history import Earlier, require_safe_releases
from buurtbalans.figures.protection.insider import all_safe, insiders
from buurtbalans.figures.protection.policy import Rules, disclosure_rules
from buurtbalans.figures.protection.protect import Protected, protect
from buurtbalans.figures.protection.releases import PublishedCell
from buurtbalans.figures.protection.rule import DisclosureRule
from buurtbalans.figures.protection.table import Table, table
from buurtbalans.figures.protection.wider_view import wider_view

_EARLIER_DELIVERY = "eerder"  # the name of the release that a kept value is from, which does not matter here
# Releases, the oldest first: a name, the real counts, and what the core group saw of them.
History = Sequence[tuple[str, Mapping[Key, Count], Mapping[Key, Count]]]


@dataclass
class ProtectedCounts:
    """What an audience sees of every count, and findings.

    Attributes
    ----------
    counts : what the audience sees.
    core : what the core group would see: freeze this, whoever the counts are shared with, and pass it in `history` at
        the next delivery. `rounded_view` derives from it at any time what an audience sees that sees the same cells.
    findings : warnings about the protection.
    """

    counts: dict[Key, Count] = field(default_factory=dict)
    core: dict[Key, Count] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def withheld(self) -> int:
        """The number of counts that the audience does not see."""
        return sum(count.value is None for count in self.counts.values())


def view_for_audience(
    counts: Mapping[Key, Count],
    history: History = (),
    *,
    audience: Audience = Audience.CORE,
    rules: Rules | None = None,
    suppliers: Mapping[str, str] | None = None,
    core: Mapping[Key, Count] | None = None,
) -> ProtectedCounts:
    """Return what an audience may see of counts.

    Parameters
    ----------
    counts
        The real counts, or the reasons why there are none.
    history
        What was shared earlier of the same figures with anybody, the oldest first: a name, the real counts, and
        `ProtectedCounts.core` as it was then.
    audience
        Who will see it.
    rules
        The disclosure rule of every audience (`disclosure_rules`); those of partners when absent.
    suppliers
        Area → who counted it, where several did: the public view then also protects each one's small counts from the
        others, who know their own.
    core
        What a core group saw of exactly these counts when they were shared, where they were: others see a part of that.

    Raises
    ------
    Refused
        When counts of the same figure and year that were shared earlier are about other areas: then the cells
        withheld there cannot be protected.

    Notes
    -----
    Every figure of every year is a tree of its own: the areas that were delivered, the areas above them by their
    codes with what their parts add up to, and what a delivered total has beyond its delivered parts. Totals that
    nobody delivered are protected but not published. Areas outside the chain buurt, wijk, gemeente, land are withheld.

    By the standard rules a core member finds at least five possible values for every count of 1-9 and every change of
    1-9 between all that was ever shared. A ring member sees no cell that the core does not see, and its values are those
    of the core, rounded: it discloses nothing that the core does not see. The public sees no cell that the core
    does not see either; it finds five possible values for every count of 1-19 of one delivery, even when it knows
    the exact totals, and what it did not see once it does not see later. Changes of 10-19 between deliveries are
    protected by the rounding only. A core member who sees the public view too learns from it only which of the counts
    that he knows exactly are hidden from the public.

    Examples
    --------
    >>> keys = [Key("hulp", f"BU0363000{number}", 2025, 2025) for number in range(3)]
    >>> counts = dict(zip(keys, [Count(3), Count(41), Count(102)], strict=True))
    >>> [str(count.absence or count.value) for count in view_for_audience(counts).counts.values()]
    ['too_few', 'protects_another', '102']
    >>> view_for_audience(counts, audience=Audience.RING).counts[keys[2]]
    Count(value=100, absence=None, step=5, kept=False)
    """
    rules = rules or disclosure_rules(SourceKind.PARTNER)
    if audience is Audience.ORGANISATION:
        return ProtectedCounts(dict(counts), view_for_audience(counts, history, rules=rules).core)
    view = ProtectedCounts()
    order = sorted(counts, key=lambda key: (_group_of(key), key.area))
    for group, keys in groupby(order, key=_group_of):
        protection = _GroupProtection({key: counts[key] for key in keys}, _history_of(group, history), rules, core)
        protection.add_to(view, audience, suppliers or {})
    view.core = {key: view.core[key] for key in counts}
    view.counts = {key: _rounded(view.counts[key], rules[audience]) for key in counts}
    return view


def _group_of(key: Key) -> tuple[str, int, int]:
    return key.indicator, key.period, key.division


def _history_of(group: tuple[str, int, int], history: History) -> History:
    """Return the history of one figure and year."""
    of_group = []
    for name, real, shown in history:
        own = {key: count for key, count in real.items() if _group_of(key) == group}
        if own:
            of_group.append((name, own, shown))
    return of_group


def rounded_view(core: Mapping[Key, Count], audience: Audience, rules: Rules | None = None) -> dict[Key, Count]:
    """Return what an audience that sees the cells of the core group sees of them: the ring sees them rounded.

    Examples
    --------
    >>> rounded_view({Key("hulp", "BU03630000", 2025, 2025): Count(43)}, Audience.RING).popitem()[1]
    Count(value=45, absence=None, step=5, kept=False)
    """
    rule = (rules or disclosure_rules(SourceKind.PARTNER))[audience]
    return {key: _rounded(count, rule) for key, count in core.items()}


def _values_by_area(counts: Mapping[Key, Count]) -> dict[str, int]:
    return {
        key.area: count.value
        for key, count in counts.items()
        if count.value is not None and level_of(key.area) in CHAIN
    }


def _rounded(count: Count, rule: DisclosureRule) -> Count:
    if count.value is None or rule.rounding_base == 1:
        return count
    return Count(rule.round_count(count.value), None, rule.rounding_base, count.kept)


@dataclass(frozen=True)
class _GroupProtection:
    """The protection of the counts of one figure and year."""

    counts: Mapping[Key, Count]
    history: History
    rules: Rules
    core: Mapping[Key, Count] | None

    def add_to(self, view: ProtectedCounts, audience: Audience, suppliers: Mapping[str, str]) -> None:
        """Add what the audience and the core group see of these counts to a view."""
        for key, count in self.counts.items():
            view.core[key] = view.counts[key] = Count(None, count.absence or Absence.NOT_SHARED)
        tree = tree_of(_values_by_area(self.counts))
        if tree is None:
            return
        parents, totals = tree
        counts_table = table(parents, totals)
        minimum = self.rules[Audience.CORE].minimum_frequency
        releases = _releases(self.history, parents, minimum)
        core = audience_table = self._core_table(counts_table, releases, minimum)
        for wider in Audience.outside()[: audience.width]:
            if wider.lock.withholds_more:
                minimums = (minimum, self.rules[wider].minimum_frequency)
                audience_table = _WiderView(minimums, suppliers).of(core, releases, audience_table)
        view.findings += audience_table.findings
        areas = _values_by_area(self.counts)
        for counts, protected in ((view.core, core), (view.counts, audience_table)):
            cells = dict(zip(counts_table.areas, protected.cells, strict=True))
            counts.update({key: _count(cells[key.area]) for key in self.counts if key.area in areas})

    def _core_table(self, counts_table: Table, releases: Sequence[Earlier], minimum: int) -> Protected:
        """Return the table as the core group sees it: as it was shared, or as it would be shared now."""
        if self.core is None:
            return protect(counts_table, minimum=minimum, earlier=releases)
        shared = {key.area: self.core[key] for key in self.counts if key in self.core and level_of(key.area) in CHAIN}
        return Protected(counts_table, _shared_cells(counts_table, shared, minimum))


def _count(cell: PublishedCell) -> Count:
    return Count(cell.value, cell.absence, kept=bool(cell.as_of))


@dataclass(frozen=True)
class _WiderView:
    """The view of an audience that sees fewer cells than the core group; `minimums` are those of both."""

    minimums: tuple[int, int]
    suppliers: Mapping[str, str]

    def of(self, core: Protected, releases: Sequence[Earlier], narrower: Protected) -> Protected:
        """Return what the audience sees: no cell that `narrower` withholds, or that was withheld earlier."""
        withheld: Sequence[bool] = [False] * len(core.cells)
        for release in releases:
            earlier = wider_view(
                release.table, release.cells, self.minimums, self._withheld(release.table, release.cells, withheld)
            )
            withheld = [cell.value is None for cell in earlier.cells]
        if narrower is not core:
            withheld = [
                was_withheld or cell.value is None for was_withheld, cell in zip(withheld, narrower.cells, strict=True)
            ]
        return wider_view(core.table, core.cells, self.minimums, self._withheld(core.table, core.cells, withheld))

    def _withheld(
        self, counts_table: Table, cells: Sequence[PublishedCell], withheld: Sequence[bool]
    ) -> Sequence[bool]:
        """Return what is withheld already, and what one supplier may not see of another."""
        own: dict[str, dict[str, int]] = {}
        for place, area in enumerate(counts_table.areas):
            if area in self.suppliers and not counts_table.children[place]:
                own.setdefault(self.suppliers[area], {})[area] = counts_table.counts[place]
        tables = insiders(counts_table, own)
        if not tables:
            return withheld
        must = [cell.value is None or is_withheld for cell, is_withheld in zip(cells, withheld, strict=True)]
        return all_safe(tables, self.minimums[1], must)


def find_disclosures(series: History, rules: Rules) -> list[Finding]:
    """Return which small counts and changes can be found from all that was shared of one figure and year.

    Parameters
    ----------
    series
        A history whose last release is the newest.
    rules
        The disclosure rules of the suppliers.
    """
    tree = tree_of(_values_by_area(series[-1][1]))
    if tree is None:
        return []
    minimum = rules[Audience.CORE].minimum_frequency
    try:
        releases = _releases(series, tree[0], minimum)
        require_safe_releases(releases[-1].table, releases, minimum)
    except Refused as refused:
        return list(refused.findings)
    return []


def _releases(history: History, parents: Mapping[str, str], minimum: int) -> list[Earlier]:
    """Return what was shared before as releases; totals that nobody delivered are protected as they were then."""
    releases: list[Earlier] = []
    for name, real, shown in history:
        tree = tree_of(_values_by_area(real))
        if tree is None or tree[0] != dict(parents):
            what = "U deelde dit cijfer eerder over andere gebieden."
            todo = "Lever dezelfde gebieden aan als toen. Anders zijn kleine aantallen te raden."
            raise refuse(what, todo)
        counts_table = table(*tree)
        shared = {key.area: count for key, count in shown.items() if key in real and real[key].value is not None}
        cells: Sequence[PublishedCell]
        if set(counts_table.areas) <= set(shared):  # everything is known from what was shared
            cells = _cells_as_shared(counts_table, shared, minimum)
        else:
            cells = protect(counts_table, minimum=minimum, earlier=list(releases)).cells
            if not _agree(counts_table, cells, shared):
                cells = _cells_as_shared(counts_table, shared, minimum)
        releases.append(Earlier(name, counts_table, cells))
    return releases


def _agree(counts_table: Table, cells: Sequence[PublishedCell], shared: Mapping[str, Count]) -> bool:
    """Whether cells are what was shared, as far as it was."""
    pairs = zip(counts_table.areas, cells, strict=True)
    return all(_count(cell) == shared.get(area, _count(cell)) for area, cell in pairs)


def _shared_cells(counts_table: Table, shared: Mapping[str, Count], minimum: int) -> Sequence[PublishedCell]:
    """Return what a core group saw as cells; totals that nobody delivered as protected now, or else as known."""
    protected = protect(counts_table, minimum=minimum).cells
    if _agree(counts_table, protected, shared):
        return protected
    cells = _cells_as_shared(counts_table, shared, minimum)
    for place, (area, count) in enumerate(zip(counts_table.areas, counts_table.counts, strict=True)):
        if area not in shared and not 0 < count < minimum:
            cells[place] = PublishedCell(count)
    return cells


def _cells_as_shared(counts_table: Table, shared: Mapping[str, Count], minimum: int) -> list[PublishedCell]:
    """Return what was shared as cells, where protection now would publish other ones."""
    cells = []
    for area, real in zip(counts_table.areas, counts_table.counts, strict=True):
        count = shared.get(area)
        reason = Absence.TOO_FEW if 0 < real < minimum else Absence.PROTECTS_ANOTHER
        if count is None:
            cells.append(PublishedCell(None, reason))
        else:
            cells.append(PublishedCell(count.value, count.absence, _EARLIER_DELIVERY if count.kept else ""))
    return cells
