"""Counts of areas become the table that protection asks: true counts, parents and totals up to one top."""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import Final

import polars as pl

from buurtbalans.figures.area.codes import AreaLevel, level_of, parent_of
from buurtbalans.figures.findings import Refused, refuse

TOP: Final = "totaal"  # what holds all areas, when no code says so
UNKNOWN: Final = "onbekend"  # of a `by` column; empty is the total there
_LEVELS: Final = tuple(AreaLevel)


def parents_of(codes: Sequence[str], named: Mapping[str, Sequence[str]], file: str) -> dict[str, str]:
    """Return the parent of every area but the top, which is the first area that holds all.

    Parameters
    ----------
    codes : sequence of str
        The areas of the map.
    named : mapping
        The higher areas of each area that the map names, from fine to coarse; empty when it names none.
    file : str
        Name of the map.

    Raises
    ------
    Refused
        When an area has two parents, is its own, or has a code that does not say its parent.
    """
    above = _named_parents(codes, named, file)
    levels = [set(codes), *(set(each) for each in zip(*named.values(), strict=True))]
    doubled = sorted(one for first, second in combinations(levels, 2) for one in first & second)
    if not doubled:
        _climb({area for area in {*codes, *above.values()} if area not in above}, above, bool(named), file)
        doubled = sorted(set(codes) & set(above.values()))
    if doubled:
        what = f"{doubled[0]} is in de kaart een gebied en ook een hoger gebied."
        raise refuse(what, "Kies een kaart met gebieden van één niveau.", file=file)
    return above


def _named_parents(codes: Sequence[str], named: Mapping[str, Sequence[str]], file: str) -> dict[str, str]:
    """Return the parents that the map names; refuse an area with two."""
    above: dict[str, str] = {}
    for code in codes:
        chain = (code, *named.get(code, ()))
        for area, parent in pairwise(chain):
            if above.setdefault(area, parent) != parent:
                what = f"{area} ligt in de kaart in {above[area]} en ook in {parent}."
                raise refuse(
                    what, "Noem met --parent alleen eigenschappen die van fijn naar grof in elkaar passen.", file=file
                )
    return above


def _finest(levels: Mapping[str, AreaLevel | None]) -> set[str]:
    """Return the areas of the finest level among these, all of which have a level."""
    ranks = {area: _LEVELS.index(level) for area, level in levels.items() if level}
    return {area for area, rank in ranks.items() if rank == max(ranks.values())}


def _climb(tops: set[str], above: dict[str, str], named: bool, file: str) -> None:
    """Add parents by code, the finest areas first, until one area holds all."""
    while len(tops) > 1:
        levels = {area: level_of(area) for area in tops}
        speechless = sorted(area for area, level in levels.items() if level is None)
        if speechless and not named:
            raise _unsaid(speechless, file)
        if speechless:
            above |= dict.fromkeys(tops, TOP)
            return
        lowest = _finest(levels)
        above |= {area: str(parent_of(area)) for area in lowest}
        tops = (tops - lowest) | {above[area] for area in lowest}


def _unsaid(areas: Sequence[str], file: str) -> Refused:
    what = f"De code {areas[0]} zegt niet in welk hoger gebied het ligt."
    what += f" Dat geldt voor {len(areas)} gebieden." if len(areas) > 1 else ""
    todo = "Noem met --parent de eigenschap in de kaart die dat wel zegt. Dat mag vaker, van fijn naar grof."
    return refuse(what, todo, file=file)


def upward(table: pl.DataFrame, by: Sequence[str], above: Mapping[str, str]) -> pl.DataFrame:
    """Return `area`, `parent`, the `by` columns and `count`, of all areas and totals, the top first.

    Parameters
    ----------
    table : DataFrame
        The true counts. Areas that were not measured are left out: their count is not known.
    by : sequence of str
        The columns that were counted by; a total over one has it empty.
    above : mapping
        The parent of every area but the top.
    """
    inner = [f"by{at}" for at in range(len(by))]  # so that a column may have any name
    text = [pl.col(name).cast(pl.String).fill_null(UNKNOWN).alias(to) for name, to in zip(by, inner, strict=True)]
    known = table.filter(pl.col("count").is_not_null()).select(pl.col("area").cast(pl.String), *text, "count")
    chains = {area: _chain(area, above) for area in known["area"].unique()}
    pairs = [(area, each, len(chain) - at) for area, chain in chains.items() for at, each in enumerate(chain)]
    places = pl.DataFrame(pairs, schema={"area": pl.String, "higher": pl.String, "depth": pl.Int64}, orient="row")
    joined = known.join(places, on="area").drop("area").rename({"higher": "area"})
    whole = joined.group_by("area", "depth", *inner).agg(pl.col("count").sum())
    totals = [
        whole.with_columns(pl.lit(None, pl.String).alias(name) for name in left)
        for size in range(len(inner) + 1)
        for left in combinations(inner, size)
    ]
    summed = pl.concat(totals).group_by("area", "depth", *inner).agg(pl.col("count").sum())
    parent = pl.col("area").replace_strict(dict(above), default=None, return_dtype=pl.String).alias("parent")
    named = summed.with_columns(parent).sort("depth", "area", *inner).select("area", "parent", *inner, "count")
    return named.rename(dict(zip(inner, by, strict=True)))


def _chain(area: str, above: Mapping[str, str]) -> list[str]:
    chain = [area]
    while chain[-1] in above:
        chain.append(above[chain[-1]])
    return chain
