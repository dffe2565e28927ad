"""The long work of placing: performs what was asked about a batch, and records when it stops."""

from buurtbalans.method.base.jobs import JobLease
from buurtbalans.method.placements.actions import advice as advice_actions
from buurtbalans.method.placements.models import PlacingWork, WorkKind
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import long_work


def perform(job: PlacingWork, lease: JobLease) -> None:
    """Solve what one job asks, outside every transaction, and store the result."""
    by, batch, asked = job.by, job.batch, job.asked
    if job.kind == WorkKind.ADVICE:
        now = long_work.asked_now(batch, asked)
        made, plans, seal = long_work.advice_for(batch, now, lease.report)
        advice_actions.finish_advice(by=by, work=job, files=batch.files, asked=now, made=made, plans=plans, seal=seal)
    elif job.kind == WorkKind.PLANS:
        advice = batch.advices.latest("number")
        best = advice_queries.best_of(batch, advice)
        plans = advice_queries.plans_beside(batch, advice, lease.report)
        advice_actions.finish_plans(by=by, work=job, advice=advice, made=best, plans=plans)
    else:
        advice_actions.finish_answer(
            by=by, work=job, asked=asked, answer=long_work.answer_for(batch, job, lease.report)
        )


def fail(job: PlacingWork, reason: str) -> None:
    """Record that a job stopped, and why; somebody may restart it."""
    advice_actions.fail_work(by=job.by, work=job, failed=reason)
