"""`buurtbalans demo`: start an invented town on this computer."""

import signal
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from buurtbalans.cli.console import FAULT, err, exit_refused, out, say
from buurtbalans.cli.environment import load_site, set_demo_environment
from buurtbalans.cli.language import in_language, terminal_language
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop
from buurtbalans.site import server_process

HELP: Final = noop("Start de demo: een verzonnen stad, alleen op deze computer, zonder wachtwoord.")


def demo(
    port: Annotated[
        int, typer.Option(metavar="PORT", help=noop("Poort op deze computer. Bij 0 wordt een vrije poort gekozen"))
    ] = 8000,
    data: Annotated[Path, typer.Option(metavar="DIR", help=noop("Map met de gegevens van de demo"))] = Path(
        "buurtbalans-data/demo"
    ),
) -> None:
    """Start the demo: an invented town on this computer only."""
    if (free_port := server_process.free_port(port)) is None:
        sentence = _("Poort %(port)s is bezet. Kies een andere poort, bijvoorbeeld: buurtbalans demo --port %(next)s")
        exit_refused(sentence % {"port": port, "next": port + 1})
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = _("De map %(folder)s kan niet worden gebruikt: %(why)s. Kies een andere met --data.")
        exit_refused(sentence % {"folder": data, "why": error.strerror})
    set_demo_environment(data)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, signal.default_int_handler)
    try:
        _prepare()
        _run(free_port)
    except KeyboardInterrupt:
        say(_("De demo is gestopt."))


def _prepare() -> None:
    """Make the database ready and load the demo town into it."""
    with server_process.stages(err) as step:
        step(_("De demo wordt klaargezet. De eerste keer duurt dat een minuut of langer"))
        load_site()
        server_process.prepare(step)
        from buurtbalans.site.demo.load import load_demo

        def tell(stage: str, _done: int, _total: int) -> None:
            with in_language(terminal_language()):  # the demo itself is made in the language of the site
                step(_(stage))

        load_demo(progress=tell)


def _run(port: int) -> None:
    """Run the site until it is stopped, after printing its address and accounts."""
    from buurtbalans.site.demo.accounts import print_accounts

    with server_process.server(port) as process:
        with server_process.stages(err) as step:
            step(_("De site wordt gestart"))
            ready = server_process.answers(f"http://127.0.0.1:{port}/healthz", process)
        if not ready:
            err.print(_("De site antwoordt niet. Kijk hierboven waarom niet."), style="bold")
            raise typer.Exit(FAULT)
        out.print(f"Ready: http://127.0.0.1:{port}")
        print_accounts(out)
        sys.stdout.flush()
        raise typer.Exit(FAULT if process.wait() else 0)
