"""`buurtbalans fetch`: open figures and borders of a municipality, straight from the publisher."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from buurtbalans.cli_findings import console, refusals


def register(app: typer.Typer) -> None:
    """Add `fetch` to the command."""
    app.command("fetch")(fetch)


def fetch(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="De bron: cbs-kwb of pdok-buurten.")],
    gemeente: Annotated[list[str], typer.Option(help="Code van een gemeente, zoals GM0363; mag vaker.")],
    period: Annotated[int | None, typer.Option(help="Het jaar; anders het nieuwste dat wij kennen.")] = None,
    to: Annotated[Path, typer.Option(help="Map waarin de bestanden komen.")] = Path("bronnen"),
    table: Annotated[str | None, typer.Option(help="De tabel van CBS, als die van dit jaar een andere is.")] = None,
    odata: Annotated[int, typer.Option(min=3, max=4, help="Versie van OData bij CBS: 3 of 4.")] = 3,
    base: Annotated[
        str | None, typer.Option(envvar="BUURTBALANS_FETCH_BASE", help="Ander adres van de dienst.")
    ] = None,
) -> None:
    """Haal open cijfers of grenzen op. Wat u al had, blijft staan. Begonnen werk gaat verder."""
    from buurtbalans.figures.fetching import Wanted
    from buurtbalans.figures.fetching import fetch as fetched
    from buurtbalans.figures.fetching.client import Client

    screen = console()
    with (
        refusals(),
        Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=screen,
            transient=True,
            disable=not screen.is_terminal,
        ) as progress,
    ):
        step = progress.add_task("De server wordt gevraagd", total=None)

        def say(url: str, rows: int, count: int | None) -> None:
            name = url.split("?")[0].rpartition("/")[2]
            progress.update(step, description=f"{name}: {rows} rijen", completed=rows, total=count)

        client = Client(say=lambda words: progress.update(step, description=words))
        wanted = Wanted(source, tuple(gemeente), period, table, odata, base)
        found = fetched(wanted, to, client=client, say=say)
    word = "Opgehaald" if found.new else "Er is niets nieuws. U had dit al"
    screen.print(f"{word}: {found.folder}", markup=False)
