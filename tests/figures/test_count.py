"""`buurtbalans count`: the facts of real data, what is withheld, and refusals that write nothing."""

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.cli.count import grid_cache_folder
from buurtbalans.figures.area.rd import to_degrees
from buurtbalans.figures.counting import cache, parquet_points, values
from buurtbalans.figures.counting.areas import read_map
from buurtbalans.figures.counting.local import count
from buurtbalans.figures.counting.tally import Tally
from buurtbalans.figures.counting.values import By
from buurtbalans.figures.findings import Refused
from tests.figures.area_samples import collection
from tests.figures.count_samples import by_geos, tessellation
from tests.shared import shared_data

runner = CliRunner()
ASSEN = "events/assen-reports-2026.csv"
COUNTRY = "areas/nl-buurten-2014.topojson"
RD = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BUURTBALANS_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def square(code: str, left: float, **more: Any) -> dict[str, Any]:
    """Return a feature: a square of one degree."""
    shape = shapely.geometry.mapping(shapely.box(left, 52, left + 1, 53))
    return {"type": "Feature", "properties": {"code": code, **more}, "geometry": shape}


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    return collection(tmp_path / "kaart.geojson", [square("BU02", 5), square("BU01", 4), square("BU03", 6)])


@pytest.fixture
def points(tmp_path: Path) -> Path:
    rows = [(4.5, 52.5, "a", "2026-01-31T23:59:00")] * 11 + [(5.0, 52.5, "b", "2026-02-01")] * 2
    rows += [(5.5, 52.5, "", "2026-02-03")] * 3 + [(5.5, 52.5, "a", "")] + [(9.0, 9.0, "a", "2026-01-01")]
    path = tmp_path / "punten.csv"
    pl.DataFrame(rows, schema=["lng", "lat", "soort", "op"], orient="row").write_csv(path)
    return path


def run(*words: object) -> Any:
    return runner.invoke(app, ["count", *map(str, words)])


