"""Starts each test database from a copy of one that was migrated before, as long as no migration changed."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

Migrated = Path


def name_of_this_state() -> str:
    """Return a name that changes with every migration, ours and those of libraries."""
    said = hashlib.sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            said.update(path.name.encode() + path.read_bytes())
    return said.hexdigest()[:20]


@pytest.fixture(scope="session")
def migrated(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Migrated:
    """Where the migrated database of this state is kept; on PostgreSQL and after a change it is not there."""
    cache = getattr(pytestconfig, "cache", None)  # it can be switched off
    folder = Path(cache.mkdir("migrated")) if cache else tmp_path_factory.mktemp("migrated")
    return folder / f"{name_of_this_state()}.sqlite3"


@pytest.fixture(scope="session")
def django_db_use_migrations(migrated: Migrated) -> bool:
    """Migrate only where there is no copy to start from."""
    return connection.vendor != "sqlite" or not has_tables(migrated)


def has_tables(path: Path) -> bool:
    """Whether a copy is there and was not cut off while it was made."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
        return bool(copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'django_migrations'").fetchone()[0])


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_use_migrations: bool, django_db_blocker: DjangoDbBlocker, migrated: Migrated
) -> None:
    """Fill the test database from the copy, or keep a copy of what was migrated."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        if not django_db_use_migrations:
            settings.MIGRATION_MODULES = {}  # for the tests of migrations, which do walk them
            with closing(sqlite3.connect(f"file:{migrated}?mode=ro", uri=True)) as kept:  # never an empty new one
                kept.backup(connection.connection)
        elif connection.vendor == "sqlite":
            keep(migrated)


def keep(migrated: Migrated) -> None:
    """Keep a copy; another process may do so at the same time, and old ones go."""
    for old in migrated.parent.glob("*.sqlite3"):
        if old != migrated:
            old.unlink(missing_ok=True)
    aside = migrated.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(aside)) as kept:
        connection.connection.backup(kept)
    aside.replace(migrated)
