"""Unsafe settings are refused, each with a word on where to set them."""

from typing import Any

import pytest
from django.conf import settings as current
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from buurtbalans.site import checks
from buurtbalans.site.database import database

STRONG = "abcdefghijklmnopqrstuvwxyz" * 3
SAFE_SQLITE = {"OPTIONS": {"transaction_mode": "IMMEDIATE"}}


@pytest.mark.parametrize("secret", ["", "short", "a" * 80, "django-insecure-" + STRONG])
def test_a_weak_secret_is_refused(settings: Any, secret: str) -> None:
    settings.SECRET_KEY = secret
    [error] = checks.check_secret()
    assert "BUURTBALANS_SECRET_KEY" in str(error.hint)


def test_a_strong_secret_passes(settings: Any) -> None:
    settings.SECRET_KEY = STRONG
    assert checks.check_secret() == []


@pytest.mark.parametrize("hosts", [["*"], [], ["*.nl"]])
def test_a_site_without_a_name_is_refused(settings: Any, hosts: list[str]) -> None:
    settings.ALLOWED_HOSTS = hosts
    assert [error.id for error in checks.check_hosts()] == ["buurtbalans.E002"]


def test_the_demo_stays_on_its_own_machine(settings: Any) -> None:
    settings.DEMO, settings.LOOPBACK = True, False
    assert [error.id for error in checks.check_hosts()] == ["buurtbalans.E003"]


@pytest.mark.parametrize(("demo", "loopback", "refused"), [(False, True, 1), (True, False, 1), (True, True, 0)])
def test_debug_pages_only_in_a_demo_at_home(settings: Any, demo: bool, loopback: bool, refused: int) -> None:
    settings.DEBUG, settings.DEMO, settings.LOOPBACK = True, demo, loopback
    assert len(checks.check_debug()) == refused


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (checks.unsafe_sqlite(SAFE_SQLITE, "delete", 2), "WAL"),
        (checks.unsafe_sqlite(SAFE_SQLITE, "wal", 1), "FULL"),
        (checks.unsafe_sqlite({}, "wal", 2), "IMMEDIATE"),
        (checks.unsafe_postgresql(140_011, "on", "on"), "ouder dan 15"),
        (checks.unsafe_postgresql(150_000, "off", "on"), "fsync"),
        (checks.unsafe_postgresql(150_000, "on", "off"), "synchronous_commit"),
    ],
)
def test_each_unsafe_database_setting_is_named(found: list[str], word: str) -> None:
    assert len(found) == 1
    assert word in found[0]


def test_safe_databases_pass() -> None:
    assert checks.unsafe_sqlite(SAFE_SQLITE, "wal", 2) == []
    assert checks.unsafe_postgresql(170_004, "on", "remote_apply") == []


@pytest.mark.django_db
def test_the_databases_of_the_suite_are_fast_and_therefore_refused() -> None:
    errors = checks.check_database(databases=["default"])
    words = " ".join(str(error.msg) for error in errors)
    assert ("journal_mode" if connection.vendor == "sqlite" else "fsync") in words
    assert {error.id for error in errors} == {"buurtbalans.E006"}


def test_a_database_that_is_away_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(asked: object) -> list[str]:
        raise OperationalError("could not connect")

    monkeypatch.setattr(checks, "unsafe", away)
    [error] = checks.check_database(databases=["default"])
    assert error.id == "buurtbalans.E005"
    assert "BUURTBALANS_DATABASE" in str(error.hint)


def test_start_is_refused_with_every_reason_at_once(settings: Any) -> None:
    settings.SECRET_KEY, settings.ALLOWED_HOSTS, settings.DEBUG = "", ["*"], True
    with pytest.raises(checks.UnsafeSettings) as refused:
        checks.refuse_if_unsafe(databases=[])
    assert {error.id for error in refused.value.errors} >= {f"buurtbalans.E00{n}" for n in (1, 2, 4)}


def test_sqlite_is_the_default_with_settings_that_lose_nothing(tmp_path: Any) -> None:
    found = database("", tmp_path)
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_one_address_holds_all_of_postgresql(tmp_path: Any) -> None:
    found = database("postgres://ann%40x:p%2Fw@db.example.nl:5433/buurt?sslmode=require", tmp_path)
    assert {name: found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "buurt",
        "USER": "ann@x",
        "PASSWORD": "p/w",
        "HOST": "db.example.nl",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    assert database("postgres://me@/buurt?host=/run/postgresql", tmp_path)["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("address", ["mysql://x/y", "postgres://host", "nonsense"])
def test_another_address_is_refused(tmp_path: Any, address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BUURTBALANS_DATABASE"):
        database(address, tmp_path)


def test_the_suite_runs_with_the_products_own_settings() -> None:
    assert "buurtbalans.site.security.HeadersMiddleware" in current.MIDDLEWARE
