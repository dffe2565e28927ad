"""The process of one job, beside the pages: it renews its lease, yields to urgent work and keeps to its limits.

See docs/decisions/0018 and `method.base.jobs`. It outlives the page and the server that started it.
"""

import logging
import os
import resource
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, close_old_connections

if TYPE_CHECKING:
    from buurtbalans.method.base.jobs import JobLease

log = logging.getLogger("django.request")  # where errors go
MODULE: Final = "buurtbalans.site.job_process"  # not __name__, which is __main__ in the process itself
MEMORY_LIMIT: Final = 8 * 1024**3  # bytes of address space
CPU_LIMIT: Final = 7_200  # seconds
NICENESS: Final = 10  # pages come first


def start(label: str, pk: int) -> "subprocess.Popen[bytes]":
    """Start a process for a job; it continues when this one ends."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", MODULE, label, str(pk)],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, name="job", daemon=True).start()  # so that it does not become a zombie
    return process


def keep_lease(lease: "JobLease") -> None:
    """Renew the lease in the background; end the process when the lease is lost or the work takes too long."""
    from buurtbalans.method.base.jobs import HEARTBEAT_INTERVAL

    while True:
        time.sleep(HEARTBEAT_INTERVAL)
        try:
            if time.process_time() > CPU_LIMIT:
                stop(lease, "time")
            if lease.preempt():
                start(lease.label, lease.pk)
                os._exit(0)
            if not lease.renew():
                os._exit(0)
        except DatabaseError:
            log.warning("a heartbeat of a job is missed")
        finally:
            close_old_connections()


def stop(lease: "JobLease", reason: str) -> None:
    """Record that the job stopped, and end this process."""
    lease.fail(reason)
    os._exit(1)


def main(label: str, pk: int) -> None:
    """Perform one job, as the only work of this process."""
    import django

    django.setup()
    from buurtbalans.method.base.jobs import JobLease

    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    lease = JobLease(label, pk)
    if not lease.acquire():
        return
    threading.Thread(target=keep_lease, args=(lease,), name="lease", daemon=True).start()
    try:
        lease.perform()
    except MemoryError:
        stop(lease, "memory")
    except Exception:
        log.exception("a job failed")
        stop(lease, "fault")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
