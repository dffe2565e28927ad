"""Gets the site ready and keeps it running: database, static files, server."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from buurtbalans.figures.text import gettext as _

MOST_WORKERS = 4
PATIENCE = 60.0  # seconds before a server that does not answer is given up
Say = Callable[[str], object]  # hears what is being done


def free_port(port: int, address: str = "127.0.0.1") -> int | None:
    """Return the port when it can be listened on, a free one for 0, and None when it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError):
            return None
        return int(probe.getsockname()[1])


def sensible_workers() -> int:
    """Return one worker per core, and no more than a site of this size can use."""
    return min(MOST_WORKERS, os.cpu_count() or 1)


def command(address: str, port: int, workers: int) -> list[str]:
    """Return the server's command line."""
    return [
        sys.executable,
        *("-m", "granian", "--interface", "wsgi", "--host", address, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--respawn-failed-workers"),
        *("--workers-kill-timeout", "5"),  # someone who keeps a page open does not keep the site from stopping
        *("--log-level", "warning", "buurtbalans.site.wsgi:application"),
    ]


@contextmanager
def server(port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the server on this machine only, and stop it with everything it started."""
    process = subprocess.Popen(command("127.0.0.1", port, sensible_workers()), start_new_session=True)
    signal.siginterrupt(signal.SIGINT, True)  # with polars loaded Ctrl-C would wait until the server ends by itself
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(address: str, process: "subprocess.Popen[bytes]", patience: float = PATIENCE) -> bool:
    """Wait until the site answers that it is healthy; False when its process ended or patience ran out."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until:
        try:
            with opener.open(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    return False


def waiting_migrations() -> int:
    """Return how many migrations the database still needs."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def has_unknown_migrations() -> bool:
    """Return whether the database went through migrations of ours that this version does not have."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    if connection.introspection.table_names() == []:
        return False
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    own = {app for app, _name in known}
    return any(
        app in own and (app, name) not in known for app, name in MigrationRecorder(connection).applied_migrations()
    )


def collect_static() -> None:
    """Copy the static files to where the server finds them, with hashed names; `src` is in the bundle already.

    Copying and compressing takes seconds: it is left when the files are those that were copied before.
    """
    from django.conf import settings
    from django.core.management import call_command

    copied, state = settings.STATIC_ROOT.with_suffix(".state"), _static_state()
    if copied.is_file() and copied.read_text(encoding="utf-8") == state:
        return
    copied.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["src"])
    copied.write_text(state, encoding="utf-8")


def _static_state() -> str:
    """Return a digest that changes with every static file, ours or a library's, and with how they are stored."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    files = (Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list(["src"]))
    facts = sorted((str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files)
    return hashlib.sha256(repr((settings.STORAGES, facts)).encode()).hexdigest()


@contextmanager
def stages(console: Console, *, plain: bool = True) -> Iterator[Say]:
    """Tell what is being done: on a terminal in one line that changes, in a pipe a line for each, if `plain`."""
    if not console.is_terminal:
        yield (lambda what: console.print(f"{what} …", markup=False, soft_wrap=True)) if plain else (lambda what: None)
        return
    with console.status("") as status:
        yield lambda what: status.update(f"{what} …")


def prepare(say: Say) -> None:
    """Migrate the database and collect the static files, and say each stage."""
    from django.core.management import call_command

    say(_("De database wordt klaargemaakt"))
    call_command("migrate", interactive=False, verbosity=0)
    say(_("De vormgeving wordt klaargezet"))
    collect_static()
