"""What somebody has set for a site of their own does not reach the tests."""

import os
import subprocess
import sys

import pytest

from tests.architecture.reading import ROOT
from tests.shell import WITHIN, environment, forgotten

SHOW = "from tests import settings; print(settings.ALLOWED_HOSTS, settings.MUNICIPALITY, settings.DATA)"


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell from which the suite is started, with the settings of a real site in it."""
    monkeypatch.delenv(WITHIN, raising=False)
    for name, value in {"HOSTS": "*", "MUNICIPALITY": "GM0363", "DATA": "/srv/site", "FAULTS": "1"}.items():
        monkeypatch.setenv(f"BUURTBALANS_{name}", value)


def test_settings_are_forgotten_and_wishes_kept(outside: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"BUURTBALANS_HOSTS", "BUURTBALANS_MUNICIPALITY", "BUURTBALANS_DATA"} <= set(forgotten())
    run = environment(BUURTBALANS_DATABASE="postgres://x/y")
    assert "BUURTBALANS_HOSTS" not in run
    assert (run["BUURTBALANS_FAULTS"], run["BUURTBALANS_DATABASE"]) == ("1", "postgres://x/y")
    monkeypatch.setenv(WITHIN, "1")
    assert forgotten() == []


@pytest.mark.slow
def test_the_settings_of_the_suite_do_not_see_the_shell(outside: None) -> None:
    done = subprocess.run([sys.executable, "-c", SHOW], env=dict(os.environ), cwd=ROOT, capture_output=True, check=True)
    shown = done.stdout.decode()
    assert "['127.0.0.1', 'localhost']  /" in shown
    assert "/srv/site" not in shown
