"""Figures beside maps: which map serves which division year, and what does not meet."""

from collections.abc import Iterator, Mapping

import polars as pl

from buurtbalans.figures.area.code_match import CodeMatch, match_codes
from buurtbalans.figures.area.codes import AreaLevel, municipality_of
from buurtbalans.figures.area.division import Division
from buurtbalans.figures.findings import Finding, Severity
from buurtbalans.figures.release.words import many, number, some


def maps_for(frame: pl.DataFrame, divisions: Mapping[int, Division]) -> dict[int, int]:
    """Return which map's year serves each division year of the figures.

    A code counts only with its year. So a year without a map of its own borrows one, the last before it or else the
    first after it, only when that map has every code of the figures in its municipalities.

    Parameters
    ----------
    frame
        Figures, or only their `area`, `level` and `division`.
    divisions
        The maps by year.

    Examples
    --------
    >>> from buurtbalans.figures.area.division import Area
    >>> frame = pl.DataFrame({"area": ["BU99990101"], "level": ["buurt"], "division": [2024]})
    >>> maps_for(frame, {2022: Division(2022, [Area("BU99990101", "Oude Werf", AreaLevel.BUURT, 2022)])})
    {2024: 2022}
    >>> maps_for(frame, {2022: Division(2022, [Area("BU99990102", "Oude Werf", AreaLevel.BUURT, 2022)])})
    {}
    """
    places = _places(frame)
    chosen = {}
    for year in places["division"].unique().sort():
        of_year = places.filter(pl.col("division") == year)
        for map_year in _nearest(year, divisions):
            if map_year == year or _fits(of_year, divisions[map_year]):
                chosen[year] = map_year
                break
    return chosen


def against_maps(frame: pl.DataFrame, divisions: Mapping[int, Division]) -> Iterator[Finding]:
    """Yield what stands out when the figures of a release are laid on its maps."""
    if not divisions:
        yield Finding(Severity.NOTE, "Er is geen kaart bij deze cijfers.", "Geef een kaart met gebieden mee.")
        return
    places, chosen = _places(frame), maps_for(frame, divisions)
    for year in places["division"].unique().sort():
        of_year = places.filter(pl.col("division") == year)
        near = chosen.get(year, next(_nearest(year, divisions)))
        if year not in chosen:
            yield _misfit(of_year, year, divisions[near])
            continue
        if near != year:
            yield Finding(Severity.NOTE, f"De kaart van {near} past op de indeling van {year} en is daarbij gebruikt.")
        yield from _off_the_map(of_year, divisions[near])
        for _, match in _levels(of_year, divisions[near]):
            yield from _at_level(match, divisions[near], year)


def _places(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select("area", "level", "division").unique()


def _nearest(year: int, divisions: Mapping[int, Division]) -> Iterator[int]:
    """Yield the years of the maps: the own one, those before it from the last, those after it from the first."""
    yield from sorted((division for division in divisions if division <= year), reverse=True)
    yield from sorted(division for division in divisions if division > year)


def _levels(places: pl.DataFrame, division: Division) -> Iterator[tuple[AreaLevel, CodeMatch]]:
    """Yield how figures and map meet, for every level that both have."""
    for level in AreaLevel:
        codes = places.filter(pl.col("level") == level.value)["area"]
        if len(codes) and division.of_level(level):
            yield level, match_codes(division, codes, level)


def _fits(places: pl.DataFrame, division: Division) -> bool:
    matches = [each for _, each in _levels(places, division)]
    return any(match.matched for match in matches) and not any(match.unknown for match in matches)


def _misfit(places: pl.DataFrame, year: int, division: Division) -> Finding:
    codes = [code for _, match in _levels(places, division) for code in match.unknown]
    return Finding(
        Severity.WARN,
        f"De kaart van {division.year} past niet op de indeling van {year}: die is daarbij niet gebruikt. "
        + (f"{many(len(codes), 'code ontbreekt', 'codes ontbreken')}: {some(codes)}." if codes else ""),
        f"Geef de kaart van {year} mee.",
        times=max(len(codes), 1),
    )


def _off_the_map(places: pl.DataFrame, division: Division) -> Iterator[Finding]:
    mapped = {municipality_of(area.code) for area in division}
    missing = {municipality_of(code) for code in places["area"]} - mapped - {None}
    if missing:
        yield Finding(
            Severity.NOTE,
            f"Van {many(len(missing), 'gemeente', 'gemeenten')} is er geen kaart van {division.year}.",
            "Hun cijfers staan alleen in tabellen.",
            times=len(missing),
        )


def _at_level(match: CodeMatch, division: Division, year: int) -> Iterator[Finding]:
    if match.without_figures and match.matched:
        verb = "heeft" if len(match.without_figures) == 1 else "hebben"
        yield Finding(
            Severity.NOTE,
            f"{some(match.without_figures)} {verb} geen cijfers over de indeling van {year}.",
            times=len(match.without_figures),
        )
    if match.unknown:
        yield Finding(
            Severity.WARN,
            f"Niet op de kaart van {division.year}: {number(len(match.unknown))} van de "
            f"{number(len(match.unknown) + len(match.matched))} codes van {year}, namelijk {some(match.unknown)}.",
            "Geef de kaart van hetzelfde jaar mee.",
            times=len(match.unknown),
        )
