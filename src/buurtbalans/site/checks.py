"""Refuses to start on unsafe settings, and says for each what is wrong and where to set it."""

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from buurtbalans.site.mail import mail

MAKE_A_SECRET: Final = 'python3 -c "import secrets; print(secrets.token_urlsafe(60))"'
LOOPBACK_ONLY: Final = "Zet BUURTBALANS_HOSTS op de naam van de site, bijvoorbeeld buurtbalans.gemeente.nl."
OLDEST_POSTGRESQL: Final = 150_000
SQLITE_FULL: Final = 2


class UnsafeSettings(Exception):
    """The site does not start: the settings would lose data or let others in."""

    def __init__(self, errors: Sequence[Any]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(f"{error.msg} {error.hint}" for error in errors))


def secret_is_weak(secret: str) -> bool:
    """Return whether a secret key is too short, too plain or one that everybody knows."""
    return len(secret) < 50 or len(set(secret)) < 10 or secret.startswith("django-insecure-")


@register(Tags.security)
def check_secret(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """The secret key signs every session: without a strong one anyone can sign in as anyone."""
    try:
        weak = secret_is_weak(settings.SECRET_KEY)
    except ImproperlyConfigured:
        weak = True
    if not weak:
        return []
    hint = f"Zet BUURTBALANS_SECRET_KEY in de omgeving. Maak een sleutel met: {MAKE_A_SECRET}"
    return [Error("De geheime sleutel ontbreekt of is te zwak.", hint=hint, id="buurtbalans.E001")]


@register(Tags.security)
def check_hosts(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """A site that answers to any name can be made to send its people elsewhere."""
    errors = []
    if not settings.ALLOWED_HOSTS or any("*" in host for host in settings.ALLOWED_HOSTS):
        errors.append(Error("De site zou naar elke naam luisteren.", hint=LOOPBACK_ONLY, id="buurtbalans.E002"))
    if settings.DEMO and not settings.LOOPBACK:
        hint = "Haal BUURTBALANS_HOSTS of BUURTBALANS_DEMO weg. In de demo komt iedereen zonder wachtwoord binnen."
        errors.append(Error("De demo mag alleen op de eigen computer draaien.", hint=hint, id="buurtbalans.E003"))
    return errors


@register(Tags.security)
def check_debug(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """Debug pages show settings and contents to whoever causes an error."""
    if not settings.DEBUG or (settings.DEMO and settings.LOOPBACK):
        return []
    hint = "Haal BUURTBALANS_DEBUG weg, of zet ook BUURTBALANS_DEMO=1 op de eigen computer."
    return [Error("Foutpagina's zouden geheimen tonen.", hint=hint, id="buurtbalans.E004")]


@register(Tags.security)
def check_mail(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[Error]:
    """Mail that can be read on its way, comes from nowhere or leads nowhere, is worse than no mail."""
    if not settings.MAIL:
        return []
    try:
        server = mail(settings.MAIL)
    except ValueError:
        hint = "Schrijf BUURTBALANS_MAIL als smtp://naam:wachtwoord@server:587 of als smtps://…"
        return [Error("Het adres van de mailserver is niet te lezen.", hint=hint, id="buurtbalans.E007")]
    errors = []
    if server is not None and not server.is_safe:
        hint = "Haal ?tls=no weg uit BUURTBALANS_MAIL. Alleen op de eigen computer mag mail zonder TLS."
        errors.append(Error("Mail zou onversleuteld over het net gaan.", hint=hint, id="buurtbalans.E008"))
    if "@" not in settings.DEFAULT_FROM_EMAIL:
        hint = "Zet BUURTBALANS_MAIL_FROM op het adres waar mail vandaan komt."
        errors.append(Error("Mail heeft geen afzender.", hint=hint, id="buurtbalans.E009"))
    own = settings.SITE_ADDRESS.startswith(("http://127.0.0.1", "http://localhost"))
    if not (settings.SITE_ADDRESS.startswith("https://") or own):
        hint = "Zet BUURTBALANS_ADDRESS op het adres van de site, zoals https://buurtbalans.gemeente.nl."
        errors.append(Error("Mail zou nergens heen wijzen.", hint=hint, id="buurtbalans.E010"))
    return errors


def unsafe_sqlite(settings_of: dict[str, Any], journal: str, synchronous: int) -> list[str]:
    """Return what would lose acknowledged writes or lock writers out on SQLite, in words."""
    problems = []
    if journal.lower() != "wal":
        problems.append(f"journal_mode is {journal}, niet WAL")
    if synchronous < SQLITE_FULL:
        problems.append("synchronous is lager dan FULL")
    if settings_of.get("OPTIONS", {}).get("transaction_mode") != "IMMEDIATE":
        problems.append("transaction_mode is niet IMMEDIATE")
    return problems


def unsafe_postgresql(version: int, fsync: str, synchronous_commit: str) -> list[str]:
    """Return what would lose acknowledged writes on PostgreSQL, in words."""
    problems = []
    if version < OLDEST_POSTGRESQL:
        problems.append(f"versie {version // 10_000} is ouder dan 15")
    if fsync != "on":
        problems.append("fsync staat uit")
    if synchronous_commit == "off":
        problems.append("synchronous_commit staat uit")
    return problems


def unsafe(connection: BaseDatabaseWrapper) -> list[str]:
    """Ask a database for its own settings and return what is unsafe about them."""
    with connection.cursor() as cursor:

        def ask(question: str) -> Any:
            cursor.execute(question)
            return cursor.fetchone()[0]

        if connection.vendor == "sqlite":
            return unsafe_sqlite(connection.settings_dict, ask("PRAGMA journal_mode"), ask("PRAGMA synchronous"))
        return unsafe_postgresql(int(ask("SHOW server_version_num")), ask("SHOW fsync"), ask("SHOW synchronous_commit"))


@register(Tags.database)
def check_database(
    app_configs: Sequence[AppConfig] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[Error]:
    """A database that forgets what it acknowledged is refused before it holds anything."""
    errors = []
    for alias in databases or []:
        try:
            problems = unsafe(connections[alias])
        except OperationalError as error:
            hint = "Controleer BUURTBALANS_DATABASE, of de map in BUURTBALANS_DATA als u SQLite gebruikt."
            errors.append(Error(f"De database geeft geen antwoord: {error}", hint=hint, id="buurtbalans.E005"))
            continue
        hint = "Zet dit in de instellingen van PostgreSQL, of in BUURTBALANS_DATABASE."
        errors += [Error(f"De database is niet veilig: {what}.", hint=hint, id="buurtbalans.E006") for what in problems]
    return errors


def refuse_if_unsafe(databases: Sequence[str] = (DEFAULT_DB_ALIAS,)) -> None:
    """Raise UnsafeSettings when any check of ours or of Django's that is an error fails.

    The database is asked only when all else is well, so that a refused start leaves no file behind.
    """
    for asked in ([], list(databases)):
        problems = run_checks(databases=asked, include_deployment_checks=True)
        errors = [message for message in problems if message.is_serious() and not message.is_silenced()]
        if errors:
            raise UnsafeSettings(errors)
