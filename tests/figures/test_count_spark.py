"""`buurtbalans count --engine spark`: the same counts as on this machine, also on a cluster; and what lacks is said."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import shapely
from typer.testing import CliRunner

from buurtbalans.cli.app import app
from buurtbalans.figures.counting import local, spark
from buurtbalans.figures.findings import Refused
from tests.figures.area_samples import collection
from tests.figures.count_samples import tessellation

BY = ["month:op", "soort"]
SECONDS = 180  # after that a cluster that a test left behind stops by itself


def lacking() -> str:
    """Return what this machine lacks to run Spark, in words."""
    try:
        spark.require()
    except Refused as refused:
        return str(refused)
    return ""


# the bridge to Java closes its sockets when it is collected
quiet_sockets = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
with_spark = pytest.mark.skipif(bool(lacking()), reason=f"Spark cannot run here: {lacking()}")


def quiet(what: str, done: int, size: int) -> None:
    """Hear nothing."""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Points and a map in degrees, with points outside, without a place and without a kind."""
    shapes = shapely.transform(tessellation(80, side=1.0), lambda xy: xy + np.array([4.5, 52.0]))
    features = [
        {"type": "Feature", "properties": {"code": f"BU{at:04d}"}, "geometry": shapely.geometry.mapping(shape)}
        for at, shape in enumerate(shapes)
    ]
    areas = collection(tmp_path / "kaart.geojson", features)
    chance = np.random.default_rng(7)
    many = 4_000
    moments = pl.Series(chance.integers(0, 300 * 86_400_000_000, many)).cast(pl.Duration("us")) + datetime(2025, 1, 1)
    kinds = [None if kind == 3 else f"soort {kind}" for kind in chance.integers(0, 6, many).tolist()]
    x = [None if at % 500 == 0 else value for at, value in enumerate(chance.uniform(4.45, 5.5, many).tolist())]
    columns = {"lng": x, "lat": chance.uniform(52, 53, many), "soort": kinds}
    moments = moments.dt.replace_time_zone("UTC").dt.convert_time_zone("Europe/Amsterdam")
    path = tmp_path / "punten.parquet"
    pl.DataFrame(columns).with_columns(op=moments).write_parquet(path, row_group_size=300)
    return path, areas


def same(points: Path, areas: Path, **how: Any) -> None:
    here = local.count(points, areas, by=BY, minimum=3, kept=points.parent / "kept")
    there = spark.count(points, areas, by=BY, minimum=3, kept=points.parent / "kept", say=quiet, **how)
    assert there.table.equals(here.table)
    assert (there.points, there.outside, there.nowhere) == (here.points, here.outside, here.nowhere)
    assert there.nowhere == 8
    assert there.outside > 0
    assert there.findings == here.findings


@with_spark
@quiet_sockets
@pytest.mark.slow
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_the_same_counts_on_this_machine(
    files: tuple[Path, Path], ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "ROWS", 700)
    points, areas = files
    if ending == "csv":
        text = pl.read_parquet(points).with_columns(pl.col("op").dt.strftime("%Y-%m-%dT%H:%M:%S"))
        points = points.with_suffix(".csv")
        text.write_csv(points)
    same(points, areas, master="local[2]")


@with_spark
@quiet_sockets
@pytest.mark.slow
def test_what_a_task_refuses_is_refused_with_its_row(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "ROWS", 700)
    points, areas = files
    frame = pl.read_parquet(points).with_columns(pl.col("lng").cast(pl.String))
    frame[3_456, "lng"] = "hier"
    frame.write_parquet(points)
    with pytest.raises(Refused, match="“hier” is geen getal") as refused:
        spark.count(points, areas, by=BY, say=quiet, master="local[2]")
    assert refused.value.findings[0].row == 3_457


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A master and two workers on this machine, which stop by themselves when nobody stops them."""
    import pyspark

    home = Path(pyspark.__file__).parent
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    master = f"spark://127.0.0.1:{port}"
    common = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
    environment = os.environ | common | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    deploy = ["timeout", "-k", "5", str(SECONDS), str(home / "bin" / "spark-class"), "org.apache.spark.deploy"]

    def started(kind: str, *words: str) -> "subprocess.Popen[bytes]":
        log = (tmp_path / f"{kind}.log").open("ab")
        command = [*deploy[:-1], f"{deploy[-1]}.{kind}", "--host", "127.0.0.1", "--webui-port", "0", *words]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    with ExitStack() as running:
        workers = [
            ("worker.Worker", "--cores", "1", "--memory", "1g", "-d", str(tmp_path / f"work{at}"), master)
            for at in range(2)
        ]
        for kind, *words in [("master.Master", "--port", str(port)), *workers]:
            process = started(kind, *words)
            running.callback(process.wait, 10)
            running.callback(process.terminate)
        yield master


@with_spark
@quiet_sockets
@pytest.mark.slow
def test_the_same_counts_on_a_master_with_two_workers(
    files: tuple[Path, Path], cluster: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "ROWS", 700)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    same(*files, master=cluster)


def test_without_spark_or_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda name: None if name == "pyspark" else find_spec(name))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused) as refused:
        spark.require()
    told = " ".join(finding.todo for finding in refused.value.findings)
    assert "pip install 'buurtbalans[spark]'" in told
    assert "Installeer Java 17" in told


@with_spark
@pytest.mark.slow
def test_a_java_that_does_not_start_is_said(
    files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    words = ["count", str(files[0]), "--areas", str(files[1]), "--out", str(tmp_path / "o.csv"), "--engine", "spark"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "Spark heeft Java nodig" in result.stderr


def test_master_belongs_to_spark(files: tuple[Path, Path], tmp_path: Path) -> None:
    words = ["count", str(files[0]), "--areas", str(files[1]), "--out", str(tmp_path / "o.csv"), "--master", "local[1]"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "--master hoort bij Spark" in result.stderr


@pytest.mark.slow
@pytest.mark.skipif(not lacking(), reason="Spark can run here")
def test_the_command_refuses_where_spark_lacks(files: tuple[Path, Path], tmp_path: Path) -> None:
    words = ["count", str(files[0]), "--areas", str(files[1]), "--out", str(tmp_path / "o.csv"), "--engine", "spark"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2
    assert "Installeer" in result.stderr
