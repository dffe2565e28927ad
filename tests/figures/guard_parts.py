"""Invented figures of partners and of a survey in a small town, to put into releases."""

import random
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.release.store import ReleaseStore
from buurtbalans.figures.sources.delivery import AREAS, SourceData, SourceInfo

LEVELS = {"GM": "gemeente", "WK": "wijk", "BU": "buurt", "GB": "gebied"}
WIJKEN = {
    "WK999901": ["BU99990101", "BU99990102", "BU99990103", "BU99990104"],
    "WK999902": ["BU99990201", "BU99990202", "BU99990203"],
}
BUURTEN = [buurt for buurten in WIJKEN.values() for buurt in buurten]
PARENTS = {"GM9999": ""} | dict.fromkeys(WIJKEN, "GM9999") | {b: w for w, bs in WIJKEN.items() for b in bs}
COUNTS = dict(zip(BUURTEN, [3, 41, 102, 60, 33, 57, 88], strict=True))


def totals(leaves: Mapping[str, float]) -> dict[str, float]:
    """Return counts of buurten with their wijken and the town."""
    found = dict(leaves)
    for wijk, buurten in WIJKEN.items():
        found[wijk] = sum(leaves[buurt] for buurt in buurten)
    return found | {"GM9999": sum(found[wijk] for wijk in WIJKEN)}


def delivered(
    figures: Mapping[str, Mapping[str, float]], source: str = "waterdam-telling", publisher: str = "Partner"
) -> SourceData:
    """Return a delivery of figures: indicator → area → value."""
    rows = [
        (area, LEVELS[area[:2]], 2024, name, 2024, float(value), None)
        for name, values in figures.items()
        for area, value in values.items()
    ]
    table = pl.DataFrame(rows, SCHEMA, orient="row")
    names = pl.DataFrame(
        [(area, area, LEVELS[area[:2]], 2024, "GM9999") for area in table["area"].unique()], AREAS, orient="row"
    )
    return SourceData(table, names, SourceInfo(source, publisher, "Een bron", "", "", 2024), [])


def division(more: Iterable[str] = ()) -> Division:
    """Return a map of the town without borders."""
    rows = []
    for code in [*PARENTS, *more]:
        level = AreaLevel(LEVELS[code[:2]])
        rows.append(Area(code, code, level, 2024, PARENTS.get(code) or None, "", None))
    return Division(2024, rows)


def store_with(folder: Path, *deliveries: SourceData) -> tuple[ReleaseStore, str]:
    """Return a store with one release in it, not published yet."""
    store = ReleaseStore(folder)
    return store, store.add(deliveries, [], title="Proef")


def corrections(seed: int, counts: Mapping[str, int], times: int) -> list[dict[str, int]]:
    """Return counts of buurten and their corrections, one leaf or two at a time."""
    chance, found = random.Random(seed), [dict(counts)]
    for _ in range(times - 1):
        now = dict(found[-1])
        for leaf in chance.sample(sorted(now), 2):
            now[leaf] = max(0, now[leaf] + chance.choice([-30, -12, -4, -1, 1, 3, 8, 15, 60]))
        found.append(now)
    return found
