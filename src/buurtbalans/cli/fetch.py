"""`buurtbalans fetch`: open figures and borders of a municipality, straight from the publisher."""

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import BarColumn, TimeElapsedColumn

from buurtbalans.cli.console import print_json, progress, say
from buurtbalans.cli.findings import exit_on_refusal
from buurtbalans.cli.options import AsJson, Period
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

HELP: Final = noop("Haal open cijfers of grenzen op. Wat u al had, blijft. Een onderbroken download gaat verder.")


def fetch(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help=noop("De bron: cbs-kwb of pdok-buurten"))],
    municipality: Annotated[list[str], typer.Option(metavar="CODE", help=noop("Code van een gemeente, zoals GM0363"))],
    period: Period = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help=noop("De map waar de uitkomst komt"))] = Path("sources"),
    table: Annotated[
        str | None, typer.Option(metavar="NAME", help=noop("De tabel van CBS, als die van dit jaar een andere is"))
    ] = None,
    odata: Annotated[int, typer.Option(metavar="3|4", min=3, max=4, help=noop("Versie van OData bij CBS: 3 of 4"))] = 3,
    base: Annotated[
        str | None,
        typer.Option(metavar="URL", envvar="BUURTBALANS_FETCH_BASE", help=noop("Ander adres van de dienst")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch open figures or borders; what is there stays, an interrupted download is resumed."""
    from buurtbalans.figures import fetching
    from buurtbalans.figures.fetching.client import Client

    with exit_on_refusal(), progress(BarColumn(), TimeElapsedColumn()) as step:
        step(_("De server wordt gevraagd"))

        def say_rows(url: str, rows: int, count: int | None) -> None:
            name = url.split("?")[0].rpartition("/")[2]
            step(_("%(name)s: %(rows)s rijen") % {"name": name, "rows": rows}, completed=rows, total=count)

        request = fetching.FetchRequest(source, tuple(municipality), period, table, odata, base)
        result = fetching.fetch(request, out, client=Client(say=step), say=say_rows)
    if as_json:
        print_json({"folder": str(result.folder), "new": result.new})
        return
    outcome = _("Opgehaald: %(folder)s") if result.new else _("Er is niets nieuws. U had dit al: %(folder)s")
    say(outcome % {"folder": result.folder})
