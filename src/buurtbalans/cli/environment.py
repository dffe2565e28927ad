"""Loads the site for a command: its settings, those of a demo, and the checks before any work is done."""

import os
import secrets
from pathlib import Path

from buurtbalans.cli.console import exit_refused
from buurtbalans.site import server_process


def load_django() -> None:
    """Load the apps with the settings of the environment, or refuse with the reason."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtbalans.site.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        exit_refused(str(error))


def load_site() -> None:
    """Load the apps, create the data folder if it is missing, and refuse unsafe settings."""
    load_django()
    from django.conf import settings

    from buurtbalans.site.checks import UnsafeSettings, refuse_if_unsafe

    try:
        refuse_if_unsafe(databases=[])
        settings.DATA.mkdir(parents=True, exist_ok=True)
        refuse_if_unsafe()
    except OSError as error:
        exit_refused(f"De map {settings.DATA} kan niet worden gebruikt: {error.strerror}. Zet BUURTBALANS_DATA anders.")
    except UnsafeSettings as error:
        exit_refused(
            "De site start niet.\n" + "\n".join(f"- {problem.msg} {problem.hint or ''}" for problem in error.errors)
        )
    if server_process.has_unknown_migrations():
        exit_refused(
            f"De database van {settings.DATA} is gemaakt door een eerdere versie die nooit is uitgebracht. "
            "Deze versie kan die niet omzetten. Kies een andere map, of verwijder de database. Er is niets gewijzigd."
        )


def load_migrated_site() -> None:
    """Load the site, and refuse a database that is not ready for this version."""
    load_site()
    if server_process.waiting_migrations():
        exit_refused("De database is nog niet klaar voor deze versie. Voer eerst uit: buurtbalans migrate")


def get_or_create_secret_key(folder: Path) -> str:
    """Return the secret key kept in a data folder; it is created on first use and only its owner can read it."""
    file = folder / "secret"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(handle, "w") as writer:
        secret_key = secrets.token_urlsafe(60)
        writer.write(secret_key)
        return secret_key


def set_demo_environment(data: Path) -> None:
    """Set the environment to that of the demo in a folder, with the secret key kept there."""
    folder = data.resolve()
    os.environ |= {
        "BUURTBALANS_DEMO": "1",
        "BUURTBALANS_DATA": str(folder),
        "BUURTBALANS_DATABASE": "",
        "BUURTBALANS_HOSTS": "127.0.0.1,localhost",
        "BUURTBALANS_SECRET_KEY": get_or_create_secret_key(folder),
    }


def use_existing_demo(data: Path) -> None:
    """Set the environment to that of a demo that was started before; refuse a folder without one, creating nothing."""
    if not (data / "secret").is_file():
        exit_refused(f"In {data} staat geen demo. Start haar eerst: buurtbalans demo --data {data}")
    set_demo_environment(data)
