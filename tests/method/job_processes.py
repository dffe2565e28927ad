"""Long work by a process of its own, on a database in a file: made, killed, started anew, and ended by a removal."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

PATIENCE = 150.0
MANY = 12  # households of a list
HELD = "held"  # the stage of plans that are worked on without end
GO = "go"  # the file for which the process that takes over waits


def until(holds: Callable[[], Any]) -> Any:
    """Return what holds, as soon as it does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.1)
    raise TimeoutError


def course() -> dict[str, Any]:
    """Read a list in, kill the work on its next advice, start it anew, and take the list away during a third."""
    from django.utils import timezone

    from buurtbalans.method.base.jobs import HEARTBEAT_TIMEOUT
    from buurtbalans.method.placements.actions import advice, batches
    from buurtbalans.method.placements.models import PlacingWork
    from buurtbalans.method.placements.queries import work_limits
    from buurtbalans.site import job_process
    from tests.method.placings import decided, seated, tables
    from tests.method.test_placing_cross_constraints import woven
    from tests.site.people_fixtures import make_world

    for name in ("ADVICE_LIMIT", "PLANS_LIMIT", "COUPLED_LIMIT", "COUPLED_PLANS_LIMIT"):
        setattr(work_limits, name, 0)  # every list takes long
    processes, start = [], job_process.start

    def started(label: str, number: int) -> None:
        processes.append(start(label, number))

    job_process.start = started  # type: ignore[assignment]
    desk = seated(make_world())
    desk.batch = batches.import_batch(by=desk.by, title="Verweven", tables=woven())
    works = PlacingWork.objects.filter(batch=desk.batch)
    told: dict[str, Any] = {"first": until(desk.batch.advices.first).number}
    told["ended"] = [processes[-1].wait(PATIENCE)]

    older = PlacingWork.objects.get(batch=batches.import_batch(by=desk.by, title="Eerder", tables=tables()))
    until(lambda: not PlacingWork.objects.filter(pk=older.pk, done_at=None))
    beats = timezone.now() + timedelta(hours=1)
    PlacingWork.objects.filter(pk=older.pk).update(
        done_at=None, holder="another", heartbeat_at=beats
    )  # it has the turn
    decided(desk, "H-1", "geweigerd")
    until(lambda: works.filter(done_at=None, stage="turn"))
    processes[-1].kill()
    processes[-1].wait()
    works.filter(done_at=None).update(heartbeat_at=timezone.now() - 2 * HEARTBEAT_TIMEOUT)
    work = works.get(done_at=None)
    told["stopped"] = work.stopped
    told["kept"] = desk.batch.decisions.count()
    PlacingWork.objects.filter(pk=older.pk).update(done_at=timezone.now())
    advice.start_again(by=desk.second, work=work)
    until(lambda: not works.filter(done_at=None))
    told["second"] = desk.batch.advices.latest("number").number
    told["ended"].append(processes[-1].wait(PATIENCE))

    told |= _makes_way(desk, processes)
    return told | _taken_away(desk, older.pk, processes)


def _makes_way(desk: Any, processes: list[Any]) -> dict[str, Any]:
    """Decide while plans are worked out, and tell what comes of both when nobody does anything more.

    The process of the plans never ends by itself, so that the decision always comes during its work.
    """
    from types import SimpleNamespace

    from buurtbalans.method.placements.actions import advice, batches
    from buurtbalans.method.placements.queries import work_answers
    from buurtbalans.site import job_process
    from tests.method.placings import decided, now
    from tests.placing.cases import agreed, invented

    sheets = {name.removesuffix(".csv"): rows for name, rows in agreed(invented(3, MANY, MANY), 3).items()}
    tables = {
        name: list(enumerate([[*rows[0]], *([str(cell) for cell in row.values()] for row in rows)], start=1))
        for name, rows in sheets.items()
    }
    batch = batches.import_batch(by=desk.by, title="Lang", tables=tables)
    other = SimpleNamespace(batch=batch, by=desk.by)
    until(batch.advices.first)
    free = job_process.start
    job_process.start = lambda label, number: processes.append(start_held(label, number))  # type: ignore[assignment]
    plans = advice.ask_work(by=desk.by, batch=batch, kind="plannen", asked={})
    job_process.start = free
    until(lambda: batch.works.filter(pk=plans.pk, stage=HELD))
    way, one = processes[-1], min(now(other))
    decided(other, one, "vastleggen")
    told = {"waits": [work.kind for work in work_answers.queue_of(batch)]}
    Path(GO).touch()
    told["way"] = way.wait(PATIENCE)
    until(lambda: batch.works.filter(pk=plans.pk).exclude(done_at=None))
    told["locked"] = len(batch.advices.latest("number").locks)
    until(lambda: work_answers.open_work(batch) is None)
    return told | {"plans": [each.number for each in batch.advices.order_by("number") if each.plans.exists()]}


def _taken_away(desk: Any, older: int, processes: list[Any]) -> dict[str, Any]:
    """Take the list away while a process works for it, and tell how that ends."""
    from buurtbalans.method.placements.actions import advice, batches
    from buurtbalans.method.placements.models import PlacingWork
    from buurtbalans.method.placements.queries import work_answers

    works = PlacingWork.objects.filter(batch=desk.batch)
    PlacingWork.objects.filter(pk=older).update(done_at=None)
    advice.ask_work(by=desk.by, batch=desk.batch, kind="plannen", asked={})
    until(lambda: works.filter(done_at=None, stage="turn"))
    batches.remove_batch(by=desk.by, batch=desk.batch, reason="Verkeerd bestand.", decided=1)
    ended = processes[-1].wait(PATIENCE)
    return {"away": ended, "left": works.count(), "forgotten": work_answers.open_work(desk.batch) is None}


def start_held(label: str, number: int) -> "subprocess.Popen[bytes]":
    """Start a process of a job that works and does not end by itself."""
    command = [sys.executable, "-m", "tests.method.job_processes", label, str(number)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)


def work_held(label: str, number: int) -> None:
    """Perform a job as its process does, but never finish its plans; who takes over waits until it may go."""
    import django

    django.setup()
    from buurtbalans.method.placements.queries import advice
    from buurtbalans.site import job_process

    plans_beside, start = advice.plans_beside, job_process.start

    def plans_without_end(batch: Any, made: Any, report: Callable[[str, float], None]) -> Any:
        plans_beside(batch, made, report)
        report(HELD, 0.9)
        threading.Event().wait()

    def start_later(label: str, number: int) -> "subprocess.Popen[bytes]":
        until(lambda: os.path.exists(GO))
        return start(label, number)

    advice.plans_beside = plans_without_end
    job_process.start = start_later
    job_process.main(label, number)


if __name__ == "__main__" and len(sys.argv) > 1:
    work_held(sys.argv[1], int(sys.argv[2]))
elif __name__ == "__main__":
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    print(json.dumps(course()))