@pytest.mark.slow
def test_the_reports_of_assen(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = run(
        shared_data() / ASSEN, "--areas", shared_data() / COUNTRY, "--code", "statcode", "--minimum", 1, "--out", out
    )
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert "2742, in 97 gebieden. Buiten: 0." in result.stderr
    assert "Coördinaten uit lng en lat (graden)." in result.stderr
    assert "436 keer ligt een stuk van de kaart in twee gebieden" in result.stderr
    assert "1275 gebieden hebben geen grens" in result.stderr
    table = pl.read_csv(out)
    assert table.columns == ["area", "count", "absence"]
    assert table.height == 11_691
    assert (table["absence"] == "not_measured").sum() == 1_275
    hit = table.filter(pl.col("count") > 0)
    own = hit.filter(pl.col("area").str.starts_with("BU0106"))
    assert (hit.height, (hit["count"] < 5).sum(), hit["count"].sum()) == (97, 12, 2_742)
    assert (own.height, (own["count"] < 5).sum(), own["count"].sum()) == (93, 10, 2_730)


@pytest.mark.slow
def test_the_reports_of_assen_by_month_and_category_add_up(tmp_path: Path) -> None:
    found = count(
        shared_data() / ASSEN,
        shared_data() / COUNTRY,
        by=["month:created_at", "category_slug"],
        minimum=1,
        kept=tmp_path,
    )
    given = pl.read_csv(shared_data() / ASSEN)
    expected = (
        given.group_by(pl.col("created_at").str.slice(0, 7), "category_slug").len().sort("created_at", "category_slug")
    )
    ours = found.table.group_by("month:created_at", "category_slug").agg(pl.col("count").sum())
    assert ours.sort("month:created_at", "category_slug").rows() == expected.rows()
    small = count(shared_data() / ASSEN, shared_data() / COUNTRY, minimum=5, kept=tmp_path)
    assert (small.table["absence"] == "too_few").sum() == 12


def test_every_area_has_a_row_and_small_counts_are_withheld(areas: Path, points: Path) -> None:
    found = count(points, areas)
    assert found.table.rows() == [("BU01", 13, None), ("BU02", None, "too_few"), ("BU03", 0, None)]
    assert (found.points, found.outside, found.nowhere, found.hit) == (18, 1, 0, 2)
    assert any("Punten buiten alle gebieden: 1." in finding.what for finding in found.findings)
    assert count(points, areas, minimum=1).table["count"].to_list() == [13, 4, 0]


def test_by_columns_and_months_keep_what_is_empty_apart(areas: Path, points: Path) -> None:
    table = count(points, areas, by=["month:op", "soort"], minimum=1).table
    assert table.columns == ["area", "month:op", "soort", "count", "absence"]
    assert table.filter(pl.col("count") > 0).rows() == [
        ("BU01", "2026-01", "a", 11, None),
        ("BU01", "2026-02", "b", 2, None),
        ("BU02", "2026-02", None, 3, None),
        ("BU02", None, "a", 1, None),
    ]
    assert table.height == 3 * 4
    assert table.filter(pl.col("count") == 0)["absence"].null_count() == 8


@pytest.mark.parametrize(
    "kind", [pl.Date, pl.Datetime("ms"), pl.Datetime("ns", "UTC"), pl.Datetime("us", "Europe/Amsterdam")]
)
def test_months_of_dates_are_months_of_text(areas: Path, tmp_path: Path, kind: pl.DataType) -> None:
    days = ["1969-12-31", "1970-01-01", "2024-02-29", "2025-12-31", "2026-01-01"]
    frame = pl.DataFrame({"lng": 4.5, "lat": 52.5, "op": pl.Series(days).str.to_date().cast(kind)})
    if isinstance(kind, pl.Datetime) and kind.time_zone == "Europe/Amsterdam":
        frame = frame.with_columns(pl.Series(days).str.to_datetime("%Y-%m-%d", time_zone=kind.time_zone).alias("op"))
    path = tmp_path / "p.parquet"
    pl.concat([frame, frame.with_columns(op=pl.lit(None, frame.schema["op"])).head(1)]).write_parquet(path)
    table = count(path, areas, by=["month:op"], minimum=1).table.filter(area="BU01")
    assert table["month:op"].to_list() == [*(day[:7] for day in days), None]
    assert table["count"].to_list() == [1] * 6


def test_months_come_in_any_order_from_batch_to_batch(
    areas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_points, "AT_ONCE", 7)
    days = np.random.default_rng(4).integers(-40_000, 40_000, 150).tolist()
    moments = pl.Series([None if at % 11 == 0 else day for at, day in enumerate(days)], dtype=pl.Int32).cast(pl.Date)
    path = tmp_path / "p.parquet"
    pl.DataFrame({"lng": 4.5, "lat": 52.5, "op": moments}).write_parquet(path, row_group_size=7)
    table = count(path, areas, by=["month:op"], minimum=1).table.filter(area="BU01")
    assert dict(table.select("month:op", "count").iter_rows()) == Counter(moments.dt.strftime("%Y-%m"))


def test_a_date_of_no_year_is_refused(areas: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    far = pl.Series([0, 4_000_000], dtype=pl.Int32).cast(pl.Date)
    pl.DataFrame({"lng": 4.5, "lat": 52.5, "op": far}).write_parquet(path)
    with pytest.raises(Refused, match="buiten de jaren"):
        count(path, areas, by=["month:op"])


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical, pl.Int16])
def test_values_keep_their_number_from_batch_to_batch(
    areas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: pl.DataType
) -> None:
    monkeypatch.setattr(parquet_points, "AT_ONCE", 7)
    soort = pl.Series([str(number) for number in [3, 1, 1, 2, 9, 8, 7, 1, 2, 2, 3, 3, 3, 5, 9, 2, 4, 4, 6, 6, 6] * 5])
    path = tmp_path / "p.parquet"
    pl.DataFrame({"lng": 4.5, "lat": 52.5, "soort": soort.cast(kind)}).write_parquet(path, row_group_size=7)
    table = count(path, areas, by=["soort"], minimum=1).table.filter(area="BU01")
    assert dict(table.select("soort", "count").iter_rows()) == Counter(soort)


@pytest.mark.slow
@given(st.lists(st.one_of(st.none(), st.text("aé0 ", max_size=14)), min_size=1, max_size=60), st.integers(1, 9))
def test_texts_with_one_hash_keep_their_own_number(texts: list[str | None], many: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values, "_HASH", 1)
        found = values.Values(By("soort"))
        parts = [pl.Series(texts[at : at + many], dtype=pl.String) for at in range(0, len(texts), many)]
        numbers = [number for part in parts for number in found.value_ids(part, "p").tolist()]
    assert [found.seen[number] for number in numbers] == [text or None for text in texts]
    assert len(set(found.seen)) == len(found.seen)


def test_more_points_than_small_numbers_hold(areas: Path) -> None:
    tally = Tally(read_map(areas), [By("soort")])
    most = 2**31 - 1
    tally.join(pl.DataFrame({"area": [-1, 1], "by0": ["a", "a"], "count": [1, most - 1]}), most, 0, "p")
    tally.add(np.array([1, 1, -1], np.int32), [pl.Series(["a", "a", "b"])], "p")
    assert tally.table(1).filter(count=most + 1).select("area", "soort").rows() == [("BU02", "a")]
    assert (tally.points, tally.outside) == (most + 3, 2)


