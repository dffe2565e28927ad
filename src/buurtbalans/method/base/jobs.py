"""Long work beside the pages: a job is a row, and only the process that holds its lease works on it.

See docs/decisions/0018. A page writes the row and waits for nothing; `settings.JOB_STARTER` starts a process for it.
An app declares a job by a model on `Job` and a module `jobs` with `perform(job, lease)` and `fail(job, reason)`.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from typing import Any, ClassVar, Final, Self

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

HEARTBEAT_INTERVAL: Final = 1.0  # seconds
HEARTBEAT_TIMEOUT: Final = timedelta(seconds=60)  # without a heartbeat for so long, the process is gone
WAITING_STAGE: Final = "turn"  # the stage of a job that waits for an older one


class JobOutdated(Exception):
    """The question of a job changed while it was worked on: the result is dropped, and the new question is next."""


class JobLost(Exception):
    """Another process holds the job, or it was removed: this process keeps nothing."""


class JobQuerySet(models.QuerySet[Any]):
    """Jobs by their state."""

    def open(self) -> Self:
        """Return the jobs that are not done."""
        return self.filter(done_at=None)

    def running(self) -> Self:
        """Return the jobs that a living process holds."""
        alive = self.open().filter(failure="", heartbeat_at__gt=timezone.now() - HEARTBEAT_TIMEOUT)
        return alive.exclude(holder="")


class Job(models.Model):
    """Base of every job. One that stops, by a fault or because the machine stopped, stays open until it is restarted.

    Of the jobs that wait for the machine, the oldest goes first; a job with a higher priority only waits for others
    with that priority.
    """

    PRIORITIES: ClassVar[Mapping[str, int]] = {}  # of the kinds that go before others; 0 when not given

    kind = models.CharField(max_length=10)
    asked: Any = models.JSONField()  # the question; empty once erased
    answer: Any = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)  # of the last question
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    holder = models.CharField(max_length=32, blank=True)  # the lease: any other process stops
    heartbeat_at = models.DateTimeField(default=timezone.now)
    stage = models.CharField(max_length=20, blank=True)
    progress = models.FloatField(default=0)  # 0 to 1
    failure = models.CharField(max_length=20, blank=True)
    done_at = models.DateTimeField(null=True)
    queued = models.BooleanField(default=False)  # it starts when the open job about the same subject is done

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def priority(self) -> int:
        """How urgent the job is; the highest goes first."""
        return self.PRIORITIES.get(self.kind, 0)

    @property
    def stopped(self) -> bool:
        """Whether no process works on the job any more while it is not done."""
        return self.done_at is None and (bool(self.failure) or timezone.now() - self.heartbeat_at > HEARTBEAT_TIMEOUT)

    def start(self) -> None:
        """Start a process for the job once the transaction is committed; a process that still holds it stops."""
        self.heartbeat_at, self.holder, self.stage, self.progress, self.failure = timezone.now(), "", "", 0, ""
        self.save(update_fields=["heartbeat_at", "holder", "stage", "progress", "failure"])
        transaction.on_commit(lambda: import_string(settings.JOB_STARTER)(self._meta.label_lower, self.pk))

    def complete(self, answer: Any = None) -> None:
        """Mark the job as done, with its answer."""
        self.done_at, self.answer, self.failure = timezone.now(), answer, ""
        self.save(update_fields=["done_at", "answer", "failure"])

    def precedes(self, other: "Job") -> bool:
        """Return whether another job has to wait for this one."""
        mine, theirs = ((job.created_at, job._meta.label_lower, job.pk) for job in (self, other))
        return self.priority >= other.priority and mine < theirs


def running_jobs() -> Iterator[Job]:
    """Yield the running jobs of all apps."""
    for model in apps.get_models():
        if issubclass(model, Job):
            yield from model.objects.running()


class JobLease:
    """The claim of one process on a job: it lasts as long as it is renewed and nobody else restarts the job."""

    def __init__(self, label: str, pk: int) -> None:
        self.label, self.pk, self.holder = label, pk, secrets.token_hex(16)
        self.stage, self.progress, self.kind = "", 0.0, ""

    def acquire(self) -> bool:
        """Take the lease; return whether this process holds it now. A job that somebody holds cannot be acquired."""
        return bool(self._open().filter(holder="").update(holder=self.holder))

    def report(self, stage: str, progress: float) -> None:
        """Set the stage and the progress (0 to 1), which the next heartbeat writes."""
        self.stage, self.progress = stage, progress

    def renew(self) -> bool:
        """Write a heartbeat with the progress; return whether this process still holds the lease."""
        mine = self._open().filter(holder=self.holder, failure="")
        return bool(mine.update(heartbeat_at=timezone.now(), stage=self.stage, progress=self.progress))

    def release(self) -> bool:
        """Give the lease up for another process; return whether this process held it."""
        return bool(self._open().filter(holder=self.holder).update(holder="", stage="", progress=0))

    def preempt(self) -> bool:
        """Release the lease when another kind of work is asked than this process is doing; return whether it did."""
        if not self.kind or not self._open().filter(holder=self.holder).exclude(kind=self.kind).exists():
            return False
        return self.release()

    def blocked(self) -> bool:
        """Return whether the job must wait for an older one: the machine does one at a time."""
        job = self._open().first()
        return job is not None and any(other.precedes(job) for other in running_jobs())

    def job(self) -> Job | None:
        """Return the job as it is in the database, or None when this process does not hold it."""
        job: Job | None = self._jobs().filter(holder=self.holder).select_related("by").first()
        return job

    def fail(self, reason: str) -> None:
        """Record that the job stopped, and why, if this process still holds it."""
        if job := self.job():
            with suppress(JobLost):
                self._handler().fail(job, reason)

    def perform(self, sleep: Callable[[float], None] = time.sleep) -> None:
        """Wait for the turn of the job and work on it until its result is kept, or the lease is lost."""
        while self.blocked():
            self.report(WAITING_STAGE, 0)
            sleep(HEARTBEAT_INTERVAL)
        while job := self.job():
            self.kind = job.kind
            try:
                self._handler().perform(job, self)
                return
            except JobLost:
                return
            except JobOutdated:
                continue

    def _jobs(self) -> "models.QuerySet[Any]":
        return apps.get_model(self.label)._default_manager.filter(pk=self.pk)

    def _open(self) -> "models.QuerySet[Any]":
        return self._jobs().filter(done_at=None)

    def _handler(self) -> Any:
        """Return the module `jobs` of the app of the job."""
        return import_module(f"{apps.get_app_config(self.label.partition('.')[0]).name}.jobs")
