"""The checks of a release before it is published: everything that stands out, at once, in plain words."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import polars as pl

from ..area import Division
from ..findings import Finding, Weight
from ..levels import above
from ..observation import KEY
from .maps import against_maps
from .order import packed
from .words import many, number, some

if TYPE_CHECKING:
    from ..indicator import Indicator
    from .manifest import Manifest

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
        return [Finding(Weight.REFUSE, "Er staat geen enkel cijfer in.", "Kies een bestand met cijfers.")]
    if nameless := list(_nameless(frame)):
        return nameless
    found = [
        *_doubled(frame, catalogue),
        *_value_or_reason(frame, catalogue),
        *_unknown_indicators(frame, catalogue),
        *_impossible(frame, catalogue),
        *_more_than_parent(frame, divisions, catalogue),
        *against_maps(frame, divisions),
        *(_shrunk(frame, before) if before else ()),
    ]
    return sorted(found, key=lambda finding: list(Weight).index(finding.weight))


def sound(frame: pl.DataFrame) -> bool:
    """Return whether every figure has its names, and only one figure has them: else nothing can be computed.

    Examples
    --------
    >>> from buurtbalans.figures.observation import SCHEMA
    >>> sound(pl.DataFrame(schema=SCHEMA))
    True
    """
    return not [*_nameless(frame), *_doubled(frame, {})]


def _nameless(frame: pl.DataFrame) -> Iterator[Finding]:
    names = (*KEY, "level")
    rows = frame.filter(pl.any_horizontal(pl.col(name).is_null() for name in names))
    if not rows.is_empty():
        what = f"Er zijn cijfers zonder gebied, niveau, indeling, indicator of jaar ({number(len(rows))} keer)."
        yield Finding(Weight.REFUSE, what, "Vul aan wat ontbreekt.", times=len(rows))


def _name(indicator: str, catalogue: "Mapping[str, Indicator]") -> str:
    """Return what people call an indicator."""
    return f"‘{catalogue[indicator].name if indicator in catalogue else indicator}’"


def _doubled(frame: pl.DataFrame, catalogue: "Mapping[str, Indicator]") -> Iterator[Finding]:
    doubled = frame.filter(packed([frame[name] for name in KEY]).is_duplicated()).select(KEY).unique()
    if not doubled.is_empty():
        row = doubled.sort(KEY).row(0, named=True)
        yield Finding(
            Weight.REFUSE,
            f"{many(len(doubled), 'cijfer staat', 'cijfers staan')} er twee keer in, "
            f"zoals {_name(row['indicator'], catalogue)} van {row['area']} over {row['period']}.",
            "Haal het dubbele bestand of de dubbele rij weg.",
            column=row["indicator"],
            times=len(doubled),
        )


def _value_or_reason(frame: pl.DataFrame, catalogue: "Mapping[str, Indicator]") -> Iterator[Finding]:
    problems = (
        (pl.col("value").is_null() & pl.col("absence").is_null(), "zonder waarde en zonder reden"),
        (pl.col("value").is_not_null() & pl.col("absence").is_not_null(), "met een waarde en ook een reden"),
        (~pl.col("value").is_finite(), "die geen gewoon getal zijn"),
    )
    for condition, what in problems:
        rows = frame.filter(condition)
        if not rows.is_empty():
            yield _about(rows, catalogue, what, "Geef een waarde, of zeg waarom die er niet is.")


def _about(rows: pl.DataFrame, catalogue: "Mapping[str, Indicator]", what: str, todo: str) -> Finding:
    """Return one refusal over many rows, with the first as its example."""
    first = rows.row(0, named=True)
    example = f"{_name(first['indicator'], catalogue)} van {first['area']}"
    words = f"Er zijn cijfers {what} ({number(len(rows))} keer), zoals {example}."
    return Finding(Weight.REFUSE, words, todo, column=first["indicator"], times=len(rows))


def _unknown_indicators(frame: pl.DataFrame, catalogue: "Mapping[str, Indicator]") -> Iterator[Finding]:
    names = frame["indicator"].unique()
    unknown = names.filter(~names.is_in(list(catalogue)) & ~names.str.contains(SHAPE))
    if len(unknown):
        yield Finding(
            Weight.REFUSE,
            f"Dit staat niet in de catalogus: {some(unknown)}.",
            "Noem een onbekende kolom ‘bron:naam van de kolom’.",
            times=len(unknown),
        )


def _impossible(frame: pl.DataFrame, catalogue: "Mapping[str, Indicator]") -> Iterator[Finding]:
    shares = [id for id, indicator in catalogue.items() if indicator.kind == "share"]
    counts = [id for id, indicator in catalogue.items() if indicator.kind == "count"]
    problems = (
        (pl.col("indicator").is_in(shares) & ~pl.col("value").is_between(0, 100), "buiten 0 tot 100"),
        (pl.col("indicator").is_in(counts) & (pl.col("value") < 0), "onder 0"),
    )
    for condition, what in problems:
        rows = frame.filter(condition)
        if not rows.is_empty():
            yield _about(rows, catalogue, what, "Kijk na of de kolommen goed staan.")


def _more_than_parent(
    frame: pl.DataFrame, divisions: Mapping[int, Division], catalogue: "Mapping[str, Indicator]"
) -> Iterator[Finding]:
    held = above(frame, divisions, catalogue)
    more = held.filter(pl.col("sum") - pl.col("value") > pl.col("slack")).sort(
        "area", "division", "indicator", "period"
    )
    if not more.is_empty():
        row = more.row(0, named=True)
        example = f"{_name(row['indicator'], catalogue)} van {row['area']}"
        what = (
            f"{number(len(more))} keer is de som van de delen groter dan het geheel, zoals {example} "
            f"({number(round(row['sum']))} tegen {number(round(row['value']))})."
        )
        todo = "Bij een schatting kan dat. Kijk anders na of er rijen dubbel of verschoven zijn."
        yield Finding(Weight.WARN, what, todo, column=row["indicator"], times=len(more))


def _shrunk(frame: pl.DataFrame, before: "Manifest") -> Iterator[Finding]:
    kept = set(frame["indicator"].unique()) & set(before.indicators)
    if 2 * len(kept) < len(before.indicators):
        yield Finding(
            Weight.WARN,
            f"Van de {number(len(before.indicators))} indicatoren van nu blijven er {number(len(kept))} over.",
            "Kijk na of er bestanden ontbreken.",
        )
    regions = regions_of(frame)
    for level, count in before.regions.items():
        if 2 * regions.get(level, 0) < count:
            yield Finding(
                Weight.WARN,
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
