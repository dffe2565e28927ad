"""Small invented deliveries, maps and indicators to make releases of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.area.division import Area, Division
from buurtbalans.figures.catalogue.indicator import SourceKind
from buurtbalans.figures.findings import Finding
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.sources.delivery import AREAS, SourceData, SourceInfo


@dataclass(frozen=True)
class Kind:
    """As much of an indicator as a check looks at."""

    kind: str
    name: str = "mensen"
    step: float = 0
    computed: bool = False
    part: str | None = None
    sum_of: tuple[str, ...] = ()
    source: str = "cbs-kwb"


class Known(dict[str, Kind]):
    """As much of a catalogue as a release looks at: its indicators are all of one source."""

    sources: Mapping[str, Any] = {}

    def kind_of(self, source: str) -> SourceKind:
        """Return what every source is here."""
        return SourceKind.PUBLISHED


CATALOGUE: Any = Known({"people": Kind("count"), "young": Kind("count"), "share_young": Kind("share")})
LEVELS = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}
BUURTEN = ["BU99990101", "BU99990102", "BU99990201", "BU99990202"]
CODES = ["NL00", "GM9999", "WK999901", "WK999902", *BUURTEN]
PEOPLE = {"NL00": 400.0, "GM9999": 400.0, "WK999901": 200.0, "WK999902": 200.0} | dict.fromkeys(BUURTEN, 100.0)


def row(
    area: str,
    indicator: str = "people",
    value: float | None = None,
    absence: str | None = None,
    *,
    period: int = 2024,
    division: int | None = None,
) -> dict[str, Any]:
    """Return one observation; the level follows from the code, the division from the period."""
    return {
        "area": area,
        "level": LEVELS[area[:2]],
        "division": division or period,
        "indicator": indicator,
        "period": period,
        "value": value,
        "absence": absence,
    }


def rows(period: int = 2024, indicators: Iterable[str] = ("people", "young")) -> list[dict[str, Any]]:
    """Return sound observations of a small invented town for one year."""
    return [row(area, name, PEOPLE[area], period=period) for name in indicators for area in CODES]


def frame(observations: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Return observations in the product's one table shape."""
    return pl.DataFrame(list(observations), schema=SCHEMA)


def delivery(
    observations: Iterable[dict[str, Any]],
    *,
    findings: Iterable[Finding] = (),
    name: str = "a",
    source: str = "cbs-kwb",
) -> SourceData:
    """Return a delivery of these observations from an invented source."""
    table = frame(observations)
    name_of = pl.concat_str(pl.lit("Plaats "), "area").alias("name")
    areas = table.select("area", name_of, "level", "division", municipality=pl.lit("GM9999")).unique()
    files = ((f"{name}.csv", "ab"),)
    info = SourceInfo(source, "Waterdam", "Proef", licence="CC0", url="", period=2024, files=files)
    return SourceData(areas=areas.cast(AREAS), observations=table, source=info, findings=list(findings))


def division(year: int = 2024, codes: Iterable[str] = CODES) -> Division:
    """Return a map without borders."""
    levels = {code: AreaLevel(LEVELS[code[:2]]) for code in codes}
    return Division(year, [Area(code, f"Plaats {code}", level, year) for code, level in levels.items()])
