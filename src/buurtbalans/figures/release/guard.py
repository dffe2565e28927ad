"""The gate of a release: figures of partners and surveys go into it as the public may see them.

It runs once, when a release is made. What lies in the release after that is protected already, so whatever is made of
it (own areas, maps, files) tells no more than what everybody can see.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from buurtbalans.figures.area.codes import level_of
from buurtbalans.figures.catalogue.indicator import Indicator, Kind, SourceKind
from buurtbalans.figures.findings import Finding, Refused, Weight
from buurtbalans.figures.intake.counts import Count
from buurtbalans.figures.intake.counts import Key as About
from buurtbalans.figures.intake.shown import outward
from buurtbalans.figures.observation import SCHEMA, Absence
from buurtbalans.figures.protection.chain import CHAIN
from buurtbalans.figures.protection.policy import Audience, Care, care, fewest
from buurtbalans.figures.protection.resting import resting
from buurtbalans.figures.protection.rules import Cell
from buurtbalans.figures.protection.shares import Shares, share
from buurtbalans.figures.release.apart import Saw, apart
from buurtbalans.figures.release.inside import Group, Line, Lines, frame_of, series_of
from buurtbalans.figures.sources.delivery import SourceData

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Catalogue

_WITHHELD: Final = Cell(None, Absence.PROTECTS_ANOTHER)
_LEFT_OUT: Final = Cell(None, Absence.NOT_SHARED)
_UNKNOWN: Final = Cell(None, Absence.WITHHELD_AT_SOURCE)
_FEW: Final = Cell(None, Absence.TOO_FEW)
Told = dict[str, Cell]


@dataclass
class Guarded:
    """What goes into a release: observations as the public may see them, the real ones aside, and what stands out."""

    frame: pl.DataFrame
    inside: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)


def guarded(
    frame: pl.DataFrame,
    catalogue: "Catalogue",
    suppliers: Mapping[str, Mapping[tuple[str, int, int], str]],
    earlier: Sequence[tuple[str, Lines]] = (),
    shared: Saw | None = None,
) -> Guarded:
    """Return the observations of a release as the public may see them.

    Parameters
    ----------
    frame : DataFrame[SCHEMA]
        The real observations.
    catalogue
        What they mean, and of what kind their sources are.
    suppliers
        Indicator → (area, division, period) → who delivered it.
    earlier
        What lies inside the releases that were published before, the oldest first.
    shared
        What others saw of these counts when their suppliers shared them: of that everybody sees a part.

    Notes
    -----
    What a publisher published passes as published. A partner's count goes through the whole engine (`outward`, as
    public), beside all that earlier releases told. A partner's share or rate is made anew from a part that passes
    with its remainder, and is not corrected within its period: a corrected share would tell a change. Where a share is
    nobody or everybody it is withheld. A mean of a partner and everything of a survey need the minimum behind them,
    also behind what can be subtracted; a share of a survey is shown as one answer at least, and one less than all.
    """
    kept = [id for id in frame["indicator"].unique().sort() if _kind(id, catalogue) is not SourceKind.PUBLISHED]
    work = _Work(frame, catalogue, suppliers, earlier, shared or {})
    found: dict[Group, dict[str, Line]] = {}
    for id in sorted(kept, key=lambda id: (catalogue[id].kind is not Kind.COUNT, id)):
        for group, rows in work.groups(id):
            found[group] = work.lines(catalogue[id], group, rows)
    inside = frame_of(found)
    public = inside.select("area", "level", "division", "indicator", "period", value="public", absence="public_absence")
    rest = frame.filter(~pl.col("indicator").is_in(kept))
    return Guarded(pl.concat([rest, public]).select(list(SCHEMA)), inside, work.findings)


def suppliers_of(
    deliveries: Iterable[SourceData], catalogue: "Catalogue"
) -> dict[str, dict[tuple[str, int, int], str]]:
    """Return who delivered each figure that the gate protects: indicator → (area, division, period) → publisher."""
    found: dict[str, dict[tuple[str, int, int], str]] = {}
    for delivery in deliveries:
        told = delivery.observations["indicator"].unique()
        kept = [id for id in told if _kind(id, catalogue) is not SourceKind.PUBLISHED]
        rows = delivery.observations.filter(pl.col("indicator").is_in(kept))
        for id, *about in rows.select("indicator", "area", "division", "period").iter_rows():
            found.setdefault(id, {})[tuple(about)] = delivery.source.publisher
    return found


def _kind(id: str, catalogue: "Catalogue") -> SourceKind:
    """Return of what kind a figure is; what the catalogue does not know never passes the gate at all."""
    return catalogue.kind_of(catalogue[id].source) if id in catalogue else SourceKind.PUBLISHED


class _Work:
    """The figures of a release, one group (indicator, division, period) after the other; counts come first."""

    def __init__(
        self,
        frame: pl.DataFrame,
        catalogue: "Catalogue",
        suppliers: Mapping[str, Mapping[tuple[str, int, int], str]],
        earlier: Sequence[tuple[str, Lines]],
        shared: Saw,
    ) -> None:
        self.frame, self.catalogue, self.suppliers, self.earlier = frame, catalogue, suppliers, earlier
        self.shared = shared
        self.public: dict[Group, Told] = {}
        self.real: dict[str, dict[Group, Told]] = {}
        self.findings: list[Finding] = []

    def groups(self, id: str) -> Iterable[tuple[Group, dict[str, tuple[str, Cell]]]]:
        """Yield the figures of an indicator, by division and period."""
        for (division, period), part in sorted(self.frame.filter(indicator=id).group_by("division", "period")):
            rows = part.select("area", "level", "value", "absence").sort("area").iter_rows()
            yield (
                (id, int(division), int(period)),
                {
                    area: (level, Cell(value, Absence(absence) if absence else None))
                    for area, level, value, absence in rows
                },
            )

    def lines(self, indicator: Indicator, group: Group, rows: Mapping[str, tuple[str, Cell]]) -> dict[str, Line]:
        """Return what happens to each figure of a group."""
        real = {area: cell for area, (_, cell) in rows.items()}
        bases = self._bases(indicator, group)
        least = fewest(indicator, self.catalogue.kind_of(indicator.source))
        told = {area: self._first(indicator, area, cell, bases, least) for area, cell in real.items()}
        open_ = {area: real[area].value or 0.0 for area, cell in told.items() if cell is None}
        core: Told = {}
        kept: set[str] = set()
        if self.catalogue.kind_of(indicator.source) is SourceKind.SURVEY:
            found = self._resting(indicator, group, open_, bases, least)
        elif (before := self._before(group)) and indicator.kind is not Kind.COUNT:
            found = {area: before[area].public if area in before else _WITHHELD for area in open_}
            kept = {area for area in open_ if area in before and (before[area].kept or before[area].real != real[area])}
        elif indicator.kind is Kind.COUNT:
            found, core, kept = self._counts(group, open_, least)
        elif indicator.kind in (Kind.SHARE, Kind.RATE):
            found = self._shares(indicator, group, open_, bases, least)
        else:
            found = self._resting(indicator, group, open_, bases, least)
        public = {area: cell or found[area] for area, cell in told.items()}
        self.public[group] = public
        who = self.suppliers.get(indicator.id, {})
        return {
            area: Line(
                level, cell, who.get((area, *group[1:]), ""), public[area], core.get(area, _LEFT_OUT), area in kept
            )
            for area, (level, cell) in rows.items()
        }

    def _care(self, indicator: Indicator) -> Care:
        return care(self.catalogue.kind_of(indicator.source), Audience.PUBLIC)

    def _first(self, indicator: Indicator, area: str, cell: Cell, bases: Told | None, least: int) -> Cell | None:
        """Return why a figure is withheld whatever the others are, or None when that depends on the others."""
        if indicator.restricted or (cell.value is not None and level_of(area) not in CHAIN):
            return _LEFT_OUT
        if cell.value is None:
            return Cell(None, cell.absence or Absence.WITHHELD_AT_SOURCE)
        if indicator.kind is Kind.COUNT and (cell.value < 0 or cell.value != int(cell.value)):
            return _UNKNOWN
        if bases is None:
            return None if indicator.kind is Kind.COUNT else _UNKNOWN
        base = bases.get(area, _UNKNOWN)
        if base.value is None:
            return Cell(None, base.absence or Absence.WITHHELD_AT_SOURCE)
        return _FEW if base.value < least else None

    def _bases(self, indicator: Indicator, group: Group) -> Told | None:
        """Return how many are behind each figure of a group, by the real counts; None when nothing counts them."""
        if not indicator.denominator:
            return None
        if indicator.denominator not in self.real:
            self.real[indicator.denominator] = {
                other: {area: cell for area, (_, cell) in rows.items()}
                for other, rows in self.groups(indicator.denominator)
            }
        return self.real[indicator.denominator].get((indicator.denominator, *group[1:]), {})

    def _before(self, group: Group) -> Mapping[str, Line]:
        """Return what the newest earlier release held and told of a group."""
        return next((lines[group] for _, lines in reversed(self.earlier) if group in lines), {})

    def _counts(self, group: Group, open_: Mapping[str, float], least: int) -> tuple[Told, Told, set[str]]:
        """Return what the public and a core group see of a partner's counts, and where that is an earlier value."""
        keys = {About(group[0], area, *group[1:]): Count(int(value)) for area, value in open_.items()}
        who = self.suppliers.get(group[0], {})
        mine = {area: who.get((area, *group[1:]), "") for area in open_}
        before = series_of(group, self.earlier)
        try:
            if self.shared.keys() & keys.keys():
                found = apart(keys, before, least=least, suppliers=mine, shared=self.shared)
            else:
                found = outward(keys, before, audience=Audience.PUBLIC, least=least, suppliers=mine)
        except Refused as refused:
            self._note(group, refused.findings[0].what)
            return dict.fromkeys(open_, _WITHHELD), dict.fromkeys(open_, _WITHHELD), set()
        self.findings += found.findings
        return (
            {key.area: Cell(count.value, count.absence) for key, count in found.counts.items()},
            {key.area: Cell(count.value, count.absence) for key, count in found.core.items()},
            {key.area for key, count in found.core.items() if count.kept},
        )

    def _shares(
        self, indicator: Indicator, group: Group, open_: Mapping[str, float], bases: Told | None, least: int
    ) -> Told:
        """Return what the public sees of a partner's shares or rates."""
        seen = self.public.get((indicator.denominator or "", *group[1:]), bases or {})
        whole = {area: (bases or {})[area].value or 0.0 for area in open_}
        hidden = {area for area in open_ if seen.get(area, _UNKNOWN).value is None}
        who = self.suppliers.get(group[0], {})
        mine = {area: who.get((area, *group[1:]), "") for area in open_}
        asked = Shares(open_, whole, indicator.per, remainder=indicator.kind is Kind.SHARE)
        withheld = asked.withheld(least, hidden, mine)
        withheld |= {area for area in open_ if asked.remainder and asked.part(area) in (0, round(whole[area]))}
        step = self._care(indicator).step
        return {
            area: _WITHHELD if area in withheld else Cell(share(asked, area, seen[area].value or 1.0, step), None)
            for area in open_
        }

    def _resting(
        self, indicator: Indicator, group: Group, open_: Mapping[str, float], bases: Told | None, least: int
    ) -> Told:
        """Return what the public sees of a survey, or of a partner's means."""
        whole = {area: int((bases[area].value if bases else value) or 0) for area, value in open_.items()}
        hidden = (_FEW.absence, _WITHHELD.absence)
        gone = {area for area, line in self._before(group).items() if line.public.absence in hidden}
        seen = self.public.get((indicator.denominator or "", *group[1:]), {})
        gone |= {area for area in open_ if seen.get(area, Cell(0.0, None)).value is None}
        withheld = resting(whole, least, gone)
        if self.catalogue.kind_of(indicator.source) is SourceKind.PARTNER:
            self._note(group, "De losse bijdragen aan dit gemiddelde zijn niet bekend. Eén grote valt dus niet op.")
        found: Told = {}
        for area, value in open_.items():
            if area in withheld:
                found[area] = _FEW if whole[area] < least else _WITHHELD
            elif indicator.kind is Kind.SHARE and whole[area]:
                edge = indicator.per / whole[area]
                found[area] = Cell(min(max(value, edge), indicator.per - edge), None)
            else:
                found[area] = Cell(value, None)
        return found

    def _note(self, group: Group, what: str) -> None:
        name = self.catalogue[group[0]].name
        finding = Finding(Weight.NOTE, f"{name}: {what}", "Deel dit cijfer alleen als dat klopt.")
        if finding not in self.findings:
            self.findings.append(finding)
