"""Counting in a process of its own: the same table, and damage that ends the process is a refusal in words."""

import random
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import shapely

from buurtbalans.figures.counting import worker
from buurtbalans.figures.counting.worker import CountRequest, count_in_process, count_in_worker
from buurtbalans.figures.findings import Refused
from tests.figures.area_samples import collection

pytestmark = pytest.mark.slow  # every count is a process of its own


def quiet(what: str, done: int, size: int) -> None:
    """Hear nothing."""


@pytest.fixture
def request_of(tmp_path: Path) -> CountRequest:
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": shapely.geometry.mapping(shapely.box(*box))}
        for code, box in {"BU01": (4, 52, 5, 53), "BU02": (5, 52, 6, 53)}.items()
    ]
    areas = collection(tmp_path / "kaart.geojson", features)
    points = tmp_path / "punten.parquet"
    chance = random.Random(4)
    rows = [(chance.uniform(4, 6.1), chance.uniform(52, 53), chance.choice("abc")) for _ in range(400)]
    pl.DataFrame(rows, schema=["lng", "lat", "soort"], orient="row").write_parquet(points, row_group_size=100)
    return CountRequest(str(points), str(areas), str(tmp_path / "out.csv"), by=("soort",), minimum=5)


def test_the_table_and_the_report_are_the_same(request_of: CountRequest) -> None:
    other = replace(request_of, out=request_of.out.replace("out.csv", "other.csv"))
    said: list[str] = []
    assert count_in_worker(request_of, lambda what, *_: said.append(what)) == count_in_process(other, quiet)
    assert Path(request_of.out).read_bytes() == Path(other.out).read_bytes()
    assert "De punten worden geteld" in said


def test_a_refusal_comes_through_with_its_place(request_of: CountRequest) -> None:
    with pytest.raises(Refused, match="“weg” is er niet") as refused:
        count_in_worker(replace(request_of, by=("weg",)), quiet)
    assert refused.value.findings[0].file == "punten.parquet"
    assert not Path(request_of.out).exists()


def test_a_process_that_ends_is_a_damaged_file(
    request_of: CountRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = tmp_path / "dying"
    dying.write_text('#!/bin/sh\necho \'{"say": ["De punten worden geteld", 1, 2]}\'\nkill -ABRT $$\n')
    dying.chmod(0o755)
    monkeypatch.setattr(worker.sys, "executable", str(dying))
    with pytest.raises(Refused, match="beschadigd"):
        count_in_worker(request_of, quiet)
    assert not Path(request_of.out).exists()


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_file_is_refused(request_of: CountRequest, keep: float) -> None:
    path = Path(request_of.points)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    with pytest.raises(Refused, match="beschadigd of afgebroken"):
        count_in_worker(request_of, quiet)
    assert not Path(request_of.out).exists()


@pytest.mark.parametrize("seed", range(6))
def test_changed_bytes_are_refused_or_counted_as_a_whole(request_of: CountRequest, seed: int) -> None:
    chance = random.Random(seed)
    path = Path(request_of.points)
    data = bytearray(path.read_bytes())
    for _ in range(3):
        data[chance.randrange(4, len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    try:
        found = count_in_worker(replace(request_of, minimum=1), quiet)
    except Refused:
        assert not Path(request_of.out).exists()
    else:
        assert pl.read_csv(request_of.out)["count"].sum() == found.points - found.outside
        lost = sum(finding.times for finding in found.findings if "zonder coördinaten" in finding.what)
        assert found.points + lost == 400
