"""Writes of the advice on a batch: the next one, the plan that it follows, and work that a page does not wait for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from buurtbalans import __version__
from buurtbalans.method.base.audit import action, record
from buurtbalans.method.base.jobs import JobLost, JobOutdated
from buurtbalans.method.base.rules import require_no_traces
from buurtbalans.method.people.models import Person
from buurtbalans.method.placements import rules
from buurtbalans.method.placements.models import PlacingAdvice, PlacingBatch, PlacingPlan, PlacingWork, WorkKind
from buurtbalans.method.placements.queries import advice as advice_queries
from buurtbalans.method.placements.queries import long_work, work_answers, work_limits
from buurtbalans.placing.advice import Advice
from buurtbalans.placing.frontier import Plan


@action(gettext_lazy("heeft advies gevraagd over een plaatsingsronde"))
def advise(
    *, by: Person, batch: PlacingBatch, plan: str = "", reason: str = "", shown: list[str] | None = None
) -> PlacingAdvice | None:
    """Make the next advice on a batch with what people decided; a proposal that was shown is kept where it can.

    Other actions ask for it, and they look at who may.
    Those are the ones of the last advice, or what was `shown` before it when that is taken back or another plan taken.
    What takes too long for a page is made beside it; then nothing is returned. Work that is open goes on with this.
    """
    asked = long_work.asked_of_advice(batch, plan, reason, shown)
    work = work_answers.open_work(batch)
    if work_limits.takes_long(batch, WorkKind.ADVICE, asked["plan"]) or (work and work.kind == WorkKind.ADVICE):
        _begin(by, batch, WorkKind.ADVICE, asked)
        return None
    now = long_work.asked_now(batch, asked)
    return _keep(by, batch, now, *long_work.advice_for(batch, now))


def _keep(
    by: Person, batch: PlacingBatch, asked: long_work.AdviceInputs, made: Advice, plans: Sequence[Plan], seal: str
) -> PlacingAdvice:
    """Keep the next advice on a batch, with the plans beside it when they were worked out."""
    proposals, last = long_work.proposals_of(made, made.outcome), batch.advices.first()
    advice = PlacingAdvice.objects.create(
        batch=batch,
        number=last.number + 1 if last else 1,
        locks=asked.locks,
        rejections=asked.rejections,
        shown=asked.shown,
        proposals=proposals,
        placed=len(proposals),
        proof=made.proof,
        seal=seal,
        made_with=__version__,
        by=by,
        plan=asked.plan,
        reason=asked.reason,
    )
    _keep_plans(advice, made, plans)
    record(by=by, verb="placements.advise", about=batch, number=advice.number, placed=advice.placed)
    return advice


def _keep_plans(advice: PlacingAdvice, made: Advice, plans: Sequence[Plan]) -> None:
    PlacingPlan.objects.bulk_create(
        PlacingPlan(
            advice=advice,
            name=plan.name,
            proposals=long_work.proposals_of(made, plan.outcome),
            value=plan.value,
            bound=plan.bound,
        )
        for plan in plans
    )


@action(gettext_lazy("heeft een variant gekozen voor een plaatsingsronde"))
def choose_plan(*, by: Person, batch: PlacingBatch, plan: str, reason: str) -> PlacingAdvice | None:
    """Choose which plan the advice follows from now on, with the reason; what was decided stays.

    A plan that was worked out and still is what people decided since, is the advice at once.
    """
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    rules.require_no_advice_made(work_answers.open_work(batch))
    require_no_traces(reason)
    last = batch.advices.latest("number")
    if plan == last.plan:
        raise ValidationError(_("Het advies gebruikt deze variant al."), code="same")
    plans = {one.name: one for one in advice_queries.plans_of(batch, last)}
    if plan not in plans:
        raise ValidationError(_("Deze variant is op dit moment niet beschikbaar."), code="plan")
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom u deze variant kiest."), code="no_reason")
    advice = long_work.if_chosen(batch, last, plans[plan], reason.strip())
    if advice is not None:
        made: PlacingAdvice | None = _keep(by, batch, *advice[:2], list(plans.values()), advice[2])
    else:
        made = advise(by=by, batch=batch, plan=plan, reason=reason.strip(), shown=last.shown)
    number = {"number": made.number} if made else {}
    record(by=by, verb="placements.choose_plan", about=batch, plan=plan, **number)
    return made


def _begin(by: Person, batch: PlacingBatch, kind: str, asked: Mapping[str, Any]) -> PlacingWork:
    """Let something be worked out beside the page; an advice goes before all else, and on with the newest decisions."""
    work = work_answers.open_work(batch)
    if work is None:
        work = PlacingWork.objects.create(batch=batch, kind=kind, asked=asked, by=by)
        work.start()
    else:
        if work.kind != WorkKind.ADVICE and (work.kind, work.asked) != (kind, asked):
            _queue(work.by, batch, work.kind, work.asked, work.at)
        stopped, work.kind, work.asked, work.by, work.at = work.stopped, kind, asked, by, timezone.now()
        work.save(update_fields=["kind", "asked", "by", "at"])
        if stopped:
            work.start()
    record(by=by, verb="placements.begin_work", about=work, kind=kind)
    return work


def _queue(
    by: Person, batch: PlacingBatch, kind: str, asked: Mapping[str, Any], at: datetime | None = None
) -> PlacingWork:
    """Let a question wait for the open work; one that waits already is not asked twice."""
    waits = next((one for one in work_answers.queue_of(batch) if (one.kind, one.asked) == (kind, asked)), None)
    given: dict[str, Any] = {"at": at} if at else {}
    return waits or PlacingWork.objects.create(batch=batch, kind=kind, asked=asked, by=by, queued=True, **given)


def _next(batch: PlacingBatch) -> None:
    """Begin on the question that waits longest, about the advice of now."""
    for work in work_answers.queue_of(batch)[:1]:
        last = batch.advices.latest("number")
        work.asked = {**work.asked, "advice": last.number} if "advice" in work.asked else work.asked
        work.queued = False
        work.save(update_fields=["asked", "queued"])
        work.start()


@action
def ask_work(*, by: Person, batch: PlacingBatch, kind: str, asked: Mapping[str, Any]) -> PlacingWork:
    """Ask for what takes too long for a page: other plans, the price of another home, or the advice made again.

    What is asked while something else is worked out, is worked out after that; a question that stopped makes way.
    """
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_kept(batch)
    work = work_answers.open_work(batch)
    other = work is not None and (work.kind, work.asked) != (kind, asked)
    if work and other and (work.kind == WorkKind.ADVICE or not work.stopped):
        waits = _queue(by, batch, kind, asked)
        record(by=by, verb="placements.begin_work", about=waits, kind=kind)
        return waits
    return _begin(by, batch, kind, asked)


@action
def start_again(*, by: Person, work: PlacingWork) -> PlacingWork:
    """Start work anew that stopped before it was done; what was decided is still there."""
    rules.require_may_place(by, work.batch)
    PlacingBatch.objects.select_for_update().get(pk=work.batch_id)
    work.refresh_from_db()
    if not work.stopped:
        raise ValidationError(_("Deze berekening is al bezig, dus u hoeft niets te doen."), code="busy")
    work.start()
    record(by=by, verb="placements.begin_work", about=work, kind=work.kind)
    return work


@action
def finish_advice(
    *,
    by: Person,
    work: PlacingWork,
    files: Any,
    asked: long_work.AdviceInputs,
    made: Advice,
    plans: Sequence[Plan],
    seal: str,
) -> PlacingAdvice:
    """Keep an advice that was worked out beside the page; refused when people decided otherwise meanwhile."""
    batch = _require_mine(work)
    now = long_work.asked_now(batch, work.asked) if work.kind == WorkKind.ADVICE else None
    proposals = long_work.proposals_of(made, made.outcome)
    if now is None or batch.files != files or not asked.agrees(now, proposals):
        raise JobOutdated("people decided otherwise meanwhile")
    advice = _keep(by, batch, asked, made, plans, seal)
    _finish(by, work)
    return advice


@action
def finish_plans(*, by: Person, work: PlacingWork, advice: PlacingAdvice, made: Advice, plans: Sequence[Plan]) -> None:
    """Keep the plans beside the last advice; refused when there is another one meanwhile."""
    batch = _require_mine(work)
    if work.kind != WorkKind.PLANS or batch.advices.latest("number") != advice:
        raise JobOutdated("there is another advice meanwhile")
    if not advice.plans.exists():
        _keep_plans(advice, made, plans)
    _finish(by, work)


@action
def finish_answer(*, by: Person, work: PlacingWork, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    """Keep the answer to what somebody asked; refused when an advice is asked meanwhile."""
    _require_mine(work)
    if work.asked != asked:
        raise JobOutdated("something else is asked meanwhile")
    _finish(by, work, answer)


@action(gettext_lazy("heeft een berekening voor een plaatsingsronde niet gekregen"))
def fail_work(*, by: Person, work: PlacingWork, failed: str) -> None:
    """Write down that work stopped, and why; somebody may start it anew."""
    _require_mine(work)
    work.failure = failed
    work.save(update_fields=["failure"])
    record(by=by, verb="placements.fail_work", about=work, kind=work.kind)


def _require_mine(work: PlacingWork) -> PlacingBatch:
    """Return the batch of work, locked, with the work as it stands; refuse when another process has it, or it is gone.

    The caller's `work` says which process holds it.
    """
    batch, holder = PlacingBatch.objects.select_for_update().get(pk=work.batch_id), work.holder
    if not PlacingWork.objects.filter(pk=work.pk, holder=holder, done_at=None).exists():
        raise JobLost("another process has it, or it is gone")
    work.refresh_from_db()
    return batch


def _finish(by: Person, work: PlacingWork, answer: Mapping[str, Any] | None = None) -> None:
    work.complete(answer)
    record(by=by, verb="placements.finish_work", about=work, kind=work.kind)
    _next(work.batch)
