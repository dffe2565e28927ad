"""The disclosure audit of a release: beside all that was published before, it discloses no small count."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from buurtbalans.figures.catalogue.indicator import Kind, SourceKind
from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.intake.audience_view import find_disclosures
from buurtbalans.figures.protection.audience import Audience
from buurtbalans.figures.protection.policy import disclosure_rule, disclosure_rules
from buurtbalans.figures.protection.rule import DisclosureRule
from buurtbalans.figures.release.confidential import Group, Record, Records, series_of, suppliers_in

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Catalogue

_REMEDY = "Maak de uitgave opnieuw. Zij kijkt dan ook naar wat intussen is gepubliceerd."


def audit(
    name: str, frame: pl.DataFrame, records: Records, earlier: Sequence[tuple[str, Records]], catalogue: "Catalogue"
) -> list[Finding]:
    """Return a finding for every small count that could be disclosed once a release is published.

    Parameters
    ----------
    name
        The id of the release.
    frame : DataFrame[SCHEMA]
        What it would publish.
    records
        Its confidential records.
    earlier
        The confidential records of all releases that were ever published, the oldest first.
    catalogue
        What the figures mean.

    Notes
    -----
    An intruder is assumed to know the exact values of what is published, because an official total can undo the
    rounding. A single release is audited by interval propagation on its tree; several together by integer programming
    (`suppression_pattern`).
    """
    findings = list(_unguarded(frame, records, catalogue))
    for group in sorted(records):
        if not _is_count_of_partner(group, catalogue) or not _has_public_value(records[group]):
            continue
        rules = disclosure_rules(SourceKind.PARTNER, suppliers_in(records[group]))
        for finding in find_disclosures(series_of(group, [*earlier, (name, records)]), rules):
            what = f"{catalogue[group[0]].name} ({group[2]}): {finding.what}"
            findings.append(Finding(Severity.REFUSE, what, _REMEDY, file=finding.file))
    return findings


def _is_count_of_partner(group: Group, catalogue: "Catalogue") -> bool:
    indicator = catalogue.get(group[0])
    if indicator is None or indicator.kind is not Kind.COUNT:
        return False
    return catalogue.kind_of(indicator.source) is SourceKind.PARTNER


def _has_public_value(records: Mapping[str, Record]) -> bool:
    return any(record.public.value is not None for record in records.values())


def _unguarded(frame: pl.DataFrame, records: Records, catalogue: "Catalogue") -> Iterator[Finding]:
    """Yield a finding for every published figure of a partner or survey that differs from what passed the gate."""
    kinds = {id: catalogue.kind_of(catalogue[id].source) for id in frame["indicator"].unique() if id in catalogue}
    guarded = [id for id, kind in kinds.items() if kind is not SourceKind.PUBLISHED]
    rows = frame.filter(pl.col("indicator").is_in(guarded), pl.col("value").is_not_null())
    rules: dict[Group, DisclosureRule] = {}
    columns = rows.select("area", "division", "indicator", "period", "value")
    for area, division, id, period, value in columns.iter_rows():
        group: Group = (id, division, period)
        if group not in rules:
            rules[group] = disclosure_rule(kinds[id], Audience.PUBLIC, suppliers_in(records.get(group, {})))
        record = records.get(group, {}).get(area)
        if record is None or not _passed_the_gate(record, value, rules[group], _is_count_of_partner(group, catalogue)):
            what = f"{catalogue[id].name} van {area} ({period}) ging niet door de poort."
            yield Finding(Severity.REFUSE, what, _REMEDY)


def _passed_the_gate(record: Record, value: float, rule: DisclosureRule, is_count: bool) -> bool:
    """Whether a published value is the one in its record, and for a count the core group's value, rounded."""
    if record.public.value != value:
        return False
    if not is_count:
        return True
    return record.core.value is not None and value == rule.round_count(int(record.core.value))
