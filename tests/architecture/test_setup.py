"""Setting up says in words what is missing: a newer Python, its package for environments, a browser, a database."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.architecture.reading import ROOT

pytestmark = pytest.mark.slow
OLD = '#!/bin/sh\ncase "$*" in *"(3, 11)"*) exit 1 ;; esac\nexit 0\n'
BARE = '#!/bin/sh\ncase "$*" in *"import ensurepip"*) exit 1 ;; *version_info*) echo python3.13-venv ;; esac\nexit 0\n'
WILLING = '#!/bin/sh\necho "$*" >> "$0.log"\n[ "$1" = update ] && : > "$0.updated"\n[ -f "$0.updated" ]\n'


def program(folder: Path, name: str, text: str) -> Path:
    """Write a small program that stands in for a real one."""
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def run(*command: str, cwd: Path, path: str) -> "subprocess.CompletedProcess[str]":
    """Run a command with an environment that has nothing but a path."""
    return subprocess.run(command, cwd=cwd, env={"PATH": path}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("python", "says"), [(OLD, "3.11 or newer"), (BARE, "apt-get install python3.13-venv")])
def test_a_python_that_cannot_do_is_named(tmp_path: Path, python: str, says: str) -> None:
    for name in ("Makefile", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("pyproject.toml", "hatch_build.py", "package.json", "package-lock.json"):
        (tmp_path / name).touch()
    stand_in = program(tmp_path, "python-stand-in", python)
    done = run("make", "setup", f"PYTHON={stand_in}", cwd=tmp_path, path=os.defpath)
    assert done.returncode == 2
    assert says in done.stdout
    assert not (tmp_path / ".venv").exists()


def test_bare_make_lists_every_target() -> None:
    done = run("make", cwd=ROOT, path=os.environ["PATH"])
    told = [line.split()[1] for line in done.stdout.splitlines()]
    assert told == ["help", "setup", "demo", "test", "check", "faults", "bench", "docs", "screenshots"]


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A path on which hardly anything is installed, with root's rights."""
    program(tmp_path, "id", "#!/bin/sh\necho 0\n")
    program(tmp_path, "ls", "#!/bin/sh\nexit 1\n")
    return tmp_path


def see_to(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the script that sees to Chromium and PostgreSQL, with only that folder to find programs in."""
    text = (ROOT / "tests" / "machine.sh").read_text().replace(':/usr/sbin:/sbin"', '"')
    return run("/bin/sh", "-c", text, cwd=folder, path=str(folder))


def test_what_is_missing_is_installed_after_a_fresh_list(bare_machine: Path) -> None:
    program(bare_machine, "apt-get", WILLING)
    done = see_to(bare_machine)
    assert done.returncode == 0
    assert "SKIPPED" not in done.stdout
    asked = (bare_machine / "apt-get.log").read_text().splitlines()
    install = "install -qq --no-install-recommends chromium-headless-shell postgresql"
    assert asked == [install, "update -qq", install]


def test_where_there_is_no_lighter_chromium_the_whole_one_is_installed(bare_machine: Path) -> None:
    program(bare_machine, "apt-get", '#!/bin/sh\ncase "$*" in *headless*) exit 100 ;; esac\necho "$*" >> "$0.log"\n')
    assert "SKIPPED" not in see_to(bare_machine).stdout
    asked = (bare_machine / "apt-get.log").read_text().splitlines()
    assert asked == ["update -qq", "install -qq --no-install-recommends chromium postgresql"]


@pytest.mark.parametrize("packages", [None, "#!/bin/sh\nexit 100\n"], ids=["no packages", "refused"])
def test_what_cannot_be_installed_is_skipped_in_words(bare_machine: Path, packages: str | None) -> None:
    if packages:
        program(bare_machine, "apt-get", packages)
    done = see_to(bare_machine)
    assert done.returncode == 0
    assert "SKIPPED: the browser tests" in done.stdout
    assert "SKIPPED: the run on PostgreSQL" in done.stdout


def test_what_is_there_is_left_alone(bare_machine: Path) -> None:
    for name in ("chromium", "initdb", "apt-get"):
        program(bare_machine, name, "#!/bin/sh\nexit 1\n")
    done = see_to(bare_machine)
    assert (done.returncode, done.stdout) == (0, "")


def use_and_break_off(programs: Path, seen: list[Path]) -> None:
    """Use a temporary cluster and be interrupted half way."""
    with postgres.cluster(programs) as address:
        seen.append(Path(address.partition("host=")[2]))
        with psycopg.connect(address.replace("postgres://", "postgresql://")) as connection:
            assert connection.info.server_version >= 150_000
        raise KeyboardInterrupt


def test_the_temporary_database_goes_away_whatever_happens() -> None:
    if (programs := postgres.programs()) is None:
        pytest.skip("no PostgreSQL on this machine: apt-get install postgresql")
    seen: list[Path] = []
    with pytest.raises(KeyboardInterrupt):
        use_and_break_off(programs, seen)
    assert [folder.exists() for folder in seen] == [False]