@pytest.mark.parametrize("chosen", [None, "4"])
def test_a_command_starts_no_threads_that_wait(monkeypatch: pytest.MonkeyPatch, chosen: str | None) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", chosen or "")
    if chosen is None:
        monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    run("--help")
    assert os.environ["OPENBLAS_NUM_THREADS"] == (chosen or "1")


@pytest.mark.parametrize("rows", [1, 3, 7, 40])
def test_batches_are_of_one_size_whatever_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(parquet_points, "AT_ONCE", 7)
    path = tmp_path / "p.parquet"
    pl.DataFrame({"lng": np.arange(100.0), "lat": np.arange(100.0)}).write_parquet(path, row_group_size=rows)
    found = list(parquet_points.ParquetPoints(path).batches("lng", "lat", []))
    assert [done for done, _ in found] == np.cumsum([frame.height for _, frame in found]).tolist()
    assert pl.concat([frame for _, frame in found])["lng"].to_list() == list(range(100))
    assert max(frame.height for _, frame in found) <= 7
    assert len(found) < 40


def test_points_and_maps_in_rd_and_in_degrees_meet(tmp_path: Path) -> None:
    shapes = shapely.transform(tessellation(60, side=40_000), lambda xy: xy + np.array([120_000, 440_000]))
    features = [
        {"type": "Feature", "properties": {"code": f"{at:02d}"}, "geometry": shapely.geometry.mapping(shape)}
        for at, shape in enumerate(shapes)
    ]
    metres = collection(tmp_path / "rd.geojson", features, crs=RD)
    turned = [
        {**each, "geometry": shapely.geometry.mapping(shapely.transform(shape, to_degrees))}
        for each, shape in zip(features, shapes, strict=True)
    ]
    degrees = collection(tmp_path / "wgs84.geojson", turned)
    xy = shapely.get_coordinates(shapely.centroid(shapes)).repeat(3, axis=0)
    rd, wgs = tmp_path / "rd.parquet", tmp_path / "wgs.parquet"
    pl.DataFrame(xy, schema=["x", "y"]).write_parquet(rd)
    pl.DataFrame(to_degrees(xy), schema=["lon", "lat"]).write_parquet(wgs)
    expected = pl.Series(by_geos(shapes, *xy.T)).value_counts().sort("")["count"].to_list()
    for file in (rd, wgs):
        for chart in (metres, degrees):
            assert count(file, chart, minimum=1).table["count"].to_list() == expected
    assert read_map(metres, metres=True).metres
    assert not read_map(degrees, metres=True).metres


def test_points_without_a_place_are_said_and_not_counted(areas: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("lng,lat\n4.5,52.5\n,52.5\n4.5,NaN\n,\n")
    found = count(path, areas, minimum=1)
    assert (found.points, found.nowhere, found.table["count"].sum()) == (1, 3, 1)
    assert any("Punten zonder coördinaten: 3." in finding.what for finding in found.findings)


@pytest.mark.parametrize("ending", ["csv", "parquet", "json", "xlsx"])
def test_every_ending_is_written(areas: Path, points: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    assert run(points, "--areas", areas, "--by", "soort", "--out", out).exit_code == 0
    assert out.stat().st_size > 0


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--by", "weg"], "“weg” is er niet"),
        (["--by", "month:soort"], "geen datum"),
        (["--minimum", "0"], "kleiner dan 1"),
        (["--lng", "lng"], "--lat samen"),
        (["--lng", "soort", "--lat", "lat"], "geen getallen"),
        (["--lng", "lat", "--lat", "lng"], "omgewisseld"),
        (["--code", "weg"], "“weg” is er niet"),
        (["--code", "naam"], "meer dan één keer"),
        (["--engine", "spark"], "Spark"),
    ],
)
def test_a_refusal_is_exit_3_and_writes_nothing(points: Path, tmp_path: Path, words: list[str], what: str) -> None:
    areas = collection(tmp_path / "k.geojson", [square("BU01", 4, naam="Dorp"), square("BU02", 5, naam="Dorp")])
    out = tmp_path / "out.csv"
    result = run(points, "--areas", areas, "--out", out, *words)
    assert result.exit_code == 2, result.output
    assert what in result.stderr
    assert "Traceback" not in result.stderr
    assert not out.exists()


@pytest.mark.parametrize("damage", ["punten", "kaart", "weg", "einde"])
def test_wrong_files_are_exit_3_and_keep_what_was_there(areas: Path, points: Path, tmp_path: Path, damage: str) -> None:
    out = tmp_path / ("out.doc" if damage == "einde" else "out.csv")
    out.write_text("van vorig jaar")
    if damage == "punten":
        points.write_text("lng,lat\n4.5,52.5\n4.5\n")
    elif damage == "kaart":
        areas.write_text(areas.read_text()[:-20])
    chosen = tmp_path / "weg.csv" if damage == "weg" else points
    result = run(chosen, "--areas", areas, "--out", out)
    assert result.exit_code == 2
    assert out.read_text() == "van vorig jaar"


