"""Writes of the advice on a batch: the next one, with what people decided, and the plan that it follows."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from buurtbalans import __version__
from buurtbalans.method.people.actions import action, record
from buurtbalans.method.people.models import Person
from buurtbalans.method.stories.rules import require_no_traces
from buurtbalans.placing.case import NONE

from .. import queries, rules
from ..models import BEST, PlacingAdvice, PlacingBatch


@action
def advise(
    *, by: Person, batch: PlacingBatch, plan: str = "", reason: str = "", shown: list[str] | None = None
) -> PlacingAdvice:
    """Make the next advice on a batch with what people decided; a proposal that was shown is kept where it can.

    Other actions ask for it, and they look at who may.
    Those are the ones of the last advice, or what was `shown` before it when that is taken back or another plan taken.
    """
    last = batch.advices.first()
    plan, reason = (plan, reason) if plan else (last.plan, last.reason) if last else (BEST, "")
    locks, rejections = queries.wishes(queries.decisions_of(batch))
    shown = queries.shown_by(last) if shown is None else shown
    made = queries.solved(batch, locks, rejections, shown, plan)
    ids, homes = made.case.households.ids, made.case.homes.ids
    proposals = [[ids[at], homes[home]] for at, home in enumerate(made.outcome.home.tolist()) if home != NONE]
    advice = PlacingAdvice.objects.create(
        batch=batch, number=last.number + 1 if last else 1, locks=locks, rejections=rejections, shown=shown,
        proposals=proposals, placed=len(proposals), proof=made.proof, seal=queries.seal_of(made),
        made_with=__version__, by=by, plan=plan, reason=reason,
    )  # fmt: skip
    record(by=by, verb="placements.advise", about=batch, number=advice.number, placed=advice.placed)
    return advice


@action
def choose_plan(*, by: Person, batch: PlacingBatch, plan: str, reason: str) -> PlacingAdvice:
    """Choose which plan the advice follows from now on, with the reason; what was decided stays."""
    rules.require_may_place(by, batch)
    batch = PlacingBatch.objects.select_for_update().get(pk=batch.pk)
    rules.require_open(batch)
    require_no_traces(reason)
    last = batch.advices.latest("number")
    if plan == last.plan:
        raise ValidationError(_("Dit plan geldt al."), code="same")
    if plan not in [one.name for one in queries.plans_of(batch, last)]:
        raise ValidationError(_("Dit plan is er nu niet."), code="plan")
    if not reason.strip():
        raise ValidationError(_("Schrijf op waarom u dit plan kiest."), code="no_reason")
    made = advise(by=by, batch=batch, plan=plan, reason=reason.strip(), shown=last.shown)
    record(by=by, verb="placements.choose_plan", about=batch, number=made.number, plan=plan)
    return made
