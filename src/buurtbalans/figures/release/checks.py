"""The checks of a release before it is published: everything that stands out, at once, in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from buurtbalans.figures.area.division import Division
from buurtbalans.figures.derivation.level_totals import level_totals
from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.observation import KEY
from buurtbalans.figures.release.maps import against_maps
from buurtbalans.figures.release.order import packed
from buurtbalans.figures.release.words import many, number, some

if TYPE_CHECKING:
    from buurtbalans.figures.catalogue.indicator import Indicator
    from buurtbalans.figures.release.manifest import Manifest

SHAPE: Final = r"^[a-z0-9][a-z0-9_-]*:\S.*$"  # a column that the catalogue does not know: `source:original name`


def check(
    frame: pl.DataFrame,
    divisions: Mapping[int, Division],
    catalogue: "Mapping[str, Indicator]",
    before: "Manifest | None" = None,
) -> list[Finding]:
    """Return everything that stands out in the observations of a release.

    Parameters
    ----------
    frame : DataFrame[SCHEMA]
        All observations.
    divisions
        The maps, by their year.
    catalogue
        The indicators by id.
    before
        The manifest of the release that is published now.

    Returns
    -------
    list of Finding
        First what refuses the release, then warnings, then notes.

    Examples
    --------
    >>> from buurtbalans.figures.observation import SCHEMA
    >>> [finding.what for finding in check(pl.DataFrame(schema=SCHEMA), {}, {})]
    ['Er staat geen enkel cijfer in.']
    """
    if frame.is_empty():
        return [Finding(Severity.REFUSE, "Er staat geen enkel cijfer in.", "Kies een bestand met cijfers.")]
    if nameless := list(_nameless(frame)):
        return nameless
    names = _Names(catalogue, divisions)
    findings = [
        *_doubled(frame, names),
        *_value_or_reason(frame, names),
        *_unknown_indicators(frame, catalogue),
        *_impossible(frame, names),
        *_more_than_parent(frame, names),
        *against_maps(frame, divisions),
        *(_shrunk(frame, before) if before else ()),
    ]
    return sorted(findings, key=lambda finding: list(Severity).index(finding.weight))


def sound(frame: pl.DataFrame) -> bool:
    """Return whether every figure has its names, and only one figure has them: else nothing can be computed.

    Examples
    --------
    >>> from buurtbalans.figures.observation import SCHEMA
    >>> sound(pl.DataFrame(schema=SCHEMA))
    True
    """
    return not [*_nameless(frame), *_doubled(frame, _Names({}, {}))]


def _nameless(frame: pl.DataFrame) -> Iterator[Finding]:
    names = (*KEY, "level")
    rows = frame.filter(pl.any_horizontal(pl.col(name).is_null() for name in names))
    if not rows.is_empty():
        what = f"Er zijn cijfers zonder gebied, niveau, indeling, indicator of jaar ({number(len(rows))} keer)."
        yield Finding(Severity.REFUSE, what, "Vul aan wat ontbreekt.", times=len(rows))


@dataclass(frozen=True, slots=True)
class _Names:
    """What people call indicators and areas."""

    catalogue: "Mapping[str, Indicator]"
    divisions: Mapping[int, Division]

    def of(self, row: Mapping[str, Any]) -> str:
        """Return a figure in words: its indicator, and its area by name where a map knows it."""
        indicator, area = row["indicator"], row["area"]
        division = self.divisions.get(row["division"])
        name = self.catalogue[indicator].name if indicator in self.catalogue else indicator
        place = f"{division[area].name} ({area})" if division and area in division else area
        return f"‘{name}’ van {place}"


def _doubled(frame: pl.DataFrame, names: _Names) -> Iterator[Finding]:
    doubled = frame.filter(packed([frame[name] for name in KEY]).is_duplicated()).select(KEY).unique()
    if not doubled.is_empty():
        row = doubled.sort(KEY).row(0, named=True)
        yield Finding(
            Severity.REFUSE,
            f"{many(len(doubled), 'cijfer staat', 'cijfers staan')} er twee keer in, "
            f"zoals {names.of(row)} over {row['period']}.",
            "Haal het dubbele bestand of de dubbele rij weg.",
            column=row["indicator"],
            times=len(doubled),
        )


def _value_or_reason(frame: pl.DataFrame, names: _Names) -> Iterator[Finding]:
    problems = (
        (pl.col("value").is_null() & pl.col("absence").is_null(), "zonder waarde en zonder reden"),
        (pl.col("value").is_not_null() & pl.col("absence").is_not_null(), "met een waarde en ook een reden"),
        (~pl.col("value").is_finite(), "die geen gewoon getal zijn"),
    )
    for condition, what in problems:
        rows = frame.filter(condition)
        if not rows.is_empty():
            yield _about(rows, names, what, "Geef een waarde, of zeg waarom die er niet is.")


def _about(rows: pl.DataFrame, names: _Names, what: str, todo: str) -> Finding:
    """Return one refusal over many rows, with the first as its example."""
    first = rows.row(0, named=True)
    words = f"Er zijn cijfers {what} ({number(len(rows))} keer), zoals {names.of(first)}."
    return Finding(Severity.REFUSE, words, todo, column=first["indicator"], times=len(rows))


def _unknown_indicators(frame: pl.DataFrame, catalogue: "Mapping[str, Indicator]") -> Iterator[Finding]:
    names = frame["indicator"].unique()
    unknown = names.filter(~names.is_in(list(catalogue)) & ~names.str.contains(SHAPE))
    if len(unknown):
        yield Finding(
            Severity.REFUSE,
            f"Dit staat niet in de catalogus: {some(unknown)}.",
            "Noem een onbekende kolom ‘bron:naam van de kolom’.",
            times=len(unknown),
        )


def _impossible(frame: pl.DataFrame, names: _Names) -> Iterator[Finding]:
    shares = [id for id, indicator in names.catalogue.items() if indicator.kind == "share"]
    counts = [id for id, indicator in names.catalogue.items() if indicator.kind == "count"]
    problems = (
        (pl.col("indicator").is_in(shares) & ~pl.col("value").is_between(0, 100), "buiten 0 tot 100"),
        (pl.col("indicator").is_in(counts) & (pl.col("value") < 0), "onder 0"),
    )
    for condition, what in problems:
        rows = frame.filter(condition)
        if not rows.is_empty():
            yield _about(rows, names, what, "Kijk na of de kolommen goed staan.")


def _more_than_parent(frame: pl.DataFrame, names: _Names) -> Iterator[Finding]:
    # Which figure, never how much: findings are kept with a release and do not pass the gate, these sums may be secret.
    held = level_totals(frame, names.divisions, names.catalogue)
    more = held.filter(pl.col("sum") - pl.col("value") > pl.col("slack")).sort(
        "area", "division", "indicator", "period"
    )
    if not more.is_empty():
        row = more.row(0, named=True)
        what = f"{number(len(more))} keer is de som van de delen groter dan het geheel, zoals {names.of(row)}."
        todo = "Bij een schatting kan dat. Kijk anders na of er rijen dubbel of verschoven zijn."
        yield Finding(Severity.WARN, what, todo, column=row["indicator"], times=len(more))


def _shrunk(frame: pl.DataFrame, before: "Manifest") -> Iterator[Finding]:
    kept = set(frame["indicator"].unique()) & set(before.indicators)
    if 2 * len(kept) < len(before.indicators):
        yield Finding(
            Severity.WARN,
            f"Van de {number(len(before.indicators))} indicatoren van nu blijven er {number(len(kept))} over.",
            "Kijk na of er bestanden ontbreken.",
        )
    regions = regions_of(frame)
    for level, count in before.regions.items():
        if 2 * regions.get(level, 0) < count:
            yield Finding(
                Severity.WARN,
                f"Op het niveau {level} gaan er van {number(count)} naar {number(regions.get(level, 0))} gebieden.",
                "Kijk na of er bestanden ontbreken.",
            )


def regions_of(frame: pl.DataFrame) -> dict[str, int]:
    """Return how many areas have figures, per level.

    Examples
    --------
    >>> regions_of(pl.DataFrame({"area": ["WK999901", "WK999901"], "level": ["wijk", "wijk"]}))
    {'wijk': 1}
    """
    counted = frame.group_by("level").agg(pl.col("area").n_unique()).sort("level")
    return dict(counted.select(pl.col("level").cast(pl.String), "area").iter_rows())
