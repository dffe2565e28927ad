"""The gate of a release: figures of partners and surveys go into it as the public may see them.

It runs once, when a release is made. What the release holds from then on is protected already, so whatever is derived
from it (working areas, maps, files) discloses no more than what everybody can see.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import polars as pl

from buurtbalans.figures.area.codes import level_of
from buurtbalans.figures.catalogue.indicator import Indicator, Kind, SourceKind
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.intake.audience_view import view_for_audience
from buurtbalans.figures.intake.counts import Count
from buurtbalans.figures.intake.counts import Key as CountKey
from buurtbalans.figures.observation import SCHEMA, Absence
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.chain import CHAIN
from buurtbalans.figures.protection.policy import disclosure_rules
from buurtbalans.figures.protection.population_rule import suppressed_by_population
from buurtbalans.figures.protection.rule import DisclosureRule
from buurtbalans.figures.protection.rules import Cell
from buurtbalans.figures.protection.shares import Shares
from buurtbalans.figures.release.confidential import Group, Record, Records, frame_of, series_of
from buurtbalans.figures.release.per_supplier import SharedViews, view_per_supplier
from buurtbalans.figures.sources.delivery import SourceData

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Catalogue

_WITHHELD: Final = Cell(None, Absence.PROTECTS_ANOTHER)
_LEFT_OUT: Final = Cell(None, Absence.NOT_SHARED)
_UNKNOWN: Final = Cell(None, Absence.WITHHELD_AT_SOURCE)
_FEW: Final = Cell(None, Absence.TOO_FEW)
Cells = dict[str, Cell]  # by area
Suppliers = Mapping[str, Mapping[tuple[str, int, int], str]]  # indicator → (area, division, period) → supplier


@dataclass
class Guarded:
    """What goes into a release: `frame` as the public may see it, the confidential records, and findings."""

    frame: pl.DataFrame
    confidential: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)


def guard(
    frame: pl.DataFrame,
    catalogue: "Catalogue",
    suppliers: Suppliers,
    earlier: Sequence[tuple[str, Records]] = (),
    shared: SharedViews | None = None,
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
        The confidential records of the releases that were published before, the oldest first.
    shared
        What others saw of these counts when their suppliers shared them: the public sees a part of that.

    Notes
    -----
    Published figures pass as published. A partner's count goes through the whole engine (`view_for_audience`), beside
    all earlier releases. A partner's share or rate is recomputed from a part that passes together with its complement,
    and is not corrected within its period, because a corrected share would disclose the change. A share of nobody or
    everybody is withheld. A partner's mean and every survey figure must rest on the minimum population, also after
    differencing; a survey share is published as at least one answer, and at most all but one.
    """
    confidential = [id for id in frame["indicator"].unique().sort() if _kind(id, catalogue) is not SourceKind.PUBLISHED]
    search = _ReleaseGuard(frame, catalogue, suppliers, earlier, shared or {})
    records: dict[Group, dict[str, Record]] = {}
    for id in sorted(confidential, key=lambda id: (catalogue[id].kind is not Kind.COUNT, id)):
        for group, rows in search.groups(id):
            records[group] = search.protect(group, rows)
    table = frame_of(records)
    public = table.select("area", "level", "division", "indicator", "period", value="public", absence="public_absence")
    published = frame.filter(~pl.col("indicator").is_in(confidential))
    return Guarded(pl.concat([published, public]).select(list(SCHEMA)), table, search.findings)


def suppliers_of(
    deliveries: Iterable[SourceData], catalogue: "Catalogue"
) -> dict[str, dict[tuple[str, int, int], str]]:
    """Return who delivered each figure that the gate protects: indicator → (area, division, period) → publisher."""
    suppliers: dict[str, dict[tuple[str, int, int], str]] = {}
    for delivery in deliveries:
        ids = delivery.observations["indicator"].unique()
        confidential = [id for id in ids if _kind(id, catalogue) is not SourceKind.PUBLISHED]
        rows = delivery.observations.filter(pl.col("indicator").is_in(confidential))
        for id, *key in rows.select("indicator", "area", "division", "period").iter_rows():
            suppliers.setdefault(id, {})[tuple(key)] = delivery.source.publisher
    return suppliers


