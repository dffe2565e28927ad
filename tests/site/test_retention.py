"""The site keeps its promise of how long things stay: once a day, by itself, and by a command."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from typer.testing import CliRunner

from buurtbalans.method.base.models import AuditRow
from buurtbalans.method.datasets.models import Draft
from buurtbalans.method.datasets.rules import DRAFTS_KEPT
from buurtbalans.site import retention
from tests.method.deliveries import draft
from tests.site.people_fixtures import World


def test_it_is_done_once_a_day(world: World, data: Path) -> None:
    one = draft(world["core_member"])
    Draft.objects.filter(pk=one.pk).update(at=one.at - DRAFTS_KEPT)
    assert retention.tidy_when_due()
    assert not Draft.objects.exists()
    assert not retention.tidy_when_due()
    rows = AuditRow.objects.filter(verb="datasets.tidy")
    assert [(row.actor, row.detail["erased"]) for row in rows] == [(None, 1)]
    assert "heeft gegevens na de bewaartermijn gewist" in str(rows[0].words)


@pytest.mark.parametrize("error", [None, DatabaseError("locked")])
def test_it_goes_on_after_a_failure_and_stops_when_told(monkeypatch: pytest.MonkeyPatch, error: Any) -> None:
    calls, stop = [], threading.Event()

    def tidy() -> bool:
        calls.append(1)
        if len(calls) > 2:
            stop.set()
        if error:
            raise error
        return True

    monkeypatch.setattr(retention, "tidy_when_due", tidy)
    monkeypatch.setattr(retention, "close_old_connections", lambda: None)
    thread = retention.keep_tidy(0.001, 0.001, stop)
    thread.join(5)
    assert not thread.is_alive()
    assert len(calls) == 3


def test_the_command_says_what_it_erased(world: World, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from buurtbalans.cli import environment
    from buurtbalans.cli.app import app

    monkeypatch.setattr(environment, "load_site", lambda: None)
    one = draft(world["core_member"])
    Draft.objects.filter(pk=one.pk).update(at=one.at - DRAFTS_KEPT)
    done = CliRunner().invoke(app, ["tidy"])
    assert done.exit_code == 0, done.output
    assert "Gewiste concepten: 1" in done.output