def test_the_input_is_never_written_over(areas: Path, points: Path) -> None:
    before = points.read_bytes()
    assert run(points, "--areas", areas, "--out", points).exit_code == 2
    assert points.read_bytes() == before


def test_too_many_values_are_refused(areas: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.parquet"
    pl.DataFrame({"lng": 4.5, "lat": 52.5, "adres": pl.Series(range(6_000))}).write_parquet(path)
    with pytest.raises(Refused, match="verschillende waarden"):
        count(path, areas, by=["adres"])


def test_the_code_is_found_or_asked_for(tmp_path: Path) -> None:
    known = collection(tmp_path / "a.geojson", [square("x", 4, buurtcode="BU99990101")])
    assert read_map(known).codes == ("BU99990101",)
    only = collection(tmp_path / "b.geojson", [square("01", 4, soort="x"), square("02", 5, soort="x")])
    assert read_map(only).codes == ("01", "02")
    unclear = collection(tmp_path / "c.geojson", [square("01", 4, nummer=7), square("02", 5, nummer=8)])
    assert read_map(unclear, code="nummer").codes == ("7", "8")
    with pytest.raises(Refused, match="niet duidelijk"):
        read_map(unclear)
    empty = collection(tmp_path / "d.geojson", [square("", 4)])
    with pytest.raises(Refused, match="geen code"):
        read_map(empty, code="code")


def test_a_map_is_built_once_and_a_changed_byte_builds_it_again(areas: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    first = read_map(areas, kept=kept)
    (file,) = (path for path in kept.iterdir() if path.name != cache.SEEN)
    made = file.stat().st_ino
    again = read_map(areas, kept=kept)
    assert (again.codes, again.findings) == (first.codes, first.findings)
    assert all((getattr(again.grid, name) == getattr(first.grid, name)).all() for name in ("coarse", "fine", "wkb"))
    assert file.stat().st_ino == made
    data = bytearray(file.read_bytes())
    for place in (3, 30, 200, len(data) - 1):
        file.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert cache.load(kept, file.name) is None
        assert read_map(areas, kept=kept).codes == first.codes
        assert cache.load(kept, file.name) is not None
    for size in (0, 10, 50, len(data) // 2):
        file.write_bytes(data[:size])
        assert cache.load(kept, file.name) is None


def test_a_map_that_nobody_touched_is_not_read_again(
    areas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, digest = tmp_path / "kept", hashlib.file_digest
    reads: list[Any] = []
    monkeypatch.setattr(hashlib, "file_digest", lambda *asked: reads.append(asked) or digest(*asked))
    monkeypatch.setattr(cache, "FRESH", 10**18)  # nothing is old enough to tell by its times
    name = cache.key(areas, "code", kept=kept)
    assert cache.key(areas, "code", kept=kept) == name
    assert len(reads) == 2
    monkeypatch.setattr(cache, "FRESH", -1)
    assert cache.key(areas, "code", kept=kept) == name
    assert len(reads) == 3
    assert cache.key(areas, "code", kept=kept) == name == cache.key(areas, "code")
    assert len(reads) == 4
    for damage in (b"", b"{", b"[]", b'{"a": 1}', b'{"a": [[], "not hex"]}', b"null", b"\xff"):
        (kept / cache.SEEN).write_bytes(damage)
        assert cache.key(areas, "code", kept=kept) == name
    reads.clear()
    times, whole = areas.stat(), areas.read_bytes()
    areas.write_bytes(whole.replace(b"BU02", b"BU03"))
    os.utime(areas, ns=(times.st_atime_ns, times.st_mtime_ns))  # as large and as old as it was
    assert cache.key(areas, "code", kept=kept) == cache.key(areas, "code") != name
    assert len(reads) == 2


def test_old_grids_go_and_a_folder_that_cannot_be_written_does_no_harm(areas: Path, tmp_path: Path) -> None:
    grid = read_map(areas).grid
    for number in range(cache.KEEP + 3):
        assert cache.save(tmp_path / "kept", f"{number:064d}", grid, {})
    assert len(list((tmp_path / "kept").iterdir())) == cache.KEEP
    (tmp_path / "file").write_text("")
    assert not cache.save(tmp_path / "file", "a", grid, {})


def test_grids_are_kept_with_the_data_of_the_site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert grid_cache_folder() == tmp_path / "cache" / "buurtbalans" / "counting"
    monkeypatch.setenv("BUURTBALANS_DATA", str(tmp_path / "data"))
    assert grid_cache_folder() == tmp_path / "data" / "cache" / "counting"
