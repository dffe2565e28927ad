"""Long work of the placing, by a process of its own beside the pages: it tells how far it is, and that it lives.

See docs/decisions/0018. A page starts the process and waits for nothing. What it works out is kept in one short
transaction at the end; when people decided otherwise meanwhile, it goes on with that. Nothing is lost when it stops.
"""

import logging
import os
import resource
import secrets
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from django.db import DatabaseError, close_old_connections

if TYPE_CHECKING:
    from buurtbalans.method.placements.models import PlacingBatch, PlacingWork

log = logging.getLogger("django.request")  # where errors go
MODULE: Final = "buurtbalans.site.working"  # not its __name__: that is __main__ in a process of its own
BEAT: Final = 1.0  # seconds between two beats of its heart
MEMORY: Final = 8 * 1024**3  # of addresses
SECONDS: Final = 7_200  # of CPU
KIND: Final = 10  # pages come first


def start(number: int) -> "subprocess.Popen[bytes]":
    """Start a process for a work; it goes on when this one ends."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", MODULE, str(number)],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, name="work", daemon=True).start()  # so that none stays behind as a zombie
    return process


class Heart:
    """Beats for a work as long as this process holds it, and ends the process when it does not any more."""

    def __init__(self, number: int) -> None:
        self.number, self.holder = number, secrets.token_hex(16)
        self.stage, self.part, self.kind = "", 0.0, ""

    def takes(self) -> bool:
        """Return whether this process holds the work now; nobody may hold it yet."""
        return bool(self._open().filter(holder="").update(holder=self.holder))

    def say(self, stage: str, part: float) -> None:
        """Hear how far it is; the next beat tells it."""
        self.stage, self.part = stage, part

    def beat(self) -> bool:
        """Tell that the work goes on, and how far it is; return whether this process still holds it."""
        from django.utils import timezone

        own = self._open().filter(holder=self.holder, failed="")
        return bool(own.update(beat_at=timezone.now(), stage=self.stage, part=self.part))

    def yields(self) -> bool:
        """Return whether an advice is asked while something else is worked out: then another process begins on that."""
        if not self.kind or not self._open().filter(holder=self.holder).exclude(kind=self.kind).exists():
            return False
        return bool(self._open().filter(holder=self.holder).update(holder="", stage="", part=0))

    def waits(self) -> bool:
        """Return whether older work goes on: this machine does one at a time, but an advice waits for advices alone."""
        from django.utils import timezone

        from buurtbalans.method.placements.models import STILL, PlacingWork, WorkKind

        lives = PlacingWork.objects.filter(done_at=None, failed="", beat_at__gt=timezone.now() - STILL)
        if self._open().filter(kind=WorkKind.ADVICE).exists():
            lives = lives.filter(kind=WorkKind.ADVICE)
        return lives.filter(pk__lt=self.number).exclude(holder="").exists()

    def _open(self) -> Any:
        from buurtbalans.method.placements.models import PlacingWork

        return PlacingWork.objects.filter(pk=self.number, done_at=None)

    def keep_beating(self) -> None:
        """Beat in the background; the process ends when its work is another's, done or gone, or takes too long."""
        while True:
            time.sleep(BEAT)
            try:
                if time.process_time() > SECONDS:
                    failed(self, "time")
                if self.yields():
                    start(self.number)
                    os._exit(0)
                if not self.beat():
                    os._exit(0)
            except DatabaseError:
                log.warning("a beat of long work is missed")
            finally:
                close_old_connections()


def work(heart: Heart) -> None:
    """Work out what is asked, until it is kept; when something else is asked meanwhile, that."""
    from django.core.exceptions import ValidationError

    from buurtbalans.method.placements.models import PlacingWork

    while heart.waits():
        heart.say("turn", 0)
        time.sleep(BEAT)
    while True:
        found = PlacingWork.objects.select_related("batch", "by").filter(pk=heart.number, holder=heart.holder).first()
        if found is None:
            return
        heart.kind = found.kind
        try:
            worked_out(found, found.batch, heart)
            return
        except ValidationError as refusal:
            if refusal.code == "gone":
                return
            if refusal.code != "newer":
                raise


def worked_out(found: "PlacingWork", batch: "PlacingBatch", heart: Heart) -> None:
    """Work out what one work asks, and keep it."""
    from buurtbalans.method.placements.actions import advice as advice_actions
    from buurtbalans.method.placements.models import WorkKind
    from buurtbalans.method.placements.queries import advice as advice_queries
    from buurtbalans.method.placements.queries import works

    by, asked = found.by, found.asked
    if found.kind == WorkKind.ADVICE:
        now = works.asked_now(batch, asked)
        made, plans, seal = works.advice_for(batch, now, heart.say)
        advice_actions.finish_advice(by=by, work=found, files=batch.files, asked=now, made=made, plans=plans, seal=seal)
    elif found.kind == WorkKind.PLANS:
        advice = batch.advices.latest("number")
        best = advice_queries.best_of(batch, advice)
        plans = advice_queries.plans_beside(batch, advice, heart.say)
        advice_actions.finish_plans(by=by, work=found, advice=advice, made=best, plans=plans)
    else:
        advice_actions.finish_answer(by=by, work=found, asked=asked, answer=works.answer_for(batch, found, heart.say))


def failed(heart: Heart, why: str) -> None:
    """Write down that the work stopped, and end this process."""
    from buurtbalans.method.placements.actions.advice import fail_work
    from buurtbalans.method.placements.models import PlacingWork

    if found := PlacingWork.objects.filter(pk=heart.number, holder=heart.holder).first():
        fail_work(by=found.by, work=found, failed=why)
    os._exit(1)


def main(number: int) -> None:
    """Be the process of its own."""
    import django

    django.setup()
    os.nice(KIND)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    heart = Heart(number)
    if not heart.takes():
        return
    threading.Thread(target=heart.keep_beating, name="heart", daemon=True).start()
    try:
        work(heart)
    except MemoryError:
        failed(heart, "memory")
    except Exception:
        log.exception("long work failed")
        failed(heart, "fault")


if __name__ == "__main__":
    main(int(sys.argv[1]))
