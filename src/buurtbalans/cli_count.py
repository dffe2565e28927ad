"""`buurtbalans count`: a list of points becomes counts per area, on the machine of whoever holds the list."""

import os
import shlex
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from buurtbalans.cli_findings import console, refusals, show

if TYPE_CHECKING:
    from buurtbalans.figures.counting_apart import Report, Request


class Engine(StrEnum):
    """Where the counting runs."""

    LOCAL = "local"
    SPARK = "spark"


def register(app: typer.Typer) -> None:
    """Add `count` to the command."""
    app.command("count")(count)


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
    from buurtbalans.figures.counting_apart import Request, counted

    screen = console()
    with refusals():
        request = Request(
            str(points),
            str(areas),
            str(out),
            code,
            lng,
            lat,
            tuple(by or ()),
            minimum,
            str(kept_grids()),
            engine is Engine.SPARK,
            master,
            for_protect,
            tuple(parent or ()),
        )
        _check(request, out)
        with Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TimeRemainingColumn(),
            console=screen,
            transient=True,
            disable=not screen.is_terminal,
        ) as progress:
            step = progress.add_task("De punten worden geopend", total=None)

            def say(what: str, done: int, size: int) -> None:
                progress.update(step, description=what, completed=done, total=size or None)

            found = counted(request, say)
        show(found.findings)
    for line in _told(found, request):
        screen.print(line, markup=False, soft_wrap=for_protect)


def _told(found: "Report", request: "Request") -> Iterator[str]:
    """Yield what was counted, and what to do before the table is shared."""
    inside = found.points - found.outside
    yield f"Coördinaten uit {found.x} en {found.y} ({'RD' if found.metres else 'graden'})."
    name = Path(request.out).name
    yield f"Punten in gebieden: {inside}, in {found.hit} gebieden. Buiten: {found.outside}. Tabel in {name}."
    if request.for_protect:
        yield "Dit zijn de echte aantallen: deel deze tabel niet. Scherm haar eerst af:"
        yield _next_step(Path(request.out), request.by, request.minimum)
    elif found.few:
        yield f"Kleiner dan {request.minimum} en weggelaten: {found.few}. Dat is nog niet veilig om te delen."
        yield "Tel daarvoor met --for-protect; daarna komt buurtbalans protect."


def _check(request: "Request", out: Path) -> None:
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


def _next_step(out: Path, by: Sequence[str], minimum: int) -> str:
    """Return the command that protects the table, as it can be pasted."""
    columns = [word for each in dict.fromkeys(by) for word in ("--by", each)]
    to = out.with_name(f"{out.stem}-afgeschermd.csv")
    words = ["buurtbalans", "protect", str(out), *columns, "--minimum", str(max(minimum, 6)), "--out", str(to)]
    return shlex.join(words)


def kept_grids() -> Path:
    """Return the folder where the grids of maps are kept: with the data of the site, or in the user's own cache."""
    data = os.environ.get("BUURTBALANS_DATA")
    if data:
        return Path(data) / "cache" / "counting"
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "buurtbalans" / "counting"
