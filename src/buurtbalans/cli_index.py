"""`buurtbalans index`: from a definition and a table to an index, with how sure its order is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from buurtbalans.cli_findings import console, refusals

if TYPE_CHECKING:
    from buurtbalans.figures.balance.definition import Definition
    from buurtbalans.figures.balance.outcome import Outcome


def register(app: typer.Typer) -> None:
    """Add `index` to the command."""
    app.command("index")(index)


def index(
    spec: Annotated[Path, typer.Argument(metavar="SPEC", help="De definitie van de index, in TOML.")],
    data: Annotated[Path | None, typer.Option(metavar="TABLE", help="De cijfers: .csv of .parquet.")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Waar de uitkomst komt: .csv, .parquet, .xlsx of .json.")
    ] = None,
    uncertainty: Annotated[
        int, typer.Option(metavar="DRAWS", min=0, max=1_000_000, help="Hoe vaak de index opnieuw wordt gemaakt.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Hetzelfde getal geeft dezelfde reeksen.")] = 1,
    explain: Annotated[bool, typer.Option("--explain", help="Zeg in gewone woorden wat de definitie doet.")] = False,
) -> None:
    """Maak van cijfers een index, met bij elke rang hoe zeker die is."""
    from buurtbalans.figures import output
    from buurtbalans.figures.balance.definition import read_definition
    from buurtbalans.figures.balance.explain import explained
    from buurtbalans.figures.findings import refuse

    screen = console()
    with refusals():
        definition = read_definition(spec)
        if explain:
            screen.print(explained(definition), highlight=False, markup=False)
        if data is None and out is None and explain:
            return
        if data is None or out is None:
            raise refuse("De tabel of de uitvoer ontbreekt.", "Geef --data en --out allebei.")
        output.check_out(out)
        if out.resolve() in (data.resolve(), spec.resolve()):
            raise refuse("De uitvoer is ook de invoer.", "Kies een andere naam voor de uitvoer.", file=out.name)
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
            console=screen, transient=True, disable=not screen.is_terminal,
        ) as progress:  # fmt: skip
            found = _made(definition, data, uncertainty, seed, progress)
            output.write(found.frame(definition), out)
    many, periods = len(found.table.areas), len(found.table.periods)
    times = f", {periods} jaren" if periods > 1 else ""
    screen.print(f"{many} gebieden{times}, {len(definition.nodes)} delen in {out.name}.")


def _made(definition: "Definition", data: Path, draws: int, seed: int, progress: Progress) -> "Outcome":
    from buurtbalans.figures.balance.outcome import made
    from buurtbalans.figures.balance.table import read_table

    step = progress.add_task("De cijfers worden gelezen")
    table = read_table(data, definition)
    progress.update(step, description="De index wordt gemaakt")
    return made(definition, table, draws=draws, seed=seed)
