"""Loads the site for a command: its settings, those of a demo, and the checks before any work is done."""

import os
import secrets
from pathlib import Path

from buurtbalans.cli.console import CONFIGURATION, exit_refused
from buurtbalans.cli.language import speak_language_of_terminal
from buurtbalans.figures.text import gettext as _
from buurtbalans.figures.text import ngettext
from buurtbalans.site import server_process


def load_django() -> None:
    """Load the apps with the settings of the environment, or refuse with the reason."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtbalans.site.settings")
    try:
        django.setup()
        speak_language_of_terminal()
    except ImproperlyConfigured as error:
        exit_refused(str(error), CONFIGURATION)


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
        sentence = _("De map %(folder)s kan niet worden gebruikt: %(why)s. Zet BUURTBALANS_DATA op een andere map.")
        exit_refused(sentence % {"folder": settings.DATA, "why": error.strerror}, CONFIGURATION)
    except UnsafeSettings as error:
        problems = [f"- {problem.msg} {problem.hint or ''}".rstrip() for problem in error.errors]
        exit_refused("\n".join([_("Met deze instellingen start de site niet."), *problems]), CONFIGURATION)
    if server_process.has_unknown_migrations():
        sentence = _(
            "De database van %(folder)s is gemaakt door een eerdere versie die nooit is uitgebracht. "
            "Deze versie kan die niet omzetten. Kies een andere map, of verwijder de database. Er is niets gewijzigd."
        )
        exit_refused(sentence % {"folder": settings.DATA}, CONFIGURATION)


def load_migrated_site() -> None:
    """Load the site, and refuse a database that is not ready for this version."""
    load_site()
    if waiting := server_process.waiting_migrations():
        sentence = ngettext(
            "De database loopt %(number)s stap achter. Voer eerst uit: %(command)s",
            "De database loopt %(number)s stappen achter. Voer eerst uit: %(command)s",
            waiting,
        )
        exit_refused(sentence % {"number": waiting, "command": "buurtbalans migrate"}, CONFIGURATION)


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
        sentence = _("In %(folder)s staat geen demo. Start de demo eerst: buurtbalans demo --data %(folder)s")
        exit_refused(sentence % {"folder": data})
    set_demo_environment(data)
