"""`buurtbalans count`: a list of points becomes counts per area, on the machine of whoever holds the list."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from buurtbalans.cli_findings import console, refusals, show


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
    engine: Annotated[
        Engine, typer.Option(help="Waar het tellen gebeurt: op deze machine of op Spark.")
    ] = Engine.LOCAL,
    master: Annotated[
        str | None, typer.Option(metavar="URL", help="Welke Spark, zoals spark://host:7077. Anders: deze machine.")
    ] = None,
) -> None:
    """Tel punten per gebied. Er gaat niets naar een server."""
    from buurtbalans.figures.counting_apart import Request, counted
    from buurtbalans.figures.findings import refuse

    screen = console()
    with refusals():
        if any(out.resolve() == file.resolve() for file in (points, areas)):
            raise refuse("De uitvoer is ook de invoer.", "Kies een andere naam voor de uitvoer.", file=out.name)
        if master and engine is Engine.LOCAL:
            raise refuse("--master hoort bij Spark.", "Voeg --engine spark toe, of laat --master weg.")
        request = Request(
            str(points), str(areas), str(out), code, lng, lat, tuple(by or ()), minimum, str(kept_grids()),
            engine is Engine.SPARK, master,
        )  # fmt: skip
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(),
            console=screen, transient=True, disable=not screen.is_terminal,
        ) as progress:  # fmt: skip
            step = progress.add_task("De punten worden geopend", total=None)

            def say(what: str, done: int, size: int) -> None:
                progress.update(step, description=what, completed=done, total=size or None)

            found = counted(request, say)
        show(found.findings)
    kind = "RD" if found.metres else "graden"
    inside = found.points - found.outside
    screen.print(f"Coördinaten uit {found.x} en {found.y} ({kind}).", markup=False)
    screen.print(
        f"Punten in gebieden: {inside}, in {found.hit} gebieden. Buiten: {found.outside}. Tabel in {out.name}.",
        markup=False,
    )
    if found.few:
        screen.print(f"Kleiner dan {minimum} en weggelaten: {found.few}. Deel de tabel pas na buurtbalans protect.")


def kept_grids() -> Path:
    """Return the folder where the grids of maps are kept: with the data of the site, or in the user's own cache."""
    data = os.environ.get("BUURTBALANS_DATA")
    if data:
        return Path(data) / "cache" / "counting"
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "buurtbalans" / "counting"
