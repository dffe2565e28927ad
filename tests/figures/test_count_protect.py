"""From a list of points to a table that may be shared: `count --for-protect`, and what `protect` makes of it."""

import shlex
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import shapely
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from tests.figures.area_samples import collection
from tests.shared import shared_data

runner = CliRunner()
CODES = ("BU99010101", "BU99010102", "BU99010201", "BU99010202")
POINTS = (11, 3, 25, 0)  # in each area


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BUURTBALANS_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def square(at: int, **properties: Any) -> dict[str, Any]:
    """Return area number `at`: a square of one degree."""
    shape = shapely.geometry.mapping(shapely.box(at, 52, at + 1, 53))
    return {"type": "Feature", "properties": properties, "geometry": shape}


def kaart(folder: Path, codes: tuple[str, ...] = CODES, **more: tuple[str, ...]) -> Path:
    """Write a map of areas in a row, with a property for each keyword."""
    features = [
        square(at, code=code, **{name: each[at] for name, each in more.items()}) for at, code in enumerate(codes)
    ]
    return collection(folder / "kaart.geojson", features)


@pytest.fixture
def points(tmp_path: Path) -> Path:
    rows = [
        (at + 0.5, 52.5, "huur" if number % 2 else None) for at, times in enumerate(POINTS) for number in range(times)
    ]
    path = tmp_path / "punten.csv"
    pl.DataFrame(rows, schema=["lng", "lat", "soort"], orient="row").write_csv(path)
    return path


def count(points: Path, areas: Path, *words: object, out: str = "geteld.csv") -> tuple[Any, Path]:
    """Count for protection; return the result and the place of the table."""
    path = areas.with_name(out)
    given = ["count", points, "--areas", areas, "--code", "code", "--out", path, "--for-protect", *words]
    return runner.invoke(app, [str(word) for word in given]), path


def next_step(result: Any) -> Any:
    """Run the command that the last line of the message gives."""
    program, *words = shlex.split(result.stderr.strip().splitlines()[-1])
    assert program == "buurtbalans"
    return runner.invoke(app, words), Path(words[-1])


def test_the_code_says_the_parents_and_protect_takes_the_table(tmp_path: Path, points: Path) -> None:
    result, out = count(points, kaart(tmp_path))
    assert result.exit_code == 0, result.stderr
    assert out.read_text().splitlines() == [
        "area,parent,count",
        "GM9901,,39",
        "WK990101,GM9901,14",
        "WK990102,GM9901,25",
        "BU99010101,WK990101,11",
        "BU99010102,WK990101,3",
        "BU99010201,WK990102,25",
        "BU99010202,WK990102,0",
    ]
    assert "deel deze tabel niet" in result.stderr
    protected, safe = next_step(result)
    assert protected.exit_code == 0, protected.stderr
    rows = {row["area"]: row for row in pl.read_csv(safe).to_dicts()}
    assert rows["GM9901"]["count"] == 39
    assert rows["BU99010102"]["count"] is None
    assert rows["BU99010101"]["count"] is None  # or the wijk minus this one would tell


def test_two_municipalities_meet_in_the_country(tmp_path: Path, points: Path) -> None:
    _, out = count(points, kaart(tmp_path, (*CODES[:3], "BU99020101")))
    rows = {row["area"]: (row["parent"], row["count"]) for row in pl.read_csv(out).to_dicts()}
    assert rows["NL00"] == (None, 39)
    assert (rows["GM9901"], rows["GM9902"]) == (("NL00", 39), ("NL00", 0))


def test_a_property_says_the_parents(tmp_path: Path, points: Path) -> None:
    areas = kaart(tmp_path, ("a", "b", "c", "d"), wijk=("1", "1", "2", "3"), deel=("N", "N", "N", "Z"))
    result, out = count(points, areas, "--parent", "wijk", "--parent", "deel")
    assert result.exit_code == 0, result.stderr
    rows = {row["area"]: (row["parent"], row["count"]) for row in pl.read_csv(out).to_dicts()}
    assert (rows["a"], rows["1"], rows["2"]) == (("1", 11), ("N", 14), ("N", 25))
    assert (rows["N"], rows["Z"], rows["totaal"]) == (("totaal", 39), ("totaal", 0), (None, 39))
    protected, _ = next_step(result)
    assert protected.exit_code == 0, protected.stderr


