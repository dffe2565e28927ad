"""Counts points on Spark: each task reads its own rows and counts them with the same kernel; only counts come back."""

import io
import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache, partial
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from buurtbalans.figures.counting.areas import CountMap
from buurtbalans.figures.counting.local import Counted, Say, Task, asked
from buurtbalans.figures.counting.parquet_points import ParquetPoints
from buurtbalans.figures.counting.readers import open_points
from buurtbalans.figures.counting.tally import Tally
from buurtbalans.figures.findings import Finding, Refused, Severity, refuse

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROWS: Final = 1_000_000  # a task reads at least so many; the map costs each worker a moment too
TASKS: Final = 4  # for each core, so that a slow one does not keep the others waiting
_ANSWER: Final = "refused string, points long, nowhere long, notes string, cells binary"
_JAVA: Final = ("Spark heeft Java nodig, en dat is er niet.", "Installeer Java 17 of 21, of zet JAVA_HOME goed.")
_QUIET: Final = {
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.executorEnv.POLARS_MAX_THREADS": "1",  # a task has one core
    "spark.task.maxFailures": "1",  # the same rows fail the same way
}
Part = tuple[int, int]


def count(
    points: Path,
    areas: Path,
    *,
    code: str | None = None,
    lng: str | None = None,
    lat: str | None = None,
    by: Sequence[str] = (),
    minimum: int = 10,
    kept: Path | None = None,
    say: Say,
    master: str | None = None,
) -> Counted:
    """Count points per area on Spark; the answer is that of `local.count`, whose parameters these are.

    Parquet is read in parts, each by a task. CSV and JSON are one task, because they are checked from front to back.

    Parameters
    ----------
    master : str, optional
        Where Spark runs, such as `spark://host:7077`. Every worker sees the files under the same name and has this
        package. Without it Spark's own settings decide, or all cores of this machine.

    Raises
    ------
    Refused
        Also when Spark or Java is not there, or a task ends.
    """
    require()
    opened, task = asked(points, areas, code=code, lng=lng, lat=lat, by=by, minimum=minimum, kept=kept)
    say("De kaart wordt gelezen", 0, 0)
    tally = Tally(task.map(), task.by)  # built once, before the workers ask for it
    say("Spark telt de punten", 0, 0)
    notes: list[Finding] = list(opened.notes)
    for answer in _answers(task, opened.size if isinstance(opened, ParquetPoints) else 0, master, opened.name):
        notes += [_finding(load) for load in json.loads(answer["notes"])]
        tally.join(pl.read_ipc(bytes(answer["cells"])), answer["points"], answer["nowhere"], opened.name)
    return task.counted(tally, minimum, opened.name, list(dict.fromkeys(notes)))


def require() -> None:
    """Refuse when this machine lacks what Spark needs, and say what to install.

    Raises
    ------
    Refused
        With all that lacks at once.
    """
    lacks = []
    if any(find_spec(name) is None for name in ("pyspark", "pyarrow", "pandas")):
        lacks.append(("Spark zit niet in deze installatie.", "Installeer het met: pip install 'buurtbalans[spark]'"))
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:  # where Spark itself looks for it
        lacks.append(_JAVA)
    if lacks:
        raise Refused(Finding(Severity.REFUSE, what, todo) for what, todo in lacks)


def _answers(task: Task, rows: int, master: str | None, name: str) -> list[dict[str, Any]]:
    """Run the tasks; what one of them refuses is refused as a whole."""
    try:
        spark = _session(master)
    except Exception as error:  # Java or the master does not answer, each in its own way
        raise _failed(error, name) from None
    try:
        parts = parts_of(rows, TASKS * spark.sparkContext.defaultParallelism)
        numbers = spark.range(0, len(parts), 1, len(parts))
        answers = [row.asDict() for row in numbers.mapInArrow(partial(_counted, task, parts), _ANSWER).collect()]
    except Exception as error:  # of Spark, or of the bridge to Java, which is no PySparkException
        raise _failed(error, name) from None
    finally:
        spark.stop()
    if refused := [answer["refused"] for answer in answers if answer["refused"]]:
        raise Refused(_finding(load) for load in json.loads(refused[0]))
    return answers


def _session(master: str | None) -> "SparkSession":
    """Return a quiet session of Spark at `master`, or where Spark's own settings say."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("buurtbalans count")
    for key, value in _QUIET.items():
        builder = builder.config(key, value)
    if master is None or master.startswith("local") or "//127.0.0.1" in master:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # a laptop may not know its own name
    return (builder.master(master) if master else builder).getOrCreate()


def _failed(error: Exception, name: str) -> Refused:
    if "JAVA_GATEWAY_EXITED" in str(error):
        return refuse(*_JAVA)
    first = str(error).strip().splitlines() or [type(error).__name__]
    what = f"Spark is gestopt voor het klaar was: {first[0][:200]}"
    return refuse(what, "Kijk of het bestand heel is en of de werkers het zien, of kies --engine local.", file=name)


def parts_of(rows: int, most: int) -> list[Part]:
    """Divide rows into even parts: first row and how many.

    Examples
    --------
    >>> parts_of(2_500_000, 8)
    [(0, 1250000), (1250000, 1250000)]
    >>> parts_of(0, 8)
    [(0, 0)]
    """
    many = max(1, min(most, rows // ROWS))
    ends = [rows * part // many for part in range(many + 1)]
    return [(first, last - first) for first, last in pairwise(ends)]


def _counted(task: Task, parts: Sequence[Part], batches: Iterator[Any]) -> Iterator[Any]:
    """Count parts in a worker of Spark: their numbers come in, the counts of each go out."""
    import pyarrow

    for batch in batches:
        answers = [_answer(task, *parts[number]) for number in batch.column(0).to_pylist()]
        yield pyarrow.RecordBatch.from_pylist(answers)


def _answer(task: Task, first: int, many: int) -> dict[str, Any]:
    try:
        opened = open_points(task.points)
        if isinstance(opened, ParquetPoints):
            batches = opened.batches(task.place.x, task.place.y, task.columns(), first=first, many=many)
        else:
            batches = opened.batches(task.place.x, task.place.y, task.columns())
        tally = task.tallied(opened, _map(task), batches)
    except Refused as refused:
        told = json.dumps([asdict(finding) for finding in refused.findings])
        return {"refused": told, "points": 0, "nowhere": 0, "notes": "[]", "cells": b""}
    cells = io.BytesIO()
    tally.cells().write_ipc(cells, compression="zstd")
    notes = json.dumps([asdict(finding) for finding in opened.notes])
    return {"refused": "", "points": tally.points, "nowhere": tally.nowhere, "notes": notes, "cells": cells.getvalue()}


@lru_cache(maxsize=1)
def _map(task: Task) -> CountMap:
    """Keep the map between the tasks of one worker."""
    return task.map()


def _finding(told: dict[str, Any]) -> Finding:
    return Finding(**{**told, "weight": Severity(told["weight"])})
