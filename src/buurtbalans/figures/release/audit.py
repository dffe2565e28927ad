"""The audit of a release before it is published: beside all that was published before, no small count can be found."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from buurtbalans.figures.catalogue.indicator import Kind, SourceKind
from buurtbalans.figures.findings import Finding, Weight
from buurtbalans.figures.intake.shown import audited
from buurtbalans.figures.protection.policy import Audience, care
from buurtbalans.figures.protection.wider import rounded
from buurtbalans.figures.release.inside import Group, Line, Lines, series_of

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Catalogue

_REMEDY = "Maak de uitgave opnieuw. Zij kijkt dan ook naar wat intussen is gepubliceerd."


def audit(
    name: str, frame: pl.DataFrame, lines: Lines, earlier: Sequence[tuple[str, Lines]], catalogue: "Catalogue"
) -> list[Finding]:
    """Return what would give away a small count when a release is published.

    Parameters
    ----------
    name
        The release.
    frame : DataFrame[SCHEMA]
        What it would show.
    lines
        What stays inside.
    earlier
        What lies inside all releases that were ever published before, the oldest first.
    catalogue
        What the figures mean.

    Notes
    -----
    Exact values of what is shown are taken to be known, for an official total can undo the rounding. With one release
    a tree is narrowed; with several it is a puzzle for integer programming (`puzzle`).
    """
    found: list[Finding] = list(_strays(frame, lines, catalogue))
    for group in sorted(lines):
        if group[0] not in catalogue or catalogue[group[0]].kind is not Kind.COUNT:
            continue
        if catalogue.kind_of(catalogue[group[0]].source) is SourceKind.PARTNER and _open(lines[group]):
            series = series_of(group, [*earlier, (name, lines)])
            for each in audited(series):
                what = f"{catalogue[group[0]].name} ({group[2]}): {each.what}"
                found.append(Finding(Weight.REFUSE, what, _REMEDY, file=each.file))
    return found


def _open(areas: Mapping[str, Line]) -> bool:
    return any(line.public.value is not None for line in areas.values())


def _strays(frame: pl.DataFrame, lines: Lines, catalogue: "Catalogue") -> Iterator[Finding]:
    """Yield the figures of partners and surveys that show something else than what passed the gate."""
    kinds = {id: catalogue.kind_of(catalogue[id].source) for id in frame["indicator"].unique() if id in catalogue}
    guarded = [id for id, kind in kinds.items() if kind is not SourceKind.PUBLISHED]
    rows = frame.filter(pl.col("indicator").is_in(guarded), pl.col("value").is_not_null())
    for area, division, id, period, value in rows.select(
        "area", "division", "indicator", "period", "value"
    ).iter_rows():
        group: Group = (id, division, period)
        line = lines.get(group, {}).get(area)
        step = care(kinds[id], Audience.PUBLIC).step
        sound = line is not None and line.public.value == value
        if sound and line and kinds[id] is SourceKind.PARTNER and catalogue[id].kind is Kind.COUNT:
            sound = line.core.value is not None and value == rounded(int(line.core.value), step)
        if not sound:
            what = f"{catalogue[id].name} van {area} ({period}) ging niet door de poort."
            yield Finding(Weight.REFUSE, what, _REMEDY)
