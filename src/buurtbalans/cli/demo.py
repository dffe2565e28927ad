"""`buurtbalans demo`: start an invented town on this computer."""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from buurtbalans.cli.console import err, exit_refused, out
from buurtbalans.cli.environment import load_site, set_demo_environment
from buurtbalans.site import server_process


def demo(
    port: Annotated[int, typer.Option(help="Poort op deze computer; 0 kiest zelf een vrije poort.")] = 8000,
    data: Annotated[Path, typer.Option(help="Map waarin de demo haar gegevens bewaart.")] = Path(
        "buurtbalans-data/demo"
    ),
) -> None:
    """Start de demo: een verzonnen stad, alleen op deze computer, zonder wachtwoord."""
    if (free_port := server_process.free_port(port)) is None:
        exit_refused(f"Poort {port} is bezet. Kies een andere poort, bijvoorbeeld: buurtbalans demo --port {port + 1}")
    data.mkdir(parents=True, exist_ok=True)
    set_demo_environment(data)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, signal.default_int_handler)
    try:
        _prepare()
        _run(free_port)
    except KeyboardInterrupt:
        err.print("De demo is gestopt.")


def _prepare() -> None:
    """Make the database ready and load the demo town into it."""
    with server_process.stages(err) as say:
        say("De demo wordt klaargezet. De eerste keer duurt dat een minuut of langer")
        load_site()
        server_process.prepare(say)
        from buurtbalans.site.demo.load import load_demo

        load_demo(progress=lambda stage, done, total: say(stage))


def _run(port: int) -> None:
    """Run the site until it is stopped, after printing its address and accounts."""
    from buurtbalans.site.demo.accounts import print_accounts

    with server_process.server(port) as process:
        with server_process.stages(err) as say:
            say("De site wordt gestart")
            ready = server_process.answers(f"http://127.0.0.1:{port}/healthz", process)
        if not ready:
            err.print("De site antwoordt niet. Kijk hierboven wat er misging.", style="bold")
            raise typer.Exit(1)
        out.print(f"Ready: http://127.0.0.1:{port}")
        print_accounts(out)
        sys.stdout.flush()
        raise typer.Exit(1 if process.wait() else 0)
