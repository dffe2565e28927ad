"""The commands around the site: refusals with exit code 2, a secret of one's own, and a port that is taken."""

import runpy
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock

import pytest
from rich.console import Console
from typer.testing import CliRunner

from buurtbalans.cli import demo, environment
from buurtbalans.cli.app import app
from buurtbalans.cli.console import exit_refused
from buurtbalans.method.datasets.queries import releases
from buurtbalans.site import job_process, server_process
from buurtbalans.site.checks import UnsafeSettings
from buurtbalans.site.demo import load
from buurtbalans.site.demo.accounts import print_accounts
from buurtbalans.site.demo.people import make_people
from tests.figures.release_parts import delivery, division, rows


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_refused_with_a_way_out(taken: int, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["demo", "--port", str(taken), "--data", str(tmp_path / "demo")])
    assert result.exit_code == 2
    assert f"Poort {taken} is bezet" in result.stderr
    assert not (tmp_path / "demo").exists()


def test_serve_refuses_a_taken_port(taken: int) -> None:
    result = CliRunner().invoke(app, ["serve", "--port", str(taken)])
    assert result.exit_code == 2
    assert "--port" in result.stderr


def test_port_zero_finds_a_free_one() -> None:
    assert server_process.free_port(0)


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_cannot_be_is_none(port: int) -> None:
    assert server_process.free_port(port) is None


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    secret = environment.get_or_create_secret_key(tmp_path)
    assert len(secret) >= 50
    assert environment.get_or_create_secret_key(tmp_path) == secret
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_check_names_every_unsafe_setting(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.SECRET_KEY, settings.ALLOWED_HOSTS = "weak", ["*"]
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 4
    assert "BUURTBALANS_SECRET_KEY" in result.stderr
    assert "BUURTBALANS_HOSTS" in result.stderr


def test_a_data_folder_that_cannot_be_made_is_refused(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.DATA = tmp_path / "file" / "data"
    result = CliRunner().invoke(app, ["migrate"])
    assert result.exit_code == 4
    assert "BUURTBALANS_DATA" in result.stderr


@pytest.mark.django_db
def test_a_database_of_an_unreleased_version_is_refused_and_left_as_it_is(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    assert not server_process.has_unknown_migrations()
    MigrationRecorder(connection).record_applied("people", "0002_append_only")
    settings.DATA = tmp_path
    monkeypatch.setattr("buurtbalans.site.checks.refuse_if_unsafe", lambda **_: None)  # of the suite's own database
    result = CliRunner().invoke(app, ["migrate"])
    assert result.exit_code == 4
    assert "nooit is uitgebracht" in result.stderr
    assert str(tmp_path) in result.stderr.replace("\n", "")


def told(*, terminal: bool, plain: bool = True) -> str:
    """Return what two stages leave on a screen or in a pipe."""
    screen = StringIO()
    with server_process.stages(Console(file=screen, width=80, force_terminal=terminal), plain=plain) as say:
        say("Eerst dit")
        say("Dan dat")
    return screen.getvalue()


def test_a_pipe_gets_a_line_for_each_stage() -> None:
    assert told(terminal=False) == "Eerst dit …\nDan dat …\n"


def test_a_pipe_stays_quiet_where_nobody_waits() -> None:
    assert told(terminal=False, plain=False) == ""


def test_a_terminal_gets_one_line_that_changes_and_goes() -> None:
    assert "Dan dat …" in told(terminal=True)
    assert "\x1b[2K" in told(terminal=True).splitlines()[-1]


def test_the_demo_speaks_before_it_works(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(demo, "set_demo_environment", lambda data: None)
    monkeypatch.setattr(demo, "load_site", lambda: exit_refused("Hier stopt het."))
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        result = CliRunner().invoke(app, ["demo", "--port", "0", "--data", str(tmp_path / "demo")])
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0].startswith("De demo wordt klaargezet.")


@pytest.mark.parametrize(("waiting", "words"), [(1, "loopt 1 stap achter"), (3, "loopt 3 stappen achter")])
def test_serve_counts_the_steps(monkeypatch: pytest.MonkeyPatch, waiting: int, words: str) -> None:
    monkeypatch.setattr(environment, "load_site", lambda: None)
    monkeypatch.setattr(server_process, "waiting_migrations", lambda: waiting)
    result = CliRunner().invoke(app, ["serve", "--port", "0"])
    assert result.exit_code == 4
    assert words in result.stderr


def test_a_server_that_ends_is_not_waited_for() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert not server_process.answers("http://127.0.0.1:9/healthz", process)


STOPPED = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
import polars  # listens to Ctrl-C too
from buurtbalans.site import job_process, server_process
server_process.command = lambda *asked: [sys.executable, "-c", "import time; time.sleep(60)"]
try:
    with server_process.server(0) as process:
        print("Ready", flush=True)
        process.wait()
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


@pytest.mark.slow
def test_ctrl_c_stops_the_server_at_once() -> None:
    with subprocess.Popen([sys.executable, "-c", STOPPED], stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline() == "Ready\n"
        demo.send_signal(signal.SIGINT)
        assert demo.communicate(timeout=20)[0] == "stopped\n"


@pytest.mark.django_db
def test_no_migration_waits_in_the_suite() -> None:
    assert server_process.waiting_migrations() == 0


def test_the_server_itself_refuses_unsafe_settings(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.delitem(sys.modules, "buurtbalans.site.wsgi", raising=False)
    settings.SECRET_KEY = "weak"
    with pytest.raises(UnsafeSettings):
        __import__("buurtbalans.site.wsgi")


def test_the_terminal_says_how_to_be_anybody(db: None) -> None:
    said = StringIO()
    people = make_people()
    print_accounts(Console(file=said, width=200))
    words = " ".join(said.getvalue().split())
    assert "Het wachtwoord is waterdam-ACCOUNT-2025." in words
    assert "Voor daan is dat waterdam-daan-2025. Dit is alleen voor de demo." in words
    assert people["daan"].check_password("waterdam-daan-2025")


def test_help_names_what_an_installed_product_has() -> None:
    answer = CliRunner().invoke(app, ["serve", "--help"])
    assert "docs/" not in answer.stdout
    assert "buurtbalans check" in " ".join(answer.stdout.split())


def test_the_demo_says_who_published_its_figures(data: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    place = SimpleNamespace(divisions={2025: division()})
    monkeypatch.setattr(load, "town", lambda: place)
    monkeypatch.setattr(load, "_demo_source_data", lambda: [delivery(rows(indicators=["population"]))])
    monkeypatch.setattr(load, "with_partner", lambda made, supplier: (made, None))
    monkeypatch.setattr(load, "agree", lambda *who, **more: None)
    release = load._publish(make_people()).id
    assert releases.store().published_id() == release
    assert [(each.release, each.by) for each in releases.publications()] == [(release, None)]


def test_a_process_of_its_own_starts_another_by_the_name_of_the_module(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_kept: asked.append(command) or Mock())
    runpy.run_path(job_process.__file__, run_name="as_in_a_process")["start"]("placements.placingwork", 7)
    assert asked[0][1:] == ["-P", "-m", "buurtbalans.site.job_process", "placements.placingwork", "7"]
