"""The command line: `buurtbalans`, one command for the figures, the placing and the site."""

import os
import sys
import traceback
from importlib.metadata import version as version_of
from typing import Annotated

import typer

from buurtbalans.cli import (
    audit,
    count,
    demo,
    fetch,
    index,
    people,
    place,
    place_audit,
    protect,
    read,
    release,
    round,
    site,
)
from buurtbalans.cli.console import FAULT, err, out
from buurtbalans.cli.form import Command, command_group
from buurtbalans.cli.language import in_language, terminal_language
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop

app = command_group(noop("Cijfers en verhalen over een buurt, van vraag tot evaluatie."))


def print_version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        out.print(f"buurtbalans {version_of('buurtbalans')}")
        raise typer.Exit


@app.callback(help=noop("Cijfers en verhalen over een buurt, van vraag tot evaluatie."))
def about(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help=noop("Toon de versie"))
    ] = False,
) -> None:
    """Set what holds for every command."""
    # No command needs the threads of numpy, and starting them costs a tenth of a second.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Run the command line; a fault that nobody foresaw is a sentence, and its trace only when it is asked for."""
    try:
        app()
    except Exception as error:
        if os.environ.get("BUURTBALANS_TRACEBACK"):
            traceback.print_exc()
        with in_language(terminal_language()):
            what = _("Dit had niet mogen gebeuren: %(error)s.") % {"error": f"{type(error).__name__}: {error}"}
            todo = _("Herhaal de opdracht met BUURTBALANS_TRACEBACK=1 in de omgeving, en meld wat u dan ziet.")
        err.print(f"{what}\n{todo}", style="bold", markup=False, soft_wrap=True)
        sys.exit(FAULT)


app.command(cls=Command, help=demo.HELP)(demo.demo)
app.command(cls=Command, help=site.SERVE)(site.serve)
app.command(cls=Command, help=site.MIGRATE)(site.migrate)
app.command(cls=Command, help=site.TIDY)(site.tidy)
app.command(cls=Command, help=site.CHECK)(site.check)
app.add_typer(people.organisation_commands, name="organisation")
app.add_typer(people.account_commands, name="account")
app.add_typer(audit.commands, name="audit")
app.command(cls=Command, help=read.HELP)(read.read)
app.command(cls=Command, help=fetch.HELP)(fetch.fetch)
app.command(cls=Command, help=count.HELP)(count.count)
app.command(cls=Command, help=protect.HELP)(protect.protect)
app.command(cls=Command, help=index.HELP)(index.index)
app.command(cls=Command, help=place.HELP)(place.place)
app.add_typer(place_audit.commands, name="place-audit")
app.add_typer(release.commands, name="release")
app.add_typer(round.commands, name="round")
