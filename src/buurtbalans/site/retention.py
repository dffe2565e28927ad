"""Once a day the running site erases what was kept long enough, and tells by mail whom something waits for.

See docs/decisions/0007. Erasing twice does nothing the second time, so a process needs no lease and no queue: whoever
finds that it was not done today does it, and the audit trail says when it was.
"""

import logging
import threading
from datetime import timedelta
from typing import Final

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

log = logging.getLogger(__name__)
FIRST: Final = 60.0  # seconds after the start, so that it keeps nobody waiting
AGAIN: Final = 3_600.0  # seconds between two looks at the clock
DAY: Final = timedelta(hours=23)


def due() -> bool:
    """Return whether the site was not tidied in the last day, by this process, another one or the command."""
    from buurtbalans.method.base.models import AuditRow

    return not AuditRow.objects.filter(verb="datasets.tidy", at__gt=timezone.now() - DAY).exists()


def tidy_when_due() -> bool:
    """Erase what was kept long enough when that was not done today; return whether it was done now."""
    from buurtbalans.site.reminders import send_reminders

    if not due():
        return False
    erase()
    send_reminders()
    return True


def erase() -> dict[str, int]:
    """Erase what was kept long enough: the trash, drafts, withdrawn counts, placing after its term; return how many."""
    from buurtbalans.method.base.actions import empty_trash
    from buurtbalans.method.datasets.actions import tidy
    from buurtbalans.method.placements.actions.batches import erase_batches
    from buurtbalans.site.texts import KINDS

    return {"texts": empty_trash(by=None, kinds=KINDS.values()), **erase_batches(by=None), **tidy(by=None)}


def keep_tidy(first: float = FIRST, again: float = AGAIN, stop: threading.Event | None = None) -> threading.Thread:
    """Start looking at the clock in the background, until the process ends or `stop` is set."""
    ended = stop or threading.Event()

    def run() -> None:
        wait = first
        while not ended.wait(wait):
            wait = again
            try:
                tidy_when_due()
            except DatabaseError:
                log.exception("tidying failed; it is tried again in an hour")
            finally:
                close_old_connections()

    thread = threading.Thread(target=run, name="tidy", daemon=True)
    thread.start()
    return thread
