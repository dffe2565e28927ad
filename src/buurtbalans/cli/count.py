"""`buurtbalans count`: a list of points becomes counts per area, on the machine of whoever holds the list."""

import os
import shlex
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, TimeRemainingColumn

from buurtbalans.cli.console import progress, stderr_console
from buurtbalans.cli.findings import exit_on_refusal, print_findings

if TYPE_CHECKING:
    from buurtbalans.figures.counting.worker import CountReport, CountRequest


class Engine(StrEnum):
    """Where the counting runs."""

    LOCAL = "local"
    SPARK = "spark"


def count(
    points: Annotated[Path, typer.Argument(metavar="POINTS", help="Punten: csv, parquet of json.")],
    areas: Annotated[Path, typer.Option(help="Kaart met gebieden: GeoJSON of TopoJSON.")],
    out: Annotated[Path, typer.Option(help="Waar de tabel komt: .csv, .parquet, .xlsx of .json.")],
    code: Annotated[str | None, typer.Option(help="Eigenschap in de kaart met de code van een gebied.")] = None,
    lng: Annotated[str | None, typer.Option(help="Kolom met de lengte, of x in RD.")] = None,
    lat: Annotated[str | None, typer.Option(help="Kolom met de breedte, of y in RD.")] = None,
    by: Annotated[list[str] | None, typer.Option(help="Ook per KOLOM, of per maand: month:KOLOM.")] = None,
    minimum: Annotated[int, typer.Option(help="Kleinere aantallen blijven weg; 0 blijft staan.")] = 10,
    for_protect: Annotated[
        bool, typer.Option("--for-protect", help="Schrijf de echte aantallen met alle totalen, klaar voor protect.")
    ] = False,
    parent: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PROPERTY", help="Met --for-protect: eigenschap met het hogere gebied; anders zegt de code het."
        ),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="Waar het tellen gebeurt: op deze machine of op Spark.")
    ] = Engine.LOCAL,
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Welke Spark, zoals spark://host:7077. Anders: deze machine.")
    ] = None,
) -> None:
    """Tel punten per gebied. Er gaat niets naar een server."""
    from buurtbalans.figures.counting.worker import CountRequest, count_points

    with exit_on_refusal():
        request = CountRequest(
            str(points),
            str(areas),
            str(out),
            code,
            lng,
            lat,
            tuple(by or ()),
            minimum,
            str(grid_cache_folder()),
            engine is Engine.SPARK,
            master,
            for_protect,
            tuple(parent or ()),
        )
        _require_consistent_options(request, out)
        with progress(BarColumn(), TimeRemainingColumn()) as say:
            say("De punten worden geopend")
            report = count_points(request, lambda step, done, size: say(step, completed=done, total=size or None))
        print_findings(report.findings)
    console = stderr_console()
    for line in _summary(report, request):
        console.print(line, markup=False, soft_wrap=for_protect)


def _summary(report: "CountReport", request: "CountRequest") -> Iterator[str]:
    """Yield what was counted, and what to do before the table is shared."""
    inside = report.points - report.outside
    yield f"Coördinaten uit {report.x} en {report.y} ({'RD' if report.metres else 'graden'})."
    name = Path(request.out).name
    yield f"Punten in gebieden: {inside}, in {report.hit} gebieden. Buiten: {report.outside}. Tabel in {name}."
    if request.for_protect:
        yield "Dit zijn de echte aantallen: deel deze tabel niet. Scherm haar eerst af:"
        yield _protect_command(Path(request.out), request.by, request.minimum)
    elif report.few:
        yield f"Kleiner dan {request.minimum} en weggelaten: {report.few}. Dat is nog niet veilig om te delen."
        yield "Tel daarvoor met --for-protect; daarna komt buurtbalans protect."


def _require_consistent_options(request: "CountRequest", out: Path) -> None:
    """Refuse options that do not go together, before anything is read."""
    from buurtbalans.figures.findings import refuse

    if any(out.resolve() == Path(file).resolve() for file in (request.points, request.areas)):
        raise refuse("De uitvoer is ook de invoer.", "Kies een andere naam voor de uitvoer.", file=out.name)
    if request.master and not request.spark:
        raise refuse("--master hoort bij Spark.", "Voeg --engine spark toe, of laat --master weg.")
    if request.parents and not request.for_protect:
        raise refuse("--parent hoort bij --for-protect.", "Voeg --for-protect toe, of laat --parent weg.")
    if request.for_protect and out.suffix.lower() != ".csv":
        todo = f"Kies bijvoorbeeld --out {out.stem}.csv."
        raise refuse("De volgende stap, protect, leest alleen CSV.", todo, file=out.name)


def _protect_command(out: Path, by: Sequence[str], minimum: int) -> str:
    """Return the command that protects the table, ready to be pasted in a shell."""
    columns = [word for column in dict.fromkeys(by) for word in ("--by", column)]
    to = out.with_name(f"{out.stem}-afgeschermd.csv")
    words = ["buurtbalans", "protect", str(out), *columns, "--minimum", str(max(minimum, 6)), "--out", str(to)]
    return shlex.join(words)


def grid_cache_folder() -> Path:
    """Return the folder of the maps' cached grids: with the data of the site, or else in the user's own cache."""
    data = os.environ.get("BUURTBALANS_DATA")
    if data:
        return Path(data) / "cache" / "counting"
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "buurtbalans" / "counting"