def _kind(id: str, catalogue: "Catalogue") -> SourceKind:
    """Return of what kind a figure is; what the catalogue does not know never passes the gate at all."""
    return catalogue.kind_of(catalogue[id].source) if id in catalogue else SourceKind.PUBLISHED


class _ReleaseGuard:
    """Protects the figures of a release, one group (indicator, division, period) after the other; counts come first."""

    def __init__(
        self,
        frame: pl.DataFrame,
        catalogue: "Catalogue",
        suppliers: Suppliers,
        earlier: Sequence[tuple[str, Records]],
        shared: SharedViews,
    ) -> None:
        self.frame, self.catalogue, self.suppliers, self.earlier = frame, catalogue, suppliers, earlier
        self.shared = shared
        self.public: dict[Group, Cells] = {}
        self.populations: dict[str, dict[Group, Cells]] = {}
        self.findings: list[Finding] = []

    def groups(self, id: str) -> Iterable[tuple[Group, dict[str, tuple[str, Cell]]]]:
        """Yield the figures of an indicator by division and period: area → (level, real cell)."""
        for (division, period), part in sorted(self.frame.filter(indicator=id).group_by("division", "period")):
            rows = part.select("area", "level", "value", "absence").sort("area").iter_rows()
            cells = {
                area: (level, Cell(value, Absence(absence) if absence else None))
                for area, level, value, absence in rows
            }
            yield (id, int(division), int(period)), cells

    def protect(self, group: Group, rows: Mapping[str, tuple[str, Cell]]) -> dict[str, Record]:
        """Return the confidential record of every figure in a group, with what the public and a core group see of it."""
        figures = self._group_figures(group, {area: cell for area, (_, cell) in rows.items()})
        view = self._view(figures)
        public = {area: cell or view.public[area] for area, cell in figures.withheld.items()}
        self.public[group] = public
        return {
            area: Record(
                level, cell, figures.suppliers[area], public[area], view.core.get(area, _LEFT_OUT), area in view.kept
            )
            for area, (level, cell) in rows.items()
        }

    def _group_figures(self, group: Group, real: Mapping[str, Cell]) -> "_GroupFigures":
        indicator = self.catalogue[group[0]]
        kind = self.catalogue.kind_of(indicator.source)
        supplier_of = self.suppliers.get(indicator.id, {})
        suppliers = {area: supplier_of.get((area, *group[1:]), "") for area in real}
        rules = disclosure_rules(kind, set(suppliers.values()))
        rules[Audience.PUBLIC] = rules[Audience.PUBLIC].for_indicator(indicator)
        populations = self._populations(indicator, group)
        withheld = {
            area: _withheld_by_itself(indicator, area, cell, populations, rules[Audience.PUBLIC])
            for area, cell in real.items()
        }
        values = {area: real[area].value or 0.0 for area, cell in withheld.items() if cell is None}
        return _GroupFigures(group, indicator, kind, real, values, withheld, suppliers, populations, rules)

    def _view(self, figures: "_GroupFigures") -> "_View":
        """Return what others see of the figures that are not withheld by themselves."""
        kind = figures.indicator.kind
        if figures.source_kind is not SourceKind.SURVEY and kind is Kind.COUNT:
            return self._counts_view(figures)
        if figures.source_kind is not SourceKind.SURVEY and (previous := self._previous(figures.group)):
            return _previous_view(figures, previous)
        if figures.source_kind is not SourceKind.SURVEY and kind in (Kind.SHARE, Kind.RATE):
            return _View(self._public_shares(figures))
        return _View(self._public_means(figures))

    def _populations(self, indicator: Indicator, group: Group) -> Cells | None:
        """Return the real population behind each figure of a group; None when the indicator has no denominator."""
        if not indicator.denominator:
            return None
        if indicator.denominator not in self.populations:
            self.populations[indicator.denominator] = {
                other: {area: cell for area, (_, cell) in rows.items()}
                for other, rows in self.groups(indicator.denominator)
            }
        return self.populations[indicator.denominator].get((indicator.denominator, *group[1:]), {})

    def _previous(self, group: Group) -> Mapping[str, Record]:
        """Return the records of a group in the newest earlier release that has it."""
        return next((records[group] for _, records in reversed(self.earlier) if group in records), {})

    def _counts_view(self, figures: "_GroupFigures") -> "_View":
        """Return what the public and a core group see of a partner's counts, and which values are earlier ones."""
        group, values = figures.group, figures.values
        counts = {CountKey(group[0], area, *group[1:]): Count(int(value)) for area, value in values.items()}
        suppliers = {area: figures.suppliers[area] for area in values}
        history = series_of(group, self.earlier)
        try:
            if self.shared.keys() & counts.keys():
                view = view_per_supplier(counts, history, rules=figures.rules, suppliers=suppliers, shared=self.shared)
            else:
                view = view_for_audience(
                    counts, history, audience=Audience.PUBLIC, rules=figures.rules, suppliers=suppliers
                )
        except Refused as refused:
            self._note(group, refused.findings[0].what)
            withheld = dict.fromkeys(values, _WITHHELD)
            return _View(withheld, withheld)
        self.findings += view.findings
        return _View(
            {key.area: Cell(count.value, count.absence) for key, count in view.counts.items()},
            {key.area: Cell(count.value, count.absence) for key, count in view.core.items()},
            {key.area for key, count in view.core.items() if count.kept},
        )

    def _published_populations(self, figures: "_GroupFigures") -> Cells | None:
        """Return the denominators of a group as the public sees them, where they went through this gate."""
        return self.public.get((figures.indicator.denominator or "", *figures.group[1:]))

    def _visible_populations(self, figures: "_GroupFigures") -> Cells:
        """Return the published populations of the figures, or all known ones where none are published."""
        published = self._published_populations(figures)
        return (figures.populations or {}) if published is None else published

    def _public_shares(self, figures: "_GroupFigures") -> Cells:
        """Return what the public sees of a partner's shares or rates."""
        indicator, values, rule = figures.indicator, figures.values, figures.rules[Audience.PUBLIC]
        published = self._visible_populations(figures)
        populations = figures.populations_of_values()
        hidden = {area for area in values if published.get(area, _UNKNOWN).value is None}
        suppliers = {area: figures.suppliers[area] for area in values}
        shares = Shares(values, populations, indicator.per, has_complement=indicator.kind is Kind.SHARE)
        suppressed = shares.suppressed(rule.minimum_frequency, hidden, suppliers)
        if shares.has_complement:  # a share of nobody or everybody tells something of each of them
            suppressed |= {area for area in values if shares.part(area) in (0, round(populations[area]))}

        def public_share(area: str) -> Cell:
            population = published[area].value or 1.0
            share = rule.round_share(shares.part(area), population, indicator.per, has_complement=shares.has_complement)
            return Cell(share, None)

        return {area: _WITHHELD if area in suppressed else public_share(area) for area in values}

    def _public_means(self, figures: "_GroupFigures") -> Cells:
        """Return what the public sees of a survey, or of a partner's means."""
        minimum = figures.rules[Audience.PUBLIC].minimum_population
        populations = {area: int(population) for area, population in figures.populations_of_values().items()}
        suppressed = suppressed_by_population(populations, minimum, self._withheld_elsewhere(figures))
        if figures.source_kind is SourceKind.PARTNER:
            self._note(
                figures.group, "De losse bijdragen aan dit gemiddelde zijn niet bekend. Eén grote valt dus niet op."
            )
        public: Cells = {}
        for area, value in figures.values.items():
            population = populations[area]
            if area in suppressed:
                public[area] = _FEW if population < minimum else _WITHHELD
            elif figures.indicator.kind is Kind.SHARE and population:
                margin = figures.indicator.per / population  # one answer
                public[area] = Cell(min(max(value, margin), figures.indicator.per - margin), None)
            else:
                public[area] = Cell(value, None)
        return public

    def _withheld_elsewhere(self, figures: "_GroupFigures") -> set[str]:
        """Return the areas that were withheld in an earlier release, or whose denominator is withheld in this one."""
        reasons = (_FEW.absence, _WITHHELD.absence)
        previous = self._previous(figures.group)
        areas = {area for area, record in previous.items() if record.public.absence in reasons}
        published = self._published_populations(figures) or {}
        return areas | {area for area in figures.values if area in published and published[area].value is None}

    def _note(self, group: Group, what: str) -> None:
        name = self.catalogue[group[0]].name
        finding = Finding(Severity.NOTE, f"{name}: {what}", "Deel dit cijfer alleen als dat klopt.")
        if finding not in self.findings:
            self.findings.append(finding)


