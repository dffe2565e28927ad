"""Runs tests on PostgreSQL, in a cluster of their own that is made for the run and removed after it."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.shell import environment

# Only for tests, where speed counts and nothing needs to outlive the run; the product refuses such a database.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=40"


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl of the newest PostgreSQL on this machine."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def as_user(folder: Path) -> list[str]:
    """Return what to put before a command: PostgreSQL refuses root, so root hands over to `postgres` or `nobody`."""
    if os.getuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


@contextmanager
def cluster(bin_folder: Path) -> Iterator[str]:
    """Make a cluster that only a socket in a temporary folder reaches, give its address, and always clean up."""
    folder = Path(tempfile.mkdtemp(prefix="bb-pg-"))
    data = folder / "data"
    run = as_user(folder)
    try:
        initdb = [
            str(bin_folder / "initdb"),
            "-D",
            str(data),
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ]
        subprocess.run([*run, *initdb], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        control = [*run, str(bin_folder / "pg_ctl"), "-D", str(data), "-w"]
        options = f"{FAST} -c unix_socket_directories={folder}"
        start = [*control, "-o", options, "-l", str(folder / "log"), "start"]
        subprocess.run(start, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgres://tester@/postgres?host={folder}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], cwd=folder, check=False, stdout=subprocess.DEVNULL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def selection() -> list[str]:
    """Return the tests that a database can answer otherwise: what is written, constrained, ordered, locked and searched.

    How a page looks does not depend on it: there the process guide opens every address once, with every method.
    """
    site = (
        "access",
        "accounts_page",
        "health",
        "release_damage",
        "reminders",
        "retention",
        "server_process",
        "sign_in",
        "walk",
    )
    method = sorted(path for path in Path("tests/method").glob("test_*.py") if not path.stem.endswith("_pages"))
    return [*map(str, method), *(f"tests/site/test_{name}.py" for name in site)]


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments on a fresh cluster and return its exit code."""
    bin_folder = programs()
    if bin_folder is None:
        return 0  # tests/machine.sh has said that this run is skipped
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with cluster(bin_folder) as address:
        print("On PostgreSQL:", flush=True)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-n",
            "3",
            "-m",
            "not long and not once",
            *(arguments or selection()),
        ]
        return subprocess.run(command, env=environment(BUURTBALANS_DATABASE=address), check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
