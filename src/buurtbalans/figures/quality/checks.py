"""What in a release asks for a second look: between figures, years and levels, and beyond what is plausible."""

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from buurtbalans.figures.area.division import Division
from buurtbalans.figures.catalogue.indicator import Catalogue, SourceKind
from buurtbalans.figures.findings import Finding, Refused, Severity
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.protection.gate import withheld
from buurtbalans.figures.quality.between import between_indicators
from buurtbalans.figures.quality.doubt import Concern, Doubt
from buurtbalans.figures.quality.levels import between_levels
from buurtbalans.figures.quality.ranges import beyond_range
from buurtbalans.figures.quality.years import between_years

LISTED: Final = 20  # changes that a refusal names


def find_doubts(
    frame: pl.DataFrame,
    divisions: Mapping[int, Division],
    catalogue: Catalogue,
    before: pl.DataFrame | None = None,
) -> list[Doubt]:
    """Return everything in the figures that asks for a second look.

    Only figures that may be shown are looked at: what the gate withholds or restricts is in no doubt and no sum.

    Parameters
    ----------
    frame
        All observations of a release, rows of `observation.SCHEMA`.
    divisions
        The map of every division year that has one.
    catalogue
        What the indicators mean.
    before
        Observations of the release that is published now: years that `frame` does not have are compared with.

    Returns
    -------
    list of Doubt
        By concern, within one the strongest first.

    Examples
    --------
    >>> from buurtbalans.figures.catalogue.reader import catalogue
    >>> rows = [("BU99990101", "buurt", 2024, name, 2024, value, None)
    ...         for name, value in (("population", 100.0), ("men", 90.0), ("women", 80.0))]
    >>> [doubt.words for doubt in find_doubts(pl.DataFrame(rows, SCHEMA, orient="row"), {}, catalogue())]
    ['Mannen en vrouwen zijn samen niet gelijk aan het aantal inwoners.']
    """
    shown = _shown(frame, catalogue)
    earlier = _shown(before, catalogue) if before is not None else shown.clear()
    doubts = [
        *between_indicators(shown, catalogue),
        *between_years(shown, earlier, divisions, catalogue),
        *between_levels(shown, divisions, catalogue),
        *beyond_range(shown, catalogue),
    ]
    order = list(Concern)
    return sorted(doubts, key=lambda at: (order.index(at.concern), -at.strength, at.area, at.indicator, at.period))


def to_confirm(doubts: Sequence[Doubt]) -> list[Doubt]:
    """Return the doubts that somebody must have seen before the figures are published."""
    return [doubt for doubt in doubts if doubt.concern is Concern.YEARS]


def require_confirmed(doubts: Sequence[Doubt], seen: bool) -> None:
    """Refuse to publish while nobody has said to have seen the large changes.

    Raises
    ------
    Refused
        With what to do on the page and on the command line.
    """
    changes = to_confirm(doubts)
    if changes and not seen:
        count = "Eén verandering is" if len(changes) == 1 else f"{len(changes)} veranderingen zijn"
        what = f"{count} veel groter dan elders."
        todo = "Bekijk de kwaliteitspagina en vink aan dat u dit bekeken hebt. Op de server: --confirm."
        raise Refused([Finding(Severity.REFUSE, what, todo, times=len(changes)), *(map(_finding, changes[:LISTED]))])


def _finding(doubt: Doubt) -> Finding:
    now, first = (f"{value:g}".replace(".", ",") for value in (doubt.value, doubt.other))
    values = f"{doubt.indicator} van {doubt.area} over {doubt.period}: {now}, eerst {first}."
    return Finding(Severity.WARN, values, column=doubt.indicator)


def _shown(frame: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Return the values that may be shown; published ones are public already, the others pass the gate here."""
    open_ = [one.id for one in catalogue.values() if not one.restricted]
    public = [id for id in open_ if catalogue.kind_of(catalogue[id].source) is SourceKind.PUBLISHED]
    guarded = set(open_) - set(public)
    passed = withheld(frame.filter(pl.col("indicator").is_in(catalogue.with_needs(guarded))), catalogue)
    both = pl.concat(
        [
            frame.filter(pl.col("indicator").is_in(public)),
            passed.filter(pl.col("indicator").is_in(list(guarded))),
        ]
    )
    return both.filter(pl.col("value").is_finite()).select(SCHEMA.names())
