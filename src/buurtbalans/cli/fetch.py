"""`buurtbalans fetch`: open figures and borders of a municipality, straight from the publisher."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, TimeElapsedColumn

from buurtbalans.cli.console import progress, stderr_console
from buurtbalans.cli.findings import exit_on_refusal


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
    from buurtbalans.figures import fetching
    from buurtbalans.figures.fetching.client import Client

    with exit_on_refusal(), progress(BarColumn(), TimeElapsedColumn()) as say:
        say("De server wordt gevraagd")

        def say_rows(url: str, rows: int, count: int | None) -> None:
            name = url.split("?")[0].rpartition("/")[2]
            say(f"{name}: {rows} rijen", completed=rows, total=count)

        request = fetching.FetchRequest(source, tuple(gemeente), period, table, odata, base)
        result = fetching.fetch(request, to, client=Client(say=say), say=say_rows)
    outcome = "Opgehaald" if result.new else "Er is niets nieuws. U had dit al"
    stderr_console().print(f"{outcome}: {result.folder}", markup=False)
