"""`/healthz` tells what can be reached, and nothing else about the site."""

import json
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.test import Client

from buurtbalans.site import health


def gone() -> None:
    raise OperationalError("away")


def damaged() -> None:
    raise OSError("damaged")


@pytest.mark.django_db
def test_all_is_well_before_the_first_release(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.releases, "current_release", lambda: None)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok", "release": "none"})
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_the_published_release_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.releases, "current_release", lambda: SimpleNamespace(id="2024-a"))
    assert client.get("/healthz").json()["release"] == "2024-a"


def test_a_database_that_is_away_gives_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.releases, "current_release", lambda: None)
    monkeypatch.setattr(health, "connection", SimpleNamespace(cursor=gone))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == health.TRY_AGAIN_AFTER
    assert json.loads(answer.content)["database"] == "away"


@pytest.mark.django_db
def test_a_release_that_cannot_be_read_gives_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.releases, "current_release", damaged)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["release"]) == (503, "unreadable")


def test_it_is_for_reading_only(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
