"""A release full of numbers that may never come out, and the reading of answers that finds them in any form."""

import io
import random
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl
import pytest
from django.http import HttpResponseBase
from pypdf import PdfReader

from buurtbalans.figures.area.codes import AreaLevel
from buurtbalans.figures.catalogue.reader import catalogue
from buurtbalans.figures.observation import SCHEMA
from buurtbalans.figures.protection.gate import through
from buurtbalans.figures.release.frozen import Release
from buurtbalans.figures.release.store import ReleaseStore
from buurtbalans.figures.sources.delivery import SourceData
from buurtbalans.site.demo.figures import source_data
from buurtbalans.site.demo.town import town

YEARS: Final = (2024, 2025)
COUNTED: Final = ("debt_help", "people_on_square")  # partners' counts, here all too small
SURVEYED: Final = ("feels_at_home", "safe_in_evening", "neighbours_help")  # of too few answers in some buurten
SMALL: Final = "rent_arrears"  # a share that gives a small group away
RESTRICTED: Final = ("origin_turkey", "origin_morocco", "origin_suriname")
UNKNOWN: Final = "waterdam-telling:geheim"  # a column that nobody explained
FEW: Final = 20  # buurten with too few answers, or with a small group
HUGE: Final = 10**10  # so that a number of seven digits is "too few", and what they add up to as well
_BETWEEN: Final = re.compile(r"(?<=\d)(?:[.,'’\s\u00a0\u202f]|&nbsp;|&#160;)(?=\d{3})")
_POINT: Final = re.compile(r"(?<=\d)[.,](?=\d)")
_TAG: Final = re.compile(r"<[^>]*>")
_RUN: Final = re.compile(r"\d{7,}")


@dataclass(frozen=True)
class Planted:
    """The release, and what it withholds by area, indicator and year."""

    store: ReleaseStore
    release: Release
    withheld: Mapping[tuple[str, str, int], float]

    @property
    def forms(self) -> dict[str, float]:
        """Return the digits in which each withheld number could be written."""
        return {form: value for value in self.withheld.values() for form in written(value)}


def written(value: float) -> Iterable[str]:
    """Return the digits of a number, of a share also with five decimals and as a part of one."""
    if value == int(value):
        return [str(int(value))]
    forms = [f"{value:.6f}", f"{value:.5f}", f"{value / 100:.8f}"]
    return [form.replace(".", "") for form in forms]


def search(text: str, forms: Mapping[str, float]) -> set[float]:
    """Return the withheld numbers in a text, however the thousands and decimals are marked."""
    runs = {run for each in (text, joined(text), _POINT.sub("", text)) for run in _RUN.findall(each)}
    return {forms[run] for run in runs if run in forms}


def joined(text: str) -> str:
    """Return a text without what stands between thousands."""
    return _BETWEEN.sub("", text)


def words_of(answer: HttpResponseBase) -> str:
    """Return all that an answer says: headers, body, and what lies packed inside it."""
    return f"{answer.headers!r}\n{unpacked(answer.getvalue())}"


def unpacked(body: bytes) -> str:
    """Return the text of a file: of a zip all that is in it, of a PDF what its pages and its properties say."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(f"{name}\n{unpacked(packed.read(name))}" for name in packed.namelist())
    if body[:5] == b"%PDF-":
        paper = PdfReader(io.BytesIO(body))
        properties = [str(value) for value in (paper.metadata or {}).values()]
        return "\n".join([*properties, *(page.extract_text() for page in paper.pages)])
    text = body.decode(errors="replace")
    if "<w:document" in text[:2_000]:  # Word may cut a number in two runs: read it whole as well
        text += "\n" + _TAG.sub("", text.replace("</w:p>", "\n"))
    return text


def guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the catalogue withhold the planted numbers, and show shares with so many decimals that one knows them."""
    known = catalogue()._indicators
    for name in COUNTED:
        monkeypatch.setitem(known, name, replace(known[name], minimum=HUGE))
    for name in (*SURVEYED, SMALL):
        monkeypatch.setitem(known, name, replace(known[name], decimals=6))


def plant(root: Path, seed: int) -> Planted:
    """Publish the invented town with planted numbers; another seed changes nothing that may be shown."""
    store, planted = ReleaseStore(root / "releases"), _frame(seed)
    made = [replace(each, observations=_with(each, planted)) for each in _deliveries()]
    divisions = [town().divisions[year] for year in YEARS]
    store.publish(store.add(made, divisions, title="Waterdam", invented=True))
    release = store.current()
    assert release is not None
    values = {(row["area"], row["indicator"], row["period"]): row["value"] for row in planted.iter_rows(named=True)}
    return Planted(store, release, {key: value for key, value in values.items() if not _base(key[1])})


def let_through(planted: Planted) -> set[float]:
    """Return which of the planted numbers the gate shows: none, or it is the gate that is wrong."""
    release = planted.release
    shown = through(release.figures(), catalogue(), release.manifest.sources)
    return {one.value for one in shown if one.value is not None} & set(planted.withheld.values())


def _base(indicator: str) -> bool:
    return indicator in ("survey_respondents", "corporation_tenants")


@cache
def _deliveries() -> list[SourceData]:
    place = town()
    made = source_data(place.divisions, place.layers.stations[0][1])
    return [
        replace(
            each,
            observations=each.observations.filter(pl.col("period").is_in(YEARS)),
            areas=each.areas.filter(pl.col("division").is_in(YEARS)),
        )
        for each in made
    ]


def _frame(seed: int) -> pl.DataFrame:
    """Return the planted observations: numbers of seven digits, shares with six decimals, and small denominators."""
    random_ = random.Random(seed)
    whole = iter(random_.sample(range(1_000_001, 9_999_999), 1_000))
    parts = iter(random_.sample(range(100_001, 999_999), 1_000))
    rows: list[dict[str, Any]] = []

    def add(area: str, level: AreaLevel, indicator: str, year: int, value: float) -> None:
        at = {"area": area, "level": level.value, "division": year, "indicator": indicator, "period": year}
        rows.append(at | {"value": float(value), "absence": None})

    for year in YEARS:
        areas = [one for one in town().divisions[year] if one.level is not AreaLevel.LAND]
        buurten = [one for one in areas if one.level is AreaLevel.BUURT]
        for one in areas:
            for name in (*COUNTED, *RESTRICTED[:1], UNKNOWN):
                add(one.code, one.level, name, year, next(whole))
        for one in buurten[:FEW]:
            for name in RESTRICTED[1:]:
                add(one.code, one.level, name, year, next(whole))
            add(one.code, one.level, "survey_respondents", year, 12)
            for name in SURVEYED:
                add(one.code, one.level, name, year, random_.randrange(10, 90) + next(parts) / 1e6)
            add(one.code, one.level, "corporation_tenants", year, 100)
            add(one.code, one.level, SMALL, year, random_.randrange(2, 8) + next(parts) / 1e6)
    return pl.DataFrame(rows, SCHEMA)


def _with(delivery: SourceData, planted: pl.DataFrame) -> pl.DataFrame:
    """Return the observations of a delivery with those that are planted in its source in place of its own."""
    names = {name for name in planted["indicator"].unique() if _source(name) == delivery.source.id}
    own = planted.filter(pl.col("indicator").is_in(names))
    keys = ["area", "division", "indicator", "period"]
    return pl.concat([delivery.observations.join(own, on=keys, how="anti"), own])


def _source(indicator: str) -> str:
    return indicator.split(":")[0] if ":" in indicator else catalogue()[indicator].source
