"""The commands that run a site: `serve`, `migrate`, `tidy` and `check`."""

import os
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from buurtbalans.cli.console import err, exit_refused, out, say, volume
from buurtbalans.cli.environment import load_migrated_site, load_site
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import gettext_noop as noop
from buurtbalans.site import server_process

SERVE: Final = noop("Start de site voor echt gebruik. De instellingen komen uit de omgeving: zie buurtbalans check.")
MIGRATE: Final = noop("Maak de database klaar voor deze versie.")
TIDY: Final = noop(
    "Wis gegevens waarvan de bewaartermijn voorbij is, en mail mensen die iets te doen hebben. De site doet dit zelf "
    "elke dag."
)
CHECK: Final = noop("Controleer de instellingen. Onveilige instellingen worden geweigerd.")


def serve(
    address: Annotated[str, typer.Option(metavar="ADDRESS", help=noop("Adres waarop de site luistert"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", help=noop("Poort waarop de site luistert"))] = 8000,
    workers: Annotated[
        int, typer.Option(metavar="N", min=0, help=noop("Aantal processen. Bij 0 wordt dat zelf gekozen"))
    ] = 0,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help=noop("Certificaat, als er geen proxy voor staat"))
    ] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help=noop("Sleutel van het certificaat"))] = None,
) -> None:
    """Start the site for real use."""
    if (certificate is None) != (key is None):
        exit_refused(_("--certificate en --key horen bij elkaar. Geef ze allebei, of geen van beide."))
    if server_process.free_port(port, address) is None:
        sentence = _("Poort %(port)s op %(address)s is bezet of niet toegestaan. Kies een andere met --port.")
        exit_refused(sentence % {"port": port, "address": address})
    load_migrated_site()
    server_process.collect_static()
    command = server_process.command(address, port, workers or server_process.sensible_workers())
    if certificate and key:
        command += ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key)]
    url = f"{'https' if certificate else 'http'}://{address}:{port}"
    say(_("Buurtbalans start op %(url)s en antwoordt zo meteen.") % {"url": url})
    sys.stdout.flush()
    os.execv(command[0], command)


def migrate() -> None:
    """Make the database ready for this version."""
    load_site()
    with server_process.stages(err, plain=False) as step:
        server_process.prepare(step)
    say(_("De database is klaar voor deze versie."))


def tidy() -> None:
    """Erase what was kept long enough, and mail people who have something to do."""
    load_migrated_site()
    from buurtbalans.site.reminders import send_reminders
    from buurtbalans.site.retention import erase

    erased = erase()
    mailed = send_reminders()
    if volume.quiet:
        return
    rows = (
        (_("Gewiste concepten"), erased["erased"]),
        (_("Ingetrokken leveringen waarvan de aantallen zijn gewist"), erased["deliveries"]),
        (_("Teksten uit de prullenbak gewist"), erased["texts"]),
        (_("Gewiste plaatsingsrondes"), erased["batches"]),
        (_("Mensen gemaild"), mailed),
    )
    for what, number in rows:
        out.print(f"{what}: {number}")


def check() -> None:
    """Check the settings, and refuse what is unsafe."""
    load_site()
    say(_("De instellingen zijn veilig."))