@dataclass(frozen=True)
class _GroupFigures:
    """The figures of one group with all that the gate needs to know of them.

    `values` holds the real values of the areas whose publication depends on the other areas; `withheld` has a cell with
    the reason for the other areas, and None for these.
    """

    group: Group
    indicator: Indicator
    source_kind: SourceKind
    real: Mapping[str, Cell]
    values: Mapping[str, float]
    withheld: Mapping[str, Cell | None]
    suppliers: Mapping[str, str]
    populations: Cells | None
    rules: Mapping[Audience, DisclosureRule]

    def populations_of_values(self) -> dict[str, float]:
        """Return the population behind each value; a figure without a denominator is its own population."""
        if self.populations is None:
            return dict(self.values)
        return {area: self.populations[area].value or 0.0 for area in self.values}


@dataclass(frozen=True)
class _View:
    """What the public and a core group see of a group, and the areas whose value is of an earlier release."""

    public: Mapping[str, Cell]
    core: Mapping[str, Cell] = field(default_factory=dict)
    kept: Collection[str] = frozenset()


def _previous_view(figures: _GroupFigures, previous: Mapping[str, Record]) -> _View:
    """Return the view of an earlier release: a corrected share, rate or mean would disclose the change."""
    public = {area: previous[area].public if area in previous else _WITHHELD for area in figures.values}
    kept = {
        area
        for area in figures.values
        if area in previous and (previous[area].kept or previous[area].real != figures.real[area])
    }
    return _View(public, kept=kept)


def _is_frequency(value: float) -> bool:
    """Return whether a value can be a count: whole, and not negative."""
    if value < 0:
        return False
    return value == int(value)


def _withheld_by_itself(
    indicator: Indicator, area: str, cell: Cell, populations: Cells | None, rule: DisclosureRule
) -> Cell | None:
    """Return why a figure is withheld whatever the others are, or None when that depends on the others."""
    if indicator.restricted or (cell.value is not None and level_of(area) not in CHAIN):
        return _LEFT_OUT
    if cell.value is None:
        return Cell(None, cell.absence or Absence.WITHHELD_AT_SOURCE)
    is_count = indicator.kind is Kind.COUNT
    if is_count and not _is_frequency(cell.value):
        return _UNKNOWN
    if populations is not None:
        return _withheld_by_population(populations.get(area, _UNKNOWN), rule)
    return None if is_count else _UNKNOWN


def _withheld_by_population(population: Cell, rule: DisclosureRule) -> Cell | None:
    if population.value is None:
        return Cell(None, population.absence or Absence.WITHHELD_AT_SOURCE)
    return _FEW if population.value < rule.minimum_population else None
