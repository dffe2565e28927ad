"""Writers at the very same moment, on real connections: one is saved, the others see their text, nobody loses one."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.method.at_once import race
from tests.shell import environment

ROUNDS = 24


def holds(found: dict[str, Any]) -> None:
    print(f"\n{ROUNDS} times four at once: {found}")
    assert found["lost"] == []
    assert found["saved"] == found["versions"] > ROUNDS / 3
    assert found["answers"]["409"] > ROUNDS / 2
    assert set(found["answers"]) <= {"302", "404", "409"}  # 404: it was away, and back before the site could say so


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nobody_loses_a_text() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the suite's SQLite stands in memory, where two connections cannot write; a file follows below")
    holds(race(ROUNDS))


@pytest.mark.slow
def test_on_a_file_of_sqlite_nobody_loses_a_text(django_db_setup: None, migrated: Path, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this run is on PostgreSQL")
    shutil.copy(migrated, tmp_path / "buurtbalans.sqlite3")
    given = environment(BUURTBALANS_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE="tests.settings")
    command = [sys.executable, "-m", "tests.method.at_once", str(ROUNDS)]
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    holds(json.loads(done.stdout.splitlines()[-1]))
