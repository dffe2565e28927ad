"""The audit trail from the command line: whole, broken, and against a seal that somebody kept."""

import pytest
from django.db import connection
from typer.testing import CliRunner, Result

from buurtbalans.cli import audit
from buurtbalans.cli.app import app
from buurtbalans.method.base.audit import record
from buurtbalans.method.base.models import AuditRow
from tests.emptying import append_only


@pytest.fixture(autouse=True)
def running(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """Skip the start of the site: the suite has already started it."""
    monkeypatch.setattr(audit, "load_site", lambda: None)
    for _number in range(3):
        record(by=None, verb="people.test")


def run_audit(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["audit", *arguments])


def test_a_whole_trail() -> None:
    answer = run_audit("verify")
    assert (answer.exit_code, answer.stdout) == (0, "Het logboek klopt. Alle 3 regels zijn gecontroleerd.\n")


def test_a_broken_trail_names_the_row() -> None:
    append_only.unlock(connection)
    AuditRow.objects.filter(sequence=2).update(verb="people.other")
    answer = run_audit("verify")
    assert answer.exit_code == 2
    assert "Regel 2: deze regel is veranderd." in answer.stderr


def test_a_kept_seal() -> None:
    head = run_audit("head").stdout.strip()
    assert head.startswith("3:")
    record(by=None, verb="people.test")
    assert run_audit("verify", "--head", head).exit_code == 0
    assert run_audit("verify", "--head", f"3:{'0' * 64}").exit_code == 2


@pytest.mark.parametrize("head", ["3", "drie:" + "0" * 64, "3:kort"])
def test_a_seal_that_is_none_is_refused(head: str) -> None:
    answer = run_audit("verify", "--head", head)
    assert answer.exit_code == 2
    assert "Een zegel ziet er zo uit" in answer.stderr
