"""The figures of the invented town: eight years, from its traits and a seed, published like any other source."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl
import shapely

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.observation import SCHEMA, Absence
from buurtbalans.figures.sources.delivery import AREAS, SourceData, SourceInfo
from buurtbalans.site.demo.key_figures import key_figures
from buurtbalans.site.demo.survey import partner_figures, survey
from buurtbalans.site.demo.traits import Figure, Numbers, traits

SEED: Final = 20210704
YEARS: Final = tuple(range(2018, 2026))

SOURCES: Final = (
    SourceInfo("cbs-kwb", "Waterdam (verzonnen)", "Kerncijfers Waterdam", "verzonnen voorbeeld", "", None, (), True),
    SourceInfo(
        "waterdam-bewonersonderzoek",
        "Waterdam (verzonnen)",
        "Bewonersonderzoek Waterdam",
        "verzonnen voorbeeld",
        "",
        None,
        (),
        True,
    ),
    SourceInfo(
        "waterdam-buurtteams",
        "Buurtteams Waterdam (verzonnen)",
        "Hulp bij schulden",
        "verzonnen voorbeeld",
        "",
        None,
        (),
        True,
    ),
    SourceInfo(
        "waterdam-corporaties",
        "Corporaties van Waterdam (verzonnen)",
        "Huurders",
        "verzonnen voorbeeld",
        "",
        None,
        (),
        True,
    ),
    SourceInfo(
        "waterdam-telling",
        "Gemeente Waterdam (verzonnen)",
        "Telling op pleinen",
        "verzonnen voorbeeld",
        "",
        None,
        (),
        True,
    ),
)

# Why some buurten have no survey figure in the newest year: every reason for absence can be met in the demo.
WITHOUT: Final[Mapping[str, Absence]] = {
    "Boomgaard": Absence.PROTECTS_ANOTHER,
    "Noordkade": Absence.NOT_MEASURED,
    "Kleine Wetering": Absence.NOT_MEASURED,
    "Waterrand": Absence.NOT_COMPARABLE,
    "Vlasakker": Absence.NOT_SHARED,
}


def _near(areas: list[Area], station: shapely.Point) -> Numbers:
    distance = np.array([shapely.distance(shapely.centroid(a.geometry), station) for a in areas])
    return np.asarray((distance.mean() - distance) / distance.std(), dtype=float)


def _hectares(areas: list[Area]) -> Numbers:
    degrees = np.array([shapely.area(a.geometry) for a in areas])
    return np.asarray(degrees * 111_320 * 111_320 * np.cos(np.radians(52.2)) / 10_000, dtype=float)


def _rounded(indicator: str, values: Numbers, level: AreaLevel) -> Numbers:
    known = catalogue()[indicator]
    values = values / known.times
    if known.kind != "count":
        return np.round(values, max(known.decimals, 1 if known.sampled else known.decimals))
    return np.round(values / 5) * 5 if known.source == "cbs-kwb" and level != AreaLevel.GEMEENTE else np.round(values)


def _summed(figure: Figure, groups: Numbers, count: int) -> Numbers:
    if figure.weights is None:
        return np.bincount(groups.astype(int), figure.values, count).astype(float)
    weight = np.bincount(groups.astype(int), figure.weights, count)
    return np.bincount(groups.astype(int), figure.values * figure.weights, count) / np.maximum(weight, 1e-9)


def _rows(year: int, division: Division, figures: Mapping[str, Figure]) -> pl.DataFrame:
    buurten = division.of_level(AreaLevel.BUURT)
    wijken = division.of_level(AreaLevel.WIJK)
    town = division.of_level(AreaLevel.GEMEENTE)
    at = {wijk.code: place for place, wijk in enumerate(wijken)}
    in_wijk = np.array([at[str(buurt.parent)] for buurt in buurten], dtype=float)
    levels = (
        (AreaLevel.BUURT, buurten, lambda figure: figure.values),
        (AreaLevel.WIJK, wijken, lambda figure: _summed(figure, in_wijk, len(wijken))),
        (AreaLevel.GEMEENTE, town, lambda figure: _summed(figure, np.zeros(len(buurten)), 1)),
    )
    frames = [
        pl.DataFrame(
            {"area": [a.code for a in areas], "indicator": name, "value": _rounded(name, values(figure), level)}
        ).with_columns(level=pl.lit(str(level)))
        for level, areas, values in levels
        for name, figure in figures.items()
    ]
    return pl.concat(frames).with_columns(period=pl.lit(year), division=pl.lit(year))


def _with_absences(frame: pl.DataFrame, division: Division, source: str, year: int) -> pl.DataFrame:
    """Say of some buurten why the survey has no figure there."""
    empty = frame.with_columns(absence=pl.lit(None, pl.String))
    if source == "cbs-kwb":
        return empty
    reasons = {a.code: str(WITHOUT[a.name]) for a in division if a.name in WITHOUT and year == YEARS[-1]}
    whole_town = pl.lit(source == "waterdam-bewonersonderzoek" and year == 2023)
    missing = (
        pl.when(pl.col("indicator").is_in(["clean_and_whole", "uses_community_centre"]) & whole_town)
        .then(pl.lit(str(Absence.NOT_MEASURED)))
        .otherwise(pl.col("area").replace_strict(reasons, default=None, return_dtype=pl.String))
    )
    return empty.with_columns(absence=missing).with_columns(
        value=pl.when(pl.col("absence").is_null()).then(pl.col("value"))
    )


def source_data(divisions: Mapping[int, Division], station: shapely.Point, seed: int = SEED) -> list[SourceData]:
    """Return the data of all sources over eight years.

    Parameters
    ----------
    divisions
        The town's division per year of `YEARS`.
    station
        Where trains stop; life is busier there.
    """
    frames: dict[str, list[pl.DataFrame]] = {source.id: [] for source in SOURCES}
    names: list[pl.DataFrame] = []
    for year in YEARS:
        division = divisions[year]
        buurten = division.of_level(AreaLevel.BUURT)
        town = traits([a.name for a in buurten], _hectares(buurten), _near(buurten, station), seed)
        random = np.random.default_rng(seed + year)
        counted = key_figures(town, year, random)
        figures = counted | survey(town, counted, year, random) | partner_figures(town, counted, year, random)
        for source in SOURCES:
            own = {name: figure for name, figure in figures.items() if catalogue()[name].source == source.id}
            frames[source.id].append(_with_absences(_rows(year, division, own), division, source.id, year))
        names.append(_names(division))
    areas = pl.concat(names)
    return [
        SourceData(pl.concat(frames[s.id]).select(list(SCHEMA)).cast(dict(SCHEMA)), areas, s, [])  # type: ignore[arg-type]
        for s in SOURCES
    ]


def _names(division: Division) -> pl.DataFrame:
    town = division.of_level(AreaLevel.GEMEENTE)[0].code
    rows = [(a.code, a.name, str(a.level), division.year, town) for a in division]
    return pl.DataFrame(rows, schema=AREAS, orient="row")
