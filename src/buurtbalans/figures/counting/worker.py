"""Counting in a process of its own: a few changed bytes in Parquet can end the process that reads them, and only that.

The process is limited in memory and time and does the whole job, up to the table on disk. It tells how far it is, a
line of JSON each time. Nothing is read twice, so it costs no more than counting in this process.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from buurtbalans.figures.findings import Finding, Refused, Severity, refuse

if TYPE_CHECKING:
    import polars as pl

Say = Callable[[str, int, int], None]
MEMORY: Final = 16 * 1024**3  # of addresses: the map and the points are files seen as memory
SECONDS: Final = 300, 2_000_000  # of CPU, and a second more for so many bytes of points
_PARQUET: Final = b"PAR1"


@dataclass(frozen=True, slots=True)
class CountRequest:
    """What is asked of counting, as the command line says it."""

    points: str
    areas: str
    out: str
    code: str | None = None
    lng: str | None = None
    lat: str | None = None
    by: tuple[str, ...] = ()
    minimum: int = 10
    kept: str | None = None
    spark: bool = False
    master: str | None = None
    for_protect: bool = False
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountReport:
    """What counting gave, besides the table on disk."""

    x: str
    y: str
    metres: bool
    points: int
    outside: int
    hit: int
    few: int
    findings: tuple[Finding, ...]


def count_points(request: CountRequest, say: Say) -> CountReport:
    """Count and write the table: points of a kind that can end a process, and Spark, in a process of their own.

    Raises
    ------
    Refused
        When something asked is wrong, or the points are so damaged that the process ended.
    """
    return (
        count_in_worker(request, say)
        if request.spark or _is_parquet(Path(request.points))
        else count_in_process(request, say)
    )


def count_in_process(request: CountRequest, say: Say) -> CountReport:
    """Count in this process and write the table."""
    from buurtbalans.figures import output
    from buurtbalans.figures.counting import local, spark

    output.require_writable(Path(request.out))
    named = _named(request)
    minimum = 1 if request.for_protect else request.minimum
    count = partial(spark.count, master=request.master) if request.spark else local.count
    report = count(
        Path(request.points),
        Path(request.areas),
        code=request.code,
        lng=request.lng,
        lat=request.lat,
        by=request.by,
        minimum=minimum,
        kept=Path(request.kept) if request.kept else None,
        say=say,
    )
    say("De tabel wordt geschreven", 0, 0)
    output.write_table(
        _upward(report.table, request, named) if request.for_protect else report.table, Path(request.out)
    )
    place, few = report.coordinates, int((report.table["absence"] == "too_few").sum())
    return CountReport(place.x, place.y, place.metres, report.points, report.outside, report.hit, few, report.findings)


def _named(request: CountRequest) -> dict[str, tuple[str, ...]]:
    """Return the higher areas that the map names, when they are asked: refused before anything is counted."""
    from buurtbalans.figures.counting.areas import read_parents

    if request.for_protect and "parent" in request.by:
        raise refuse("De uitvoer heeft zelf al een kolom “parent”.", "Geef de kolom een andere naam.")
    return read_parents(Path(request.areas), request.parents, code=request.code) if request.parents else {}


def _upward(table: "pl.DataFrame", request: CountRequest, named: Mapping[str, Sequence[str]]) -> "pl.DataFrame":
    """Return the counts with their parents and all totals, as protection asks them."""
    from buurtbalans.figures.counting import totals
    from buurtbalans.figures.counting.values import By

    measured = table.filter(table["count"].is_not_null())["area"].unique().cast(str).sort().to_list()
    above = totals.parents_of(
        measured, {area: named[area] for area in measured if area in named}, Path(request.areas).name
    )
    return totals.upward(table, [By.parsed(text).name for text in dict.fromkeys(request.by)], above)


def count_in_worker(request: CountRequest, say: Say) -> CountReport:
    """Count in a limited process of its own; its words about a damaged file are for nobody."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", __name__, json.dumps(asdict(request))],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    message: dict[str, Any] = {}
    with child:
        try:
            for line in child.stdout or ():
                message = json.loads(line)
                if "say" in message:
                    say(*message["say"])
        except BaseException:
            child.kill()
            raise
    if "refused" in message:
        raise Refused(_findings(message["refused"]))
    if child.returncode or "report" not in message:
        what = "Het tellen is gestopt. Het bestand met punten is beschadigd, of te groot voor deze machine."
        raise refuse(what, "Haal het bestand opnieuw op bij de bron.", file=Path(request.points).name)
    return CountReport(**{**message["report"], "findings": tuple(_findings(message["report"]["findings"]))})


def _is_parquet(path: Path) -> bool:
    """Tell whether a file begins as Parquet; one that is not there is refused later, in words."""
    try:
        with path.open("rb") as file:
            return file.read(len(_PARQUET)) == _PARQUET
    except OSError:
        return False


def _findings(fields: list[dict[str, Any]]) -> list[Finding]:
    return [Finding(**{**fields, "weight": Severity(fields["weight"])}) for fields in fields]


def _limit(points: Path) -> None:
    """Keep a file that lies about its size from taking the machine."""
    base, bytes_a_second = SECONDS
    seconds = base + points.stat().st_size // bytes_a_second
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(**fields: Any) -> None:
    print(json.dumps(fields), flush=True)


def main(argument: str) -> None:
    """Be the process of its own."""
    fields = json.loads(argument)
    request = CountRequest(**{**fields, "by": tuple(fields["by"]), "parents": tuple(fields["parents"])})
    if not request.spark:  # Java takes its own share of addresses, and its workers are limited by Spark
        os.environ.setdefault("POLARS_MAX_THREADS", str(min(os.cpu_count() or 1, 8)))
        _limit(Path(request.points))
    try:
        report = count_in_process(request, lambda *words: _send(say=words))
    except Refused as refused:
        _send(refused=[asdict(finding) for finding in refused.findings])
    else:
        _send(report=asdict(report))


if __name__ == "__main__":
    main(sys.argv[1])