def test_every_total_over_a_column_is_there(tmp_path: Path, points: Path) -> None:
    result, out = count(points, kaart(tmp_path), "--by", "soort")
    rows = {(row["area"], row["soort"]): row["count"] for row in pl.read_csv(out).to_dicts()}
    top = "GM9901"
    assert (rows[top, None], rows[top, "huur"], rows[top, "onbekend"]) == (39, 18, 21)
    assert rows["WK990101", "huur"] == 6
    protected, _ = next_step(result)
    assert protected.exit_code == 0, protected.stderr


@pytest.mark.parametrize("name", ["depth", "higher", "by0"])
def test_a_column_may_have_any_name_but_those_of_the_table(tmp_path: Path, points: Path, name: str) -> None:
    other = tmp_path / "anders.csv"
    other.write_text(points.read_text().replace("soort", name))
    areas = kaart(tmp_path)
    _, plain = count(points, areas, "--by", "soort", out="een.csv")
    result, out = count(other, areas, "--by", name, out="twee.csv")
    assert result.exit_code == 0, result.stderr
    assert out.read_text() == plain.read_text().replace("soort", name)


def test_a_column_parent_is_refused(tmp_path: Path, points: Path) -> None:
    other = tmp_path / "anders.csv"
    other.write_text(points.read_text().replace("soort", "parent"))
    result, out = count(other, kaart(tmp_path), "--by", "parent")
    assert (result.exit_code, out.exists()) == (2, False)
    assert "zelf al een kolom “parent”" in result.stderr


def test_the_parents_are_read_before_any_point(tmp_path: Path, points: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("buurtbalans.figures.counting.local.count", lambda *_, **__: pytest.fail("it counted already"))
    result, _ = count(points, kaart(tmp_path), "--parent", "stad")
    assert result.exit_code == 2
    assert "“stad” is er niet" in result.stderr


@pytest.mark.parametrize(
    ("codes", "more", "words", "told"),
    [
        (("a", "b"), {}, [], "zegt niet in welk hoger gebied"),
        (("a", "b"), {"wijk": ("1", "")}, ["--parent", "wijk"], "heeft geen hoger gebied"),
        (("a", "b"), {"wijk": ("1", "2")}, ["--parent", "stad"], "“stad” is er niet"),
        (("a", "b"), {"wijk": ("b", "c")}, ["--parent", "wijk"], "een gebied en ook een hoger gebied"),
        (("a", "b"), {"x": ("1", "1"), "y": ("2", "3")}, ["--parent", "x", "--parent", "y"], "ligt in de kaart in 2"),
        (("BU99010101", "WK990101", "BU99010102"), {}, [], "een gebied en ook een hoger gebied"),
    ],
)
def test_what_has_no_one_parent_is_refused(
    tmp_path: Path, points: Path, codes: tuple[str, ...], more: dict[str, tuple[str, ...]], words: list[str], told: str
) -> None:
    result, out = count(points, kaart(tmp_path, codes, **more), *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not out.exists()


def test_the_table_is_one_that_protect_can_read(tmp_path: Path, points: Path) -> None:
    result, out = count(points, kaart(tmp_path), out="geteld.parquet")
    assert (result.exit_code, out.exists()) == (2, False)
    assert "leest alleen CSV" in result.stderr


def test_the_points_of_parquet_are_counted_the_same(tmp_path: Path, points: Path) -> None:
    other = tmp_path / "punten.parquet"
    pl.read_csv(points).write_parquet(other)
    areas = kaart(tmp_path)
    _, first = count(points, areas, "--by", "soort", out="een.csv")
    result, second = count(other, areas, "--by", "soort", out="twee.csv")
    assert result.exit_code == 0, result.stderr
    assert first.read_text() == second.read_text()


def test_a_parent_without_for_protect_is_refused(tmp_path: Path, points: Path) -> None:
    words = ["count", points, "--areas", kaart(tmp_path), "--out", tmp_path / "uit.csv", "--parent", "code"]
    result = runner.invoke(app, [str(word) for word in words])
    assert result.exit_code == 2
    assert "hoort bij --for-protect" in result.stderr


@pytest.mark.slow
def test_the_reports_of_assen_can_be_shared(tmp_path: Path) -> None:
    out = tmp_path / "geteld.csv"
    words = ["count", shared_data() / "events/assen-reports-2026.csv", "--code", "statcode", "--for-protect"]
    words += ["--areas", shared_data() / "areas/nl-buurten-2014.topojson", "--out", out]
    result = runner.invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.stderr
    protected, safe = next_step(result)
    assert protected.exit_code == 0, protected.stderr
    rows = {row["area"]: row["count"] for row in pl.read_csv(safe).to_dicts()}
    assert rows["NL00"] == 2_742
