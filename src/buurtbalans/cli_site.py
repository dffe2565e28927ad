"""The commands around the site: `demo`, `serve`, `migrate`, `tidy` and `check`."""

import os
import secrets
import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from buurtbalans.site import running

DEMO_FOLDER = Path("buurtbalans-data/demo")
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def register(app: typer.Typer) -> None:
    """Add the commands of the site to the one command line."""
    app.command()(demo)
    app.command()(serve)
    app.command()(migrate)
    app.command()(tidy)
    app.command()(check)


def refuse(message: str) -> NoReturn:
    """Say why the call is refused and end with exit code 2."""
    err.print(message, style="bold", soft_wrap=True)
    raise typer.Exit(2)


def start_django() -> None:
    """Load the apps with the settings of the environment, or refuse with the reason."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtbalans.site.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        refuse(str(error))


def start_safely() -> None:
    """Load the apps, make sure the data folder is there, and refuse unsafe settings."""
    start_django()
    from django.conf import settings

    from buurtbalans.site.checks import UnsafeSettings, refuse_if_unsafe

    try:
        refuse_if_unsafe(databases=[])
        settings.DATA.mkdir(parents=True, exist_ok=True)
        refuse_if_unsafe()
    except OSError as error:
        refuse(f"De map {settings.DATA} kan niet worden gebruikt: {error.strerror}. Zet BUURTBALANS_DATA anders.")
    except UnsafeSettings as error:
        refuse("De site start niet.\n" + "\n".join(f"- {found.msg} {found.hint or ''}" for found in error.errors))


def secret_of(folder: Path) -> str:
    """Return the secret key that a data folder keeps for itself, made on first use and readable by its owner only."""
    file = folder / "secret"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(handle, "w") as writer:
        secret = secrets.token_urlsafe(60)
        writer.write(secret)
        return secret


def be_demo(data: Path) -> None:
    """Take the settings of the demo in a folder, with the secret key that it keeps there."""
    folder = data.resolve()
    os.environ |= {
        "BUURTBALANS_DEMO": "1",
        "BUURTBALANS_DATA": str(folder),
        "BUURTBALANS_DATABASE": "",
        "BUURTBALANS_HOSTS": "127.0.0.1,localhost",
        "BUURTBALANS_SECRET_KEY": secret_of(folder),
    }


def use_demo(data: Path) -> None:
    """Take the settings of a demo that has been started before, or refuse: nothing is made here."""
    if not (data / "secret").is_file():
        refuse(f"In {data} staat geen demo. Start haar eerst: buurtbalans demo --data {data}")
    be_demo(data)


def demo(
    port: Annotated[int, typer.Option(help="Poort op deze computer; 0 kiest zelf een vrije poort.")] = 8000,
    data: Annotated[Path, typer.Option(help="Map waarin de demo haar gegevens bewaart.")] = Path(
        "buurtbalans-data/demo"
    ),
) -> None:
    """Start de demo: een verzonnen stad, alleen op deze computer, zonder wachtwoord."""
    if (free := running.free_port(port)) is None:
        refuse(f"Poort {port} is bezet. Kies een andere poort, bijvoorbeeld: buurtbalans demo --port {port + 1}")
    data.mkdir(parents=True, exist_ok=True)
    be_demo(data)
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(stop, signal.default_int_handler)
    try:
        with running.stages(err) as say:
            say("De demo wordt klaargezet. De eerste keer duurt dat een minuut of langer")
            start_safely()
            running.prepare(say, demo=True)
        with running.server(free) as process:
            with running.stages(err) as say:
                say("De site wordt gestart")
                ready = running.answers(f"http://127.0.0.1:{free}/healthz", process)
            if not ready:
                err.print("De site antwoordt niet. Kijk hierboven wat er misging.", style="bold")
                raise typer.Exit(1)
            out.print(f"Ready: http://127.0.0.1:{free}")
            running.show_accounts(out)
            sys.stdout.flush()
            raise typer.Exit(1 if process.wait() else 0)
    except KeyboardInterrupt:
        err.print("De demo is gestopt.")


def serve(
    address: Annotated[str, typer.Option(help="Adres waarop de site luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Poort waarop de site luistert.")] = 8000,
    workers: Annotated[int, typer.Option(help="Aantal processen; 0 kiest zelf.")] = 0,
    certificate: Annotated[Path | None, typer.Option(help="Certificaat, als er geen proxy voor staat.")] = None,
    key: Annotated[Path | None, typer.Option(help="Sleutel van het certificaat.")] = None,
) -> None:
    """Start de site voor echt gebruik. Stel haar in met de omgeving; buurtbalans check zegt wat er ontbreekt."""
    if running.free_port(port, address) is None:
        refuse(f"Poort {port} is bezet of niet toegestaan. Kies een andere met --port.")
    start_safely()
    if waiting := running.waiting_migrations():
        behind = "1 stap" if waiting == 1 else f"{waiting} stappen"
        refuse(f"De database loopt {behind} achter. Voer eerst uit: buurtbalans migrate")
    running.collect_static()
    command = running.command(address, port, workers or running.sensible_workers())
    if certificate and key:
        command += ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key)]
    out.print(f"Buurtbalans start op {'https' if certificate else 'http'}://{address}:{port} en antwoordt zo meteen.")
    sys.stdout.flush()
    os.execv(command[0], command)


def migrate() -> None:
    """Maak de database klaar voor deze versie."""
    start_safely()
    with running.stages(err, plain=False) as say:
        running.prepare(say, demo=False)
    out.print("De database is klaar voor deze versie.")


def tidy() -> None:
    """Wis wat lang genoeg bewaard is, en mail wie iets te doen heeft. De site doet dit zelf elke dag."""
    start_safely()
    if running.waiting_migrations():
        refuse("De database loopt achter. Voer eerst uit: buurtbalans migrate")
    from buurtbalans.site.reminders import send_reminders
    from buurtbalans.site.tidying import erase

    done = erase()
    sent = send_reminders()
    out.print(f"Gewist: {done['erased']} concepten en de aantallen van {done['shipments']} ingetrokken leveringen.")
    out.print(f"Uit de prullenbak: {done['texts']} teksten. Lijsten om te plaatsen: {done['batches']}.")
    out.print(f"Gemaild: {sent} mensen op wie iets wacht.")


def check() -> None:
    """Controleer de instellingen; weigert wat onveilig is."""
    start_safely()
    out.print("De instellingen zijn veilig.")
