"""The commands that run a site: `serve`, `migrate`, `tidy` and `check`."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from buurtbalans.cli.console import err, exit_refused, out
from buurtbalans.cli.environment import load_site
from buurtbalans.site import server_process


def serve(
    address: Annotated[str, typer.Option(help="Adres waarop de site luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort waarop de site luistert.")] = 8000,
    workers: Annotated[int, typer.Option(help="Aantal processen; 0 kiest zelf.")] = 0,
    certificate: Annotated[Path | None, typer.Option(help="Certificaat, als er geen proxy voor staat.")] = None,
    key: Annotated[Path | None, typer.Option(help="Sleutel van het certificaat.")] = None,
) -> None:
    """Start de site voor echt gebruik. Stel haar in met de omgeving; buurtbalans check zegt wat er ontbreekt."""
    if server_process.free_port(port, address) is None:
        exit_refused(f"Poort {port} is bezet of niet toegestaan. Kies een andere met --port.")
    load_site()
    if waiting := server_process.waiting_migrations():
        steps = "1 stap" if waiting == 1 else f"{waiting} stappen"
        exit_refused(f"De database loopt {steps} achter. Voer eerst uit: buurtbalans migrate")
    server_process.collect_static()
    command = server_process.command(address, port, workers or server_process.sensible_workers())
    if certificate and key:
        command += ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key)]
    out.print(f"Buurtbalans start op {'https' if certificate else 'http'}://{address}:{port} en antwoordt zo meteen.")
    sys.stdout.flush()
    os.execv(command[0], command)


def migrate() -> None:
    """Maak de database klaar voor deze versie."""
    load_site()
    with server_process.stages(err, plain=False) as say:
        server_process.prepare(say)
    out.print("De database is klaar voor deze versie.")


def tidy() -> None:
    """Wis wat lang genoeg bewaard is, en mail wie iets te doen heeft. De site doet dit zelf elke dag."""
    load_site()
    if server_process.waiting_migrations():
        exit_refused("De database loopt achter. Voer eerst uit: buurtbalans migrate")
    from buurtbalans.site.reminders import send_reminders
    from buurtbalans.site.retention import erase

    erased = erase()
    mailed = send_reminders()
    out.print(
        f"Gewist: {erased['erased']} concepten en de aantallen van {erased['deliveries']} ingetrokken leveringen."
    )
    out.print(f"Uit de prullenbak: {erased['texts']} teksten. Lijsten om te plaatsen: {erased['batches']}.")
    out.print(f"Gemaild: {mailed} mensen op wie iets wacht.")


def check() -> None:
    """Controleer de instellingen; weigert wat onveilig is."""
    load_site()
    out.print("De instellingen zijn veilig.")
